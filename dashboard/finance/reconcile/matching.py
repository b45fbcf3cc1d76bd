"""Pure: how a line of the shop's list compares with the purchases of its id."""

import json
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any

from dashboard.finance.reconcile.shop_list import TheirLine
from dashboard.lib.worded import Worded
from dashboard.totals.sums import ZERO

BLOCK_LENGTH = 500
"""Rows that are packed together. All blocks of a list have so many, but for the last one."""


class MatchOutcome(Worded):
    """The lists of a reconciliation. Each row of the file and each purchase of the period is in exactly one."""

    AGREED = ("agreed", "Agreed", "in both, with the same amount")
    DIFFERS = ("differs", "Amount differs", "in both, with different amounts")
    ONLY_US = ("only_us", "Only with us", "purchases of the period that the file does not name")
    ONLY_THEM = ("only_them", "Only in the file", "rows whose purchase is not known here")
    REPEATED = ("repeated", "Repeated in the file", "rows whose purchase an earlier row already names; not compared")


@dataclass(frozen=True, slots=True)
class OurPurchase:
    buy_id: int
    custom_id: str | None
    offer_status: str
    part: str
    date: datetime
    debited: Decimal | None


@dataclass(frozen=True, slots=True)
class Compared:
    """A row of one of the lists. ``theirs`` and ``ours`` are in USD; None where that side says nothing."""

    outcome: MatchOutcome
    file_row: int | None
    custom_id: str | None
    buy_id: int | None
    offer_status: str | None = None
    part: str | None = None
    date: datetime | None = None
    theirs: Decimal | None = None
    ours: Decimal | None = None
    remark: str = ""

    @property
    def difference(self) -> Decimal | None:
        return None if self.ours is None or self.theirs is None else self.ours - self.theirs


@dataclass
class MatchSums:
    """How many rows a list has, and what both sides say of them. What a side does not say adds nothing."""

    count: int = 0
    theirs: Decimal = ZERO
    ours: Decimal = ZERO

    @property
    def difference(self) -> Decimal:
        return self.ours - self.theirs

    def add(self, row: Compared) -> None:
        self.count += 1
        self.theirs += row.theirs or ZERO
        self.ours += row.ours or ZERO


def compare(line: TheirLine, purchases: Sequence[OurPurchase]) -> Compared:
    """Return how a line compares with the purchases that carry its id.

    Without an amount in the file, agreeing means that the purchase is here. A purchase whose debited sum is not known
    differs from any amount. Several purchases with one id, which SkinsBack should not have, are compared by their sum.
    """
    if not purchases:
        return Compared(MatchOutcome.ONLY_THEM, line.row, line.custom_id, line.buy_id, theirs=line.amount)
    first = purchases[0]
    ours = _sum_of(purchases)
    outcome = MatchOutcome.AGREED if line.amount is None or line.amount == ours else MatchOutcome.DIFFERS
    return Compared(
        outcome, line.row, line.custom_id or first.custom_id, first.buy_id, first.offer_status, first.part, first.date,
        line.amount, ours, _remark(line, purchases),
    )  # fmt: skip


def _sum_of(purchases: Sequence[OurPurchase]) -> Decimal | None:
    known = [purchase.debited for purchase in purchases if purchase.debited is not None]
    return sum(known, ZERO) if len(known) == len(purchases) else None


def _remark(line: TheirLine, purchases: Sequence[OurPurchase]) -> str:
    if len(purchases) > 1:
        named = ", ".join(str(purchase.buy_id) for purchase in purchases[:5])
        return f"{len(purchases)} purchases carry this id ({named}{' …' if len(purchases) > 5 else ''})"
    (purchase,) = purchases
    if line.buy_id is not None and line.custom_id and purchase.custom_id != line.custom_id:
        return f"here its order ID is {purchase.custom_id or 'empty'}"[:255]
    return "its debited sum is not known here" if purchase.debited is None else ""


def repeated(line: TheirLine, first_row: int) -> Compared:
    """Return the row for a line whose purchase an earlier row of the file names already."""
    remark = f"row {first_row} already names the same purchase"
    return Compared(MatchOutcome.REPEATED, line.row, line.custom_id, line.buy_id, theirs=line.amount, remark=remark)


def only_with_us(purchase: OurPurchase) -> Compared:
    return Compared(
        MatchOutcome.ONLY_US, None, purchase.custom_id, purchase.buy_id, purchase.offer_status, purchase.part,
        purchase.date, ours=purchase.debited,
    )  # fmt: skip


_PACKED: dict[str, Callable[[Any], Any]] = {
    "file_row": int, "custom_id": str, "buy_id": int, "offer_status": str, "part": str, "date": datetime.fromisoformat,
    "theirs": Decimal, "ours": Decimal, "remark": str,
}  # fmt: skip
"""What is kept of a row, in this order, and how each value is read back where there is one."""
_values_of = attrgetter(*_PACKED)


def packed(rows: Iterable[Compared]) -> bytes:
    """Return rows of one list in a small form that loses nothing: JSON, compressed, sums and times as text."""
    values = [_values_of(row) for row in rows]
    return zlib.compress(json.dumps(values, separators=(",", ":"), default=str).encode(), 1)


def unpacked(outcome: MatchOutcome, block: bytes) -> list[Compared]:
    return [Compared(outcome, **_read(values)) for values in json.loads(zlib.decompress(block))]


def _read(values: Sequence[Any]) -> dict[str, Any]:
    pairs = zip(_PACKED.items(), values, strict=True)
    return {name: None if value is None else read(value) for (name, read), value in pairs}


def sums_as_json(sums: Mapping[MatchOutcome, MatchSums]) -> dict[str, list[str | int]]:
    return {outcome.value: [one.count, str(one.theirs), str(one.ours)] for outcome, one in sums.items()}


def sums_from_json(stored: Mapping[str, Iterable[str | int]]) -> dict[MatchOutcome, MatchSums]:
    read: dict[MatchOutcome, MatchSums] = {}
    for outcome in MatchOutcome:
        count, theirs, ours = stored.get(outcome.value, (0, "0.00", "0.00"))
        read[outcome] = MatchSums(int(count), Decimal(theirs), Decimal(ours))
    return read
