"""Closed reports: closing one, the list of them, and each beside what has changed since."""

from typing import Any

from flask import Blueprint, Response, abort, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from dashboard.accounts.guards import requires
from dashboard.accounts.store import Role
from dashboard.db.columns import LARGEST_BIGINT
from dashboard.finance import form as finance_form
from dashboard.finance import page as finance_page
from dashboard.finance import queries as money
from dashboard.finance.changes.page import linked_changes
from dashboard.finance.closed import queries as closings
from dashboard.finance.closed import store as closing
from dashboard.finance.closed.queries import Closed
from dashboard.finance.links import ListLinks
from dashboard.finance.monthly import queries as sent_reports
from dashboard.lib import periods
from dashboard.lib.formatting import days_words, iso_z, month_words
from dashboard.purchases.finality import STILL_MOVING
from dashboard.web import downloads
from dashboard.web.page import now, show, zone

blueprint = Blueprint("closing", __name__)


@blueprint.post("/finance/close")
@requires(Role.FINANCE)
def close() -> AnyResponse:
    """Close the report of a period, as it is now."""
    form = finance_form.read_form(request.form, zone(), now())
    if form.period is None or form.as_of is not None:
        abort(400, "Nothing was closed: a report is closed for a period that can be shown, as it is now.")
    report_id = closing.close_report(form.period, g.user.email)
    return redirect(url_for("closing.closed_report", report_id=report_id), code=303)


@blueprint.get("/finance/closed")
@requires(Role.FINANCE)
def closed_reports() -> Response:
    """The closed reports, newest first."""
    before = request.args.get("before", "")
    rows = closings.closings(int(before) if before.isdecimal() and len(before) < 19 else None)
    page = rows[: closings.PAGE_LENGTH]
    context = {
        "months": _months(),
        "rows": page,
        "export_links": page
        and downloads.links(
            "closed_exports.export_all",
            "every closed report with its parts",
            "the same, with a sheet about it",
            tz=zone().key,
        ),
        "is_first_page": not before,
        "first_url": url_for("closing.closed_reports"),
        "next_url": len(rows) > len(page) and url_for("closing.closed_reports", before=page[-1].id),
    }
    return show("finance/closed/list.html", context)


def _months() -> list[dict[str, Any]]:
    """Return the months whose report was sent by mail, with what the final one of each waits for."""
    shown = []
    for month in sent_reports.months_sent(periods.zone_by_name(current_app.config["TIMEZONE"])):
        period = month.period
        days: dict[str, Any] = {"from": period.first.isoformat(), "to": period.last.isoformat(), "tz": period.zone.key}
        shown.append(
            {
                "month": month, "name": month_words(period.first), "url": url_for("finance.finance", **days),
                "waiting_url": url_for("purchases.purchase_list", **days, part=[part.value for part in STILL_MOVING]),
            }
        )  # fmt: skip
    return shown


@blueprint.get("/finance/closed/<int:report_id>")
@requires(Role.FINANCE)
def closed_report(report_id: int) -> Response:
    """A closed report: its figures as they were closed, and what they are now."""
    found = closings.find_closed(report_id) if report_id <= LARGEST_BIGINT else None
    if found is None:
        abort(404, "No report was closed under this number.")
    return show("finance/closed/report.html", _context(found))


def _context(closed: Closed) -> dict[str, Any]:
    period, current = closed.report.period, money.find_report(closed.report.period)
    links = ListLinks(period.zone, closed.as_of)
    *lines, total = linked_changes(closed.report, current, links, ListLinks(period.zone))
    days: dict[str, Any] = {"from": period.first.isoformat(), "to": period.last.isoformat(), "tz": period.zone.key}
    return {
        "closed": closed,
        "export_links": downloads.links(
            "closed_exports.export_one",
            "the figures as closed, exact",
            "the figures as closed and as they are now",
            report_id=closed.id,
        ),
        "title": days_words(period.first, period.last),
        "differences": lines,
        "total": total,
        "headings": finance_page.headings(),
        "cut": period.by.value,
        "lines": finance_page.period_lines(closed.report, links),
        "changes_url": url_for("finance_history.changes", **days, since=iso_z(closed.as_of)),
        "then_url": url_for("finance.finance", **days, by=period.by.value, as_of=iso_z(closed.as_of)),
        "now_url": url_for("finance.finance", **days, by=period.by.value),
    }
