"""What the copy knows of the time that a page of operations shows, so that what is not known is never shown as 0."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from dashboard.lib.formatting import clock_words
from dashboard.lib.periods import Interval
from dashboard.sync import freshness_queries as freshness
from dashboard.sync.frame import causes_now

_OF_RULES = "rules_late"
"""The one cause that says nothing of the copy."""


@dataclass(frozen=True)
class Known:
    """``words`` say since when nothing is known; empty while all is well. ``until`` is that moment, None for never.

    The copy holds nothing from before ``held_since``; None where nothing was ever imported: what is stored is the whole
    copy then.
    """

    words: str = ""
    until: datetime | None = None
    held_since: datetime | None = None

    def holds(self, interval: Interval) -> bool:
        return self.held_since is None or interval.since >= self.held_since

    def knows(self, interval: Interval) -> bool:
        """Say whether nothing can have happened in the interval that the copy does not know."""
        return not self.words or (self.until is not None and interval.until <= self.until)


def known_at(now: datetime, zone: ZoneInfo) -> Known:
    reach = freshness.find_reach()
    held_since = reach.since if reach else None
    cause = next((cause for cause in causes_now(now) if cause.name != _OF_RULES), None)
    if cause is None:
        return Known(held_since=held_since)
    words = f"not known since {clock_words(cause.since, now, zone)}" if cause.since else "not known yet"
    return Known(words, cause.since, held_since)
