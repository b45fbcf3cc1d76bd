"""Sums of any stretch of time, put together from the totals that are kept as purchases change.

A purchase belongs to the stretch that its ``date`` lies in. A few totals are read for each stretch, so the sums cost
the same at any number of purchases.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from operator import add, sub

from sqlalchemy import TextClause, text

from dashboard import spans
from dashboard.extensions import db
from dashboard.report import Sums


class Kept(StrEnum):
    """The tables of totals by ``date``, and what each tells apart."""

    BY_PART = "money_totals"
    BY_OUTCOME = "outcome_totals"


_KEYS = {Kept.BY_PART: ("part",), Kept.BY_OUTCOME: ("offer_status", "error_reason")}
_NOTHING = (0, 0, 0, 0, 0)
_SUMS = ("count", "debited", "price", "price_missing", "debited_missing")

# The pieces come as one JSON text, so that the statement stays the same however many there are.
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


# So does the answer, since thousands of rows cost the driver more than they cost the database: [[group, {key: [the five
# sums], …}], …], each key a JSON array itself. Sums are whole micro-dollars, which JSON carries with every digit.
_JSON = {
    "sqlite": ("json_group_object", "json_array", "group_concat"),
    "postgresql": ("json_object_agg", "json_build_array", "string_agg"),
}


def _statement(dialect: str, table: Kept) -> TextClause:
    keys = ", ".join(f"total.{name}" for name in _KEYS[table])
    within = "total.span = piece.span AND total.starts_at >= piece.since AND total.starts_at < piece.until"
    summed = ", ".join(f"sum(total.{name}) AS {name}" for name in _SUMS)
    signed = ", ".join(f"piece.sign * found.{name}" for name in _SUMS)
    # Each piece is added up by itself. Joined first and grouped by piece afterwards, SQLite would sort all the totals
    # of a year at once, and PostgreSQL would look at every total for every piece.
    found = f"(SELECT {summed}, {keys} FROM {table.value} AS total WHERE {within} GROUP BY {keys}) AS found"  # noqa: S608 # Our own names only.
    gather, array, join = _JSON[dialect]
    named = f"CAST({array}({', '.join(f'found.{name}' for name in _KEYS[table])}) AS text)"
    of_piece = f"SELECT {gather}({named}, {array}({signed})) FROM {found}"  # noqa: S608 # As above.
    return text(
        f"SELECT '[' || coalesce({join}('[' || piece.grp || ',' || ({of_piece}) || ']', ','), '') || ']' "  # noqa: S608 # As above.
        f"FROM ({_PIECES[dialect]}) AS piece"
    )


_STATEMENTS = {(dialect, table): _statement(dialect, table) for dialect in _PIECES for table in Kept}

Key = tuple[str, ...]
"""What a table tells apart: (part,) or (offer_status, error_reason); the latter empty for none."""
_Recipes = tuple[tuple[tuple[int, int], ...], ...]
_Read = dict[int, list[dict[str, Sequence[int]]]]


def sums_between(table: Kept, *runs: Sequence[datetime]) -> list[list[dict[Key, Sums]]]:
    """Return the sums by key of [bounds[0], bounds[1]), [bounds[1], bounds[2]), … for each run of ascending bounds.

    All bounds are aligned (``spans.is_aligned``). A key without purchases is left out. Sums are in USD.
    """
    asked, recipes = _question(db.engine.dialect.name, tuple(map(tuple, runs)))
    read = _read(table, asked)
    return [[_put_together(recipe, read) for recipe in stretches] for stretches in recipes]


@lru_cache(maxsize=32)
def _question(dialect: str, runs: tuple[tuple[datetime, ...], ...]) -> tuple[str, list[_Recipes]]:
    """Return the pieces that make up the stretches, as the statement wants them, and how to put them together.

    Kept, because people ask for the same few periods again and again, and a year of days has a thousand pieces.
    """
    plans, groups = [], 0
    for run in runs:
        plans.append(spans.plan(run, first_group=groups))
        groups += 2 * len(run)
    pieces = [
        [piece.group, piece.span.value, as_kept(piece.since, dialect), as_kept(piece.until, dialect), piece.sign]
        for plan in plans
        for piece in plan.pieces
    ]
    return json.dumps(pieces), [plan.stretches for plan in plans]


def _read(table: Kept, asked: str) -> _Read:
    answer = db.session.execute(_STATEMENTS[db.engine.dialect.name, table], {"pieces": asked}).scalar_one()
    groups: _Read = {}
    for group, sums in json.loads(answer):
        groups.setdefault(group, []).append(sums)
    return groups


@lru_cache(maxsize=1024)
def _key(named: str) -> Key:
    return tuple(json.loads(named))


def as_kept(moment: datetime, dialect: str) -> str:
    """Return a time as the database compares it with a column: on SQLite the very text that is stored."""
    if dialect == "sqlite":
        # Without the "+00:00" at the end.
        return moment.astimezone(UTC).isoformat(" ", "microseconds")[:26]
    return moment.isoformat()


def _put_together(recipe: Iterable[tuple[int, int]], read: _Read) -> dict[Key, Sums]:
    total: dict[str, Sequence[int]] = {}
    for group, sign in recipe:
        for found in read.get(group, ()):
            for key, numbers in found.items():
                known = total.get(key)
                if known is None and sign > 0:
                    total[key] = numbers
                else:
                    total[key] = list(map(add if sign > 0 else sub, known or _NOTHING, numbers))
    return {_key(key): _sums(*numbers) for key, numbers in total.items() if any(numbers)}


def _sums(count: int, debited: int, price: int, price_missing: int, debited_missing: int) -> Sums:
    # As ``columns.from_micros``, without dropping zeros, which whoever writes the sum does anyway.
    return Sums(count, Decimal(debited).scaleb(-6), Decimal(price).scaleb(-6), price_missing, debited_missing)
