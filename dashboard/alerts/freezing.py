"""Pure: which rules are judged while the copy of SkinsBack's purchases is not current, and just afterwards.

An outage empties every window: without this it would close the alert of a failure, and half of the data after it could
open one. So rules that need current data are *frozen* while ``sync.causes`` finds that nothing is known: their alerts
neither open, nor stay, nor close. When the copy is current again they *settle* for a while: what is open is judged,
and nothing new is told, because what happened in the gap is fetched only now, and looks as if it happened at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from dashboard.sync.causes import Cause

RULES_LATE = "rules_late"
"""The cause that says nothing of the copy: a rule that cannot be applied must not freeze the others."""


class Judging(Enum):
    """What may become of a rule's alerts now."""

    NOTHING = "nothing"
    KNOWN = "known"
    """Those that are open are judged; none opens."""
    ALL = "all"


@dataclass(frozen=True)
class Freeze:
    """``over_at``: when the copy was first seen to be current again; None while it is not."""

    began_at: datetime
    over_at: datetime | None = None


def stale(causes: Sequence[Cause]) -> list[Cause]:
    """Return the causes for which the copy is not current."""
    return [cause for cause in causes if cause.name != RULES_LATE]


def judging(freeze: Freeze | None, now: datetime, settles: timedelta) -> Judging:
    """Say how a rule that needs current data is judged; it settles for so long."""
    if freeze is None:
        return Judging.ALL
    if freeze.over_at is None:
        return Judging.NOTHING
    return Judging.KNOWN if is_settling(freeze.over_at, now, settles) else Judging.ALL


def is_settling(over_at: datetime, now: datetime, settles: timedelta) -> bool:
    # A moment far ahead is of before the clock was set back.
    return abs(now - over_at) < settles
