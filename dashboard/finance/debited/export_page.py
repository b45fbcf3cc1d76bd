"""The finance page as a file: everything that the page with the same parameters shows."""

from collections.abc import Iterator

from flask import url_for

from dashboard.finance.debited.release_page import release_lines
from dashboard.finance.form import PeriodForm
from dashboard.finance.links import ListLinks
from dashboard.finance.period_table import by_period, sum_columns
from dashboard.finance.report import Report, compared
from dashboard.lib.formatting import iso_z
from dashboard.purchases.export_page import sums_about
from dashboard.purchases.finality import SETTLEMENT_LABELS, SETTLEMENTS
from dashboard.spreadsheets.tables import Table, day, money, number, table_of, text, total_text
from dashboard.totals.sums import NOTHING
from dashboard.web import downloads
from dashboard.web.downloads import Export
from dashboard.web.page import now, zone

PARTS_TABLE = (
    text("part", of="name"), text("label"), *sum_columns("after"), money("before_debited", "before.debited"),
    number("before_count", "before.count"), money("change"),
)  # fmt: skip

"""A row for each part of the whole period and one for the whole, beside the period before."""

RELEASES = (
    text("hold_ends", 34, "label"), day("day", "on"), number("count", "totals.count"),
    money("reversible", "totals.debited"), number("estimated", "totals.estimates"),
)  # fmt: skip

"""What is on hold now, of whichever period, by the day its hold ends."""


def export(form: PeriodForm, report: Report) -> Export:
    """Return the export that the page with the same parameters offers."""
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
                (f"of it {SETTLEMENT_LABELS[part]}", total_text(report.parts.get(part, NOTHING).debited))
                for part in SETTLEMENTS
            ),
            ("Difference, debited less price, in USD", total_text(total.difference)),
        ],
        url_for("finance.finance", _external=True, **form.as_parameters(zone(), as_of=iso_z(as_of))),
        {
            "Rows": len(report.rows), "Count": total.count, "Debited": total_text(total.debited),
            "Price": total_text(total.price), "Zone": period.zone.key,
        },
    )  # fmt: skip


def _tables(report: Report) -> Iterator[Table]:
    yield by_period(report)
    yield table_of("Parts", PARTS_TABLE, compared(report.before, report.parts))
    if report.as_of is None:
        yield table_of("Releases", RELEASES, release_lines(ListLinks(report.period.zone)))


def links(form: PeriodForm) -> list[tuple[str, str, str]]:
    """Return (label, what it is, address) of the exports of a report."""
    return downloads.links(
        "finance_exports.export", "the table by period, exact", "every table, with a sheet about it",
        **form.as_parameters(zone()),
    )  # fmt: skip
