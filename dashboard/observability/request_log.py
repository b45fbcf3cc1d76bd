"""One log line for each request, and the id of the request: a layer around the whole application."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, quote

from dashboard.lib import trace
from dashboard.lib.trace import ROUTE, USER_ID
from dashboard.observability import http_metrics

logger = logging.getLogger(__name__)

HEADER = "X-Request-ID"

LOGGED_VALUES = frozenset({
    "status", "reason", "hold", "from", "to", "min", "max", "sort", "tz", "by", "window", "poll", "open", "part",
    "since", "until", "phase", "fault", "who", "which", "bin", "number", "outcome", "before", "try",
})  # fmt: skip
"""Parameters that hold no id of anybody; of all others the line has only the name."""

LONGEST_ADDRESS = 500

StartResponse = Callable[..., Callable[[bytes], object]]


class RequestLog:
    """WSGI middleware. The line is written when the last byte has been handed over, so a download counts whole."""

    def __init__(self, app: Callable[..., Iterable[bytes]], *, with_ids: bool) -> None:
        self._app = app
        self._with_ids = with_ids

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        request_id = trace.begin(environ.get("HTTP_X_REQUEST_ID"), environ.get("HTTP_TRACEPARENT"))
        answer = _LoggedAnswer(self, environ)

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Callable[[bytes], object]:
            answer.status = int(status[:3])
            return start_response(status, [*headers, (HEADER, request_id)], *rest)

        answer.body = self._app(environ, start)
        return answer

    def write(self, environ: dict[str, Any], status: int, seconds: float) -> None:
        fields = {
            "method": environ.get("REQUEST_METHOD"),
            "path": self.address(environ),
            "status": status,
            "ms": round(seconds * 1000, 1),
            "user_id": environ.get(USER_ID),
        }
        logger.info("request", extra={"fields": fields})
        http_metrics.observe(str(environ.get("REQUEST_METHOD")), _route(environ), status, seconds)

    def address(self, environ: dict[str, Any]) -> str:
        """Return path and parameters with only those values that hold no id, unless ids may be logged."""
        path = quote(str(environ.get("PATH_INFO", "")), safe="/:@!$&'()*+,;=~")
        query = str(environ.get("QUERY_STRING", ""))
        if self._with_ids:
            return (f"{path}?{query}" if query else path)[:LONGEST_ADDRESS]
        if path.startswith("/users/"):
            path = "/users/…"
        shown = [
            f"{quote(name, safe='')}={quote(value, safe=':+-') if name in LOGGED_VALUES else '…'}"
            for name, value in parse_qsl(query, keep_blank_values=True)[:40]
        ]
        return (f"{path}?{'&'.join(shown)}" if shown else path)[:LONGEST_ADDRESS]


def _route(environ: dict[str, Any]) -> str:
    if str(environ.get("PATH_INFO", "")).startswith("/static/"):
        return "static"
    return str(environ.get(ROUTE) or "none")


@dataclass(eq=False)
class _LoggedAnswer:
    log: RequestLog
    environ: dict[str, Any]
    started: float = field(default_factory=time.perf_counter)
    status: int = 0
    body: Iterable[bytes] = ()

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.body)

    def close(self) -> None:
        """Called by the server when the answer is out or the reader has gone."""
        try:
            if hasattr(self.body, "close"):
                self.body.close()
        finally:
            self.log.write(self.environ, self.status, time.perf_counter() - self.started)
            trace.end()
