"""The one writer of what is counted for ``/metrics``, inside the transaction that writes what is counted."""

from collections.abc import Mapping

from sqlalchemy import Connection

from dashboard.db.counters import Key
from dashboard.db.models import MetricCounter
from dashboard.db.upserts import CountingUpsert

_COUNTERS = CountingUpsert(MetricCounter.__table__)


def count(connection: Connection, counts: Mapping[Key, int]) -> None:
    """Add to counters. Call it last in a transaction: whoever counts the same waits from here to its end.

    The rows are taken in one order by everybody, so that two writers never wait for each other in a circle.
    """
    rows = [
        {"name": name, "labels": labels, "value": number} for (name, labels), number in sorted(counts.items()) if number
    ]
    _COUNTERS.add(connection, rows)
