"""Which purchases SkinsBack should be asked about now, how far asking is behind, and the round of what is on hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import BigInteger, func, literal, select, tuple_

from dashboard.db.columns import UtcDateTime
from dashboard.db.extensions import db
from dashboard.purchases.finality import Settlement
from dashboard.purchases.models import Purchase, WantedPurchase
from dashboard.sync.models import NAME, HoldRoundPlace
from dashboard.totals.models import HoldTotal

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


class Place(NamedTuple):
    """A place in the round of what is on hold: behind this purchase."""

    date: datetime
    buy_id: int


BEGINNING = Place(datetime(1970, 1, 1, tzinfo=UTC), 0)
"""Before every purchase."""


def find_round() -> tuple[Place, datetime | None]:
    """Return up to where the round of what is on hold was answered, and when it last came on; None before the first."""
    columns = (HoldRoundPlace.date, HoldRoundPlace.buy_id, HoldRoundPlace.moved_at)
    with db.engine.connect() as connection:
        row = connection.execute(select(*columns).where(HoldRoundPlace.name == NAME)).one_or_none()
    return (BEGINNING, None) if row is None else (Place(row.date, row.buy_id), row.moved_at)


def find_on_hold(behind: Place, *, limit: int) -> list[Place]:
    """Return the next purchases on hold behind this place."""
    key = tuple_(Purchase.date, Purchase.buy_id)
    here = tuple_(literal(behind.date, UtcDateTime), literal(behind.buy_id, BigInteger))
    statement = (
        select(Purchase.date, Purchase.buy_id)
        .where(Purchase.part == Settlement.REVERSIBLE.value, key > here)
        .order_by(Purchase.date, Purchase.buy_id)
        .limit(limit)
    )
    with db.engine.connect() as connection:
        return [Place(row.date, row.buy_id) for row in connection.execute(statement)]


def count_on_hold() -> int:
    with db.engine.connect() as connection:
        return int(connection.execute(select(func.coalesce(func.sum(HoldTotal.count), 0))).scalar_one())
