"""Single purchases, and what belongs to one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Row, bindparam, select, tuple_

from dashboard.columns import UtcDateTime
from dashboard.extensions import db
from dashboard.models import Purchase, PurchaseAnswer, PurchaseNote, PurchaseVersion

MATCHES_SHOWN = 50
"""How many matches of one search term are shown; more than that is a list to filter, not an answer."""

ROW = (
    Purchase.buy_id, Purchase.custom_id, Purchase.steamid, Purchase.tradeofferid, Purchase.offer_status,
    Purchase.error_reason, Purchase.in_hold, Purchase.in_hold_until, Purchase.price, Purchase.balance_debited_sum,
    Purchase.item_name, Purchase.date, Purchase.part, Purchase.known_hold_until, Purchase.was_on_hold,
    Purchase.hold_ends_at, Purchase.hold_end_is_estimate, Purchase.status_since, Purchase.accepted_at,
    Purchase.missing_since, Purchase.first_seen_at, Purchase.asked_at, Purchase.due_at, Purchase.item_id,
    Purchase.classid,
)  # fmt: skip
"""What a page needs of a purchase: narrow enough for lists, whole enough for the answer card."""

_SEARCHABLE = {
    "buy_id": Purchase.buy_id,
    "custom_id": Purchase.custom_id,
    "steamid": Purchase.steamid,
    "tradeofferid": Purchase.tradeofferid,
}


ROWS = select(*ROW)
"""Made once, as are the statements below: putting a statement together costs more than a look-up by key."""

_ONE = ROWS.where(Purchase.buy_id == bindparam("buy_id", type_=BigInteger))
_VERSIONS = (
    select(*PurchaseVersion.__table__.columns)
    .where(PurchaseVersion.buy_id == bindparam("buy_id", type_=BigInteger))
    .order_by(PurchaseVersion.version)
)
_NOTES = (
    select(PurchaseNote.text, PurchaseNote.author_email, PurchaseNote.created_at)
    .where(PurchaseNote.buy_id == bindparam("buy_id", type_=BigInteger))
    .order_by(PurchaseNote.created_at, PurchaseNote.id)
)
_ANSWER = select(PurchaseAnswer.raw, PurchaseAnswer.oddities).where(
    PurchaseAnswer.buy_id == bindparam("buy_id", type_=BigInteger)
)
_KEY = tuple_(Purchase.date, Purchase.buy_id)
_HERE = tuple_(bindparam("date", type_=UtcDateTime), bindparam("buy_id", type_=BigInteger))
_OF_USER = ROWS.where(Purchase.steamid == bindparam("steamid"))
_LATER = _OF_USER.where(_KEY > _HERE).order_by(Purchase.date, Purchase.buy_id).limit(bindparam("most"))
_EARLIER = _OF_USER.where(_KEY < _HERE).order_by(Purchase.date.desc(), Purchase.buy_id.desc()).limit(bindparam("most"))


def find_purchase(buy_id: int) -> Row[Any] | None:
    """Return one purchase as last stored, or None."""
    return db.session.execute(_ONE, {"buy_id": buy_id}).one_or_none()


def search_by_id(kind: str, value: str, *, limit: int = MATCHES_SHOWN) -> Sequence[Row[Any]]:
    """Return the purchases that carry exactly this id, newest first.

    ``kind`` is the field's name in the API: buy_id, custom_id, steamid or tradeofferid.
    """
    column = _SEARCHABLE[kind]
    exact: Any = int(value) if kind == "buy_id" else value
    return db.session.execute(
        ROWS.where(column == exact).order_by(Purchase.date.desc(), Purchase.buy_id.desc()).limit(limit)
    ).all()


def search_by_ids(kind: str, values: Sequence[str]) -> dict[str, list[Row[Any]]]:
    """Return the purchases of many ids of one kind in one question, newest first, by id as it was asked."""
    column = _SEARCHABLE[kind]
    exact: list[Any] = [int(value) if kind == "buy_id" else value for value in values]
    found: dict[str, list[Row[Any]]] = {value: [] for value in values}
    rows = db.session.execute(ROWS.where(column.in_(exact)).order_by(Purchase.date.desc(), Purchase.buy_id.desc()))
    for row in rows:
        found[str(getattr(row, kind))].append(row)
    return found


def versions_of(buy_id: int) -> Sequence[Row[Any]]:
    """Return what was known of a purchase over time, oldest first."""
    return db.session.execute(_VERSIONS, {"buy_id": buy_id}).all()


def notes_of(buy_id: int) -> Sequence[Row[Any]]:
    """Return a purchase's notes (text, author_email, created_at), oldest first."""
    return db.session.execute(_NOTES, {"buy_id": buy_id}).all()


def find_answer(buy_id: int) -> Row[Any] | None:
    """Return the newest answer about a purchase (raw, oddities), or None."""
    return db.session.execute(_ANSWER, {"buy_id": buy_id}).one_or_none()


def others_of_user(steamid: str, date: datetime, buy_id: int, *, limit: int = 4) -> Sequence[Row[Any]]:
    """Return the user's purchases nearest before and after this one, newest first; at most ``limit`` on each side."""
    here = {"steamid": steamid, "date": date, "buy_id": buy_id, "most": limit}
    return [*reversed(db.session.execute(_LATER, here).all()), *db.session.execute(_EARLIER, here).all()]
