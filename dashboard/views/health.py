"""The dashboard's own health, on one page."""

from flask import Blueprint, Response, abort, flash, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from dashboard import set_aside
from dashboard.accounts import Role
from dashboard.views import health_page
from dashboard.views.page import show
from dashboard.views.security import requires

blueprint = Blueprint("health", __name__, url_prefix="/ops/health")


@blueprint.get("")
@requires(Role.OPS)
def health() -> Response:
    """Whether the pages can be believed, and what the machinery behind them does."""
    return show("health/page.html", health_page.context(), fragment="health/_health.html")


@blueprint.get("/line")
@requires(Role.OPS)
def line() -> Response:
    """The same in a line, for the operations page."""
    return show("health/line.html", health_page.line(), fragment="health/_line.html")


@blueprint.post("/set-aside/<int:record_id>/retry")
@requires(Role.OPS)
def retry_set_aside(record_id: int) -> AnyResponse:
    """Ask SkinsBack again for what an object that could not be used was about."""
    if record_id >= 2**63:
        abort(404)
    flash(set_aside.try_again(record_id))
    return redirect(url_for("health.health", _anchor="set-aside"), code=303)
