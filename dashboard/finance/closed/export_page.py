"""Closed reports as files: the list of them with the figures of each, and each one as the finance page exports it."""

from flask import url_for

from dashboard.finance import queries as reports
from dashboard.finance.changes.page import linked_changes
from dashboard.finance.closed import queries as closings
from dashboard.finance.closed.queries import Closed
from dashboard.finance.links import ListLinks
from dashboard.finance.period_table import by_period, part_columns, sum_columns
from dashboard.lib.formatting import iso_z
from dashboard.purchases.export_page import sums_about
from dashboard.spreadsheets.tables import day, local, money, number, table_of, text, total_text, utc
from dashboard.web.downloads import Export, Snapshot
from dashboard.web.page import now

_DEBITED, *_OTHERS = sum_columns("report.total")

CLOSED = (
    number("report", "id"), day("first_day", "report.period.first"), day("last_day", "report.period.last"),
    text("zone", of="report.period.zone.key"), text("cut_by", 8, "report.period.by.value"),
    utc("closed_at", "as_of"), local("closed_at_local", "as_of"), text("closed_by", 26, "closed_by_email"),
    _DEBITED, *part_columns("report.parts"), *_OTHERS,
)  # fmt: skip

"""A row for each closed report: who closed it, as of when, and its figures as they were."""

AS_CLOSED = (
    text("part", of="name"), text("label"), money("closed_debited", "before.debited"),
    number("closed_count", "before.count"), money("closed_price", "before.price"),
    money("now_debited", "after.debited"), number("now_count", "after.count"), money("change"),
)  # fmt: skip

"""A row for each part and one for the whole, as closed and as it is now."""


def all_export(connection: Snapshot) -> Export:
    """Return every closed report with its figures."""
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
    """Return the figures of one closed report, as closed and as they are now."""
    period, total = closed.report.period, closed.report.total
    current, links = reports.find_report(period), ListLinks(period.zone)
    differences = linked_changes(closed.report, current, links, links)
    return Export(
        "Finance: a closed report",
        f"closed-report-{closed.id}-{period.first}-to-{period.last}",
        closed.as_of,
        [by_period(closed.report), table_of("Parts", AS_CLOSED, differences)],
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
