"""Pure: when is a purchase settled? Which part of the debited money it belongs to, and when its hold ends.

``accepted`` alone settles nothing: under Steam's Trade Protection a delivered trade can be reversed while the item is
on hold (SkinsBack: 8 days; the fields ``in_hold`` and ``in_hold_until`` of the API page ``market_getinfo``).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from dashboard.purchases.statuses import DELIVERED, FAILED, OPEN

HOLD_LENGTH = timedelta(days=8)
"""How long SkinsBack holds a protected item; used only where it does not give the date itself."""


class Settlement(StrEnum):
    """The parts that the debited sum is split into. Each purchase is in exactly one, so they add up to the whole."""

    FINAL = "final"
    REVERSIBLE = "reversible"
    OPEN = "open"
    FAILED = "failed"
    REVERSED_BY_USER = "reversed_by_user"
    REVERSED_BY_SUPPLIER = "reversed_by_supplier"
    UNKNOWN = "unknown"

    # The text's own, made in C: parts are the keys of thousands of look-ups for one page of sums.
    __hash__ = str.__hash__


SETTLEMENTS = tuple(Settlement)
"""The parts of the debited sum, in the order they are shown in."""

STILL_MOVING = (Settlement.OPEN, Settlement.REVERSIBLE)
"""A period is final when nothing of it is in one of these parts."""

SETTLEMENT_LABELS = {
    Settlement.FINAL: "Final",
    Settlement.REVERSIBLE: "Reversible, on hold",
    Settlement.OPEN: "Open",
    Settlement.FAILED: "Failed",
    Settlement.REVERSED_BY_USER: "Reversed by user",
    Settlement.REVERSED_BY_SUPPLIER: "Reversed by supplier",
    Settlement.UNKNOWN: "Unknown status",
}


@dataclass(frozen=True, slots=True)
class HoldEnd:
    """When a hold ends, in UTC. An estimate where SkinsBack has not given the date."""

    at: datetime
    is_estimate: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldFacts:
    """What decides whether a purchase is settled. All times are aware."""

    offer_status: str
    in_hold: bool | None = None
    """What the newest answer says."""
    in_hold_until: datetime | None = None
    """The last hold end that any answer gave: an answer may leave it out once the item is released."""
    was_on_hold: bool = False
    """Whether some answer, the newest included, had ``in_hold`` true or gave an ``in_hold_until``."""
    accepted_at: datetime | None = None
    """When ``accepted`` was first seen."""
    date: datetime | None = None
    unreadable: Collection[str] = ()
    """The fields of the newest answer that could not be read."""


def settlement_of(facts: HoldFacts, asked_at: datetime) -> Settlement:
    """Return the part a purchase belongs to, as the answer asked for at ``asked_at`` leaves it.

    A delivered purchase is final when it was never on hold, or when its hold has ended and an answer asked for at or
    after that end no longer says that it is on hold. In every contradictory case, and while what the newest answer says
    of its hold cannot be read, it stays reversible, because calling a sum final too early is the costlier mistake.
    """
    if facts.offer_status in DELIVERED:
        return _settlement_of_delivered(facts, asked_at)
    if facts.offer_status in OPEN:
        return Settlement.OPEN
    if facts.offer_status in FAILED:
        return Settlement.FAILED
    if facts.offer_status == "rollback_user":
        return Settlement.REVERSED_BY_USER
    if facts.offer_status == "rollback_supplier":
        return Settlement.REVERSED_BY_SUPPLIER
    return Settlement.UNKNOWN


def _settlement_of_delivered(facts: HoldFacts, asked_at: datetime) -> Settlement:
    if facts.in_hold is True or is_hold_unreadable(facts.unreadable):
        return Settlement.REVERSIBLE
    end = hold_end(facts)
    if end is not None:
        return Settlement.FINAL if asked_at >= end.at else Settlement.REVERSIBLE
    # On hold once, and nothing to compute its end from: nothing can confirm that it has ended.
    return Settlement.REVERSIBLE if _may_have_been_on_hold(facts) else Settlement.FINAL


def _may_have_been_on_hold(facts: HoldFacts) -> bool:
    return facts.in_hold is True or facts.was_on_hold or is_hold_unreadable(facts.unreadable)


def is_hold_unreadable(unreadable: Collection[str]) -> bool:
    """Say whether an answer in which these fields could not be read leaves open if the purchase is on hold: then it is.

    Whatever stands in these fields, absent, null and zero-like values aside, may mean a hold.
    """
    return "in_hold" in unreadable or "in_hold_until" in unreadable


def hold_end(facts: HoldFacts) -> HoldEnd | None:
    """Return when the hold of a delivered purchase ends or ended, or None when it has none.

    Without a date from SkinsBack that can be read, a purchase that is or was on hold gets an estimate: 8 days after it
    was accepted, or after it was bought when that is not known. It is never before a date that an earlier answer gave.
    """
    if facts.offer_status not in DELIVERED:
        return None
    given, start = facts.in_hold_until, facts.accepted_at or facts.date
    if given is not None and "in_hold_until" not in facts.unreadable:
        return HoldEnd(given, is_estimate=False)
    ends = [end for end in (given, start and start + HOLD_LENGTH) if end is not None]
    return HoldEnd(max(ends), is_estimate=True) if ends and _may_have_been_on_hold(facts) else None
