"""Who asks, how often, and the record of what was asked.

SkinsBack knows two ways to say who asks, and both are really checked here: the headers ``X-CLIENT-ID`` and
``X-CLIENT-SECRET``, or the body parameters ``shopid`` and ``sign``. Source: the documentation page ``signature``.
"""

import hashlib
import hmac
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from threading import Lock
from typing import Any

WINDOW_SECONDS = 60.0
REMEMBERED_REQUESTS = 10_000
CLIENT_ID = "demo-client"
CLIENT_SECRET = "demo-secret"  # noqa: S105 - A fixed word that opens nothing but this simulator.

MISSING_PARAMETER = 1
OFFER_NOT_FOUND = 2
NOT_POST = -1
INVALID_SHOPID = -2
INVALID_SIGNATURE = -3
INVALID_METHOD = -5
REQUEST_LIMIT = -7
INVALID_CLIENT_SECRET = -10
ERROR_NAMES = {
    MISSING_PARAMETER: "missing_one_of_required_params",
    OFFER_NOT_FOUND: "offer_not_found",
    NOT_POST: "please_use_post_method",
    INVALID_SHOPID: "invalid_shopid",
    INVALID_SIGNATURE: "invalid_signature",
    -4: "shop_not_active",
    INVALID_METHOD: "invalid_method",
    -6: "market_disabled",
    REQUEST_LIMIT: "request_limit_reached",
    -8: "invalid_ip_address",
    -9: "under_maintenance",
    INVALID_CLIENT_SECRET: "invalid_client_secret",
}


class ApiError(Exception):
    """A request that SkinsBack answers with an error code (and with HTTP 200)."""

    def __init__(self, code: int) -> None:
        super().__init__(ERROR_NAMES.get(code, "unknown_error"))
        self.code = code

    def answer(self) -> dict[str, Any]:
        """The answer's body."""
        return {"status": "error", "error_code": self.code, "error_message": str(self)}


def check_sender(headers: Message, parameters: Mapping[str, Any]) -> None:
    """Raise ApiError -2, -3 or -10 unless the request comes from the one project that the simulator knows."""
    is_by_headers = headers.get("X-CLIENT-ID") is not None
    shown_id = headers.get("X-CLIENT-ID", "") if is_by_headers else _as_signed(parameters.get("shopid", ""))
    if not _equal(shown_id, CLIENT_ID):
        raise ApiError(INVALID_SHOPID)
    if is_by_headers and not _equal(headers.get("X-CLIENT-SECRET", ""), CLIENT_SECRET):
        raise ApiError(INVALID_CLIENT_SECRET)
    if not is_by_headers and not _equal(str(parameters.get("sign", "")), _signature(parameters)):
        raise ApiError(INVALID_SIGNATURE)


def is_websocket_allowed(query: Mapping[str, str]) -> bool:
    """Say whether a client shows its id, and the md5 of id and secret. Source: page ``api_event_websocket``."""
    expected = hashlib.md5((CLIENT_ID + CLIENT_SECRET).encode(), usedforsecurity=False).hexdigest()
    return query.get("shopid") == CLIENT_ID and _equal(query.get("signature", ""), expected)


def webhook_signature(body: bytes) -> str:
    """The header ``Signature`` of a pushed event: hex HMAC-SHA256. Source: page ``api_event_webhook``."""
    return hmac.new(CLIENT_SECRET.encode(), body, hashlib.sha256).hexdigest()


def signed_text(parameters: Mapping[str, Any]) -> str:
    """``key:value;`` for every parameter in ascending order of key, without ``sign``, arrays and objects."""
    return "".join(
        f"{key}:{_as_signed(value)};"
        for key, value in sorted(parameters.items())
        if key != "sign" and not isinstance(value, list | dict)
    )


def _signature(parameters: Mapping[str, Any]) -> str:
    return hmac.new(CLIENT_SECRET.encode(), signed_text(parameters).encode(), hashlib.sha1).hexdigest()


def _as_signed(value: object) -> str:
    """A value as PHP joins it to a text: true is ``1``, false and null are nothing."""
    if value is None or value is False:
        return ""
    return "1" if value is True else str(value)


def _equal(shown: str, expected: str) -> bool:
    return hmac.compare_digest(shown.encode("utf-8", "surrogatepass"), expected.encode())


class RequestLimit:
    """Counts the requests of the last 60 seconds.

    The documentation says "500/per minute" and that going past it is answered with error -7 for some time. How long
    is not documented: ``block_seconds``.
    """

    def __init__(self, requests_per_minute: int, block_seconds: float) -> None:
        """``requests_per_minute`` 0 means no limit."""
        self._requests_per_minute = requests_per_minute
        self._block_seconds = block_seconds
        self._blocked_until = 0.0
        self._times: deque[float] = deque()
        self._lock = Lock()

    def check(self, moment: float) -> None:
        """Count a request at ``moment``. Raises ApiError -7 when it goes past the limit or falls into a block."""
        if not self._requests_per_minute:
            return
        with self._lock:
            if moment < self._blocked_until:
                raise ApiError(REQUEST_LIMIT)
            _forget_before(self._times, moment)
            if len(self._times) >= self._requests_per_minute:
                self._blocked_until = moment + self._block_seconds
                raise ApiError(REQUEST_LIMIT)
            self._times.append(moment)


def _forget_before(times: deque[float], moment: float) -> None:
    """Drop the times that no longer belong to the 60 seconds which end at ``moment``."""
    while times and times[0] <= moment - WINDOW_SECONDS:
        times.popleft()


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
        return self.error_code is not None


class RequestLog:
    """The latest requests, oldest first, and counters over all of them."""

    def __init__(self) -> None:
        self.by_method: Counter[str] = Counter()
        self.by_error_code: Counter[int] = Counter()
        self.total = 0
        self.max_in_60_seconds = 0
        """The most requests ever received in any sliding 60 seconds, refused ones included."""
        self._latest: deque[ReceivedRequest] = deque(maxlen=REMEMBERED_REQUESTS)
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
            _forget_before(self._window, request.time)
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
