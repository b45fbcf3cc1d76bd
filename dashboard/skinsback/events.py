"""Pure: Pushed events: what they say, and how a sender shows that it is SkinsBack.

Source: the pages ``api_event_websocket`` and ``api_event_webhook`` of SkinsBack's API v1 documentation. Events are
partial, so they are a hint to ask about a purchase, never a record of it.
"""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dashboard.skinsback.parsing import LARGEST_ID, UnreadableItem, parse_json, parse_money, writable

LARGEST_EVENT = 64 * 1024
"""In bytes. A documented event has some hundred."""

AUTH_SUCCESS = "auth_success"
AUTH_FAILED = "auth_failed"


@dataclass(frozen=True, slots=True)
class PushedEvent:
    """One event. ``buy_id`` is the purchase it names, ``balance`` the balance in USD it tells; None where it does not.

    ``name`` is the API's own word, shown unchanged when it is not a documented one, save for characters that no
    database can keep.
    """

    name: str
    buy_id: int | None = None
    balance: Decimal | None = None


class UnreadableEvent(ValueError):
    """A message that is no event."""


def parse_event(message: bytes | str) -> PushedEvent:
    """Return the event in a message. Raises UnreadableEvent with the reason."""
    if len(message) > LARGEST_EVENT:
        raise UnreadableEvent("it is larger than any event should be")
    try:
        body = parse_json(message)
    except (ValueError, RecursionError, ArithmeticError):
        raise UnreadableEvent("it is not JSON") from None
    name = body.get("event") if isinstance(body, dict) else None
    if not isinstance(name, str) or not name:
        raise UnreadableEvent("it names no event")
    name = writable(name)
    data = body.get("data")
    fields: Mapping[str, Any] = data if isinstance(data, dict) else {}
    if name == "balance_change":
        return PushedEvent(name, balance=_balance(fields.get("balance_value")))
    return PushedEvent(name, buy_id=_buy_id(fields.get("buy_id")))


def _balance(value: Any) -> Decimal:
    try:
        return parse_money(value, "balance_value")
    except UnreadableItem as error:
        raise UnreadableEvent(str(error)) from None


def _buy_id(value: Any) -> int | None:
    if value is None:
        return None
    text = str(value)
    if isinstance(value, bool) or not (text.isascii() and text.isdigit()) or len(text) > 19:
        raise UnreadableEvent("its buy_id is not a number")
    number = int(text)
    if not 0 < number <= LARGEST_ID:
        raise UnreadableEvent("its buy_id is not one that SkinsBack can have")
    return number


def websocket_signature(client_id: str, client_secret: str) -> str:
    """Return the ``signature`` of the websocket's address, which is also the ``X-SIGN`` of older webhooks."""
    return hashlib.md5(f"{client_id}{client_secret}".encode()).hexdigest()  # noqa: S324 - The API asks for MD5.


def is_from_skinsback(body: bytes, header: Callable[[str], str | None], client_id: str, client_secret: str) -> bool:
    """Say whether a webhook's sender knows our Client Secret.

    ``Signature``, or ``Authorization`` where the documentation's prose puts it, is the hex HMAC-SHA256 of the raw
    body; senders of the older kind show ``X-SIGN`` only. Where a signature of the body is shown, it alone decides.
    ``header`` returns a header by its name, whatever its case. Compared in constant time.
    """
    if not client_secret:
        return False
    shown = header("Signature") or header("Authorization")
    if shown is not None:
        expected = hmac.new(client_secret.encode(), body, hashlib.sha256).hexdigest()
        return _is_same(shown, expected)
    old = header("X-SIGN")
    return old is not None and _is_same(old, websocket_signature(client_id, client_secret))


def _is_same(shown: str, expected: str) -> bool:
    return hmac.compare_digest(shown.strip().lower().encode("utf-8", "replace"), expected.encode())
