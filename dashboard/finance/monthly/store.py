"""The only writer of sent reports: who may send one now, and what came of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, insert, select
from sqlalchemy.exc import IntegrityError

from dashboard.db.database import Fence, writing
from dashboard.db.outbox_store import Outbox
from dashboard.finance.models import SentReport

OUTBOX = Outbox(
    SentReport, SentReport.claimed_until, SentReport.problem, claim_lasts=timedelta(minutes=15),
    shortest_wait=timedelta(minutes=5), longest_wait=timedelta(hours=6),
)  # fmt: skip
_MESSAGE = (SentReport.id, SentReport.tries, SentReport.sent_at, SentReport.claimed_until)


@dataclass(frozen=True)
class DueReport:
    month: date
    kind: str
    zone: ZoneInfo
    now: datetime

    @property
    def key(self) -> str:
        return f"{self.month:%Y-%m}"


def claim_report(due: DueReport, fence: Fence | None) -> Row[Any] | None:
    """Take the right to send a report; None when it was sent, somebody is sending it, or it failed a moment ago."""
    try:
        message = _find_or_add(due, fence)
    except IntegrityError:
        return None  # Another process made the row at the same moment, and sends it.
    is_due = message.sent_at is None and message.claimed_until <= due.now
    return message if is_due and OUTBOX.claim(message, due.now, fence) else None


def _find_or_add(due: DueReport, fence: Fence | None) -> Row[Any]:
    is_it = (SentReport.month == due.key) & (SentReport.kind == due.kind)
    values = {"month": due.key, "kind": due.kind, "zone": due.zone.key, "tries": 0, "claimed_until": due.now}
    nothing_yet = {"is_final": False, "figures": "", "recipients": "", "problem": ""}
    with writing(fence) as connection:
        known = connection.execute(select(*_MESSAGE).where(is_it)).one_or_none()
        if known is not None:
            return known
        return connection.execute(insert(SentReport).values(**values, **nothing_yet).returning(*_MESSAGE)).one()
