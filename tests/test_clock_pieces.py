"""Pieces of the clock add up to exactly the stretch they stand for."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.clock_pieces import LENGTHS, Span, pieces

START = datetime(2026, 11, 1, tzinfo=UTC)

seconds = st.integers(0, 90 * 86_400)


@given(seconds, seconds)
def test_every_second_of_a_stretch_is_counted_once_and_no_other(first: int, last: int) -> None:
    since, until = sorted((START + timedelta(seconds=first), START + timedelta(seconds=last)))
    made = pieces(since, until)
    changes: dict[datetime, int] = {}
    for piece in made:
        changes[piece.since] = changes.get(piece.since, 0) + piece.sign
        changes[piece.until] = changes.get(piece.until, 0) - piece.sign
    assert {moment: n for moment, n in changes.items() if n} == ({since: 1, until: -1} if since < until else {})


@given(seconds, seconds)
def test_pieces_begin_and_end_where_totals_do(first: int, last: int) -> None:
    for piece in pieces(START + timedelta(seconds=first), START + timedelta(seconds=last)):
        if piece.span is not Span.ROWS:
            for edge in (piece.since, piece.until):
                assert (edge - START) % LENGTHS[piece.span] == timedelta(0)


@given(seconds, seconds)
def test_no_more_rows_are_read_than_half_a_quarter_at_either_edge(first: int, last: int) -> None:
    made = pieces(START + timedelta(seconds=first), START + timedelta(seconds=last))
    rows = [piece.until - piece.since for piece in made if piece.span is Span.ROWS]
    assert len(rows) <= 2
    assert all(length <= timedelta(minutes=7, seconds=30) or len(made) == 1 for length in rows)


def test_a_local_day_costs_one_day_and_the_hours_at_its_edges() -> None:
    since = START + timedelta(hours=18, minutes=30)
    made = [(piece.span, piece.sign, piece.until - piece.since) for piece in pieces(since, since + timedelta(days=1))]
    assert made == [
        (Span.DAY, 1, timedelta(days=1)),
        (Span.HOUR, 1, timedelta(hours=5)),
        (Span.QUARTER, 1, timedelta(minutes=30)),
        (Span.HOUR, -1, timedelta(hours=5)),
        (Span.QUARTER, -1, timedelta(minutes=30)),
    ]


def test_an_hour_around_noon_is_not_made_from_a_day() -> None:
    since = START + timedelta(hours=11, minutes=15)
    made = [(piece.span, piece.sign) for piece in pieces(since, since + timedelta(hours=1))]
    assert made == [(Span.HOUR, 1), (Span.QUARTER, -1), (Span.QUARTER, 1)]


@pytest.mark.parametrize("length", [timedelta(0), timedelta(hours=-1)])
def test_an_empty_stretch_has_no_pieces(length: timedelta) -> None:
    assert pieces(START, START + length) == []
