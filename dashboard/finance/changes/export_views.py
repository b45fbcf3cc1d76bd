"""Where what changed, and what was known at a moment, is offered as files."""

from flask import Blueprint, Response, request

from dashboard.accounts.guards import requires
from dashboard.accounts.store import Role
from dashboard.finance import form as finance_form
from dashboard.finance.changes import export_page
from dashboard.finance.changes import page as changes_page
from dashboard.web import downloads
from dashboard.web.downloads import EXPORT
from dashboard.web.page import now, zone

blueprint = Blueprint("history_exports", __name__)


@blueprint.get(f"/finance/changes/{EXPORT}")
@requires(Role.FINANCE)
def export_changes(extension: str) -> Response:
    """What changed, as the page with the same parameters shows it. What cannot be compared is answered with 400.

    A CSV is the purchases that changed; workbook and ZIP hold the difference by part and the changes too.
    """
    form, asked = changes_page.read(request.args, now())
    if asked is None:
        downloads.refuse("what to compare", form.errors)
    return downloads.send(extension, lambda connection: export_page.changes_export(asked, connection))


@blueprint.get(f"/finance/purchases/{EXPORT}")
@requires(Role.FINANCE)
def export_known(extension: str) -> Response:
    """The purchases of a period as they were known at a moment, as the page with the same parameters lists them."""
    form = finance_form.read_form(request.args, zone(), now())
    wanted = finance_form.read_wanted(form, request.args)
    if form.period is None or form.errors:
        downloads.refuse("the period", form.errors)
    return downloads.send(extension, lambda connection: export_page.known_export(form, wanted, connection))
