"""Holds by the day of their release, in the page's zone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from flask import url_for

from dashboard.lib import periods
from dashboard.lib.formatting import day_words
from dashboard.purchases import export_page, present
from dashboard.purchases import hold_queries as holds
from dashboard.purchases.filters import ListForm
from dashboard.purchases.list_queries import ListRows
from dashboard.purchases.present import PurchaseLine
from dashboard.totals.sums import Sums
from dashboard.web.page import today, zone

DAYS_SHOWN = 60
"""SkinsBack's holds last 8 days; far more than that is summed up in one row at the end."""


@dataclass(frozen=True, slots=True)
class Release:
    """A row of the calendar: a day, all days before today, or all later ones; and the list of its purchases."""

    label: str
    on: date | None
    sums: Sums
    url: str
    is_ended: bool


@dataclass(frozen=True)
class HoldsPage:
    days: list[Release]
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
        days=releases(),
        count=holds.count_holds(),
        export_links=export_page.links(form),
        groups=_grouped(present.lines(found.rows)),
        error=form.errors.get("after"),
        is_first_page=is_first_page,
        first_url=url_for("purchases.holds"),
        next_url=found.next_cursor and url_for("purchases.holds", after=found.next_cursor),
    )


def releases() -> list[Release]:
    """Return what is on hold now by the day its hold ends, soonest first; days without any are left out.

    Whole days only, so that each row is exactly a list of purchases: today's row has both what ended today and is not
    confirmed yet, and what ends later today.
    """
    last = today() + timedelta(days=DAYS_SHOWN)
    days = list(periods.days_between(today(), last))
    after = last + timedelta(days=1)
    rows = [(None, today() - timedelta(days=1)), *zip(days, days, strict=True), (after, None)]
    found = holds.totals_by_release([periods.day_start(day, zone()) for day in (*days, after)])
    return [_release(*row, sums) for row, sums in zip(rows, found, strict=True) if sums.count]


def _release(first: date | None, last: date | None, sums: Sums) -> Release:
    bounds: dict[str, Any] = {"released_from": first, "released_to": last}
    url = url_for("purchases.purchase_list", hold=1, sort="hold_ends_at", tz=zone().key, **bounds)
    return Release(_label(first, last), first if first == last else None, sums, url, is_ended=first is None)


def _label(first: date | None, last: date | None) -> str:
    if first is None:
        return "Ended before today, waiting for confirmation"
    if last is None:
        return f"From {day_words(first)} on"
    weekday = {today(): "Today", today() + timedelta(days=1): "Tomorrow"}.get(first, f"{first:%A}")
    return f"{weekday}, {day_words(first)}"


def _grouped(lines: Sequence[PurchaseLine]) -> list[tuple[str, list[PurchaseLine]]]:
    """Return the lines under the day of their release; their order stays."""
    days = [periods.local_date(line.purchase.hold_ends_at, zone()) for line in lines]
    labelled = [(_label(day if day >= today() else None, day), line) for day, line in zip(days, lines, strict=True)]
    return [(label, [line for _, line in group]) for label, group in groupby(labelled, itemgetter(0))]
