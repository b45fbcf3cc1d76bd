"""Debited sums of periods. Definitions: docs/numbers.md."""

import itertools
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from sqlalchemy import select

from dashboard.db.extensions import db
from dashboard.finance import history_queries as history
from dashboard.finance.report import BySettlement, Report, Row
from dashboard.lib.periods import Days, Period, day_start
from dashboard.purchases.finality import Settlement
from dashboard.purchases.models import Purchase
from dashboard.totals import spans
from dashboard.totals.queries import Kept, sum_columns, sums_between
from dashboard.totals.sums import from_kept

_PARTS = {part.value: part for part in Settlement}


def find_report(period: Period, as_of: datetime | None = None) -> Report:
    """Return the figures of a period as they are now, or as they were known at a past moment."""
    days, runs = _cut(period)
    if as_of is None:
        rows, (whole_before,) = totals_by_part(*runs)
    elif (first := history.first_recorded_at()) is None or as_of < first:
        # Nothing was known yet, and nothing need be worked out.
        rows, whole_before = [{}] * len(days), {}
    else:
        history.begin_snapshot()
        rows, (whole_before,) = history.totals_as_of(totals_by_part(*runs), runs, as_of)
    return Report(period, list(map(Row, days, rows)), whole_before, as_of)


@lru_cache(maxsize=32)
def _cut(period: Period) -> tuple[list[Days], tuple[Sequence[datetime], ...]]:
    """Return the rows of a period, and where they begin and end, and the period before. Kept for a few periods."""
    rows = period.rows()
    bounds = [day_start(row.first, period.zone) for row in rows]
    return rows, ((*bounds, period.interval.until), tuple(period.before().interval))


def totals_by_part(*runs: Sequence[datetime]) -> list[list[BySettlement]]:
    """Return the sums by part of [bounds[0], bounds[1]), [bounds[1], bounds[2]), … for each run of ascending bounds.

    Parts without purchases are left out. Sums are in USD.
    """
    if not all(spans.is_aligned(bound) for run in runs for bound in run):
        # Only where a local day does not begin with a quarter of an hour: Liberia, before 1972.
        return [[_sums_of_rows(*pair) for pair in itertools.pairwise(run)] for run in runs]
    return [
        [{_PARTS[part]: sums for (part,), sums in found.items()} for found in run]
        for run in sums_between(Kept.BY_SETTLEMENT, *runs)
    ]


def _sums_of_rows(since: datetime, until: datetime) -> BySettlement:
    statement = select(Purchase.part, *sum_columns()).where(Purchase.date >= since, Purchase.date < until)
    return {Settlement(part): from_kept(*sums) for part, *sums in db.session.execute(statement.group_by(Purchase.part))}
