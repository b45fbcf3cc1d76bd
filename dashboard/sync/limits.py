"""Pure: how much SkinsBack may be asked: by people and by jobs in a minute, after failures, and ids in one request.

Lengths of time are microseconds where they are whole numbers.
"""

import math
from datetime import timedelta

from dashboard.lib.numbers import SECOND
from dashboard.lib.waits import doubled

MINUTE = 60 * SECOND
PEOPLE_SHARE = 5
"""One in so many requests is kept for people while they ask."""
QUIET_SHARE = 90
"""One in so many requests is kept for people while none of them asks."""
PEOPLE_ASKED_LATELY = 120 * SECOND

SHORTEST_BACKOFF, LONGEST_BACKOFF = timedelta(seconds=5), timedelta(minutes=1)
"""One request a minute burdens nobody, and shows soon that SkinsBack is back."""
QUICK_TRIES = 8
"""So many waits are the shortest, so that a short outage is over before anybody is told of it (``causes.HELD``)."""


def limit_for_jobs(limit: int, *, have_people_asked: bool) -> int:
    """Return how many of a minute's requests jobs may use: the rest is kept for people."""
    kept = math.ceil(limit / (PEOPLE_SHARE if have_people_asked else QUIET_SHARE))
    return max(1, limit - kept)


def backoff(failures: int) -> timedelta:
    """Return how long jobs wait after so many failures in a row."""
    return doubled(SHORTEST_BACKOFF, LONGEST_BACKOFF, max(1, failures - QUICK_TRIES + 1))


def pause_left(noted_at: int, until: int, now: int) -> int:
    """Return how much of a pause is left, by the clock that it was noted by.

    Where that clock has been set back since, the pause begins anew: nobody knows how much of it is over.
    """
    return max(0, until - max(now, noted_at))


LARGER_AGAIN_AFTER = 200
"""Accepted requests after which twice as many ids are tried again: half a minute's worth at the usual limit."""


class BatchSize:
    """How many ids one request may hold: as many as the settings allow, fewer once SkinsBack has refused that many.

    The API documents no maximum length of its arrays (page ``market_getinfo``), so it has to be found out. Used by one
    job at a time.
    """

    def __init__(self, at_most: int) -> None:
        self.at_most = at_most
        self.current = at_most
        self._largest_accepted = 0
        self._accepted_since = 0

    def refused(self, ids: int) -> None:
        """Note that an array of so many ids was refused.

        Where as many have been accepted before, one of the ids is the likelier reason, and the size stays.
        """
        self._accepted_since = 0
        if ids > self._largest_accepted:
            self.current = max(1, min(self.current, ids // 2))

    def was_too_large(self, ids: int) -> None:
        """Note that each part of a refused array was accepted, so its size was the reason, whatever was before."""
        self._largest_accepted = min(self._largest_accepted, ids - 1)
        self.current = max(1, min(self.current, ids // 2))

    def accepted(self, ids: int) -> None:
        self._largest_accepted = max(self._largest_accepted, ids)
        self.current = min(self.at_most, max(self.current, ids))
        self._accepted_since += 1
        if self.current < self.at_most and self._accepted_since >= LARGER_AGAIN_AFTER:
            self._accepted_since = 0
            self.current = min(self.at_most, self.current * 2)
