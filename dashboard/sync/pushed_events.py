"""What pushed events do here: an event makes its purchase due now, and tells the balance.

Events are taken into a queue and written by a thread of their own, so that a webhook is answered at once whatever the
database is doing. What the queue holds is lost when the process dies, which delays a status until it is asked for
anyway: of a purchase an event only says that it is to be asked for, so a lost, forged, repeated or late one can do no
harm.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from queue import Empty, Full, Queue
from threading import Event, Lock, Thread

from flask import Flask, current_app
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from dashboard.db.database import is_unavailable
from dashboard.purchases import priority_store
from dashboard.skinsback.events import LARGEST_EVENT, PushedEvent, UnreadableEvent, is_from_skinsback, parse_event
from dashboard.skinsback.websocket import EventSocket
from dashboard.sync import balance_store as balance
from dashboard.sync import state_store as skinsback_state

logger = logging.getLogger(__name__)

MOST_WAITING = 10_000
WRITTEN_AT_ONCE = 500
ALIVE_NOTED_EVERY = timedelta(seconds=10)
TRIES_AGAIN_AFTER = 2.0
"""In seconds: when the database did not take the events."""

LARGEST_BODY = LARGEST_EVENT
"""Of a webhook's request, in bytes: it is the event."""

WEBHOOK = "webhook"
WEBSOCKET = "websocket"


@dataclass(frozen=True, slots=True)
class Received:
    """An event, where it came from and when; ``event`` is None for a mere sign of life."""

    source: str
    at: datetime
    event: PushedEvent | None

    @property
    def buy_id(self) -> int | None:
        return self.event.buy_id if self.event is not None else None


@dataclass(eq=False)
class Inbox:
    """Takes events at once and writes them soon. One for each process; safe to share between threads."""

    app: Flask
    on_written: Callable[[], None] = lambda: None
    """Called after purchases were made due."""
    _waiting: Queue[Received] = field(default_factory=lambda: Queue(MOST_WAITING))
    _alive_noted_at: datetime | None = None
    _stop: Event = field(default_factory=Event)
    _starting: Lock = field(default_factory=Lock)
    _thread: Thread | None = None

    def put(self, source: str, event: PushedEvent | None) -> bool:
        """Take an event; False when too many are waiting already."""
        try:
            self._waiting.put_nowait(Received(source, datetime.now(UTC), event))
        except Full:
            return False
        with self._starting:
            # Started late, because a thread would not survive the fork of a web worker.
            if self._thread is None:
                self._thread = Thread(target=self._run, name="pushed-events", daemon=True)
                self._thread.start()
        return True

    def end(self) -> None:
        """Write what is waiting, as far as that takes a moment only, and end."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=2)

    def _run(self) -> None:
        with self.app.app_context():
            while not (self._stop.is_set() and self._waiting.empty()):
                received = self._take()
                while received and not self._write(received):
                    if self._stop.wait(TRIES_AGAIN_AFTER):
                        return

    def _take(self) -> list[Received]:
        received: list[Received] = []
        try:
            received.append(self._waiting.get(timeout=0.2))
            while len(received) < WRITTEN_AT_ONCE:
                received.append(self._waiting.get_nowait())
        except Empty:
            pass
        return received

    def _write(self, received: Sequence[Received]) -> bool:
        try:
            record(received, note_alive=self._is_time_to_note_alive(received[-1].at))
        except Exception as error:
            if is_unavailable(error) or isinstance(error, IntegrityError):
                logger.warning("%d pushed events wait for the database: %s", len(received), type(error).__name__)
                return False
            # Trying again would not help, and whatever is pushed afterwards must not wait for it for ever.
            logger.exception("%d pushed events could not be written and are given up.", len(received))
            return True
        if any(one.buy_id is not None for one in received):
            self.on_written()
        return True

    def _is_time_to_note_alive(self, at: datetime) -> bool:
        if self._alive_noted_at is not None and at - self._alive_noted_at < ALIVE_NOTED_EVERY:
            return False
        self._alive_noted_at = at
        return True


def record(received: Sequence[Received], *, note_alive: bool = True) -> None:
    """Write what events mean here."""
    buy_ids = [one.buy_id for one in received if one.buy_id is not None]
    if buy_ids:
        priority_store.record_pushed(buy_ids, received[-1].at)
    _record_balance(received)
    skinsback_state.record_events((one.source, one.event.name, one.at) for one in received if one.event is not None)
    if note_alive:
        skinsback_state.record_events_alive(received[-1].at)


def _record_balance(received: Sequence[Received]) -> None:
    # Only of the websocket is it certain that the order is SkinsBack's: a webhook may come late or twice, and would
    # then tell an old balance as the present one. The balance is read every minute anyway.
    for one in reversed(received):
        if one.source == WEBSOCKET and one.event is not None and one.event.balance is not None:
            balance.record_balance(one.event.balance, one.at, balance.EVENT)
            return


def is_authentic(body: bytes, header: Callable[[str], str | None]) -> bool:
    """Say whether a webhook's sender knows our Client Secret. ``header`` returns a header by its name."""
    config = current_app.config
    return is_from_skinsback(body, header, config["SKINSBACK_CLIENT_ID"], config["SKINSBACK_CLIENT_SECRET"])


def receive_webhook(body: bytes) -> bool:
    """Take an authentic webhook's event; False when too many are waiting.

    An event that cannot be read is taken too: sending it again would not make it readable.
    """
    try:
        event = parse_event(body)
    except UnreadableEvent as error:
        logger.warning("A webhook's event was ignored: %s.", error)
        event = None
    inbox: Inbox = current_app.extensions["pushed_events"]
    return inbox.put(WEBHOOK, event)


def hold_websocket(app: Flask, box: Inbox, stop: Event) -> None:
    """Receive events through the websocket until ``stop`` is set; without an address or credentials do nothing."""
    config = app.config
    if not (config["SKINSBACK_WEBSOCKET_URL"] and config["SKINSBACK_CLIENT_ID"]):
        return
    EventSocket(
        config["SKINSBACK_WEBSOCKET_URL"],
        config["SKINSBACK_CLIENT_ID"],
        config["SKINSBACK_CLIENT_SECRET"],
        on_event=lambda event: _put(box, event),
        on_alive=lambda: _put(box, None),
        on_problem=lambda sentence: _note_problem(app, sentence),
        stop=stop,
    ).run()


def _put(box: Inbox, event: PushedEvent | None) -> None:
    if not box.put(WEBSOCKET, event):
        logger.warning("A pushed event was dropped, because too many are waiting for the database.")


def _note_problem(app: Flask, sentence: str) -> None:
    try:
        with app.app_context():
            skinsback_state.record_events_problem(sentence)
    except SQLAlchemyError:
        logger.warning("That the websocket is not connected could not be noted.")
