"""Pure: the plain figures that alert rules are applied to, and which outcomes count as a failure of what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from dashboard.purchases import statuses
from dashboard.purchases.statuses import Fault, Outcome, Phase


class Side(StrEnum):
    """Which failures a rule is about."""

    SKINSBACK = "skinsback"
    SOLD_OUT = "sold_out"
    CUSTOMER = "customer"
    ALL = "all"


SIDE_WORDS = {
    Side.SKINSBACK: ("SkinsBack's fault, or of unknown cause", "at SkinsBack"),
    Side.SOLD_OUT: ("because the skin is unavailable", "because the skin was unavailable"),
    Side.CUSTOMER: ("the customer's fault", "on the customer's side"),
    Side.ALL: ("of any kind", "in any way"),
}
"""What follows "failures that are", and what follows "purchases failed"."""


class Severity(StrEnum):
    """How grave an alert is, the gravest first. Of ``INFO`` nobody is sent a message."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"


class Effect(StrEnum):
    """What an open alert makes of the verdict on deliveries."""

    FAILING = "failing"
    DEGRADED = "degraded"
    NONE = ""


Settings = dict[str, Any]
"""The thresholds of a rule by name: whole numbers, and the choice of a side."""

Counts = Mapping[Outcome, int]
"""How many purchases had each outcome."""

NOT_THE_CUSTOMERS = frozenset({Fault.SUPPLIER, Fault.UNKNOWN})
SKIN_UNAVAILABLE = "skin_unavailable"


@dataclass(frozen=True)
class RateFigures:
    """Purchases dated in [since, until], and those of the same hours of the weeks before, a mapping a week."""

    since: datetime
    until: datetime
    counts: Counts
    normal: Sequence[Counts] = ()
    newest_failed: tuple[int, ...] = ()
    """The newest buy_ids of the failures that the rule is about; where few failed, none is read."""


@dataclass(frozen=True, slots=True)
class Attempt:
    buy_id: int
    date: datetime
    item_name: str
    steamid: str
    offer_status: str
    error_reason: str | None


@dataclass(frozen=True, slots=True)
class Reversal:
    """A purchase that a user reversed; ``at`` is when that was seen here, ``debited`` in USD."""

    buy_id: int
    steamid: str
    at: datetime
    debited: Decimal | None


@dataclass(frozen=True)
class StuckFigures:
    """Purchases that are stuck: how many, since when the oldest has been in its status, and the oldest of them."""

    now: datetime
    count: int = 0
    oldest: datetime | None = None
    sample: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class UnknownValue:
    """Something undocumented: ``kind`` as ``DriftKind`` has it; in how many answers; the first purchase with it."""

    kind: str
    value: str
    times: int
    first_buy_id: int | None = None


@dataclass(frozen=True)
class ApiFigures:
    """Since when SkinsBack had not answered at a moment of the past, None while it did; and the last error."""

    now: datetime
    failing_since: datetime | None = None
    name: str = ""
    code: int | None = None


def is_failure_of(side: str, offer_status: str, error_reason: str | None) -> bool:
    if statuses.phase_of(offer_status) is not Phase.FAILED:
        return False
    is_theirs = statuses.fault_of(offer_status, error_reason) in NOT_THE_CUSTOMERS
    match side:
        case Side.SKINSBACK:
            return is_theirs and error_reason != SKIN_UNAVAILABLE
        case Side.SOLD_OUT:
            return error_reason == SKIN_UNAVAILABLE
        case Side.CUSTOMER:
            return not is_theirs
    return True


def is_item_failure(offer_status: str, error_reason: str | None) -> bool:
    """Say whether a failure is the item's: it has a reason, and one that is not the customer's fault.

    A failure without any reason is SkinsBack's: in an outage every popular item would otherwise raise an alert too.
    """
    is_failed = statuses.phase_of(offer_status) is Phase.FAILED
    return is_failed and bool(error_reason) and statuses.fault_of(offer_status, error_reason) in NOT_THE_CUSTOMERS
