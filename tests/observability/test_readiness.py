"""What machines are told of whether the pages are up to date."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import insert, update

from dashboard.db import lease_store as lease
from dashboard.db.database import writing
from dashboard.db.extensions import db
from dashboard.db.models import Lease
from dashboard.jobs.models import JobRun
from dashboard.jobs.queries import find_leader
from dashboard.jobs.results import JobResult
from dashboard.jobs.run_store import record_run
from dashboard.lib.numbers import SECOND
from dashboard.observability import readiness_queries as readiness
from dashboard.simulator import Simulator
from dashboard.skinsback.client import CallReport
from dashboard.sync import import_run as history_import
from dashboard.sync import state_store as skinsback_state
from dashboard.sync.models import HistoryImport


def lead_and_refresh(outcome: str = "done") -> None:
    """Let a process that has led for an hour note a run of the refresh job."""
    fence = lease.take_or_renew("one")
    assert fence is not None
    with writing() as connection:
        connection.execute(update(Lease).values(taken_us=Lease.taken_us - 3600 * SECOND))
    record_run("refresh", "one", datetime.now(UTC), outcome, JobResult("detail"), fence=fence)


def test_all_is_well_while_somebody_leads_and_refreshes(app: Flask) -> None:
    lead_and_refresh()
    assert readiness.find_problems() == []


def test_without_a_leader_it_says_what_to_start(app: Flask) -> None:
    assert "flask --app wsgi scheduler" in readiness.find_problems()[0]


def test_a_leader_that_seems_to_lead_until_far_in_the_future_is_none(app: Flask) -> None:
    lead_and_refresh()
    with writing() as connection:
        connection.execute(update(Lease).values(expires_us=Lease.expires_us + 3600 * SECOND))
    leader = find_leader()
    assert leader is not None
    assert not leader.is_leading
    assert readiness.find_problems() == [], "The last refresh is a moment old, as after a restart."
    with writing() as connection:
        connection.execute(update(JobRun).values(updated_at=datetime.now(UTC) - timedelta(seconds=60)))
    assert "flask --app wsgi scheduler" in readiness.find_problems()[0]
    assert lease.take_or_renew("two") is not None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_database_that_somebody_keeps_locked_is_told_as_the_reason(app: Flask) -> None:
    with writing():
        assert "locked" in readiness.find_problems()[0]
    assert "flask --app wsgi scheduler" in readiness.find_problems()[0]


def test_refreshing_that_stopped_is_told_within_two_minutes(app: Flask) -> None:
    lead_and_refresh()
    with writing() as connection:
        connection.execute(update(JobRun).values(updated_at=datetime.now(UTC) - timedelta(seconds=91)))
    (problem,) = readiness.find_problems()
    assert problem.startswith("Statuses have not been refreshed for more than 90 seconds:")


def test_refreshing_that_stopped_before_the_clock_was_set_back_is_told(app: Flask) -> None:
    lead_and_refresh()
    with writing() as connection:
        connection.execute(update(JobRun).values(updated_at=datetime.now(UTC) + timedelta(hours=1)))
    (problem,) = readiness.find_problems()
    assert problem.startswith("Statuses have not been refreshed for more than 90 seconds:")


def test_a_failing_refresh_is_told_with_its_reason(app: Flask) -> None:
    lead_and_refresh("failed")
    assert "fails (detail)" in readiness.find_problems()[0]


def test_rules_that_are_not_applied_any_more_are_told(app: Flask) -> None:
    lead_and_refresh()
    fence = lease.take_or_renew("one")
    assert fence is not None
    record_run("alerts", "one", datetime.now(UTC), "done", JobResult("detail"), fence=fence)
    assert readiness.find_problems() == []
    with writing() as connection:
        long_ago = datetime.now(UTC) - timedelta(seconds=121)
        connection.execute(update(JobRun).where(JobRun.job == "alerts").values(updated_at=long_ago))
    assert readiness.find_problems() == ["The alert rules have not all been applied for more than 2 minutes."]


def test_a_database_without_the_newest_migration_is_told(app: Flask) -> None:
    downgrade(revision="0001")
    db.session.rollback()
    assert "not migrated" in readiness.find_problems()[0]
    db.session.rollback()
    upgrade()


def test_an_import_that_has_stopped_is_told(connected_app: Flask, skinsback: Simulator) -> None:
    lead_and_refresh()
    now = datetime.now(UTC)
    history_import.import_period(now - timedelta(days=2), now - timedelta(minutes=6))
    for minutes in range(5):
        # SkinsBack answers all the time, so no outage explains why the history is behind.
        answered_at = now - timedelta(minutes=minutes)
        skinsback_state.record_call(CallReport("market_getinfo", answered_at, 0.1, 1, None))
    assert "have not been imported" in readiness.find_problems()[0]
    history_import.import_recent()
    db.session.rollback()
    assert readiness.find_problems() == []


def test_without_credentials_an_old_import_is_no_problem(app: Flask) -> None:
    lead_and_refresh()
    long_ago = datetime.now(UTC) - timedelta(days=2)
    run = {"since": long_ago, "until": long_ago, "started_at": long_ago, "updated_at": long_ago}
    with writing() as connection:
        connection.execute(insert(HistoryImport).values(**run, pages=1, items=1, completed_at=long_ago))
    assert readiness.find_problems() == []
