"""The only writer of the table of drift. ``store`` calls it inside the transaction of the answers themselves."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from dashboard.db.upserts import CountingUpsert
from dashboard.purchases.drift import Fact, Sighting
from dashboard.purchases.models import Drift

LONGEST_EXAMPLE = 100_000
"""In characters: one long answer may be the first example of dozens of facts."""

_DRIFT = CountingUpsert(
    Drift.__table__, greatest=("last_seen_at",), first=("first_seen_at", "first_buy_id", "first_raw")
)


def write_drift(connection: Connection, sightings: Iterable[Sighting], seen_at: datetime) -> None:
    """Count what was seen; mostly nothing. The keys are taken in one order, so that writers never block in a circle."""
    rows: dict[Fact, dict[str, Any]] = {}
    for (kind, value), buy_id, raw in sightings:
        first = {
            "kind": kind, "value": value, "times": 0, "first_seen_at": seen_at, "last_seen_at": seen_at,
            "first_buy_id": buy_id, "first_raw": raw[:LONGEST_EXAMPLE],
        }  # fmt: skip
        rows.setdefault((kind, value), first)["times"] += 1
    _DRIFT.add(connection, [row for _, row in sorted(rows.items())])
