"""The only writer of how many pushed events were received, by minute, source and kind."""

from collections import Counter as Tally
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete

from dashboard.db.database import writing
from dashboard.db.upserts import Counter
from dashboard.sync.models import PushedEventMinute

_COUNTER = Counter(PushedEventMinute.__table__)

LONGEST_EVENT = 32

KEPT_FOR = timedelta(days=31)


def record_event(source: str, event: str, at: datetime) -> None:
    """Count one event; ``source`` is ``websocket`` or ``webhook``, ``event`` SkinsBack's own name for its kind."""
    record_events([(source, event, at)])


def record_events(events: Iterable[tuple[str, str, datetime]]) -> None:
    """Count many events, as (source, event, when), in one transaction."""
    tally = Tally((at.replace(second=0, microsecond=0), source, event[:LONGEST_EVENT]) for source, event, at in events)
    rows = [
        {"minute": minute, "source": source, "event": event, "count": number}
        for (minute, source, event), number in sorted(tally.items())
    ]
    if rows:
        with writing() as connection:
            _COUNTER.add(connection, rows)


def drop_old(connection: Connection, now: datetime) -> int:
    """Delete minutes older than KEPT_FOR; return how many rows."""
    return connection.execute(delete(PushedEventMinute).where(PushedEventMinute.minute < now - KEPT_FOR)).rowcount
