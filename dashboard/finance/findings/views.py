"""What looks wrong: the kinds with their open sums, the list of each, and each finding with its history."""

from flask import Blueprint, Response, abort, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dashboard.accounts.guards import requires
from dashboard.accounts.store import Role
from dashboard.finance.findings import page
from dashboard.finance.findings import queries as findings
from dashboard.finance.findings import store as decisions
from dashboard.finance.findings.rules import FindingKind, FindingState
from dashboard.web import downloads
from dashboard.web.downloads import EXPORT
from dashboard.web.page import show

blueprint = Blueprint("findings", __name__, url_prefix="/finance/wrong")

MOST_AT_ONCE = 200


@blueprint.get("")
@requires(Role.FINANCE)
def overview() -> Response:
    return show("finance/findings/kinds.html", page.finding_kinds())


@blueprint.get("/<kind>")
@requires(Role.FINANCE)
def finding_list(kind: str) -> Response:
    """The findings of a kind: open ones, or what ``state`` names."""
    return _list(_kind(kind))


@blueprint.post("/<kind>")
@requires(Role.FINANCE)
def decide(kind: str) -> AnyResponse:
    wanted, chosen, reason = _kind(kind), _chosen(), request.form.get("reason", "")
    if not chosen:
        return _list(wanted, error="Choose at least one finding.", reason=reason)
    try:
        if request.form.get("action") == "own":
            decisions.take(wanted, chosen, g.user.email)
        else:
            decisions.resolve(wanted, chosen, g.user.email, reason)
    except ValueError as error:
        return _list(wanted, error=str(error), reason=reason)
    return redirect(page.list_url(wanted), code=303)


@blueprint.get("/<kind>/<int:buy_id>")
@requires(Role.FINANCE)
def finding(kind: str, buy_id: int) -> Response:
    wanted = _kind(kind)
    found = findings.find_finding(wanted, buy_id)
    if found is None:
        abort(404, "There is no such finding.")
    return show("finance/findings/finding.html", page.finding_history(wanted, found))


@blueprint.get(f"/{EXPORT}")
@requires(Role.FINANCE)
def export_overview(extension: str) -> Response:
    """Every kind with how much of it is open; workbook and ZIP hold the constant ratios and all open findings too."""
    return downloads.send(extension, page.overview_export)


@blueprint.get(f"/<kind>/{EXPORT}")
@requires(Role.FINANCE)
def export_list(kind: str, extension: str) -> Response:
    wanted, state = _kind(kind), _state()
    return downloads.send(extension, lambda connection: page.list_export(wanted, state, connection))


def _kind(name: str) -> FindingKind:
    if name not in tuple(FindingKind):
        abort(404, "There is no such list.")
    return FindingKind(name)


def _state() -> FindingState:
    name = request.args.get("state", "")
    return FindingState(name) if name in tuple(FindingState) else FindingState.OPEN


def _chosen() -> list[int]:
    texts = request.form.getlist("buy_id")[:MOST_AT_ONCE]
    return sorted({int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 19})


def _list(kind: FindingKind, *, error: str = "", reason: str = "") -> Response:
    shown = page.finding_list(kind, _state(), error, reason)
    return show("finance/findings/list.html", shown, status=422 if error else 200)
