"""How the copy is kept: what is asked of SkinsBack and answered, what it pushed, what could not be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, case, func, select, text

from dashboard.db import dbclock
from dashboard.db.extensions import db
from dashboard.purchases.models import RejectedRecord
from dashboard.sync.freshness_queries import find_pause_end
from dashboard.sync.limits import MINUTE, PEOPLE_ASKED_LATELY, limit_for_jobs
from dashboard.sync.models import ANSWERED, NAME, PushedEventMinute, RequestBudget, RequestMinute, RequestSlot

REJECTED_SHOWN = 20


@dataclass(frozen=True)
class BudgetUse:
    """The requests of the last 60 seconds, and what each kind of caller may have at the moment."""

    used: int
    used_by_people: int
    limit: int
    for_jobs: int
    paused_until: datetime | None

    @property
    def kept_for_people(self) -> int:
        return self.limit - self.for_jobs


def find_budget(limit: int) -> BudgetUse:
    """Return how much of the minute is used, by the clock and the rules of ``budget_store``."""
    connection = db.session.connection()
    now = dbclock.now_us(connection)
    people_asked = db.session.execute(select(RequestBudget.people_asked_us).where(RequestBudget.name == NAME)).scalar()
    in_minute = (RequestSlot.at_us > now - MINUTE) & (RequestSlot.at_us <= now)
    by_people = func.sum(case((RequestSlot.for_people, 1), else_=0))
    used, used_by_people = db.session.execute(select(func.count(), by_people).where(in_minute)).one()
    for_jobs = limit_for_jobs(limit, have_people_asked=now - (people_asked or 0) < PEOPLE_ASKED_LATELY)
    return BudgetUse(used, used_by_people or 0, limit, for_jobs, find_pause_end(connection))


def minutes_since(since: datetime) -> Sequence[Row[Any]]:
    """Return (minute, jobs, people, failed, microseconds, slowest) of each minute with requests that have ended.

    ``jobs`` and ``people`` count for whom they were, ``failed`` those of both without an answer; then how long they
    took all together, and the slowest of them.
    """
    is_failed = RequestMinute.outcome.not_in(ANSWERED)
    number = func.sum(RequestMinute.count)
    people = func.sum(case((RequestMinute.for_people, RequestMinute.count), else_=0))
    return db.session.execute(
        select(
            RequestMinute.minute,
            (number - people).label("jobs"),
            people.label("people"),
            func.sum(case((is_failed, RequestMinute.count), else_=0)).label("failed"),
            func.sum(RequestMinute.microseconds).label("microseconds"),
            func.max(RequestMinute.slowest).label("slowest"),
        )
        .where(RequestMinute.minute >= since)
        .group_by(RequestMinute.minute)
        .order_by(RequestMinute.minute)
    ).all()


def answers_since(since: datetime) -> Sequence[Row[Any]]:
    """Return (outcome, code, requests, microseconds, slowest) of the requests since then, the most frequent first."""
    number = func.sum(RequestMinute.count)
    return db.session.execute(
        select(
            RequestMinute.outcome, func.max(RequestMinute.code).label("code"), number.label("requests"),
            func.sum(RequestMinute.microseconds).label("microseconds"),
            func.max(RequestMinute.slowest).label("slowest"),
        )
        .where(RequestMinute.minute >= since)
        .group_by(RequestMinute.outcome)
        .order_by(number.desc(), RequestMinute.outcome)
    ).all()  # fmt: skip


def events_since(since: datetime) -> Sequence[Row[Any]]:
    """Return (source, event, received, newest) of the pushed events since then."""
    return db.session.execute(
        select(
            PushedEventMinute.source, PushedEventMinute.event,
            func.sum(PushedEventMinute.count).label("received"), func.max(PushedEventMinute.minute).label("newest"),
        )
        .where(PushedEventMinute.minute >= since)
        .group_by(PushedEventMinute.source, PushedEventMinute.event)
        .order_by(PushedEventMinute.source, PushedEventMinute.event)
    ).all()  # fmt: skip


def newest_rejected() -> Sequence[Row[Any]]:
    """Return the objects of SkinsBack that could not be used, the one seen last first, at most REJECTED_SHOWN."""
    columns = RejectedRecord.__table__.columns
    return db.session.execute(
        select(*columns).order_by(RejectedRecord.last_seen_at.desc(), RejectedRecord.id.desc()).limit(REJECTED_SHOWN)
    ).all()


def count_rejected() -> int:
    return int(db.session.execute(select(func.count()).select_from(RejectedRecord)).scalar_one())


def database_bytes() -> int:
    """Return the size of the database in bytes; of an SQLite file without its write-ahead log."""
    if db.engine.dialect.name == "postgresql":
        return int(db.session.execute(text("SELECT pg_database_size(current_database())")).scalar_one())
    pages = db.session.execute(text("PRAGMA page_count")).scalar_one()
    return int(pages) * int(db.session.execute(text("PRAGMA page_size")).scalar_one())
