"""The websocket that SkinsBack pushes events through (page ``api_event_websocket``): held open, reconnected, pinged."""

import logging
import random
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass, field
from threading import Event
from time import monotonic
from urllib.parse import urlencode

from websockets.exceptions import InvalidHandshake, InvalidURI, WebSocketException
from websockets.sync.client import ClientConnection, connect

from dashboard.lib.waits import doubled
from dashboard.skinsback.events import (
    AUTH_FAILED,
    AUTH_SUCCESS,
    LARGEST_EVENT,
    PushedEvent,
    UnreadableEvent,
    parse_event,
    websocket_signature,
)

logger = logging.getLogger(__name__)

PING_EVERY = 30.0
"""In seconds; the documentation asks for the text ``ping``."""
ANSWERS_WITHIN = 10.0
"""In seconds: for connecting, for the first event, and for the protocol's own answer to a ping."""
LOOKS_FOR_STOP_EVERY = 0.5
"""In seconds."""
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""In seconds between two connections: twice as long each time, drawn at random from the upper half."""
PAUSE_AFTER_REFUSAL = 300.0
"""In seconds. Only an administrator can end a refusal."""


class _Refused(Exception):
    """SkinsBack does not accept our signature."""


@dataclass(eq=False)
class EventSocket:
    """Receives pushed events until told to stop. Nothing that goes wrong in it is raised."""

    url: str
    client_id: str
    client_secret: str = field(repr=False)
    _: KW_ONLY
    on_event: Callable[[PushedEvent], None]
    on_alive: Callable[[], None]
    """Called while events can arrive, at every ping at least."""
    on_problem: Callable[[str], None]
    """Called with a sentence."""
    stop: Event
    ping_every: float = PING_EVERY
    first_pause: float = FIRST_PAUSE
    _failures: int = field(default=0, init=False)

    def run(self) -> None:
        while not self.stop.is_set():
            self.stop.wait(self._connect_once())

    def _connect_once(self) -> float:
        """Return how many seconds to wait before the next connection."""
        try:
            with connect(
                self._address(), open_timeout=ANSWERS_WITHIN, close_timeout=1, max_size=LARGEST_EVENT,
                ping_interval=None, user_agent_header=None, proxy=None,
            ) as connection:  # fmt: skip
                self._listen(connection)
        except _Refused:
            self._tell("SkinsBack refuses our websocket: compare SKINSBACK_CLIENT_ID and the secret with the panel.")
            return PAUSE_AFTER_REFUSAL
        except InvalidURI:
            self._tell("SKINSBACK_WEBSOCKET_URL is not a valid websocket address.")
            return PAUSE_AFTER_REFUSAL
        except (InvalidHandshake, WebSocketException, OSError, EOFError) as error:
            self._tell(f"The websocket to SkinsBack is not connected ({type(error).__name__}).")
        self._failures += 1
        return self._pause()

    def _address(self) -> str:
        # It holds the signature, so it is never logged.
        signature = websocket_signature(self.client_id, self.client_secret)
        query = urlencode({"shopid": self.client_id, "signature": signature})
        return f"{self.url}{'&' if '?' in self.url else '?'}{query}"

    def _pause(self) -> float:
        longest = doubled(self.first_pause, LONGEST_PAUSE, self._failures)
        return random.uniform(longest / 2, longest)  # noqa: S311 - Spreads connections; no secret depends on it.

    def _tell(self, sentence: str) -> None:
        if not self.stop.is_set():
            logger.warning(sentence)
            self.on_problem(sentence)

    def _listen(self, connection: ClientConnection) -> None:
        self._authenticate(connection)
        self.on_alive()
        pinged_at = monotonic()
        while not self.stop.is_set():
            if monotonic() - pinged_at >= self.ping_every:
                pinged_at = monotonic()
                self._ping(connection)
            try:
                message = connection.recv(timeout=LOOKS_FOR_STOP_EVERY)
            except TimeoutError:
                continue
            event = _event_in(message)
            if event is not None:
                self.on_event(event)

    def _authenticate(self, connection: ClientConnection) -> None:
        first = _event_in(connection.recv(timeout=ANSWERS_WITHIN))
        if first is not None and first.name == AUTH_FAILED:
            raise _Refused
        if first is None or first.name != AUTH_SUCCESS:
            raise OSError("the first message is not a documented one")

    def _ping(self, connection: ClientConnection) -> None:
        connection.send("ping")
        # Whether SkinsBack answers the text is not documented; every websocket answers the protocol's own ping.
        if not connection.ping().wait(ANSWERS_WITHIN):
            raise TimeoutError("no answer to a ping")
        # Not before: one that is ended again and again right after the welcome must not be made every second.
        self._failures = 0
        self.on_alive()


def _event_in(message: str | bytes) -> PushedEvent | None:
    if message in ("pong", b"pong"):
        return None
    try:
        return parse_event(message)
    except UnreadableEvent as error:
        logger.warning("A message on the websocket was ignored: %s.", error)
        return None
