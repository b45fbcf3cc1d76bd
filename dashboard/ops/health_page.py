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
from dashboard.jobs.plan import plan_of
from dashboard.observability import readiness_queries as readiness
from dashboard.purchases.present import pretty_json
from dashboard.sync import due_queries as due
from dashboard.sync import freshness_queries as freshness
from dashboard.sync import health_queries as health
from dashboard.web.page import now

MINUTES_SHOWN = 15
WORK_LATE_AFTER = timedelta(minutes=15)
"""What waits for longer to be asked for is worth a look; ``monitoring/alert-rules.yml`` says the same."""
ANSWERS_OF = timedelta(hours=24)

JOB_WORDS = {
    "refresh": "Refresh statuses", "import": "Import new purchases", "tidy": "Tidy up", "alerts": "Apply alert rules",
    "messages": "Send messages", "balance": "Read the balance", "reports": "Send the monthly report",
    "findings": "Look for what looks wrong",
}  # fmt: skip


@dataclass(frozen=True)
class HealthRun:
    """A run of a job; ``is_shared`` says that the row stands for many runs in a row that found nothing to do."""

    outcome: str
    started_at: datetime
    ended_at: datetime | None
    length_us: int | None
    is_shared: bool
    detail: str


@dataclass(frozen=True)
class HealthJob:
    """A job with its newest runs; ``next_at`` is when it runs again at the latest, None when nobody leads."""

    name: str
    label: str
    every: str
    runs: Sequence[HealthRun]
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

    @property
    def used(self) -> int:
        return self.jobs + self.people


@dataclass(frozen=True)
class HealthAnswers:
    """How requests ended in one way: how many, and how long they took in milliseconds."""

    outcome: str
    code: int | None
    requests: int
    mean: int
    slowest: int


@dataclass(frozen=True)
class HealthPage:
    problems: Sequence[str]
    leader: jobs_queries.LeadHolder | None
    leader_renewed_at: datetime | None
    jobs: Sequence[HealthJob]
    work: due.OverdueWork
    budget: health.BudgetUse
    balance: Reading | None
    minutes: Sequence[Minute]
    answers: Sequence[HealthAnswers]
    state: Any
    events: Sequence[Any]
    events_flow: bool
    set_aside: Sequence[tuple[Any, str]]
    set_aside_count: int
    database_size: str


def health_page() -> HealthPage:
    moment = now()
    limit = current_app.config["SKINSBACK_REQUESTS_PER_MINUTE"]
    leader = jobs_queries.find_leader()
    state = freshness.find_state()
    return HealthPage(
        problems=readiness.find_problems(),
        leader=leader,
        leader_renewed_at=leader.expires_at - timedelta(seconds=LEASE_SECONDS) if leader else None,
        jobs=[_job(job.name, job.every, leader) for job in plan_of(current_app).jobs],
        work=due.find_work(moment),
        budget=health.find_budget(limit),
        balance=balance.latest_reading(),
        minutes=_minutes(moment, limit),
        answers=_answers(moment),
        state=state,
        events=health.events_since(moment - ANSWERS_OF),
        events_flow=freshness.are_events_flowing(state, moment),
        set_aside=[(row, pretty_json(row.raw)) for row in health.newest_rejected()],
        set_aside_count=health.count_rejected(),
        database_size=bytes_text(health.database_bytes()),
    )


@dataclass(frozen=True)
class HealthLine:
    """What the operations page says of the dashboard itself: figures of the page of its health, in a line."""

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


def health_line() -> HealthLine:
    moment, state = now(), freshness.find_state()
    oldest = due.find_oldest(moment)
    return HealthLine(
        problems=readiness.find_problems(),
        is_connected=bool(current_app.config["SKINSBACK_CLIENT_ID"]),
        leader=jobs_queries.find_leader(),
        refreshed_at=jobs_queries.last_success("refresh"),
        overdue=due.count_due(moment),
        oldest=oldest,
        is_work_late=oldest is not None and moment - oldest > WORK_LATE_AFTER,
        budget=health.find_budget(current_app.config["SKINSBACK_REQUESTS_PER_MINUTE"]),
        state=state,
        events_flow=freshness.are_events_flowing(state, moment),
    )


def _job(name: str, every: timedelta, leader: jobs_queries.LeadHolder | None) -> HealthJob:
    runs = jobs_queries.newest_runs(name)
    is_running = leader is not None and leader.is_leading
    next_at = max(runs[0].updated_at + every, now()) if runs and is_running else None
    seconds = int(every.total_seconds())
    words = f"{seconds} s" if seconds < 60 else f"{seconds // 60} min" if seconds < 3600 else f"{seconds // 3600} h"
    shown = [_run(run) for run in runs]
    return HealthJob(name, JOB_WORDS.get(name, name), words, shown, jobs_queries.last_success(name), next_at)


def _run(run: Any) -> HealthRun:
    length = timedelta(microseconds=run.length_us or 0)
    is_shared = run.ended_at is not None and run.ended_at - run.started_at > length + timedelta(seconds=1)
    return HealthRun(run.outcome, run.started_at, run.ended_at, run.length_us, is_shared, run.detail)


def _minutes(moment: datetime, limit: int) -> list[Minute]:
    newest = moment.replace(second=0, microsecond=0)
    starts = [newest - number * timedelta(minutes=1) for number in range(MINUTES_SHOWN)]
    counted = health.requests_by_minute(starts[-1])
    rows = []
    for start in starts:
        jobs, people, failed = counted.get(start, (0, 0, 0))
        rows.append(Minute(start, jobs, people, failed, 100 * (jobs + people) // limit))
    return rows


def _answers(moment: datetime) -> list[HealthAnswers]:
    return [
        HealthAnswers(
            row.outcome, row.code, row.requests,
            mean=int(row.microseconds) // (1000 * int(row.requests)) if row.requests else 0,
            slowest=int(row.slowest) // 1000,
        )
        for row in health.answers_since(moment - ANSWERS_OF)
    ]  # fmt: skip


def bytes_text(size: int) -> str:
    """Return a size for people, in units of 1024."""
    value, unit = Decimal(size), "bytes"
    for larger in ("KiB", "MiB", "GiB", "TiB"):
        if value < 1024:
            break
        value, unit = value / 1024, larger
    return f"{value:.0f} {unit}" if unit == "bytes" or value >= 100 else f"{value:.1f} {unit}"
