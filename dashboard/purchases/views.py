"""Lists of purchases: everything, filtered, and what is on hold."""

from typing import Any

from flask import Blueprint, Response, request, url_for

from dashboard.purchases import export_page as purchase_exports
from dashboard.purchases import filter_chips, present
from dashboard.purchases import filters as list_filters
from dashboard.purchases import hold_queries as holds_queries
from dashboard.purchases import holds_page as hold_days
from dashboard.purchases import list_queries as lists
from dashboard.purchases import list_sum_queries as list_sums
from dashboard.purchases import priority_store as hints
from dashboard.purchases.filters import Form
from dashboard.purchases.list_queries import MISSING, CursorError, Filters
from dashboard.web.page import now, show, zone

blueprint = Blueprint("purchases", __name__)


@blueprint.get("/purchases")
def purchase_list() -> Response:
    """The list, by any mix of filters; the address holds all of them."""
    form = list_filters.read_form(request.args, zone())
    page, after = _page_of(form, request.args.get("after"))
    hints.note_watched(page.rows, now())
    context = {**_form_context(form), **_page_context(form, page, is_first_page=after is None)}
    return show("purchases/page.html", context, fragment="purchases/_rows.html")


def _page_of(form: Form, after: str | None) -> tuple[lists.ListPage, str | None]:
    try:
        return lists.search_purchases(form.filters, sort=form.sort, after=after), after
    except CursorError as error:
        form.errors["after"] = str(error)
        return lists.search_purchases(form.filters, sort=form.sort), None


def _form_context(form: Form) -> dict[str, Any]:
    return {
        "form": form,
        "part_choices": list_filters.choices("part", form.part),
        "export_links": [] if form.errors else purchase_exports.links(form),
        "chips": filter_chips.chips(form, zone()),
        "status_choices": list_filters.choices("status", form.status),
        "reason_choices": list_filters.choices("reason", form.reason),
    }


def _page_context(form: Form, page: lists.ListPage, *, is_first_page: bool) -> dict[str, Any]:
    tz = request.args.get("tz")

    def list_url(**changes: Any) -> str:
        return url_for("purchases.purchase_list", **form.as_parameters(**changes, tz=tz))

    return {
        "lines": present.lines(page.rows),
        "found": list_sums.sums_of_list(form.filters),
        "sums_url": url_for("purchases.list_sums_of", **form.as_parameters(tz=tz)),
        "missing_urls": _missing_urls(form, tz),
        "is_first_page": is_first_page,
        "first_url": list_url(),
        "next_url": page.next_cursor and list_url(after=page.next_cursor),
        "sort_urls": {name: list_url(sort=name) for name in lists.SORTS},
    }


@blueprint.get("/purchases/sums")
def list_sums_of() -> Response:
    """What all purchases of a list add up to, however many they are: the list shows it by itself, after its rows."""
    form = list_filters.read_form(request.args, zone())
    tz = request.args.get("tz")
    context = {
        "form": form,
        "sums": list_sums.whole_sums(form.filters),
        "missing_urls": _missing_urls(form, tz),
        "list_url": url_for("purchases.purchase_list", **form.as_parameters(tz=tz)),
    }
    return show("purchases/sums.html", context, fragment="purchases/_sums.html")


def _missing_urls(form: Form, tz: str | None) -> dict[str, str]:
    """Return where the purchases of a list are that came without a debited sum, and without a price."""
    return {
        name: url_for("purchases.purchase_list", **form.as_parameters(missing=list({*form.missing, name}), tz=tz))
        for name in MISSING
    }


@blueprint.get("/holds")
def holds() -> Response:
    """What is on hold, by day of release, soonest first."""
    after = request.args.get("after")
    try:
        page = lists.search_purchases(Filters(on_hold=True), sort="hold_ends_at", after=after)
        error = None
    except CursorError as damaged:
        page, after, error = lists.search_purchases(Filters(on_hold=True), sort="hold_ends_at"), None, str(damaged)
    context = {
        "days": hold_days.days(),
        "count": holds_queries.count_holds(),
        "export_links": purchase_exports.links(list_filters.holds_form()),
        "groups": hold_days.grouped(present.lines(page.rows)),
        "error": error,
        "is_first_page": after is None,
        "first_url": url_for("purchases.holds"),
        "next_url": page.next_cursor and url_for("purchases.holds", after=page.next_cursor),
    }
    return show("purchases/holds.html", context, fragment="purchases/_hold_days.html")
