"""Closed reports: closing one, the list of them, and each beside what has changed since."""

from flask import Blueprint, Response, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from dashboard.accounts.guards import requires
from dashboard.accounts.store import Role
from dashboard.finance import form as finance_form
from dashboard.finance.closed import page
from dashboard.finance.closed import queries as closings
from dashboard.finance.closed import store as closing
from dashboard.finance.closed.queries import Closed
from dashboard.web import downloads
from dashboard.web.downloads import EXPORT
from dashboard.web.page import show

blueprint = Blueprint("closing", __name__)


@blueprint.post("/finance/close")
@requires(Role.FINANCE)
def close() -> AnyResponse:
    """Close the report of a period, as it is now."""
    form = finance_form.read_form(request.form)
    if form.period is None or form.as_of is not None:
        abort(400, "Nothing was closed: only the current figures of a valid period can be closed.")
    report_id = closing.close_report(form.period, g.user.email)
    return redirect(url_for("closing.closed_report", report_id=report_id), code=303)


@blueprint.get("/finance/closed")
@requires(Role.FINANCE)
def closed_reports() -> Response:
    return show("finance/closed/list.html", page.closed_list())


@blueprint.get("/finance/closed/<int:report_id>")
@requires(Role.FINANCE)
def closed_report(report_id: int) -> Response:
    return show("finance/closed/report.html", page.closed_comparison(_find(report_id)))


@blueprint.get(f"/finance/closed/{EXPORT}")
@requires(Role.FINANCE)
def export_all(extension: str) -> Response:
    return downloads.send(extension, page.all_export)


@blueprint.get(f"/finance/closed/<int:report_id>/{EXPORT}")
@requires(Role.FINANCE)
def export_one(report_id: int, extension: str) -> Response:
    """A closed report's figures by day, week or month; workbook and ZIP hold its parts beside those of now too."""
    closed = _find(report_id)
    return downloads.send(extension, lambda _connection: page.one_export(closed))


def _find(report_id: int) -> Closed:
    closed = closings.find_closed(report_id)
    if closed is None:
        abort(404, "There is no closed report with this number.")
    return closed
