"""The one clock that all processes agree on: the database's."""

import time
from datetime import UTC, datetime

from sqlalchemy import Connection, text

from dashboard.lib.numbers import SECOND


def now_us(connection: Connection) -> int:
    """Return the database's time in microseconds of UNIX time, the real one even late in a long transaction.

    Machines' clocks differ, and a lease or a minute measured by two of them would be two lengths. An SQLite file is
    used on one machine only, so there the machine's clock is the database's.
    """
    if connection.dialect.name == "postgresql":
        return int(
            connection.execute(text("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint")).scalar_one()
        )
    return time.time_ns() // 1000


def moment_of(microseconds: int) -> datetime:
    """Return a moment of the database's clock, given in microseconds of UNIX time."""
    return datetime.fromtimestamp(microseconds / SECOND, UTC)
