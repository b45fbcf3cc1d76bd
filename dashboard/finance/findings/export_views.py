"""Where what looks wrong is offered as files."""

from flask import Blueprint, Response, abort, request

from dashboard.accounts.guards import requires
from dashboard.accounts.store import Role
from dashboard.finance.findings import export_page
from dashboard.finance.findings.rules import Kind as FindingKind
from dashboard.web import downloads
from dashboard.web.downloads import EXPORT

blueprint = Blueprint("finding_exports", __name__, url_prefix="/finance/wrong")


@blueprint.get(f"/{EXPORT}")
@requires(Role.FINANCE)
def export_overview(extension: str) -> Response:
    """Every kind with how much of it is open; workbook and ZIP hold the constant ratios and all open findings too."""
    return downloads.send(extension, export_page.overview_export)


@blueprint.get(f"/<kind>/{EXPORT}")
@requires(Role.FINANCE)
def export_list(kind: str, extension: str) -> Response:
    """Every open finding of a kind, with ``state=resolved`` every resolved one, with ``state=unowned`` what is open
    and nobody has taken."""
    if kind not in tuple(FindingKind):
        abort(404, "There is no such list.")
    state = request.args.get("state", "")
    return downloads.send(extension, lambda connection: export_page.list_export(FindingKind(kind), state, connection))
