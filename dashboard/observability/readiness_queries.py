"""Whether the pages are up to date, as ``/readyz``, ``/metrics`` and the page of the health say it."""

from datetime import UTC, datetime
from functools import cache

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import SQLAlchemyError

from dashboard.alerts import queries as alerts_queries
from dashboard.db.database import is_locked
from dashboard.db.extensions import MIGRATIONS, db
from dashboard.jobs import queries as jobs_queries
from dashboard.lib.formatting import utc_words
from dashboard.sync import freshness_queries as freshness
from dashboard.sync.frame import HOW_TO_GO_ON


def find_problems() -> list[str]:
    """Return why the pages may be out of date, a sentence each; none when all is well."""
    try:
        if not _is_migrated():
            return ["The database is not migrated to this version: run flask --app wsgi db upgrade."]
        now = datetime.now(UTC)
        return [*_lead_problems(), *_refresh_problems(now), *_import_problems(now), *_rule_problems(now)]
    except SQLAlchemyError as error:
        return [f"The database does not answer ({type(error).__name__})."]


@cache
def _newest_migrations() -> frozenset[str]:
    # The files do not change while a process runs, and reading all of them takes longer than the rest of the page.
    return frozenset(ScriptDirectory(str(MIGRATIONS)).get_heads())


def _is_migrated() -> bool:
    return set(MigrationContext.configure(db.session.connection()).get_current_heads()) == _newest_migrations()


def _lead_problems() -> list[str]:
    leader = jobs_queries.find_leader()
    if leader is not None and leader.is_leading:
        return []
    if is_locked():
        return ["Another process keeps the database locked, so nothing can be written: find it and end it."]
    return ["No process runs the background jobs: start flask --app wsgi scheduler."]


def _refresh_problems(now: datetime) -> list[str]:
    last = jobs_queries.find_last_refresh(now)
    problems = []
    if last is None or jobs_queries.is_late(last, now):
        problems.append(f"Statuses have not been refreshed for more than {jobs_queries.LATE_AFTER.seconds} seconds.")
    elif last.outcome == "failed":
        problems.append(f"The last refresh of statuses failed ({last.detail}); the log says more.")
    state = freshness.find_state()
    if state is not None and state.failing_since is not None:
        if state.is_stopped:
            problems.append(f"SkinsBack refuses our requests: {state.failure_sentence} {HOW_TO_GO_ON}")
        elif now - state.failing_since > jobs_queries.LATE_AFTER:
            problems.append(
                f"SkinsBack has not answered since {state.failing_since:%H:%M} UTC: {state.failure_sentence}"
            )
    return problems


def _import_problems(now: datetime) -> list[str]:
    """Say when new purchases stay unknown although SkinsBack is asked; without credentials it never is."""
    reach, state = freshness.find_reach(), freshness.find_state()
    if reach is None or state is None or now - reach.until <= freshness.REACH_LATE_AFTER:
        return []
    asked_at = max(filter(None, (state.last_success_at, state.last_failure_at)), default=None)
    if asked_at is None or now - asked_at > freshness.REACH_LATE_AFTER:
        return []
    return [f"Purchases made since {utc_words(reach.until)} have not been imported yet."]


def _rule_problems(now: datetime) -> list[str]:
    newest = next(iter(jobs_queries.newest_runs("alerts")), None)
    if newest is None:
        return []  # No scheduler has run yet, which the lead says.
    last = jobs_queries.last_success("alerts")
    if last is not None and now - last <= alerts_queries.RULES_LATE_AFTER:
        return []
    failure = f": {newest.detail}" if newest.outcome == "failed" else ""
    minutes = alerts_queries.RULES_LATE_AFTER.seconds // 60
    return [f"The alert rules have not all been applied for more than {minutes} minutes{failure}."]
