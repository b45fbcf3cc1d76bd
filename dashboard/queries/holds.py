"""What is on hold: delivered, and still to be undone by Steam."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import case, func, literal, select

from dashboard.extensions import db
from dashboard.models import HoldTotal, Purchase


@dataclass(frozen=True)
class HoldTotals:
    """How many purchases are released within a stretch of time, and the sum debited for them in USD."""

    count: int
    debited: Decimal
    estimated: int
    """How many of them have an estimated release, because SkinsBack gave none."""


def totals_by_release(bounds: Sequence[datetime]) -> list[HoldTotals]:
    """Return the holds that end before bounds[0], in [bounds[0], bounds[1]), …, and from bounds[-1] on.

    ``bounds`` ascend; the result has one entry more than they are. A purchase without a sum adds nothing to it.
    """
    stretch = case(
        *((Purchase.hold_ends_at < bound, literal(index)) for index, bound in enumerate(bounds)), else_=len(bounds)
    )
    rows = db.session.execute(
        select(
            stretch.label("stretch"),
            func.count().label("purchases"),
            func.sum(Purchase.balance_debited_sum).label("debited"),
            func.sum(case((Purchase.hold_end_is_estimate, 1), else_=0)).label("estimated"),
        )
        .where(Purchase.hold_ends_at.is_not(None))
        .group_by("stretch")
    )
    by_stretch = {row.stretch: HoldTotals(row.purchases, row.debited or Decimal(0), row.estimated) for row in rows}
    return [by_stretch.get(index, HoldTotals(0, Decimal(0), 0)) for index in range(len(bounds) + 1)]


def latest_release() -> datetime | None:
    """Return when the last hold that is known ends, or None without any."""
    moment: datetime | None = db.session.execute(select(func.max(Purchase.hold_ends_at))).scalar()
    return moment


def count_holds() -> int:
    """Return how many purchases are on hold now."""
    return int(db.session.execute(select(func.coalesce(func.sum(HoldTotal.count), 0))).scalar_one())
