"""The websocket side. Source: the documentation page ``api_event_websocket``."""

import hmac
import json
from urllib.parse import parse_qs, urlsplit

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve

from dashboard.simulator.authentication import Credentials
from dashboard.simulator.events import Event
from dashboard.simulator.push import Hub, Receiver

PATH = "/ws/"


class WebsocketServer:
    """Accepts websocket connections and pushes events to those that show the right signature."""

    def __init__(self, host: str, port: int, credentials: Credentials, hub: Hub) -> None:
        self._credentials = credentials
        self._hub = hub
        self._connections: set[ServerConnection] = set()
        self.server: Server = serve(self._handle, host, port, close_timeout=1)
        self.port: int = self.server.socket.getsockname()[1]

    def drop_connections(self) -> None:
        """End all connections, as when SkinsBack restarts its server; new ones are accepted."""
        for connection in list(self._connections):
            connection.close(1012)

    def _handle(self, connection: ServerConnection) -> None:
        if not self._is_allowed(connection):
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

    def _is_allowed(self, connection: ServerConnection) -> bool:
        request = connection.request
        address = urlsplit(request.path if request is not None else "")
        query = {name: values[-1] for name, values in parse_qs(address.query).items()}
        shown = query.get("signature", "").encode()
        is_signed = hmac.compare_digest(shown, self._credentials.websocket_signature().encode())
        return address.path == PATH and query.get("shopid") == self._credentials.client_id and is_signed


def _answer_pings(connection: ServerConnection) -> None:
    """Until the client goes: ``ping`` is answered, everything else is ignored."""
    try:
        for message in connection:
            if message == "ping":
                connection.send("pong")
    except ConnectionClosed:
        return


def _send(connection: ServerConnection, event: Event) -> None:
    try:
        connection.send(json.dumps(event))
    except ConnectionClosed:
        return
