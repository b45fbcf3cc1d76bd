"""The filtered list as a file: everything that the page with the same parameters shows, in the same order."""

from contextlib import ExitStack
from datetime import UTC, datetime
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, request, url_for

from dashboard.lib.formatting import iso_z
from dashboard.purchases import export_queries as purchase_export
from dashboard.purchases import filters as list_filters
from dashboard.purchases.filters import Form
from dashboard.spreadsheets.tables import About, Column, Kind, Table, total_text
from dashboard.totals.sums import Sums
from dashboard.web import downloads
from dashboard.web.page import zone

blueprint = Blueprint("purchase_exports", __name__)

COLUMNS = (
    Column("buy_id", Kind.NUMBER, 12), Column("custom_id", width=20), Column("steamid", width=20),
    Column("tradeofferid", width=14), Column("item_name", width=40), Column("offer_status", width=18),
    Column("error_reason", width=20), Column("part", width=18), Column("balance_debited_sum", Kind.MONEY, 14),
    Column("price", Kind.MONEY, 14), Column("date", Kind.UTC, 22), Column("date_local", Kind.LOCAL, 20),
    Column("in_hold_until", Kind.UTC, 22), Column("in_hold_until_local", Kind.LOCAL, 20),
    Column("in_hold_until_is_estimate", Kind.FLAG, 10), Column("refreshed_at", Kind.UTC, 26),
)  # fmt: skip
"""In the order of ``purchase_export.COLUMNS``."""

FILTER_WORDS = {
    "status": "Status", "reason": "Reason", "steamid": "Steam ID", "hold": "On hold only", "from": "From",
    "to": "To", "min": "Debited from", "max": "Debited to", "part": "Part", "released_from": "Hold ends from",
    "released_to": "Hold ends to", "since": "Bought from", "until": "Bought before", "item": "Item",
    "phase": "Outcome", "fault": "Whose fault", "missing": "Came without", "ratio": "Debited to price",
}  # fmt: skip
SORT_WORDS = {
    "-date": "newest first", "date": "oldest first", "-balance_debited_sum": "largest debit first",
    "balance_debited_sum": "smallest debit first", "hold_ends_at": "soonest release first",
}  # fmt: skip


@blueprint.get("/purchases/export.<any(csv, xlsx, zip):extension>")
def export(extension: str) -> Response:
    """Every purchase that the list with the same parameters shows. Filters that cannot be read are answered with 400.

    All of it comes from one look at the database, so number and sums agree with the rows. A CSV is its header line and
    rows alone; what is to be known about it stands in the HTTP headers, and in the ZIP as a file of its own.
    """
    form = list_filters.read_form(request.args, zone())
    if form.errors:
        abort(400, "Nothing was exported, because the filters cannot be used. " + " ".join(form.errors.values()))
    return downloads.answered(lambda stack: _streamed(extension, form, stack))


def _streamed(extension: str, form: Form, stack: ExitStack) -> Response:
    as_of = datetime.now(UTC)
    connection = stack.enter_context(purchase_export.snapshot())
    totals = purchase_export.totals_of(connection, form.filters)
    rows = purchase_export.iter_purchases(connection, form.filters, form.sort)
    table = Table("Purchases", COLUMNS, rows)
    about = _about(form, totals, as_of)
    response = downloads.send(extension, (table,), about, what=_what(form), as_of=as_of, stack=stack)
    response.headers.update(_facts(form, totals, as_of))
    return response


def links(form: Form) -> list[tuple[str, str, str]]:
    """Return (label, what it is, address) of the exports of a list, with its filters and the zone of the page."""
    named = (
        ("CSV", "every row, exact", "csv"), ("Excel", "every row, with a sheet about it", "xlsx"),
        ("ZIP", "the CSV with a file about it", "zip"),
    )  # fmt: skip
    parameters = form.as_parameters(tz=zone().key)
    return [
        (label, what, url_for("purchase_exports.export", extension=extension, **parameters))
        for label, what, extension in named
    ]


def _what(form: Form) -> str:
    parameters = form.as_parameters()
    parameters.pop("sort", None)
    words = [f"{name}-{'-'.join(value) if isinstance(value, list) else value}" for name, value in parameters.items()]
    return "-".join(["purchases", *words])


def _facts(form: Form, totals: Sums, as_of: datetime) -> dict[str, str]:
    """What is to be known about the file, for scripts."""
    return {
        "X-Export-Rows": str(totals.count),
        "X-Export-Debited": total_text(totals.debited),
        "X-Export-Price": total_text(totals.price),
        "X-Export-Without-Debited": str(totals.debited_missing),
        "X-Export-Without-Price": str(totals.price_missing),
        "X-Export-As-Of": iso_z(as_of),
        "X-Export-Zone": zone().key,
        "X-Export-Filter": urlencode(form.as_parameters(), doseq=True),
    }


def _about(form: Form, totals: Sums, as_of: datetime) -> About:
    filters = form.as_parameters()
    filters.pop("sort", None)
    chosen = [(FILTER_WORDS.get(name, name), _filter_text(name, value)) for name, value in filters.items()]
    parameters = form.as_parameters(tz=zone().key)
    return [
        ("Export", "Purchases"),
        *([(f"Filter: {name}", text) for name, text in chosen] or [("Filter", "none: every purchase")]),
        ("Order", SORT_WORDS.get(form.sort, form.sort)),
        ("As of", iso_z(as_of)),
        ("Time zone of dates and of columns named local", zone().key),
        ("Rows", str(totals.count)),
        ("Debited, sum in USD", total_text(totals.debited)),
        ("Rows without a debited sum", str(totals.debited_missing)),
        ("Price, sum in USD", total_text(totals.price)),
        ("Rows without a price", str(totals.price_missing)),
        ("The same list as a page", url_for("purchases.purchase_list", _external=True, **parameters)),
        ("Text that would run as a formula", "has an apostrophe in front"),
    ]


def _filter_text(name: str, value: str | list[str]) -> str:
    if name == "hold":
        return "yes"
    return " or ".join(value) if isinstance(value, list) else value
