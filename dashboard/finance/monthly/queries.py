"""The monthly reports that were sent by mail, and what keeps a month from being final."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, select

from dashboard.db.extensions import db
from dashboard.finance import queries as reports
from dashboard.finance.models import SentReport
from dashboard.lib import periods
from dashboard.lib.periods import By, Period
from dashboard.purchases import list_queries as lists
from dashboard.purchases.filters import Filters
from dashboard.purchases.finality import STILL_MOVING
from dashboard.sync import freshness_queries as freshness
from dashboard.totals.sums import Sums

MONTHS_SHOWN = 12


@dataclass(frozen=True)
class Waiting:
    """What keeps a period from being final: purchases still open or on hold, and whether the copy holds all of it."""

    moving: Sums
    holds_all: bool

    @property
    def is_over(self) -> bool:
        return self.moving.count == 0 and self.holds_all


@dataclass(frozen=True)
class MonthSent:
    """A month of which reports were sent: when each was, and what the final one waits for, None when it was sent."""

    period: Period
    sent_at: dict[str, datetime]
    waiting: Waiting | None


def month_period(month: date, zone: ZoneInfo) -> Period:
    return Period(month, periods.month_end(month), zone, By.DAY)


def find_waiting(period: Period) -> Waiting:
    """Return what keeps a period from being final now."""
    return Waiting(reports.find_report(period).moving, holds_all(period))


def holds_all(period: Period) -> bool:
    """Say whether the copy is known to hold every purchase of a period.

    Where no import has ever begun, purchases come from files, and whoever loads those knows what is in them.
    """
    reach = freshness.find_reach()
    if reach is None:
        return not freshness.has_begun_importing()
    since, until = period.interval
    return reach.since <= since and reach.until >= until


def purchases_waited_for(period: Period) -> Sequence[Row[Any]]:
    """Return the purchases that keep a period from being final, the oldest first; the first page of their list."""
    since, until = period.interval
    parts = tuple(part.value for part in STILL_MOVING)
    return lists.search_purchases(Filters(parts=parts, since=since, until=until), sort="date").rows


def kinds_sent() -> dict[date, dict[str, Row[Any]]]:
    """Return what was sent of each month, by its first day and by kind, as rows of ``sent_reports``."""
    columns = SentReport.__table__.columns
    rows = db.session.execute(select(*columns).where(SentReport.sent_at.is_not(None)).order_by(SentReport.month)).all()
    months: dict[date, dict[str, Row[Any]]] = {}
    for row in rows:
        months.setdefault(date.fromisoformat(f"{row.month}-01"), {})[row.kind] = row
    return months


def months_sent(zone: ZoneInfo) -> list[MonthSent]:
    """Return the last MONTHS_SHOWN months of which a report was sent, newest first."""
    sent = kinds_sent()
    return [_month_sent(month, sent[month], zone) for month in sorted(sent, reverse=True)[:MONTHS_SHOWN]]


def _month_sent(month: date, kinds: dict[str, Row[Any]], zone: ZoneInfo) -> MonthSent:
    period = month_period(month, zone)
    is_final = any(row.is_final for row in kinds.values())
    return MonthSent(
        period, {kind: row.sent_at for kind, row in kinds.items()}, None if is_final else find_waiting(period)
    )
