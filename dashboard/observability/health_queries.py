"""How the dashboard itself is doing: who leads, what jobs do, what is asked of SkinsBack, what could not be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row, case, func, select, text

from dashboard.db import dbclock
from dashboard.db.dbclock import SECOND
from dashboard.db.extensions import db
from dashboard.db.models import Lease
from dashboard.jobs.models import JobRun
from dashboard.observability.models import SlowStatement
from dashboard.purchases.models import Purchase, SetAsideRecord, WantedPurchase
from dashboard.sync.budget import MINUTE, NAME, PEOPLE_ASKED_LATELY, PEOPLE_SHARE, QUIET_SHARE
from dashboard.sync.due_queries import COUNTED_AT_MOST, find_oldest
from dashboard.sync.models import PushedEventMinute, RequestBudget, RequestMinute, RequestSlot

RUNS_SHOWN = 5
SET_ASIDE_SHOWN = 20
SLOW_SHOWN = 10
SLOW_DAYS = timedelta(days=7)


@dataclass(frozen=True)
class Leader:
    """The process that leads the jobs. Times are those of the database's clock."""

    holder: str
    epoch: int
    since: datetime
    expires_at: datetime
    is_leading: bool
    """Whether its lease still runs."""


@dataclass(frozen=True)
class Work:
    """What is overdue: how many purchases (counted up to COUNTED_AT_MOST), since when the oldest is, and why."""

    overdue: int
    oldest: datetime | None
    wanted: int
    """Purchases that events named and that are not stored yet."""
    reasons: Sequence[tuple[str, int]]
    next_due: datetime | None


@dataclass(frozen=True)
class Budget:
    """The requests of the last 60 seconds, and what each kind of caller may have at the moment."""

    used: int
    used_by_people: int
    limit: int
    for_jobs: int
    paused_until: datetime | None

    @property
    def kept_for_people(self) -> int:
        """How many of a minute's requests jobs leave alone now."""
        return self.limit - self.for_jobs


def find_leader() -> Leader | None:
    """Return who leads or led last, or None when nobody ever did."""
    row = db.session.execute(
        select(Lease.holder, Lease.epoch, Lease.taken_us, Lease.expires_us).order_by(Lease.expires_us.desc()).limit(1)
    ).one_or_none()
    if row is None:
        return None
    is_leading = row.expires_us > dbclock.now_us(db.session.connection())
    return Leader(row.holder, row.epoch, _moment(row.taken_us), _moment(row.expires_us), is_leading)


def _moment(microseconds: int) -> datetime:
    return datetime.fromtimestamp(microseconds / SECOND, UTC)


def newest_runs(job: str) -> Sequence[Row[Any]]:
    """Return a job's newest runs. Runs in a row that found nothing to do are one row, from the first to the last."""
    columns = JobRun.__table__.columns
    return db.session.execute(
        select(*columns).where(JobRun.job == job).order_by(JobRun.started_at.desc(), JobRun.id.desc()).limit(RUNS_SHOWN)
    ).all()


def last_success(job: str) -> datetime | None:
    """Return when a job last ended well, or None."""
    return db.session.execute(
        select(JobRun.updated_at)
        .where(JobRun.job == job, JobRun.outcome == "done")
        .order_by(JobRun.started_at.desc(), JobRun.id.desc())
        .limit(1)
    ).scalar()


def find_work(now: datetime) -> Work:
    """Return what SkinsBack should have been asked about by now."""
    overdue = (
        select(Purchase.due_at, Purchase.due_reason).where(Purchase.due_at <= now).limit(COUNTED_AT_MOST).subquery()
    )
    reasons = db.session.execute(
        select(overdue.c.due_reason, func.count().label("purchases"))
        .group_by(overdue.c.due_reason)
        .order_by(func.count().desc())
    ).all()
    return Work(
        sum(row.purchases for row in reasons),
        find_oldest(now),
        db.session.execute(select(func.count()).select_from(WantedPurchase)).scalar_one(),
        [(row.due_reason, row.purchases) for row in reasons],
        db.session.execute(select(func.min(Purchase.due_at)).where(Purchase.due_at > now)).scalar(),
    )


