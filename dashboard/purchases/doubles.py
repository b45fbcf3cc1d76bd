"""Pure: deliveries that may be one order delivered twice: one item to one user within DOUBLE_WITHIN."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import pairwise
from typing import Any

from dashboard.purchases.statuses import DELIVERED

DOUBLE_WITHIN = timedelta(hours=1)


def order_of(purchase: Any) -> tuple[str, str] | None:
    """Return what the attempts of one order share, user and item; None where one of the two is not known.

    So it is where SkinsBack's date is not: nobody can say then what a purchase followed within an hour.
    """
    item = purchase.item_name or purchase.classid or purchase.item_id
    return (purchase.steamid, item) if purchase.steamid and item and not purchase.date_is_estimate else None


def in_order(purchases: Iterable[Any]) -> list[Any]:
    return sorted(purchases, key=lambda purchase: (purchase.date, purchase.buy_id))


def doubles(purchases: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Return each delivery that repeats an earlier one, with the one right before it: (before, after).

    Failed and reversed purchases repeat nothing.
    """
    delivered: dict[tuple[str, str], list[Any]] = {}
    for purchase in in_order(purchases):
        if purchase.offer_status in DELIVERED and (order := order_of(purchase)):
            delivered.setdefault(order, []).append(purchase)
    pairs = (pair for same in delivered.values() for pair in pairwise(same))
    return [(before, after) for before, after in pairs if after.date - before.date <= DOUBLE_WITHIN]
