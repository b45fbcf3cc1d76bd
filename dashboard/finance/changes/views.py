"""What was known at a moment, purchase by purchase, and what changed between two."""

from flask import Blueprint, Response, request

from dashboard.accounts.guards import requires
from dashboard.accounts.store import Role
from dashboard.finance.changes import known_page, page
from dashboard.finance.changes.known_page import KnownPage
from dashboard.finance.changes.page import ChangesPage
from dashboard.web import downloads
from dashboard.web.downloads import EXPORT
from dashboard.web.page import show

blueprint = Blueprint("finance_history", __name__)


@blueprint.get("/finance/purchases")
@requires(Role.FINANCE)
def known_purchases() -> Response:
    form, wanted = known_page.read(request.args)
    if wanted is None:
        return show("finance/changes/known.html", KnownPage(form), status=400)
    return show("finance/changes/known.html", known_page.known_page(wanted))


@blueprint.get("/finance/changes")
@requires(Role.FINANCE)
def changes() -> Response:
    form, asked = page.read(request.args)
    if asked is None:
        # Whoever comes by the tab has not chosen a moment yet, and has done nothing wrong.
        empty = ChangesPage(form, request.args.get("since", ""))
        return show("finance/changes/page.html", empty, status=400 if form.errors else 200)
    return show("finance/changes/page.html", page.changes_page(asked))


@blueprint.get(f"/finance/changes/{EXPORT}")
@requires(Role.FINANCE)
def export_changes(extension: str) -> Response:
    """What changed, as the page with the same parameters shows it. What cannot be compared is answered with 400.

    A CSV is the purchases that changed; workbook and ZIP hold the difference by part and the changes too.
    """
    form, asked = page.read(request.args)
    if asked is None:
        downloads.refuse("what to compare", form.errors)
    return downloads.send(extension, lambda connection: page.export(asked, connection))


@blueprint.get(f"/finance/purchases/{EXPORT}")
@requires(Role.FINANCE)
def export_known(extension: str) -> Response:
    form, wanted = known_page.read(request.args)
    if wanted is None:
        downloads.refuse("the period", form.errors)
    return downloads.send(extension, lambda connection: known_page.export(wanted, connection))
