"""Pure: what about a purchase looks wrong to finance. Pure: rows in, findings out.

The kinds and their reasons: "What finance must see" of the domain, written down in docs/numbers.md.
"""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from dashboard.purchases.statuses import DELIVERED, FAILED

TOGETHER = timedelta(hours=1)
"""Two deliveries of one item to one user within this time may be one order delivered twice."""

FEWEST_OF_A_RATIO = 50
SMALLEST_SHARE_OF_A_RATIO = Decimal("0.05")
"""A ratio that so many purchases, and such a share of all, have in common is a fee or a currency, no accident."""

_ROUNDING = Decimal("0.01")
"""In USD: a sum that was rounded to cents after it was multiplied."""
_THOUSANDTHS = Decimal("0.0006")
"""Ratios are counted in thousandths, so a purchase of one lies within half a thousandth of it."""


class Kind(StrEnum):
    """What looks wrong."""

    FAILED_DEBITED = "failed_debited"
    DELIVERED_FREE = "delivered_free"
    OFF_PRICE = "off_price"
    REVERSED_BY_SUPPLIER = "reversed_by_supplier"
    DELIVERED_TWICE = "delivered_twice"
    NO_CUSTOM_ID = "no_custom_id"


LABELS = {
    Kind.FAILED_DEBITED: "Debited though failed",
    Kind.DELIVERED_FREE: "Delivered but debited nothing",
    Kind.OFF_PRICE: "Debited differs from the price",
    Kind.REVERSED_BY_SUPPLIER: "Reversed by the supplier",
    Kind.DELIVERED_TWICE: "Same item delivered twice within an hour",
    Kind.NO_CUSTOM_ID: "Without an order id of ours",
}

MEANINGS = {
    Kind.FAILED_DEBITED: "The purchase failed and a debit is shown: check that SkinsBack returned it. "
    "The sum is what was debited.",
    Kind.DELIVERED_FREE: "The item was delivered, and nothing or nothing known was debited. The sum is the price.",
    Kind.OFF_PRICE: "Debited and price differ beyond the tolerance, and no constant ratio explains it. "
    "The sum is the difference.",
    Kind.REVERSED_BY_SUPPLIER: "The customer lost the item without fault: check that the money came back. "
    "The sum is what was debited.",
    Kind.DELIVERED_TWICE: "The same user received the same item twice within an hour. "
    "The sum is what the later one cost.",
    Kind.NO_CUSTOM_ID: "Nothing ties the purchase to an order of the shop. The sum is what was debited.",
}


@dataclass(frozen=True, slots=True)
class Ratio:
    """A constant ratio of debited to price that many purchases share: a fee, or a currency."""

    ratio: Decimal
    count: int
    debited: Decimal
    price: Decimal

    @property
    def difference(self) -> Decimal:
        """Debited less price, in USD."""
        return self.debited - self.price


@dataclass(frozen=True, slots=True)
class Found:
    """A purchase that looks wrong in a way, the money in question in USD, and the purchase that it repeats."""

    kind: Kind
    buy_id: int
    amount: Decimal
    other_buy_id: int | None = None


def recognised(groups: Sequence[Ratio], counted: int) -> list[Ratio]:
    """Return the ratios that are constant enough, the most frequent first. ``counted`` is how many have a ratio at all.

    A ratio of 1 explains nothing: debited and price are the same.
    """
    fewest = max(Decimal(FEWEST_OF_A_RATIO), counted * SMALLEST_SHARE_OF_A_RATIO)
    constant = (group for group in groups if group.count >= fewest and group.ratio != 1)
    return sorted(constant, key=lambda group: group.count, reverse=True)


def findings_of(row: Mapping[str, Any], *, tolerance: Decimal, ratios: Iterable[Decimal]) -> list[Found]:
    """Return what looks wrong about one purchase by itself. ``tolerance`` is a share of the price."""
    buy_id, status = row["buy_id"], row["offer_status"]
    debited, price = row["balance_debited_sum"] or Decimal(0), row["price"]
    found = []
    if status in FAILED and debited > 0:
        found.append(Found(Kind.FAILED_DEBITED, buy_id, debited))
    if status in DELIVERED and debited <= 0:
        found.append(Found(Kind.DELIVERED_FREE, buy_id, price or Decimal(0)))
    if debited > 0 and price and price > 0 and is_off(debited, price, tolerance=tolerance, ratios=ratios):
        found.append(Found(Kind.OFF_PRICE, buy_id, debited - price))
    if status == "rollback_supplier":
        found.append(Found(Kind.REVERSED_BY_SUPPLIER, buy_id, debited))
    if not (row["custom_id"] or "").strip():
        found.append(Found(Kind.NO_CUSTOM_ID, buy_id, debited))
    return found


def is_off(debited: Decimal, price: Decimal, *, tolerance: Decimal, ratios: Iterable[Decimal]) -> bool:
    """Say whether debited and price differ beyond the tolerance, and by no constant ratio."""
    if abs(debited - price) <= price * tolerance:
        return False
    return all(abs(debited - price * ratio) > price * _THOUSANDTHS + _ROUNDING for ratio in ratios)


def repeats(rows: Iterable[Mapping[str, Any]]) -> dict[int, Found]:
    """Return the deliveries that repeat an earlier one of the same item to the same user, by buy_id.

    Of several within the hour each repeats the one right before it. Failed and reversed purchases repeat nothing.
    """
    delivered: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in rows:
        item = row["item_name"] or row["classid"] or row["item_id"]
        if row["offer_status"] in DELIVERED and row["steamid"] and item:
            delivered.setdefault((row["steamid"], item), []).append(row)
    found = {}
    for same in delivered.values():
        same.sort(key=lambda row: (row["date"], row["buy_id"]))
        for before, after in itertools.pairwise(same):
            if after["date"] - before["date"] <= TOGETHER:
                amount = after["balance_debited_sum"] or Decimal(0)
                found[after["buy_id"]] = Found(Kind.DELIVERED_TWICE, after["buy_id"], amount, before["buy_id"])
    return found
