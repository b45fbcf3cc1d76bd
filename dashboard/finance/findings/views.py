"""What looks wrong: the kinds with their open sums, the list of each, and each finding with its history."""

from typing import Any

from flask import Blueprint, Response, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from dashboard.accounts.guards import requires
from dashboard.accounts.store import Role
from dashboard.db.columns import LARGEST_BIGINT
from dashboard.finance.findings import queries as findings
from dashboard.finance.findings import store as decisions
from dashboard.finance.findings.rules import LABELS, MEANINGS, Kind, Ratio
from dashboard.lib.formatting import exact
from dashboard.purchases import present
from dashboard.web import downloads
from dashboard.web.page import show, zone

blueprint = Blueprint("findings", __name__, url_prefix="/finance/wrong")

MOST_AT_ONCE = 200


@blueprint.get("")
@requires(Role.FINANCE)
def overview() -> Response:
    """Every kind with how much of it is open, and the constant ratios that explain the rest."""
    totals = findings.totals_by_kind()
    kinds = [
        {
            "kind": kind, "label": LABELS[kind], "meaning": MEANINGS[kind], "totals": totals[kind], "url": _url(kind),
            "unowned_url": _url(kind, state="unowned"),
        }
        for kind in Kind
    ]  # fmt: skip
    last = findings.last_check()
    ratios = [(ratio, _ratio_url(ratio)) for ratio in last.ratios] if last else []
    exports = downloads.links(
        "finding_exports.export_overview", "the kinds with their sums",
        "the kinds, the constant ratios and every open finding", tz=zone().key,
    )  # fmt: skip
    return show(
        "finance/findings/kinds.html", {"kinds": kinds, "last": last, "ratios": ratios, "export_links": exports}
    )


def _ratio_url(ratio: Ratio) -> str:
    return url_for("purchases.purchase_list", ratio=exact(ratio.ratio), tz=zone().key)


@blueprint.get("/<kind>")
@requires(Role.FINANCE)
def finding_list(kind: str) -> Response:
    """The open findings of a kind, or with ``state=resolved`` those that were resolved."""
    return _list(_kind(kind))


@blueprint.post("/<kind>")
@requires(Role.FINANCE)
def decide(kind: str) -> AnyResponse:
    """Own or resolve the chosen findings of a kind."""
    wanted, chosen, reason = _kind(kind), _chosen(), request.form.get("reason", "")
    if not chosen:
        return _list(wanted, error="Choose at least one finding.", reason=reason)
    if request.form.get("action") == "own":
        decisions.take(wanted, chosen, g.user.email)
        return redirect(_url(wanted), code=303)
    try:
        decisions.resolve(wanted, chosen, g.user.email, reason)
    except ValueError as error:
        return _list(wanted, error=str(error), reason=reason)
    return redirect(_url(wanted), code=303)


@blueprint.get("/<kind>/<int:buy_id>")
@requires(Role.FINANCE)
def finding(kind: str, buy_id: int) -> Response:
    """One finding with everything that was decided about it."""
    wanted = _kind(kind)
    found = findings.find_finding(wanted, buy_id) if buy_id <= LARGEST_BIGINT else None
    if found is None:
        abort(404, "There is no such finding.")
    context = {
        "kind": wanted, "label": LABELS[wanted], "meaning": MEANINGS[wanted], "finding": found,
        "line": present.line(found), "history": findings.resolutions_of(wanted, buy_id), "list_url": _url(wanted),
    }  # fmt: skip
    return show("finance/findings/finding.html", context)


def _kind(name: str) -> Kind:
    if name not in tuple(Kind):
        abort(404, "There is no such list.")
    return Kind(name)


def _url(kind: Kind, **parameters: Any) -> str:
    return url_for("findings.finding_list", kind=kind.value, **parameters)


def _chosen() -> list[int]:
    texts = request.form.getlist("buy_id")[:MOST_AT_ONCE]
    return sorted({int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 19})


def _list(kind: Kind, *, error: str = "", reason: str = "") -> Response:
    which, before = request.args.get("state", ""), request.args.get("before", "")
    is_resolved, is_unowned = which == "resolved", which == "unowned"
    state = {"state": which} if is_resolved or is_unowned else {}
    page = findings.findings_of_kind(
        kind,
        resolved=is_resolved,
        unowned=is_unowned,
        before=int(before) if before.isdecimal() and len(before) < 19 else None,
    )
    exports = downloads.links(
        "finding_exports.export_list", "every row, exact", "every row, with a sheet about it",
        kind=kind.value, tz=zone().key, **state,
    )  # fmt: skip
    context = {
        "kind": kind, "label": LABELS[kind], "meaning": MEANINGS[kind], "is_resolved": is_resolved,
        "export_links": exports, "totals": findings.totals_by_kind(resolved=is_resolved, unowned=is_unowned)[kind],
        "is_unowned": is_unowned,
        "lines": present.lines(page.rows), "error": error,
        "reason": reason, "last": findings.last_check(), "is_first_page": not before, "first_url": _url(kind, **state),
        "next_url": page.next_before and _url(kind, **state, before=page.next_before),
        "other_url": _url(kind) if is_resolved else _url(kind, state="resolved"),
    }  # fmt: skip
    return show("finance/findings/list.html", context, status=422 if error else 200)
