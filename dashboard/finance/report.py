"""Pure: what a finance report is: its period, its rows, and the seven parts that add up to the whole.

The definitions are written down in docs/numbers.md. Sums are in USD, exact; dates are local dates of the zone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from zoneinfo import ZoneInfo

from dashboard.lib import periods
from dashboard.lib.periods import By
from dashboard.purchases.finality import SETTLEMENT_LABELS, SETTLEMENTS, Settlement
from dashboard.totals.sums import NOTHING, Sums

BySettlement = Mapping[Settlement, Sums]
"""Sums by part; a part without purchases may be left out."""


def total_of(parts: BySettlement) -> Sums:
    """Return the whole that the parts add up to."""
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
class Stretch:
    """The days of one row. ``starts`` is the first day of its day, week or month, which may lie before ``first``."""

    starts: date
    first: date
    last: date


@dataclass(frozen=True)
class Period:
    """Which days a report is about, in which zone, and how it is cut into rows."""

    first: date
    last: date
    zone: ZoneInfo
    by: By

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """When it begins and when it ends, in UTC; the end is not in it."""
        return periods.day_bounds(self.first, self.last, self.zone)

    def stretches(self) -> list[Stretch]:
        """Return the days of each row, oldest first."""
        starts = list(periods.period_starts(self.first, self.last, self.by))
        ends = [*(start - timedelta(days=1) for start in starts[1:]), self.last]
        return [Stretch(start, max(start, self.first), end) for start, end in zip(starts, ends, strict=True)]

    def before(self) -> "Period":
        """Return the same length of time right before: as many whole months, else as many days."""
        first, last = periods.period_before(self.first, self.last)
        return Period(first, last, self.zone, self.by)


def row_count(first: date, last: date, by: By) -> int:
    """Return how many rows a period has, without making them."""
    start, end = periods.period_start(first, by), periods.period_start(last, by)
    if by is By.MONTH:
        return (end.year - start.year) * 12 + end.month - start.month + 1
    return (end - start).days // (7 if by is By.WEEK else 1) + 1


@dataclass(frozen=True, slots=True)
class Row:
    """The sums of one day, week or month."""

    stretch: Stretch
    parts: BySettlement

    @property
    def total(self) -> Sums:
        """What its parts add up to."""
        return total_of(self.parts)


@dataclass(frozen=True, slots=True)
class SettlementChange:
    """A part of a period, or the whole where ``part`` is None, as it was and as it is."""

    part: Settlement | None
    before: Sums
    after: Sums

    @property
    def name(self) -> str:
        """The part's name in marks and files."""
        return self.part.value if self.part else "debited"

    @property
    def label(self) -> str:
        """The part's name on pages."""
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
        """The parts of the whole period."""
        return added(row.parts for row in self.rows)

    @cached_property
    def total(self) -> Sums:
        """The whole period."""
        return total_of(self.parts)
