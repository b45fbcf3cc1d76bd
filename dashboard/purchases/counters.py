"""Pure: what is counted for machines as answers about purchases are stored."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

from dashboard.db.counters import Counted, Key, with_other
from dashboard.purchases.statuses import (
    DECIDED_PHASES,
    KNOWN_REASONS,
    KNOWN_STATUSES,
    UNDELIVERED,
    phase_of,
)

OUTCOMES = ("new", "changed", "unchanged", "outdated", "rejected", "missing")

REFRESHED_PURCHASES = Counted(
    "refreshed_purchases", "Purchases that SkinsBack answered about, by what became of the answer.",
    {"outcome": OUTCOMES},
)  # fmt: skip
STATUS_CHANGES = Counted(
    "status_changes", "Purchases seen to come into a status.", {"offer_status": with_other(KNOWN_STATUSES)}
)
DECIDED_PURCHASES = Counted(
    "decided_purchases", "Purchases seen to become delivered, failed or reversed, each once, by reason.",
    {"phase": DECIDED_PHASES, "reason": ("none", *with_other(KNOWN_REASONS | UNDELIVERED))},
)  # fmt: skip

NEWS_FOR = timedelta(days=1)
"""A purchase first seen later than this counts as no change: an import of history is no wave of failures."""


class Stored(Protocol):
    """What became of the records of an answer; ``store.StoredAnswer`` without what is no purchase."""

    new: list[int]
    changed: list[int]
    unchanged: list[int]
    outdated: list[int]


def counts_of_outcomes(stored: Stored) -> dict[Key, int]:
    numbers = {
        "new": stored.new, "changed": stored.changed, "unchanged": stored.unchanged, "outdated": stored.outdated,
    }  # fmt: skip
    return {REFRESHED_PURCHASES.key(outcome): len(buy_ids) for outcome, buy_ids in numbers.items()}


def counts_of_changes(
    changes: Iterable[tuple[Mapping[str, Any] | None, Mapping[str, Any]]], asked_at: datetime
) -> dict[Key, int]:
    """Return what purchases add that were stored as the first of a pair (None: not at all) and now are the second."""
    counts: Counter[Key] = Counter()
    for known, row in changes:
        before = known["offer_status"] if known is not None else None
        if row["offer_status"] == before or (known is None and asked_at - row["date"] > NEWS_FOR):
            continue
        counts[STATUS_CHANGES.key(row["offer_status"])] += 1
        phase = phase_of(row["offer_status"])
        if phase in DECIDED_PHASES and (known is None or phase_of(before) not in DECIDED_PHASES):
            counts[DECIDED_PURCHASES.key(phase, _reason_of(row))] += 1
    return counts


def _reason_of(row: Mapping[str, Any]) -> str:
    """Return the API's reason, or where it gives none, the status, which then says the most."""
    if row["error_reason"]:
        return str(row["error_reason"])
    return str(row["offer_status"]) if row["offer_status"] in UNDELIVERED else "none"
