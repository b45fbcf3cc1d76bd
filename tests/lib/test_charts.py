"""The geometry of charts: columns and bars as high as their numbers, inside the drawing."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.lib import charts
from dashboard.lib.charts import (
    BOTTOM,
    LEFT,
    TOP,
    WIDTH,
    ChartMoment,
    ChartTick,
    RatePoint,
    StackedChart,
    rate_chart,
)

sums = st.decimals(min_value=-1000, max_value=10**12, places=3, allow_nan=False, allow_infinity=False)
columns = st.lists(st.lists(sums, min_size=7, max_size=7), max_size=400)


def stacked(values: Sequence[Sequence[Decimal]]) -> StackedChart:
    return charts.stacked(values, str)


@given(columns)
def test_every_box_lies_inside_the_drawing_and_none_overlap(values: list[list[Decimal]]) -> None:
    chart = stacked(values)
    for column in chart.columns:
        reached = chart.bottom
        for box in column.boxes:
            assert box.y + box.height == reached
            assert box.height > 0
            assert box.y >= 0
            assert chart.left <= box.x <= box.x + box.width <= chart.width + 1
            reached = box.y


@given(columns)
def test_the_highest_line_is_at_or_above_the_highest_column(values: list[list[Decimal]]) -> None:
    chart = stacked(values)
    highest = max((sum(max(value, Decimal(0)) for value in column) for column in values), default=Decimal(0))
    assert chart.ticks[-1].value >= highest
    assert len(chart.ticks) <= 6
    assert [tick.y for tick in chart.ticks] == sorted((tick.y for tick in chart.ticks), reverse=True)


def test_a_column_is_as_high_as_its_share_of_the_highest_line() -> None:
    chart = stacked([[Decimal(50), Decimal(25)], [Decimal(100), Decimal(0)]])
    assert [box.height for box in chart.columns[0].boxes] == [113, 56]
    assert [box.height for box in chart.columns[1].boxes] == [226]


def test_nothing_gives_an_empty_chart_with_a_line_at_zero() -> None:
    nothing = stacked([])
    assert nothing.ticks[0] == ChartTick(nothing.bottom, Decimal(0), "0")


def test_a_long_axis_has_few_labels() -> None:
    chart = stacked([[Decimal(1)]] * 365)
    assert sum(column.has_label for column in chart.columns) <= 12


shares = st.none() | st.fractions(0, 1, max_denominator=1000).map(lambda f: Decimal(f.numerator) / f.denominator)


def a_point(share: str | None = "0.05", before: str | None = None, count: int = 40, label: str = "") -> RatePoint:
    given = [None if text is None else Decimal(text) for text in (share, before)]
    return RatePoint(given[0], given[1], count, 2, label, "words", "/purchases")


@given(st.lists(st.tuples(shares, shares), max_size=70))
def test_every_bar_stands_inside_the_plot_beside_its_neighbour(
    pairs: list[tuple[Decimal | None, Decimal | None]],
) -> None:
    bars = rate_chart([RatePoint(share, before, 1, 0, "", "", "") for share, before in pairs]).bars
    edge = LEFT
    for bar in bars:
        assert bar.slot.x >= edge
        assert bar.slot.x <= bar.x
        assert bar.x + bar.width <= bar.slot.x + bar.slot.width
        for y in (bar.y, bar.before_y):
            assert y is None or TOP <= y <= BOTTOM
        edge = bar.slot.x + bar.slot.width
    assert edge <= WIDTH


def test_a_bar_without_data_is_not_drawn_as_nothing_percent() -> None:
    (nothing, zero) = rate_chart([a_point(None), a_point("0")]).bars
    assert nothing.y is None
    assert (zero.y, zero.height) == (BOTTOM, 0)


@pytest.mark.parametrize(
    ("highest", "top"), [("0", "0.04"), ("0.04", "0.04"), ("0.0401", "0.1"), ("0.81", "1"), ("1", "1")]
)
def test_the_scale_ends_at_the_next_round_share(highest: str, top: str) -> None:
    assert charts.scale_top([Decimal(highest)]) == Decimal(top)


def test_the_scale_says_its_bottom_middle_and_top() -> None:
    assert [tick.text for tick in rate_chart([a_point("0.07")]).ticks] == ["0%", "5%", "10%"]


def test_the_scale_does_not_follow_a_bar_of_little_data_and_that_bar_is_cut_short() -> None:
    firm, faint = rate_chart([a_point("0.07"), replace(a_point("0.5"), is_faint=True)]).bars
    chart = rate_chart([a_point("0.07"), replace(a_point("0.5"), is_faint=True)])
    assert chart.ticks[-1].text == "10%"
    assert faint.height == charts.FAINT_HEIGHT < firm.height


def test_a_bar_says_what_it_is_told_to_instead_of_its_count() -> None:
    (bar,) = rate_chart([replace(a_point(None, count=0), count_text="?")]).bars
    assert bar.count_text == "?"


def a_moment(start: str, end: str, name: str) -> ChartMoment:
    return ChartMoment(Decimal(start), Decimal(end), name, f"/{name}")


def test_moments_stand_above_the_bar_that_they_began_in_and_reach_as_far_as_they_lasted() -> None:
    chart = rate_chart([a_point()] * 4, [a_moment("1.5", "3", "one")])
    (mark,) = chart.marks
    second, fourth = chart.bars[1].slot, chart.bars[3].slot
    assert (mark.slot, mark.x, mark.url) == (second, second.middle, "/one")
    assert mark.stretches == [(second.middle, fourth.x)]


def test_moments_of_one_bar_are_one_mark_that_leads_to_all_of_them() -> None:
    moments = [a_moment("1.5", "3", "two"), a_moment("1.1", "4", "one"), a_moment("4", "4", "last")]
    marks = rate_chart([a_point()] * 4, moments, "#all").marks
    assert [(mark.words, mark.url) for mark in marks] == [("one; two", "#all"), ("last", "/last")]


def test_labels_are_thinned_out_evenly() -> None:
    bars = rate_chart([a_point(label=str(number)) for number in range(31)]).bars
    assert [bar.label for bar in bars if bar.label] == [str(number) for number in range(0, 31, 3)]
    assert len([bar for bar in bars if bar.label]) <= charts.MOST_LABELS


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0"), (999, "999"), (1000, "1k"), (2749, "2.7k"), (9999, "9.9k"), (31_480, "31k"), (1_250_000, "1.2M")],
)
def test_a_count_beneath_a_narrow_bar_is_short(number: int, text: str) -> None:
    assert charts.short_count(number) == text
