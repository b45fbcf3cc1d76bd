"""Pure: how the totals by period follow from a change of purchases. Pure; ``totals_store`` writes the result.

A total belongs to a span of time in UTC (see ``spans``) and to a part or an outcome, or to the quarter of an hour that
holds end in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from dashboard.totals.spans import Span, span_start, span_starts

ZERO = Decimal(0)


@dataclass(slots=True)
class SumChange:
    """By how much the sums of a span change. ``price_missing`` and ``debited_missing`` count purchases without one."""

    count: int = 0
    debited: Decimal = ZERO
    price: Decimal = ZERO
    price_missing: int = 0
    debited_missing: int = 0
    estimates: int = 0
    """Of holds only: how many have an estimated end."""

    @property
    def is_nothing(self) -> bool:
        """Whether everything cancelled out."""
        return not (
            self.count or self.debited or self.price or self.price_missing or self.debited_missing or self.estimates
        )


_MATTERS = (
    "date", "part", "offer_status", "error_reason", "balance_debited_sum", "price", "hold_ends_at",
    "hold_end_is_estimate",
)  # fmt: skip


@dataclass(slots=True)
class Changes:
    """What the purchases of one transaction change in the totals, by the totals' keys."""

    money: dict[tuple[str, datetime, str], SumChange] = field(default_factory=dict)
    outcomes: dict[tuple[str, datetime, str, str], SumChange] = field(default_factory=dict)
    holds: dict[tuple[datetime], SumChange] = field(default_factory=dict)

    def add(self, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> None:
        """Count a purchase that was stored as ``before`` (None: not at all) and now is ``after``."""
        if before is not None:
            if all(before[name] == after[name] for name in _MATTERS):
                return
            self._count(before, -1)
        self._count(after, 1)

    def _count(self, row: Mapping[str, Any], sign: int) -> None:
        part, status, reason = row["part"], row["offer_status"], row["error_reason"] or ""
        change = _change_of(row, sign)
        for span, start in span_starts(row["date"]):
            _add(self.money, (span, start, part), change)
            _add(self.outcomes, (span, start, status, reason), change)
        if row["hold_ends_at"] is not None:
            change.estimates = sign if row["hold_end_is_estimate"] else 0
            _add(self.holds, (span_start(row["hold_ends_at"], Span.QUARTER),), change)


def _change_of(row: Mapping[str, Any], sign: int) -> SumChange:
    debited, price = row["balance_debited_sum"], row["price"]
    return SumChange(
        count=sign,
        debited=ZERO if debited is None else debited * sign,
        price=ZERO if price is None else price * sign,
        price_missing=sign if price is None else 0,
        debited_missing=sign if debited is None else 0,
    )


def _add(sums: dict[Any, SumChange], key: Any, change: SumChange) -> None:
    total = sums.get(key)
    if total is None:
        total = sums[key] = SumChange()
    total.count += change.count
    total.debited += change.debited
    total.price += change.price
    total.price_missing += change.price_missing
    total.debited_missing += change.debited_missing
    total.estimates += change.estimates
