"""Pure: how long after its acceptance a purchase was reversed, as far as that is known.

The acceptance is known where it was seen here. Where a purchase was already accepted when it was first seen, only its
``date`` is known, which is minutes earlier: the hours are counted from it, as the page says. Where the purchase was
already reversed when it was first seen, nothing is known. A reversal counts from when it was first seen, and what is on
hold is asked for rarely, so the true time may be some hours earlier.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Bin:
    """Hours in [since, until); an end that is not given is open. ``name`` stands in addresses."""

    name: str
    label: str
    since: int
    until: int | None


BINS = (
    Bin("0-1", "within an hour", 0, 1),
    Bin("1-6", "1 to 6 hours", 1, 6),
    Bin("6-24", "6 to 24 hours", 6, 24),
    *(Bin(f"{day * 24}-{day * 24 + 24}", f"day {day + 1}", day * 24, day * 24 + 24) for day in range(1, 8)),
    Bin("192-", "after 8 days", 192, None),
)
UNKNOWN = Bin("unknown", "not known", 0, None)


def bin_of(purchase: Any) -> Bin:
    if purchase.status_since is None:
        return UNKNOWN
    length = purchase.status_since - (purchase.accepted_at or purchase.date)
    return next(bin_ for bin_ in BINS if bin_.until is None or length < timedelta(hours=bin_.until))


class ReversalGroup(StrEnum):
    """Some of a bin's reversals, in the order of the columns."""

    ALL = "all"
    BY_USER = "user"
    BY_SUPPLIER = "supplier"
    FROM_PURCHASE = "reckoned"

    def has(self, purchase: Any) -> bool:
        if self is ReversalGroup.BY_USER:
            return bool(purchase.offer_status == "rollback_user")
        if self is ReversalGroup.BY_SUPPLIER:
            return bool(purchase.offer_status == "rollback_supplier")
        if self is ReversalGroup.FROM_PURCHASE:
            return purchase.status_since is not None and purchase.accepted_at is None
        return True


LABELS = {
    ReversalGroup.ALL: "", ReversalGroup.BY_USER: "by the user", ReversalGroup.BY_SUPPLIER: "by the supplier",
    ReversalGroup.FROM_PURCHASE: "counted from the purchase",
}  # fmt: skip


@dataclass
class BinCount:
    bin: Bin
    purchases: list[Any] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.purchases)

    def of(self, which: ReversalGroup) -> list[Any]:
        return [purchase for purchase in self.purchases if which.has(purchase)]


def histogram(purchases: Iterable[Any]) -> list[BinCount]:
    """Return every bin with its reversals, what is not known last."""
    counts = {bin_.name: BinCount(bin_) for bin_ in (*BINS, UNKNOWN)}
    for purchase in purchases:
        counts[bin_of(purchase).name].purchases.append(purchase)
    return list(counts.values())
