"""The only writer of what is counted by minute: requests to SkinsBack, and the events it pushed."""

from collections import Counter as Tally
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete

from dashboard.db.database import writing
from dashboard.db.upserts import Counter
from dashboard.skinsback.client import CallReport
from dashboard.sync.models import PushedEventMinute, RequestMinute

_REQUESTS = Counter(RequestMinute.__table__, greatest=("slowest",), latest=("code",))
_EVENTS = Counter(PushedEventMinute.__table__)

SUCCESS = "success"
LONGEST_OUTCOME = 64
LONGEST_EVENT = 32

KEPT_FOR = timedelta(days=31)
"""A rule is tried on the last 30 days."""


def add_request(connection: Connection, report: CallReport, *, for_people: bool) -> None:
    """Count one request in the minute in which it was sent, by the clock of this machine."""
    microseconds = round(report.seconds * 1_000_000)
    row = {
        "minute": report.started_at.replace(second=0, microsecond=0),
        "outcome": SUCCESS if report.error is None else report.error.name[:LONGEST_OUTCOME],
        "for_people": for_people,
        "code": None if report.error is None else report.error.code,
        "count": 1,
        "microseconds": microseconds,
        "slowest": microseconds,
    }
    _REQUESTS.add(connection, [row])


def record_events(events: Iterable[tuple[str, str, datetime]]) -> None:
    """Count events, as (source, event, when), in one transaction.

    ``source`` is ``websocket`` or ``webhook``, ``event`` SkinsBack's own name for its kind.
    """
    tally = Tally((at.replace(second=0, microsecond=0), source, event[:LONGEST_EVENT]) for source, event, at in events)
    rows = [
        {"minute": minute, "source": source, "event": event, "count": number}
        for (minute, source, event), number in sorted(tally.items())
    ]
    if rows:
        with writing() as connection:
            _EVENTS.add(connection, rows)


def drop_old(connection: Connection, now: datetime) -> int:
    return sum(
        connection.execute(delete(table).where(table.minute < now - KEPT_FOR)).rowcount
        for table in (RequestMinute, PushedEventMinute)
    )
