"""How far the local copy reaches, how fresh it is, and how SkinsBack has been answering."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select

from dashboard.db.extensions import db
from dashboard.jobs.models import JobRun
from dashboard.sync.models import HistoryImport, SkinsBackState


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


HOW_TO_GO_ON = "Once that is changed, press “Refresh now” on a purchase, or restart the background jobs, to go on."
"""After a refusal nothing asks by itself; whoever mended its cause must know what else to do."""

SILENCE_WORTH_SAYING = timedelta(minutes=1)
"""One lost answer is retried unseen; a minute without any is something people should know."""


LATE_AFTER = timedelta(seconds=90)
"""The refresh job runs every second and tells how far it is; without a sign for this long it has stopped."""

CLOCKS_DIFFER_BY = timedelta(minutes=1)
"""At most, between machines. What is dated later than that was written before a clock was set back."""

RULES_LATE_AFTER = timedelta(minutes=2)
"""Alert rules are applied every 15 seconds, and what they find should be known within two minutes."""


def find_last_refresh(now: datetime) -> Row[Any] | None:
    """Return when the refresh job last gave a sign, how it went and what it did; None before the first."""
    return db.session.execute(
        select(JobRun.updated_at, JobRun.outcome, JobRun.detail)
        .where(JobRun.job == "refresh", JobRun.started_at <= now + CLOCKS_DIFFER_BY)
        .order_by(JobRun.started_at.desc(), JobRun.id.desc())
        .limit(1)
    ).one_or_none()


def is_late(last_refresh: Row[Any], now: datetime) -> bool:
    """Say whether the refresh job has given no sign for so long that it has stopped."""
    return bool(abs(now - last_refresh.updated_at) > LATE_AFTER)


def notices(
    state: Row[Any] | None, last_refresh: Row[Any] | None, *, is_connected: bool, now: datetime
) -> list[Notice]:
    """Return what every page says about the connection: nothing when all is well, else one line."""
    if not is_connected:
        return [
            Notice("info", "Not connected to SkinsBack: no credentials are set, so the pages show what is stored here.")
        ]
    if state is not None and state.is_stopped:
        refusal = f"SkinsBack refuses our requests, and refreshing has stopped. {state.failure_sentence}"
        return [Notice("bad", f"{refusal} {HOW_TO_GO_ON}")]
    why = _why_stopped(state, last_refresh, now)
    if why:
        return [Notice("warn", f"Statuses are not being refreshed, because {why}. Tell ops.")]
    if state is None or state.failing_since is None or now - state.failing_since < SILENCE_WORTH_SAYING:
        return []
    return [Notice("warn", f"SkinsBack is not answering, so statuses may be out of date. {state.failure_sentence}")]


def _why_stopped(state: Row[Any] | None, last_refresh: Row[Any] | None, now: datetime) -> str:
    if last_refresh is not None and last_refresh.outcome == "failed":
        return f"the job that refreshes them fails ({last_refresh.detail})"
    if last_refresh is not None and not is_late(last_refresh, now):
        return ""
    # While SkinsBack keeps failing, a run waits for it for long.
    is_waiting = state is not None and state.failing_since is not None and now - state.last_failure_at < LATE_AFTER
    return "" if is_waiting else "the background jobs do not run, or get no further"
