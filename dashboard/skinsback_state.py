"""The one writer of how SkinsBack has been answering, whoever asked: pages show it, jobs obey it."""

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from dashboard.database import writing
from dashboard.models import SkinsBackState
from dashboard.queries import freshness
from dashboard.skinsback.client import CallReport
from dashboard.skinsback.errors import SkinsBackError

logger = logging.getLogger(__name__)

NAME = "skinsback"

NOTED_EVERY = timedelta(seconds=5)
"""A success after a success is written no more often than this: it changes only the time that pages show."""

SHORTEST_BACKOFF = timedelta(seconds=5)
LONGEST_BACKOFF = timedelta(minutes=5)


def record_call(report: CallReport) -> None:
    """Note whether a request was answered. An error in noting it never spoils the answer itself."""
    error = report.error
    # "Not found" is an answer: SkinsBack works.
    is_answered = error is None or error.is_not_found
    try:
        if is_answered:
            _record_success(report.started_at)
        elif error is not None:
            logger.warning("SkinsBack: %s failed after %.1f s: %s", report.method, report.seconds, error)
            _record_failure(error, datetime.now(UTC))
    except SQLAlchemyError:
        logger.exception("How SkinsBack answered could not be noted.")


def resume() -> None:
    """Let the jobs ask again after a refusal, because somebody restarted them having changed something."""
    with writing() as connection:
        connection.execute(_the_row(update(SkinsBackState)).values(is_stopped=False, retry_at=None))


def reason_to_wait() -> str:
    """Return why jobs must not ask SkinsBack now; empty when they may."""
    state = freshness.find_state()
    if state is None:
        return ""
    if state.is_stopped:
        return f"SkinsBack refuses our requests: {state.failure_sentence}"
    if state.retry_at is not None and state.retry_at > datetime.now(UTC):
        return f"waiting before the next try: {state.failure_sentence}"
    return ""


def _the_row(statement: Any) -> Any:
    return statement.where(SkinsBackState.name == NAME)


def _record_success(at: datetime) -> None:
    with writing() as connection:
        columns = (SkinsBackState.last_success_at, SkinsBackState.failing_since)
        known = connection.execute(_the_row(select(*columns)).with_for_update()).one_or_none()
        if known is None:
            connection.execute(insert(SkinsBackState).values(name=NAME, last_success_at=at))
            return
        is_news = known.failing_since is not None or known.last_success_at is None
        if is_news or at - known.last_success_at >= NOTED_EVERY:
            values = {
                "last_success_at": at, "failing_since": None, "failures_in_a_row": 0, "failure_code": None,
                "failure_name": "", "failure_sentence": "", "is_stopped": False, "retry_at": None,
            }  # fmt: skip
            connection.execute(_the_row(update(SkinsBackState)).values(**values))


def _record_failure(error: SkinsBackError, now: datetime) -> None:
    with writing() as connection:
        columns = (SkinsBackState.failing_since, SkinsBackState.failures_in_a_row)
        known = connection.execute(_the_row(select(*columns)).with_for_update()).one_or_none()
        failures = (known.failures_in_a_row if known else 0) + 1
        values = {
            "last_failure_at": now,
            "failing_since": known.failing_since if known and known.failing_since else now,
            "failures_in_a_row": failures,
            "failure_code": error.code,
            "failure_name": error.name,
            "failure_sentence": error.sentence,
            "is_stopped": error.stops_asking,
            "retry_at": None if error.stops_asking else now + backoff(failures),
        }
        if known is None:
            connection.execute(insert(SkinsBackState).values(name=NAME, **values))
        else:
            connection.execute(_the_row(update(SkinsBackState)).values(**values))


def backoff(failures: int) -> timedelta:
    """Return how long jobs wait after so many failures in a row: twice as long each time, up to five minutes."""
    doubled: timedelta = SHORTEST_BACKOFF * 2 ** min(failures - 1, 10)
    return min(doubled, LONGEST_BACKOFF)
