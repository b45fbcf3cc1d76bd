"""Pure: what the frame of every page says above its content."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboard.lib.periods import Interval


@dataclass(frozen=True)
class Notice:
    """One line on top of every page; ``tone`` is ``info``, ``warn`` or ``bad``.

    ``cause`` names why the pages are not current, in the one notice that says so. ``can_resume``: whether the reader
    may let SkinsBack be asked again at once.
    """

    tone: str
    text: str
    cause: str = ""
    can_resume: bool = False


@dataclass(frozen=True)
class Frame:
    notices: Sequence[Notice]
    reach: Interval | None
    """The time that the copy is complete for."""
    last_success_at: datetime | None
