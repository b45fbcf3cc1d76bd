"""The balance at SkinsBack: read, told by events, and kept as far as the balance bridge needs it.

Every purchase moves the balance, so there may be tens of thousands of readings a day. What is asked later is the last
reading at or before the edge of a day, in any zone. Edges of days lie on quarters of an hour, so of each quarter only
the last reading is kept: at most 96 rows a day, whatever happens.
"""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from sqlalchemy import insert, select, update

from dashboard.db.database import Fence, writing
from dashboard.lib.formatting import usd
from dashboard.skinsback.client import SkinsBackClient
from dashboard.skinsback.errors import SkinsBackError
from dashboard.sync.models import BalanceReading

logger = logging.getLogger(__name__)

SCHEDULE, EVENT = "schedule", "event"

QUARTER = timedelta(minutes=15)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class BalanceRead:
    """What reading the balance came to: the sum in USD, or why there is none."""

    amount: Decimal | None = None
    problem: str = ""

    def __str__(self) -> str:
        return f"balance {usd(self.amount)}" if self.amount is not None else self.problem


def read_balance(client: SkinsBackClient, *, fence: Fence | None = None) -> BalanceRead:
    """Ask SkinsBack for the balance (page "Get the project balance") and keep it. Raises LeadLost.

    SkinsBack's failures are not raised but told.
    """
    try:
        amount = client.get_balance()
    except SkinsBackError as error:
        return BalanceRead(problem=error.sentence)
    # Not when it was asked for: that may have waited for the request budget, while the balance changed.
    record_balance(amount, datetime.now(UTC), SCHEDULE, fence=fence)
    return BalanceRead(amount)


def record_balance(amount: Decimal, at: datetime, source: str, *, fence: Fence | None = None) -> None:
    """Keep that the balance was ``amount`` USD at ``at``; ``source`` is ``schedule`` or ``event``.

    Replaces an earlier reading of the same quarter of an hour. One that is older than what is kept of its quarter
    changes nothing. Raises LeadLost when the fence's lead has passed on, ValueError for what is no sum or time.
    """
    if source not in (SCHEDULE, EVENT):
        raise ValueError(f"unknown source of a balance: {source!r}")
    end = quarter_end(at)
    values = {"read_at": at, "amount": amount, "source": source}
    with writing(fence) as connection:
        kept = connection.execute(
            select(BalanceReading.id, BalanceReading.read_at)
            .where(BalanceReading.read_at > end - QUARTER, BalanceReading.read_at <= end)
            .order_by(BalanceReading.read_at.desc(), BalanceReading.id.desc())
            .limit(1)
            .with_for_update()
        ).one_or_none()
        if kept is None:
            connection.execute(insert(BalanceReading).values(**values))
        elif kept.read_at <= at:
            connection.execute(update(BalanceReading).where(BalanceReading.id == kept.id).values(**values))


def quarter_end(moment: datetime) -> datetime:
    """Return the end of the quarter of an hour that a moment belongs to, in UTC.

    A moment on the edge belongs to the quarter that ends there, since a day's opening is read at or before its edge.
    """
    return _EPOCH - (_EPOCH - moment) // QUARTER * QUARTER
