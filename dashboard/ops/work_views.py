"""The lists that ops works from, each with its own address."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, request, url_for

from dashboard.accounts.guards import requires
from dashboard.accounts.store import Role
from dashboard.ops import lists_page, todo_page
from dashboard.ops import windows as ops_windows
from dashboard.ops.lists_page import ListWindow
from dashboard.ops.reversal_times import BinCount, Which
from dashboard.web.page import now, show

blueprint = Blueprint("ops_work", __name__)

WINDOWS = {
    "24h": (timedelta(hours=24), "24 hours"),
    "7d": (timedelta(days=7), "7 days"),
    "30d": (timedelta(days=30), "30 days"),
}


@blueprint.get("/ops/work")
@requires(Role.OPS)
def work() -> Response:
    return show("ops/work.html", todo_page.todo_page(now()), fragment="ops/_work.html")


@blueprint.get("/ops/stuck")
@requires(Role.OPS)
def stuck() -> Response:
    return show("ops/stuck.html", lists_page.stuck(now()), fragment="ops/_stuck.html")


@blueprint.get("/ops/overdue")
@requires(Role.OPS)
def overdue() -> Response:
    return show("ops/overdue.html", lists_page.overdue(now()))


@blueprint.get("/ops/reversals")
@requires(Role.OPS)
def reversals() -> Response:
    """Users whose purchases were reversed again and again, or refused for too many failed attempts."""
    return show("ops/reversals.html", lists_page.reversals(_window("30d", "ops_work.reversals")))


@blueprint.get("/ops/retries")
@requires(Role.OPS)
def retries() -> Response:
    """Orders that took more than one attempt, each as one story; those delivered twice first."""
    return show("ops/retries.html", lists_page.retries(_window("24h", "ops_work.retries")))


@blueprint.get("/ops/reversal-times")
@requires(Role.OPS)
def times() -> Response:
    """Reversals by hours since acceptance; ``bin`` shows the purchases of one bar, ``which`` only some of them."""
    which = Which(request.args.get("which", "")) if request.args.get("which") in set(Which) else Which.ALL
    window = _window("30d", "ops_work.times")
    return show("ops/times.html", lists_page.times(window, request.args.get("bin"), which, _bin_url))


@blueprint.get("/ops/drift")
@requires(Role.OPS)
def drift_page() -> Response:
    """What SkinsBack sends and does not document, with the first example of each."""
    return show("ops/drift.html", lists_page.undocumented(now()))


def _bin_url(found: BinCount, which: Which) -> str:
    return url_for("ops_work.times", **_kept(bin=found.bin.name, which=which.value)) + "#purchases"


def _window(default: str, endpoint: str) -> ListWindow:
    """Return the window that the address names, with the links to all of them."""
    name = request.args.get("window", "")
    name = name if name in WINDOWS else default
    links = [(label, url_for(endpoint, **_kept(window=key)), key == name) for key, (_, label) in WINDOWS.items()]
    until = ops_windows.end_of(now())
    return ListWindow(until - WINDOWS[name][0], until, links)


def _kept(**changes: str) -> dict[str, Any]:
    kept = {key: request.args[key] for key in ("window", "tz") if key in request.args}
    return {**kept, **changes}
