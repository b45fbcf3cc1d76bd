"""What the frame of every page says of the copy: notices, how far it reaches, and when SkinsBack last answered."""

from datetime import datetime

from flask import current_app, g

from dashboard.jobs.queries import find_last_refresh
from dashboard.purchases import drift_page
from dashboard.sync import freshness_queries, notices
from dashboard.web.notices import Frame


def frame_of(now: datetime) -> Frame:
    """Return what the frame says to the signed-in user at this moment."""
    state = freshness_queries.find_state()
    is_connected = bool(current_app.config["SKINSBACK_CLIENT_ID"])
    shown = notices.notices(state, find_last_refresh(now), is_connected=is_connected, now=now)
    if g.user.may("ops"):
        shown += drift_page.notices(now)
    return Frame(shown, freshness_queries.find_reach(), state.last_success_at if state else None)
