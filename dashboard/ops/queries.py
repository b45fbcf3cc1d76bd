"""The lists that ops works from: what is stuck, what was reversed, what was tried again, and what fails most.

Each reads at most so many rows as its constant says, so that its price has a bound; where there are more it says from
when on it has counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, func, or_, select, union_all

from dashboard.db.extensions import db
from dashboard.purchases import statuses
from dashboard.purchases.models import Purchase
from dashboard.purchases.queries import IN_STATUS_SINCE, ROWS, is_stuck

STUCK_SHOWN = 500
"""Of what is stuck, and of what is overdue."""
PURCHASES_READ = 5_000
"""For a panel; a page of its own reads PURCHASES_READ_AT_MOST."""
PURCHASES_READ_AT_MOST = 20_000
FAILURES_READ = 2_000
REVERSALS_READ = 5_000
USERS_SHOWN = 200
FEWEST_REVERSALS = 2
FEWEST_REFUSALS = 3
"""From so many ``too_many_failed_attempts`` on a user is shown."""

_P = Purchase.__table__.c
_REFUSED = "too_many_failed_attempts"


def stuck_purchases(now: datetime) -> Sequence[Row[Any]]:
    """Return the purchases that are stuck, the longest first, STUCK_SHOWN at most."""
    order = (IN_STATUS_SINCE, _P.buy_id)
    return db.session.execute(ROWS.where(is_stuck(now)).order_by(*order).limit(STUCK_SHOWN)).all()


def count_stuck(now: datetime) -> int:
    return int(db.session.execute(select(func.count()).where(is_stuck(now))).scalar_one())


def overdue_purchases(now: datetime) -> Sequence[Row[Any]]:
    """Return purchases that SkinsBack should have been asked about by now, with why (``due_reason``).

    The longest overdue first, STUCK_SHOWN at most; ``due_queries.count_due`` counts them.
    """
    statement = ROWS.add_columns(_P.due_reason).where(_P.due_at <= now).order_by(_P.due_at, _P.buy_id)
    return db.session.execute(statement.limit(STUCK_SHOWN)).all()


@dataclass(frozen=True)
class NewestRows:
    """Rows of a stretch of time, newest first, and from when on they are all of it: ``since``, unless there were more
    than could be read."""

    rows: Sequence[Row[Any]]
    since: datetime
    is_all: bool


def _newest(statement: Any, since: datetime, most: int) -> NewestRows:
    rows = db.session.execute(statement.limit(most + 1)).all()
    if len(rows) <= most:
        return NewestRows(rows, since, is_all=True)
    # Of the second that the limit cut through, not all were read, so that second is left out.
    edge = rows[-1].date + timedelta(seconds=1)
    return NewestRows([row for row in rows if row.date >= edge], edge, is_all=False)


def purchases_of_window(since: datetime, until: datetime, *, most: int = PURCHASES_READ) -> NewestRows:
    """Return purchases with what tells an order's attempts and their outcome."""
    columns = (
        _P.buy_id, _P.custom_id, _P.date, _P.steamid, _P.item_name, _P.classid, _P.item_id, _P.offer_status,
        _P.error_reason, _P.part, _P.date_is_estimate, _P.status_since, _P.accepted_at,
    )  # fmt: skip
    statement = select(*columns).where(_P.date >= since, _P.date < until).order_by(_P.date.desc(), _P.buy_id.desc())
    return _newest(statement, since, most)


def failures_of_window(since: datetime, until: datetime) -> NewestRows:
    """Return (date, steamid, item_name, error_reason, offer_status) of failed purchases, FAILURES_READ at most."""
    columns = (_P.date, _P.steamid, _P.item_name, _P.error_reason, _P.offer_status)
    branches = [
        select(
            select(*columns)
            .where(_P.offer_status == status, _P.date >= since, _P.date < until)
            .order_by(_P.date.desc())
            .limit(FAILURES_READ + 1)
            .subquery()
        )
        for status in sorted(statuses.FAILED)
    ]
    merged = union_all(*branches).subquery()
    return _newest(select(merged).order_by(merged.c.date.desc()), since, FAILURES_READ)


def decided_by(column: str, values: Sequence[str], since: datetime, until: datetime) -> dict[str, int]:
    """Return the number of delivered, failed and reversed purchases for each of these items or users."""
    key = {"item": _P.item_name, "steamid": _P.steamid}[column]
    rows = db.session.execute(
        select(key, func.count())
        .where(key.in_(values), _P.date >= since, _P.date < until, _P.offer_status.in_(sorted(statuses.DECIDED)))
        .group_by(key)
    )
    return {row[0]: row[1] for row in rows}


def reversals_of_window(since: datetime, until: datetime) -> NewestRows:
    """Return the reversed purchases bought in [since, until), newest first, REVERSALS_READ at most."""
    reversed_ = _P.offer_status.in_(sorted(statuses.REVERSED))
    statement = ROWS.where(reversed_, _P.date >= since, _P.date < until).order_by(_P.date.desc(), _P.buy_id.desc())
    return _newest(statement, since, REVERSALS_READ)


def repeating_users(since: datetime, until: datetime) -> Sequence[Row[Any]]:
    """Return users with repeated trouble among their purchases bought in [since, until).

    (steamid, by_user, by_supplier, refused, debited, not_known, newest, users): numbers of ``rollback_user``,
    ``rollback_supplier`` and ``too_many_failed_attempts``, the debited sum of the reversed ones in USD, of how many of
    them it is not known, the newest purchase's date, and how many such users there are. Shown from FEWEST_REVERSALS
    reversals or FEWEST_REFUSALS refusals on, the worst first, USERS_SHOWN at most.
    """
    period = and_(_P.steamid.is_not(None), _P.date >= since, _P.date < until)
    is_reversed = _P.offer_status.in_(sorted(statuses.REVERSED))
    columns = (_P.buy_id, _P.steamid, _P.offer_status, _P.error_reason, _P.balance_debited_sum, _P.date)
    # Two ranges of two indexes; a purchase that is both comes from the first alone.
    refused = and_(period, _P.error_reason == _REFUSED, _P.offer_status.not_in(sorted(statuses.REVERSED)))
    found = union_all(select(*columns).where(period, is_reversed), select(*columns).where(refused)).subquery()
    by_user, by_supplier, refusals = (
        func.count().filter(condition)
        for condition in (
            found.c.offer_status == "rollback_user",
            found.c.offer_status == "rollback_supplier",
            found.c.error_reason == _REFUSED,
        )
    )
    is_reversed = found.c.offer_status.in_(sorted(statuses.REVERSED))
    debited = func.sum(found.c.balance_debited_sum).filter(is_reversed)
    not_known = func.count().filter(is_reversed, found.c.balance_debited_sum.is_(None))
    return db.session.execute(
        select(
            found.c.steamid,
            by_user.label("by_user"),
            by_supplier.label("by_supplier"),
            refusals.label("refused"),
            debited.label("debited"),
            not_known.label("not_known"),
            func.max(found.c.date).label("newest"),
            # Counted after grouping and before the limit: how many such users there are.
            func.count().over().label("users"),
        )
        .group_by(found.c.steamid)
        .having(or_(by_user + by_supplier >= FEWEST_REVERSALS, refusals >= FEWEST_REFUSALS))
        .order_by((by_user + by_supplier).desc(), refusals.desc(), found.c.steamid)
        .limit(USERS_SHOWN)
    ).all()


def count_of(users: Sequence[Row[Any]]) -> int:
    """Return how many users ``repeating_users`` found, of whom it returned USERS_SHOWN at most."""
    return int(users[0].users) if users else 0
