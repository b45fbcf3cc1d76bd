"""What the pages of closed reports show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for

from dashboard.finance import page as finance_page
from dashboard.finance import queries as money
from dashboard.finance.changes.page import LinkedChange, linked_changes
from dashboard.finance.closed import queries as closings
from dashboard.finance.closed.queries import Closed
from dashboard.finance.links import ListLinks
from dashboard.finance.monthly import queries as sent_reports
from dashboard.finance.monthly.queries import MonthSent
from dashboard.finance.page import PeriodLine
from dashboard.lib import periods
from dashboard.lib.formatting import days_words, iso_z, month_words
from dashboard.lib.periods import Period
from dashboard.purchases.finality import STILL_MOVING
from dashboard.web import downloads
from dashboard.web.downloads import ExportLink
from dashboard.web.page import asked_place, zone


@dataclass(frozen=True)
class MonthLine:
    """A month whose report was sent by mail, and where the purchases are that its final report waits for."""

    month: MonthSent
    name: str
    url: str
    waiting_url: str


@dataclass(frozen=True)
class ClosedList:
    """The page of closed reports, newest first, and of the months whose report was sent by mail."""

    rows: Sequence[Any]
    months: list[MonthLine]
    is_first_page: bool
    first_url: str
    next_url: str
    export_links: list[ExportLink]


@dataclass(frozen=True)
class ClosedComparison:
    """The page of one closed report: its figures as they were closed, and what they are now."""

    closed: Closed
    title: str
    headings: Sequence[tuple[str, str]]
    lines: list[PeriodLine]
    differences: list[LinkedChange]
    """The last one is of the whole."""
    changes_url: str
    then_url: str
    now_url: str
    export_links: list[ExportLink]


def closed_list() -> ClosedList:
    before = asked_place("before")
    found = closings.closings(before)
    rows, more = found[: closings.PAGE_LENGTH], found[closings.PAGE_LENGTH :]
    months = sent_reports.months_sent(periods.zone_by_name(current_app.config["TIMEZONE"]))
    next_url = url_for("closing.closed_reports", before=rows[-1].id) if more else ""
    links = downloads.links(
        "closing.export_all", "every closed report with its parts", "the same, with a sheet about it", tz=zone().key
    )
    return ClosedList(
        rows, [_month_line(month) for month in months], before is None, url_for("closing.closed_reports"), next_url,
        links if rows else [],
    )  # fmt: skip


def _month_line(month: MonthSent) -> MonthLine:
    days, name = _days(month.period), month_words(month.period.first)
    waiting_url = url_for("purchases.purchase_list", **days, part=[part.value for part in STILL_MOVING])
    return MonthLine(month, name, url_for("finance.finance", **days), waiting_url)


def _days(period: Period) -> dict[str, Any]:
    return {"from": period.first, "to": period.last, "tz": period.zone.key}


def closed_comparison(closed: Closed) -> ClosedComparison:
    period = closed.report.period
    links, days, cut = ListLinks(period.zone, closed.as_of), _days(period), period.by.value
    return ClosedComparison(
        closed,
        days_words(period.first, period.last),
        finance_page.headings(),
        finance_page.period_lines(closed.report, links),
        linked_changes(closed.report, money.find_report(period), links, ListLinks(period.zone)),
        url_for("finance_history.changes", **days, since=iso_z(closed.as_of)),
        url_for("finance.finance", **days, by=cut, as_of=iso_z(closed.as_of)),
        url_for("finance.finance", **days, by=cut),
        downloads.links(
            "closing.export_one", "the figures as closed, exact", "the figures as closed and as they are now",
            report_id=closed.id,
        ),
    )  # fmt: skip
