"""Where closed reports are offered as files."""

from flask import Blueprint, Response, abort

from dashboard.accounts.guards import requires
from dashboard.accounts.store import Role
from dashboard.db.columns import LARGEST_BIGINT
from dashboard.finance.closed import export_page
from dashboard.finance.closed import queries as closings
from dashboard.web import downloads
from dashboard.web.downloads import EXPORT

blueprint = Blueprint("closed_exports", __name__, url_prefix="/finance/closed")


@blueprint.get(f"/{EXPORT}")
@requires(Role.FINANCE)
def export_all(extension: str) -> Response:
    """Every closed report with its figures, newest first."""
    return downloads.send(extension, export_page.all_export)


@blueprint.get(f"/<int:report_id>/{EXPORT}")
@requires(Role.FINANCE)
def export_one(report_id: int, extension: str) -> Response:
    """A closed report's figures by day, week or month; workbook and ZIP hold its parts beside those of now too."""
    closed = closings.find_closed(report_id) if report_id <= LARGEST_BIGINT else None
    if closed is None:
        abort(404, "No report was closed under this number.")
    return downloads.send(extension, lambda _connection: export_page.one_export(closed))
