"""What to do about each kind of alert, to read beside it."""

from dataclasses import dataclass

from flask import Blueprint, Response
from markupsafe import Markup

from dashboard.accounts.guards import requires
from dashboard.accounts.store import Role
from dashboard.alerts import messages, runbooks
from dashboard.web.page import show

blueprint = Blueprint("runbooks", __name__)


@dataclass(frozen=True)
class RunbooksPage:
    sections: list[str]
    text: Markup


@blueprint.get(messages.RUNBOOKS)
@requires(Role.OPS)
def all_runbooks() -> Response:
    return show("alerts/runbooks.html", RunbooksPage(runbooks.SECTIONS, runbooks.PAGE))
