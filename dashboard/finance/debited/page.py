"""What the page of the debited sums shows: the whole by part, the rows, the chart, and the ways on from there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from flask import url_for

from dashboard.finance import history_queries as history
from dashboard.finance.closed import queries as closings
from dashboard.finance.debited import export_page
from dashboard.finance.debited.chart import DebitedChart, chart
from dashboard.finance.form import PeriodForm, last_days, usual_periods
from dashboard.finance.links import ListLinks
from dashboard.finance.page import PeriodLine, SettlementLine, headings, period_lines, settlement_lines
from dashboard.finance.report import Report
from dashboard.lib.formatting import days_words, iso_z
from dashboard.lib.periods import local_date, month_end, month_start
from dashboard.purchases.list_queries import MISSING
from dashboard.web.page import now, zone


@dataclass(frozen=True, slots=True)
class LastClosing:
    """The newest closed report of the same period, and by how much the debited sum has changed since, in USD."""

    id: int
    by: str
    as_of: datetime
    debited: Decimal
    change: Decimal
    changes_url: str


@dataclass(frozen=True, slots=True)
class ShownReport:
    """What the page shows of a report."""

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
    """The page; without ``shown`` where no figures can be shown."""

    form: PeriodForm
    usual_periods: list[tuple[str, str, bool]]
    shown: ShownReport | None


def debited_page(form: PeriodForm, report: Report | None) -> DebitedPage:
    """Return the page of a report, or of a form that means none."""
    today = local_date(now(), zone())
    last_month = month_start(today) - timedelta(days=1)
    usual = [
        ("This month", month_start(today), month_end(today)),
        ("Last month", month_start(last_month), last_month),
        *(last_days(number, today) for number in (7, 30, 90)),
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
        missing_urls={what: links.missing(period.first, period.last, what) for what in MISSING},
        headings=headings(),
        lines=lines,
        chart=chart(report, lines),
        export_links=export_page.links(form),
        closing=None if as_of else _closing(form, report),
        first_known_at=history.first_recorded_at() if as_of and not report.total.count else None,
        now_url=url_for("finance.finance", **form.as_parameters(zone(), as_of=None)),
        changes_url=_changes_url(form, as_of) if as_of else "",
    )


def _changes_url(form: PeriodForm, since: datetime) -> str:
    parameters: dict[str, Any] = form.as_parameters(zone(), as_of=None, since=iso_z(since))
    return url_for("finance_history.changes", **parameters)


def _closing(form: PeriodForm, report: Report) -> LastClosing | None:
    found = closings.newest_closing(report.period)
    if found is None:
        return None
    report_id, by, as_of, debited = found
    return LastClosing(report_id, by, as_of, debited, report.total.debited - debited, _changes_url(form, as_of))
