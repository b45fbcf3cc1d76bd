"""The only writer of the totals by period: each transaction adds its changes, ``recount`` counts all of them again."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, bindparam, delete

from dashboard.db.columns import to_micros
from dashboard.db.database import writing
from dashboard.totals import sql as totals_sql
from dashboard.totals.changes import Changes
from dashboard.totals.models import HoldTotal
from dashboard.totals.sums import NOTHING, Sums

_DELETE_EMPTY_HOLDS = delete(HoldTotal).where(
    HoldTotal.count == 0, HoldTotal.starts_at.in_(bindparam("starts", expanding=True))
)


def write_totals(connection: Connection, changes: Changes) -> None:
    """Add the changes to the totals, inside the transaction that changes the purchases.

    Tables and keys are taken in one order by everybody, so that two writers never wait for each other in a circle.
    """
    _upsert(connection, "money_totals", changes.money)
    _upsert(connection, "outcome_totals", changes.outcomes)
    _upsert(connection, "hold_totals", changes.holds)
    if changes.holds:
        connection.execute(_DELETE_EMPTY_HOLDS, {"starts": sorted(start for (start,) in changes.holds)})


def _upsert(connection: Connection, table: str, sums: Mapping[Any, Sums]) -> None:
    rows = _sum_rows(sums, len(totals_sql.SUMS[table]))
    # The driver's own statements: thousands of small rows would spend most of their time in SQLAlchemy.
    if not rows:
        return
    statement = totals_sql.UPSERTS[connection.dialect.name][table]
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(statement, tuple(list(column) for column in zip(*rows, strict=True)))
    else:
        connection.exec_driver_sql(statement, [_as_sqlite_keeps_it(row) for row in rows])


def _as_sqlite_keeps_it(row: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(f"{value:%Y-%m-%d %H:%M}:00.000000" if isinstance(value, datetime) else value for value in row)


def _sum_rows(sums: Mapping[Any, Sums], columns: int) -> list[tuple[Any, ...]]:
    changed = sorted((key, change) for key, change in sums.items() if change != NOTHING)
    return [
        (*key, *(to_micros(value) if isinstance(value, Decimal) else int(value) for value in change[:columns]))
        for key, change in changed
    ]


def recount() -> dict[str, int]:
    """Count the totals again from the purchases, in one transaction; return how many rows of each table differed.

    Other writers wait meanwhile: seconds for a million purchases.
    """
    differences = {}
    with writing() as connection:
        name = connection.dialect.name
        if name == "postgresql":
            # A writer that has moved the totals and not yet committed is waited for; one that comes later adds its
            # changes to the new totals, which do not hold its purchases yet.
            connection.exec_driver_sql("LOCK TABLE money_totals, outcome_totals, hold_totals IN EXCLUSIVE MODE")
        for table, statements in totals_sql.recount_statements(name).items():
            for statement in statements.make:
                connection.exec_driver_sql(statement)
            differences[table] = connection.exec_driver_sql(statements.count_differences).scalar_one()
            for statement in statements.replace:
                connection.exec_driver_sql(statement)
    return differences
