"""Pure: what the frame of every page says above its content."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboard.lib.periods import Interval


@dataclass(frozen=True)
class Notice:
    """One line on top of every page; ``tone`` is ``info``, ``warn`` or ``bad``."""

    tone: str
    text: str


@dataclass(frozen=True)
class Frame:
    """What every page says around its content: the notices, what the copy holds, and when SkinsBack last answered."""

    notices: Sequence[Notice]
    reach: Interval | None
    last_success_at: datetime | None
