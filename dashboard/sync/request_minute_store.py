"""The only writer of the requests to SkinsBack by minute: how many, how they ended, how long they took."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete

from dashboard.db.upserts import Counter
from dashboard.skinsback.client import CallReport
from dashboard.sync.models import RequestMinute

_COUNTER = Counter(RequestMinute.__table__, greatest=("slowest",), latest=("code",))

SUCCESS = "success"

KEPT_FOR = timedelta(days=31)
"""A rule is tried on the last 30 days."""


def add(connection: Connection, report: CallReport, *, for_people: bool) -> None:
    """Count one request in the minute in which it was sent, by the clock of this machine."""
    microseconds = round(report.seconds * 1_000_000)
    row = {
        "minute": report.started_at.replace(second=0, microsecond=0),
        "outcome": SUCCESS if report.error is None else report.error.name[:64],
        "for_people": for_people,
        "code": None if report.error is None else report.error.code,
        "count": 1,
        "microseconds": microseconds,
        "slowest": microseconds,
    }
    _COUNTER.add(connection, [row])


def drop_old(connection: Connection, now: datetime) -> int:
    """Delete minutes older than KEPT_FOR; return how many rows."""
    return connection.execute(delete(RequestMinute).where(RequestMinute.minute < now - KEPT_FOR)).rowcount
