"""What machines are told of whether the pages can be believed."""

from datetime import UTC, datetime, timedelta

from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import update

from dashboard.database import writing
from dashboard.extensions import db
from dashboard.jobs import lease
from dashboard.jobs.runs import record_run
from dashboard.models import JobRun
from dashboard.queries import readiness


def lead_and_refresh(outcome: str = "done") -> None:
    fence = lease.take_or_renew("one")
    assert fence is not None
    record_run("refresh", "one", datetime.now(UTC), outcome, "detail", did_something=True, fence=fence)


def test_all_is_well_while_somebody_leads_and_refreshes(app: Flask) -> None:
    lead_and_refresh()
    assert readiness.find_problems() == []


def test_without_a_leader_it_says_what_to_start(app: Flask) -> None:
    assert "flask --app wsgi scheduler" in readiness.find_problems()[0]


def test_refreshing_that_stopped_is_told_within_two_minutes(app: Flask) -> None:
    lead_and_refresh()
    with writing() as connection:
        connection.execute(update(JobRun).values(updated_at=datetime.now(UTC) - timedelta(seconds=91)))
    assert readiness.find_problems() == ["Statuses have not been refreshed for more than 90 seconds."]


def test_a_failing_refresh_is_told_with_its_reason(app: Flask) -> None:
    lead_and_refresh("failed")
    assert "failed (detail)" in readiness.find_problems()[0]


def test_rules_that_are_not_applied_any_more_are_told(app: Flask) -> None:
    lead_and_refresh()
    fence = lease.take_or_renew("one")
    assert fence is not None
    record_run("alerts", "one", datetime.now(UTC), "done", "detail", did_something=True, fence=fence)
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
