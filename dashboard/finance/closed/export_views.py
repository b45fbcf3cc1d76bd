"""Closed reports as files: the list of them with the figures of each, and each one as the finance page exports it."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

from flask import Blueprint, Response, abort, url_for

from dashboard.accounts.guards import requires
from dashboard.accounts.store import Role
from dashboard.finance import queries as money
from dashboard.finance.changes import page as moves
from dashboard.finance.closed import queries as closings
from dashboard.finance.closed.queries import Closed
from dashboard.finance.links import ListLinks
from dashboard.finance.period_table import BY_PERIOD, period_rows
from dashboard.finance.report import Report
from dashboard.lib.formatting import iso_z
from dashboard.purchases import export_queries as purchase_export
from dashboard.purchases.finality import PARTS
from dashboard.spreadsheets.tables import About, Column, Kind, Table, total_text
from dashboard.totals.sums import NOTHING
from dashboard.web import downloads
from dashboard.web.page import now, zone

blueprint = Blueprint("closed_exports", __name__, url_prefix="/finance/closed")

CLOSED = (
    Column("report", Kind.NUMBER, 8), Column("first_day", Kind.DAY, 12), Column("last_day", Kind.DAY, 12),
    Column("zone", width=20), Column("cut_by", width=8), Column("closed_at", Kind.UTC, 28),
    Column("closed_at_local", Kind.LOCAL, 20), Column("closed_by", width=26), Column("debited", Kind.MONEY, 16),
    *(Column(part.value, Kind.MONEY, 16) for part in PARTS), Column("count", Kind.NUMBER, 10),
    Column("price", Kind.MONEY, 16), Column("difference", Kind.MONEY, 16),
    Column("without_debited", Kind.NUMBER, 10), Column("without_price", Kind.NUMBER, 10),
)  # fmt: skip
"""A row for each closed report: who closed it, as of when, and its figures as they were."""

AS_CLOSED = (
    Column("part", width=22), Column("label", width=22), Column("closed_debited", Kind.MONEY, 16),
    Column("closed_count", Kind.NUMBER, 10), Column("closed_price", Kind.MONEY, 16),
    Column("now_debited", Kind.MONEY, 16), Column("now_count", Kind.NUMBER, 10), Column("change", Kind.MONEY, 16),
)  # fmt: skip
"""A row for each part and one for the whole, as closed and as it is now."""


@blueprint.get("/export.<any(csv, xlsx, zip):extension>")
@requires(Role.FINANCE)
def export_all(extension: str) -> Response:
    """Every closed report with its figures, newest first."""
    return downloads.answered(lambda stack: _all(extension, stack))


def _all(extension: str, stack: ExitStack) -> Response:
    connection = stack.enter_context(purchase_export.snapshot())
    count, debited = closings.count_and_debited(connection)
    table = Table("Closed reports", CLOSED, map(_closed, closings.iter_closed(connection)))
    about = [
        ("Export", "Finance: closed reports"),
        ("Filter", "none: every closed report, also those that were closed again"),
        ("As of", iso_z(now())),
        ("Time zone of columns named local", zone().key),
        ("Rows", str(count)),
        ("Debited, sum over all rows in USD", total_text(debited)),
        ("The same list as a page", url_for("closing.closed_reports", _external=True)),
    ]
    response = downloads.send(extension, [table], about, what="closed-reports", as_of=now(), stack=stack)
    response.headers.update({"X-Export-Rows": str(count), "X-Export-Debited": total_text(debited)})
    return response


def _closed(closed: Closed) -> tuple[Any, ...]:
    period, total, parts = closed.report.period, closed.report.total, closed.report.parts
    return (
        closed.id, period.first, period.last, period.zone.key, period.by.value, closed.as_of, closed.as_of,
        closed.closed_by_email, total.debited, *(parts.get(part, NOTHING).debited for part in PARTS), total.count,
        total.price, total.difference, total.debited_missing, total.price_missing,
    )  # fmt: skip


@blueprint.get("/<int:report_id>/export.<any(csv, xlsx, zip):extension>")
@requires(Role.FINANCE)
def export_one(report_id: int, extension: str) -> Response:
    """A closed report's figures by day, week or month; workbook and ZIP hold its parts beside those of now too."""
    closed = closings.find_closed(report_id) if report_id < 2**63 else None
    if closed is None:
        abort(404, "No report was closed under this number.")
    return downloads.answered(lambda stack: _one(extension, closed, stack))


def _one(extension: str, closed: Closed, stack: ExitStack) -> Response:
    period, total = closed.report.period, closed.report.total
    current = money.find_report(period)
    tables = [
        Table("By period", BY_PERIOD, list(period_rows(closed.report))),
        Table("Parts", AS_CLOSED, list(_as_closed(closed.report, current))),
    ]
    what = f"closed-report-{closed.id}-{period.first}-to-{period.last}"
    about = _about(closed, current)
    response = downloads.send(extension, tables, about, what=what, as_of=closed.as_of, stack=stack)
    response.headers.update(
        {
            "X-Export-Rows": str(len(closed.report.rows)), "X-Export-Count": str(total.count),
            "X-Export-Debited": total_text(total.debited), "X-Export-As-Of": iso_z(closed.as_of),
            "X-Export-Zone": period.zone.key,
        }
    )  # fmt: skip
    return response


def _as_closed(closed: Report, current: Report) -> Iterator[tuple[Any, ...]]:
    links = ListLinks(closed.period.zone)
    for line in moves.differences(closed, current, links, links):
        then = (line.before.debited, line.before.count, line.before.price)
        yield (line.name, line.label, *then, line.after.debited, line.after.count, line.change)


def _about(closed: Closed, current: Report) -> About:
    period, total = closed.report.period, closed.report.total
    return [
        ("Export", "Finance: a closed report"),
        ("Period", f"{period.first} to {period.last}, both included"),
        ("Cut by", period.by.value),
        ("Time zone of all days", period.zone.key),
        ("Closed by", closed.closed_by_email),
        ("Closed as of", iso_z(closed.as_of)),
        ("Compared with the figures as of", iso_z(now())),
        ("Rows by period", str(len(closed.report.rows))),
        ("Purchases as closed", str(total.count)),
        ("Debited as closed, sum in USD", total_text(total.debited)),
        ("Price as closed, sum in USD", total_text(total.price)),
        ("Difference as closed, in USD", total_text(total.difference)),
        ("Debited now, sum in USD", total_text(current.total.debited)),
        ("Change since it was closed, in USD", total_text(current.total.debited - total.debited)),
        ("The same as a page", url_for("closing.closed_report", report_id=closed.id, _external=True)),
    ]
