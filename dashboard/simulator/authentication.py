"""Who is asking? SkinsBack knows two ways to say it, and both are really checked here.

Headers ``X-CLIENT-ID`` and ``X-CLIENT-SECRET``, or the body parameters ``shopid`` and ``sign``.
Source: the documentation page ``signature``.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from typing import Any

from dashboard.simulator.errors import INVALID_CLIENT_SECRET, INVALID_SHOPID, INVALID_SIGNATURE, ApiError


@dataclass(frozen=True)
class Credentials:
    """The one project that the simulator knows."""

    client_id: str
    client_secret: str

    def check(self, headers: Message, parameters: Mapping[str, Any]) -> None:
        """Raise ApiError -2, -3 or -10 unless the request comes from this project."""
        if headers.get("X-CLIENT-ID") is not None:
            self._check_headers(headers)
        else:
            self._check_signature(parameters)

    def _check_headers(self, headers: Message) -> None:
        if not _equal(headers.get("X-CLIENT-ID", ""), self.client_id):
            raise ApiError(INVALID_SHOPID)
        if not _equal(headers.get("X-CLIENT-SECRET", ""), self.client_secret):
            raise ApiError(INVALID_CLIENT_SECRET)

    def _check_signature(self, parameters: Mapping[str, Any]) -> None:
        if not _equal(_as_signed(parameters.get("shopid", "")), self.client_id):
            raise ApiError(INVALID_SHOPID)
        if not _equal(str(parameters.get("sign", "")), signature(parameters, self.client_secret)):
            raise ApiError(INVALID_SIGNATURE)

    def websocket_signature(self) -> str:
        """What a websocket client must show: md5 of id and secret, in hex. Source: page ``api_event_websocket``."""
        joined = (self.client_id + self.client_secret).encode()
        return hashlib.md5(joined, usedforsecurity=False).hexdigest()

    def webhook_signature(self, body: bytes) -> str:
        """The header ``Signature`` of a pushed event: hex HMAC-SHA256. Source: page ``api_event_webhook``."""
        return hmac.new(self.client_secret.encode(), body, hashlib.sha256).hexdigest()


def signed_text(parameters: Mapping[str, Any]) -> str:
    """``key:value;`` for every parameter in ascending order of key, without ``sign``, arrays and objects."""
    return "".join(
        f"{key}:{_as_signed(value)};"
        for key, value in sorted(parameters.items())
        if key != "sign" and not isinstance(value, list | dict)
    )


def signature(parameters: Mapping[str, Any], client_secret: str) -> str:
    """The value that the parameter ``sign`` must have: hex HMAC-SHA1 of the signed text."""
    return hmac.new(client_secret.encode(), signed_text(parameters).encode(), hashlib.sha1).hexdigest()


def _as_signed(value: object) -> str:
    """A value as PHP joins it to a text: true is ``1``, false and null are nothing."""
    if value is None or value is False:
        return ""
    return "1" if value is True else str(value)


def _equal(shown: str, expected: str) -> bool:
    return hmac.compare_digest(shown.encode("utf-8", "surrogatepass"), expected.encode())
