"""Who receives pushed events: each receiver has a queue and a thread of its own, so that none holds up another."""

from collections.abc import Callable
from queue import Empty, Full, Queue
from threading import Event as Flag
from threading import Lock, Thread

from dashboard.simulator.events import Event
from dashboard.simulator.faults import Faults

MOST_WAITING = 10_000
"""Events that a receiver may be behind; past that it loses the newest ones, as with a receiver that is gone."""


class Receiver:
    """Hands events to a function, in order, on a thread of its own."""

    def __init__(self, deliver: Callable[[Event], None], name: str) -> None:
        self._deliver = deliver
        self._waiting: Queue[Event] = Queue(MOST_WAITING)
        self._ended = Flag()
        self._thread = Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def put(self, event: Event) -> None:
        """Deliver the event soon; never waits."""
        try:
            self._waiting.put_nowait(event)
        except Full:
            return

    def end(self) -> None:
        """Stop delivering; what still waits is lost."""
        self._ended.set()
        self._thread.join(timeout=5)

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                event = self._waiting.get(timeout=0.05)
            except Empty:
                continue
            self._deliver(event)


class Hub:
    """Hands every event to every receiver."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._receivers: set[Receiver] = set()
        self._lock = Lock()

    def publish(self, event: Event) -> None:
        """Push an event; never waits."""
        if self._faults.take("events_lost") is not None:
            return
        with self._lock:
            for receiver in self._receivers:
                receiver.put(event)

    def add(self, receiver: Receiver) -> None:
        """Push to this receiver from now on."""
        with self._lock:
            self._receivers.add(receiver)

    def remove(self, receiver: Receiver) -> None:
        """Push nothing more to this receiver."""
        with self._lock:
            self._receivers.discard(receiver)
