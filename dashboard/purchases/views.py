"""Lists of purchases: everything, filtered, also as a file, and what is on hold."""

from flask import Blueprint, Response, request

from dashboard.purchases import export_page, holds_page, list_page, priority_store
from dashboard.purchases import list_queries as lists
from dashboard.purchases.filters import ListForm, holds_form, read_form
from dashboard.purchases.list_queries import CursorError
from dashboard.web import downloads
from dashboard.web.page import now, show, zone

blueprint = Blueprint("purchases", __name__)


@blueprint.get("/purchases")
def purchase_list() -> Response:
    form = read_form(request.args, zone())
    rows, is_first_page = _rows_of(form)
    priority_store.note_watched(rows.rows, now())
    page = list_page.page(form, rows, is_first_page=is_first_page)
    return show("purchases/page.html", page, fragment="purchases/_rows.html")


def _rows_of(form: ListForm) -> tuple[lists.ListRows, bool]:
    """Return the rows of the page that the address names, and whether it is the first; a damaged link leads there."""
    after = request.args.get("after")
    try:
        return lists.search_purchases(form.filters, sort=form.sort, after=after), after is None
    except CursorError as error:
        form.errors["after"] = str(error)
        return lists.search_purchases(form.filters, sort=form.sort), True


@blueprint.get("/purchases/sums")
def list_sums_of() -> Response:
    """What all purchases of a list add up to, however many they are: the list shows it by itself, after its rows."""
    page = list_page.sums_page(read_form(request.args, zone()))
    return show("purchases/sums.html", page, fragment="purchases/_sums.html")


@blueprint.get(f"/purchases/{downloads.EXPORT}")
def export(extension: str) -> Response:
    """Every purchase that the list with the same parameters shows. Filters that cannot be read are answered with 400.

    All of it comes from one look at the database, so number and sums agree with the rows. A CSV is its header line and
    rows alone; what is to be known about it stands in the HTTP headers, and in the ZIP as a file of its own.
    """
    form = read_form(request.args, zone())
    if form.errors:
        downloads.refuse("the filters", form.errors)
    return downloads.send(extension, lambda connection: export_page.export(form, connection))


@blueprint.get("/holds")
def holds() -> Response:
    form = holds_form()
    rows, is_first_page = _rows_of(form)
    page = holds_page.page(form, rows, is_first_page=is_first_page)
    return show("purchases/holds.html", page, fragment="purchases/_hold_days.html")
