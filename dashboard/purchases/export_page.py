"""The filtered list as a file: everything that the page with the same parameters shows, in the same order."""

from datetime import UTC, datetime
from urllib.parse import urlencode

from flask import url_for

from dashboard.purchases import export_queries as purchase_export
from dashboard.purchases.filters import SORT_WORDS, ListForm, values_of
from dashboard.spreadsheets.tables import About, Table, flag, local, money, number, text, total_text, utc
from dashboard.totals.sums import Sums
from dashboard.web import downloads
from dashboard.web.downloads import Export, Snapshot
from dashboard.web.page import zone

COLUMNS = (
    number("buy_id"), text("custom_id"), text("steamid"), text("tradeofferid", 14), text("item_name", 40),
    text("offer_status"), text("error_reason"), text("part"), money("balance_debited_sum"), money("price"),
    utc("date"), local("date_local"), utc("in_hold_until"), local("in_hold_until_local"),
    flag("in_hold_until_is_estimate"), utc("refreshed_at"), utc("first_seen_at"), text("unreadable"),
)  # fmt: skip
"""In the order of ``export_queries.COLUMNS``."""

FILTER_WORDS = {
    "status": "Status", "reason": "Reason", "steamid": "Steam ID", "hold": "On hold only", "from": "From",
    "to": "To", "min": "Debited from", "max": "Debited to", "part": "Part", "released_from": "Hold ends from",
    "released_to": "Hold ends to", "since": "Bought from", "until": "Bought before", "item": "Item",
    "phase": "Outcome", "fault": "Whose fault", "missing": "Missing sum", "ratio": "Debited to price",
}  # fmt: skip


def export(form: ListForm, connection: Snapshot) -> Export:
    totals = purchase_export.totals_of(connection, form.filters)
    rows = purchase_export.iter_purchases(connection, form.filters, form.sort)
    filters = form.as_parameters()
    facts = sums_facts(totals) | {"Filter": urlencode(filters, doseq=True)}
    filters.pop("sort", None)
    chosen = [(f"Filter: {FILTER_WORDS.get(name, name)}", _filter_text(name, value)) for name, value in filters.items()]
    return Export(
        "Purchases",
        "-".join(["purchases", *(f"{name}-{'-'.join(values_of(value))}" for name, value in filters.items())]),
        datetime.now(UTC),
        [Table("Purchases", COLUMNS, rows)],
        [
            *(chosen or [("Filter", "none: every purchase")]),
            ("Order", SORT_WORDS[form.sort]),
            *sums_about(totals, "Rows"),
        ],
        url_for("purchases.purchase_list", _external=True, **form.as_parameters(tz=zone().key)),
        facts,
    )


def sums_about(sums: Sums, counted: str) -> About:
    return [
        (counted, str(sums.count)),
        ("Debited, sum in USD", total_text(sums.debited)),
        (f"{counted} whose debited sum is not known", str(sums.debited_missing)),
        ("Price, sum in USD", total_text(sums.price)),
        (f"{counted} whose price is not known", str(sums.price_missing)),
    ]


def sums_facts(sums: Sums) -> dict[str, object]:
    return {
        "Rows": sums.count, "Debited": total_text(sums.debited), "Price": total_text(sums.price),
        "Without-Debited": sums.debited_missing, "Without-Price": sums.price_missing,
    }  # fmt: skip


def links(form: ListForm) -> list[tuple[str, str, str]]:
    """Return (label, what it is, address) of the exports of a list, with its filters and the zone of the page."""
    parameters = form.as_parameters(tz=zone().key)
    return downloads.links("purchases.export", "every row, exact", "every row, with a sheet about it", **parameters)


def _filter_text(name: str, value: str | list[str]) -> str:
    return "yes" if name == "hold" else " or ".join(values_of(value))
