"""The only writer of sent reports: who may send one now, and what came of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from dashboard.db.database import Fence, writing
from dashboard.finance.models import SentReport

CLAIM_LASTS = timedelta(minutes=15)
"""Longer than sending can take: every answer of the mail server has its own, much shorter limit."""


@dataclass(frozen=True)
class DueReport:
    """A report that may have to be sent now."""

    month: date
    kind: str
    zone: ZoneInfo
    now: datetime

    @property
    def key(self) -> str:
        """The month as the table keeps it."""
        return f"{self.month:%Y-%m}"


@dataclass(frozen=True)
class Claim:
    """The right to send a report, and how many times that was tried by now."""

    id: int
    tries: int


def claim_report(due: DueReport, fence: Fence | None) -> Claim | None:
    """Take the right to send a report; None when it was sent, somebody is sending it, or it failed a moment ago."""
    try:
        with writing(fence) as connection:
            return _claim_row(connection, due)
    except IntegrityError:
        return None  # Another process made the row at the same moment, and sends it.


def _claim_row(connection: Connection, due: DueReport) -> Claim | None:
    row = connection.execute(
        select(SentReport.id, SentReport.tries, SentReport.sent_at, SentReport.claimed_until)
        .where(SentReport.month == due.key, SentReport.kind == due.kind)
        .with_for_update()
    ).one_or_none()
    claimed = {"claimed_until": due.now + CLAIM_LASTS, "zone": due.zone.key}
    if row is None:
        values = {"month": due.key, "kind": due.kind, "tries": 1, "is_final": False, **claimed}
        texts = dict.fromkeys(("figures", "recipients", "problem"), "")
        new_id = connection.execute(insert(SentReport).values(**values, **texts).returning(SentReport.id)).scalar_one()
        return Claim(int(new_id), 1)
    if row.sent_at is not None or row.claimed_until > due.now:
        return None
    connection.execute(update(SentReport).where(SentReport.id == row.id).values(tries=row.tries + 1, **claimed))
    return Claim(row.id, row.tries + 1)


def mark_report(claim: Claim, fence: Fence | None, **values: object) -> None:
    """Write what came of a claim. Raises LeadLost when the fence's lead has passed on."""
    with writing(fence) as connection:
        connection.execute(update(SentReport).where(SentReport.id == claim.id).values(**values))
