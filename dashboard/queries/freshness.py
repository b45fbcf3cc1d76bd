"""How far the local copy reaches, how fresh it is, and how SkinsBack has been answering."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select

from dashboard.extensions import db
from dashboard.models import HistoryImport, SkinsBackState


@dataclass(frozen=True)
class Reach:
    """The stretch of time that the copy is complete for: every purchase dated in [since, until)."""

    since: datetime
    until: datetime


@dataclass(frozen=True)
class Notice:
    """One line on top of every page; ``tone`` is ``info``, ``warn`` or ``bad``."""

    tone: str
    text: str


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


SILENCE_WORTH_SAYING = timedelta(minutes=1)
"""One lost answer is retried unseen; a minute without any is something people should know."""


def notices(state: Row[Any] | None, *, is_connected: bool, now: datetime) -> list[Notice]:
    """Return what every page says about the connection: nothing when all is well, else one line."""
    if not is_connected:
        return [
            Notice("info", "Not connected to SkinsBack: no credentials are set, so the pages show what is stored here.")
        ]
    if state is None or state.failing_since is None:
        return []
    if state.is_stopped:
        return [Notice("bad", f"SkinsBack refuses our requests, and refreshing has stopped. {state.failure_sentence}")]
    if now - state.failing_since < SILENCE_WORTH_SAYING:
        return []
    return [Notice("warn", f"SkinsBack is not answering, so statuses may be out of date. {state.failure_sentence}")]
