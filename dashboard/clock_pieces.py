"""A stretch of time put together from whole days, hours and quarters of an hour of UTC, so that totals kept by those
spans add up to it exactly, wherever a zone's days begin. Pure.

A local day begins and ends inside days of UTC. It is cheapest as whole days of UTC with a few hours added at one edge
and taken away at the other, so a piece has a sign.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Span(StrEnum):
    """What totals are kept by; ``ROWS`` is what is shorter than any of it and must be counted from the rows."""

    DAY = "day"
    HOUR = "hour"
    QUARTER = "quarter"
    ROWS = "rows"


LENGTHS = {
    Span.DAY: timedelta(days=1),
    Span.HOUR: timedelta(hours=1),
    Span.QUARTER: timedelta(minutes=15),
}
_SPANS = tuple(Span)


@dataclass(frozen=True, slots=True)
class Piece:
    """The spans that begin in [since, until), to be added (sign 1) or taken away (sign -1)."""

    span: Span
    since: datetime
    until: datetime
    sign: int


def pieces(since: datetime, until: datetime) -> list[Piece]:
    """Return the pieces that make up [since, until), times aware. Nothing for an empty or a backward stretch."""
    if until <= since:
        return []
    return list(_pieces(since.astimezone(UTC), until.astimezone(UTC), 0, 1))


def _pieces(since: datetime, until: datetime, level: int, sign: int) -> Iterator[Piece]:
    if since == until:
        return
    span = _SPANS[level]
    if span is Span.ROWS:
        yield Piece(span, since, until, sign)
        return
    first, last = _nearest(since, LENGTHS[span]), _nearest(until, LENGTHS[span])
    # An hour around noon would cost a day less 23 hours. Of rows there may be many, so a quarter always spares them.
    is_longer_way = until - since < LENGTHS[span] and span is not Span.QUARTER
    if first >= last or is_longer_way:
        yield from _pieces(since, until, level + 1, sign)
        return
    yield Piece(span, first, last, sign)
    yield from _edge(since, first, level + 1, sign)
    yield from _edge(last, until, level + 1, sign)


def _edge(since: datetime, until: datetime, level: int, sign: int) -> Iterator[Piece]:
    if since <= until:
        yield from _pieces(since, until, level, sign)
    else:
        yield from _pieces(until, since, level, -sign)


def _nearest(moment: datetime, length: timedelta) -> datetime:
    return _EPOCH + (moment - _EPOCH + length / 2) // length * length
