"""Read what ``causes`` judges, and judge it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select, union_all

from dashboard.db.database import is_locked
from dashboard.db.extensions import db
from dashboard.db.models import LEASE_SECONDS
from dashboard.jobs import queries as jobs_queries
from dashboard.jobs.models import JobRun
from dashboard.jobs.results import DONE, FAILED
from dashboard.sync import freshness_queries as freshness
from dashboard.sync.causes import Answers, Cause, LastRuns, Situation, causes_of
from dashboard.sync.connection import is_connected

WATCHED = ("refresh", "import", "alerts")

_R = JobRun.__table__.c
_NEWEST = (_R.started_at.desc(), _R.id.desc())


def find_causes(now: datetime) -> list[Cause]:
    """Return why the pages may be out of date, the gravest first; none when all is well."""
    reach, state, runs = freshness.find_reach(), freshness.find_state(), _last_runs(now)
    situation = Situation(
        now, is_connected(), is_led=True, runs=runs, answers=_answers(state), reach_until=reach.until if reach else None
    )
    sign_at = runs["refresh"].sign_at if "refresh" in runs else None
    is_signed = sign_at is not None and abs(now - sign_at) < timedelta(seconds=LEASE_SECONDS)
    # Nearly always all is well, and every page asks: the rest is read only where it matters.
    if is_signed and not causes_of(situation):
        return []
    are_steady = freshness.has_answered_steadily(now)
    situation = replace(situation, answers=replace(situation.answers, are_steady=are_steady))
    return causes_of(_with_leader(situation, sign_at))


def _with_leader(situation: Situation, sign_at: datetime | None) -> Situation:
    leader = jobs_queries.find_leader()
    if leader is not None and leader.is_leading:
        return replace(situation, led_since=leader.since)
    led_until = leader.expires_at if leader else None
    # Who gave the lead up as it ended leaves no time of it; the last sign of the refresh job says when.
    is_given_up = leader is not None and sign_at is not None and leader.expires_at < sign_at
    return replace(situation, is_led=False, led_until=sign_at if is_given_up else led_until, is_locked=is_locked())


def _last_runs(now: datetime) -> dict[str, LastRuns]:
    newest = [
        select(_R.job, _R.updated_at, _R.outcome, _R.detail)
        .where(_R.job == job, _R.started_at <= now + jobs_queries.CLOCKS_DIFFER_BY)
        .order_by(*_NEWEST)
        .limit(1)
        .subquery()
        for job in WATCHED
    ]
    rows = db.session.execute(union_all(*(select(one) for one in newest))).all()
    return {row.job: _runs_of(row) for row in rows}


def _runs_of(row: Row[Any]) -> LastRuns:
    runs = LastRuns(row.outcome, row.detail, row.updated_at, row.updated_at, row.updated_at)
    if row.outcome == DONE:
        return runs
    runs = replace(runs, done_at=jobs_queries.last_success(row.job))
    if row.outcome != FAILED:
        return runs
    not_failed = select(_R.updated_at).where(_R.job == row.job, _R.outcome != FAILED).order_by(*_NEWEST).limit(1)
    return replace(runs, not_failed_at=db.session.execute(not_failed).scalar())


def _answers(state: Row[Any] | None) -> Answers:
    if state is None:
        return Answers()
    return Answers(
        state.last_success_at, state.failing_since, state.last_failure_at, state.is_stopped, state.failure_name,
        state.failure_sentence,
    )  # fmt: skip
