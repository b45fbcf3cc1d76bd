"""Pure: the spans of time that totals are kept for, and how any interval is put together from a few of them.

A local day begins and ends inside days of UTC. It is cheapest as whole days of UTC with a few hours added at one edge
and taken away at the other, so what an interval is made of has signs.

Spans begin on whole months, days, quarters of a day, hours and quarters of an hour in UTC. The offsets of all zones are
multiples of 15 minutes, so every local day, week and month begins where a quarter of an hour does. (Liberia's did not
before 1972.)
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from dashboard.lib.periods import Interval


class Span(StrEnum):
    """How long the interval is that a total is kept for."""

    QUARTER = "quarter"
    """Fifteen minutes."""
    HOUR = "hour"
    SIX_HOURS = "6 hours"
    """From 0, 6, 12 or 18 o'clock on. A bound inside a day is at most three hours from there."""
    DAY = "day"
    MONTH = "month"


LENGTHS = {
    Span.DAY: timedelta(days=1),
    Span.SIX_HOURS: timedelta(hours=6),
    Span.HOUR: timedelta(hours=1),
    Span.QUARTER: timedelta(minutes=15),
}
"""Longest first; months have no one length."""
_MONTHLY = timedelta(days=27)
"""No month is shorter in any zone; intervals that are shorter are put together from days."""


def span_start(moment: datetime, span: Span) -> datetime:
    """Return when the span that an aware moment lies in begins, in UTC."""
    utc = moment.astimezone(UTC)
    if span is Span.QUARTER:
        return utc.replace(minute=utc.minute // 15 * 15, second=0, microsecond=0)
    hour = utc.replace(minute=0, second=0, microsecond=0)
    if span is Span.HOUR:
        return hour
    if span is Span.SIX_HOURS:
        return hour.replace(hour=hour.hour // 6 * 6)
    return hour.replace(hour=0) if span is Span.DAY else hour.replace(hour=0, day=1)


def span_starts(moment: datetime) -> Iterator[tuple[str, datetime]]:
    """Yield every span that a moment lies in: its name, and when it begins in UTC."""
    for span in Span:
        yield span.value, span_start(moment, span)


def quarter_from(moment: datetime) -> datetime:
    """Return the first beginning of a quarter of an hour at or after a moment, in UTC."""
    start = span_start(moment, Span.QUARTER)
    return start if start == moment else start + LENGTHS[Span.QUARTER]


def is_aligned(moment: datetime) -> bool:
    """Say whether a period that begins or ends here can be put together from spans."""
    utc = moment.astimezone(UTC)
    return not (utc.minute % 15 or utc.second or utc.microsecond)


@dataclass(frozen=True, slots=True)
class Rest(Interval):
    """Less than half a quarter, that no span begins and ends with: added (sign 1) to or taken (-1) from the sums."""

    sign: int


@dataclass(frozen=True, slots=True)
class Piece(Interval):
    """The spans of one kind that begin in an interval; a sign as a rest has."""

    sign: int
    span: Span


def pieces(since: datetime, until: datetime) -> tuple[list[Piece], list[Rest]]:
    """Return what makes up [since, until), times aware, which need not be aligned: spans, and what is left of it.

    Nothing for an empty or a backward interval; no span at all for one within a quarter of an hour.
    """
    if until <= since:
        return [], []
    since, until = since.astimezone(UTC), until.astimezone(UTC)
    top = next((span for span in LENGTHS if _is_worth(span, since, until)), None)
    if top is None:
        return [], [Rest(since, until, 1)]
    return _made_from(top, since, until), [*_rest(since, -1), *_rest(until, 1)]


def _is_worth(span: Span, since: datetime, until: datetime) -> bool:
    # An hour around noon would cost a day or six hours less all that is too much. What is at least as long as a span is
    # cheaper by it, or hardly dearer. Of rows there may be many, so a quarter always spares them.
    is_longer_way = until - since < LENGTHS[span] and span is not Span.QUARTER
    return not is_longer_way and _nearest(since, span) < _nearest(until, span)


def _rest(bound: datetime, sign: int) -> Iterator[Rest]:
    reached = _nearest(bound, Span.QUARTER)
    if reached < bound:
        yield Rest(reached, bound, sign)
    elif reached > bound:
        yield Rest(bound, reached, -sign)


def aligned_pieces(since: datetime, until: datetime) -> list[Piece]:
    """Return what makes up [since, until), which is aligned, from months too."""
    if until - since >= _MONTHLY:
        return _made_from(Span.MONTH, since, until)
    return pieces(since, until)[0]


def _made_from(top: Span, since: datetime, until: datetime) -> list[Piece]:
    """Return the spans that make up an interval, none of them longer than ``top``.

    Each bound is reached from the nearest ``top`` by a few shorter ones, forwards or backwards: from a day by at most
    twice six hours, three hours and two quarters.
    """
    first, last = _nearest(since, top), _nearest(until, top)
    whole = [Piece(first, last, 1, top)] if first < last else []
    before = [replace(piece, sign=-piece.sign) for piece in _remainder(since, first, top)]
    return [*whole, *before, *_remainder(until, last, top)]


def _remainder(bound: datetime, anchor: datetime, top: Span) -> Iterator[Piece]:
    """Yield the spans shorter than ``top`` from an anchor to the quarter that is nearest to a bound."""
    shorter = [span for span in LENGTHS if top is Span.MONTH or LENGTHS[span] < LENGTHS[top]]
    bound = _nearest(bound, Span.QUARTER)
    for span in shorter:
        reached = _nearest(bound, span, anchor)
        if reached > anchor:
            yield Piece(anchor, reached, 1, span)
        elif reached < anchor:
            yield Piece(reached, anchor, -1, span)
        anchor = reached


def _nearest(moment: datetime, span: Span, anchor: datetime | None = None) -> datetime:
    """Return the beginning of a span that is nearest to a moment; of two as near the one nearer to an anchor.

    Without an anchor the later one.
    """
    before = span_start(moment, span)
    after = span_start(before + timedelta(days=32), span) if span is Span.MONTH else before + LENGTHS[span]
    if moment - before == after - moment:
        return before if anchor is not None and anchor <= before else after
    return before if moment - before < after - moment else after
