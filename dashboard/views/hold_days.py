"""Holds by the day of their release, in the page's zone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from dashboard import periods
from dashboard.queries import holds
from dashboard.views.page import now, zone
from dashboard.views.present import Line

DAYS_SHOWN = 60
"""SkinsBack's holds last 8 days; far more than that is summed up in one row at the end."""


@dataclass(frozen=True)
class HoldDay:
    """A row of the calendar: a day, "ended" for holds past their end and not yet confirmed, or "later"."""

    label: str
    day: date | None
    count: int
    debited: Decimal
    estimated: int
    is_ended: bool = False


@dataclass(frozen=True)
class HoldGroup:
    """The purchases of a page of the list that are released on one day."""

    label: str
    lines: Sequence[Line]


def days() -> list[HoldDay]:
    """Return the releases by day, soonest first: ended and not yet confirmed, then each day, then later."""
    latest = holds.latest_release()
    if latest is None:
        return []
    today = periods.local_date(now(), zone())
    last = min(periods.local_date(latest, zone()), today + timedelta(days=DAYS_SHOWN))
    shown = list(periods.days_between(today, last)) if last >= today else [today]
    bounds = [now(), *(periods.day_start(day + timedelta(days=1), zone()) for day in shown)]
    ended, *released, later = holds.totals_by_release(bounds)
    rows = [
        HoldDay("Ended, waiting for confirmation", None, ended.count, ended.debited, ended.estimated, is_ended=True)
    ]
    rows += [
        HoldDay(label_of(day), day, total.count, total.debited, total.estimated)
        for day, total in zip(shown, released, strict=True)
    ]
    rows.append(HoldDay("Later", None, later.count, later.debited, later.estimated))
    return [row for row in rows if row.count]


def label_of(day: date) -> str:
    """Return a day as people say it: Today, Tomorrow, or weekday and date."""
    today = periods.local_date(now(), zone())
    if day == today:
        return "Today"
    if day == today + timedelta(days=1):
        return "Tomorrow"
    return f"{day:%A}, {day.day} {day:%B}"


def grouped(lines: Sequence[Line]) -> list[HoldGroup]:
    """Return the lines of one page of the list under the day of their release; their order stays."""
    groups: list[tuple[str, list[Line]]] = []
    for line in lines:
        ends_at = line.purchase.hold_ends_at
        label = "Ended, waiting for confirmation" if ends_at <= now() else label_of(periods.local_date(ends_at, zone()))
        if not groups or groups[-1][0] != label:
            groups.append((label, []))
        groups[-1][1].append(line)
    return [HoldGroup(label, members) for label, members in groups]
