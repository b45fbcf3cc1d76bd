"""Which purchases SkinsBack should be asked about now."""

from datetime import datetime

from sqlalchemy import func, select

from dashboard.extensions import db
from dashboard.models import Purchase

COUNTED_AT_MOST = 100_000


def find_due(now: datetime, *, limit: int) -> list[int]:
    """Return the buy_ids of overdue purchases, the most urgent first."""
    statement = (
        select(Purchase.buy_id).where(Purchase.due_at <= now).order_by(Purchase.urgency, Purchase.buy_id).limit(limit)
    )
    return list(db.session.execute(statement).scalars())


def count_due(now: datetime) -> int:
    """Return how many purchases are overdue, counted up to COUNTED_AT_MOST."""
    some = select(Purchase.buy_id).where(Purchase.due_at <= now).limit(COUNTED_AT_MOST).subquery()
    return int(db.session.execute(select(func.count()).select_from(some)).scalar_one())
