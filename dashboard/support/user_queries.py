"""Everything about one Steam user."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Row, bindparam, func, select

from dashboard.db.columns import UtcDateTime
from dashboard.db.extensions import db
from dashboard.purchases.models import Purchase
from dashboard.purchases.queries import ROWS

USER_PURCHASES_SHOWN = 25


_P = Purchase.__table__.c
_STEAMID: BindParameter[str] = bindparam("steamid")
# Made once: putting a statement together costs more than the look-up itself.
_NEWEST = ROWS.where(_P.steamid == _STEAMID).order_by(_P.date.desc(), _P.buy_id.desc()).limit(bindparam("most"))
_TOTALS = (
    select(
        _P.offer_status,
        _P.error_reason,
        _P.part,
        func.count().label("purchases"),
        func.sum(_P.balance_debited_sum).label("debited"),
        func.min(_P.date).label("oldest"),
        func.max(_P.date).label("newest"),
    )
    .where(_P.steamid == _STEAMID)
    .group_by(_P.offer_status, _P.error_reason, _P.part)
    .order_by(_P.offer_status, _P.error_reason, _P.part)
)
_HOLDS = ROWS.where(_P.steamid == _STEAMID, _P.hold_ends_at.is_not(None)).order_by(_P.hold_ends_at, _P.buy_id)
_ROLLBACKS = ROWS.where(
    _P.steamid == _STEAMID,
    _P.offer_status == "rollback_user",
    _P.date >= bindparam("since", type_=UtcDateTime),
).order_by(_P.date.desc(), _P.buy_id.desc())


def purchases_of_user(steamid: str, *, most: int = USER_PURCHASES_SHOWN) -> Sequence[Row[Any]]:
    """Return the user's newest purchases, newest first; the list has all of them."""
    return db.session.execute(_NEWEST, {"steamid": steamid, "most": most}).all()


def totals_of_user(steamid: str) -> Sequence[Row[Any]]:
    """Return (offer_status, error_reason, part, purchases, debited, oldest, newest) of the user's purchases.

    ``debited`` is a sum in USD; a purchase without the figure adds nothing to it.
    """
    return db.session.execute(_TOTALS, {"steamid": steamid}).all()


def holds_of_user(steamid: str) -> Sequence[Row[Any]]:
    """Return the user's purchases that are on hold now, soonest release first."""
    return db.session.execute(_HOLDS, {"steamid": steamid}).all()


def rollbacks_of_user(steamid: str, *, since: datetime) -> Sequence[Row[Any]]:
    """Return the user's purchases with ``rollback_user`` bought since then, newest first."""
    return db.session.execute(_ROLLBACKS, {"steamid": steamid, "since": since}).all()
