"""Which jobs there are: each room above brings its own, and the factory gathers them into the plan."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Event

from flask import Flask
from sqlalchemy import Connection

from dashboard.db.database import Fence, writing

Work = Callable[[Callable[[str], None]], tuple[str, bool]]
"""A job's run: takes a function that notes how far it is; returns what it did, and whether that was anything."""


class PartlyFailed(Exception):
    """A job did what it could, and something of it failed. The text says what, and the log has said why."""


@dataclass(frozen=True)
class Lead:
    """What a job works under: the application, the fence of its writes, when to stop, and how to run a job soon."""

    app: Flask
    fence: Fence
    stop: Event
    run_soon: Callable[[str], None]


@dataclass(frozen=True)
class PlannedJob:
    """A background job. ``work_under`` makes its run for a process that has just taken the lead."""

    name: str
    every: timedelta
    work_under: Callable[[Lead], Work]
    first_run_after: timedelta = timedelta(0)


@dataclass(frozen=True)
class Plan:
    """All jobs; what is done once before this process may lead; what runs beside the jobs, and how that is ended."""

    jobs: Sequence[PlannedJob]
    before_leading: Callable[[], None]
    beside: Callable[[Lead], Callable[[], None]]


def plan_of(app: Flask) -> Plan:
    plan: Plan = app.extensions["jobs"]
    return plan


def tidy_job(droppers: Sequence[Callable[[Connection, datetime], int]]) -> PlannedJob:
    """Return the job that drops once an hour what no page reads any more.

    Each room says of its own tables what is too old: a dropper deletes it inside the transaction of the connection and
    returns how many rows that were.
    """

    def work_under(lead: Lead) -> Work:
        def work(_note: Callable[[str], None]) -> tuple[str, bool]:
            with writing(lead.fence) as connection:
                rows = sum(drop(connection, datetime.now(UTC)) for drop in droppers)
            return f"{rows} rows deleted", rows > 0

        return work

    return PlannedJob("tidy", timedelta(hours=1), work_under)
