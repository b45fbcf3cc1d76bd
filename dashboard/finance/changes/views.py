"""What was known when: the purchases behind past figures, and what changed between two moments."""

from flask import Blueprint, Response, request

from dashboard.accounts.guards import requires
from dashboard.accounts.store import Role
from dashboard.finance import form as finance_form
from dashboard.finance.changes import page as changes_page
from dashboard.finance.changes.page import ChangesPage, KnownPage
from dashboard.web.page import now, show, zone

blueprint = Blueprint("finance_history", __name__)


@blueprint.get("/finance/purchases")
@requires(Role.FINANCE)
def known_purchases() -> Response:
    """The purchases of a period, or of a part of it, as they were known at a past moment."""
    form = finance_form.read_form(request.args, zone(), now())
    wanted = finance_form.read_wanted(form, request.args)
    if form.period is None or form.errors:
        return show("finance/changes/known.html", KnownPage(form), status=400)
    page = changes_page.known_page(form, form.period, form.as_of or now(), wanted, _after())
    return show("finance/changes/known.html", page)


@blueprint.get("/finance/changes")
@requires(Role.FINANCE)
def changes() -> Response:
    """What changed in the figures of a period between two moments: by part, and purchase by purchase."""
    form, asked = changes_page.read(request.args, now(), _after())
    if asked is None:
        # Whoever comes by the tab has not chosen a moment yet, and has done nothing wrong.
        page = ChangesPage(form, request.args.get("since", ""))
        return show("finance/changes/page.html", page, status=400 if form.errors else 200)
    return show("finance/changes/page.html", changes_page.changes_page(asked))


def _after() -> int | None:
    text = request.args.get("after", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
