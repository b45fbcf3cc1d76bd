"""Rows that count something: made at the first time, added to afterwards, in one statement on either database."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, FromClause, case
from sqlalchemy.dialects import postgresql, sqlite


class CountingUpsert:
    """Adds to the rows of a table. Columns named in ``greatest`` keep the larger value, those in ``latest`` are
    replaced, those in ``first`` stay; all others but the key add up."""

    def __init__(
        self, table: FromClause, *, greatest: Sequence[str] = (), latest: Sequence[str] = (), first: Sequence[str] = ()
    ) -> None:
        self._statements = {
            name: _upsert(table, dialect, greatest, latest, first)
            for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
        }

    def add(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            connection.execute(self._statements[connection.dialect.name], list(rows))


def _upsert(
    table: FromClause, dialect: Any, greatest: Sequence[str], latest: Sequence[str], first: Sequence[str]
) -> Any:
    statement = dialect.insert(table)
    new = statement.excluded
    changes: dict[str, Any] = {}
    for column in table.columns:
        name = column.name
        if column.primary_key or name in first:
            continue
        if name in greatest:
            changes[name] = case((new[name] > table.c[name], new[name]), else_=table.c[name])
        else:
            changes[name] = new[name] if name in latest else table.c[name] + new[name]
    return statement.on_conflict_do_update(index_elements=[one.name for one in table.primary_key], set_=changes)
