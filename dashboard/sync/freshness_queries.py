"""How far the local copy reaches, how fresh it is, and how SkinsBack has been answering."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select

from dashboard.db import dbclock
from dashboard.db.extensions import db
from dashboard.lib.periods import Interval
from dashboard.skinsback.no_answer import LONGEST_WAIT
from dashboard.sync.causes import STEADY_MINUTES
from dashboard.sync.limits import pause_left
from dashboard.sync.models import ANSWERED, NAME, HistoryImport, RequestBudget, RequestMinute, SkinsBackState

_PAUSE = select(RequestBudget.paused_at_us, RequestBudget.paused_until_us).where(RequestBudget.name == NAME)
_STATE = select(*SkinsBackState.__table__.columns).where(SkinsBackState.name == NAME)


def find_state() -> Row[Any] | None:
    """Return how SkinsBack has been answering, or None before the first call."""
    return db.session.execute(_STATE).one_or_none()


def _state_now() -> Row[Any] | None:
    # A job's context lives for long, and a reading session left open in it would go on seeing the same state.
    with db.engine.connect() as connection:
        return connection.execute(_STATE).one_or_none()


def find_pause_end(connection: Connection) -> datetime | None:
    """Return until when nobody may ask SkinsBack, because it limits our requests; None when they may."""
    row = connection.execute(_PAUSE).one_or_none()
    now = dbclock.now_us(connection)
    left = pause_left(row.paused_at_us, row.paused_until_us, now) if row is not None else 0
    return dbclock.moment_of(now + left) if left else None


def reason_to_wait() -> str:
    """Return why jobs must not ask SkinsBack now; empty when they may."""
    with db.engine.connect() as connection:
        paused_until = find_pause_end(connection)
    if paused_until is not None:
        return f"SkinsBack limits our requests, so none is sent until {paused_until:%H:%M:%S} UTC"
    state = _state_now()
    if state is None:
        return ""
    if state.is_stopped:
        return f"SkinsBack refuses our requests: {state.failure_sentence}"
    now = datetime.now(UTC)
    # A wait that was noted later than now, or ends later than any can, is of before the clock was set back.
    is_of_now = state.last_failure_at is not None and state.last_failure_at <= now
    if is_of_now and state.retry_at is not None and now < state.retry_at <= now + timedelta(seconds=LONGEST_WAIT):
        return f"waiting before the next try: {state.failure_sentence}"
    return ""


def is_failing() -> bool:
    state = _state_now()
    return state is not None and state.failing_since is not None


def has_answered_steadily(now: datetime) -> bool:
    """Say whether SkinsBack answered somebody in each of the last ``STEADY_MINUTES`` whole minutes."""
    until = now.replace(second=0, microsecond=0)
    in_them = (RequestMinute.minute >= until - STEADY_MINUTES * timedelta(minutes=1)) & (RequestMinute.minute < until)
    statement = select(func.count(RequestMinute.minute.distinct())).where(in_them, RequestMinute.outcome.in_(ANSWERED))
    return bool(db.session.execute(statement).scalar_one() == STEADY_MINUTES)


def may_rely_on_events() -> bool:
    """Say whether pushed events arrive right now, so that jobs may ask less often."""
    return are_events_flowing(_state_now(), datetime.now(UTC))


def find_reach() -> Interval | None:
    """Return the time that the copy is complete for, every purchase dated in it; None before an import is complete.

    It is the newest unbroken stretch of completed imports.
    """
    runs = db.session.execute(
        select(HistoryImport.since, HistoryImport.until)
        .where(HistoryImport.completed_at.is_not(None))
        .order_by(HistoryImport.until.desc())
        .limit(200)
    ).all()
    if not runs:
        return None
    since = runs[0].since
    for run in runs[1:]:
        if run.until >= since:
            since = min(since, run.since)
    return Interval(since, runs[0].until)


def has_begun_importing() -> bool:
    return db.session.execute(select(HistoryImport.id).limit(1)).scalar() is not None


def find_last_complete_run() -> Row[Any] | None:
    return _first_run(HistoryImport.completed_at.is_not(None), HistoryImport.until.desc(), HistoryImport.id.desc())


def find_unfinished_run(since: datetime) -> Row[Any] | None:
    """Return the unfinished import run that began at this moment of the history."""
    is_it = HistoryImport.completed_at.is_(None) & (HistoryImport.since == since)
    return _first_run(is_it, HistoryImport.until.desc(), HistoryImport.id.desc())


def find_run_left_alone(since: datetime) -> Row[Any] | None:
    """Return the unfinished import run that has not moved since then, the one left alone for longest."""
    is_it = HistoryImport.completed_at.is_(None) & (HistoryImport.updated_at < since)
    return _first_run(is_it, HistoryImport.updated_at)


def _first_run(condition: ColumnElement[bool], *order: Any) -> Row[Any] | None:
    with db.engine.connect() as connection:
        statement = select(*HistoryImport.__table__.columns).where(condition).order_by(*order)
        return connection.execute(statement.limit(1)).first()


EVENTS_ALIVE_FOR = timedelta(seconds=90)
"""The websocket is pinged every 30 seconds; after three pings without an answer events no longer count as flowing."""


def are_events_flowing(state: Row[Any] | None, now: datetime) -> bool:
    """Say whether pushed events arrived lately."""
    return state is not None and state.events_alive_at is not None and now - state.events_alive_at < EVENTS_ALIVE_FOR
