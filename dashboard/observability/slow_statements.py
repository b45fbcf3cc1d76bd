"""Which statements of SQL take long, as this process sees it: until the database has the first row ready.

They are noted in memory while work goes on and written when a request or a job ends, because a statement that is slow
inside a transaction cannot be written about from within it. Noted are placeholders, never values.
"""

import hashlib
import logging
import re
import time
from datetime import UTC, datetime
from threading import Lock
from typing import Any

from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError

from dashboard.db.database import writing
from dashboard.db.extensions import db
from dashboard.db.upserts import Counter
from dashboard.observability.models import SlowStatement

logger = logging.getLogger(__name__)

SLOW = 0.2
"""In seconds. A page is to be ready within this, so a statement that takes as long is worth a look."""

MOST_NOTED = 50
"""So many different ones are kept until the next write; in a storm the first ones tell enough."""

LONGEST = 1500
_LISTS = re.compile(r"\((?:\s*(?:\?|%\([^)]*\)s(?:::\w+)?)\s*,?)+\)")

_COUNTER = Counter(SlowStatement.__table__, greatest=("slowest",), latest=("statement", "slowest_at"))
_STARTED = "dashboard_started"


class SlowLog:
    """What was slow in this process and is not written yet."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._noted: dict[str, dict[str, Any]] = {}

    def note(self, statement: str, seconds: float) -> None:
        """Note a statement that took so long."""
        text = shape_of(statement)
        digest = hashlib.sha256(text.encode()).hexdigest()
        microseconds = round(seconds * 1_000_000)
        with self._lock:
            known = self._noted.get(digest)
            if known is None and len(self._noted) >= MOST_NOTED:
                return
            now = datetime.now(UTC)
            known = self._noted.setdefault(
                digest,
                {
                    "day": now.replace(hour=0, minute=0, second=0, microsecond=0), "digest": digest, "statement": text,
                    "count": 0, "microseconds": 0, "slowest": 0, "slowest_at": now,
                },
            )  # fmt: skip
            known["count"] += 1
            known["microseconds"] += microseconds
            known["slowest"] = max(known["slowest"], microseconds)

    def take(self) -> list[dict[str, Any]]:
        """Return what was noted, in the order of the table's key, and forget it."""
        with self._lock:
            noted, self._noted = self._noted, {}
        return [noted[digest] for digest in sorted(noted)]


def shape_of(statement: str) -> str:
    """Return a statement on one line, lists of placeholders shortened, so that the same one is counted as one."""
    return _LISTS.sub("(…)", " ".join(statement.split()))[:LONGEST]


def prepare(app: Flask) -> None:
    """Time the statements of the application's engine."""
    log = SlowLog()
    app.extensions["slow_statements"] = log
    with app.app_context():
        engine = db.engine

    def before(_connection: Any, _cursor: Any, _statement: str, _parameters: Any, context: Any, _many: bool) -> None:
        setattr(context, _STARTED, time.perf_counter())

    def after(_connection: Any, _cursor: Any, statement: str, _parameters: Any, context: Any, _many: bool) -> None:
        seconds = time.perf_counter() - getattr(context, _STARTED, time.perf_counter())
        if seconds >= SLOW:
            log.note(statement, seconds)

    event.listen(engine, "before_cursor_execute", before)
    event.listen(engine, "after_cursor_execute", after)

    @app.teardown_appcontext
    def write(_error: BaseException | None) -> None:
        rows = log.take()
        if rows:
            _write(rows)


def _write(rows: list[dict[str, Any]]) -> None:
    try:
        with writing() as connection:
            _COUNTER.add(connection, rows)
    except SQLAlchemyError as error:
        logger.warning("What was slow could not be noted: %s", type(error).__name__)
