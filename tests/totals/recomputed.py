"""The totals by period, recomputed from the rows of the purchases by the plainest means."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from dashboard.db.extensions import db
from dashboard.purchases.models import Purchase
from dashboard.totals.models import HoldTotal, MoneyTotal, OutcomeTotal

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


def starts_of(moment: datetime) -> dict[str, datetime]:
    utc = moment.astimezone(UTC)
    return {
        "quarter": EPOCH + (utc - EPOCH) // QUARTER * QUARTER,
        "hour": datetime(utc.year, utc.month, utc.day, utc.hour, tzinfo=UTC),
        "6 hours": datetime(utc.year, utc.month, utc.day, utc.hour - utc.hour % 6, tzinfo=UTC),
        "day": datetime(utc.year, utc.month, utc.day, tzinfo=UTC),
        "month": datetime(utc.year, utc.month, 1, tzinfo=UTC),
    }


def totals_from_rows() -> dict[tuple[Any, ...], Decimal]:
    """Return every sum that is not zero, by (table, sum, key…)."""
    sums: Counter[tuple[Any, ...]] = Counter()
    for row in db.session.execute(select(*Purchase.__table__.columns)):
        for span, start in starts_of(row.date).items():
            money = ("money_totals", span, start, row.part)
            outcome = ("outcome_totals", span, start, row.offer_status, row.error_reason or "")
            for key in (money, outcome):
                _add(sums, key, row)
        if row.hold_ends_at is not None:
            hold = ("hold_totals", starts_of(row.hold_ends_at)["quarter"])
            _add(sums, hold, row)
            sums[*hold, "estimates"] += row.hold_end_is_estimate
    return {key: value for key, value in sums.items() if value}


def _add(sums: Counter[tuple[Any, ...]], key: tuple[Any, ...], row: Any) -> None:
    sums[*key, "count"] += 1
    sums[*key, "debited"] += row.balance_debited_sum or 0
    sums[*key, "price"] += row.price or 0
    sums[*key, "price_missing"] += row.price is None
    sums[*key, "debited_missing"] += row.balance_debited_sum is None


def totals_kept() -> dict[tuple[Any, ...], Decimal]:
    """Return every sum of the kept totals that is not zero, by (table, sum, key…)."""
    sums: dict[tuple[Any, ...], Decimal] = {}
    for model in (MoneyTotal, OutcomeTotal, HoldTotal):
        table = model.__table__
        keys = [column.name for column in table.primary_key]
        for row in db.session.execute(select(*table.columns)).mappings():
            for name in table.columns.keys():  # noqa: SIM118 # A table's columns are no mapping of their names.
                if name not in keys and row[name]:
                    sums[(table.name, *(row[key] for key in keys), name)] = row[name]
    return sums
