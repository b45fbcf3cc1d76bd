"""Pure: the catalogue of purchase statuses and failure reasons, each named and described once.

Sources: the lists ``offer_status`` and ``error_reason`` on the API page ``market_getinfo`` for the values; our own
definitions of phase and fault for the rest. SkinsBack adds values from time to time, so a value that is not listed
here is a member too: it is carried raw, belongs to the phase ``unknown`` and is never dropped. So is none at all, or
one that cannot be read: ``UNREADABLE_STATUS``.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from dashboard.skinsback.records import UNREADABLE_STATUS

OFFER_LENGTH = timedelta(minutes=10)
"""How long the customer has to accept an offer."""

STUCK_AFTER = timedelta(minutes=15)
"""Neither the making of an offer nor the wait for its acceptance can take so long; see ``is_stuck``."""


Outcome = tuple[str, str]
"""(``offer_status``, ``error_reason``) as SkinsBack sends them; the reason is empty where there is none."""


class Phase(StrEnum):
    """Where a purchase stands, whatever its exact status."""

    OPEN = "open"
    DELIVERED = "delivered"
    FAILED = "failed"
    REVERSED = "reversed"
    UNKNOWN = "unknown"


class Fault(StrEnum):
    """On whose side a failure or a reversal arose."""

    CUSTOMER = "customer"
    SUPPLIER = "supplier"
    MIXED = "mixed"
    UNKNOWN = "unknown"


class Tone(StrEnum):
    """How a status looks. A page turns it into a colour; ``shape`` says the same to those who cannot see colours."""

    GOOD = "good"
    WAIT = "wait"
    HOLD = "hold"
    BAD = "bad"
    REVERSED = "reversed"
    UNKNOWN = "unknown"


_SHAPES = {
    Tone.GOOD: "check", Tone.WAIT: "clock", Tone.HOLD: "lock", Tone.BAD: "cross", Tone.REVERSED: "undo",
    Tone.UNKNOWN: "question",
}  # fmt: skip

_TONES = {
    Phase.OPEN: Tone.WAIT, Phase.DELIVERED: Tone.GOOD, Phase.FAILED: Tone.BAD, Phase.REVERSED: Tone.REVERSED,
    Phase.UNKNOWN: Tone.UNKNOWN,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Status:
    """One value of ``offer_status``. ``value`` is what SkinsBack sends; the texts are for colleagues."""

    value: str
    phase: Phase
    label: str
    meaning: str
    fault: Fault = Fault.UNKNOWN
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class Reason:
    """One value of ``error_reason``. ``value`` is what SkinsBack sends; the texts are for colleagues."""

    value: str
    label: str
    meaning: str
    fault: Fault = Fault.UNKNOWN
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class Badge:
    label: str
    tone: Tone

    @property
    def shape(self) -> str:
        """The name of the icon that goes with the colour, a different one for each tone."""
        return _SHAPES[self.tone]


STATUSES: tuple[Status, ...] = (
    Status("creating_trade", Phase.OPEN, "Creating offer", "SkinsBack is making the trade offer."),
    Status(
        "waiting_accept", Phase.OPEN, "Offer sent",
        "The trade offer was sent; the customer has 10 minutes to accept it.",
    ),
    Status(
        "accepted", Phase.DELIVERED, "Delivered",
        "The customer accepted the offer. While the item is on hold, Steam can still undo the trade.",
    ),
    Status(
        "canceled", Phase.FAILED, "Declined",
        "The offer was declined on the customer's Steam account.", Fault.CUSTOMER,
    ),
    Status("timeout", Phase.FAILED, "Offer expired", "The offer was not accepted within 10 minutes.", Fault.CUSTOMER),
    Status(
        "invalid_trade_token", Phase.FAILED, "Wrong trade link",
        "The customer's trade link is wrong, or Steam has since made a new one.", Fault.CUSTOMER,
    ),
    Status(
        "user_not_tradable", Phase.FAILED, "Account cannot trade",
        "Steam does not let the customer's account receive trades.", Fault.CUSTOMER,
    ),
    Status(
        "trade_create_error", Phase.FAILED, "Offer not made",
        "SkinsBack could not make the trade offer.", Fault.SUPPLIER,
    ),
    Status(
        "rollback_user", Phase.REVERSED, "Reversed by user",
        "The customer's account reversed its protected trades: the skin went back.", Fault.CUSTOMER,
    ),
    Status(
        "rollback_supplier", Phase.REVERSED, "Reversed by supplier",
        "The supplying account reversed the trade: the customer lost the skin through no fault of their own.",
        Fault.SUPPLIER,
    ),
)  # fmt: skip
"""Every documented ``offer_status``, in the order of a purchase's life."""

