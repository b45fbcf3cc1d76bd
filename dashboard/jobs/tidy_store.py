"""The job that drops what no page reads any more; each room says of its own tables what that is."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from dashboard.db.database import Fence, writing
from dashboard.jobs.plan import Lead, PlannedJob, Work

DropOld = Callable[[Connection, datetime], int]
"""Deletes what is too old at a moment, inside the transaction of the connection; returns how many rows."""


def tidy_up(fence: Fence, droppers: Sequence[DropOld]) -> int:
    """Delete old rows and return how many. Raises LeadLost."""
    with writing(fence) as connection:
        return sum(drop(connection, datetime.now(UTC)) for drop in droppers)


def tidy_job(droppers: Sequence[DropOld]) -> PlannedJob:
    def work_under(lead: Lead) -> Work:
        def work(_note: Callable[[str], None]) -> tuple[str, bool]:
            rows = tidy_up(lead.fence, droppers)
            return f"{rows} rows deleted", rows > 0

        return work

    return PlannedJob("tidy", timedelta(hours=1), work_under)
