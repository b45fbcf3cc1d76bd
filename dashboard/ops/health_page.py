"""What the page of the dashboard's own health shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from flask import current_app

from dashboard.db.models import LEASE_SECONDS
from dashboard.finance.balance import queries as balance
from dashboard.finance.balance.bridge import Reading
from dashboard.jobs import queries as jobs_queries
from dashboard.jobs.plan import PlannedJob, plan_of
from dashboard.lib.formatting import duration_words
from dashboard.observability import readiness_queries as readiness
from dashboard.purchases.present import pretty_json
from dashboard.sync import due_queries as due
from dashboard.sync import freshness_queries as freshness
from dashboard.sync import health_queries as health
from dashboard.sync.connection import is_connected
from dashboard.web.page import now

MINUTES_SHOWN = 15
WORK_LATE_AFTER = timedelta(minutes=15)
"""What waits for longer to be asked for is worth a look; ``monitoring/alert-rules.yml`` says the same."""
ANSWERS_OF = timedelta(hours=24)


@dataclass(frozen=True)
class HealthJob:
    """A job. ``runs`` are its newest, each with whether it stands for many in a row that found nothing to do;
    ``next_at`` is when it runs again at the latest, None when nobody leads."""

    name: str
    label: str
    every: str
    runs: Sequence[tuple[Any, bool]]
    last_success: datetime | None
    next_at: datetime | None


@dataclass(frozen=True)
class Minute:
    """The requests of one minute; ``share`` is how much of the limit they used, in whole percent."""

    at: datetime
    jobs: int
    people: int
    failed: int
    share: int


@dataclass(frozen=True)
class HealthLine:
    """What the operations page says of the dashboard itself in a line, and the page of its health at length."""

    problems: Sequence[str]
    is_connected: bool
    leader: jobs_queries.LeadHolder | None
    refreshed_at: datetime | None
    overdue: int
    oldest: datetime | None
    is_work_late: bool
    budget: health.BudgetUse
    state: Any
    events_flow: bool


def health_line(problems: Sequence[str]) -> HealthLine:
    moment, state = now(), freshness.find_state()
    oldest = due.find_oldest(moment)
    return HealthLine(
        problems=problems,
        is_connected=is_connected(),
        leader=jobs_queries.find_leader(),
        refreshed_at=jobs_queries.last_success("refresh"),
        overdue=due.count_due(moment),
        oldest=oldest,
        is_work_late=oldest is not None and moment - oldest > WORK_LATE_AFTER,
        budget=health.find_budget(current_app.config["SKINSBACK_REQUESTS_PER_MINUTE"]),
        state=state,
        events_flow=freshness.are_events_flowing(state, moment),
    )


@dataclass(frozen=True)
class HealthPage:
    line: HealthLine
    leader_renewed_at: datetime | None
    jobs: Sequence[HealthJob]
    work: due.OverdueWork
    balance: Reading | None
    minutes: Sequence[Minute]
    answers: Sequence[tuple[Any, int, int]]
    """How requests ended in one way, with the mean and the longest time they took, in milliseconds."""
    events: Sequence[Any]
    rejected: Sequence[tuple[Any, str]]
    rejected_count: int
    database_size: str


def health_page() -> HealthPage:
    moment = now()
    line = health_line(readiness.find_problems())
    leader = line.leader
    return HealthPage(
        line=line,
        leader_renewed_at=leader.expires_at - timedelta(seconds=LEASE_SECONDS) if leader else None,
        jobs=[_job(job, leader) for job in plan_of(current_app).jobs],
        work=due.find_work(moment),
        balance=balance.latest_reading(),
        minutes=_minutes(moment, line.budget.limit),
        answers=_answers(moment),
        events=health.events_since(moment - ANSWERS_OF),
        rejected=[(row, pretty_json(row.raw)) for row in health.newest_rejected()],
        rejected_count=health.count_rejected(),
        database_size=bytes_text(health.database_bytes()),
    )


def _job(job: PlannedJob, leader: jobs_queries.LeadHolder | None) -> HealthJob:
    runs = jobs_queries.newest_runs(job.name)
    is_running = leader is not None and leader.is_leading
    next_at = max(runs[0].updated_at + job.every, now()) if runs and is_running else None
    shown = [(run, _is_shared(run)) for run in runs]
    last_success = jobs_queries.last_success(job.name)
    return HealthJob(job.name, job.label, duration_words(job.every), shown, last_success, next_at)


def _is_shared(run: Any) -> bool:
    length = timedelta(microseconds=run.length_us or 0)
    return run.ended_at is not None and run.ended_at - run.started_at > length + timedelta(seconds=1)


def _minutes(moment: datetime, limit: int) -> list[Minute]:
    newest = moment.replace(second=0, microsecond=0)
    starts = [newest - number * timedelta(minutes=1) for number in range(MINUTES_SHOWN)]
    counted = health.requests_by_minute(starts[-1])
    rows = []
    for start in starts:
        jobs, people, failed = counted.get(start, (0, 0, 0))
        rows.append(Minute(start, jobs, people, failed, 100 * (jobs + people) // limit))
    return rows


def _answers(moment: datetime) -> list[tuple[Any, int, int]]:
    rows = health.answers_since(moment - ANSWERS_OF)
    return [(row, int(row.microseconds) // (1000 * int(row.requests)), int(row.slowest) // 1000) for row in rows]


def bytes_text(size: int) -> str:
    """Return a size for people, in units of 1024."""
    value, unit = Decimal(size), "bytes"
    for larger in ("KiB", "MiB", "GiB", "TiB"):
        if value < 1024:
            break
        value, unit = value / 1024, larger
    return f"{value:.0f} {unit}" if unit == "bytes" or value >= 100 else f"{value:.1f} {unit}"
