"""What is counted for machines of the requests to SkinsBack, and of what it pushes."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from dashboard.db.counters import Counted, Key, Timed, with_other
from dashboard.skinsback.client import CallReport
from dashboard.skinsback.errors import KINDS
from dashboard.sync.models import SUCCESS

NO_ANSWER = frozenset({"timeout", "connection_failed", "rate_limited", "not_json"})
"""Our own names of what may come instead of an answer; all others are OTHER."""
API_ERRORS = frozenset(kind.name for kind in KINDS.values())

METHODS = ("balance", "market_getinfo", "market_history")
EVENTS = ("balance_change", "buy_item", "status_change")
SOURCES = ("webhook", "websocket")

API_REQUESTS = Counted(
    "api_requests", "Requests sent to SkinsBack, by how they ended.",
    {"method": METHODS, "outcome": (SUCCESS, *with_other(API_ERRORS | NO_ANSWER))},
)  # fmt: skip
API_REQUEST_SECONDS = Timed(
    "api_request_seconds", "How long SkinsBack took to answer, or we waited in vain.", "method", METHODS,
    (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0),
)  # fmt: skip


PUSHED_EVENTS = Counted(
    "pushed_events", "Events that SkinsBack pushed.", {"source": SOURCES, "event": with_other(EVENTS)}
)


def counts_of_call(report: CallReport, outcome: str) -> dict[Key, int]:
    """Return what one request adds. ``outcome`` as ``request_minutes`` has it."""
    one = API_REQUESTS.key(report.method, outcome)
    return {one: 1, **API_REQUEST_SECONDS.counts(report.method, report.seconds)}


def counts_of_events(rows: Iterable[Mapping[str, Any]]) -> dict[Key, int]:
    """Return what pushed events add. ``rows`` are those of ``pushed_events_minutes``."""
    counts: Counter[Key] = Counter()
    for row in rows:
        counts[PUSHED_EVENTS.key(row["source"], row["event"])] += row["count"]
    return counts
