"""What the background jobs did: their newest runs, and when each last did what it is for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select

from dashboard.db import dbclock
from dashboard.db.dbclock import moment_of
from dashboard.db.extensions import db
from dashboard.db.models import Lease, is_lead_running
from dashboard.jobs.models import JobRun
from dashboard.jobs.results import DONE

RUNS_SHOWN = 5


@dataclass(frozen=True)
class LeadHolder:
    """The process that leads the jobs. Times are those of the database's clock."""

    holder: str
    epoch: int
    since: datetime
    expires_at: datetime
    is_leading: bool


CLOCKS_DIFFER_BY = timedelta(minutes=1)
"""At most, between machines. What is dated later than that was written before a clock was set back."""


def newest_runs(job: str) -> Sequence[Row[Any]]:
    """Return a job's newest runs. Runs in a row that found nothing to do are one row, from the first to the last."""
    columns = JobRun.__table__.columns
    return db.session.execute(
        select(*columns).where(JobRun.job == job).order_by(JobRun.started_at.desc(), JobRun.id.desc()).limit(RUNS_SHOWN)
    ).all()


def last_success(job: str) -> datetime | None:
    """Return when a job last did what it is for, or None."""
    return db.session.execute(
        select(JobRun.updated_at)
        .where(JobRun.job == job, JobRun.outcome == DONE)
        .order_by(JobRun.started_at.desc(), JobRun.id.desc())
        .limit(1)
    ).scalar()


def find_leader() -> LeadHolder | None:
    """Return who leads or led last, or None when nobody ever did."""
    row = db.session.execute(
        select(Lease.holder, Lease.epoch, Lease.taken_us, Lease.expires_us).order_by(Lease.expires_us.desc()).limit(1)
    ).one_or_none()
    if row is None:
        return None
    is_leading = is_lead_running(row.expires_us, dbclock.now_us(db.session.connection()))
    return LeadHolder(row.holder, row.epoch, moment_of(row.taken_us), moment_of(row.expires_us), is_leading)
