"""The finance page as a file: everything that the page with the same parameters shows."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, request, url_for

from dashboard.accounts.guards import requires
from dashboard.accounts.store import Role
from dashboard.finance import form as finance_form
from dashboard.finance import queries as money
from dashboard.finance.debited import release_page as release_calendar
from dashboard.finance.form import Form
from dashboard.finance.links import ListLinks
from dashboard.finance.period_table import BY_PERIOD, SUMS, period_rows, sums_of
from dashboard.finance.report import Report, total_of
from dashboard.lib.formatting import iso_z
from dashboard.purchases.finality import PART_LABELS, PARTS
from dashboard.spreadsheets.tables import About, Column, Kind, Table, total_text
from dashboard.totals.sums import NOTHING
from dashboard.web import downloads
from dashboard.web.page import now, zone

blueprint = Blueprint("finance_exports", __name__)

PARTS_TABLE = (
    Column("part", width=22), Column("label", width=22), *SUMS,
    Column("before_debited", Kind.MONEY, 16), Column("before_count", Kind.NUMBER, 10),
    Column("change", Kind.MONEY, 16),
)  # fmt: skip
"""A row for each part of the whole period and one for the whole, beside the period before."""

RELEASES = (
    Column("hold_ends", width=34), Column("day", Kind.DAY, 12), Column("count", Kind.NUMBER, 10),
    Column("reversible", Kind.MONEY, 16), Column("estimated", Kind.NUMBER, 10),
)  # fmt: skip
"""What is on hold now, of whichever period, by the day its hold ends."""


@blueprint.get("/finance/export.<any(csv, xlsx, zip):extension>")
@requires(Role.FINANCE)
def export(extension: str) -> Response:
    """The figures of the finance page with the same parameters. A period that cannot be used is answered with 400.

    A CSV is the table by period; workbook and ZIP hold the parts of the whole and the calendar of releases too.
    """
    form = finance_form.read_form(request.args, zone(), now())
    if form.period is None:
        abort(400, "Nothing was exported, because the period cannot be used. " + " ".join(form.errors.values()))
    report = money.find_report(form.period, form.as_of)
    return downloads.answered(lambda stack: _sent(extension, form, report, stack))


def _sent(extension: str, form: Form, report: Report, stack: ExitStack) -> Response:
    as_of = report.as_of or now()
    tables = [
        Table("By period", BY_PERIOD, list(period_rows(report))),
        Table("Parts", PARTS_TABLE, list(_part_rows(report))),
    ]
    if report.as_of is None:
        tables.append(Table("Releases", RELEASES, list(_release_rows(report))))
    what = f"finance-{form.from_}-to-{form.to}-by-{form.by}"
    response = downloads.send(extension, tables, _about(form, report, as_of), what=what, as_of=as_of, stack=stack)
    response.headers.update(_facts(report, as_of))
    return response


def links(form: Form) -> list[tuple[str, str, str]]:
    """Return (label, what it is, address) of the exports of a report."""
    named = (
        ("CSV", "the table by period, exact", "csv"), ("Excel", "every table, with a sheet about it", "xlsx"),
        ("ZIP", "every table as CSV, with a file about it", "zip"),
    )  # fmt: skip
    query = urlencode(form.as_parameters(zone()))
    address = url_for("finance_exports.export", extension="csv").removesuffix("csv")
    return [(label, what, f"{address}{extension}?{query}") for label, what, extension in named]


def _part_rows(report: Report) -> Iterator[tuple[Any, ...]]:
    lines = [
        (part.value, PART_LABELS[part], report.parts.get(part, NOTHING), report.before.get(part, NOTHING))
        for part in PARTS
    ]
    for name, label, sums, before in [*lines, ("debited", "Debited", report.total, total_of(report.before))]:
        yield (name, label, *sums_of(sums), before.debited, before.count, sums.debited - before.debited)


def _release_rows(report: Report) -> Iterator[tuple[Any, ...]]:
    for release in release_calendar.releases(ListLinks(report.period.zone)):
        yield (release.label, release.on, release.totals.count, release.totals.debited, release.totals.estimates)


def _facts(report: Report, as_of: datetime) -> dict[str, str]:
    """What is to be known about the file, for scripts."""
    total = report.total
    return {
        "X-Export-Rows": str(len(report.rows)),
        "X-Export-Count": str(total.count),
        "X-Export-Debited": total_text(total.debited),
        "X-Export-Price": total_text(total.price),
        "X-Export-As-Of": iso_z(as_of),
        "X-Export-Zone": report.period.zone.key,
    }


def _about(form: Form, report: Report, as_of: datetime) -> About:
    period, before, total = report.period, report.period.before(), report.total
    parameters = form.as_parameters(zone(), as_of=iso_z(as_of))
    return [
        ("Export", "Finance: debited sums by part"),
        ("Period", f"{period.first} to {period.last}, both included"),
        ("Cut by", period.by.value),
        ("Period before", f"{before.first} to {before.last}, both included"),
        ("Time zone of all days", period.zone.key),
        ("As of", iso_z(as_of)),
        ("Rows by period", str(len(report.rows))),
        ("Purchases", str(total.count)),
        ("Debited, sum in USD", total_text(total.debited)),
        *((f"of it {PART_LABELS[part]}", total_text(report.parts.get(part, NOTHING).debited)) for part in PARTS),
        ("Price, sum in USD", total_text(total.price)),
        ("Difference, debited less price, in USD", total_text(total.difference)),
        ("Purchases without a debited sum, counted as 0", str(total.debited_missing)),
        ("Purchases without a price, counted as 0", str(total.price_missing)),
        ("The same figures as a page", url_for("finance.finance", _external=True, **parameters)),
    ]
