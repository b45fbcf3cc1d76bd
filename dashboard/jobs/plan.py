"""Which jobs there are: each room above brings its own, and the factory gathers them into the plan."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from threading import Event

from flask import Flask

from dashboard.db.database import Fence
from dashboard.jobs.results import JobResult

Work = Callable[[Callable[[JobResult], None]], JobResult]
"""A job's run: takes a function that notes how far it is, and returns what came of it."""


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
    label: str
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
