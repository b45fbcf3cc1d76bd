"""The one writer of how SkinsBack answers, whoever asked, which pages show and jobs obey; and what it pushed.

Requests and events are counted by minute.
"""

import logging
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Update, delete, insert, or_, select, update
from sqlalchemy.exc import SQLAlchemyError

from dashboard.db.database import Fence, writing
from dashboard.db.upserts import CountingUpsert
from dashboard.skinsback.client import CallReport
from dashboard.skinsback.errors import SkinsBackError
from dashboard.sync.limits import backoff
from dashboard.sync.models import ANSWERED, NAME, SUCCESS, PushedEventMinute, RequestMinute, SkinsBackState

logger = logging.getLogger(__name__)

NOTED_EVERY = timedelta(seconds=5)
"""A success after a success is written no more often than this: it changes only the time that pages show."""

ABOUT_PURCHASES = frozenset({"market_getinfo", "market_history"})
"""The methods that statuses come from. While the market is off, the balance may well be answered."""

_REQUESTS = CountingUpsert(RequestMinute.__table__, greatest=("slowest",), latest=("code",))
_EVENTS = CountingUpsert(PushedEventMinute.__table__)

NO_ANSWER = frozenset({"timeout", "connection_failed", "rate_limited", "not_json"})
OTHER = "other"
"""Beside SkinsBack's own words these are the outcomes of requests, the same for monitoring."""
LONGEST_OUTCOME = 64
LONGEST_EVENT = 32
LARGEST_CODE = 2**31 - 1

FIRST_PROBE_AFTER = timedelta(seconds=15)
"""After the first refusal: a single one may be a slip of SkinsBack's."""
PROBED_EVERY = timedelta(minutes=5)
"""One question in so long bothers nobody, and shows by itself that the cause of a refusal is mended."""

KEPT_FOR = timedelta(days=31)
"""A rule is tried on the last 30 days."""


def record_call(report: CallReport, *, for_people: bool = False) -> None:
    """Note whether a request was answered. An error in noting it never spoils the answer itself."""
    error = report.error
    # That an array of ids is not taken is an answer too: SkinsBack works.
    is_answered = _outcome(error) in ANSWERED or (error and report.ids > 1 and error.is_about_the_ids)
    try:
        with writing() as connection:
            _add_request(connection, report, for_people=for_people)
            if is_answered:
                _record_success(connection, report)
            elif error is not None:
                logger.warning("SkinsBack: %s failed after %.1f s: %s", report.method, report.seconds, error)
                _record_failure(connection, report, error, for_people=for_people)
    except SQLAlchemyError:
        logger.exception("How SkinsBack answered could not be noted.")


def _outcome(error: SkinsBackError | None) -> str:
    if error is None:
        return SUCCESS
    return error.name[:LONGEST_OUTCOME] if error.code is not None or error.name in NO_ANSWER else OTHER


def _code(error: SkinsBackError | None) -> int | None:
    """Return SkinsBack's code where its column holds it; the sentence tells every other one."""
    code = error.code if error is not None else None
    return code if code is not None and abs(code) <= LARGEST_CODE else None


def probe_soon() -> None:
    """After a refusal, let the next probe come at once, because somebody may have mended its cause."""
    with writing() as connection:
        connection.execute(_update({"retry_at": None}).where(SkinsBackState.is_stopped))


def claim_probe(now: datetime, fence: Fence | None = None) -> bool:
    """Say whether the caller, and nobody else, may now find out whether SkinsBack still refuses us.

    It may ask one question; the next probe comes PROBED_EVERY later, unless this one is answered.
    """
    # A moment that lies further ahead than any can is of before the clock was set back.
    is_time = or_(
        SkinsBackState.retry_at.is_(None), SkinsBackState.retry_at <= now, SkinsBackState.retry_at > now + PROBED_EVERY
    )
    with writing(fence) as connection:
        claimed = _update({"retry_at": now + PROBED_EVERY}).where(SkinsBackState.is_stopped, is_time)
        return connection.execute(claimed).rowcount == 1


def record_events_alive(at: datetime) -> None:
    """Note that pushed events can arrive: the websocket answered, or the webhook was called."""
    with writing() as connection:
        _write(connection, {"events_alive_at": at, "events_problem": ""})


def record_events_problem(sentence: str) -> None:
    with writing() as connection:
        _write(connection, {"events_problem": sentence})


