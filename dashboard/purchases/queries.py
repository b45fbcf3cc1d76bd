"""Single purchases, and what belongs to one."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Row, and_, bindparam, extract, func, select, tuple_

from dashboard.db.columns import UtcDateTime
from dashboard.db.extensions import db
from dashboard.purchases import statuses
from dashboard.purchases.models import Purchase, PurchaseAnswer, PurchaseNote, PurchaseVersion
from dashboard.purchases.order_ids import order_key
from dashboard.purchases.statuses import STUCK_AFTER

MATCHES_SHOWN = 50
"""How many matches of one search term are shown; more than that is a list to filter, not an answer."""
NEAREST = 4

# Columns of the tables rather than attributes of the models: the pages want plain rows, and the way through the ORM
# costs more than the look-up itself.
_P = Purchase.__table__.c
_N, _A = PurchaseNote.__table__.c, PurchaseAnswer.__table__.c

ROW = (
    _P.buy_id, _P.custom_id, _P.steamid, _P.tradeofferid, _P.offer_status, _P.error_reason, _P.in_hold,
    _P.in_hold_until, _P.price, _P.balance_debited_sum, _P.item_name, _P.date, _P.part, _P.known_hold_until,
    _P.was_on_hold, _P.hold_ends_at, _P.hold_end_is_estimate, _P.status_since, _P.accepted_at, _P.missing_since,
    _P.first_seen_at, _P.asked_at, _P.due_at, _P.item_id, _P.classid, _P.watched_at, _P.date_is_estimate, _P.unreadable,
)  # fmt: skip
"""What a page needs of a purchase: narrow enough for lists, whole enough for the answer card."""

_SEARCHABLE = {
    "buy_id": Purchase.buy_id,
    "custom_id": Purchase.order_key,
    "tradeofferid": Purchase.tradeofferid,
}
_KEYS: dict[str, Callable[[Any], Any]] = {"buy_id": int, "custom_id": order_key, "tradeofferid": str}
"""What is searched for, of an id as it was asked and of a purchase's own."""

_SHORTEST_BEGINNING = 3
"""Characters; what begins with fewer is no guess at an order ID."""
_LAST = "\U0010ffff"
"""Behind every letter; no key has it."""


ROWS = select(*ROW)
"""Made once, as are the statements below: putting a statement together costs more than a look-up by key."""

_ONE = ROWS.where(_P.buy_id == bindparam("buy_id", type_=BigInteger))
_VERSIONS = (
    select(*PurchaseVersion.__table__.columns)
    .where(PurchaseVersion.__table__.c.buy_id == bindparam("buy_id", type_=BigInteger))
    .order_by(PurchaseVersion.__table__.c.version)
)
_NOTES = (
    select(_N.text, _N.author_email, _N.created_at)
    .where(_N.buy_id == bindparam("buy_id", type_=BigInteger))
    .order_by(_N.created_at, _N.id)
)
_ANSWER = select(_A.raw, _A.oddities, _A.unreadable).where(_A.buy_id == bindparam("buy_id", type_=BigInteger))
_KEY = tuple_(_P.date, _P.buy_id)
_HERE = tuple_(bindparam("date", type_=UtcDateTime), bindparam("buy_id", type_=BigInteger))
_OF_USER = ROWS.where(_P.steamid == bindparam("steamid"))
_LATER = _OF_USER.where(_KEY > _HERE).order_by(_P.date, _P.buy_id).limit(NEAREST)
_EARLIER = _OF_USER.where(_KEY < _HERE).order_by(_P.date.desc(), _P.buy_id.desc()).limit(NEAREST)

_FIRST_OF = select(func.min(_P.date)).where(_P.offer_status == bindparam("status"))

IN_STATUS_SINCE = func.coalesce(_P.status_since, _P.date)
"""``statuses.in_status_since``."""


def is_stuck(now: datetime, after: timedelta = STUCK_AFTER) -> ColumnElement[bool]:
    """Return the condition that a purchase is open and stuck, as ``statuses.is_stuck`` says, to the second."""
    # The second condition is a range of an index; a status cannot be older than its purchase.
    open_ = _P.offer_status.in_(sorted(statuses.OPEN))
    asked_after = extract("epoch", _P.asked_at) - extract("epoch", IN_STATUS_SINCE)
    return and_(open_, _P.date < now - after, asked_after > after // timedelta(seconds=1))


def oldest_open() -> datetime | None:
    """Return when the purchase was made that has been open for longest; None when none is open."""
    # One by one: the first of each status is at the beginning of an index.
    first = [db.session.execute(_FIRST_OF, {"status": status}).scalar() for status in statuses.OPEN]
    return min(filter(None, first), default=None)


def find_purchase(buy_id: int) -> Row[Any] | None:
    return db.session.execute(_ONE, {"buy_id": buy_id}).one_or_none()


def search_by_ids(kind: str, values: Sequence[str]) -> dict[str, list[Row[Any]]]:
    """Return the purchases of many ids of one kind in one question, newest first, by id as it was asked.

    Order IDs are found in any spelling that SkinsBack takes for the same, as it was asked first. Where they differ in
    their ``custom_id``, they are different purchases all the same.
    """
    column, key = _SEARCHABLE[kind], _KEYS[kind]
    keys = {value: key(value) for value in values}
    rows = db.session.execute(
        ROWS.where(column.in_(sorted(set(keys.values())))).order_by(Purchase.date.desc(), Purchase.buy_id.desc())
    )
    by_key: dict[Any, list[Row[Any]]] = {}
    for row in rows:
        by_key.setdefault(key(getattr(row, kind)), []).append(row)
    # Sorting keeps the order of what is equal: the newest first on either side.
    return {
        value: sorted(by_key.get(keys[value], ()), key=lambda row, asked=value: str(getattr(row, kind)) != asked)
        for value in values
    }


def find_orders_beginning(prefix: str, most: int) -> list[str]:
    """Return at most so many order IDs (``custom_id``) that begin so in any spelling, in their order."""
    key = order_key(prefix)
    if len(key) < _SHORTEST_BEGINNING:
        return []
    query = select(_P.order_key, _P.custom_id).distinct().where(_P.order_key >= key, _P.order_key < key + _LAST)
    rows = db.session.execute(query.order_by(_P.order_key, _P.custom_id).limit(most))
    return [row.custom_id for row in rows]


def versions_of(buy_id: int) -> Sequence[Row[Any]]:
    """Return what was known of a purchase over time, oldest first."""
    return db.session.execute(_VERSIONS, {"buy_id": buy_id}).all()


def notes_of(buy_id: int) -> Sequence[Row[Any]]:
    """Return a purchase's notes (text, author_email, created_at), oldest first."""
    return db.session.execute(_NOTES, {"buy_id": buy_id}).all()


def find_answer(buy_id: int) -> Row[Any] | None:
    """Return the newest answer about a purchase (raw, oddities, unreadable), or None."""
    return db.session.execute(_ANSWER, {"buy_id": buy_id}).one_or_none()


def others_of_user(steamid: str, date: datetime, buy_id: int) -> Sequence[Row[Any]]:
    """Return the user's purchases nearest before and after this one, newest first; at most NEAREST on each side."""
    here = {"steamid": steamid, "date": date, "buy_id": buy_id}
    return [*reversed(db.session.execute(_LATER, here).all()), *db.session.execute(_EARLIER, here).all()]
