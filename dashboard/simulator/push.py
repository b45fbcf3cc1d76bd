"""Pushed events: their bodies, and how they reach websockets and a webhook.

Source: the documentation pages ``api_event_websocket`` and ``api_event_webhook``. Events are partial: neither Steam ID
nor date nor hold stand in them. They are made from API objects, so that they always say what a look-up at the same
moment would say.
"""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from decimal import Decimal
from queue import Empty, Full, Queue
from threading import Event as Flag
from threading import Lock, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve

from dashboard.simulator.access import is_websocket_allowed, webhook_signature
from dashboard.simulator.faults import Faults

WEBSOCKET_PATH = "/ws/"
WEBHOOK_TIMEOUT_SECONDS = 3
MOST_WAITING = 10_000
"""Events that a receiver may be behind; past that it loses the newest ones, as with a receiver that is gone."""

Event = dict[str, Any]

_BUY_FIELDS = ("item", "buy_id", "offer_status", "balance_debited_sum", "custom_id")
_STATUS_FIELDS = ("buy_id", "offer_status", "error_reason", "tradeofferid", "custom_id")


def buy_item(purchase: Mapping[str, Any]) -> Event:
    """A purchase was made."""
    return {"event": "buy_item", "data": {name: purchase[name] for name in _BUY_FIELDS if name in purchase}}


def status_change(purchase: Mapping[str, Any]) -> Event:
    """A purchase changed its status, its reason or its trade offer."""
    fields = {name: purchase[name] for name in _STATUS_FIELDS if name in purchase}
    return {"event": "status_change", "data": {"item": {"id": purchase.get("item", {}).get("id")}, **fields}}


def balance_change(balance: Decimal) -> Event:
    """The project's balance (USD) is another one now."""
    return {"event": "balance_change", "data": {"balance_value": str(balance)}}


class Receiver:
    """Hands events to a function, in order, on a thread of its own, so that no receiver holds up another."""

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
        with self._lock:
            self._receivers.add(receiver)

    def remove(self, receiver: Receiver) -> None:
        with self._lock:
            self._receivers.discard(receiver)


def post_to_webhook(url: str, event: Event) -> None:
    """Post one event once, signed; never raises for what the receiver does. What it does not take is lost."""
    body = json.dumps(event).encode()
    headers = {"Content-Type": "application/json", "Signature": webhook_signature(body)}
    with requests.Session() as session, suppress(requests.RequestException):
        session.trust_env = False
        session.post(url, data=body, headers=headers, timeout=WEBHOOK_TIMEOUT_SECONDS, allow_redirects=False)


class WebsocketServer:
    """Accepts websocket connections and pushes events to those that show the right signature."""

    def __init__(self, host: str, port: int, hub: Hub) -> None:
        self._hub = hub
        self._connections: set[ServerConnection] = set()
        self.server: Server = serve(self._handle, host, port, close_timeout=1)
        self.port: int = self.server.socket.getsockname()[1]

    def drop_connections(self) -> None:
        """End all connections, as when SkinsBack restarts its server; new ones are accepted."""
        for connection in list(self._connections):
            connection.close(1012)

    def _handle(self, connection: ServerConnection) -> None:
        if not _is_allowed(connection):
            _send(connection, {"event": "auth_failed"})
            return
        receiver = Receiver(lambda event: _send(connection, event), "simulator-websocket")
        receiver.put({"event": "auth_success"})
        self._connections.add(connection)
        self._hub.add(receiver)
        try:
            _answer_pings(connection)
        finally:
            self._hub.remove(receiver)
            self._connections.discard(connection)
            receiver.end()


def _is_allowed(connection: ServerConnection) -> bool:
    request = connection.request
    address = urlsplit(request.path if request is not None else "")
    query = {name: values[-1] for name, values in parse_qs(address.query).items()}
    return address.path == WEBSOCKET_PATH and is_websocket_allowed(query)


def _answer_pings(connection: ServerConnection) -> None:
    """Answer ``ping`` until the client goes; everything else is ignored."""
    with suppress(ConnectionClosed):
        for message in connection:
            if message == "ping":
                connection.send("pong")


def _send(connection: ServerConnection, event: Event) -> None:
    with suppress(ConnectionClosed):
        connection.send(json.dumps(event))
