"""Pure: how the requests of a minute are shared between people and jobs. Lengths of time are in microseconds."""

import math

from dashboard.db.dbclock import SECOND

MINUTE = 60 * SECOND
PEOPLE_SHARE = 5
"""One in so many requests is kept for people while they ask."""
QUIET_SHARE = 90
"""One in so many requests is kept for people while none of them asks."""
PEOPLE_ASKED_LATELY = 120 * SECOND


def limit_for_jobs(limit: int, *, have_people_asked: bool) -> int:
    """Return how many of a minute's requests jobs may use: the rest is kept for people."""
    kept = math.ceil(limit / (PEOPLE_SHARE if have_people_asked else QUIET_SHARE))
    return max(1, limit - kept)
