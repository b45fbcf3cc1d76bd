"""The simulator's one clock, and the mapping between simulated and real time.

Before the start the two agree. After it, simulated time runs ``speed`` times as fast: what is planned for the
simulated moment E happens at the real moment ``start + (E - start) / speed``. Every moment that the API shows goes
through that mapping, so that a countdown on a page with a real clock ends when the simulator says that it ends.

Moments are UNIX seconds, as floats.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime

NowSource = Callable[[], datetime] | datetime | None
"""A callable, a fixed moment, or ``None`` for the system's clock."""


class Clock:
    """Tells real and simulated time."""

    def __init__(self, now: NowSource = None, speed: float = 1, start: datetime | None = None) -> None:
        """``start`` is the moment from which time is sped up; by default the moment of the call."""
        if speed <= 0:
            raise ValueError(f"speed must be above 0, not {speed}")
        self._now = now
        self.speed = speed
        self.start = start.timestamp() if start is not None else self.now()

    @property
    def is_system_clock(self) -> bool:
        """Whether waiting a real second moves this clock by a second."""
        return self._now is None

    def now(self) -> float:
        """The real moment."""
        if self._now is None:
            return time.time()
        moment = self._now if isinstance(self._now, datetime) else self._now()
        return moment.timestamp()

    def simulated_now(self) -> float:
        """The simulated moment that corresponds to the real one."""
        return self.simulated(self.now())

    def simulated(self, real: float) -> float:
        """The simulated moment at the real moment ``real``."""
        return real if real <= self.start else self.start + (real - self.start) * self.speed

    def real(self, simulated: float) -> float:
        """The real moment at which what is planned for ``simulated`` happens."""
        return simulated if simulated <= self.start else self.start + (simulated - self.start) / self.speed


def as_text(moment: float) -> str:
    """A moment as SkinsBack writes times in text: ``2024-05-27 13:54:30``, in UTC."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d %H:%M:%S")
