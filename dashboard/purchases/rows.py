"""Pure: how a purchase's row follows from an answer and from what was known before. ``store`` writes the result."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from dashboard.purchases import schedule
from dashboard.purchases.finality import HoldFacts, Settlement, hold_end, settlement_of
from dashboard.purchases.order_ids import order_key
from dashboard.purchases.statuses import DELIVERED
from dashboard.skinsback.records import PurchaseRecord

TRACKED = ("offer_status", "error_reason", "in_hold", "in_hold_until", "balance_debited_sum", "price", "part", "date")
"""A change of one of these makes a new version in the purchase's history."""

IDENTITY = ("custom_id", "steamid", "item_id", "item_name", "classid")
"""So does a change of one of these, though versions do not hold them: the checks for what looks wrong read them too."""

_STATED = ("buy_id", "offer_status", "error_reason", "in_hold", "in_hold_until", "date")

_KEPT_WHEN_ABSENT = (
    "custom_id", "steamid", "tradeofferid", "price", "balance_debited_sum", "item_id", "item_name", "classid",
)  # fmt: skip
"""What an answer leaves out is not thereby gone: ids, item and sums stay as last given."""


def row_after(
    record: PurchaseRecord, known: Mapping[str, Any] | None, asked_at: datetime, *, events_flowing: bool = False
) -> dict[str, Any]:
    """Return the row as it should stand after this record, its version number aside.

    ``known`` is the row before, or None at first sight.
    """
    row: dict[str, Any] = {name: getattr(record, name) for name in _STATED}
    for name in _KEPT_WHEN_ABSENT:
        given = getattr(record, name)
        row[name] = known[name] if given is None and known is not None else given
    row["order_key"] = None if row["custom_id"] is None else order_key(row["custom_id"])
    row |= _status_after(record, known, asked_at)
    row |= _hold_after(record, known, row["accepted_at"], asked_at)
    row |= {
        "first_seen_at": known["first_seen_at"] if known is not None else asked_at,
        "watched_at": known["watched_at"] if known is not None else None,
        "asked_at": asked_at,
        "missing_since": None,
    }
    if known is not None and has_priority_since(known, asked_at):
        return row | {name: known[name] for name in ("due_at", "due_reason", "urgency")}
    return row | schedule_of(row, asked_at, events_flowing=events_flowing)


def debited_change(row: Mapping[str, Any], known: Mapping[str, Any] | None) -> Decimal | None:
    """Return by how much the debited sum has changed in USD; None where it has not, or was not known before.

    The first sum that SkinsBack gives is what was debited; below zero something came back. It is 0 where only the
    date was corrected, so that the changes before are found by the new date too.
    """
    before = known["balance_debited_sum"] if known is not None else None
    if known is None or before is None or (row["balance_debited_sum"], row["date"]) == (before, known["date"]):
        return None
    change: Decimal = row["balance_debited_sum"] - before
    return change


def _status_after(record: PurchaseRecord, known: Mapping[str, Any] | None, asked_at: datetime) -> dict[str, Any]:
    if known is None:
        return {"status_since": None, "accepted_at": None}
    if known["offer_status"] == record.offer_status:
        return {"status_since": known["status_since"], "accepted_at": known["accepted_at"]}
    is_delivered = record.offer_status in DELIVERED
    return {"status_since": asked_at, "accepted_at": asked_at if is_delivered else known["accepted_at"]}


def _hold_after(
    record: PurchaseRecord, known: Mapping[str, Any] | None, accepted_at: datetime | None, asked_at: datetime
) -> dict[str, Any]:
    known_hold_until = record.in_hold_until or (known["known_hold_until"] if known is not None else None)
    was_on_hold = bool(record.in_hold or known_hold_until or (known is not None and known["was_on_hold"]))
    facts = HoldFacts(
        offer_status=record.offer_status, in_hold=record.in_hold, in_hold_until=known_hold_until,
        was_on_hold=was_on_hold, accepted_at=accepted_at, date=record.date,
    )  # fmt: skip
    part = settlement_of(facts, asked_at)
    end = hold_end(facts) if part is Settlement.REVERSIBLE else None
    return {
        "part": part.value,
        "known_hold_until": known_hold_until,
        "was_on_hold": was_on_hold,
        "hold_ends_at": end.at if end else None,
        "hold_end_is_estimate": bool(end and end.is_estimate),
    }


def has_priority_since(known: Mapping[str, Any], asked_at: datetime) -> bool:
    """Say whether a purchase got priority while an answer was on its way, which may not tell yet why it did."""
    return known["due_reason"] in schedule.PRIORITIES and known["due_at"] is not None and known["due_at"] > asked_at


def due_at_once(reason: str, now: datetime) -> dict[str, Any]:
    """Return the schedule of a purchase that something from outside the plan makes due at once."""
    return {"due_at": now, "due_reason": reason, "urgency": schedule.urgency_at_once(now)}


def schedule_of(row: Mapping[str, Any], now: datetime, *, events_flowing: bool = False) -> dict[str, Any]:
    """Return when a purchase in this state is to be asked for next, why, and how urgently."""
    facts = schedule.Facts(
        part=Settlement(row["part"]),
        date=row["date"],
        asked_at=row["asked_at"],
        changed_at=row["status_since"],
        hold_ends_at=_hold_end_of(row),
        watched_at=row["watched_at"],
        missing_since=row["missing_since"],
        events_flowing=events_flowing,
    )
    due = schedule.next_due(facts, now)
    return {"due_at": due.at, "due_reason": due.reason, "urgency": schedule.urgency(facts, now)}


def _hold_end_of(row: Mapping[str, Any]) -> datetime | None:
    """Return when the hold ends or ended; the row itself keeps an estimate only while the hold runs."""
    names = ("offer_status", "in_hold", "was_on_hold", "accepted_at", "date")
    end = hold_end(HoldFacts(**{name: row[name] for name in names}, in_hold_until=row["known_hold_until"]))
    return end.at if end is not None else None
