"""Where the finance page is offered as a file."""

from flask import Blueprint, Response, request

from dashboard.accounts.guards import requires
from dashboard.accounts.store import Role
from dashboard.finance import form as finance_form
from dashboard.finance import queries as reports
from dashboard.finance.debited import export_page
from dashboard.web import downloads
from dashboard.web.downloads import EXPORT
from dashboard.web.page import now, zone

blueprint = Blueprint("finance_exports", __name__)


@blueprint.get(f"/finance/{EXPORT}")
@requires(Role.FINANCE)
def export(extension: str) -> Response:
    """The figures of the finance page with the same parameters. A period that cannot be used is answered with 400.

    A CSV is the table by period; workbook and ZIP hold the parts of the whole and the calendar of releases too.
    """
    form = finance_form.read_form(request.args, zone(), now())
    if form.period is None:
        downloads.refuse("the period", form.errors)
    report = reports.find_report(form.period, form.as_of)
    return downloads.send(extension, lambda _connection: export_page.export(form, report))
