"""Items that are not as they should be, one way at a time."""

from collections.abc import Callable
from random import Random
from typing import Any

Item = dict[str, Any]

KINDS: dict[str, Callable[[Item], Any]] = {
    "null": lambda _item: None,
    "text": lambda _item: "temporarily unavailable",
    "list": lambda item: [item],
    "empty": lambda _item: {},
    "no_buy_id": lambda item: {name: value for name, value in item.items() if name != "buy_id"},
    "buy_id_text": lambda item: {**item, "buy_id": "n/a"},
    "buy_id_null": lambda item: {**item, "buy_id": None},
    "no_status": lambda item: {name: value for name, value in item.items() if name != "offer_status"},
    "status_number": lambda item: {**item, "offer_status": 3},
    "date_text": lambda item: {**item, "date": "yesterday"},
    "date_huge": lambda item: {**item, "date": "99999999999999999"},
    "price_text": lambda item: {**item, "item": {**item["item"], "price": "12,5O"}},
    "price_nan": lambda item: {**item, "item": {**item["item"], "price": "NaN"}},
    "debited_object": lambda item: {**item, "balance_debited_sum": {"usd": "11.73"}},
    "debited_negative": lambda item: {**item, "balance_debited_sum": "-0.01"},
    "item_null": lambda item: {**item, "item": None},
    "item_list": lambda item: {**item, "item": []},
    "steamid_rounded": lambda item: {**item, "steamid": 7.656119805064852e16},
    "hold_text": lambda item: {**item, "in_hold": "maybe", "in_hold_until": "soon"},
}
"""A kind and what it does to a good item."""


def spoil(item: Item, kind: str, rng: Random) -> Any:
    """The item spoiled in the given way, a key of ``KINDS``; ``any`` draws one."""
    return KINDS[rng.choice(list(KINDS)) if kind == "any" else kind](item)
