"""Pure: how the totals by period follow from a change of purchases; ``store`` writes the result.

A total belongs to a span of time in UTC (see ``spans``) and to a settlement or an outcome, or to the quarter of an
hour that holds end in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dashboard.totals.spans import Span, span_start, span_starts
from dashboard.totals.sums import NOTHING, Sums, sums_of_one

_MATTERS = (
    "date", "part", "offer_status", "error_reason", "balance_debited_sum", "price", "hold_ends_at",
    "hold_end_is_estimate",
)  # fmt: skip


@dataclass(slots=True)
class Changes:
    """What the purchases of one transaction change in the totals, by the totals' keys."""

    money: dict[tuple[str, datetime, str], Sums] = field(default_factory=dict)
    outcomes: dict[tuple[str, datetime, str, str], Sums] = field(default_factory=dict)
    holds: dict[tuple[datetime], Sums] = field(default_factory=dict)

    def add(self, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> None:
        """Count a purchase that was stored as ``before`` (None: not at all) and now is ``after``."""
        if before is not None:
            if all(before[name] == after[name] for name in _MATTERS):
                return
            self._count(before, -1)
        self._count(after, 1)

    def _count(self, row: Mapping[str, Any], sign: int) -> None:
        settlement, status, reason = row["part"], row["offer_status"], row["error_reason"] or ""
        share = sums_of_one(row["balance_debited_sum"], row["price"])
        for span, start in span_starts(row["date"]):
            _add(self.money, (span, start, settlement), share, sign)
            _add(self.outcomes, (span, start, status, reason), share, sign)
        if row["hold_ends_at"] is not None:
            share = share._replace(estimates=int(row["hold_end_is_estimate"]))
            _add(self.holds, (span_start(row["hold_ends_at"], Span.QUARTER),), share, sign)


def _add(sums: dict[Any, Sums], key: Any, share: Sums, sign: int) -> None:
    total = sums.get(key, NOTHING)
    sums[key] = total + share if sign > 0 else total - share
