"""How the totals by period follow from a change of purchases. Pure; ``totals_store`` writes the result.

A total belongs to a span of time in UTC and to a part, an outcome or a moment of release. Spans begin on whole months,
days, hours and quarters of an hour, so that the periods of every zone, whose offsets are multiples of 15 minutes, can
be put together from a few of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

ZERO = Decimal(0)


class Span(StrEnum):
    """How long a stretch of time is that a total is kept for."""

    QUARTER = "quarter"
    """Fifteen minutes."""
    HOUR = "hour"
    DAY = "day"
    MONTH = "month"


def span_start(moment: datetime, span: Span) -> datetime:
    """Return when the span that an aware moment lies in begins, in UTC."""
    utc = moment.astimezone(UTC).replace(second=0, microsecond=0)
    if span is Span.QUARTER:
        return utc.replace(minute=utc.minute // 15 * 15)
    if span is Span.HOUR:
        return utc.replace(minute=0)
    if span is Span.DAY:
        return utc.replace(minute=0, hour=0)
    return utc.replace(minute=0, hour=0, day=1)


def _spans_of(moment: datetime) -> Iterator[tuple[str, datetime]]:
    utc = moment.astimezone(UTC).replace(second=0, microsecond=0)
    yield "quarter", utc.replace(minute=utc.minute // 15 * 15)
    hour = utc.replace(minute=0)
    yield "hour", hour
    day = hour.replace(hour=0)
    yield "day", day
    yield "month", day.replace(day=1)


@dataclass(slots=True)
class MoneyChange:
    """By how much a total of money changes. ``price_missing`` and ``debited_missing`` count purchases without a sum."""

    count: int = 0
    debited: Decimal = ZERO
    price: Decimal = ZERO
    price_missing: int = 0
    debited_missing: int = 0

    @property
    def is_nothing(self) -> bool:
        """Whether everything cancelled out."""
        return not (self.count or self.debited or self.price or self.price_missing or self.debited_missing)


@dataclass(slots=True)
class OutcomeChange:
    """By how much a total of a status and reason changes."""

    count: int = 0
    debited: Decimal = ZERO

    @property
    def is_nothing(self) -> bool:
        """Whether everything cancelled out."""
        return not (self.count or self.debited)


@dataclass(slots=True)
class HoldChange:
    """By how much a total of holds that end within a quarter of an hour changes."""

    count: int = 0
    debited: Decimal = ZERO
    estimates: int = 0

    @property
    def is_nothing(self) -> bool:
        """Whether everything cancelled out."""
        return not (self.count or self.debited or self.estimates)


_MATTERS = (
    "date", "part", "offer_status", "error_reason", "balance_debited_sum", "price", "hold_ends_at",
    "hold_end_is_estimate",
)  # fmt: skip


@dataclass(slots=True)
class Changes:
    """What the purchases of one transaction change in the totals, by the totals' keys."""

    money: dict[tuple[str, datetime, str], MoneyChange] = field(default_factory=dict)
    outcomes: dict[tuple[str, datetime, str, str], OutcomeChange] = field(default_factory=dict)
    holds: dict[datetime, HoldChange] = field(default_factory=dict)

    def add(self, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> None:
        """Count a purchase that was stored as ``before`` (None: not at all) and now is ``after``."""
        if before is not None:
            if all(before[name] == after[name] for name in _MATTERS):
                return
            self._count(before, -1)
        self._count(after, 1)

    def _count(self, row: Mapping[str, Any], sign: int) -> None:
        debited, price = row["balance_debited_sum"], row["price"]
        debited_change = ZERO if debited is None else debited * sign
        price_change = ZERO if price is None else price * sign
        part, status, reason = row["part"], row["offer_status"], row["error_reason"] or ""
        for span, start in _spans_of(row["date"]):
            money = self.money.get((span, start, part))
            if money is None:
                money = self.money[span, start, part] = MoneyChange()
            money.count += sign
            money.debited += debited_change
            money.price += price_change
            money.price_missing += sign if price is None else 0
            money.debited_missing += sign if debited is None else 0
            outcome = self.outcomes.get((span, start, status, reason))
            if outcome is None:
                outcome = self.outcomes[span, start, status, reason] = OutcomeChange()
            outcome.count += sign
            outcome.debited += debited_change
        if row["hold_ends_at"] is not None:
            start = span_start(row["hold_ends_at"], Span.QUARTER)
            hold = self.holds.setdefault(start, HoldChange())
            hold.count += sign
            hold.debited += debited_change
            hold.estimates += sign if row["hold_end_is_estimate"] else 0
