"""The HTTP side: a threaded server with keep-alive connections."""

import logging
import math
import socket
import struct
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock
from typing import Any

from dashboard.simulator.control import CONTROL_PATH, Control
from dashboard.simulator.replies import Reply
from dashboard.simulator.requestbody import parse_parameters
from dashboard.simulator.service import Service

API_PATH = "/api.php"
LARGEST_BODY = 16 * 1024 * 1024
IDLE_SECONDS = 60
DRIP_PIECES = 20

log = logging.getLogger(__name__)


class SimulatorServer(ThreadingHTTPServer):
    """Serves the API, and can be stopped with connections still open."""

    daemon_threads = False
    block_on_close = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], service: Service, control: Control) -> None:
        self.service = service
        self.control = control
        self.stopping = Event()
        self._connections: set[socket.socket] = set()
        self._connections_lock = Lock()
        super().__init__(address, Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the connection, so that stopping can end it."""
        with self._connections_lock:
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forget the connection and close it."""
        with self._connections_lock:
            self._connections.discard(request)
        super().shutdown_request(request)

    def end_connections(self) -> None:
        """End what idle clients keep open; their threads then end too."""
        self.stopping.set()
        with self._connections_lock:
            for connection in self._connections:
                _shut(connection)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is no error; anything else is logged."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError | ValueError):
            log.exception("Request from %s failed", client_address)


class Handler(BaseHTTPRequestHandler):
    """One connection; requests follow each other on it."""

    server: SimulatorServer
    protocol_version = "HTTP/1.1"
    timeout = IDLE_SECONDS
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        """Answer a request to the API."""
        self._handle()

    do_GET = do_PUT = do_DELETE = do_PATCH = do_POST  # noqa: N815 - http.server finds its methods by these names.

    def _handle(self) -> None:
        body = self._read_body()
        if body is None:
            return
        path = self.path.partition("?")[0]
        if path.startswith(CONTROL_PATH):
            self._send(self.server.control.respond(self.command, path, body))
        elif path != API_PATH:
            self.send_error(404)
        elif self.command != "POST":
            self._send(self.server.service.refuse_method())
        else:
            parameters = parse_parameters(self.headers.get("Content-Type", ""), body)
            self._send(self.server.service.respond(self.headers, parameters))

    def log_message(self, format: str, *args: Any) -> None:
        """Stay silent: the request log of the simulator counts requests."""

    def _read_body(self) -> bytes | None:
        length = self.headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) > LARGEST_BODY or self.headers.get("Transfer-Encoding"):
            self.close_connection = True
            self.send_error(413)
            return None
        return self.rfile.read(int(length))

    def _send(self, reply: Reply) -> None:
        self.server.stopping.wait(reply.latency)
        if reply.reset:
            self._reset()
            return
        self.send_response(reply.http_status)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if reply.cut_off:
            self.wfile.write(reply.body[: len(reply.body) // 2])
            self.close_connection = True
        elif reply.drip:
            self._drip(reply.body, reply.drip)
        else:
            self.wfile.write(reply.body)

    def _drip(self, body: bytes, seconds: float) -> None:
        size = max(1, math.ceil(len(body) / DRIP_PIECES))
        for begin in range(0, len(body), size):
            self.wfile.write(body[begin : begin + size])
            self.wfile.flush()
            self.server.stopping.wait(seconds / DRIP_PIECES)

    def _reset(self) -> None:
        """Close without the usual farewell: the client's kernel reports a reset connection."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True


def _shut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        log.debug("A connection was already closed")
