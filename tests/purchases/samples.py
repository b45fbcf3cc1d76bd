"""Purchases to test with: records as SkinsBack tells them, and rows as they are stored."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from dashboard.purchases import store
from dashboard.purchases.rows import row_after
from dashboard.purchases.store import Source, StoredAnswer
from dashboard.skinsback.records import PurchaseRecord, PurchasesAnswer

DATE = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ASKED_AT = DATE + timedelta(minutes=30)
STEAMID = "76561198050648523"

EXAMPLE: dict[str, Any] = {
    "item": {"id": "1280", "name": "Taunt: RazorFlip!", "price": "0.16", "classid": "1723112726"},
    "buy_id": "9",
    "offer_status": "trade_create_error",
    "error_reason": None,
    "steamid": "76561198050648523",
    "date": "1596999226",
    "balance_debited_sum": "11.73",
}
"""The answer that the API's documentation shows, as an item of a list."""


def a_record(**fields: Any) -> PurchaseRecord:
    """Return a delivered purchase that was never on hold, with changes."""
    values: dict[str, Any] = {
        "buy_id": 1, "offer_status": "accepted", "date": DATE, "steamid": STEAMID, "price": Decimal("10.00"),
        "balance_debited_sum": Decimal("10.50"), "item_name": "★ Karambit | Doppler", "item_id": "1280",
        "classid": "17", "tradeofferid": "7000000001", "custom_id": "order-1", "raw": "{}",
    }  # fmt: skip
    return PurchaseRecord(**values | fields)


def an_answer(*records: PurchaseRecord, asked_at: datetime = ASKED_AT) -> PurchasesAnswer:
    """Return an answer with these records."""
    return PurchasesAnswer(records, (), asked_at)


def store_purchase(asked_at: datetime = ASKED_AT, source: Source = Source.SCHEDULED, **fields: Any) -> StoredAnswer:
    """Store one record as if SkinsBack had told it."""
    return store.record_answer(an_answer(a_record(**fields), asked_at=asked_at), source)


def a_row(**fields: Any) -> dict[str, Any]:
    """Return a row of the table of purchases, for statements that go past the store."""
    return row_after(a_record(), None, ASKED_AT) | {"version": 1} | fields