def _locked_row(connection: Connection) -> Row[Any] | None:
    row = select(*SkinsBackState.__table__.columns).where(SkinsBackState.name == NAME).with_for_update()
    return connection.execute(row).one_or_none()


def _update(values: dict[str, Any]) -> Update:
    return update(SkinsBackState).where(SkinsBackState.name == NAME).values(**values)


def _write(connection: Connection, values: dict[str, Any]) -> None:
    if connection.execute(_update(values)).rowcount == 0:
        connection.execute(insert(SkinsBackState).values(name=NAME, **values))


def _record_success(connection: Connection, report: CallReport) -> None:
    at = report.started_at
    known = _locked_row(connection)
    is_failing = known is not None and known.failing_since is not None
    if is_failing and report.method not in ABOUT_PURCHASES:
        return
    if known is None or is_failing or known.last_success_at is None or at - known.last_success_at >= NOTED_EVERY:
        values = {
            "last_success_at": at, "failing_since": None, "failures_in_a_row": 0, "failure_code": None,
            "failure_name": "", "failure_sentence": "", "is_stopped": False, "retry_at": None,
        }  # fmt: skip
        _write(connection, values)


def _record_failure(connection: Connection, report: CallReport, error: SkinsBackError, *, for_people: bool) -> None:
    known, now = _locked_row(connection), datetime.now(UTC)
    if known is not None and known.is_stopped and not error.stops_asking and _is_aside(known, report, for_people):
        return
    # Requests that were on their way together and failed together are one failure.
    is_the_same = known is not None and known.retry_at is not None and now < known.retry_at
    failures = (known.failures_in_a_row if known else 0) + (not is_the_same)
    values = {
        "last_failure_at": now,
        "failing_since": known.failing_since if known and known.failing_since else now,
        "failures_in_a_row": failures,
        "failure_code": _code(error),
        "failure_name": error.name[:LONGEST_OUTCOME],
        "failure_sentence": error.sentence,
        "is_stopped": error.stops_asking,
        "retry_at": _retry_at(known, error, failures, now),
    }
    _write(connection, values)


def _is_aside(known: Row[Any], report: CallReport, for_people: bool) -> bool:
    """Say whether a lost answer says nothing of a refusal: a person's, or one that was on its way. A probe's does."""
    return for_people or (known.last_failure_at is not None and report.started_at <= known.last_failure_at)


def _retry_at(known: Row[Any] | None, error: SkinsBackError, failures: int, now: datetime) -> datetime:
    if not error.stops_asking:
        return now + _wait_after(error, failures)
    if known is None or not known.is_stopped:
        return now + FIRST_PROBE_AFTER
    # A probe has put off the next one itself; who else is refused meanwhile does not put it off further.
    return known.retry_at or now + PROBED_EVERY


def _wait_after(error: SkinsBackError, failures: int) -> timedelta:
    # A pause for everybody is the request budget's, by the one clock that all machines share.
    asked = timedelta(seconds=0 if error.pauses_everybody else error.retry_after)
    return max(backoff(failures), asked)


def _add_request(connection: Connection, report: CallReport, *, for_people: bool) -> None:
    """Count one request in the minute in which it was sent, by the clock of this machine."""
    microseconds = round(report.seconds * 1_000_000)
    row = {
        "minute": report.started_at.replace(second=0, microsecond=0),
        "outcome": _outcome(report.error),
        "for_people": for_people,
        "code": _code(report.error),
        "count": 1,
        "microseconds": microseconds,
        "slowest": microseconds,
    }
    _REQUESTS.add(connection, [row])


def record_events(events: Iterable[tuple[str, str, datetime]]) -> None:
    """Count events, as (source, event, when), in one transaction.

    ``source`` is ``websocket`` or ``webhook``, ``event`` SkinsBack's own name for its kind.
    """
    minutes = ((at.replace(second=0, microsecond=0), source, event[:LONGEST_EVENT]) for source, event, at in events)
    rows = [
        {"minute": minute, "source": source, "event": event, "count": number}
        for (minute, source, event), number in sorted(Counter(minutes).items())
    ]
    if rows:
        with writing() as connection:
            _EVENTS.add(connection, rows)


def drop_old(connection: Connection, now: datetime) -> int:
    return sum(
        connection.execute(delete(table).where(table.minute < now - KEPT_FOR)).rowcount
        for table in (RequestMinute, PushedEventMinute)
    )
