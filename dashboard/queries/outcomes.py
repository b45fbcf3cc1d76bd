"""How the purchases of any stretches of time turned out, from the totals by period.

A purchase belongs to the stretch of its ``date``. The price is the same however many purchases there are: whole days,
hours and quarters come from the totals, and only the minutes at a stretch's edges, less than a quarter of an hour, are
counted from the purchases themselves.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, or_, select

from dashboard import statuses
from dashboard.extensions import db
from dashboard.models import OutcomeTotal, Purchase
from dashboard.outcomes import Key, Outcomes
from dashboard.spans import LENGTHS, Piece, Rest, Span, pieces

NAMED_AT_MOST = 500
"""Spans that a statement names one by one; of more it asks for all from the first to the last."""

Stretch = tuple[datetime, datetime]
"""[since, until), both aware."""

_T, _P = OutcomeTotal.__table__.c, Purchase.__table__.c
_TOTALS = select(_T.starts_at, _T.offer_status, _T.error_reason, _T.count).where(_T.span == bindparam("span"))
_STARTING_AT = _TOTALS.where(_T.starts_at.in_(bindparam("starts", expanding=True)))
_STARTING_WITHIN = _TOTALS.where(_T.starts_at >= bindparam("first"), _T.starts_at <= bindparam("last"))


def outcomes_of(stretches: Sequence[Stretch]) -> list[Outcomes]:
    """Return the outcomes of each stretch, in their order. Stretches may overlap."""
    counters: list[Counter[Key]] = [Counter() for _ in stretches]
    by_span: dict[Span, list[tuple[int, Piece]]] = defaultdict(list)
    rests: list[tuple[int, Rest]] = []
    for number, (since, until) in enumerate(stretches):
        made, left = pieces(since, until)
        rests += [(number, rest) for rest in left]
        for piece in made:
            by_span[piece.span].append((number, piece))
    for span, wanted in by_span.items():
        _count_totals(span, wanted, counters)
    if rests:
        _count_rows(rests, counters)
    return [Outcomes({key: number for key, number in counter.items() if number}) for counter in counters]


def _count_totals(span: Span, wanted: Iterable[tuple[int, Piece]], counters: Sequence[Counter[Key]]) -> None:
    users: dict[datetime, list[tuple[int, int]]] = defaultdict(list)
    for number, piece in wanted:
        start = piece.since
        while start < piece.until:
            users[start].append((number, piece.sign))
            start += LENGTHS[span]
    # Mostly single ones are wanted, far apart; the days of years stand side by side and are too many to name.
    if len(users) > NAMED_AT_MOST:
        values = {"span": span.value, "first": min(users), "last": max(users)}
        rows = db.session.execute(_STARTING_WITHIN, values)
    else:
        rows = db.session.execute(_STARTING_AT, {"span": span.value, "starts": sorted(users)})
    for starts_at, offer_status, error_reason, count in rows:
        for number, sign in users.get(starts_at, ()):
            counters[number][offer_status, error_reason] += sign * count


def _count_rows(rests: Sequence[tuple[int, Rest]], counters: Sequence[Counter[Key]]) -> None:
    within = or_(*(((_P.date >= rest.since) & (_P.date < rest.until)) for _, rest in rests))
    for date, offer_status, error_reason in db.session.execute(
        select(_P.date, _P.offer_status, _P.error_reason).where(within)
    ):
        for number, rest in rests:
            if rest.since <= date < rest.until:
                counters[number][offer_status, error_reason or ""] += rest.sign


def first_failure(since: datetime, until: datetime) -> datetime | None:
    """Return the ``date`` of the first failed purchase dated in [since, until), or None."""
    moment: datetime | None = db.session.execute(
        select(func.min(_P.date)).where(_P.date >= since, _P.date < until, _P.offer_status.in_(sorted(statuses.FAILED)))
    ).scalar()
    return moment
