"""Pure: when is a purchase settled? Which part of the debited money it belongs to, and when its hold ends.

``accepted`` alone settles nothing: under Steam's Trade Protection a delivered trade can be reversed while the item is
on hold (SkinsBack: 8 days; the fields ``in_hold`` and ``in_hold_until`` of the API page ``market_getinfo``).
"""

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


def settlement_of(
    *,
    offer_status: str,
    in_hold: bool | None,
    in_hold_until: datetime | None,
    asked_at: datetime,
    was_on_hold: bool,
    accepted_at: datetime | None = None,
    date: datetime | None = None,
) -> Settlement:
    """Return the part a purchase belongs to, as the answer asked for at ``asked_at`` leaves it.

    ``in_hold`` is what that answer says. ``in_hold_until`` is the last hold end that any answer gave: an answer may
    leave it out once the item is released, and the caller must remember it. ``was_on_hold`` says that some answer,
    this one included, had ``in_hold`` true or gave an ``in_hold_until``. ``accepted_at`` and ``date`` are used as in
    ``hold_end``. All times are aware.

    A delivered purchase is final when it was never on hold, or when its hold has ended and an answer asked for at or
    after that end no longer says that it is on hold. In every contradictory case it stays reversible, because calling
    a sum final too early is the costlier mistake.
    """
    if offer_status in DELIVERED:
        end = hold_end(
            offer_status=offer_status,
            in_hold=in_hold,
            in_hold_until=in_hold_until,
            was_on_hold=was_on_hold,
            accepted_at=accepted_at,
            date=date,
        )
        return _part_of_delivered(in_hold=in_hold, end=end, asked_at=asked_at, was_on_hold=was_on_hold)
    if offer_status in OPEN:
        return Settlement.OPEN
    if offer_status in FAILED:
        return Settlement.FAILED
    if offer_status == "rollback_user":
        return Settlement.REVERSED_BY_USER
    if offer_status == "rollback_supplier":
        return Settlement.REVERSED_BY_SUPPLIER
    return Settlement.UNKNOWN


def _part_of_delivered(
    *, in_hold: bool | None, end: HoldEnd | None, asked_at: datetime, was_on_hold: bool
) -> Settlement:
    if in_hold is True:
        return Settlement.REVERSIBLE
    if end is not None:
        return Settlement.FINAL if asked_at >= end.at else Settlement.REVERSIBLE
    # On hold once, and nothing to compute its end from: nothing can confirm that it has ended.
    return Settlement.REVERSIBLE if was_on_hold else Settlement.FINAL


def hold_end(
    *,
    offer_status: str,
    in_hold: bool | None,
    in_hold_until: datetime | None,
    was_on_hold: bool = False,
    accepted_at: datetime | None = None,
    date: datetime | None = None,
) -> HoldEnd | None:
    """Return when the hold of a delivered purchase ends or ended, or None when it has none.

    ``in_hold_until`` is the last one that SkinsBack gave. Without any, a purchase that is or was on hold gets an
    estimate: 8 days after ``accepted_at``, when ``accepted`` was first seen, or after ``date``, the purchase date,
    when that is not known.
    """
    if offer_status not in DELIVERED:
        return None
    if in_hold_until is not None:
        return HoldEnd(in_hold_until, is_estimate=False)
    start = accepted_at or date
    if (in_hold is True or was_on_hold) and start is not None:
        return HoldEnd(start + HOLD_LENGTH, is_estimate=True)
    return None
