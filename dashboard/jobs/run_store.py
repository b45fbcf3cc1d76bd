"""The log of job runs, which the pages and ``/readyz`` read; and the job that drops what no page reads any more."""

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from dashboard.db.database import Fence, writing
from dashboard.jobs.models import JobRun
from dashboard.jobs.plan import Lead, PlannedJob, Work
from dashboard.jobs.results import DONE, RUNNING, JobResult

logger = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=14)

QUIET_NOTED_EVERY = timedelta(seconds=5)
"""A run with nothing to do, after another such run, is noted no more often than this."""


def record_run(job: str, holder: str, started_at: datetime, outcome: str, result: JobResult, *, fence: Fence) -> None:
    """Note how a run goes (``running``) or how it ended. A run is one row, however often it is noted.

    Runs that found nothing to do share one row, since there are tens of thousands a day. Raises LeadLost when the
    fence's lead has passed on.
    """
    now = datetime.now(UTC)
    length_us = (now - started_at) // timedelta(microseconds=1)
    _log(job, outcome, result, length_us)
    with writing(fence) as connection:
        last = connection.execute(
            select(JobRun.id, JobRun.holder, JobRun.started_at, JobRun.updated_at, JobRun.outcome, JobRun.detail)
            .where(JobRun.job == job, JobRun.started_at <= now)
            .order_by(JobRun.started_at.desc(), JobRun.id.desc())
            .limit(1)
        ).one_or_none()
        values = {
            "updated_at": now, "ended_at": None if outcome == RUNNING else now, "outcome": outcome,
            "detail": result.detail, "length_us": length_us, "asked": result.asked, "answered": result.answered,
            "stored": result.stored,
        }  # fmt: skip
        if last is not None and (last.holder, last.started_at) == (holder, started_at):
            connection.execute(update(JobRun).where(JobRun.id == last.id).values(**values))
            return
        is_the_same = last is not None and (last.holder, last.outcome, last.detail) == (holder, outcome, result.detail)
        if last is not None and is_the_same and not result.did_something:
            # Also when the clock was set back: the row would say for hours that all is well, whatever happens.
            if abs(now - last.updated_at) >= QUIET_NOTED_EVERY:
                again = {"updated_at": now, "ended_at": now, "length_us": length_us}
                connection.execute(update(JobRun).where(JobRun.id == last.id).values(**again))
            return
        connection.execute(insert(JobRun).values(job=job, holder=holder, started_at=started_at, **values))


def _log(job: str, outcome: str, result: JobResult, length_us: int) -> None:
    # A run that found nothing to do comes every second, and only somebody who looks for it wants its line.
    level = logging.INFO if outcome != RUNNING and (result.did_something or outcome != DONE) else logging.DEBUG
    fields = {
        "job": job, "outcome": outcome, "ms": length_us // 1000, "asked": result.asked, "answered": result.answered,
        "stored": result.stored, "detail": result.detail,
    }  # fmt: skip
    logger.log(level, "job run", extra={"fields": fields})


def drop_old(connection: Connection, now: datetime) -> int:
    until = now - KEPT_FOR
    return connection.execute(delete(JobRun).where(JobRun.started_at < until, JobRun.updated_at < until)).rowcount


def tidy_job(droppers: Sequence[Callable[[Connection, datetime], int]]) -> PlannedJob:
    """Return the job that calls these once an hour. Each deletes what is too old in the tables of one room, inside the
    transaction of the connection, and returns how many rows that were."""

    def work_under(lead: Lead) -> Work:
        def work(_note: Callable[[JobResult], None]) -> JobResult:
            with writing(lead.fence) as connection:
                rows = sum(drop(connection, datetime.now(UTC)) for drop in droppers)
            return JobResult(f"{rows} rows deleted", rows > 0)

        return work

    return PlannedJob("tidy", "Tidy up", timedelta(hours=1), work_under)
