"""Where the balance bridge is offered as a file."""

from flask import Blueprint, Response, request

from dashboard.accounts.guards import requires
from dashboard.accounts.store import Role
from dashboard.finance.balance import export_page
from dashboard.finance.balance import page as balance_page
from dashboard.lib import periods
from dashboard.web import downloads
from dashboard.web.downloads import EXPORT
from dashboard.web.page import now, zone

blueprint = Blueprint("balance_exports", __name__)


@blueprint.get(f"/finance/balance/{EXPORT}")
@requires(Role.FINANCE)
def export(extension: str) -> Response:
    """The bridge of the page with the same parameters. A period that cannot be used is answered with 400."""
    form = balance_page.read_form(request.args, periods.local_date(now(), zone()))
    if form.errors:
        downloads.refuse("the period", form.errors)
    return downloads.send(extension, lambda _connection: export_page.export(form))
