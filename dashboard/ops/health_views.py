"""The dashboard's own health, on one page."""

from flask import Blueprint, Response, abort, flash, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from dashboard.accounts.guards import requires
from dashboard.accounts.store import Role
from dashboard.db.columns import LARGEST_BIGINT
from dashboard.ops import health_page
from dashboard.ops.operations_page import OperationsPage
from dashboard.sync import refresh
from dashboard.web.page import show

blueprint = Blueprint("health", __name__, url_prefix="/ops/health")


@blueprint.get("")
@requires(Role.OPS)
def health() -> Response:
    return show("ops/health.html", health_page.health_page(), fragment="ops/_health.html")


@blueprint.get("/line")
@requires(Role.OPS)
def line() -> Response:
    return show(
        "ops/health_line.html", OperationsPage(health=health_page.health_line()), fragment="ops/_health_line.html"
    )


@blueprint.post("/set-aside/<int:record_id>/retry")
@requires(Role.OPS)
def retry_set_aside(record_id: int) -> AnyResponse:
    """Ask SkinsBack again for what an object that could not be used was about."""
    if record_id > LARGEST_BIGINT:
        abort(404)
    flash(refresh.retry_rejected(record_id))
    return redirect(url_for("health.health", _anchor="set-aside"), code=303)
