"""Pure: Dates, days and time zones of reports. A report's period is given in local dates, both included.

Instants are aware and leave in UTC. A local day is not always 24 hours long: clocks change, in some countries at
midnight, and Samoa once left out a day.
"""

import re
import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo

EARLIEST = date(1970, 1, 1)
LATEST = date(2199, 12, 31)
"""Dates outside these bounds are refused: no purchase is that old, and arithmetic near year 1 or 9999 overflows."""

_ONE_DAY = timedelta(days=1)


class PeriodError(ValueError):
    """A date, a period or a zone that cannot be used. The message is a whole sentence for the person who typed it."""


class By(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Interval:
    """The time from ``since`` on and before ``until``; both are aware. Unpacks into the two."""

    since: datetime
    until: datetime

    def __iter__(self) -> Iterator[datetime]:
        yield self.since
        yield self.until


@dataclass(frozen=True, slots=True)
class Days:
    """The days of one row. ``starts`` is the first day of its day, week or month, which may lie before ``first``."""

    starts: date
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Period:
    """Which local days a report is about, both included, in which zone, and how it is cut into rows."""

    first: date
    last: date
    zone: ZoneInfo
    by: By

    @property
    def interval(self) -> Interval:
        return day_bounds(self.first, self.last, self.zone)

    @property
    def row_count(self) -> int:
        """How many rows it has, without making them."""
        start, end = period_start(self.first, self.by), period_start(self.last, self.by)
        if self.by is By.MONTH:
            return (end.year - start.year) * 12 + end.month - start.month + 1
        return (end - start).days // (7 if self.by is By.WEEK else 1) + 1

    def rows(self) -> list[Days]:
        starts = list(period_starts(self.first, self.last, self.by))
        ends = [*(start - _ONE_DAY for start in starts[1:]), self.last]
        return [Days(start, max(start, self.first), end) for start, end in zip(starts, ends, strict=True)]

    def before(self) -> "Period":
        """Return the same length of time right before: as many whole months, else as many days."""
        return Period(*period_before(self.first, self.last), self.zone, self.by)


@cache
def zone_names() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def zone_by_name(name: str) -> ZoneInfo:
    """Return the zone with this IANA name. Raises PeriodError for any other text.

    The name is looked up in a list and never turned into a path, so it cannot reach a file.
    """
    wanted = name.strip()
    if wanted not in zone_names():
        shown = wanted if len(wanted) <= 40 else wanted[:40] + "…"
        raise PeriodError(f"{shown!r} is not a time zone we know; write an IANA name such as Europe/Berlin or UTC.")
    return ZoneInfo(wanted)


def parse_date(text: str) -> date:
    """Return the date written as YYYY-MM-DD. Raises PeriodError, saying what is wrong."""
    wanted = text.strip()
    shown = wanted if len(wanted) <= 40 else wanted[:40] + "…"
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", wanted):
        raise PeriodError(f"{shown!r} is not a date; write it as year-month-day, for example 2026-11-24.")
    try:
        day = date.fromisoformat(wanted)
    except ValueError:
        raise PeriodError(f"{shown} does not exist in the calendar.") from None
    if not EARLIEST <= day <= LATEST:
        raise PeriodError(f"{shown} is out of range; dates from {EARLIEST} to {LATEST} can be used.")
    return day


def parse_instant(text: str) -> datetime:
    """Return the instant written in ISO 8601 with a zone, such as 2026-11-24T14:20:00Z, in UTC. Raises PeriodError."""
    return _parse_time(text, None, "an instant; write it with its zone, like 2026-11-24T14:20:00Z")


def parse_moment(text: str, zone: ZoneInfo) -> datetime:
    """Return the moment written as ISO 8601, in UTC. Without an offset it is a local time of the zone.

    A local time that the clock shows twice is the first of the two. Raises PeriodError, saying what is wrong.
    """
    return _parse_time(text, zone, "a time; write it as 2026-11-24T14:05 or 2026-11-24T13:05:00Z")


def _parse_time(text: str, zone: ZoneInfo | None, expected: str) -> datetime:
    wanted = text.strip()
    shown = wanted if len(wanted) <= 40 else wanted[:40] + "…"
    try:
        moment = datetime.fromisoformat(wanted)
        if moment.tzinfo is None and zone is None:
            raise ValueError("no zone")
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise PeriodError(f"{shown!r} is not {expected}.") from None
    if not EARLIEST <= moment.date() <= LATEST:
        raise PeriodError(f"{shown} is out of range; times from {EARLIEST} to {LATEST} can be used.")
    return moment


def day_start(day: date, zone: ZoneInfo) -> datetime:
    """Return the first instant of a local day, in UTC.

    Where midnight happens twice it is the first one. Where the clock jumps over midnight it is the instant of the jump.
    """
    midnight = datetime.combine(day, time.min, tzinfo=zone)
    first, second = (midnight.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    return _end_of_gap(day, zone, second, first) if second < first else first


def _end_of_gap(day: date, zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    # The clock jumps somewhere between the two, and no jump is finer than a second: halve until one is left.
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if local_date(middle, zone) >= day:
            after = middle
        else:
            before = middle
    return after


def day_bounds(from_date: date, to_date: date, zone: ZoneInfo) -> Interval:
    """Return the local days from ``from_date`` to ``to_date``, both included, in UTC.

    Raises PeriodError when the dates are in the wrong order.
    """
    _refuse_wrong_order(from_date, to_date)
    return Interval(day_start(from_date, zone), day_start(to_date + _ONE_DAY, zone))


def local_date(instant: datetime, zone: ZoneInfo) -> date:
    if instant.utcoffset() is None:
        raise ValueError("an instant without a zone has no local date")
    return instant.astimezone(zone).date()


def days_between(from_date: date, to_date: date) -> Iterator[date]:
    """Yield every date from the first to the last, both included."""
    return period_starts(from_date, to_date, By.DAY)


def week_start(day: date) -> date:
    return day - timedelta(days=day.weekday())


def month_start(day: date) -> date:
    return day.replace(day=1)


def period_start(day: date, by: By) -> date:
    """Return the first day of the day, week or month that a date lies in."""
    if by is By.WEEK:
        return week_start(day)
    if by is By.MONTH:
        return month_start(day)
    return day


def next_period(start: date, by: By) -> date:
    """Return the first day of the period after the one that begins at ``start``."""
    if by is By.MONTH:
        # The 28th and four days more lie in the next month, whatever the month.
        return month_start(start.replace(day=28) + timedelta(days=4))
    return start + timedelta(days=7 if by is By.WEEK else 1)


def period_starts(from_date: date, to_date: date, by: By) -> Iterator[date]:
    """Yield the first day of every day, week or month that the dates touch, oldest first."""
    _refuse_wrong_order(from_date, to_date)
    start = period_start(from_date, by)
    while start <= to_date:
        yield start
        start = next_period(start, by)


def month_end(day: date) -> date:
    return next_period(month_start(day), By.MONTH) - _ONE_DAY


def period_before(from_date: date, to_date: date) -> tuple[date, date]:
    """Return the first and last day of the period right before: as many whole months, else as many days."""
    _refuse_wrong_order(from_date, to_date)
    last = from_date - _ONE_DAY
    if from_date == month_start(from_date) and to_date == month_end(to_date):
        months = (to_date.year - from_date.year) * 12 + to_date.month - from_date.month + 1
        place = from_date.year * 12 + from_date.month - 1 - months
        return date(place // 12, place % 12 + 1, 1), last
    return last - (to_date - from_date), last


def _refuse_wrong_order(from_date: date, to_date: date) -> None:
    if from_date > to_date:
        raise PeriodError(f"The period ends ({to_date}) before it begins ({from_date}).")
