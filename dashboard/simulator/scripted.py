"""Purchases as a test or a script wants them: flat fields in, an API object out.

Fields are named as in the API (``buy_id``, ``offer_status``, ``steamid`` …); those of the item are ``item_id``,
``item_name``, ``item_price`` and ``item_classid``, or ``item`` for the whole object. Numbers may be given as int,
Decimal or text and are written as text, as in the documented example; ``date`` and ``in_hold_until`` may be datetimes.
What is given as text, a bool or ``None`` goes out as it is. ``absent`` names fields that shall not stand in the object.
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from dashboard.simulator.clock import as_text

ITEM_FIELDS = {"item_id": "id", "item_name": "name", "item_price": "price", "item_classid": "classid"}

FIELD_ORDER = (
    "item",
    "buy_id",
    "offer_status",
    "in_hold",
    "in_hold_until",
    "error_reason",
    "steamid",
    "date",
    "balance_debited_sum",
    "tradeofferid",
    "custom_id",
)
"""The order of the documented example, with the fields it lacks where the documentation lists them."""


def new_purchase(buy_id: int, moment: float, fields: Mapping[str, Any]) -> dict[str, Any]:
    """An API object with plausible values for whatever ``fields`` does not say. ``moment`` is its default date."""
    defaults: dict[str, Any] = {
        "item": {"id": "1280", "name": "AK-47 | Redline (Field-Tested)", "price": "11.17", "classid": "1723112726"},
        "buy_id": buy_id,
        "offer_status": "accepted",
        "error_reason": None,
        "steamid": "76561198050648524",
        "date": int(moment),
        "balance_debited_sum": "11.73",
    }
    return changed_purchase({}, {**defaults, **fields})


def changed_purchase(purchase: Mapping[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of an API object with ``fields`` changed. Raises ValueError for a field that the API does not have."""
    item = dict(fields.get("item", purchase.get("item", {})))
    changed = {**purchase, "item": item}
    for name, value in fields.items():
        if name in ITEM_FIELDS:
            item[ITEM_FIELDS[name]] = _wire(value)
        elif name in FIELD_ORDER and name != "item":
            changed[name] = _wire_time(name, value)
        elif name not in {"item", "absent"}:
            raise ValueError(f"SkinsBack purchases have no field {name!r}")
    absent = set(fields.get("absent", ()))
    if "buy_id" in absent or (purchase and "buy_id" in fields):
        raise ValueError("a purchase keeps its buy_id; for answers without it there is the fault malformed_item")
    item_kept = {name: value for name, value in item.items() if f"item_{name}" not in absent}
    changed["item"] = item_kept
    return {name: changed[name] for name in FIELD_ORDER if name in changed and name not in absent}


def _wire_time(name: str, value: Any) -> Any:
    if isinstance(value, datetime):
        return str(int(value.timestamp())) if name == "date" else as_text(value.timestamp())
    return _wire(value)


def _wire(value: Any) -> Any:
    """Numbers as text; bools, ``None``, text and anything a script wants to try, as they are."""
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return str(value) if is_number else value
