"""Where the bars of a chart stand."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.lib import rate_charts
from dashboard.lib.rate_charts import BOTTOM, LEFT, TOP, WIDTH, Point, chart, scale_top, short_count

shares = st.none() | st.fractions(0, 1, max_denominator=1000).map(lambda f: Decimal(f.numerator) / f.denominator)


def a_point(share: str | None = "0.05", before: str | None = None, count: int = 40, label: str = "") -> Point:
    given = [None if text is None else Decimal(text) for text in (share, before)]
    return Point(given[0], given[1], count, 2, label, "words", "/purchases")


@given(st.lists(st.tuples(shares, shares), max_size=70))
def test_every_bar_stands_inside_the_plot_beside_its_neighbour(
    pairs: list[tuple[Decimal | None, Decimal | None]],
) -> None:
    marks = chart([Point(share, before, 1, 0, "", "", "") for share, before in pairs]).marks
    edge = Decimal(LEFT)
    for mark in marks:
        assert mark.slot_x >= edge - Decimal("0.1")
        assert mark.slot_x <= mark.x
        assert mark.x + mark.width <= mark.slot_x + mark.slot_width + Decimal("0.1")
        for y in (mark.y, mark.before_y):
            assert y is None or TOP <= y <= BOTTOM
        edge = mark.slot_x + mark.slot_width
    assert edge <= WIDTH


def test_a_bar_without_data_is_not_drawn_as_nothing_percent() -> None:
    (nothing, zero) = chart([a_point(None), a_point("0")]).marks
    assert nothing.y is None
    assert (zero.y, zero.height) == (Decimal(BOTTOM), Decimal(0))


@pytest.mark.parametrize(
    ("highest", "top"), [("0", "0.04"), ("0.04", "0.04"), ("0.0401", "0.1"), ("0.81", "1"), ("1", "1")]
)
def test_the_scale_ends_at_the_next_round_share(highest: str, top: str) -> None:
    assert scale_top([Decimal(highest)]) == Decimal(top)


def test_the_scale_says_its_bottom_middle_and_top() -> None:
    assert [tick.text for tick in chart([a_point("0.07")]).ticks] == ["0%", "5%", "10%"]


def test_labels_are_thinned_out_evenly() -> None:
    marks = chart([a_point(label=str(number)) for number in range(31)]).marks
    assert [mark.label for mark in marks if mark.label] == [str(number) for number in range(0, 31, 3)]
    assert len([mark for mark in marks if mark.label]) <= rate_charts.MOST_LABELS


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0"), (999, "999"), (1000, "1k"), (2749, "2.7k"), (9999, "9.9k"), (31_480, "31k"), (1_250_000, "1.2M")],
)
def test_a_count_beneath_a_narrow_bar_is_short(number: int, text: str) -> None:
    assert short_count(number) == text
