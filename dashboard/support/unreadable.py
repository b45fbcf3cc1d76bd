"""Pure: which fields of a purchase's newest answer could not be read, what they held, and what is made of that."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from dashboard.lib.formatting import local_time
from dashboard.purchases.finality import is_hold_unreadable
from dashboard.purchases.statuses import DELIVERED
from dashboard.skinsback.records import UNREADABLE_STATUS

_IDENTITY = {
    "error_reason": ("error_reason", "The reason"), "steamid": ("steamid", "The Steam ID"),
    "custom_id": ("custom_id", "The order ID"), "tradeofferid": ("tradeofferid", "The trade offer ID"),
    "item": ("item_name", "The item"), "item.id": ("item_id", "The item ID"),
    "item.name": ("item_name", "The item's name"), "item.classid": ("classid", "The class ID"),
}  # fmt: skip
"""Column and words, by the API's field."""

_SUMS = {
    "balance_debited_sum": "The debited sum is not known.", "item.price": "The price is not known.",
    "item": "The price is not known.",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class UnreadableField:
    """``name`` is the API's; ``held`` is JSON, cut where it is long, and empty where the field is missing."""

    name: str
    held: str
    treated: str
    """What the dashboard makes of it, as a sentence."""


def unreadable_fields(purchase: Any, held: Mapping[str, str], now: datetime, zone: tzinfo) -> list[UnreadableField]:
    """Return the fields of a purchase's row, with what the answer says that they ``held``."""
    return [
        UnreadableField(name, held.get(name, ""), _treated(name, purchase, now, zone))
        for name in purchase.unreadable.split()
    ]


def _treated(name: str, purchase: Any, now: datetime, zone: tzinfo) -> str:
    if is_hold_unreadable([name]):
        return _hold(purchase, now, zone)
    if name == "date":
        seen = local_time(purchase.date, zone)
        return f"Dated by when it was first seen, {seen}." if purchase.date_is_estimate else "As it was known before."
    if name == "offer_status":
        is_cut = purchase.offer_status != UNREADABLE_STATUS
        return f"{'Shown in part. ' if is_cut else ''}The purchase counts as unknown."
    not_known = _SUMS.get(name, "")
    identity = _identity(purchase, *_IDENTITY[name]) if name in _IDENTITY else ""
    return f"{not_known} {identity}".strip()


def _hold(purchase: Any, now: datetime, zone: tzinfo) -> str:
    if purchase.offer_status not in DELIVERED:
        return "Nothing follows from it while the purchase is not delivered."
    if purchase.hold_ends_at is None:
        return "Treated as on hold."
    about = f"about {local_time(purchase.hold_ends_at, zone)} (estimate)"
    end = about if purchase.hold_end_is_estimate else local_time(purchase.hold_ends_at, zone)
    if purchase.hold_ends_at > now:
        return f"Treated as on hold until {end}."
    return f"Treated as on hold although {end} has passed, until SkinsBack gives an answer that can be read."


def _identity(purchase: Any, column: str, words: str) -> str:
    if getattr(purchase, column) is None:
        return f"{words} is not known."
    return "What is shown is as it was known before, or a part of it."
