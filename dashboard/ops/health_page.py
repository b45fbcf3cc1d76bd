"""What the page of the dashboard's own health shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from flask import current_app

from dashboard.db.models import LEASE_SECONDS
from dashboard.finance.balance import queries as balance
from dashboard.finance.balance.runway import Runway
from dashboard.jobs import queries as jobs_queries
from dashboard.jobs.plan import PlannedJob, plan_of
from dashboard.jobs.results import DONE, FAILED, RUNNING, STOPPED, UNANSWERED
from dashboard.lib.formatting import ago, count, duration_words
from dashboard.observability import readiness_queries as readiness
from dashboard.ops import request_chart
from dashboard.ops.request_chart import RequestChart, RequestSlotCount
from dashboard.purchases.present import pretty_json
from dashboard.sync import due_queries as due
from dashboard.sync import freshness_queries as freshness
from dashboard.sync import health_queries as health
from dashboard.sync.connection import is_connected
from dashboard.sync.frame import causes_now
from dashboard.web.page import now, zone

MINUTES_SHOWN = 15
WORK_LATE_AFTER = timedelta(minutes=15)
"""What waits for longer to be asked for is worth a look; ``monitoring/alert-rules.yml`` says the same."""
ANSWERS_OF = timedelta(hours=24)
ASKED_IN = timedelta(hours=1)
BALANCE_LATE_AFTER = timedelta(minutes=5)
"""The balance is read every minute."""
ASKING = frozenset({"refresh", "import", "balance", "probe"})
"""The jobs that ask SkinsBack."""
OUTCOME_WORDS = {
    RUNNING: "running", DONE: "done", FAILED: "failed", UNANSWERED: "no answer", STOPPED: "stopped",
}  # fmt: skip
_OUTCOME_PHASES = {DONE: "delivered", FAILED: "failed", UNANSWERED: "failed"}
"""The colour of an outcome, which a phase of purchases has too."""


@dataclass(frozen=True)
class HealthRun:
    """A run of a job, or many in a row that found nothing to do: ``is_shared``."""

    row: Any
    outcome: str
    phase: str
    is_shared: bool


@dataclass(frozen=True)
class HealthJob:
    """A job with its newest runs. ``sums`` are what it asked SkinsBack for, was answered and stored within ASKED_IN,
    None for a job that asks nothing; ``next_run`` says when it runs again at the latest, empty when nobody leads."""

    name: str
    label: str
    every: str
    runs: Sequence[HealthRun]
    last_success: datetime | None
    sums: tuple[int, int, int] | None
    next_run: str


@dataclass(frozen=True)
class Minute:
    """The requests of one minute; ``share`` is how much of the limit they used, in whole percent."""

    at: datetime
    jobs: int
    people: int
    failed: int
    share: int


@dataclass(frozen=True)
class BalanceFact:
    """The newest reading of the balance, and in words how long it lasts; both are empty before the first."""

    runway: Runway
    lasts: str
    is_late: bool


@dataclass(frozen=True)
class HealthLine:
    """What the operations page says of the dashboard itself in a line, and the page of its health at length.

    ``skinsback`` says how SkinsBack answers, since ``skinsback_since`` where it does not; ``refreshed_at`` is its
    newest answer.
    """

    problems: Sequence[str]
    skinsback: str
    skinsback_since: datetime | None
    is_skinsback_late: bool
    leader: jobs_queries.LeadHolder | None
    refreshed_at: datetime | None
    overdue: int
    oldest: datetime | None
    is_work_late: bool
    budget: health.BudgetUse
    state: Any
    events_flow: bool
    balance: BalanceFact


def health_line(problems: Sequence[str]) -> HealthLine:
    moment, state = now(), freshness.find_state()
    oldest = due.find_oldest(moment)
    words, since = _skinsback(state)
    return HealthLine(
        problems=problems,
        skinsback=words,
        skinsback_since=since,
        is_skinsback_late=since is not None or not is_connected(),
        leader=jobs_queries.find_leader(),
        refreshed_at=state.last_success_at if state else None,
        overdue=due.count_due(moment),
        oldest=oldest,
        is_work_late=oldest is not None and moment - oldest > WORK_LATE_AFTER,
        budget=health.find_budget(current_app.config["SKINSBACK_REQUESTS_PER_MINUTE"]),
        state=state,
        events_flow=freshness.are_events_flowing(state, moment),
        balance=_balance(moment),
    )


def _skinsback(state: Any) -> tuple[str, datetime | None]:
    """Return how SkinsBack answers, and since when where it does not."""
    if not is_connected():
        return "is not connected", None
    if state is not None and state.failing_since is not None:
        return ("has refused our requests" if state.is_stopped else "has failed"), state.failing_since
    if state is None or state.last_success_at is None:
        return "has not been asked yet", None
    return "answered when it was last asked" if causes_now(now()) else "answers", None


def _balance(moment: datetime) -> BalanceFact:
    runway = balance.find_runway(moment)
    reading = runway.reading
    is_late = reading is not None and moment - reading.read_at > BALANCE_LATE_AFTER
    return BalanceFact(runway, _lasts(runway), is_late)


def _lasts(runway: Runway) -> str:
    if runway.reading is None:
        return ""
    if runway.hours is None:
        return "how long it lasts is not known: nothing was debited in the last day"
    about = "at most" if runway.not_known else "about"
    return f"lasts {about} {count(int(runway.hours))} hours at the last day's pace"


@dataclass(frozen=True)
class HealthPage:
    """``asked_in`` is how long the sums of the jobs reach back; ``counted`` are the requests of a day by half an hour,
    ``charts`` the same drawn, none where nothing was asked; ``asked_since`` is where that day begins."""

    line: HealthLine
    leader_renewed_at: datetime | None
    jobs: Sequence[HealthJob]
    asked_in: timedelta
    work: due.OverdueWork
    minutes: Sequence[Minute]
    charts: Sequence[RequestChart]
    counted: Sequence[RequestSlotCount]
    asked_since: datetime
    answers: Sequence[tuple[Any, int, int]]
    """How requests ended in one way, with the mean and the longest time they took, in milliseconds."""
    events: Sequence[Any]
    rejected: Sequence[tuple[Any, str]]
    rejected_count: int
    database_size: str


def health_page() -> HealthPage:
    moment, asked_since = now(), request_chart.beginning(now())
    line = health_line(readiness.find_problems(causes_now(now())))
    leader = line.leader
    minutes = health.minutes_since(asked_since)
    counted = request_chart.slots(minutes, moment, zone())
    drawn = [request_chart.number_chart(counted, zone()), request_chart.time_chart(counted, zone())]
    sums = jobs_queries.sums_by_job(moment - ASKED_IN)
    return HealthPage(
        line=line,
        leader_renewed_at=leader.expires_at - timedelta(seconds=LEASE_SECONDS) if leader else None,
        jobs=[_job(job, leader, sums) for job in plan_of(current_app).jobs],
        asked_in=ASKED_IN,
        work=due.find_work(moment),
        minutes=_minutes(minutes, line.budget.limit),
        charts=drawn if minutes else (),
        counted=counted,
        asked_since=asked_since,
        answers=_answers(moment),
        events=health.events_since(moment - ANSWERS_OF),
        rejected=[(row, pretty_json(row.raw)) for row in health.newest_rejected()],
        rejected_count=health.count_rejected(),
        database_size=bytes_text(health.database_bytes()),
    )


def _job(job: PlannedJob, leader: jobs_queries.LeadHolder | None, sums: Mapping[str, Any]) -> HealthJob:
    runs = jobs_queries.newest_runs(job.name)
    is_running = leader is not None and leader.is_leading
    asked = sums.get(job.name)
    return HealthJob(
        name=job.name,
        label=job.label,
        every=duration_words(job.every),
        runs=[_run(run) for run in runs],
        last_success=jobs_queries.last_success(job.name),
        sums=((asked.asked, asked.answered, asked.stored) if asked else (0, 0, 0)) if job.name in ASKING else None,
        next_run=_next_run(runs[0].updated_at + job.every) if runs and is_running else "",
    )


def _next_run(at: datetime) -> str:
    return ago(at, now()) if at - now() >= timedelta(seconds=2) else "now"


def _run(run: Any) -> HealthRun:
    length = timedelta(microseconds=run.length_us or 0)
    is_shared = run.ended_at is not None and run.ended_at - run.started_at > length + timedelta(seconds=1)
    words = OUTCOME_WORDS.get(run.outcome, run.outcome)
    return HealthRun(run, words, _OUTCOME_PHASES.get(run.outcome, "open"), is_shared)


def _minutes(counted: Sequence[Any], limit: int) -> list[Minute]:
    newest = now().replace(second=0, microsecond=0)
    by_minute = {row.minute: row for row in counted}
    rows = []
    for number in range(MINUTES_SHOWN):
        at = newest - number * timedelta(minutes=1)
        row = by_minute.get(at)
        jobs, people, failed = (int(row.jobs), int(row.people), int(row.failed)) if row else (0, 0, 0)
        rows.append(Minute(at, jobs, people, failed, 100 * (jobs + people) // limit))
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
