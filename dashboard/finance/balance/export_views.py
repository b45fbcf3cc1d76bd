"""Where the balance bridge is offered as a file."""

from flask import Blueprint, Response, request

from dashboard.accounts.guards import requires
from dashboard.accounts.store import Role
from dashboard.finance.balance import export_page
from dashboard.finance.balance.page import read_form
from dashboard.lib.periods import local_date
from dashboard.web import downloads
from dashboard.web.downloads import EXPORT
from dashboard.web.page import now, zone

blueprint = Blueprint("balance_exports", __name__)


@blueprint.get(f"/finance/balance/{EXPORT}")
@requires(Role.FINANCE)
def export(extension: str) -> Response:
    """The bridge of the page with the same parameters. A period that cannot be used is answered with 400."""
    form = read_form(request.args, zone(), local_date(now(), zone()))
    if form.period is None:
        downloads.refuse("the period", form.errors)
    period = form.period
    return downloads.send(extension, lambda _connection: export_page.export(period))