REASONS: tuple[Reason, ...] = (
    Reason(
        "user_cant_trade", "User cannot trade",
        "Steam refuses trades for this account: a new device, Steam Guard on for less than 7 to 15 days, "
        "a password reset, or the 30-day bar after a reversal.", Fault.CUSTOMER,
    ),
    Reason("private_inventory", "Private inventory", "The customer's inventory is private.", Fault.CUSTOMER),
    Reason("user_trade_ban", "Trade ban", "The customer's account has a Steam trade ban.", Fault.CUSTOMER),
    Reason(
        "user_inventory_is_full", "Inventory full",
        "There is no room in the customer's inventory of this game.", Fault.CUSTOMER,
    ),
    Reason(
        "too_many_failed_attempts", "Too many failed attempts",
        "SkinsBack stopped after earlier failures for this user; for how long is not documented.", Fault.MIXED,
    ),
    Reason("skin_unavailable", "Skin unavailable", "The skin was sold or is gone at the supplier.", Fault.SUPPLIER),
)  # fmt: skip

_UNREADABLE = Status(
    UNREADABLE_STATUS, Phase.UNKNOWN, "Status not readable",
    "SkinsBack's answer has no status, or one that cannot be read.", is_known=False,
)  # fmt: skip
_STATUS_BY_VALUE = {status.value: status for status in (*STATUSES, _UNREADABLE)}
_REASON_BY_VALUE = {reason.value: reason for reason in REASONS}


DECIDED_PHASES = (Phase.DELIVERED, Phase.FAILED, Phase.REVERSED)
"""Neither open nor unknown: what a failure rate is a share of."""

UNDELIVERED_PHASES = (Phase.FAILED, Phase.REVERSED)
"""What went wrong, and so has a reason and somebody at fault."""

NO_REASON = "none"
"""In addresses: purchases without an ``error_reason``."""


def _values_of(*phases: Phase) -> frozenset[str]:
    return frozenset(status.value for status in STATUSES if status.phase in phases)


OPEN = _values_of(Phase.OPEN)
DELIVERED = _values_of(Phase.DELIVERED)
FAILED = _values_of(Phase.FAILED)
REVERSED = _values_of(Phase.REVERSED)
DECIDED = _values_of(*DECIDED_PHASES)
UNDELIVERED = _values_of(*UNDELIVERED_PHASES)
KNOWN_STATUSES = frozenset(status.value for status in STATUSES)
KNOWN_REASONS = frozenset(_REASON_BY_VALUE)


def status_of(value: str | None) -> Status:
    """Return the catalogue's entry for an ``offer_status``, or one made for it when it is not documented."""
    text = value or ""
    meaning = "This status is not in SkinsBack's documentation as we know it."
    return _STATUS_BY_VALUE.get(text) or Status(text, Phase.UNKNOWN, text or "No status", meaning, is_known=False)


def reason_of(value: str | None) -> Reason | None:
    """Return the catalogue's entry for an ``error_reason``, one made for an undocumented one, None for none."""
    if not value:
        return None
    meaning = "This reason is not in SkinsBack's documentation as we know it."
    return _REASON_BY_VALUE.get(value) or Reason(value, value, meaning, is_known=False)


def reason_label(value: str | None) -> str:
    reason = reason_of(value)
    return reason.label if reason else "No reason given"


def phase_of(offer_status: str | None) -> Phase:
    """Return the phase of an ``offer_status``; ``Phase.UNKNOWN`` for one that is not documented."""
    return status_of(offer_status).phase


def fault_of(offer_status: str | None, error_reason: str | None) -> Fault:
    """Say on whose side a failed or reversed purchase failed. The reason, when there is one, goes before the status.

    An undocumented reason therefore gives ``Fault.UNKNOWN`` even beside a documented status.
    """
    reason = reason_of(error_reason)
    return reason.fault if reason is not None else status_of(offer_status).fault


def in_status_since(status_since: datetime | None, date: datetime) -> datetime:
    """Return since when a purchase has its status: from the purchase on where it never changed here."""
    return status_since or date


def is_stuck(since: datetime, asked_at: datetime, after: timedelta = STUCK_AFTER) -> bool:
    """Say whether an open purchase, in its status since then, is stuck: SkinsBack, asked later than ``after``, still
    calls it open. While nobody asks, nothing gets stuck: it may have ended long ago."""
    return asked_at - since > after


def badge_of(offer_status: str | None, *, is_reversible: bool) -> Badge:
    """Return word and tone of a status for a list.

    ``is_reversible`` says that the purchase was delivered and can still be undone; it then never looks settled.
    """
    status = status_of(offer_status)
    if status.phase is Phase.DELIVERED and is_reversible:
        return Badge("Delivered, on hold", Tone.HOLD)
    return Badge(status.label, _TONES[status.phase])
