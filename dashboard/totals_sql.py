"""The totals by period as SQL over the purchases, for both databases. As text."""

from dataclasses import dataclass

_STARTS = {
    # SQLite keeps times as text, "2026-11-25 09:55:29.000000" in UTC, so the beginning of the text tells the span.
    "sqlite": {
        "quarter": "substr({0}, 1, 14) || substr('00153045', substr({0}, 15, 2) / 15 * 2 + 1, 2) || ':00.000000'",
        "hour": "substr({0}, 1, 13) || ':00:00.000000'",
        "day": "substr({0}, 1, 10) || ' 00:00:00.000000'",
        "month": "substr({0}, 1, 7) || '-01 00:00:00.000000'",
    },
    "postgresql": {
        "quarter": "to_timestamp(floor(extract(epoch FROM {0}) / 900) * 900)",
        "hour": "date_trunc('hour', {0}, 'UTC')",
        "day": "date_trunc('day', {0}, 'UTC')",
        "month": "date_trunc('month', {0}, 'UTC')",
    },
}


def span_start(dialect: str, span: str, column: str) -> str:
    """Return the SQL for when the span that a stored time lies in begins."""
    return _STARTS[dialect][span].format(column)


@dataclass(frozen=True)
class Recounting:
    """The statements that make a table's totals anew, in their order; ``count_differences`` returns one number."""

    make: tuple[str, ...]
    count_differences: str
    replace: tuple[str, ...]


_MONEY = ("count", "debited", "price", "price_missing", "debited_missing")
_OUTCOME = ("count", "debited")
_HOLD = ("count", "debited", "estimates")


def recount_statements(dialect: str) -> dict[str, Recounting]:
    """Return what makes each table of totals anew, by the table's name."""
    return {
        "money_totals": _recounting("money_totals", ("span", "starts_at", "part"), _MONEY, _money(dialect)),
        "outcome_totals": _recounting(
            "outcome_totals", ("span", "starts_at", "offer_status", "error_reason"), _OUTCOME, _outcomes(dialect)
        ),
        "hold_totals": _recounting("hold_totals", ("starts_at",), _HOLD, _holds(dialect)),
    }


def _recounting(table: str, keys: tuple[str, ...], sums: tuple[str, ...], selects: list[str]) -> Recounting:
    fresh = f"fresh_{table}"
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


def _money(dialect: str) -> list[str]:
    # The quarters are counted from the purchases, the longer spans from the quarters: a fraction of the rows.
    start = span_start(dialect, "quarter", "date")
    quarters = (
        f"SELECT 'quarter' AS span, {start} AS starts_at, part, count(*) AS count, "  # noqa: S608
        f"{_sum(dialect, 'coalesce(balance_debited_sum, 0)')} AS debited, "
        f"{_sum(dialect, 'coalesce(price, 0)')} AS price, "
        f"{_count_missing(dialect, 'price')} AS price_missing, "
        f"{_count_missing(dialect, 'balance_debited_sum')} AS debited_missing FROM purchases GROUP BY 2, 3"
    )
    return [quarters, *_longer(dialect, "fresh_money_totals", ("part",), _MONEY)]


def _outcomes(dialect: str) -> list[str]:
    start = span_start(dialect, "quarter", "date")
    quarters = (
        f"SELECT 'quarter' AS span, {start} AS starts_at, offer_status, coalesce(error_reason, '') AS error_reason, "  # noqa: S608
        f"count(*) AS count, {_sum(dialect, 'coalesce(balance_debited_sum, 0)')} AS debited "
        f"FROM purchases GROUP BY 2, 3, 4"
    )
    return [quarters, *_longer(dialect, "fresh_outcome_totals", ("offer_status", "error_reason"), _OUTCOME)]


def _holds(dialect: str) -> list[str]:
    start = span_start(dialect, "quarter", "hold_ends_at")
    estimates = _sum(dialect, "CASE WHEN hold_end_is_estimate THEN 1 ELSE 0 END")
    return [
        f"SELECT {start} AS starts_at, count(*) AS count, "  # noqa: S608
        f"{_sum(dialect, 'coalesce(balance_debited_sum, 0)')} AS debited, {estimates} AS estimates "
        f"FROM purchases WHERE hold_ends_at IS NOT NULL GROUP BY 1"
    ]


def _longer(dialect: str, fresh: str, keys: tuple[str, ...], sums: tuple[str, ...]) -> list[str]:
    listed, summed = ", ".join(keys), ", ".join(_sum(dialect, name) for name in sums)
    numbers = ", ".join(str(number) for number in range(2, 3 + len(keys)))
    return [
        f"SELECT '{span}', {span_start(dialect, span, 'starts_at')}, {listed}, {summed} "  # noqa: S608
        f"FROM {fresh} WHERE span = 'quarter' GROUP BY {numbers}"
        for span in ("hour", "day", "month")
    ]


def _sum(dialect: str, expression: str) -> str:
    # PostgreSQL sums BIGINT as numeric, which would not compare with the table's own columns.
    return f"CAST(sum({expression}) AS BIGINT)" if dialect == "postgresql" else f"sum({expression})"


def _count_missing(dialect: str, column: str) -> str:
    return _sum(dialect, f"CASE WHEN {column} IS NULL THEN 1 ELSE 0 END")
