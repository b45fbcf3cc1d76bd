"""What is on hold: delivered, and still to be undone by Steam."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, case, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute

from dashboard import spans
from dashboard.extensions import db
from dashboard.models import HoldTotal, Purchase
from dashboard.spans import Span


@dataclass(frozen=True)
class HoldTotals:
    """How many purchases are released within a stretch of time, and the sum debited for them in USD."""

    count: int
    debited: Decimal
    estimated: int
    """How many of them have an estimated release, because SkinsBack gave none."""

    def __add__(self, other: "HoldTotals") -> "HoldTotals":
        return HoldTotals(self.count + other.count, self.debited + other.debited, self.estimated + other.estimated)

    def __sub__(self, other: "HoldTotals") -> "HoldTotals":
        return HoldTotals(self.count - other.count, self.debited - other.debited, self.estimated - other.estimated)


_NONE = HoldTotals(0, Decimal(0), 0)


def totals_by_release(bounds: Sequence[datetime]) -> list[HoldTotals]:
    """Return the holds that end before bounds[0], in [bounds[0], bounds[1]), …, and from bounds[-1] on.

    ``bounds`` ascend; the result has one entry more than they are. A purchase without a sum adds nothing to it.
    """
    stretch = _stretch_of(HoldTotal.starts_at, bounds)
    kept = _totals(
        select(stretch, func.sum(HoldTotal.count), func.sum(HoldTotal.debited), func.sum(HoldTotal.estimates)), stretch
    )
    # A bound within a quarter of an hour: the quarter was counted before it, and what ends after it is moved behind.
    for index, bound in enumerate(bounds):
        if not spans.is_aligned(bound):
            late = _ending_late(bound)
            kept[index] = kept.get(index, _NONE) - late
            kept[index + 1] = kept.get(index + 1, _NONE) + late
    return [kept.get(index, _NONE) for index in range(len(bounds) + 1)]


def _stretch_of(column: InstrumentedAttribute[datetime], bounds: Sequence[datetime]) -> Any:
    cases = ((column < bound, literal(index)) for index, bound in enumerate(bounds))
    return case(*cases, else_=len(bounds)).label("stretch")


def _totals(statement: Select[Any], stretch: Any) -> dict[int, HoldTotals]:
    rows = db.session.execute(statement.group_by(stretch))
    return {index: HoldTotals(int(count), debited, int(estimated)) for index, count, debited, estimated in rows}


def _ending_late(bound: datetime) -> HoldTotals:
    end = spans.span_start(bound, Span.QUARTER) + timedelta(minutes=15)
    count, debited, estimated = db.session.execute(
        select(
            func.count(),
            func.coalesce(func.sum(Purchase.balance_debited_sum), 0),
            func.coalesce(func.sum(case((Purchase.hold_end_is_estimate, 1), else_=0)), 0),
        ).where(Purchase.hold_ends_at >= bound, Purchase.hold_ends_at < end)
    ).one()
    return HoldTotals(count, debited, int(estimated))


def latest_release() -> datetime | None:
    """Return when the last hold that is known ends, or None without any."""
    moment: datetime | None = db.session.execute(select(func.max(Purchase.hold_ends_at))).scalar()
    return moment


def count_holds() -> int:
    """Return how many purchases are on hold now."""
    return int(db.session.execute(select(func.coalesce(func.sum(HoldTotal.count), 0))).scalar_one())
