"""Walk SkinsBack's history, so that purchases nobody has looked up are known here too.

A walk is a row of ``history_imports``. A page is stored before the row says that it was, so a walk that was killed
goes on where it was, at worst storing one page a second time, which changes nothing.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Event

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from dashboard.db.database import Fence, writing
from dashboard.db.extensions import db
from dashboard.purchases import store
from dashboard.purchases.store import Source
from dashboard.skinsback.client import SkinsBackClient
from dashboard.skinsback.errors import SkinsBackError
from dashboard.skinsback.records import HistoryPage
from dashboard.sync import state_store as skinsback_state
from dashboard.sync.connection import Stopped, client_for_jobs, is_connected
from dashboard.sync.models import HistoryImport

FIRST_REACH = timedelta(days=90)
"""How far back the first walk of the background job goes; ``purchases import`` goes further."""

OVERLAPS = (
    (timedelta(days=1), timedelta(days=3)),
    (timedelta(minutes=10), timedelta(hours=2)),
    (timedelta(0), timedelta(minutes=10)),
)
"""(every, how far back): every walk begins so long before the end of the last one, for purchases that appear in the
history late. How late they may is not documented, so now and then a walk looks back further."""


class Overlap:
    """Which walks look back how far; remembered by one process, since looking once more does no harm."""

    def __init__(self) -> None:
        self._last: dict[timedelta, datetime] = {}

    def choose(self, now: datetime) -> timedelta:
        """Return how far the next walk has to look back."""
        return next(back for every, back in OVERLAPS if back not in self._last or now - self._last[back] >= every)

    def is_done(self, back: timedelta, now: datetime) -> None:
        """Note that a walk that looked back so far is complete."""
        self._last |= {shorter: now for _, shorter in OVERLAPS if shorter <= back}


LEFT_ALONE_AFTER = timedelta(minutes=3)
"""An unfinished walk that has not moved for so long is nobody's; each page of a walk that goes on moves it."""

STOPPED = "stopped; it goes on from here next time"


@dataclass
class Imported:
    """How far a walk came. ``problem`` says why it is not complete; empty when it is."""

    pages: int = 0
    items: int = 0
    total_count: int | None = None
    problem: str = ""

    def __str__(self) -> str:
        of_total = f" of {self.total_count}" if self.total_count is not None else ""
        done = f"{self.items}{of_total} purchases in {self.pages} pages"
        return f"{done}; {self.problem}" if self.problem else done

    def and_then(self, other: "Imported") -> "Imported":
        """Return what two walks came to together; the first problem is the one that is told."""
        return Imported(self.pages + other.pages, self.items + other.items, None, self.problem or other.problem)


def import_recent(
    *,
    fence: Fence | None = None,
    stop: Event | None = None,
    at_most_seconds: float | None = None,
    overlap: timedelta = OVERLAPS[1][1],
) -> Imported:
    """Walk from the end of the last complete walk to now, then resume one older walk that was left unfinished.

    Each of them goes on where it was, and neither keeps the other waiting for ever: a walk that fails gives way.
    """
    reason_to_wait = skinsback_state.reason_to_wait()
    if reason_to_wait:
        return Imported(problem=reason_to_wait)
    now = datetime.now(UTC)
    last = _newest(HistoryImport.completed_at.is_not(None))
    # A walk made while the clock was ahead seems to end in the future; what is bought until then must not wait for it.
    since = min(last.until, now) - overlap if last is not None else _start_of_day(now) - FIRST_REACH
    outcome = import_period(since, now, fence=fence, stop=stop, at_most_seconds=at_most_seconds)
    older = _left_alone(now)
    if older is None or outcome.problem == STOPPED or skinsback_state.reason_to_wait():
        return outcome
    return outcome.and_then(_walk(older, fence, stop or Event(), at_most_seconds, None))


def _start_of_day(moment: datetime) -> datetime:
    # The same until tomorrow, so that the first walk is found again and resumed.
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def _unfinished_since(since: datetime) -> Row[tuple[object, ...]] | None:
    return _newest((HistoryImport.completed_at.is_(None)) & (HistoryImport.since == since))


def _left_alone(now: datetime) -> Row[tuple[object, ...]] | None:
    """Return the unfinished walk that nobody has gone on with for longest; one that moves is somebody else's."""
    statement = (
        select(*HistoryImport.__table__.columns)
        .where(HistoryImport.completed_at.is_(None), HistoryImport.updated_at < now - LEFT_ALONE_AFTER)
        .order_by(HistoryImport.updated_at)
    )
    with db.engine.connect() as connection:
        return connection.execute(statement).first()


