"""Finance compares the shop's own list with the purchases: upload, result, and the result as a file."""

from flask import Blueprint, Response, abort, g, redirect, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from dashboard.accounts.guards import requires
from dashboard.accounts.store import Role
from dashboard.db.extensions import csrf
from dashboard.finance.reconcile import page as reconcile_page
from dashboard.finance.reconcile import queries as reconciliations
from dashboard.finance.reconcile.page import UploadForm
from dashboard.finance.reconcile.shop_list import read_list
from dashboard.finance.reconcile.store import reconcile
from dashboard.lib.periods import Interval
from dashboard.spreadsheets.sheets import FileProblem
from dashboard.spreadsheets.uploads import sheets_of
from dashboard.web import downloads
from dashboard.web.page import show, zone

blueprint = Blueprint("reconcile", __name__, url_prefix="/finance/reconcile")

LARGEST_FILE = 32 * 1024 * 1024
"""In bytes; a hundred thousand rows have some five megabytes. Everywhere else a request is far smaller."""

TOO_LARGE = f"The file is larger than {LARGEST_FILE // 1024 // 1024} MB; leave out other columns, or split it."


@blueprint.get("")
@requires(Role.FINANCE)
def upload_form() -> Response:
    return _form()


@blueprint.post("")
@csrf.exempt  # type: ignore[untyped-decorator] # flask-wtf has no types.
@requires(Role.FINANCE)
def upload() -> AnyResponse:
    """Compare a file and lead to the result. A file or a period that cannot be used is explained beside the form."""
    # The token is checked here and not beforehand, since reading it reads the whole body under the usual limit.
    request.max_content_length = LARGEST_FILE
    try:
        if (request.content_length or 0) > LARGEST_FILE:
            return _form(TOO_LARGE, status=413)
        file = request.files.get("file")
    except RequestEntityTooLarge:
        return _form(TOO_LARGE, status=413)
    csrf.protect()
    try:
        period = reconcile_page.read_period(request.form.get("from", ""), request.form.get("to", ""), zone())
        number = _compare(file, period)
    except FileProblem as problem:
        return _form(*problem.sentences, status=400)
    return redirect(url_for("reconcile.result", number=number, tz=request.args.get("tz")), code=303)


def _compare(file: FileStorage | None, period: Interval | None) -> int:
    if file is None or not file.filename:
        raise FileProblem("Choose a file first.")
    name = file.filename.replace("\0", "").replace("\\", "/").rpartition("/")[2]
    their = read_list(sheets_of(file.stream))
    return reconcile(their, period, file_name=name, made_by_email=g.user.email, zone=zone().key)


def _form(*problems: str, status: int = 200) -> Response:
    # What is too large is not read, so its fields are not known.
    from_, to = (request.form.get(name, "") if status == 400 else "" for name in ("from", "to"))
    shown = UploadForm(problems, from_, to, reconciliations.newest_reconciliations())
    return show("finance/reconcile/upload.html", shown, status=status)


@blueprint.get("/<int:number>")
@requires(Role.FINANCE)
def result(number: int) -> Response:
    stored = _find(number)
    chosen = reconcile_page.chosen_list(stored, request.args.get("list"))
    if chosen is None:
        abort(404, "There is no such list; the page of the comparison links to all its lists.")
    return show("finance/reconcile/result.html", reconcile_page.result(stored, chosen))


@blueprint.get(f"/<int:number>/{downloads.EXPORT}")
@requires(Role.FINANCE)
def export(number: int, extension: str) -> Response:
    """Every list of a comparison as a file: in CSV with the list's name in each row, else a sheet or file for each."""
    stored = _find(number)
    return downloads.send(
        extension, lambda connection: reconcile_page.export(connection, stored, in_one=extension == "csv")
    )


def _find(number: int) -> reconciliations.StoredReconciliation:
    stored = reconciliations.find_reconciliation(number)
    if stored is None:
        abort(404, "There is no such comparison; earlier ones are listed below the upload form.")
    return stored
