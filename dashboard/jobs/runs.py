"""The log of job runs, which the pages and ``/readyz`` read."""

import logging
from datetime import UTC, datetime

from sqlalchemy import insert, select, update

from dashboard.database import Fence, writing
from dashboard.models import JobRun

logger = logging.getLogger(__name__)


def record_run(
    job: str, holder: str, started_at: datetime, outcome: str, detail: str, *, did_something: bool, fence: Fence
) -> None:
    """Note a finished run. Runs that found nothing to do share one row, since there are tens of thousands a day.

    Raises LeadLost when the fence's lead has passed on.
    """
    now = datetime.now(UTC)
    _log(job, outcome, detail, (now - started_at).total_seconds(), did_something=did_something)
    with writing(fence) as connection:
        last = connection.execute(
            select(JobRun.id, JobRun.holder, JobRun.outcome, JobRun.detail)
            .where(JobRun.job == job)
            .order_by(JobRun.started_at.desc(), JobRun.id.desc())
            .limit(1)
        ).one_or_none()
        is_the_same = last is not None and (last.holder, last.outcome, last.detail) == (holder, outcome, detail)
        if last is not None and is_the_same and not did_something:
            connection.execute(update(JobRun).where(JobRun.id == last.id).values(updated_at=now, ended_at=now))
            return
        connection.execute(
            insert(JobRun).values(
                job=job, holder=holder, started_at=started_at, updated_at=now, ended_at=now, outcome=outcome,
                detail=detail,
            )
        )  # fmt: skip


def _log(job: str, outcome: str, detail: str, seconds: float, *, did_something: bool) -> None:
    # A run that found nothing to do comes every two seconds, and only somebody who looks for it wants its line.
    level = logging.INFO if did_something or outcome != "done" else logging.DEBUG
    fields = {"job": job, "outcome": outcome, "ms": round(seconds * 1000, 1), "detail": detail}
    logger.log(level, "job run", extra={"fields": fields})
