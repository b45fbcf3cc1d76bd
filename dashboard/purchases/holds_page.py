"""Holds by the day of their release, in the page's zone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

from flask import url_for

from dashboard.lib import periods
from dashboard.purchases import export_page, present
from dashboard.purchases import hold_queries as holds
from dashboard.purchases.filters import ListForm
from dashboard.purchases.list_queries import ListRows
from dashboard.purchases.present import PurchaseLine
from dashboard.totals.sums import Sums
from dashboard.web.page import now, zone

DAYS_SHOWN = 60
"""SkinsBack's holds last 8 days; far more than that is summed up in one row at the end."""
ENDED = "Ended before today, waiting for confirmation"


@dataclass(frozen=True)
class HoldDay:
    """A row of the calendar: a day, all days before today, or all later ones; and the list of its purchases."""

    label: str
    day: date | None
    count: int
    debited: Decimal
    estimated: int
    url: str
    is_ended: bool = False


@dataclass(frozen=True)
class HoldsPage:
    days: list[HoldDay]
    count: int
    export_links: list[tuple[str, str, str]]
    groups: list[tuple[str, list[PurchaseLine]]]
    """The purchases of a page of the list, by the day of their release."""
    error: str | None
    is_first_page: bool
    first_url: str
    next_url: str | None


def page(form: ListForm, found: ListRows, *, is_first_page: bool) -> HoldsPage:
    return HoldsPage(
        days=days(),
        count=holds.count_holds(),
        export_links=export_page.links(form),
        groups=_grouped(present.lines(found.rows)),
        error=form.errors.get("after"),
        is_first_page=is_first_page,
        first_url=url_for("purchases.holds"),
        next_url=found.next_cursor and url_for("purchases.holds", after=found.next_cursor),
    )


def days() -> list[HoldDay]:
    """Return the releases by day, soonest first: before today and not yet confirmed, then each day, then later.

    Whole days only, so that each row is exactly a list of purchases: today's has what ended today, too.
    """
    latest = holds.latest_release()
    if latest is None:
        return []
    today = periods.local_date(now(), zone())
    last = max(today, min(periods.local_date(latest, zone()), today + timedelta(days=DAYS_SHOWN)))
    shown = list(periods.days_between(today, last))
    bounds = [periods.day_start(day, zone()) for day in (*shown, last + timedelta(days=1))]
    ended, *released, later = holds.totals_by_release(bounds)
    rows = [_row(ENDED, None, today - timedelta(days=1), ended)]
    rows += [_row(_label_of(day), day, day, totals) for day, totals in zip(shown, released, strict=True)]
    rows.append(_row("Later", last + timedelta(days=1), None, later))
    return [row for row in rows if row.count]


def _row(label: str, first: date | None, last: date | None, totals: Sums) -> HoldDay:
    day = first if first == last else None
    bounds: dict[str, Any] = {
        name: value.isoformat() for name, value in (("released_from", first), ("released_to", last)) if value
    }
    url = url_for("purchases.purchase_list", hold=1, sort="hold_ends_at", tz=zone().key, **bounds)
    return HoldDay(label, day, totals.count, totals.debited, totals.estimates, url, is_ended=first is None)


def _label_of(day: date) -> str:
    """Return a day as people say it: Today, Tomorrow, or weekday and date."""
    today = periods.local_date(now(), zone())
    if day == today:
        return "Today"
    if day == today + timedelta(days=1):
        return "Tomorrow"
    return f"{day:%A}, {day.day} {day:%B}"


def _grouped(lines: Sequence[PurchaseLine]) -> list[tuple[str, list[PurchaseLine]]]:
    """Return the lines under the day of their release; their order stays."""
    today = periods.local_date(now(), zone())
    days = [periods.local_date(line.purchase.hold_ends_at, zone()) for line in lines]
    labelled = [(_label_of(day) if day >= today else ENDED, line) for day, line in zip(days, lines, strict=True)]
    return [(label, [line for _, line in group]) for label, group in groupby(labelled, itemgetter(0))]
