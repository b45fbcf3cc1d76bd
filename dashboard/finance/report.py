"""Pure: what a finance report is: its rows, and the seven parts that add up to the whole.

The definitions are written down in docs/numbers.md. Sums are in USD, exact; dates are local dates of the zone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from dashboard.lib.periods import Days, Period
from dashboard.purchases.finality import SETTLEMENT_LABELS, SETTLEMENTS, STILL_MOVING, Settlement
from dashboard.totals.sums import NOTHING, Sums

BySettlement = Mapping[Settlement, Sums]
"""Sums by part; a part without purchases may be left out."""


def total_of(parts: BySettlement) -> Sums:
    return _sum_of(list(parts.values()))


def _sum_of(all_: Sequence[Sums]) -> Sums:
    return Sums._make(map(sum, zip(*all_, strict=True))) if all_ else NOTHING


def added(several: Iterable[BySettlement]) -> dict[Settlement, Sums]:
    """Return the sums by part of several periods together."""
    of_parts: dict[Settlement, list[Sums]] = {}
    for parts in several:
        for part, sums in parts.items():
            of_parts.setdefault(part, []).append(sums)
    return {part: _sum_of(all_) for part, all_ in of_parts.items()}


@dataclass(frozen=True, slots=True)
class Row:
    days: Days
    parts: BySettlement

    @property
    def total(self) -> Sums:
        return total_of(self.parts)


@dataclass(frozen=True, slots=True)
class SettlementChange:
    """A part of a period, or the whole where ``part`` is None, as it was and as it is."""

    part: Settlement | None
    before: Sums
    after: Sums

    @property
    def name(self) -> str:
        return self.part.value if self.part else "debited"

    @property
    def label(self) -> str:
        return SETTLEMENT_LABELS[self.part] if self.part else "Debited"

    @property
    def change(self) -> Decimal:
        """By how much the debited sum changed, in USD."""
        return self.after.debited - self.before.debited


def compared(before: BySettlement, after: BySettlement) -> list[SettlementChange]:
    """Return each part as it was and as it is, and the whole last."""
    parts = [SettlementChange(part, before.get(part, NOTHING), after.get(part, NOTHING)) for part in SETTLEMENTS]
    return [*parts, SettlementChange(None, total_of(before), total_of(after))]


@dataclass(frozen=True)
class Report:
    """The figures of a period by part, in rows and as a whole, and the whole of the period before."""

    period: Period
    rows: Sequence[Row]
    before: BySettlement
    as_of: datetime | None = None
    """When the figures were known so; None for those of the present."""

    @cached_property
    def parts(self) -> dict[Settlement, Sums]:
        return added(row.parts for row in self.rows)

    @cached_property
    def total(self) -> Sums:
        return total_of(self.parts)

    @cached_property
    def moving(self) -> Sums:
        """What of it is still open or on hold, as far as is known."""
        return sum((self.parts.get(part, NOTHING) for part in STILL_MOVING), NOTHING)
