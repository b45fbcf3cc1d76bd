"""Whether the pages can be believed, for machines: ``/readyz`` and ``/metrics``."""

from datetime import UTC, datetime
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from dashboard import dbclock
from dashboard.dbclock import SECOND
from dashboard.extensions import db
from dashboard.models import Lease, RequestSlot
from dashboard.queries import due, freshness

MIGRATIONS = Path(__file__).parent.parent / "migrations"


def find_problems() -> list[str]:
    """Return why the pages cannot be believed, a sentence each; none when all is well."""
    try:
        if not _is_migrated():
            return ["The database is not migrated to this version: run flask --app wsgi db upgrade."]
        return [*_lead_problems(), *_refresh_problems(datetime.now(UTC))]
    except SQLAlchemyError as error:
        return [f"The database does not answer ({type(error).__name__})."]


def _is_migrated() -> bool:
    heads = set(ScriptDirectory(str(MIGRATIONS)).get_heads())
    return set(MigrationContext.configure(db.session.connection()).get_current_heads()) == heads


def _lead_problems() -> list[str]:
    expires = db.session.execute(select(func.max(Lease.expires_us))).scalar()
    if expires is None or expires < dbclock.now_us(db.session.connection()):
        return ["No process runs the background jobs: start flask --app wsgi scheduler."]
    return []


def _refresh_problems(now: datetime) -> list[str]:
    last = freshness.find_last_refresh()
    problems = []
    if last is None or now - last.updated_at > freshness.LATE_AFTER:
        problems.append(f"Statuses have not been refreshed for more than {freshness.LATE_AFTER.seconds} seconds.")
    elif last.outcome == "failed":
        problems.append(f"The last refresh of statuses failed ({last.detail}); the log says more.")
    state = freshness.find_state()
    if state is not None and state.failing_since is not None:
        if state.is_stopped:
            problems.append(f"SkinsBack refuses our requests: {state.failure_sentence}")
        elif now - state.failing_since > freshness.LATE_AFTER:
            problems.append(
                f"SkinsBack has not answered since {state.failing_since:%H:%M} UTC: {state.failure_sentence}"
            )
    return problems


def prometheus_text() -> str:
    """Return figures for Prometheus in its text format; without the database only that it is down."""
    try:
        figures = _figures(datetime.now(UTC))
    except SQLAlchemyError:
        figures = [("dashboard_database_up", "Whether the database answers.", "0")]
    lines = []
    for name, meaning, value in figures:
        lines += [f"# HELP {name} {meaning}", f"# TYPE {name} gauge", f"{name} {value}"]
    return "\n".join(lines) + "\n"


def _figures(now: datetime) -> list[tuple[str, str, str]]:
    connection = db.session.connection()
    minute_ago = dbclock.now_us(connection) - 60 * SECOND
    requests = db.session.execute(select(func.count()).where(RequestSlot.at_us > minute_ago)).scalar_one()
    state = freshness.find_state()
    reach = freshness.find_reach()
    figures = [
        ("dashboard_database_up", "Whether the database answers.", "1"),
        ("dashboard_ready", "Whether /readyz finds no problem.", str(int(not find_problems()))),
        ("dashboard_purchases_due", "Purchases that should have been asked for by now.", str(due.count_due(now))),
        ("dashboard_requests_last_minute", "Requests to SkinsBack in the last 60 seconds.", str(requests)),
        (
            "dashboard_skinsback_failing",
            "Whether SkinsBack's newest answer was a failure.",
            str(int(bool(state and state.failing_since))),
        ),
    ]
    if state is not None and state.last_success_at is not None:
        answered = ("dashboard_last_answer_timestamp_seconds", "When SkinsBack last answered.", state.last_success_at)
        figures.append((answered[0], answered[1], str(int(answered[2].timestamp()))))
    if reach is not None:
        complete = "Up to when the copy of the history is complete."
        figures.append(("dashboard_history_complete_timestamp_seconds", complete, str(int(reach.until.timestamp()))))
    return figures
