"""Closed finance reports."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from dashboard.db.extensions import db
from dashboard.db.paging import page_of
from dashboard.finance.closed import figures as closed_figures
from dashboard.finance.models import ClosedReport
from dashboard.finance.report import Report
from dashboard.lib import periods
from dashboard.lib.periods import By, Period

_SHOWN = (
    ClosedReport.id, ClosedReport.closed_by_email, ClosedReport.as_of, ClosedReport.first_day, ClosedReport.last_day,
    ClosedReport.zone, ClosedReport.cut_by, ClosedReport.count, ClosedReport.debited,
    ClosedReport.debited_missing,
)  # fmt: skip
_WHOLE = select(*_SHOWN, ClosedReport.figures)


@dataclass(frozen=True)
class Closed:
    id: int
    closed_by_email: str
    as_of: datetime
    report: Report


def find_closed(report_id: int) -> Closed | None:
    row = db.session.execute(_WHOLE.where(ClosedReport.id == report_id)).one_or_none()
    return None if row is None else _closed(row)


def _closed(row: Row[Any]) -> Closed:
    days = (date.fromisoformat(row.first_day), date.fromisoformat(row.last_day))
    period = Period(*days, periods.zone_by_name(row.zone), By(row.cut_by))
    return Closed(row.id, row.closed_by_email, row.as_of, closed_figures.read(row.figures, period))


def closings(before_id: int | None = None) -> tuple[Sequence[Row[Any]], int | None]:
    """Return a page of closed reports without their figures, newest first, and what the next begins below."""
    statement = select(*_SHOWN).order_by(ClosedReport.id.desc())
    if before_id is not None:
        statement = statement.where(ClosedReport.id < before_id)
    return page_of(statement, "id")


_C = ClosedReport.__table__.c


def iter_closed(connection: Connection) -> Iterator[Closed]:
    """Yield every closed report with its figures, newest first."""
    statement = _WHOLE.order_by(ClosedReport.id.desc()).execution_options(stream_results=True, yield_per=10)
    yield from map(_closed, connection.execute(statement))


def count_and_debited(connection: Connection) -> tuple[int, Decimal]:
    """Return how many reports were closed, and the sum of what each of them says was debited, in USD."""
    statement = select(func.count(), func.coalesce(func.sum(ClosedReport.debited), 0))
    count, debited = connection.execute(statement).one()
    return count, debited


# Made once, and of the table's own columns: putting the statement together costs more than the look-up.
_NEWEST = (
    select(_C.id, _C.closed_by_email, _C.as_of, _C.debited, _C.debited_missing)
    .where(_C.first_day == bindparam("first"), _C.last_day == bindparam("last"), _C.zone == bindparam("zone"))
    .order_by(_C.id.desc())
    .limit(1)
)


def newest_closing(period: Period) -> Row[Any] | None:
    """Return id, who, as of when and debited of the last closing of exactly these days in this zone, or None."""
    days = {"first": period.first.isoformat(), "last": period.last.isoformat(), "zone": period.zone.key}
    return db.session.execute(_NEWEST, days).one_or_none()
