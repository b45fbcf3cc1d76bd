"""What is on hold: delivered, and still to be undone by Steam."""

import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import case, func, select, text

from dashboard.db.columns import from_micros
from dashboard.db.extensions import db
from dashboard.purchases.models import Purchase
from dashboard.totals import spans
from dashboard.totals.models import HoldTotal
from dashboard.totals.queries import as_kept
from dashboard.totals.spans import Span


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

# The stretches come as one JSON text, so that the statement stays the same however many there are. CROSS JOIN tells
# SQLite to look each one up by the key of the totals.
_TOTALS = {
    "sqlite": text(
        """
        SELECT stretch.key, sum(kept.count), sum(kept.debited), sum(kept.estimates)
        FROM json_each(:stretches) AS stretch CROSS JOIN hold_totals AS kept
          ON kept.starts_at >= json_extract(stretch.value, '$[0]')
         AND kept.starts_at < json_extract(stretch.value, '$[1]')
        GROUP BY stretch.key
        """
    ),
    "postgresql": text(
        """
        SELECT stretch.place - 1, sum(kept.count), sum(kept.debited), sum(kept.estimates)
        FROM jsonb_array_elements(CAST(:stretches AS jsonb)) WITH ORDINALITY AS stretch (value, place)
        JOIN hold_totals AS kept
          ON kept.starts_at >= CAST(stretch.value ->> 0 AS timestamptz)
         AND kept.starts_at < CAST(stretch.value ->> 1 AS timestamptz)
        GROUP BY stretch.place
        """
    ),
}
_EVER = {"sqlite": ("", "~"), "postgresql": ("-infinity", "infinity")}


def totals_by_release(bounds: Sequence[datetime]) -> list[HoldTotals]:
    """Return the holds that end before bounds[0], in [bounds[0], bounds[1]), …, and from bounds[-1] on.

    ``bounds`` ascend; the result has one entry more than they are. A purchase without a sum adds nothing to it.
    """
    kept = _kept_totals(bounds)
    # A bound within a quarter of an hour: the quarter was counted before it, and what ends after it is moved behind.
    for index, bound in enumerate(bounds):
        if not spans.is_aligned(bound):
            late = _ending_late(bound)
            kept[index] = kept.get(index, _NONE) - late
            kept[index + 1] = kept.get(index + 1, _NONE) + late
    return [kept.get(index, _NONE) for index in range(len(bounds) + 1)]


def _kept_totals(bounds: Sequence[datetime]) -> dict[int, HoldTotals]:
    dialect = db.engine.dialect.name
    first, last = _EVER[dialect]
    edges = [first, *(as_kept(bound, dialect) for bound in bounds), last]
    rows = db.session.execute(_TOTALS[dialect], {"stretches": json.dumps(list(itertools.pairwise(edges)))}).all()
    # PostgreSQL sums BIGINT as numeric.
    return {
        stretch: HoldTotals(int(count), from_micros(int(debited)), int(estimates))
        for stretch, count, debited, estimates in rows
    }


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
