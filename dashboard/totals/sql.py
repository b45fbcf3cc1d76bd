"""Pure: the SQL of the totals by period, for both databases: adding changes to them, and counting them again."""

from dataclasses import dataclass

from dashboard.totals.sums import SUMMED

_STARTS = {
    # SQLite keeps times as text, "2026-11-25 09:55:29.000000" in UTC, so the beginning of the text tells the span.
    "sqlite": {
        "quarter": "substr({0}, 1, 14) || substr('00153045', substr({0}, 15, 2) / 15 * 2 + 1, 2) || ':00.000000'",
        "hour": "substr({0}, 1, 13) || ':00:00.000000'",
        "6 hours": "substr({0}, 1, 11) || substr('00061218', substr({0}, 12, 2) / 6 * 2 + 1, 2) || ':00:00.000000'",
        "day": "substr({0}, 1, 10) || ' 00:00:00.000000'",
        "month": "substr({0}, 1, 7) || '-01 00:00:00.000000'",
    },
    "postgresql": {
        "quarter": "to_timestamp(floor(extract(epoch FROM {0}) / 900) * 900)",
        "hour": "date_trunc('hour', {0}, 'UTC')",
        "6 hours": "to_timestamp(floor(extract(epoch FROM {0}) / 21600) * 21600)",
        "day": "date_trunc('day', {0}, 'UTC')",
        "month": "date_trunc('month', {0}, 'UTC')",
    },
}


def span_start(dialect: str, span: str, column: str) -> str:
    """Return the SQL for when the span that a stored time lies in begins."""
    return _STARTS[dialect][span].format(column)


_KEYS = {
    "money_totals": {"span": "text", "starts_at": "timestamptz", "part": "text"},
    "outcome_totals": {"span": "text", "starts_at": "timestamptz", "offer_status": "text", "error_reason": "text"},
    "hold_totals": {"starts_at": "timestamptz"},
}
"""Each table's key columns with their type in PostgreSQL. All sums are BIGINT."""

_SUMMED_OF_HOLDS = {
    name: summed.format(debited="balance_debited_sum", price="price", estimate="hold_end_is_estimate")
    for name, summed in SUMMED.items()
}
_SUMMED = {name: summed for name, summed in _SUMMED_OF_HOLDS.items() if name != "estimates"}
SUMS = {"money_totals": _SUMMED, "outcome_totals": _SUMMED, "hold_totals": _SUMMED_OF_HOLDS}
"""Each table's columns of sums, and what is added up in them of each purchase."""


def _upsert(dialect: str, table: str) -> str:
    types = _KEYS[table] | dict.fromkeys(SUMS[table], "bigint")
    # PostgreSQL takes the columns as arrays: one statement whatever the number of rows, and rows in their order.
    values = (
        f"SELECT * FROM unnest({', '.join(f'%s::{name}[]' for name in types.values())})"  # noqa: S608 # Made of our own names only.
        if dialect == "postgresql"
        else f"VALUES ({', '.join('?' * len(types))})"
    )
    added = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in SUMS[table])
    return (
        f"INSERT INTO {table} ({', '.join(types)}) {values} "
        f"ON CONFLICT ({', '.join(_KEYS[table])}) DO UPDATE SET {added}"
    )


UPSERTS = {dialect: {table: _upsert(dialect, table) for table in _KEYS} for dialect in _STARTS}
"""For each database and table the statement that adds rows (key columns, then sums) to the totals."""


@dataclass(frozen=True)
class Recounting:
    """The statements that count a table's totals again, in their order; ``count_differences`` returns one number."""

    make: tuple[str, ...]
    count_differences: str
    replace: tuple[str, ...]


def recount_statements(dialect: str) -> dict[str, Recounting]:
    """Return what counts each table of totals again, by the table's name."""
    reason = "coalesce(error_reason, '') AS error_reason"
    selects = {
        "money_totals": _by_span(dialect, "money_totals", "part"),
        "outcome_totals": _by_span(dialect, "outcome_totals", f"offer_status, {reason}"),
        "hold_totals": _holds(dialect),
    }
    return {table: _recounting(table, statements) for table, statements in selects.items()}


def _recounting(table: str, selects: list[str]) -> Recounting:
    fresh, keys, sums = f"fresh_{table}", _KEYS[table], SUMS[table]
    columns = ", ".join((*keys, *sums))
    # Totals that have come down to nothing may stay in the table; they say the same as no row.
    something = " OR ".join(f"{name} <> 0" for name in sums)
    wanted, kept = f"SELECT {columns} FROM {fresh}", f"SELECT {columns} FROM {table} WHERE {something}"  # noqa: S608
    first, *others = selects
    return Recounting(
        make=(f"CREATE TEMPORARY TABLE {fresh} AS {first}", *(f"INSERT INTO {fresh} {other}" for other in others)),
        count_differences=(
            f"SELECT (SELECT count(*) FROM ({wanted} EXCEPT {kept}) AS missing)"  # noqa: S608
            f" + (SELECT count(*) FROM ({kept} EXCEPT {wanted}) AS extra)"
        ),
        replace=(
            f"DELETE FROM {table}",  # noqa: S608
            f"INSERT INTO {table} ({columns}) {wanted} ORDER BY {', '.join(keys)}",
            f"DROP TABLE {fresh}",
        ),
    )


def _by_span(dialect: str, table: str, others: str) -> list[str]:
    # The quarters are counted from the purchases, the longer spans from the quarters: a fraction of the rows.
    keys = [name for name in _KEYS[table] if name not in ("span", "starts_at")]
    sums = ", ".join(_sum(dialect, name) for name in SUMS[table])
    # By place: every key column but the span, which is the same in all rows of a statement.
    grouped = "GROUP BY " + ", ".join(str(number) for number in range(2, 1 + len(_KEYS[table])))
    quarters = (
        f"SELECT 'quarter' AS span, {span_start(dialect, 'quarter', 'date')} AS starts_at, {others}, "  # noqa: S608
        f"{_sums_of_rows(dialect, table)} FROM purchases {grouped}"
    )
    longer = [
        f"SELECT '{span}', {span_start(dialect, span, 'starts_at')}, {', '.join(keys)}, {sums} "  # noqa: S608
        f"FROM fresh_{table} WHERE span = 'quarter' {grouped}"
        for span in ("hour", "6 hours", "day", "month")
    ]
    return [quarters, *longer]


def _holds(dialect: str) -> list[str]:
    start = span_start(dialect, "quarter", "hold_ends_at")
    sums = _sums_of_rows(dialect, "hold_totals")
    return [f"SELECT {start} AS starts_at, {sums} FROM purchases WHERE hold_ends_at IS NOT NULL GROUP BY 1"]  # noqa: S608


def _sums_of_rows(dialect: str, table: str) -> str:
    return ", ".join(f"{_sum(dialect, expression)} AS {name}" for name, expression in SUMS[table].items())


def _sum(dialect: str, expression: str) -> str:
    # PostgreSQL sums BIGINT as numeric, which would not compare with the table's own columns.
    return f"CAST(sum({expression}) AS BIGINT)" if dialect == "postgresql" else f"sum({expression})"
