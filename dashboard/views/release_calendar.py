"""When money becomes final: what is on hold, by the local day that its hold ends."""

from dataclasses import dataclass
from datetime import date, timedelta

from dashboard import periods
from dashboard.queries import holds
from dashboard.queries.holds import HoldTotals
from dashboard.views.finance_links import ListLinks
from dashboard.views.finance_page import Figure, day_words, money, number
from dashboard.views.page import now, zone

DAYS_SHOWN = 60
"""SkinsBack's holds last 8 days; far more than that is summed up in one row at the end."""


@dataclass(frozen=True, slots=True)
class Release:
    """A row of the calendar: a day, all days before today, or all later ones."""

    label: str
    day: str
    count: Figure
    debited: Figure
    estimated: int
    is_overdue: bool = False


def releases(links: ListLinks) -> list[Release]:
    """Return the calendar, soonest first; days without any are left out.

    Whole days only, so that each row is exactly a list of purchases: today's row has both what ended today and is not
    confirmed yet, and what ends later today.
    """
    latest = holds.latest_release()
    if latest is None:
        return []
    today = periods.local_date(now(), zone())
    last = max(today, min(periods.local_date(latest, zone()), today + timedelta(days=DAYS_SHOWN)))
    days = list(periods.days_between(today, last))
    bounds = [periods.day_start(day, zone()) for day in (*days, last + timedelta(days=1))]
    overdue, *of_days, later = holds.totals_by_release(bounds)
    rows = [_row("Hold over, not yet confirmed", None, today - timedelta(days=1), overdue, links)]
    rows += [_row(_label(day, today), day, day, totals, links) for day, totals in zip(days, of_days, strict=True)]
    rows.append(_row(f"After {day_words(last)}", last + timedelta(days=1), None, later, links))
    return [row for row in rows if row.count.exact != "0"]


def _row(label: str, first: date | None, last: date | None, totals: HoldTotals, links: ListLinks) -> Release:
    url = links.releases(first, last)
    return Release(
        label,
        first.isoformat() if first and first == last else "",
        number("count", totals.count, url),
        money("reversible", totals.debited, url),
        totals.estimated,
        is_overdue=first is None,
    )


def _label(day: date, today: date) -> str:
    if day == today:
        return f"Today, {day_words(day)}"
    return f"{day:%A}, {day_words(day)}"
