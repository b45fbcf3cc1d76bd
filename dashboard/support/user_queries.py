"""Everything about one Steam user."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Row, bindparam, func, select

from dashboard.db.columns import UtcDateTime
from dashboard.db.extensions import db
from dashboard.purchases.models import Purchase
from dashboard.purchases.queries import ROWS
from dashboard.totals.queries import sum_columns
from dashboard.totals.sums import Sums, from_kept

USER_PURCHASES_SHOWN = 25

_P = Purchase.__table__.c
_STEAMID: BindParameter[str] = bindparam("steamid")
# Made once: putting a statement together costs more than the look-up itself.
_NEWEST = ROWS.where(_P.steamid == _STEAMID).order_by(_P.date.desc(), _P.buy_id.desc()).limit(bindparam("most"))
_TOTALS = (
    select(_P.offer_status, _P.error_reason, _P.part, func.min(_P.date), func.max(_P.date), *sum_columns())
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


def known_users(steamids: Sequence[str]) -> list[str]:
    """Return which of these Steam IDs have a purchase here, in their order."""
    found = set(db.session.scalars(select(_P.steamid).distinct().where(_P.steamid.in_(steamids))))
    return [steamid for steamid in steamids if steamid in found]


def users_between(first: str, last: str, *, most: int) -> Sequence[str]:
    """Return the Steam IDs with a purchase here from one to another, both included, in their order."""
    found = select(_P.steamid).distinct().where(_P.steamid.between(first, last)).order_by(_P.steamid).limit(most)
    return [steamid for steamid in db.session.scalars(found) if steamid is not None]


def purchases_of_user(steamid: str, *, most: int = USER_PURCHASES_SHOWN) -> Sequence[Row[Any]]:
    """Return the user's newest purchases, newest first; the list has all of them."""
    return db.session.execute(_NEWEST, {"steamid": steamid, "most": most}).all()


class UserTotal(NamedTuple):
    """What the user's purchases of one outcome add up to, and when the first and the last were bought."""

    offer_status: str
    error_reason: str | None
    part: str
    oldest: datetime
    newest: datetime
    sums: Sums


def totals_of_user(steamid: str) -> list[UserTotal]:
    rows = db.session.execute(_TOTALS, {"steamid": steamid})
    return [
        UserTotal(status, reason, part, oldest, newest, from_kept(*sums))
        for status, reason, part, oldest, newest, *sums in rows
    ]


def holds_of_user(steamid: str) -> Sequence[Row[Any]]:
    """Return the user's purchases that are on hold now, soonest release first."""
    return db.session.execute(_HOLDS, {"steamid": steamid}).all()


def rollbacks_of_user(steamid: str, *, since: datetime) -> Sequence[Row[Any]]:
    """Return the user's purchases with ``rollback_user`` bought since then, newest first."""
    return db.session.execute(_ROLLBACKS, {"steamid": steamid, "since": since}).all()
