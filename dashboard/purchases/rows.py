"""Pure: how a purchase's row follows from an answer and from what was known before. ``store`` writes the result."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from dashboard.purchases import schedule
from dashboard.purchases.finality import HoldFacts, Settlement, hold_end, is_hold_unreadable, settlement_of
from dashboard.purchases.identify import steamid_in
from dashboard.purchases.order_ids import order_key
from dashboard.purchases.statuses import DELIVERED
from dashboard.skinsback.records import PurchaseRecord

TRACKED = (
    "offer_status", "error_reason", "in_hold", "in_hold_until", "balance_debited_sum", "price", "part", "date",
    "date_is_estimate",
)  # fmt: skip
"""A change of one of these makes a new version in the purchase's history."""

IDENTITY = ("custom_id", "steamid", "item_id", "item_name", "classid")
"""So does a change of one of these, though versions do not hold them: the checks for what looks wrong read them too."""

_STATED = ("buy_id", "offer_status", "error_reason", "in_hold", "in_hold_until")

_IDENTITY_FIELDS = {
    "custom_id": "custom_id", "steamid": "steamid", "tradeofferid": "tradeofferid", "item_id": "item.id",
    "item_name": "item.name", "classid": "item.classid",
}  # fmt: skip
"""Column and the API's field. What an answer leaves out, or says so that it cannot be read, stays as last given."""

_SUM_FIELDS = {"price": ("item.price", "item"), "balance_debited_sum": ("balance_debited_sum",)}
"""Column and the API's fields. A sum that is left out stays as last given; one that cannot be read is not known."""


_MATTERING = frozenset({"offer_status", "date", "balance_debited_sum", "item.price", "item"})
"""Fields of which one that cannot be read spoils a figure."""
_NEEDED_IDS = ("steamid", "custom_id")
"""By these a purchase is found, so one that cannot be read matters until a value of it is known."""


def row_after(
    record: PurchaseRecord, known: Mapping[str, Any] | None, asked_at: datetime, *, events_flowing: bool = False
) -> dict[str, Any]:
    """Return the row as it should stand after this record, its version number aside.

    ``known`` is the row before, or None at first sight.
    """
    if record.steamid is not None:
        record = replace(record, steamid=steamid_in(record.steamid) or record.steamid)
    row: dict[str, Any] = {name: getattr(record, name) for name in _STATED}
    unreadable = [name for name, _ in record.unreadable]
    for name, field in _IDENTITY_FIELDS.items():
        given, before = getattr(record, name), known[name] if known is not None else None
        row[name] = before if given is None or (field in unreadable and before is not None) else given
    row["order_key"] = None if row["custom_id"] is None else order_key(row["custom_id"])
    for name, fields in _SUM_FIELDS.items():
        is_left_out = getattr(record, name) is None and not any(field in unreadable for field in fields)
        row[name] = known[name] if is_left_out and known is not None else getattr(record, name)
        if is_left_out and known is not None and row[name] is None:
            # Left out since it could not be read, it is still not known and asked for.
            unreadable += [field for field in fields if field in known["unreadable"].split()]
    row["unreadable"] = " ".join(unreadable)
    row |= _date_after(record, known, asked_at)
    row |= _status_after(record, known, asked_at)
    row |= _hold_after(row, known, asked_at)
    row |= {
        "first_seen_at": known["first_seen_at"] if known is not None else asked_at,
        "watched_at": known["watched_at"] if known is not None else None,
        "asked_at": asked_at,
        "missing_since": None,
    }
    if known is not None and has_priority_since(known, asked_at):
        return row | {name: known[name] for name in ("due_at", "due_reason", "urgency")}
    return row | schedule_of(row, asked_at, events_flowing=events_flowing)


def last_word(records: Sequence[PurchaseRecord]) -> PurchaseRecord:
    """Return what an answer that names a purchase several times says of it: its last word, but any word of a hold."""
    last = records[-1]
    if len(records) == 1:
        return last
    held = {name: value for record in records for name, value in record.unreadable if is_hold_unreadable([name])}
    return replace(
        last,
        in_hold=True if any(record.in_hold for record in records) else last.in_hold,
        in_hold_until=max((record.in_hold_until for record in records if record.in_hold_until), default=None),
        unreadable=tuple((held | dict(last.unreadable)).items()),
        parse_warnings=(*last.parse_warnings, f"one answer has the purchase several times: {len(records)}"),
    )


