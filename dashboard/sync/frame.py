"""What the frame of every page says of the copy: notices, how far it reaches, and when SkinsBack last answered."""

from collections.abc import Sequence
from datetime import datetime

from flask import g

from dashboard.purchases import drift_page
from dashboard.sync import freshness_queries as freshness
from dashboard.sync.cause_queries import find_causes
from dashboard.sync.causes import Cause, CauseKind
from dashboard.sync.connection import is_connected
from dashboard.web.notices import Frame, Notice

NOT_CONNECTED = "not_connected"


def frame_of(now: datetime) -> Frame:
    state, causes, may_resume = freshness.find_state(), causes_now(now), g.user.may("ops")
    shown = notices(causes, is_connected=is_connected(), may_resume=may_resume)
    if may_resume:
        shown += drift_page.notices(now)
    is_silent = any(cause.is_about_skinsback for cause in causes)
    answered_at = state.last_success_at if state and not is_silent else None
    return Frame(shown, freshness.find_reach(), answered_at)


def causes_now(now: datetime) -> list[Cause]:
    """Return why the pages may be out of date, judged once for a whole page."""
    if "causes" not in g:
        g.causes = find_causes(now)
    causes: list[Cause] = g.causes
    return causes


def notices(causes: Sequence[Cause], *, is_connected: bool, may_resume: bool) -> list[Notice]:
    """Return what every page says about the copy: nothing when all is well, else one line."""
    if not is_connected:
        text = "Not connected to SkinsBack: no credentials are set, so the pages show what is stored here."
        return [Notice("info", text, NOT_CONNECTED)]
    if not causes:
        return []
    first = causes[0]
    advice = first.advice if may_resume else "Tell ops."
    tone = "warn" if first.kind is CauseKind.LIMIT else "bad"
    text = f"{first.sentence} What you see may be out of date. {advice}".strip()
    return [Notice(tone, text, first.name, can_resume=may_resume and first.is_about_skinsback)]
