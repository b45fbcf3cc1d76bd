"""Which purchases SkinsBack should be asked about now, and how far asking is behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from dashboard.db.extensions import db
from dashboard.purchases.models import Purchase, WantedPurchase

COUNTED_AT_MOST = 100_000


@dataclass(frozen=True)
class OverdueWork:
    """What is overdue: how many purchases (counted up to COUNTED_AT_MOST), since when the oldest is, and why."""

    overdue: int
    oldest: datetime | None
    wanted: int
    """Purchases that events named and that are not stored yet."""
    reasons: Sequence[tuple[str, int]]
    next_due: datetime | None


def find_due(now: datetime, *, limit: int) -> dict[int, datetime]:
    """Return since when purchases are overdue, by buy_id, the most urgent first."""
    statement = (
        select(Purchase.buy_id, Purchase.due_at)
        .where(Purchase.due_at <= now)
        .order_by(Purchase.urgency, Purchase.buy_id)
        .limit(limit)
    )
    with db.engine.connect() as connection:
        return {row.buy_id: row.due_at for row in connection.execute(statement)}


def find_wanted(now: datetime, *, limit: int) -> list[int]:
    """Return the buy_ids that pushed events named and that are not stored here yet, the oldest first."""
    statement = select(WantedPurchase.buy_id).where(WantedPurchase.due_at <= now)
    with db.engine.connect() as connection:
        return list(connection.execute(statement.order_by(WantedPurchase.due_at).limit(limit)).scalars())


def find_oldest(now: datetime) -> datetime | None:
    """Return since when the purchase is overdue that has been so for longest, or None when none is."""
    return db.session.execute(select(func.min(Purchase.due_at)).where(Purchase.due_at <= now)).scalar()


def count_due(now: datetime) -> int:
    """Return how many purchases are overdue, counted up to COUNTED_AT_MOST."""
    some = select(Purchase.buy_id).where(Purchase.due_at <= now).limit(COUNTED_AT_MOST).subquery()
    return int(db.session.execute(select(func.count()).select_from(some)).scalar_one())


def find_work(now: datetime) -> OverdueWork:
    overdue = (
        select(Purchase.due_at, Purchase.due_reason).where(Purchase.due_at <= now).limit(COUNTED_AT_MOST).subquery()
    )
    reasons = db.session.execute(
        select(overdue.c.due_reason, func.count().label("purchases"))
        .group_by(overdue.c.due_reason)
        .order_by(func.count().desc())
    ).all()
    return OverdueWork(
        sum(row.purchases for row in reasons),
        find_oldest(now),
        db.session.execute(select(func.count()).select_from(WantedPurchase)).scalar_one(),
        [(row.due_reason, row.purchases) for row in reasons],
        db.session.execute(select(func.min(Purchase.due_at)).where(Purchase.due_at > now)).scalar(),
    )
