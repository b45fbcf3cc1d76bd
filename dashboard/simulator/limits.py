"""How often a project may ask: a sliding minute, and past it a block for a while."""

from collections import deque
from threading import Lock

from dashboard.simulator.errors import REQUEST_LIMIT, ApiError

WINDOW_SECONDS = 60.0


class RequestLimit:
    """Counts the requests of the last 60 seconds.

    The documentation says "500/per minute" and that going past it is answered with error -7 for some time. How long
    is not documented: ``block_seconds``.
    """

    def __init__(self, requests_per_minute: int, block_seconds: float) -> None:
        """``requests_per_minute`` 0 means no limit."""
        self.requests_per_minute = requests_per_minute
        self.block_seconds = block_seconds
        self.blocked_until = 0.0
        self._times: deque[float] = deque()
        self._lock = Lock()

    def check(self, moment: float) -> None:
        """Count a request at ``moment``. Raises ApiError -7 when it goes past the limit or falls into a block."""
        if not self._allows(moment):
            raise ApiError(REQUEST_LIMIT)

    def _allows(self, moment: float) -> bool:
        if not self.requests_per_minute:
            return True
        with self._lock:
            if moment < self.blocked_until:
                return False
            forget_before(self._times, moment)
            if len(self._times) >= self.requests_per_minute:
                self.blocked_until = moment + self.block_seconds
                return False
            self._times.append(moment)
            return True


def forget_before(times: deque[float], moment: float) -> None:
    """Drop the times that no longer belong to the 60 seconds which end at ``moment``."""
    while times and times[0] <= moment - WINDOW_SECONDS:
        times.popleft()
