"""Pure: how a line of the shop's list compares with the purchases of its id."""

import json
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any

from dashboard.finance.reconcile.shop_list import NoLine, TheirLine
from dashboard.lib.worded import Worded
from dashboard.totals.sums import ZERO

BLOCK_LENGTH = 500
"""Rows that are packed together. All blocks of a list have so many, but for the last one."""


class MatchOutcome(Worded):
    """The lists of a reconciliation. Each row of the file and each purchase of the period is in exactly one.

    Only where both sides give a sum is a row agreed or different.
    """

    AGREED = ("agreed", "Agreed", "in both, with the same amount")
    DIFFERS = ("differs", "Amount differs", "in both, with different amounts")
    NOT_COMPARED = ("not-compared", "Amounts not compared", "in both; a side gives no sum")
    ONLY_OURS = ("only-ours", "Only with us", "purchases of the period that no compared row names")
    ONLY_THEIRS = ("only-theirs", "Only in the file", "rows whose purchase is not known here")
    REPEATED = ("repeated", "Repeated in the file", "rows whose purchase an earlier row already names; not compared")
    LEFT_OUT = ("left-out", "Left out", "rows of the file that were not compared, each with the reason")


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
    sheet: str = ""

    @property
    def difference(self) -> Decimal | None:
        return None if self.ours is None or self.theirs is None else self.ours - self.theirs


@dataclass
class MatchSums:
    """How many rows a list has, and what both sides say of them; how many rows have no sum on a side is told beside."""

    count: int = 0
    theirs: Decimal = ZERO
    ours: Decimal = ZERO
    theirs_missing: int = 0
    ours_missing: int = 0

    @property
    def difference(self) -> Decimal | None:
        """The sum of the differences of the rows; None where rows have none."""
        return None if self.theirs_missing or self.ours_missing else self.ours - self.theirs

    @property
    def theirs_known(self) -> Decimal | None:
        """What the file says of the rows that it gives a sum of; None where it gives none."""
        return None if self.count and self.theirs_missing == self.count else self.theirs

    @property
    def ours_known(self) -> Decimal | None:
        return None if self.count and self.ours_missing == self.count else self.ours

    def add(self, row: Compared) -> None:
        self.count += 1
        self.theirs += row.theirs or ZERO
        self.ours += row.ours or ZERO
        self.theirs_missing += row.theirs is None
        self.ours_missing += row.ours is None


def of_order(custom_id: str, same: Sequence[OurPurchase]) -> tuple[Sequence[OurPurchase], str]:
    """Return which purchases a line names, and what to remark, of those whose order ID SkinsBack takes for the same.

    The exact spelling goes first, then the only other one. Of several other spellings none is guessed.
    """
    exact = [purchase for purchase in same if purchase.custom_id == custom_id]
    if exact:
        return exact, ""
    spellings = list(dict.fromkeys(str(purchase.custom_id) for purchase in same))
    if len(spellings) > 1:
        named = ", ".join(spellings[:5]) + (" …" if len(spellings) > 5 else "")
        return (), f"{len(spellings)} order IDs here differ from it in spelling only ({named}); none was chosen"[:255]
    return same, ""


def compare(line: TheirLine, purchases: Sequence[OurPurchase], remark: str = "") -> Compared:
    """Return how a line compares with the purchases that carry its id.

    Several purchases with one id, which SkinsBack should not have, are compared by their sum.
    """
    if not purchases:
        return Compared(
            MatchOutcome.ONLY_THEIRS, line.row, line.custom_id, line.buy_id, theirs=line.amount, remark=remark,
            sheet=line.sheet,
        )  # fmt: skip
    first = purchases[0]
    ours = _sum_of(purchases)
    outcome = MatchOutcome.AGREED if line.amount == ours else MatchOutcome.DIFFERS
    if line.amount is None or ours is None:
        outcome = MatchOutcome.NOT_COMPARED
    return Compared(
        outcome, line.row, line.custom_id or first.custom_id, first.buy_id, first.offer_status, first.part, first.date,
        line.amount, ours, _remark(line, purchases, remark), line.sheet,
    )  # fmt: skip


def _sum_of(purchases: Sequence[OurPurchase]) -> Decimal | None:
    known = [purchase.debited for purchase in purchases if purchase.debited is not None]
    return sum(known, ZERO) if len(known) == len(purchases) else None


def _remark(line: TheirLine, purchases: Sequence[OurPurchase], remark: str) -> str:
    remarks = [remark] if remark else []
    if len(purchases) > 1:
        named = ", ".join(str(purchase.buy_id) for purchase in purchases[:5])
        remarks.append(f"{len(purchases)} purchases carry this id ({named}{' …' if len(purchases) > 5 else ''})")
    if line.custom_id and purchases[0].custom_id != line.custom_id:
        remarks.append(f"here its order ID is {purchases[0].custom_id or 'empty'}")
    if any(purchase.debited is None for purchase in purchases):
        remarks.append("its debited sum is not known here")
    return "; ".join(remarks)[:500]


def repeated(line: TheirLine, first: str) -> Compared:
    """Return the row for a line whose purchase an earlier row of the file, at that place, names already."""
    return Compared(
        MatchOutcome.REPEATED, line.row, line.custom_id, line.buy_id, theirs=line.amount,
        remark=f"{first} already names the same purchase", sheet=line.sheet,
    )  # fmt: skip


def only_with_us(purchase: OurPurchase, remark: str = "") -> Compared:
    return Compared(
        MatchOutcome.ONLY_OURS, None, purchase.custom_id, purchase.buy_id, purchase.offer_status, purchase.part,
        purchase.date, ours=purchase.debited, remark=remark,
    )  # fmt: skip


def left_out(row: NoLine) -> Compared:
    return Compared(
        MatchOutcome.LEFT_OUT, row.row, row.shown or None, None, theirs=row.amount, remark=row.why, sheet=row.sheet
    )


_PACKED: dict[str, Callable[[Any], Any]] = {
    "file_row": int, "custom_id": str, "buy_id": int, "offer_status": str, "part": str, "date": datetime.fromisoformat,
    "theirs": Decimal, "ours": Decimal, "remark": str, "sheet": str,
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
    # Rows of earlier versions end before what was added since.
    pairs = zip(_PACKED.items(), values, strict=False)
    return {name: None if value is None else read(value) for (name, read), value in pairs}


def sums_as_json(sums: Mapping[MatchOutcome, MatchSums]) -> dict[str, list[str | int]]:
    return {
        outcome.value: [one.count, str(one.theirs), str(one.ours), one.theirs_missing, one.ours_missing]
        for outcome, one in sums.items()
    }


def sums_from_json(stored: Mapping[str, Sequence[str | int]]) -> dict[MatchOutcome, MatchSums]:
    read: dict[MatchOutcome, MatchSums] = {}
    for outcome in MatchOutcome:
        count, theirs, ours, theirs_missing, ours_missing = stored.get(outcome.value, (0, "0.00", "0.00", 0, 0))
        read[outcome] = MatchSums(int(count), Decimal(theirs), Decimal(ours), int(theirs_missing), int(ours_missing))
    return read
