"""The jobs of a leading process: each run is noted, and nothing that goes wrong stops the others."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import Row, select

from dashboard.extensions import db
from dashboard.jobs import lease
from dashboard.jobs.scheduler import Leader, PartlyFailed
from dashboard.models import JobRun
from dashboard.queries import alert_figures, readiness


def a_leader(app: Flask) -> Leader:
    fence = lease.take_or_renew("one")
    assert fence is not None
    return Leader(app, "one", fence)


def runs() -> list[Row[tuple[str, str]]]:
    db.session.rollback()
    return list(db.session.execute(select(JobRun.outcome, JobRun.detail).order_by(JobRun.id)))


def test_a_run_is_noted_with_what_it_did(app: Flask) -> None:
    a_leader(app).run_job("refresh", lambda _note: ("3 asked", True))
    assert runs() == [("done", "3 asked")]


def test_runs_with_nothing_to_do_share_a_row(app: Flask) -> None:
    leader = a_leader(app)
    for _ in range(3):
        leader.run_job("refresh", lambda _note: ("0 asked", False))
    assert runs() == [("done", "0 asked")]


def test_a_job_that_fails_is_noted_and_raises_nothing(app: Flask) -> None:
    def fails(_note: Callable[[str], None]) -> tuple[str, bool]:
        raise ZeroDivisionError

    a_leader(app).run_job("refresh", fails)
    assert runs() == [("failed", "ZeroDivisionError")]


def test_a_job_that_did_only_a_part_says_which(app: Flask) -> None:
    def fails(_note: Callable[[str], None]) -> tuple[str, bool]:
        raise PartlyFailed("9 rules applied; 1 of them failed")

    a_leader(app).run_job("alerts", fails)
    assert runs() == [("failed", "9 rules applied; 1 of them failed")]


def test_a_rule_that_cannot_be_applied_makes_the_run_a_failed_one(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setitem(alert_figures._READERS, "stuck", fails)
    leader = a_leader(app)
    leader.run_job("alerts", leader.work_of("alerts"))
    assert runs() == [("failed", "10 rules applied, 0 alerts opened, 0 closed; 1 of them failed")]
    assert "1 of them failed" in readiness.find_problems()[-1]


def test_a_leader_that_lost_the_lead_notes_nothing(app: Flask) -> None:
    leader = a_leader(app)
    lease.give_up("one")
    lease.take_or_renew("two")
    leader.run_job("refresh", lambda _note: ("3 asked", True))
    assert runs() == []
