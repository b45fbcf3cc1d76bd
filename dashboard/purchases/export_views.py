"""Where the filtered list is offered as a file."""

from flask import Blueprint, Response, request

from dashboard.purchases import export_page
from dashboard.purchases import filters as list_filters
from dashboard.web import downloads
from dashboard.web.page import zone

blueprint = Blueprint("purchase_exports", __name__)


@blueprint.get(f"/purchases/{downloads.EXPORT}")
def export(extension: str) -> Response:
    """Every purchase that the list with the same parameters shows. Filters that cannot be read are answered with 400.

    All of it comes from one look at the database, so number and sums agree with the rows. A CSV is its header line and
    rows alone; what is to be known about it stands in the HTTP headers, and in the ZIP as a file of its own.
    """
    form = list_filters.read_form(request.args, zone())
    if form.errors:
        downloads.refuse("the filters", form.errors)
    return downloads.send(extension, lambda connection: export_page.export(form, connection))