def import_period(
    since: datetime,
    until: datetime,
    *,
    fence: Fence | None = None,
    stop: Event | None = None,
    at_most_seconds: float | None = None,
    on_page: Callable[[Imported], None] | None = None,
) -> Imported:
    """Walk every purchase dated in [since, until), resuming an unfinished walk that began at the same ``since``.

    Raises LeadLost when the fence's lead has passed on; everything stored before stays.
    """
    stop = stop or Event()
    walk = _unfinished_since(since) or _begun(since, until, fence)
    outcome = _walk(walk, fence, stop, at_most_seconds, on_page)
    if outcome.problem or walk.until >= until:
        return outcome
    # The walk that was resumed had been asked to go less far.
    rest = _begun(walk.until, until, fence)
    return outcome.and_then(_walk(rest, fence, stop, at_most_seconds, on_page))


def _begun(since: datetime, until: datetime, fence: Fence | None) -> Row[tuple[object, ...]]:
    now = datetime.now(UTC)
    values = {"since": since, "until": until, "pages": 0, "items": 0, "started_at": now, "updated_at": now}
    with writing(fence) as connection:
        new = insert(HistoryImport).values(**values).returning(*HistoryImport.__table__.columns)
        return connection.execute(new).one()


def _newest(condition: ColumnElement[bool]) -> Row[tuple[object, ...]] | None:
    statement = select(*HistoryImport.__table__.columns).where(condition)
    with db.engine.connect() as connection:
        return connection.execute(statement.order_by(HistoryImport.until.desc(), HistoryImport.id.desc())).first()


def _walk(
    walk: Row[tuple[object, ...]],
    fence: Fence | None,
    stop: Event,
    at_most_seconds: float | None,
    on_page: Callable[[Imported], None] | None,
) -> Imported:
    outcome = Imported(walk.pages, walk.items, walk.total_count)
    if not is_connected():
        outcome.problem = "not connected: no SkinsBack credentials are set"
        return outcome
    client: SkinsBackClient = client_for_jobs(stop)
    give_up_at = None if at_most_seconds is None else time.monotonic() + at_most_seconds
    try:
        for page in client.iter_history(walk.since, walk.until, walk.start_from):
            is_ours = _keep(walk.id, page, outcome, fence)
            if on_page:
                on_page(outcome)
            if not is_ours:
                return outcome
            is_over = give_up_at is not None and time.monotonic() > give_up_at
            if page.has_more and (stop.is_set() or is_over):
                outcome.problem = STOPPED
                return outcome
    except Stopped:
        outcome.problem = STOPPED
    except SkinsBackError as error:
        outcome.problem = error.sentence
        _after_failure(walk, error, fence)
    return outcome


def _after_failure(walk: Row[tuple[object, ...]], error: SkinsBackError, fence: Fence | None) -> None:
    """Let other walks go first the next time, and begin anew where SkinsBack no longer knows the place we were at."""
    values: dict[str, object] = {"updated_at": datetime.now(UTC)}
    if not error.can_retry and not error.stops_asking and walk.start_from is not None:
        values |= {"start_from": None, "pages": 0, "items": 0}
    with writing(fence) as connection:
        connection.execute(update(HistoryImport).where(*_unfinished(walk.id)).values(**values))


def _unfinished(walk_id: int) -> tuple[ColumnElement[bool], ...]:
    return HistoryImport.id == walk_id, HistoryImport.completed_at.is_(None)


def _keep(walk_id: int, page: HistoryPage, outcome: Imported, fence: Fence | None) -> bool:
    """Store a page and note how far the walk has come; False when another process has completed the walk meanwhile."""
    store.record_answer(page.answer, Source.HISTORY, fence=fence)
    now = datetime.now(UTC)
    outcome.pages += 1
    outcome.items += len(page.answer.records) + len(page.answer.set_aside)
    outcome.total_count = page.total_count
    with writing(fence) as connection:
        values = {
            "pages": outcome.pages, "items": outcome.items, "total_count": page.total_count,
            "start_from": page.start_from, "updated_at": now, "completed_at": None if page.has_more else now,
        }  # fmt: skip
        is_ours = connection.execute(update(HistoryImport).where(*_unfinished(walk_id)).values(**values)).rowcount == 1
        if is_ours and not page.has_more:
            _join(connection, walk_id)
    return is_ours


def _join(connection: Connection, walk_id: int) -> None:
    """Make complete walks that touch one row: the pages read from it how far back the copy reaches."""
    this = connection.execute(select(HistoryImport.since, HistoryImport.until).where(HistoryImport.id == walk_id)).one()
    others = (
        (HistoryImport.completed_at.is_not(None))
        & (HistoryImport.id != walk_id)
        & (HistoryImport.until >= this.since)
        & (HistoryImport.since <= this.until)
    )
    touching = connection.execute(select(HistoryImport.since, HistoryImport.until).where(others)).all()
    if touching:
        connection.execute(delete(HistoryImport).where(others))
        whole = {
            "since": min(this.since, *(walk.since for walk in touching)),
            "until": max(this.until, *(walk.until for walk in touching)),
        }
        connection.execute(update(HistoryImport).where(HistoryImport.id == walk_id).values(**whole))
