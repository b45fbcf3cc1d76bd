"""The finance pages: what SkinsBack took from the balance, how much of it can still come back."""

from flask import Blueprint, Response, request

from dashboard.accounts.guards import requires
from dashboard.accounts.store import Role
from dashboard.finance import form as finance_form
from dashboard.finance import queries as reports
from dashboard.finance.debited import page
from dashboard.purchases import holds_page
from dashboard.web import downloads
from dashboard.web.downloads import EXPORT
from dashboard.web.page import show

blueprint = Blueprint("finance", __name__)


@blueprint.get("/finance")
@requires(Role.FINANCE)
def finance() -> Response:
    form = finance_form.read_form(request.args)
    report = reports.find_report(form.period, form.as_of) if form.period else None
    return show("finance/debited/page.html", page.debited_page(form, report), status=200 if report else 400)


@blueprint.get("/finance/releases")
@requires(Role.FINANCE)
def releases() -> Response:
    """What is on hold now, whatever its period, by the day its hold ends; a panel of the finance page."""
    shown = page.ReleasePage(holds_page.releases())
    return show("finance/debited/releases.html", shown, fragment="finance/debited/_releases.html")


@blueprint.get(f"/finance/{EXPORT}")
@requires(Role.FINANCE)
def export(extension: str) -> Response:
    """The figures of the finance page with the same parameters. A period that cannot be used is answered with 400.

    A CSV is the table by period; workbook and ZIP hold the parts of the whole and the calendar of releases too.
    """
    form = finance_form.read_form(request.args)
    if form.period is None:
        downloads.refuse("the period", form.errors)
    report = reports.find_report(form.period, form.as_of)
    return downloads.send(extension, lambda _connection: page.export(form, report))
