"""The balance at SkinsBack: read, told by events, and kept as far as the balance bridge needs it.

Every purchase moves the balance, so there may be tens of thousands of readings a day. What is asked later is the last
reading at or before the edge of a day, in any zone. Edges of days lie on quarters of an hour, so of each quarter only
the last reading is kept: at most 96 rows a day, whatever happens.
"""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import insert, select, update

from dashboard.db.database import Fence, writing
from dashboard.sync.models import BalanceReading
from dashboard.totals.spans import LENGTHS, Span, quarter_from

SCHEDULE, EVENT = "schedule", "event"


def record_balance(amount: Decimal, at: datetime, source: str, *, fence: Fence | None = None) -> None:
    """Keep that the balance was ``amount`` USD at ``at``; ``source`` is ``schedule`` or ``event``.

    Replaces an earlier reading of the same quarter of an hour. One that is older than what is kept of its quarter
    changes nothing. Raises LeadLost when the fence's lead has passed on, ValueError for what is no sum or time.
    """
    if source not in (SCHEDULE, EVENT):
        raise ValueError(f"unknown source of a balance: {source!r}")
    # A moment on the edge belongs to the quarter that ends there: a day's opening is read at or before its edge.
    end = quarter_from(at)
    values = {"read_at": at, "amount": amount, "source": source}
    with writing(fence) as connection:
        kept = connection.execute(
            select(BalanceReading.id, BalanceReading.read_at)
            .where(BalanceReading.read_at > end - LENGTHS[Span.QUARTER], BalanceReading.read_at <= end)
            .order_by(BalanceReading.read_at.desc(), BalanceReading.id.desc())
            .limit(1)
            .with_for_update()
        ).one_or_none()
        if kept is None:
            connection.execute(insert(BalanceReading).values(**values))
        elif kept.read_at <= at:
            connection.execute(update(BalanceReading).where(BalanceReading.id == kept.id).values(**values))
