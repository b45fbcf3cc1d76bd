"""How far the local copy reaches, how fresh it is, and how SkinsBack has been answering."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select

from dashboard.db.extensions import db
from dashboard.sync.models import HistoryImport, SkinsBackState


@dataclass(frozen=True)
class Reach:
    """The stretch of time that the copy is complete for: every purchase dated in [since, until)."""

    since: datetime
    until: datetime


def find_state() -> Row[Any] | None:
    """Return how SkinsBack has been answering, or None before the first call."""
    columns = SkinsBackState.__table__.columns
    return db.session.execute(select(*columns).where(SkinsBackState.name == "skinsback")).one_or_none()


def find_reach() -> Reach | None:
    """Return the newest unbroken stretch of completed imports, or None before the first one is complete."""
    walks = db.session.execute(
        select(HistoryImport.since, HistoryImport.until)
        .where(HistoryImport.completed_at.is_not(None))
        .order_by(HistoryImport.until.desc())
        .limit(200)
    ).all()
    if not walks:
        return None
    since = walks[0].since
    for walk in walks[1:]:
        if walk.until >= since:
            since = min(since, walk.since)
    return Reach(since, walks[0].until)


def has_begun_importing() -> bool:
    """Say whether a walk through the history has ever begun, complete or not."""
    return db.session.execute(select(HistoryImport.id).limit(1)).scalar() is not None


REACH_LATE_AFTER = timedelta(minutes=5)
"""The history is looked through every 15 seconds; a walk that looks back for days, once a day, takes minutes."""

EVENTS_ALIVE_FOR = timedelta(seconds=90)
"""The websocket is pinged every 30 seconds; after three pings without an answer events no longer count as flowing."""


def are_events_flowing(state: Row[Any] | None, now: datetime) -> bool:
    """Say whether pushed events arrive at the moment, so that asking may be relaxed."""
    return state is not None and state.events_alive_at is not None and now - state.events_alive_at < EVENTS_ALIVE_FOR
