"""How the purchases of any intervals turned out, from the totals by period.

A purchase belongs to the interval of its ``date``. The price is the same however many purchases there are: whole days,
six hours, hours and quarters come from the totals, and only the minutes at an interval's edges, less than a quarter of
an hour, are counted from the purchases themselves.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import or_, select, text

from dashboard.db.extensions import db
from dashboard.lib.periods import Interval
from dashboard.ops.outcomes import Outcomes
from dashboard.purchases.models import Purchase
from dashboard.purchases.statuses import Outcome
from dashboard.totals.queries import as_kept
from dashboard.totals.spans import Rest, Span, pieces

_P = Purchase.__table__.c

# The pieces come as one JSON text, so that the statement stays the same however many there are. Both databases go
# through the pieces and look each one up by the key of the totals: CROSS JOIN tells SQLite so, LATERAL PostgreSQL.
_TOTALS = {
    "sqlite": text(
        """
        SELECT piece.key, total.offer_status, total.error_reason, sum(total.count)
        FROM json_each(:pieces) AS piece CROSS JOIN outcome_totals AS total
          ON total.span = json_extract(piece.value, '$[0]')
         AND total.starts_at >= json_extract(piece.value, '$[1]')
         AND total.starts_at < json_extract(piece.value, '$[2]')
        GROUP BY piece.key, total.offer_status, total.error_reason
        """
    ),
    "postgresql": text(
        """
        SELECT piece.place - 1, found.offer_status, found.error_reason, found.purchases
        FROM jsonb_array_elements(CAST(:pieces AS jsonb)) WITH ORDINALITY AS piece (value, place)
        CROSS JOIN LATERAL (
            SELECT total.offer_status, total.error_reason, sum(total.count) AS purchases
            FROM outcome_totals AS total
            WHERE total.span = piece.value ->> 0
              AND total.starts_at >= CAST(piece.value ->> 1 AS timestamptz)
              AND total.starts_at < CAST(piece.value ->> 2 AS timestamptz)
            GROUP BY total.offer_status, total.error_reason
        ) AS found
        """
    ),
}


def outcomes_of(intervals: Sequence[Interval]) -> list[Outcomes]:
    """Return the outcomes of each interval, in their order. Intervals may overlap."""
    counters: list[Counter[Outcome]] = [Counter() for _ in intervals]
    users: dict[tuple[Span, datetime, datetime], list[tuple[int, int]]] = defaultdict(list)
    rests: list[tuple[int, Rest]] = []
    for number, (since, until) in enumerate(intervals):
        made, left = pieces(since, until)
        rests += [(number, rest) for rest in left]
        for piece in made:
            # Neighbours share what lies between their common edge and the nearest day.
            users[piece.span, piece.since, piece.until].append((number, piece.sign))
    if users:
        _count_totals(users, counters)
    if rests:
        _count_rows(rests, counters)
    return [Outcomes({key: number for key, number in counter.items() if number}) for counter in counters]


def _count_totals(
    users: Mapping[tuple[Span, datetime, datetime], Sequence[tuple[int, int]]], counters: Sequence[Counter[Outcome]]
) -> None:
    """Add the totals of each piece to, or take them from, the intervals that use it: (number of the interval, sign)."""
    dialect = db.engine.dialect.name
    asked = [[span.value, as_kept(since, dialect), as_kept(until, dialect)] for span, since, until in users]
    of_piece = list(users.values())
    for piece, offer_status, error_reason, count in db.session.execute(_TOTALS[dialect], {"pieces": json.dumps(asked)}):
        for number, sign in of_piece[piece]:
            # PostgreSQL sums BIGINT as numeric.
            counters[number][offer_status, error_reason] += sign * int(count)


def _count_rows(rests: Sequence[tuple[int, Rest]], counters: Sequence[Counter[Outcome]]) -> None:
    within = or_(*(((_P.date >= rest.since) & (_P.date < rest.until)) for _, rest in rests))
    for date, offer_status, error_reason in db.session.execute(
        select(_P.date, _P.offer_status, _P.error_reason).where(within)
    ):
        for number, rest in rests:
            if rest.since <= date < rest.until:
                counters[number][offer_status, error_reason or ""] += rest.sign
