"""The balance as it was read, and how debited sums changed after they were told first."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select

from dashboard.extensions import db
from dashboard.models import BalanceReading, PurchaseVersion


@dataclass(frozen=True, slots=True)
class Reading:
    """What SkinsBack said is left on the balance, in USD, and when."""

    read_at: datetime
    amount: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class DebitChange:
    """A debited sum that changed by ``amount`` USD after it was told first: below zero, something came back."""

    date: datetime
    """When the purchase was made."""
    recorded_at: datetime
    """When the change was seen here."""
    amount: Decimal


_COLUMNS = (BalanceReading.read_at, BalanceReading.amount, BalanceReading.source)


def latest_reading() -> Reading | None:
    """Return the newest reading, or None before the first."""
    row = db.session.execute(
        select(*_COLUMNS).order_by(BalanceReading.read_at.desc(), BalanceReading.id.desc()).limit(1)
    ).one_or_none()
    return Reading(*row) if row is not None else None


def last_readings(edges: Sequence[datetime]) -> list[Reading | None]:
    """Return for each stretch between two edges the last reading in it: after its start, at or before its end.

    ``edges`` ascend; the result has one entry less. None where the balance was not read in the stretch.
    """
    found: list[Reading | None] = [None] * (len(edges) - 1)
    rows = db.session.execute(
        select(*_COLUMNS)
        .where(BalanceReading.read_at > edges[0], BalanceReading.read_at <= edges[-1])
        .order_by(BalanceReading.read_at, BalanceReading.id)
    )
    for row in rows:
        # A reading at an edge belongs to the stretch that ends there.
        place = bisect_right(edges, row.read_at) - 1
        found[place - (row.read_at == edges[place])] = Reading(*row)
    return found


def changes_recorded(since: datetime, until: datetime) -> list[DebitChange]:
    """Return the changes of debited sums that were seen in [since, until)."""
    return _changes(PurchaseVersion.recorded_at >= since, PurchaseVersion.recorded_at < until)


def changes_of_purchases(since: datetime, until: datetime) -> list[DebitChange]:
    """Return the changes, whenever they were seen, of purchases made in [since, until)."""
    return _changes(PurchaseVersion.date >= since, PurchaseVersion.date < until)


def _changes(*conditions: object) -> list[DebitChange]:
    columns = (PurchaseVersion.date, PurchaseVersion.recorded_at, PurchaseVersion.debited_change)
    rows = db.session.execute(select(*columns).where(PurchaseVersion.debited_change.is_not(None), *conditions))  # type: ignore[arg-type] # Conditions of the two above.
    return [DebitChange(row.date, row.recorded_at, row.debited_change) for row in rows]
