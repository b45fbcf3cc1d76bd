"""The jobs of a leading process: each run is noted, and nothing that goes wrong stops the others."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from flask import Flask
from sqlalchemy import Row, select, update
from sqlalchemy.exc import OperationalError

from dashboard.alerts.kinds import FIRST_RULES, KIND_BY_NAME
from dashboard.db import lease_store as lease
from dashboard.db.database import writing
from dashboard.db.extensions import db
from dashboard.db.models import Lease
from dashboard.jobs import scheduler
from dashboard.jobs.models import JobRun
from dashboard.jobs.results import JobResult
from dashboard.jobs.scheduler import Leader, PartlyFailed
from dashboard.lib.numbers import SECOND
from dashboard.observability import readiness_queries as readiness
from dashboard.sync import state_store as skinsback_state
from dashboard.sync.cause_queries import find_causes

IN_A_DAY = datetime.now(UTC) + timedelta(days=1)


def a_leader(app: Flask) -> Leader:
    fence = lease.take_or_renew("one")
    assert fence is not None
    return Leader(app, "one", fence)


def runs() -> list[Row[tuple[str, str]]]:
    db.session.rollback()
    return list(db.session.execute(select(JobRun.outcome, JobRun.detail).order_by(JobRun.id)))


def test_a_run_is_noted_with_what_it_did(app: Flask) -> None:
    a_leader(app).run_job("refresh", lambda _note: JobResult("3 asked"))
    assert runs() == [("done", "3 asked")]


def test_runs_with_nothing_to_do_share_a_row(app: Flask) -> None:
    leader = a_leader(app)
    for _ in range(3):
        leader.run_job("refresh", lambda _note: JobResult("0 asked", did_something=False))
    assert runs() == [("done", "0 asked")]


def test_a_job_that_fails_is_noted_and_raises_nothing(app: Flask) -> None:
    def fails(_note: Callable[[JobResult], None]) -> JobResult:
        raise ZeroDivisionError

    a_leader(app).run_job("refresh", fails)
    assert runs() == [("failed", "ZeroDivisionError")]


def test_a_job_that_did_only_a_part_says_which(app: Flask) -> None:
    def fails(_note: Callable[[JobResult], None]) -> JobResult:
        raise PartlyFailed("9 rules applied; 1 of them failed")

    a_leader(app).run_job("alerts", fails)
    assert runs() == [("failed", "9 rules applied; 1 of them failed")]


def test_a_rule_that_cannot_be_applied_makes_the_run_a_failed_one(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setitem(KIND_BY_NAME, "stuck", replace(KIND_BY_NAME["stuck"], read=fails))
    leader = a_leader(app)
    leader.run_job("alerts", leader.works["alerts"])
    assert runs() == [
        ("failed", f"{len(FIRST_RULES)} rules applied, 0 alerts opened, 0 further causes, 0 closed; 1 of them failed")
    ]
    an_hour_ago = Lease.taken_us - 3600 * SECOND
    with writing() as connection:
        connection.execute(update(Lease).values(taken_us=an_hour_ago))
    assert "1 of them failed" in readiness.find_problems()[-1]


def test_a_leader_that_lost_the_lead_notes_nothing(app: Flask) -> None:
    leader = a_leader(app)
    lease.give_up("one")
    lease.take_or_renew("two")
    leader.run_job("refresh", lambda _note: JobResult("3 asked"))
    assert runs() == []


def test_runs_of_before_the_clock_was_set_back_do_not_hide_those_of_now(app: Flask) -> None:
    leader = a_leader(app)
    leader.run_job("refresh", lambda _note: JobResult("0 asked", did_something=False))
    with writing() as connection:
        connection.execute(update(JobRun).values(updated_at=IN_A_DAY))
    leader.run_job("refresh", lambda _note: JobResult("0 asked", did_something=False))
    with writing() as connection:
        assert connection.execute(select(JobRun.updated_at)).scalar_one() < IN_A_DAY
        connection.execute(update(JobRun).values(started_at=IN_A_DAY, updated_at=IN_A_DAY))
    leader.run_job("refresh", lambda _note: JobResult("0 asked", did_something=False))
    assert not [cause for cause in find_causes(datetime.now(UTC)) if cause.name == "refresh_silent"]


def test_a_restart_ends_a_refusal_although_the_database_answers_only_later(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = Event()
    answers = iter([OperationalError("", {}, Exception()), None])
    resumed = []

    def probe_soon() -> None:
        answer = next(answers)
        if answer is not None:
            raise answer
        resumed.append(True)

    def lead(*_args: object) -> bool:
        stop.set()
        return True

    monkeypatch.setattr(scheduler, "Event", lambda: stop)
    monkeypatch.setattr(scheduler.signal, "signal", lambda *_args: None)
    monkeypatch.setattr(skinsback_state, "probe_soon", probe_soon)
    monkeypatch.setattr(scheduler, "_lead", lead)
    monkeypatch.setattr(lease, "RENEWED_EVERY", 0.001)
    scheduler.run(app)
    assert resumed == [True]
