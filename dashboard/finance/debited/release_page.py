"""When money becomes final: what is on hold, by the local day that its hold ends."""

from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.finance.links import ListLinks
from dashboard.finance.page import Figure, money, number
from dashboard.lib import periods
from dashboard.lib.formatting import day_words
from dashboard.purchases import hold_queries as holds
from dashboard.totals.sums import Sums
from dashboard.web.page import now, zone

DAYS_SHOWN = 14
"""SkinsBack's holds last 8 days; what is longer is summed up in one row at the end."""


@dataclass(frozen=True, slots=True)
class Release:
    """A row of the calendar: a day, all days before today, or all later ones."""

    label: str
    on: date | None
    count: Figure
    debited: Figure
    totals: Sums
    is_overdue: bool = False


@dataclass(frozen=True, slots=True)
class ReleasePage:
    """The calendar of releases."""

    releases: list[Release]


def release_lines(links: ListLinks) -> list[Release]:
    """Return the calendar, soonest first; days without any are left out.

    Whole days only, so that each row is exactly a list of purchases: today's row has both what ended today and is not
    confirmed yet, and what ends later today.
    """
    chosen = zone()
    today = periods.local_date(now(), chosen)
    last = today + timedelta(days=DAYS_SHOWN)
    days = list(periods.days_between(today, last))
    bounds = [periods.day_start(day, chosen) for day in (*days, last + timedelta(days=1))]
    overdue, *of_days, later = holds.totals_by_release(bounds)
    rows: list[tuple[date | None, date | None, Sums]] = [(None, today - timedelta(days=1), overdue)]
    rows += [(day, day, totals) for day, totals in zip(days, of_days, strict=True)]
    rows.append((last + timedelta(days=1), None, later))
    return [_row(first, last, totals, today, links) for first, last, totals in rows if totals.count]


def _row(first: date | None, last: date | None, totals: Sums, today: date, links: ListLinks) -> Release:
    url = links.releases(first, last)
    return Release(
        _label(first, last, today),
        first if first == last else None,
        number("count", totals.count, url),
        money("reversible", totals.debited, url),
        totals,
        is_overdue=first is None,
    )


def _label(first: date | None, last: date | None, today: date) -> str:
    if first is None:
        return "Hold has ended, waiting for confirmation"
    if last is None:
        return f"From {day_words(first)} on"
    return f"Today, {day_words(first)}" if first == today else f"{first:%A}, {day_words(first)}"
