"""Spans add up to exactly the interval they stand for."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard.totals.spans import (
    LENGTHS,
    Piece,
    Rest,
    Span,
    aligned_pieces,
    is_aligned,
    pieces,
    quarter_from,
    span_start,
)

START = datetime(2026, 11, 1, tzinfo=UTC)
QUARTER = LENGTHS[Span.QUARTER]

seconds = st.integers(0, 90 * 86_400)
quarters = st.integers(0, 800 * 96)


AT_MOST_A_BOUND = {Span.DAY: 16, Span.SIX_HOURS: 2, Span.HOUR: 3, Span.QUARTER: 2}
"""How many spans lie between a bound and the nearest longer one; of days for the longest month."""


def spans_in(piece: Piece) -> int:
    return (piece.until - piece.since) // LENGTHS[piece.span]


def covered(parts: Iterable[Piece | Rest]) -> dict[datetime, int]:
    """Where the number of times that a moment is counted changes, and by how much."""
    changes: dict[datetime, int] = {}
    for part in parts:
        changes[part.since] = changes.get(part.since, 0) + part.sign
        changes[part.until] = changes.get(part.until, 0) - part.sign
    return {moment: change for moment, change in changes.items() if change}


@given(seconds, seconds)
def test_every_second_of_an_interval_is_counted_once_and_no_other(first: int, last: int) -> None:
    since, until = sorted((START + timedelta(seconds=first), START + timedelta(seconds=last)))
    made, rests = pieces(since, until)
    assert covered([*made, *rests]) == ({since: 1, until: -1} if since < until else {})


@given(quarters, quarters)
def test_an_aligned_interval_is_counted_once_and_no_other(first: int, last: int) -> None:
    since, until = sorted((START + first * QUARTER, START + last * QUARTER))
    made = aligned_pieces(since, until)
    assert covered(made) == ({since: 1, until: -1} if since < until else {})


@given(seconds, seconds)
def test_pieces_begin_and_end_where_totals_do(first: int, last: int) -> None:
    made, _ = pieces(START + timedelta(seconds=first), START + timedelta(seconds=last))
    for piece in made:
        for edge in (piece.since, piece.until):
            assert span_start(edge, piece.span) == edge


@given(quarters, quarters)
def test_the_pieces_of_an_aligned_interval_begin_and_end_where_totals_do(first: int, last: int) -> None:
    for piece in aligned_pieces(START + first * QUARTER, START + last * QUARTER):
        assert (span_start(piece.since, piece.span), span_start(piece.until, piece.span)) == (piece.since, piece.until)
        assert is_aligned(piece.since)


@given(seconds, seconds)
def test_no_more_rows_are_read_than_half_a_quarter_at_either_edge(first: int, last: int) -> None:
    made, rests = pieces(START + timedelta(seconds=first), START + timedelta(seconds=last))
    assert len(rests) <= 2
    assert all(rest.until - rest.since <= timedelta(minutes=7, seconds=30) or not made for rest in rests)


@example(4368, 27 * 96)
@given(quarters, st.integers(1, 800 * 96))
def test_an_interval_costs_no_more_than_itself_and_a_few_shorter_spans_a_bound(first: int, length: int) -> None:
    since = START + first * QUARTER
    made = aligned_pieces(since, since + length * QUARTER)
    longest = next((span for span in LENGTHS if LENGTHS[span] <= length * QUARTER), Span.QUARTER)
    is_whole = made[0].span is (longest if length < 27 * 96 else Span.MONTH)
    # From the middle of a month to the middle of the next one there is no whole month, only days to the one between.
    assert is_whole or (length < 32 * 96 and made[0].span is Span.DAY)
    for piece in made[is_whole:]:
        assert spans_in(piece) <= AT_MOST_A_BOUND[piece.span]


@pytest.mark.parametrize(
    ("begins", "shorter"),
    [
        # By the clock of UTC, a local day begins so in Los Angeles, Kathmandu, Kolkata, São Paulo, Tokyo and Darwin.
        (timedelta(hours=8), [(Span.SIX_HOURS, 1), (Span.HOUR, 2)]),
        (timedelta(hours=18, minutes=15), [(Span.SIX_HOURS, -1), (Span.QUARTER, 1)]),
        (timedelta(hours=18, minutes=30), [(Span.SIX_HOURS, -1), (Span.QUARTER, 2)]),
        (timedelta(hours=3), [(Span.HOUR, 3)]),
        (timedelta(hours=15), [(Span.SIX_HOURS, -1), (Span.HOUR, -3)]),
        (timedelta(hours=14, minutes=30), [(Span.SIX_HOURS, -2), (Span.HOUR, 2), (Span.QUARTER, 2)]),
    ],
)
def test_a_local_day_costs_one_day_and_the_hours_at_its_edges(
    begins: timedelta, shorter: list[tuple[Span, int]]
) -> None:
    made, rests = pieces(START + begins, START + begins + timedelta(days=1))
    assert [(piece.span, piece.sign * spans_in(piece)) for piece in made] == [
        (Span.DAY, 1),
        *((span, -number) for span, number in shorter),
        *shorter,
    ]
    assert rests == []


def test_an_hour_around_noon_is_not_made_from_a_day_nor_from_six_hours() -> None:
    since = START + timedelta(hours=11, minutes=15)
    made, _ = pieces(since, since + timedelta(hours=1))
    assert [(piece.span, piece.sign) for piece in made] == [(Span.HOUR, 1), (Span.QUARTER, -1), (Span.QUARTER, 1)]


def test_a_night_around_midnight_is_made_from_six_hours() -> None:
    since = START + timedelta(hours=19)
    made, _ = pieces(since, since + timedelta(hours=11))
    assert [(piece.span, piece.sign * spans_in(piece)) for piece in made] == [
        (Span.SIX_HOURS, 2), (Span.HOUR, -1),
    ]  # fmt: skip


def test_a_month_is_made_from_a_month() -> None:
    made = aligned_pieces(datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC))
    assert [piece.span for piece in made] == [Span.MONTH]


@pytest.mark.parametrize("length", [timedelta(0), timedelta(hours=-1)])
def test_an_empty_interval_has_no_pieces(length: timedelta) -> None:
    assert pieces(START, START + length) == ([], [])


@pytest.mark.parametrize(("minutes", "quarters"), [(0, 0), (0.001, 1), (15, 1)])
def test_the_next_quarter_is_this_moment_where_one_begins(minutes: float, quarters: int) -> None:
    midnight = datetime(2026, 11, 20, tzinfo=UTC)
    assert quarter_from(midnight + timedelta(minutes=minutes)) == midnight + quarters * timedelta(minutes=15)
