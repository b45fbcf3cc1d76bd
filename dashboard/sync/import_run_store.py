"""The only writer of import runs: each is a period of the history, and how far its import has come."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from dashboard.db.database import Fence, writing
from dashboard.skinsback.records import HistoryPage
from dashboard.sync.models import HistoryImport


def begin(since: datetime, until: datetime, fence: Fence | None) -> Row[Any]:
    """Return the row of a new run. Raises LeadLost, as all functions here do, when the fence's lead has passed on."""
    now = datetime.now(UTC)
    values = {"since": since, "until": until, "pages": 0, "items": 0, "started_at": now, "updated_at": now}
    with writing(fence) as connection:
        new = insert(HistoryImport).values(**values).returning(*HistoryImport.__table__.columns)
        return connection.execute(new).one()


def record_page(run_id: int, page: HistoryPage, *, pages: int, items: int, fence: Fence | None) -> bool:
    """Note that a page is stored, the last of ``pages``; False when another process has completed the run meanwhile."""
    now = datetime.now(UTC)
    values = {
        "pages": pages, "items": items, "total_count": page.total_count, "start_from": page.start_from,
        "updated_at": now, "completed_at": None if page.has_more else now,
    }  # fmt: skip
    with writing(fence) as connection:
        is_ours = connection.execute(update(HistoryImport).where(*_unfinished(run_id)).values(**values)).rowcount == 1
        if is_ours and not page.has_more:
            _join(connection, run_id)
    return is_ours


def record_failure(run_id: int, fence: Fence | None, *, begins_anew: bool) -> None:
    """Let other runs go first the next time; this one goes on where it was, or ``begins_anew``."""
    values: dict[str, Any] = {"start_from": None, "pages": 0, "items": 0} if begins_anew else {}
    values["updated_at"] = datetime.now(UTC)
    with writing(fence) as connection:
        connection.execute(update(HistoryImport).where(*_unfinished(run_id)).values(**values))


def _unfinished(run_id: int) -> tuple[ColumnElement[bool], ...]:
    return HistoryImport.id == run_id, HistoryImport.completed_at.is_(None)


def _join(connection: Connection, run_id: int) -> None:
    """Make complete runs that touch one row: the pages read from it how far back the copy reaches."""
    period = select(HistoryImport.since, HistoryImport.until)
    this = connection.execute(period.where(HistoryImport.id == run_id)).one()
    others = (
        (HistoryImport.completed_at.is_not(None))
        & (HistoryImport.id != run_id)
        & (HistoryImport.until >= this.since)
        & (HistoryImport.since <= this.until)
    )
    touching = connection.execute(period.where(others)).all()
    if touching:
        connection.execute(delete(HistoryImport).where(others))
        whole = {
            "since": min(this.since, *(run.since for run in touching)),
            "until": max(this.until, *(run.until for run in touching)),
        }
        connection.execute(update(HistoryImport).where(HistoryImport.id == run_id).values(**whole))
