"""Pure: what the SkinsBack API says of purchases, in Python's own types.

Source: the pages ``market_getinfo`` and ``market_history`` of SkinsBack's API v1 documentation.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

UNREADABLE_STATUS = "(not readable)"
"""The ``offer_status`` of a purchase whose answer has none that can be read. No word of the API has a bracket."""


@dataclass(frozen=True, slots=True)
class PurchaseRecord:
    """One purchase as one answer of SkinsBack describes it.

    Money is in USD and exact. Times are aware and in UTC. Ids that are not numbers to us (``steamid``,
    ``tradeofferid``, ``custom_id``) stay text. ``None`` means that the answer did not say, or that what it said could
    not be read: then ``unreadable`` names the field.
    """

    buy_id: int
    offer_status: str
    date: datetime | None
    error_reason: str | None = None
    in_hold: bool | None = None
    in_hold_until: datetime | None = None
    steamid: str | None = None
    custom_id: str | None = None
    tradeofferid: str | None = None
    price: Decimal | None = None
    balance_debited_sum: Decimal | None = None
    item_id: str | None = None
    item_name: str | None = None
    classid: str | None = None
    raw: str = ""
    """The object as it was received, as ASCII JSON text."""
    unreadable: tuple[tuple[str, str], ...] = ()
    """(the API's name of a field that could not be read, or only in part; what it held), the latter empty where a field
    that must be there is missing."""
    parse_warnings: tuple[str, ...] = ()
    """What else in the object is not as documented and yet could be used, one sentence each."""


@dataclass(frozen=True, slots=True)
class RejectedItem:
    """An object in an answer that could not be used; the rest of its answer was."""

    raw: str
    reason: str
    buy_id: int | None = None


@dataclass(frozen=True, slots=True)
class PurchasesAnswer:
    """An answer about purchases: what could be read, and what was rejected.

    ``asked_at`` is when the request was sent. It orders answers: what an answer says was true no
    earlier than that, so an answer asked later wins over one asked earlier.
    """

    records: tuple[PurchaseRecord, ...]
    rejected: tuple[RejectedItem, ...]
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """One page of ``market_history``: at most 1000 purchases, and where the next page starts."""

    answer: PurchasesAnswer
    total_count: int | None
    has_more: bool
    start_from: str | None