def find_budget(limit: int) -> Budget:
    """Return how much of the minute is used, by the clock and the rules of ``budget``."""
    connection = db.session.connection()
    now = dbclock.now_us(connection)
    row = db.session.execute(
        select(RequestBudget.paused_until_us, RequestBudget.people_asked_us).where(RequestBudget.name == NAME)
    ).one_or_none()
    in_minute = (RequestSlot.at_us > now - MINUTE) & (RequestSlot.at_us <= now)
    by_people = func.sum(case((RequestSlot.for_people, 1), else_=0))
    used, used_by_people = db.session.execute(select(func.count(), by_people).where(in_minute)).one()
    have_people_asked = row is not None and now - row.people_asked_us < PEOPLE_ASKED_LATELY
    kept = limit // (PEOPLE_SHARE if have_people_asked else QUIET_SHARE)
    paused_until = _moment(row.paused_until_us) if row is not None and row.paused_until_us > now else None
    return Budget(used, used_by_people or 0, limit, max(1, limit - kept), paused_until)


def requests_by_minute(since: datetime) -> dict[datetime, tuple[int, int, int]]:
    """Return (for jobs, for people, failed) of each minute with requests that have ended."""
    is_failed = RequestMinute.outcome.not_in(["success", "offer_not_found"])
    rows = db.session.execute(
        select(
            RequestMinute.minute,
            func.sum(case((RequestMinute.for_people, 0), else_=RequestMinute.count)).label("jobs"),
            func.sum(case((RequestMinute.for_people, RequestMinute.count), else_=0)).label("people"),
            func.sum(case((is_failed, RequestMinute.count), else_=0)).label("failed"),
        )
        .where(RequestMinute.minute >= since)
        .group_by(RequestMinute.minute)
    )
    return {row.minute: (int(row.jobs), int(row.people), int(row.failed)) for row in rows}


def answers_since(since: datetime) -> Sequence[Row[Any]]:
    """Return (outcome, code, requests, microseconds, slowest) of the requests since then, the most frequent first."""
    number = func.sum(RequestMinute.count)
    return db.session.execute(
        select(
            RequestMinute.outcome, func.max(RequestMinute.code).label("code"), number.label("requests"),
            func.sum(RequestMinute.microseconds).label("microseconds"),
            func.max(RequestMinute.slowest).label("slowest"),
        )
        .where(RequestMinute.minute >= since)
        .group_by(RequestMinute.outcome)
        .order_by(number.desc(), RequestMinute.outcome)
    ).all()  # fmt: skip


def events_since(since: datetime) -> Sequence[Row[Any]]:
    """Return (source, event, received, newest) of the pushed events since then."""
    return db.session.execute(
        select(
            PushedEventMinute.source, PushedEventMinute.event,
            func.sum(PushedEventMinute.count).label("received"), func.max(PushedEventMinute.minute).label("newest"),
        )
        .where(PushedEventMinute.minute >= since)
        .group_by(PushedEventMinute.source, PushedEventMinute.event)
        .order_by(PushedEventMinute.source, PushedEventMinute.event)
    ).all()  # fmt: skip


def newest_set_aside() -> Sequence[Row[Any]]:
    """Return the objects of SkinsBack that could not be used, the one seen last first, at most SET_ASIDE_SHOWN."""
    columns = SetAsideRecord.__table__.columns
    return db.session.execute(
        select(*columns).order_by(SetAsideRecord.last_seen_at.desc(), SetAsideRecord.id.desc()).limit(SET_ASIDE_SHOWN)
    ).all()


def count_set_aside() -> int:
    """Return how many objects are set aside."""
    return int(db.session.execute(select(func.count()).select_from(SetAsideRecord)).scalar_one())


def database_bytes() -> int:
    """Return the size of the database in bytes; of an SQLite file without its write-ahead log."""
    if db.engine.dialect.name == "postgresql":
        return int(db.session.execute(text("SELECT pg_database_size(current_database())")).scalar_one())
    pages = db.session.execute(text("PRAGMA page_count")).scalar_one()
    return int(pages) * int(db.session.execute(text("PRAGMA page_size")).scalar_one())


def slowest_statements(now: datetime) -> Sequence[Row[Any]]:
    """Return the statements that took longest on one of the last days, the slowest first; see ``slow_statements``."""
    columns = (SlowStatement.statement, SlowStatement.microseconds, SlowStatement.slowest, SlowStatement.slowest_at)
    recent = select(*columns, SlowStatement.count.label("times")).where(SlowStatement.day >= now - SLOW_DAYS)
    return db.session.execute(recent.order_by(SlowStatement.slowest.desc()).limit(SLOW_SHOWN)).all()
