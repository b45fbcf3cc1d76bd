"""The only writer of the requests to SkinsBack by minute: how many, how they ended, how long they took."""

from sqlalchemy import Connection

from dashboard.db.upserts import Counter
from dashboard.skinsback.client import CallReport
from dashboard.sync.models import RequestMinute

_COUNTER = Counter(RequestMinute.__table__, greatest=("slowest",), latest=("code",))

SUCCESS = "success"


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
