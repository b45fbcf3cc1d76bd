"""Connections and transactions: how SQLite is set up, and the one way to write.

SQLAlchemy's defaults on SQLite lose updates silently, because its transactions begin late. So the driver's own
transaction handling is switched off and we begin ourselves: deferred for reading, immediate for writing.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Connection, event, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from dashboard.db.extensions import db
from dashboard.db.models import Lease

BUSY_TIMEOUT_MS = 15_000
"""How long a writer on SQLite waits for another; write transactions here last milliseconds."""

FROZEN_AFTER_MS = 15_000
"""How long a writer on PostgreSQL may say nothing between two statements; shorter than the lease of a leader."""

_DEADLOCK, _FROZEN, _LOCKED = "40P01", "25P03", "55P03"
"""PostgreSQL's names of what may go wrong."""

_BEGIN = "sqlite_begin"


def engine_options(database_url: str) -> dict[str, Any]:
    """Return the options of ``create_engine`` for this database."""
    # Errors are logged with their statement; the values in it are customers, notes and what signs people in.
    hidden = {"hide_parameters": True}
    if database_url.startswith("sqlite"):
        return {**hidden, "connect_args": {"timeout": BUSY_TIMEOUT_MS / 1000}}
    # A connection that the server or a firewall dropped while idle is noticed before it is used, and a server that
    # does not answer at all must not hold a page for minutes, nor a job for the quarter of an hour that TCP tries.
    connect_args = {
        "connect_timeout": 5, "keepalives_idle": 20, "keepalives_interval": 5, "keepalives_count": 3,
        "tcp_user_timeout": 30_000,
    }  # fmt: skip
    return {**hidden, "pool_pre_ping": True, "pool_recycle": 1800, "pool_timeout": 5, "connect_args": connect_args}


def prepare(app: Flask) -> None:
    """Set up the application's engine; needs no connection."""
    with app.app_context():
        engine = db.engine
    if engine.dialect.name == "sqlite":
        _make_directory(str(engine.url.database))
        event.listen(engine, "connect", _configure_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _configure_postgresql)


def _make_directory(file: str) -> None:
    # SQLite makes the file but not its directory. Where that cannot be made either, connecting says so.
    with suppress(OSError):
        Path(file).parent.mkdir(parents=True, exist_ok=True)


def _configure_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "cache_size = -32768",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _configure_postgresql(connection: Any, _record: Any) -> None:
    # PostgreSQL would compile what looks dear to its planner, which takes longer than our statements run.
    with connection.cursor() as cursor:
        cursor.execute("SET jit = off")
    connection.commit()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get(_BEGIN, 'DEFERRED')}")


def is_locked() -> bool:
    """Say whether a process keeps the SQLite file from being written right now; PostgreSQL locks no whole database."""
    if db.engine.dialect.name != "sqlite":
        return False
    try:
        with writing(wait=False):
            return False
    except OperationalError:
        return True


@dataclass(frozen=True)
class Fence:
    """The lead that a job works under; a write under a lead that has passed on is refused with LeadLost."""

    name: str
    epoch: int


class LeadLost(Exception):
    """Another process leads by now, so this one must not write."""


@contextmanager
def snapshot() -> Iterator[Connection]:
    """Yield a connection on which every question sees the database as it is at the first one.

    On SQLite a read transaction does so; PostgreSQL is told to. Needs an application context only to begin.
    """
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            yield connection


@contextmanager
def writing(fence: Fence | None = None, *, wait: bool = True) -> Iterator[Connection]:
    """Yield a connection inside one writing transaction: committed at the end, rolled back on any exception.

    The request's own reading session is ended first and sees what was written afterwards. Keep it short, and never
    ask the network inside: on SQLite all other writers wait. Raises LeadLost when the fence's lead has passed on.

    Without ``wait`` it gives up at once where another writer is in the way, with an error that ``is_busy`` knows:
    for what a page would like to note and does not need.
    """
    db.session.rollback()
    with (
        db.engine.connect().execution_options(**{_BEGIN: "IMMEDIATE"}) as connection,
        nullcontext() if wait else _impatient(connection),
        connection.begin(),
    ):
        _let_go_when_frozen(connection)
        if not wait and connection.dialect.name == "postgresql":
            # The shortest that there is: 0 would mean to wait for ever.
            connection.execute(text("SET LOCAL lock_timeout = 1"))
        if fence is not None:
            _check_lead(connection, fence)
        yield connection


@contextmanager
def _impatient(connection: Connection) -> Iterator[None]:
    # The driver's own connection is told, because SQLAlchemy would begin the transaction, and wait, to say it.
    # What is set there outlasts the transaction, so it is set back before the pool lends the connection again.
    driver = connection.connection.driver_connection
    if connection.dialect.name != "sqlite" or driver is None:
        yield
        return
    driver.execute("PRAGMA busy_timeout = 0")
    try:
        yield
    finally:
        driver.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")


def _let_go_when_frozen(connection: Connection) -> None:
    # A process that is stopped in the middle of a transaction, or whose machine is cut off, would keep its locks for
    # hours, and with them the lead and everybody's requests. The server ends its transaction instead.
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL idle_in_transaction_session_timeout = {FROZEN_AFTER_MS}"))


def _check_lead(connection: Connection, fence: Fence) -> None:
    # The row stays locked to the end of the transaction, so that no other process can take the lead in between.
    # SQLite has no such lock and needs none: BEGIN IMMEDIATE keeps every other writer out.
    lease = select(Lease.epoch).where(Lease.name == fence.name).with_for_update(read=True)
    if connection.execute(lease).scalar() != fence.epoch:
        raise LeadLost(f"the lead {fence.name!r} passed on while this process was away")


def is_deadlock(error: OperationalError) -> bool:
    """Say whether PostgreSQL ended the transaction because it and another one waited for each other."""
    return _sqlstate(error) == _DEADLOCK


def is_busy(error: BaseException) -> bool:
    """Say whether a transaction that does not wait was given up because another one was in its way."""
    sqlite_code = getattr(getattr(error, "orig", None), "sqlite_errorcode", 0)
    # The lowest byte is the error; the others say more about its circumstances.
    return _sqlstate(error) == _LOCKED or sqlite_code & 0xFF == sqlite3.SQLITE_BUSY


def _sqlstate(error: BaseException) -> str | None:
    return getattr(getattr(error, "orig", None), "sqlstate", None)


def is_unavailable(error: BaseException) -> bool:
    """Say whether the error means that the database cannot be used right now, as against a mistake of ours."""
    return isinstance(error, (OperationalError, PoolTimeout)) or _sqlstate(error) == _FROZEN
