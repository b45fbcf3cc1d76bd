"""What must not stand in a log line: configured secrets in any spelling, and Steam IDs unless a setting allows them."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import quote, quote_plus, urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from dashboard.config import SETTINGS

REDACTED = "[redacted]"
STEAM_ID = "[steam id]"

SHORTEST = 3
"""A shorter secret would turn every line into dots, and is none."""

_COLON = r"(?::|%3A)"
# In an address the digits of an escaped letter may stand before the number, such as those of a space: %20.
_NO_DIGIT_BEFORE = r"(?:(?<!\d)|(?<=%[0-9A-F]{2}))"
_STEAM_IDS = re.compile(
    rf"{_NO_DIGIT_BEFORE}7656119\d{{10}}(?!\d)|STEAM_\d{_COLON}\d{_COLON}\d+|(?:\[|%5B|\b)U{_COLON}1{_COLON}\d+(?:\]|%5D)?",
    re.IGNORECASE,
)

Redact = Callable[[str], str]


def redactor(settings: Mapping[str, Any], *, with_steam_ids: bool) -> Redact:
    """Return the function that every text passes before it is logged."""
    spellings = sorted(_spellings(_secrets(settings)), key=len, reverse=True)
    secret = re.compile("|".join(map(re.escape, spellings))) if spellings else None

    def redact(text: str) -> str:
        if secret is not None:
            text = secret.sub(REDACTED, text)
        return text if with_steam_ids else _STEAM_IDS.sub(STEAM_ID, text)

    return redact


def _secrets(settings: Mapping[str, Any]) -> Iterable[str]:
    for setting in SETTINGS:
        value = settings.get(setting.name)
        if setting.is_secret and isinstance(value, str):
            yield value
            if "://" in value:
                yield from _parts_of_address(value)
    # What signs the websocket and the older webhook is as good as the secret itself.
    pair = f"{settings.get('SKINSBACK_CLIENT_ID', '')}{settings.get('SKINSBACK_CLIENT_SECRET', '')}"
    if settings.get("SKINSBACK_CLIENT_SECRET"):
        yield hashlib.md5(pair.encode(), usedforsecurity=False).hexdigest()


def _parts_of_address(address: str) -> Iterable[str]:
    """An error names a database by its password, or a receiver by its path, without the rest of the address."""
    # A secret may merely look like an address.
    with suppress(ArgumentError, ValueError):
        if address.startswith(("http://", "https://")):
            path = urlsplit(address).path
            if len(path) > SHORTEST:
                yield path
        else:
            yield str(make_url(address).password or "")


def _spellings(secrets: Iterable[str]) -> set[str]:
    spellings = set()
    for secret in secrets:
        if len(secret) >= SHORTEST:
            spellings |= {secret, quote(secret), quote(secret, safe=""), quote_plus(secret)}
            spellings |= {json.dumps(secret)[1:-1], repr(secret)[1:-1]}
    return spellings
