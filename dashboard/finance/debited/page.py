"""The debited sums of a period as their page and its files show them, and the calendar of releases."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from flask import url_for

from dashboard.finance import history_queries as history
from dashboard.finance import page as figures
from dashboard.finance.closed import queries as closings
from dashboard.finance.debited.chart import DebitedChart, chart
from dashboard.finance.form import PeriodForm, last_days, usual_periods
from dashboard.finance.links import ListLinks
from dashboard.finance.page import Figure, PeriodLine, SettlementLine, headings, period_lines, settlement_lines
from dashboard.finance.period_table import by_period, sum_columns
from dashboard.finance.report import Report, compared
from dashboard.lib import periods
from dashboard.lib.formatting import day_words, days_words, iso_z
from dashboard.lib.periods import month_end, month_start
from dashboard.purchases import hold_queries as holds
from dashboard.purchases.export_page import sums_about
from dashboard.purchases.finality import SETTLEMENT_LABELS, SETTLEMENTS
from dashboard.purchases.list_queries import MISSING
from dashboard.spreadsheets.tables import Table, day, money, number, table_of, text, total_text
from dashboard.totals.sums import NOTHING, Sums
from dashboard.web import downloads
from dashboard.web.downloads import Export
from dashboard.web.page import now, today, zone

DAYS_SHOWN = 14
"""SkinsBack's holds last 8 days; what is longer is summed up in one row at the end."""


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
        missing_urls={what: links.missing(period.first, period.last, what) for what in MISSING},
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
    text("hold_ends", 34, "label"), day("day", "on"), number("count", "totals.count"),
    money("reversible", "totals.debited"), number("estimated", "totals.estimates"),
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
        yield table_of("Releases", RELEASES, release_lines())


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
    releases: list[Release]


def release_lines() -> list[Release]:
    """Return the calendar, soonest first; days without any are left out.

    Whole days only, so that each row is exactly a list of purchases: today's row has both what ended today and is not
    confirmed yet, and what ends later today.
    """
    links = ListLinks(zone())
    last = today() + timedelta(days=DAYS_SHOWN)
    days = list(periods.days_between(today(), last))
    bounds = [periods.day_start(day, zone()) for day in (*days, last + timedelta(days=1))]
    overdue, *of_days, later = holds.totals_by_release(bounds)
    rows: list[tuple[date | None, date | None, Sums]] = [(None, today() - timedelta(days=1), overdue)]
    rows += [(day, day, totals) for day, totals in zip(days, of_days, strict=True)]
    rows.append((last + timedelta(days=1), None, later))
    return [_row(first, last, totals, links) for first, last, totals in rows if totals.count]


def _row(first: date | None, last: date | None, totals: Sums, links: ListLinks) -> Release:
    url = links.releases(first, last)
    return Release(
        _label(first, last),
        first if first == last else None,
        figures.number("count", totals.count, url),
        figures.money("reversible", totals.debited, url),
        totals,
        is_overdue=first is None,
    )


def _label(first: date | None, last: date | None) -> str:
    if first is None:
        return "Hold has ended, waiting for confirmation"
    if last is None:
        return f"From {day_words(first)} on"
    return f"Today, {day_words(first)}" if first == today() else f"{first:%A}, {day_words(first)}"
