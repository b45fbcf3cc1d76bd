"""Sums of any stretch of time, put together from the totals that are kept as purchases change.

A purchase belongs to the stretch that its ``date`` lies in. A few totals are read for each stretch, so the sums cost
the same at any number of purchases.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import TextClause, text

from dashboard import spans
from dashboard.extensions import db
from dashboard.report import Sums
from dashboard.spans import Piece


class Kept(StrEnum):
    """The tables of totals by ``date``, and what each tells apart."""

    BY_PART = "money_totals"
    BY_OUTCOME = "outcome_totals"


_KEYS = {Kept.BY_PART: "total.part", Kept.BY_OUTCOME: "total.offer_status, total.error_reason"}
_SUMS = ("count", "debited", "price", "price_missing", "debited_missing")

# The pieces come as one JSON text, so that the statement stays the same however many there are. Both databases go
# through the pieces and look each one up by the key of the totals: CROSS JOIN tells SQLite so, LATERAL PostgreSQL.
_PIECES = {
    "sqlite": """
        SELECT json_extract(value, '$[0]') AS grp, json_extract(value, '$[1]') AS span,
               json_extract(value, '$[2]') AS since, json_extract(value, '$[3]') AS until,
               json_extract(value, '$[4]') AS sign
        FROM json_each(:pieces)
    """,
    "postgresql": """
        SELECT CAST(value ->> 0 AS integer) AS grp, value ->> 1 AS span,
               CAST(value ->> 2 AS timestamptz) AS since, CAST(value ->> 3 AS timestamptz) AS until,
               CAST(value ->> 4 AS integer) AS sign
        FROM jsonb_array_elements(CAST(:pieces AS jsonb)) AS value
    """,
}


def _statement(dialect: str, table: Kept) -> TextClause:
    keys = _KEYS[table]
    within = "total.span = piece.span AND total.starts_at >= piece.since AND total.starts_at < piece.until"
    if dialect == "sqlite":
        summed = ", ".join(f"sum(piece.sign * total.{name})" for name in _SUMS)
        return text(
            f"SELECT piece.grp, {summed}, {keys} FROM ({_PIECES[dialect]}) AS piece "  # noqa: S608 # Our own names only.
            f"CROSS JOIN {table.value} AS total ON {within} GROUP BY piece.grp, {keys}"
        )
    # PostgreSQL would join by the span alone and look at every total for every piece; so each is added up by itself.
    summed = ", ".join(f"piece.sign * sum(total.{name}) AS {name}" for name in _SUMS)
    return text(
        f"SELECT piece.grp, found.* FROM ({_PIECES[dialect]}) AS piece CROSS JOIN LATERAL "  # noqa: S608 # As above.
        f"(SELECT {summed}, {keys} FROM {table.value} AS total WHERE {within} GROUP BY {keys}) AS found"
    )


_STATEMENTS = {(dialect, table): _statement(dialect, table) for dialect in _PIECES for table in Kept}

Key = tuple[str, ...]
"""What a table tells apart: (part,) or (offer_status, error_reason); the latter empty for none."""
_Read = dict[int, list[tuple[Key, list[int]]]]


def sums_between(table: Kept, *runs: Sequence[datetime]) -> list[list[dict[Key, Sums]]]:
    """Return the sums by key of [bounds[0], bounds[1]), [bounds[1], bounds[2]), … for each run of ascending bounds.

    All bounds are aligned (``spans.is_aligned``). A key without purchases is left out. Sums are in USD.
    """
    plans, groups = [], 0
    for run in runs:
        plans.append(spans.plan(run, first_group=groups))
        groups += 2 * len(run)
    read = _read(table, [piece for plan in plans for piece in plan.pieces])
    return [[_put_together(recipe, read) for recipe in plan.stretches] for plan in plans]


def _read(table: Kept, pieces: Iterable[Piece]) -> _Read:
    dialect = db.engine.dialect.name
    asked = json.dumps(
        [[p.group, p.span.value, as_kept(p.since, dialect), as_kept(p.until, dialect), p.sign] for p in pieces]
    )
    groups: _Read = {}
    for row in db.session.execute(_STATEMENTS[dialect, table], {"pieces": asked}).all():
        # PostgreSQL sums BIGINT as numeric.
        groups.setdefault(row[0], []).append((tuple(row[6:]), list(map(int, row[1:6]))))
    return groups


def as_kept(moment: datetime, dialect: str) -> str:
    """Return a time as the database compares it with a column: on SQLite the very text that is stored."""
    if dialect == "sqlite":
        # Without the "+00:00" at the end.
        return moment.astimezone(UTC).isoformat(" ", "microseconds")[:26]
    return moment.isoformat()


def _put_together(recipe: Iterable[tuple[int, int]], read: _Read) -> dict[Key, Sums]:
    groups = [(sign, read[group]) for group, sign in recipe if group in read]
    if len(groups) == 1 and groups[0][0] == 1 and len({key for key, _ in groups[0][1]}) == len(groups[0][1]):
        # Most stretches are whole spans and nothing else.
        return {key: _sums(*numbers) for key, numbers in groups[0][1] if any(numbers)}
    sums: dict[Key, list[int]] = {}
    for sign, rows in groups:
        for key, numbers in rows:
            known = sums.setdefault(key, [0, 0, 0, 0, 0])
            for place, number in enumerate(numbers):
                known[place] += sign * number
    return {key: _sums(*numbers) for key, numbers in sums.items() if any(numbers)}


def _sums(count: int, debited: int, price: int, price_missing: int, debited_missing: int) -> Sums:
    # As ``columns.from_micros``, without dropping zeros, which whoever writes the sum does anyway.
    return Sums(count, Decimal(debited).scaleb(-6), Decimal(price).scaleb(-6), price_missing, debited_missing)
