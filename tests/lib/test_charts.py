"""The geometry of charts: columns as high as their sums, inside the drawing, whatever the numbers."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from dashboard.lib import charts

sums = st.decimals(min_value=-1000, max_value=10**12, places=3, allow_nan=False, allow_infinity=False)
columns = st.lists(st.lists(sums, min_size=7, max_size=7), max_size=400)


@given(columns)
def test_every_box_lies_inside_the_drawing_and_none_overlap(values: list[list[Decimal]]) -> None:
    chart = charts.stacked(values)
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
    chart = charts.stacked(values)
    highest = max((sum(max(value, Decimal(0)) for value in column) for column in values), default=Decimal(0))
    assert chart.ticks[-1].value >= highest
    assert len(chart.ticks) <= 6
    assert [tick.y for tick in chart.ticks] == sorted((tick.y for tick in chart.ticks), reverse=True)


def test_a_column_is_as_high_as_its_share_of_the_highest_line() -> None:
    chart = charts.stacked([[Decimal(50), Decimal(25)], [Decimal(100), Decimal(0)]], height=134, foot=26)
    assert [box.height for box in chart.columns[0].boxes] == [50, 25]
    assert [box.height for box in chart.columns[1].boxes] == [100]


def test_nothing_gives_an_empty_chart_with_a_line_at_zero() -> None:
    assert charts.stacked([]).ticks[0] == charts.Tick(charts.stacked([]).bottom, Decimal(0))


def test_a_long_axis_has_few_labels() -> None:
    chart = charts.stacked([[Decimal(1)]] * 365)
    assert sum(column.has_label for column in chart.columns) <= 12