def debited_change(row: Mapping[str, Any], known: Mapping[str, Any] | None) -> Decimal | None:
    """Return by how much the debited sum has changed in USD; None where it has not, or was not known before.

    The first sum that SkinsBack gives is what was debited; below zero something came back. While a sum is not known any
    more it counts as unchanged, so what it is next changes the last known one, ``last_debited_sum``. It is 0 where only
    the date was corrected, so that the changes before are found by the new date too.
    """
    before = known["last_debited_sum"] if known is not None else None
    if known is None or before is None:
        return None
    after = before if row["balance_debited_sum"] is None else row["balance_debited_sum"]
    return None if (after, row["date"]) == (before, known["date"]) else after - before


def _date_after(record: PurchaseRecord, known: Mapping[str, Any] | None, asked_at: datetime) -> dict[str, Any]:
    """Return when the purchase was made. One that SkinsBack does not date is no younger than its first answer here."""
    if record.date is not None:
        return {"date": record.date, "date_is_estimate": False}
    if known is not None:
        return {name: known[name] for name in ("date", "date_is_estimate")}
    return {"date": asked_at, "date_is_estimate": True}


def _status_after(record: PurchaseRecord, known: Mapping[str, Any] | None, asked_at: datetime) -> dict[str, Any]:
    if known is None:
        return {"status_since": None, "accepted_at": None}
    if known["offer_status"] == record.offer_status:
        return {"status_since": known["status_since"], "accepted_at": known["accepted_at"]}
    is_delivered = record.offer_status in DELIVERED
    return {"status_since": asked_at, "accepted_at": asked_at if is_delivered else known["accepted_at"]}


def _hold_after(row: Mapping[str, Any], known: Mapping[str, Any] | None, asked_at: datetime) -> dict[str, Any]:
    known_hold_until = row["in_hold_until"] or (known["known_hold_until"] if known is not None else None)
    may_be_on_hold = is_hold_unreadable(row["unreadable"].split())
    was_on_hold = known is not None and known["was_on_hold"]
    hold = {
        "known_hold_until": known_hold_until,
        "was_on_hold": bool(row["in_hold"] or known_hold_until or may_be_on_hold or was_on_hold),
    }
    facts = hold_facts({**row, **hold})
    part = settlement_of(facts, asked_at)
    end = hold_end(facts) if part is Settlement.REVERSIBLE else None
    return hold | {
        "part": part.value,
        "hold_ends_at": end.at if end else None,
        "hold_end_is_estimate": bool(end and end.is_estimate),
    }


def hold_facts(row: Mapping[str, Any]) -> HoldFacts:
    """Return what a purchase's row says of its hold."""
    names = ("offer_status", "in_hold", "was_on_hold", "accepted_at", "date")
    facts = {name: row[name] for name in names}
    return HoldFacts(**facts, in_hold_until=row["known_hold_until"], unreadable=row["unreadable"].split())


def has_priority_since(known: Mapping[str, Any], asked_at: datetime) -> bool:
    """Say whether a purchase got priority while an answer was on its way, which may not tell yet why it did."""
    return known["due_reason"] in schedule.PRIORITIES and known["due_at"] is not None and known["due_at"] > asked_at


def due_at_once(reason: str, now: datetime) -> dict[str, Any]:
    """Return the schedule of a purchase that something from outside the plan makes due at once."""
    return {"due_at": now, "due_reason": reason, "urgency": schedule.urgency_at_once(now)}


def schedule_of(row: Mapping[str, Any], now: datetime, *, events_flowing: bool = False) -> dict[str, Any]:
    """Return when a purchase in this state is to be asked for next, why, and how urgently."""
    # The row itself keeps an estimate only while the hold runs.
    end = hold_end(hold_facts(row))
    facts = schedule.Facts(
        part=Settlement(row["part"]),
        date=row["date"],
        asked_at=row["asked_at"],
        changed_at=row["status_since"],
        hold_ends_at=end.at if end is not None else None,
        watched_at=row["watched_at"],
        missing_since=row["missing_since"],
        is_in_doubt=any(
            name in _MATTERING or (name in _NEEDED_IDS and row[name] is None) for name in row["unreadable"].split()
        ),
        events_flowing=events_flowing,
    )
    due = schedule.next_due(facts, now)
    return {"due_at": due.at, "due_reason": due.reason, "urgency": schedule.urgency(facts, now)}
