"""What the pages of closed reports show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for

from dashboard.finance import page as finance_page
from dashboard.finance import queries as reports
from dashboard.finance.changes.page import LinkedChange, linked_changes
from dashboard.finance.closed import queries as closings
from dashboard.finance.closed.queries import Closed
from dashboard.finance.lines import PeriodLine
from dashboard.finance.links import ListLinks, days_of
from dashboard.finance.monthly import queries as sent_reports
from dashboard.finance.monthly.queries import MonthSent
from dashboard.finance.period_table import by_period, part_columns, sum_columns
from dashboard.finance.report import compared
from dashboard.lib import periods
from dashboard.lib.formatting import days_words, iso_z, month_words
from dashboard.purchases.export_page import sums_about
from dashboard.purchases.finality import STILL_MOVING
from dashboard.spreadsheets.tables import day, local, money, number, table_of, text, total_text, utc
from dashboard.web import downloads
from dashboard.web.downloads import Export, ExportLink, Snapshot
from dashboard.web.page import Pager, asked_place, now, pager, zone


@dataclass(frozen=True)
class MonthLine:
    """A month whose report was sent by mail, and where the purchases are that its final report waits for."""

    month: MonthSent
    name: str
    url: str
    waiting_url: str


@dataclass(frozen=True)
class ClosedList:
    rows: Sequence[Any]
    months: list[MonthLine]
    pager: Pager
    export_links: list[ExportLink]


@dataclass(frozen=True)
class ClosedComparison:
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
    rows, next_before = closings.closings(asked_place("before"))
    months = sent_reports.months_sent(periods.zone_by_name(current_app.config["TIMEZONE"]))
    ways_on = pager("before", next_before, "closing.closed_reports")
    links = downloads.links(
        "closing.export_all", "every closed report with its parts", "the same, with a sheet about it", tz=zone().key
    )
    return ClosedList(rows, [_month_line(month) for month in months], ways_on, links if rows else [])


def _month_line(month: MonthSent) -> MonthLine:
    days, name = days_of(month.period), month_words(month.period.first)
    waiting_url = url_for("purchases.purchase_list", **days, part=[part.value for part in STILL_MOVING])
    return MonthLine(month, name, url_for("finance.finance", **days), waiting_url)


def closed_comparison(closed: Closed) -> ClosedComparison:
    period = closed.report.period
    links, days, cut = ListLinks(period.zone, closed.as_of), days_of(period), period.by.value
    return ClosedComparison(
        closed,
        days_words(period.first, period.last),
        finance_page.headings(),
        finance_page.period_lines(closed.report, links),
        linked_changes(closed.report, reports.find_report(period), links, ListLinks(period.zone)),
        url_for("finance_history.changes", **days, since=iso_z(closed.as_of)),
        url_for("finance.finance", **days, by=cut, as_of=iso_z(closed.as_of)),
        url_for("finance.finance", **days, by=cut),
        downloads.links(
            "closing.export_one", "the figures as closed, exact", "the figures as closed and as they are now",
            report_id=closed.id,
        ),
    )  # fmt: skip


_DEBITED, *_OTHERS = sum_columns("report.total")

# A row for each closed report: who closed it, as of when, and its figures as they were.
CLOSED = (
    number("report", "id"), day("first_day", "report.period.first"), day("last_day", "report.period.last"),
    text("zone", of="report.period.zone.key"), text("cut_by", 8, "report.period.by.value"),
    utc("closed_at", "as_of"), local("closed_at_local", "as_of"), text("closed_by", 26, "closed_by_email"),
    _DEBITED, *part_columns("report.parts"), *_OTHERS,
)  # fmt: skip

# A row for each part and one for the whole, as closed and as it is now.
AS_CLOSED = (
    text("part", of="name"), text("label"), money("closed_debited", "before.debited"),
    number("closed_count", "before.count"), money("closed_price", "before.price"),
    money("now_debited", "after.debited"), number("now_count", "after.count"), money("change"),
    number("closed_without_debited", "before.debited_missing"), number("now_without_debited", "after.debited_missing"),
)  # fmt: skip


def all_export(connection: Snapshot) -> Export:
    count, debited = closings.count_and_debited(connection)
    return Export(
        "Finance: closed reports",
        "closed-reports",
        now(),
        [table_of("Closed reports", CLOSED, closings.iter_closed(connection))],
        [
            ("Filter", "none: every closed report, also those that were closed again"),
            ("Rows", str(count)),
            ("Debited, sum over all rows in USD", total_text(debited)),
        ],
        url_for("closing.closed_reports", _external=True),
        {"Rows": count, "Debited": total_text(debited)},
    )


def one_export(closed: Closed) -> Export:
    period, total = closed.report.period, closed.report.total
    current = reports.find_report(period)
    return Export(
        "Finance: a closed report",
        f"closed-report-{closed.id}-{period.first}-to-{period.last}",
        closed.as_of,
        [by_period(closed.report), table_of("Parts", AS_CLOSED, compared(closed.report.parts, current.parts))],
        [
            ("Period", f"{period.first} to {period.last}, both included"),
            ("Cut by", period.by.value),
            ("Time zone of all days", period.zone.key),
            ("Closed by", closed.closed_by_email),
            ("Compared with the figures as of", iso_z(now())),
            ("Rows by period", str(len(closed.report.rows))),
            *sums_about(total, "Purchases"),
            ("Difference as closed, in USD", total_text(total.difference)),
            ("Debited now, sum in USD", total_text(current.total.debited)),
            ("Change since it was closed, in USD", total_text(current.total.debited - total.debited)),
        ],
        url_for("closing.closed_report", report_id=closed.id, _external=True),
        {
            "Rows": len(closed.report.rows), "Count": total.count, "Debited": total_text(total.debited),
            "Zone": period.zone.key,
        },
    )  # fmt: skip
