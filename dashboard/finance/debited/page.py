"""The debited sums of a period as their page and its files show them, and the calendar of releases."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from flask import url_for

from dashboard.finance import history_queries as history
from dashboard.finance.closed import queries as closings
from dashboard.finance.debited.chart import DebitedChart, chart
from dashboard.finance.form import PeriodForm, last_days, usual_periods
from dashboard.finance.lines import PeriodLine
from dashboard.finance.links import ListLinks
from dashboard.finance.page import SettlementLine, headings, period_lines, settlement_lines
from dashboard.finance.period_table import by_period, sum_columns
from dashboard.finance.report import Report, compared
from dashboard.lib.formatting import days_words, iso_z
from dashboard.lib.periods import month_end, month_start
from dashboard.purchases.export_page import sums_about
from dashboard.purchases.filters import MISSING_WORDS
from dashboard.purchases.finality import SETTLEMENT_LABELS, SETTLEMENTS
from dashboard.purchases.holds_page import Release, releases
from dashboard.spreadsheets.tables import Table, day, money, number, table_of, text, total_text
from dashboard.totals.sums import NOTHING
from dashboard.web import downloads
from dashboard.web.downloads import Export
from dashboard.web.page import now, today


@dataclass(frozen=True, slots=True)
class LastClosing:
    """The newest closed report of the same period, and by how much the debited sum has changed since, in USD."""

    report: Any
    change: Decimal
    changes_url: str


@dataclass(frozen=True, slots=True)
class ShownReport:
    report: Report
    title: str
    title_before: str
    parts: list[SettlementLine]
    missing_urls: dict[str, str]
    headings: Sequence[tuple[str, str]]
    lines: list[PeriodLine]
    chart: DebitedChart | None
    export_links: list[tuple[str, str, str]]
    closing: LastClosing | None
    first_known_at: datetime | None
    now_url: str
    changes_url: str


@dataclass(frozen=True, slots=True)
class DebitedPage:
    form: PeriodForm
    usual_periods: list[tuple[str, str, bool]]
    shown: ShownReport | None


def debited_page(form: PeriodForm, report: Report | None) -> DebitedPage:
    last_month = month_start(today()) - timedelta(days=1)
    usual = [
        ("This month", month_start(today()), month_end(today())),
        ("Last month", month_start(last_month), last_month),
        *(last_days(number) for number in (7, 30, 90)),
    ]
    return DebitedPage(form, usual_periods(form, "finance.finance", usual), _shown(form, report) if report else None)


def _shown(form: PeriodForm, report: Report) -> ShownReport:
    period, before, as_of = report.period, report.period.before(), report.as_of
    links = ListLinks(period.zone, as_of)
    lines = period_lines(report, links)
    return ShownReport(
        report=report,
        title=days_words(period.first, period.last),
        title_before=days_words(before.first, before.last),
        parts=settlement_lines(report, links),
        missing_urls={what: links.missing(period.first, period.last, what) for what in MISSING_WORDS},
        headings=headings(),
        lines=lines,
        chart=chart(report, lines),
        export_links=downloads.links(
            "finance.export", "the table by period, exact", "every table, with a sheet about it",
            **form.as_parameters(),
        ),
        closing=None if as_of else _closing(form, report),
        first_known_at=history.first_recorded_at() if as_of and not report.total.count else None,
        now_url=url_for("finance.finance", **form.as_parameters(as_of=None)),
        changes_url=_changes_url(form, as_of) if as_of else "",
    )  # fmt: skip


def _changes_url(form: PeriodForm, since: datetime) -> str:
    parameters: dict[str, Any] = form.as_parameters(as_of=None, since=iso_z(since))
    return url_for("finance_history.changes", **parameters)


def _closing(form: PeriodForm, report: Report) -> LastClosing | None:
    found = closings.newest_closing(report.period)
    if found is None:
        return None
    return LastClosing(found, report.total.debited - found.debited, _changes_url(form, found.as_of))


# A row for each part of the whole period and one for the whole, beside the period before.
PARTS_TABLE = (
    text("part", of="name"), text("label"), *sum_columns("after"), money("before_debited", "before.debited"),
    number("before_count", "before.count"), money("change"),
)  # fmt: skip

# What is on hold now, of whichever period, by the day its hold ends.
RELEASES = (
    text("hold_ends", 34, "label"), day("day", "on"), number("count", "sums.count"),
    money("reversible", "sums.debited"), number("estimated", "sums.estimates"),
    number("without_debited", "sums.debited_missing"),
)  # fmt: skip


def export(form: PeriodForm, report: Report) -> Export:
    period, before, total = report.period, report.period.before(), report.total
    as_of = report.as_of or now()
    return Export(
        "Finance: debited sums by part",
        f"finance-{form.from_}-to-{form.to}-by-{form.by}",
        as_of,
        list(_tables(report)),
        [
            ("Period", f"{period.first} to {period.last}, both included"),
            ("Cut by", period.by.value),
            ("Period before", f"{before.first} to {before.last}, both included"),
            ("Time zone of all days", period.zone.key),
            ("Rows by period", str(len(report.rows))),
            *sums_about(total, "Purchases"),
            *(
                (f"Debited: {SETTLEMENT_LABELS[part]}", total_text(report.parts.get(part, NOTHING).debited))
                for part in SETTLEMENTS
            ),
            ("Difference, debited less price, in USD", total_text(total.difference)),
        ],
        url_for("finance.finance", _external=True, **form.as_parameters(as_of=iso_z(as_of))),
        {
            "Rows": len(report.rows), "Count": total.count, "Debited": total_text(total.debited),
            "Price": total_text(total.price), "Zone": period.zone.key,
        },
    )  # fmt: skip


def _tables(report: Report) -> Iterator[Table]:
    yield by_period(report)
    yield table_of("Parts", PARTS_TABLE, compared(report.before, report.parts))
    if report.as_of is None:
        yield table_of("Releases", RELEASES, releases())


@dataclass(frozen=True, slots=True)
class ReleasePage:
    releases: list[Release]
