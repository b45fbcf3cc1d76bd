"""The only writer of the table of drift. ``store`` calls it inside the transaction of the answers themselves."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, case
from sqlalchemy.dialects import postgresql, sqlite

from dashboard.purchases.drift import Fact, Sighting
from dashboard.purchases.models import Drift


def _upsert(dialect: Any) -> Any:
    table = Drift.__table__
    statement = dialect.insert(table)
    new = statement.excluded
    newest = case((new.last_seen_at > table.c.last_seen_at, new.last_seen_at), else_=table.c.last_seen_at)
    return statement.on_conflict_do_update(
        index_elements=[column.name for column in table.primary_key],
        set_={"times": table.c.times + new.times, "last_seen_at": newest},
    )


_UPSERTS = {"sqlite": _upsert(sqlite), "postgresql": _upsert(postgresql)}


def write_drift(connection: Connection, sightings: Iterable[Sighting], seen_at: datetime) -> None:
    """Count what was seen; mostly nothing. The keys are taken in one order, so that writers never block in a circle."""
    rows: dict[Fact, dict[str, Any]] = {}
    for (kind, value), buy_id, raw in sightings:
        first = {
            "kind": kind, "value": value, "times": 0, "first_seen_at": seen_at, "last_seen_at": seen_at,
            "first_buy_id": buy_id, "first_raw": raw,
        }  # fmt: skip
        rows.setdefault((kind, value), first)["times"] += 1
    if rows:
        connection.execute(_UPSERTS[connection.dialect.name], [row for _, row in sorted(rows.items())])
