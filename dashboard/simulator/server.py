"""The HTTP side: a threaded server with keep-alive connections, and what happens to a request until its answer."""

import json
import logging
import math
import re
import socket
import struct
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock
from typing import Any
from urllib.parse import parse_qsl

from dashboard.simulator.access import (
    MISSING_PARAMETER,
    NOT_POST,
    ApiError,
    ReceivedRequest,
    RequestLimit,
    RequestLog,
    check_sender,
)
from dashboard.simulator.answers import Answers, encode, is_given
from dashboard.simulator.faults import Faults, make_unusual
from dashboard.simulator.plans import Clock

API_PATH = "/api.php"
CONTROL_PATH = "/_control"
LARGEST_BODY = 16 * 1024 * 1024
IDLE_SECONDS = 60
DRIP_PIECES = 20
SPOILERS = ("reset", "html_502", "empty_body", "truncated_json", "cut_off")
"""Faults of which one at most strikes an answer on its way."""
BAD_GATEWAY = b"""<html>
<head><title>502 Bad Gateway</title></head>
<body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body>
</html>
"""

_ARRAY_KEY = re.compile(r"^([^\[\]]+)\[[^\[\]]*\]$")

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Reply:
    """An HTTP answer before it is sent, with what shall go wrong on the way."""

    body: bytes = b""
    http_status: int = 200
    content_type: str = "application/json; charset=utf-8"
    latency: float = 0.0
    """Seconds to wait first."""
    drip: float = 0.0
    """Seconds over which the body is spread."""
    reset: bool = False
    """Reset the connection instead of answering."""
    cut_off: bool = False
    """End the connection in the middle of the body."""


Control = Callable[[str, str, bytes], Reply]
"""Answers a request to ``/_control``: its HTTP method, path and body."""


@dataclass(frozen=True)
class Service:
    """Checks, counts and answers requests."""

    clock: Clock
    limit: RequestLimit
    answers: Answers
    faults: Faults
    requests: RequestLog

    def respond(self, headers: Message, parameters: Mapping[str, Any]) -> Reply:
        """The answer to a POST request."""
        moment = self.clock.now()
        method = str(parameters.get("method", ""))
        ids = _count_ids(parameters)
        code: int | None = None
        try:
            check_sender(headers, parameters)
            self.limit.check(moment)
            self._check_faults(method, ids)
            answer = make_unusual(self.answers.answer(parameters), self.faults, method)
        except ApiError as error:
            code = error.code
            answer = error.answer()
        reply = Reply(encode(answer))
        fault = _disturb(reply, self.faults, method)
        self.requests.add(ReceivedRequest(moment, method, ids, code, fault))
        return reply

    def refuse_method(self) -> Reply:
        """The answer to anything but POST."""
        self.requests.add(ReceivedRequest(self.clock.now(), "", 0, NOT_POST))
        return Reply(encode(ApiError(NOT_POST).answer()))

    def _check_faults(self, method: str, ids: int) -> None:
        code = self.faults.take("error_code", method)
        if code is not None:
            raise ApiError(code)
        most = self.faults.take("max_ids", method)
        if most is not None and ids > most:
            raise ApiError(MISSING_PARAMETER)


def _count_ids(parameters: Mapping[str, Any]) -> int:
    if is_given(parameters.get("buy_id")):
        return 1
    ids = parameters.get("custom_ids") or parameters.get("buy_ids")
    return len(ids) if isinstance(ids, list) else 0


def _disturb(reply: Reply, faults: Faults, method: str) -> str:
    """Apply the faults between server and client; returns the name of the one that spoiled the answer, if any."""
    reply.latency = faults.take("latency", method) or 0.0
    reply.drip = faults.take("drip", method) or 0.0
    spoiler = next((name for name in SPOILERS if faults.take(name, method) is not None), "")
    reply.reset = spoiler == "reset"
    reply.cut_off = spoiler == "cut_off"
    if spoiler == "html_502":
        reply.body, reply.http_status, reply.content_type = BAD_GATEWAY, 502, "text/html"
    elif spoiler == "empty_body":
        reply.body = b""
    elif spoiler == "truncated_json":
        reply.body = reply.body[: len(reply.body) // 2]
    return spoiler


def _parse_parameters(content_type: str, body: bytes) -> dict[str, Any]:
    """The parameters; none at all when the body cannot be read, which then fails the check of who is asking."""
    text = body.decode("utf-8", "replace")
    if "json" in content_type.lower():
        return _parse_json(text)
    return _parse_form(text)


def _parse_json(text: str) -> dict[str, Any]:
    try:
        parameters = json.loads(text)
    except ValueError:
        return {}
    return parameters if isinstance(parameters, dict) else {}


def _parse_form(text: str) -> dict[str, Any]:
    """``buy_ids[]=1&buy_ids[]=2`` and ``buy_ids[0]=1`` make a list; of a plain name the last value counts."""
    parameters: dict[str, Any] = {}
    for key, value in parse_qsl(text, keep_blank_values=True):
        array = _ARRAY_KEY.match(key)
        if array is None:
            parameters[key] = value
            continue
        values = parameters.setdefault(array.group(1), [])
        if isinstance(values, list):
            values.append(value)
    return parameters


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
        with self._connections_lock:
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
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
            self._send(self.server.control(self.command, path, body))
        elif path != API_PATH:
            self.send_error(404)
        elif self.command != "POST":
            self._send(self.server.service.refuse_method())
        else:
            parameters = _parse_parameters(self.headers.get("Content-Type", ""), body)
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
