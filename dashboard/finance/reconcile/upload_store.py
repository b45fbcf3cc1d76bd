"""Uploaded files that wait for an answer: kept, claimed by the one process that compares, and dropped.

A file is in the database, so that whichever web process gets the answer finds it.
"""

import re
import secrets
import time
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, insert, or_, select, update

from dashboard.db.database import writing
from dashboard.db.extensions import db
from dashboard.finance.models import ReconciliationUpload
from dashboard.lib.periods import Interval

KEPT_FOR = timedelta(days=1)
MOST_KEPT = 10
"""Of one person; the oldest goes when one more comes."""

CLAIM = timedelta(seconds=60)
"""A process that was killed while it compared holds the file no longer than this."""
WAIT_SECONDS = 20.0
LOOK_EVERY = 0.2

_KEY = re.compile(r"[\w-]{43}", re.ASCII)

_U = ReconciliationUpload.__table__.c


@dataclass(frozen=True)
class KeptUpload:
    """A file that waits, without its content. ``reconciliation_id`` is the comparison that it became."""

    key: str
    file_name: str
    zone: str
    since: datetime | None
    until: datetime | None
    reconciliation_id: int | None

    @property
    def period(self) -> Interval | None:
        return Interval(self.since, self.until) if self.since and self.until else None


_KEPT = [_U[name] for name in KeptUpload.__dataclass_fields__]


def keep(content: bytes, period: Interval | None, *, file_name: str, email: str, zone: str) -> KeptUpload:
    """Keep a file."""
    key = secrets.token_urlsafe(32)
    values = {
        "key": key, "file_name": file_name[:255], "uploaded_by_email": email, "uploaded_at": datetime.now(UTC),
        "zone": zone, "since": period.since if period else None, "until": period.until if period else None,
        "content": zlib.compress(content, 1),
    }  # fmt: skip
    others = select(_U.id).where(_U.uploaded_by_email == email).order_by(_U.id.desc()).offset(MOST_KEPT - 1)
    with writing() as connection:
        too_old = connection.execute(others).scalars().all()
        connection.execute(delete(ReconciliationUpload).where(_U.id.in_(too_old)))
        connection.execute(insert(ReconciliationUpload).values(values))
    since, until = (period.since, period.until) if period else (None, None)
    return KeptUpload(key, file_name, zone, since, until, None)


def find_upload(key: str) -> KeptUpload | None:
    if not _KEY.fullmatch(key):
        return None
    row = db.session.execute(select(*_KEPT).where(_U.key == key)).one_or_none()
    return KeptUpload(*row) if row is not None else None


def content_of(key: str) -> bytes | None:
    """Return a kept file, None once it was compared or dropped."""
    packed = db.session.execute(select(_U.content).where(_U.key == key)).scalar()
    # The file may take long to read, and meanwhile no reading transaction is to stay open.
    db.session.rollback()
    return zlib.decompress(packed) if packed is not None else None


def claim(key: str, answer: str) -> bool:
    """Say whether this process is the one that compares a file, as ``answer`` marks; another one waits for it."""
    now = datetime.now(UTC)
    is_free = or_(_U.claimed_until.is_(None), _U.claimed_until < now)
    statement = update(ReconciliationUpload).where(_U.key == key, _U.reconciliation_id.is_(None), is_free)
    with writing() as connection:
        return connection.execute(statement.values(claimed_until=now + CLAIM, answer=answer)).rowcount == 1


def let_go(key: str) -> None:
    """Give a claimed file back, because it was not compared."""
    with writing() as connection:
        connection.execute(update(ReconciliationUpload).where(_U.key == key).values(claimed_until=None))


def wait_for_outcome(key: str) -> tuple[int, str] | None:
    """Return the comparison that another process makes or made of a file, and the mark of the form that it was sent.

    None when it takes too long or gave up.
    """
    waited = 0.0
    while waited < WAIT_SECONDS:
        db.session.rollback()
        told = select(_U.reconciliation_id, _U.answer, _U.claimed_until).where(_U.key == key)
        row = db.session.execute(told).one_or_none()
        if row is not None and row.reconciliation_id is not None:
            return row.reconciliation_id, row.answer
        if row is None or row.claimed_until is None:
            return None
        time.sleep(LOOK_EVERY)
        waited += LOOK_EVERY
    return None


def drop_old(connection: Connection, now: datetime) -> int:
    """Delete files that nobody answered within a day, and what is left of answered ones; return how many."""
    return connection.execute(delete(ReconciliationUpload).where(_U.uploaded_at < now - KEPT_FOR)).rowcount
