"""What is on hold: delivered, and still to be undone by Steam."""

import itertools
import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, text

from dashboard.db.extensions import db
from dashboard.purchases.models import Purchase
from dashboard.totals import spans
from dashboard.totals.models import HoldTotal
from dashboard.totals.queries import as_kept, sum_columns
from dashboard.totals.sql import SUMS
from dashboard.totals.sums import NOTHING, Sums, from_kept

# The stretches come as one JSON text, so that the statement stays the same however many there are. CROSS JOIN tells
# SQLite to look each one up by the key of the totals.
_SUMS = ", ".join(f"sum(kept.{name})" for name in SUMS["hold_totals"])
_TOTALS = {
    "sqlite": text(
        f"""
        SELECT stretch.key, {_SUMS}
        FROM json_each(:stretches) AS stretch CROSS JOIN hold_totals AS kept
          ON kept.starts_at >= json_extract(stretch.value, '$[0]')
         AND kept.starts_at < json_extract(stretch.value, '$[1]')
        GROUP BY stretch.key
        """  # noqa: S608 # Our own names only.
    ),
    "postgresql": text(
        f"""
        SELECT stretch.place - 1, {_SUMS}
        FROM jsonb_array_elements(CAST(:stretches AS jsonb)) WITH ORDINALITY AS stretch (value, place)
        JOIN hold_totals AS kept
          ON kept.starts_at >= CAST(stretch.value ->> 0 AS timestamptz)
         AND kept.starts_at < CAST(stretch.value ->> 1 AS timestamptz)
        GROUP BY stretch.place
        """  # noqa: S608 # Names of our own columns; values are bound.
    ),
}
_EVER = {"sqlite": ("", "~"), "postgresql": ("-infinity", "infinity")}


def totals_by_release(bounds: Sequence[datetime]) -> list[Sums]:
    """Return the holds that end before bounds[0], in [bounds[0], bounds[1]), …, and from bounds[-1] on.

    ``bounds`` ascend; the result has one entry more than they are. A purchase without a sum adds nothing to it.
    """
    kept = _kept_totals(bounds)
    # A bound within a quarter of an hour: the quarter was counted before it, and what ends after it is moved behind.
    for index, bound in enumerate(bounds):
        if not spans.is_aligned(bound):
            late = _ending_late(bound)
            kept[index] = kept.get(index, NOTHING) - late
            kept[index + 1] = kept.get(index + 1, NOTHING) + late
    return [kept.get(index, NOTHING) for index in range(len(bounds) + 1)]


def _kept_totals(bounds: Sequence[datetime]) -> dict[int, Sums]:
    dialect = db.engine.dialect.name
    first, last = _EVER[dialect]
    edges = [first, *(as_kept(bound, dialect) for bound in bounds), last]
    rows = db.session.execute(_TOTALS[dialect], {"stretches": json.dumps(list(itertools.pairwise(edges)))}).all()
    return {stretch: from_kept(*sums) for stretch, *sums in rows}


def _ending_late(bound: datetime) -> Sums:
    end = spans.quarter_from(bound)
    statement = select(*sum_columns(estimate="hold_end_is_estimate"))
    ending = statement.select_from(Purchase).where(Purchase.hold_ends_at >= bound, Purchase.hold_ends_at < end)
    return from_kept(*db.session.execute(ending).one())


def count_holds() -> int:
    return int(db.session.execute(select(func.coalesce(func.sum(HoldTotal.count), 0))).scalar_one())
