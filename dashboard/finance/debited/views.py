"""The finance pages: what SkinsBack took from the balance, how much of it can still come back."""

from flask import Blueprint, Response, request

from dashboard.accounts.guards import requires
from dashboard.accounts.store import Role
from dashboard.finance import form as finance_form
from dashboard.finance import queries as money
from dashboard.finance.debited.page import debited_page
from dashboard.finance.debited.release_page import ReleasePage, release_lines
from dashboard.finance.links import ListLinks
from dashboard.web.page import now, show, zone

blueprint = Blueprint("finance", __name__)


@blueprint.get("/finance")
@requires(Role.FINANCE)
def finance() -> Response:
    """Debited sums of a period by part, in rows and as a whole, beside the period before."""
    form = finance_form.read_form(request.args, zone(), now())
    report = money.find_report(form.period, form.as_of) if form.period else None
    return show("finance/debited/page.html", debited_page(form, report), status=200 if report else 400)


@blueprint.get("/finance/releases")
@requires(Role.FINANCE)
def releases() -> Response:
    """What is on hold now, whatever its period, by the day its hold ends; a panel of the finance page."""
    page = ReleasePage(release_lines(ListLinks(zone())))
    return show("finance/debited/releases.html", page, fragment="finance/debited/_releases.html")
