"""What the frame of every page says of the copy: notices, how far it reaches, and when SkinsBack last answered."""

from datetime import datetime, timedelta
from typing import Any

from flask import g
from sqlalchemy import Row

from dashboard.jobs.queries import LATE_AFTER, find_last_refresh, is_late
from dashboard.purchases import drift_page
from dashboard.sync import freshness_queries as freshness
from dashboard.sync.connection import is_connected
from dashboard.web.notices import Frame, Notice

HOW_TO_GO_ON = "When that is fixed, press “Refresh now” on a purchase, or restart the background jobs, to resume."
"""After a refusal nothing asks by itself; whoever mended its cause must know what else to do."""

SILENCE_WORTH_SAYING = timedelta(minutes=1)
"""One lost answer is retried unseen; a minute without any is something people should know."""


def frame_of(now: datetime) -> Frame:
    state = freshness.find_state()
    shown = notices(state, find_last_refresh(now), is_connected=is_connected(), now=now)
    if g.user.may("ops"):
        shown += drift_page.notices(now)
    return Frame(shown, freshness.find_reach(), state.last_success_at if state else None)


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
    return "" if is_waiting else "the background jobs are not running, or are stuck"
