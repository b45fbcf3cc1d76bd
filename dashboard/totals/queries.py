"""Sums of any interval, put together from the totals that are kept as purchases change.

A purchase belongs to the interval that its ``date`` lies in. A few totals are read for each interval, so they cost
the same at any number of purchases.
"""

import itertools
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache

from sqlalchemy import BigInteger, ColumnElement, TextClause, func, literal_column, select, text

from dashboard.db.extensions import db
from dashboard.totals import spans
from dashboard.totals import sql as totals_sql
from dashboard.totals.models import HoldTotal, OutcomeTotal
from dashboard.totals.spans import Span
from dashboard.totals.sums import SUMMED, Sums, from_kept


class Kept(StrEnum):
    """The tables of totals by ``date``, and what each counts separately."""

    BY_SETTLEMENT = "money_totals"
    BY_OUTCOME = "outcome_totals"


_KEYS = {Kept.BY_SETTLEMENT: ("part",), Kept.BY_OUTCOME: ("offer_status", "error_reason")}

# The pieces come as one JSON text, so that the statement stays the same however many there are. A limit that limits
# nothing keeps SQLite from reading the JSON again for each total.
_PIECES = {
    "sqlite": """
        SELECT json_extract(value, '$[0]') AS number, json_extract(value, '$[1]') AS span,
               json_extract(value, '$[2]') AS since, json_extract(value, '$[3]') AS until,
               json_extract(value, '$[4]') AS sign
        FROM json_each(:pieces) LIMIT -1
    """,
    "postgresql": """
        SELECT CAST(value ->> 0 AS integer) AS number, value ->> 1 AS span,
               CAST(value ->> 2 AS timestamptz) AS since, CAST(value ->> 3 AS timestamptz) AS until,
               CAST(value ->> 4 AS integer) AS sign
        FROM jsonb_array_elements(CAST(:pieces AS jsonb)) AS value
    """,
}
# Both databases are to look up the totals of each piece by their key: CROSS JOIN tells SQLite so, and an offset of
# nothing keeps PostgreSQL from looking at every total for every piece.
_JOINS = {
    "sqlite": "CROSS JOIN {table} AS total ON {within}",
    "postgresql": "CROSS JOIN LATERAL (SELECT * FROM {table} AS total WHERE {within} OFFSET 0) AS total",
}
# The answer is one text too, since thousands of rows cost the driver more than they cost the database: one flat list of
# the interval's number, the key and the sums, again and again. Lists within it would be thousands of objects for
# Python's garbage collector to walk through. Sums are whole micro-dollars, which JSON carries with every digit.
_JSON = {"sqlite": ("json_quote", "group_concat"), "postgresql": ("to_json", "string_agg")}


def _statement(dialect: str, table: Kept) -> TextClause:
    quote, join = _JSON[dialect]
    keys = ", ".join(_KEYS[table])
    within = "total.span = piece.span AND total.starts_at >= piece.since AND total.starts_at < piece.until"
    totals = _JOINS[dialect].format(table=table.value, within=within)
    summed = ", ".join(f"sum(piece.sign * total.{name}) AS {name}" for name in totals_sql.SUMS[table])
    # Added up for each interval here and not in Python, where every piece of every part would cost as much as in SQL.
    found = f"SELECT number, {keys}, {summed} FROM ({_PIECES[dialect]}) AS piece {totals} GROUP BY number, {keys}"  # noqa: S608 # Our own names only.
    line = " || ',' || ".join(["number", *(f"{quote}({name})" for name in _KEYS[table]), *totals_sql.SUMS[table]])
    return text(f"SELECT '[' || coalesce({join}({line}, ','), '') || ']' FROM ({found}) AS found")  # noqa: S608 # Our own names only.


_STATEMENTS = {(dialect, table): _statement(dialect, table) for dialect in _PIECES for table in Kept}

Key = tuple[str, ...]
"""What a table counts separately: (part,) or (offer_status, error_reason); the latter empty for none."""


def sums_between(table: Kept, *runs: Sequence[datetime]) -> list[list[dict[Key, Sums]]]:
    """Return the sums by key of [bounds[0], bounds[1]), [bounds[1], bounds[2]), … for each run of ascending bounds.

    All bounds are aligned (``spans.is_aligned``). A key without purchases is left out. Sums are in USD.
    """
    dialect = db.engine.dialect.name
    intervals = tuple(pair for run in runs for pair in itertools.pairwise(run))
    asked = {"pieces": _question(dialect, intervals)}
    answer = json.loads(db.session.execute(_STATEMENTS[dialect, table], asked).scalar_one())
    found: list[dict[Key, Sums]] = [{} for _ in intervals]
    keys = len(_KEYS[table])
    for number, *key_and_sums in zip(*[iter(answer)] * (1 + keys + len(totals_sql.SUMS[table])), strict=True):
        sums = key_and_sums[keys:]
        if any(sums):
            found[number][tuple(key_and_sums[:keys])] = from_kept(*sums)
    in_order = iter(found)
    return [list(itertools.islice(in_order, len(run) - 1)) for run in runs]


@lru_cache(maxsize=32)
def _question(dialect: str, intervals: tuple[tuple[datetime, datetime], ...]) -> str:
    """Return the pieces that make up the intervals, as the statement wants them.

    Kept, because people ask for the same few periods again and again, and a year of days has thousands of pieces.
    """
    pieces = [
        [number, piece.span.value, as_kept(piece.since, dialect), as_kept(piece.until, dialect), piece.sign]
        for number, interval in enumerate(intervals)
        for piece in spans.aligned_pieces(*interval)
    ]
    return json.dumps(pieces)


def count_by_status() -> dict[str, int]:
    """Return how many purchases there are of each ``offer_status``, whenever they were made."""
    rows = db.session.execute(
        select(OutcomeTotal.offer_status, func.sum(OutcomeTotal.count))
        .where(OutcomeTotal.span == Span.MONTH.value)
        .group_by(OutcomeTotal.offer_status)
    )
    return {status: int(number) for status, number in rows}


def count_on_hold() -> int:
    return int(db.session.execute(select(func.sum(HoldTotal.count))).scalar() or 0)


def as_kept(moment: datetime, dialect: str) -> str:
    """Return a time as the database compares it with a column: on SQLite the very text that is stored."""
    if dialect == "sqlite":
        # Without the "+00:00" at the end.
        return moment.astimezone(UTC).isoformat(" ", "microseconds")[:26]
    return moment.isoformat()


def sum_columns(
    *, debited: str = "balance_debited_sum", price: str = "price", estimate: str = "false", known: str = ""
) -> list[ColumnElement[int]]:
    """Return the columns of Sums over rows that have these columns, for ``from_kept``.

    ``known`` names a column that is empty in the rows to leave out.
    """
    only = f" FILTER (WHERE {known} IS NOT NULL)" if known else ""
    summed = (expression.format(debited=debited, price=price, estimate=estimate) for expression in SUMMED.values())
    return [literal_column(f"coalesce(sum({each}){only}, 0)", BigInteger) for each in summed]
