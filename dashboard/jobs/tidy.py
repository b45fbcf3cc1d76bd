"""Drop what no page reads any more."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete

from dashboard.accounts.models import SignInFailure, UserSession
from dashboard.db.database import Fence, writing
from dashboard.jobs.models import JobRun
from dashboard.observability.models import SlowStatement
from dashboard.sync.models import PushedEventMinute, RequestMinute

RUNS_KEPT = timedelta(days=14)
FAILURES_KEPT = timedelta(days=1)
SESSIONS_KEPT = timedelta(days=30)
MINUTES_KEPT = timedelta(days=31)
"""A rule is tried on the last 30 days."""


def tidy_up(fence: Fence) -> int:
    """Delete old job runs, sign-in failures and sessions; return how many rows. Raises LeadLost."""
    now = datetime.now(UTC)
    with writing(fence) as connection:
        statements = (
            delete(JobRun).where(JobRun.started_at < now - RUNS_KEPT, JobRun.updated_at < now - RUNS_KEPT),
            delete(SignInFailure).where(SignInFailure.failed_at < now - FAILURES_KEPT),
            delete(UserSession).where(UserSession.created_at < now - SESSIONS_KEPT),
            delete(RequestMinute).where(RequestMinute.minute < now - MINUTES_KEPT),
            delete(PushedEventMinute).where(PushedEventMinute.minute < now - MINUTES_KEPT),
            delete(SlowStatement).where(SlowStatement.day < now - MINUTES_KEPT),
        )
        return sum(connection.execute(statement).rowcount for statement in statements)
