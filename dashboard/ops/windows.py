"""Pure: the interval that an operations page shows, and the bars it is cut into.

Bars follow the clocks of the page's zone. The first bar begins where the window does, so it may be shorter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from dashboard.lib import periods
from dashboard.lib.periods import By, Interval, PeriodError

LENGTHS = {"1h": timedelta(hours=1), "24h": timedelta(hours=24), "7d": timedelta(days=7), "30d": timedelta(days=30)}
"""Name in the address -> how far the window reaches back from now."""
LABELS = {"1h": "1 hour", "24h": "24 hours", "7d": "7 days", "30d": "30 days"}
DEFAULT = "24h"
LONGEST_DAYS = 1100
"""Three years. A longer period would be cut into more bars than anybody can read."""
A_WEEK = timedelta(days=7)


class BarLength(StrEnum):
    QUARTER = "quarter of an hour"
    HOUR = "hour"
    SIX_HOURS = "six hours"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


_LONGEST_FOR = (
    (BarLength.QUARTER, timedelta(hours=3)),
    (BarLength.HOUR, timedelta(hours=26)),
    (BarLength.SIX_HOURS, timedelta(days=7, hours=1)),
    (BarLength.DAY, timedelta(days=31, hours=1)),
    (BarLength.WEEK, timedelta(weeks=31)),
)


@dataclass(frozen=True, slots=True)
class ComparedInterval(Interval):
    """An interval in UTC, and the same a week before by the clocks of the zone."""

    before: Interval


@dataclass(frozen=True, slots=True)
class Window(Interval):
    """What a page shows. ``name`` is the window's name in the address, empty for a period between two dates."""

    name: str
    length: BarLength
    bars: tuple[ComparedInterval, ...]
    from_date: date | None = None
    to_date: date | None = None

    def as_parameters(self) -> dict[str, Any]:
        """Return the address parameters that lead to this window again."""
        if self.from_date is not None and self.to_date is not None:
            return {"from": self.from_date.isoformat(), "to": self.to_date.isoformat()}
        return {"window": self.name}


def end_of(now: datetime) -> datetime:
    """Return where a window ends that reaches to now, in UTC.

    The second that has begun belongs to it, since SkinsBack's dates are whole seconds.
    """
    return now.astimezone(UTC).replace(microsecond=0) + timedelta(seconds=1)


def recent(name: str, now: datetime, zone: ZoneInfo) -> Window:
    """Return the window of this name that ends now. Raises KeyError for a name that is not in LENGTHS."""
    until = end_of(now)
    return _window(until - LENGTHS[name], until, until, zone, name=name)


def between(from_date: date, to_date: date, now: datetime, zone: ZoneInfo) -> Window:
    """Return the window of the local days from one date to another, both included. Raises PeriodError."""
    since, until = periods.day_bounds(from_date, to_date, zone)
    if (to_date - from_date).days >= LONGEST_DAYS:
        raise PeriodError(f"At most {LONGEST_DAYS:,} days can be shown at once; choose dates closer together.")
    return _window(since, until, now, zone, dates=(from_date, to_date))


def _window(
    since: datetime, until: datetime, now: datetime, zone: ZoneInfo, *, name: str = "", dates: Sequence[date] = ()
) -> Window:
    length = next((length for length, longest in _LONGEST_FOR if until - since <= longest), BarLength.MONTH)
    bars = tuple(_bar(start, end, now, zone) for start, end in pairwise(_edges(since, until, length, zone)))
    return Window(since, until, name, length, bars, *dates)


def _bar(since: datetime, until: datetime, now: datetime, zone: ZoneInfo) -> ComparedInterval:
    # A bar that is not over yet is compared with as much of the week before, and one that has not begun with nothing.
    before_since = week_before(since, zone)
    before_until = max(before_since, week_before(min(until, max(now, since)), zone))
    return ComparedInterval(since, until, Interval(before_since, before_until))


def week_before(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return the same time by the clocks of the zone a week before, in UTC."""
    return (moment.astimezone(zone) - A_WEEK).astimezone(UTC)


def _edges(since: datetime, until: datetime, length: BarLength, zone: ZoneInfo) -> list[datetime]:
    inside = {edge for edge in _clock_edges(since, until, length, zone) if since < edge < until}
    return [since, *sorted(inside), until]


def _clock_edges(since: datetime, until: datetime, length: BarLength, zone: ZoneInfo) -> list[datetime]:
    if length in (BarLength.QUARTER, BarLength.HOUR):
        return _even_edges(since, until, timedelta(minutes=15 if length is BarLength.QUARTER else 60), zone)
    first, last = periods.local_date(since, zone), periods.local_date(until, zone)
    if length is BarLength.SIX_HOURS:
        return [_at(day, hour, zone) for day in periods.days_between(first, last) for hour in (0, 6, 12, 18)]
    by = {BarLength.DAY: By.DAY, BarLength.WEEK: By.WEEK, BarLength.MONTH: By.MONTH}[length]
    return [periods.day_start(day, zone) for day in periods.period_starts(first, last, by)]


def _at(day: date, hour: int, zone: ZoneInfo) -> datetime:
    if hour == 0:
        return periods.day_start(day, zone)
    return datetime.combine(day, time(hour), tzinfo=zone).astimezone(UTC)


def _even_edges(since: datetime, until: datetime, step: timedelta, zone: ZoneInfo) -> list[datetime]:
    local = since.astimezone(zone)
    minutes = step // timedelta(minutes=1)
    begun = timedelta(minutes=local.minute % minutes, seconds=local.second, microseconds=local.microsecond)
    first = since - begun
    return [first + step * number for number in range((until - first) // step + 1)]
