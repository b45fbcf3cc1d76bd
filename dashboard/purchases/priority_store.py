"""What makes a purchase due ahead of its plan: pushed events, reversals by its user, and somebody looking at it.

Writes only when purchases are asked for next, never what they are; that is ``store``'s alone.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from dashboard.db.database import is_busy, writing
from dashboard.purchases.finality import Settlement
from dashboard.purchases.models import Purchase, WantedPurchase
from dashboard.purchases.rows import due_at_once, schedule_of
from dashboard.purchases.schedule import PUSHED, REVERSED_NEARBY, WATCHED_FOR

logger = logging.getLogger(__name__)

WATCH_NOTED_EVERY = WATCHED_FOR / 4
"""A page that refreshes itself every other second need not write as often that somebody is looking at it."""

WANTED_FOR = timedelta(days=1)
"""A purchase that an event named and that SkinsBack does not know for so long is no longer asked for."""
WANTED_AGAIN = timedelta(seconds=10)

_COLUMNS = Purchase.__table__.columns
_SCHEDULE = ("due_at", "due_reason", "urgency")


def update_of(names: Sequence[str]) -> Any:
    """Return the statement that updates these columns of the purchase with the id ``key``."""
    return update(Purchase).where(Purchase.buy_id == bindparam("key")).values({name: bindparam(name) for name in names})


_UPDATE_WATCHED = update_of((*_SCHEDULE, "watched_at"))
_UPDATE_WANTED = (
    update(WantedPurchase).where(WantedPurchase.buy_id == bindparam("key")).values(due_at=bindparam("due_at"))
)


def record_pushed(buy_ids: Sequence[int], at: datetime) -> None:
    """Make purchases due now, because a pushed event named them; those not stored here are wanted from now on.

    Repeating it changes nothing that matters, and what the event said is not believed: SkinsBack is asked.
    """
    with writing() as connection:
        for buy_id in sorted(set(buy_ids)):
            known = update(Purchase).where(Purchase.buy_id == buy_id).values(**due_at_once(PUSHED, at))
            if connection.execute(known).rowcount == 0:
                _want(connection, buy_id, at)


def _want(connection: Connection, buy_id: int, at: datetime) -> None:
    again = update(WantedPurchase).where(WantedPurchase.buy_id == buy_id).values(due_at=at)
    if connection.execute(again).rowcount == 0:
        connection.execute(insert(WantedPurchase).values(buy_id=buy_id, wanted_at=at, due_at=at))


def take_wanted(connection: Connection, buy_ids: Sequence[int]) -> dict[int, datetime]:
    """Want these purchases no longer, because they are being stored; return since when each was due."""
    wanted = select(WantedPurchase.buy_id, WantedPurchase.due_at).where(WantedPurchase.buy_id.in_(buy_ids))
    found = {row.buy_id: row.due_at for row in connection.execute(wanted)}
    if found:
        connection.execute(delete(WantedPurchase).where(WantedPurchase.buy_id.in_(found)))
    return found


def postpone_wanted(connection: Connection, buy_ids: Sequence[int], now: datetime) -> None:
    """Ask for purchases that SkinsBack does not know yet again: later each time, and not for ever."""
    connection.execute(delete(WantedPurchase).where(WantedPurchase.wanted_at < now - WANTED_FOR))
    rows = connection.execute(
        select(WantedPurchase.buy_id, WantedPurchase.wanted_at).where(
            WantedPurchase.buy_id.in_(buy_ids), WantedPurchase.due_at <= now
        )
    ).all()
    if rows:
        delays = [{"key": row.buy_id, "due_at": now + max(WANTED_AGAIN, now - row.wanted_at)} for row in rows]
        connection.execute(_UPDATE_WANTED, delays)


def make_reversible_due(connection: Connection, steamids: Sequence[str], at: datetime) -> None:
    """Put every protected purchase of these users at the head: Steam reverses all of an account's together.

    Also those that are in the same answer: SkinsBack notices the reversals one by one.
    """
    ours = (Purchase.steamid.in_(steamids), Purchase.part == Settlement.REVERSIBLE.value, Purchase.asked_at <= at)
    # Locked in the order of their ids, as every writer does, so that two of them cannot wait for each other.
    locked = select(Purchase.buy_id).where(*ours).order_by(Purchase.buy_id).with_for_update()
    buy_ids = list(connection.execute(locked).scalars())
    if buy_ids:
        priority = due_at_once(REVERSED_NEARBY, at)
        connection.execute(update(Purchase).where(Purchase.buy_id.in_(buy_ids)).values(**priority))


def note_watched(purchases: Sequence[Row[Any]], now: datetime) -> None:
    """Note that somebody is looking at these purchases, so that those still open are asked for more often.

    A page shows what it shows whether or not this can be written, so it never waits for it: while another writer is
    in the way nothing is noted, and the page's next refresh tries again.
    """
    open_ids = [row.buy_id for row in purchases if row.part == Settlement.OPEN and not _is_noted(row.watched_at, now)]
    if not open_ids:
        return
    try:
        _write_watched(open_ids, now)
    except SQLAlchemyError as error:
        if not is_busy(error):
            logger.warning("That somebody is looking could not be noted: %s", type(error).__name__)


def _is_noted(watched_at: datetime | None, now: datetime) -> bool:
    return watched_at is not None and now - watched_at < WATCH_NOTED_EVERY


def _write_watched(buy_ids: Sequence[int], now: datetime) -> None:
    with writing(wait=False) as connection:
        rows = connection.execute(
            select(*_COLUMNS)
            .where(Purchase.buy_id.in_(buy_ids), Purchase.part == Settlement.OPEN.value)
            .order_by(Purchase.buy_id)
            .with_for_update()
        ).mappings()
        updates = []
        for row in rows:
            watched = dict(row) | {"watched_at": now}
            watched |= schedule_of(watched, now)
            if row["due_at"] is not None and row["due_at"] <= watched["due_at"]:
                # Looking at a purchase never delays it, and never hides that an event named it.
                watched |= {name: row[name] for name in ("due_at", "due_reason")}
            updates.append({"key": row["buy_id"]} | {name: watched[name] for name in (*_SCHEDULE, "watched_at")})
        if updates:
            connection.execute(_UPDATE_WATCHED, updates)
