"""Pure: rows of the database turned into what a page shows: words, links, differences. No page computes any of it."""

import contextlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from dashboard.purchases import statuses
from dashboard.purchases.finality import HOLD_LENGTH, Settlement
from dashboard.purchases.rows import TRACKED
from dashboard.purchases.statuses import Badge, Reason
from dashboard.skinsback.parsing import writable

STEAM = "https://steamcommunity.com"


@dataclass(frozen=True, slots=True)
class PurchaseLine:
    purchase: Any
    badge: Badge
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that changed; ``kind`` says how to write the values: status, reason, flag, time or money."""

    field: str
    label: str
    kind: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """Something that happened to a purchase: first seen, changed, or a note; newest first on the page."""

    at: datetime
    kind: str
    source: str
    changes: tuple[FieldChange, ...] = ()
    text: str = ""
    author: str = ""
    badge: Badge | None = None


SOURCE_WORDS = {
    "look_up": "found by a look-up",
    "refresh_now": "seen after “refresh now”",
    "scheduled": "seen by the background refresh",
    "history": "seen in SkinsBack's history",
    "file": "loaded from a file",
}

_FIELDS = {
    "offer_status": ("Status", "status"),
    "error_reason": ("Reason", "reason"),
    "in_hold": ("On hold", "flag"),
    "in_hold_until": ("Hold until", "time"),
    "balance_debited_sum": ("Debited", "money"),
    "price": ("Price", "money"),
    "date": ("Bought", "time"),
}


def line(purchase: Any) -> PurchaseLine:
    return PurchaseLine(purchase, badge(purchase), statuses.reason_of(purchase.error_reason))


def lines(purchases: Sequence[Any]) -> list[PurchaseLine]:
    return [line(purchase) for purchase in purchases]


def badge(purchase: Any) -> Badge:
    """Return the word, colour and shape of the status of a purchase, or a version; on hold it never looks settled."""
    return statuses.badge_of(purchase.offer_status, is_reversible=purchase.part == Settlement.REVERSIBLE)


def given_date(purchase: Any) -> datetime | None:
    """Return when SkinsBack says that a purchase was made; None where it gives no date that can be read."""
    date: datetime = purchase.date
    return None if purchase.date_is_estimate else date


def difference(purchase: Any) -> Decimal | None:
    """Return debited minus price in USD, or None where one of them is not known."""
    if purchase.balance_debited_sum is None or purchase.price is None:
        return None
    gap: Decimal = purchase.balance_debited_sum - purchase.price
    return gap


def profile_url(steamid: str | None) -> str | None:
    """Return the address of a Steam profile; None for what is no number, which must not become a link."""
    return f"{STEAM}/profiles/{steamid}" if _is_number(steamid) else None


def trade_offer_url(tradeofferid: str | None) -> str | None:
    """Return the address of a trade offer; None for what is no number, which must not become a link."""
    return f"{STEAM}/tradeoffer/{tradeofferid}/" if _is_number(tradeofferid) else None


def _is_number(text: str | None) -> bool:
    return text is not None and text.isascii() and text.isdigit()


def reversed_at(purchase: Any) -> tuple[datetime, bool]:
    """Return when a purchase was reversed, and whether that is only the latest it can have been.

    Where the change was not seen here, it happened before the purchase was first seen and within the hold.
    """
    if purchase.status_since is not None:
        return purchase.status_since, False
    return min(purchase.first_seen_at, purchase.date + HOLD_LENGTH), True


def timeline(versions: Sequence[Any], notes: Sequence[Any]) -> list[TimelineEntry]:
    """Return a purchase's versions and notes as one story, newest first."""
    entries = [_entry(version, versions[index - 1] if index else None) for index, version in enumerate(versions)]
    entries += [TimelineEntry(note.created_at, "note", "", text=note.text, author=note.author_email) for note in notes]
    entries.reverse()  # Of two entries of one moment the later one stands first.
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _entry(version: Any, before: Any | None) -> TimelineEntry:
    shown = badge(version)
    source = SOURCE_WORDS.get(version.source, version.source)
    if before is None:
        return TimelineEntry(version.seen_at, "first_seen", source, text="First seen as", badge=shown)
    changes = tuple(
        FieldChange(name, *_FIELDS[name], _told(before, name), _told(version, name))
        for name in TRACKED
        if name in _FIELDS and _told(before, name) != _told(version, name)
    )
    is_same = all(getattr(before, name) == getattr(version, name) for name in TRACKED)
    text = "Its IDs or its item became known" if is_same else "Now"
    return TimelineEntry(version.seen_at, "changed", source, changes, text, badge=shown)


def _told(version: Any, name: str) -> Any:
    return given_date(version) if name == "date" else getattr(version, name)


LONGEST_SHOWN = 100_000
"""In characters. Nobody reads a longer answer on a page, and a browser takes long over millions."""


class _Number(str):
    """A number of a JSON text, kept as it was written."""


def pretty_json(raw: str) -> str:
    """Return an answer's text indented for reading, every number exactly as it was sent."""
    if len(raw) <= LONGEST_SHOWN:
        with contextlib.suppress(ValueError, RecursionError):
            return writable(_pretty(json.loads(raw, parse_float=_Number, parse_int=_Number), ""))
        return raw
    return f"{raw[:LONGEST_SHOWN]}\N{HORIZONTAL ELLIPSIS}\n\nCut here: the whole has {len(raw):,} characters."


def _pretty(value: Any, margin: str) -> str:
    inner = margin + "  "
    if isinstance(value, _Number):
        return str(value)
    if isinstance(value, dict) and value:
        pairs = (f"{inner}{json.dumps(key, ensure_ascii=False)}: {_pretty(item, inner)}" for key, item in value.items())
        return "{\n" + ",\n".join(pairs) + f"\n{margin}}}"
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(inner + _pretty(item, inner) for item in value) + f"\n{margin}]"
    return json.dumps(value, ensure_ascii=False)
