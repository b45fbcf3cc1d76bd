"""Finance compares the shop's own list with the purchases: upload, what is asked, result, and the result as a file."""

from flask import Blueprint, Response, abort, g, redirect, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from dashboard.accounts.guards import requires
from dashboard.accounts.store import Role
from dashboard.db.extensions import csrf
from dashboard.finance.reconcile import asked_page, intake
from dashboard.finance.reconcile import page as reconcile_page
from dashboard.finance.reconcile import queries as reconciliations
from dashboard.finance.reconcile import upload_store as uploads
from dashboard.finance.reconcile.intake import Asking, Upload
from dashboard.finance.reconcile.page import UploadForm
from dashboard.finance.reconcile.upload_store import KeptUpload
from dashboard.finance.reconcile.wording import Refusal
from dashboard.spreadsheets.sheets import FileProblem
from dashboard.web import downloads
from dashboard.web.page import show, zone

blueprint = Blueprint("reconcile", __name__, url_prefix="/finance/reconcile")

LARGEST_FILE = 32 * 1024 * 1024
"""In bytes; a hundred thousand rows have some five megabytes. Everywhere else a request is far smaller."""

TOO_LARGE = Refusal.TOO_LARGE.of(megabytes=LARGEST_FILE // 1024 // 1024)


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
        outcome = intake.take_in(_uploaded(file), email=g.user.email, zone=zone().key)
    except FileProblem as problem:
        return _form(*problem.sentences, status=400)
    return _lead_on(outcome)


def _uploaded(file: FileStorage | None) -> Upload:
    if file is None or not file.filename:
        raise FileProblem(Refusal.NO_FILE.of())
    period = intake.read_period(request.form.get("from", ""), request.form.get("to", ""), zone())
    name = file.filename.replace("\0", "").replace("\\", "/").rpartition("/")[2]
    return Upload(file.stream, name, period, "choose" in request.form)


def _lead_on(outcome: int | Asking) -> AnyResponse:
    if isinstance(outcome, Asking):
        shown = asked_page.form(outcome)
        # What stands in the way is a refusal; what only has to be chosen is a form that is not complete.
        response = show("finance/reconcile/asked.html", shown, status=400 if shown.problems else 422)
        # So that a browser can go back to it: what answers a form is not asked for again.
        response.headers["Cache-Control"] = "private, max-age=600"
        return response
    return redirect(url_for("reconcile.result", number=outcome, tz=request.args.get("tz")), code=303)


@blueprint.get("/asked/<key>")
@requires(Role.FINANCE)
def asked(key: str) -> AnyResponse:
    """Show a kept file to choose from, or lead to what it became."""
    kept = _waiting(key)
    if kept.reconciliation_id is not None:
        return _lead_on(kept.reconciliation_id)
    try:
        return show("finance/reconcile/asked.html", asked_page.form(intake.ask_again(kept)))
    except FileProblem as problem:
        return _form(*problem.sentences, status=400)


@blueprint.post("/asked/<key>")
@requires(Role.FINANCE)
def answer(key: str) -> AnyResponse:
    """Compare a kept file as it was chosen. The same form sent twice leads to the same comparison."""
    kept = _waiting(key)
    try:
        outcome = intake.answer(kept, request.form, email=g.user.email)
    except FileProblem as problem:
        return _form(*problem.sentences, status=400)
    if outcome is None:
        return _form(Refusal.BUSY.of(), status=409)
    return _lead_on(outcome)


def _waiting(key: str) -> KeptUpload:
    kept = uploads.find_upload(key)
    if kept is None:
        abort(404, Refusal.GONE.of())
    return kept


def _form(*problems: str, status: int = 200) -> Response:
    # What is too large is not read, so its fields are not known.
    from_, to = (request.form.get(name, "") if status == 400 else "" for name in ("from", "to"))
    newest, waiting = reconciliations.newest_reconciliations(), reconciliations.waiting_uploads(g.user.email)
    shown = UploadForm(problems, from_, to, status == 400 and "choose" in request.form, newest, waiting)
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
