"""What was asked of the simulator, for tests and measurements."""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock
from typing import Any

from dashboard.simulator.limits import forget_before

REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class ReceivedRequest:
    """One request to the API."""

    time: float
    """UNIX seconds, by the simulator's clock."""
    method: str
    """The API's method; empty when the request named none."""
    ids: int
    """How many purchases it asked for by id."""
    error_code: int | None
    """The code it was refused with, or ``None``."""
    fault: str = ""
    """What spoiled the answer on its way, or nothing."""

    @property
    def refused(self) -> bool:
        """Whether the answer was an error code."""
        return self.error_code is not None


class RequestLog:
    """The latest requests, oldest first, and counters over all of them."""

    def __init__(self) -> None:
        self.by_method: Counter[str] = Counter()
        self.by_error_code: Counter[int] = Counter()
        self.total = 0
        self.max_in_60_seconds = 0
        """The most requests ever received in any sliding 60 seconds, refused ones included."""
        self._latest: deque[ReceivedRequest] = deque(maxlen=REMEMBERED)
        self._window: deque[float] = deque()
        self._lock = Lock()

    def __iter__(self) -> Iterator[ReceivedRequest]:
        with self._lock:
            return iter(list(self._latest))

    def __len__(self) -> int:
        return len(self._latest)

    def __getitem__(self, position: int) -> ReceivedRequest:
        return self._latest[position]

    def add(self, request: ReceivedRequest) -> None:
        """Remember and count a request."""
        with self._lock:
            self._latest.append(request)
            self.total += 1
            self.by_method[request.method] += 1
            if request.error_code is not None:
                self.by_error_code[request.error_code] += 1
            self._window.append(request.time)
            forget_before(self._window, request.time)
            self.max_in_60_seconds = max(self.max_in_60_seconds, len(self._window))

    def clear(self) -> None:
        """Forget everything, to begin a new measurement."""
        with self._lock:
            self.by_method.clear()
            self.by_error_code.clear()
            self._latest.clear()
            self._window.clear()
            self.total = self.max_in_60_seconds = 0

    def summary(self) -> dict[str, Any]:
        """The counters, ready for JSON."""
        with self._lock:
            return {
                "total": self.total,
                "by_method": dict(self.by_method),
                "by_error_code": {str(code): count for code, count in self.by_error_code.items()},
                "max_in_60_seconds": self.max_in_60_seconds,
            }
