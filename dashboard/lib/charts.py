"""Pure: the geometry of charts: rows of sums turned into rectangles and lines of an SVG. Pure, whole numbers only.

Coordinates are pixels of the drawing's own system, from the upper left corner.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import NamedTuple

_NICE = (1, 2, 5)
_LABELS_AT_MOST = 12


class Box(NamedTuple):
    """A rectangle of a column; ``series`` is the place of its value in the column."""

    series: int
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Column:
    """The boxes that stand on each other at one place of the axis, and the whole field that belongs to it."""

    x: int
    width: int
    boxes: tuple[Box, ...]
    has_label: bool

    @property
    def middle(self) -> int:
        """Where its label stands."""
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across the chart, and the value it stands for."""

    y: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class StackedChart:
    """A chart of stacked columns. ``left`` and ``bottom`` leave room for the labels of the axes."""

    width: int
    height: int
    left: int
    bottom: int
    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]


def stacked(
    values: Sequence[Sequence[Decimal]], *, width: int = 960, height: int = 260, left: int = 70, foot: int = 26
) -> StackedChart:
    """Return the chart of these columns, each a sequence of values from the bottom up.

    A negative value has no height and is not drawn: it stands in the table beneath. Columns are at least a pixel wide.
    """
    bottom, top = height - foot, 8
    highest = max(map(_height, values), default=Decimal(0))
    ticks = _ticks(highest)
    scale = (bottom - top) / (ticks[-1] or Decimal(1))
    step = max(len(values) // _LABELS_AT_MOST + (len(values) % _LABELS_AT_MOST > 0), 1)
    edges = [left + (width - left) * index // max(len(values), 1) for index in range(len(values) + 1)]
    columns = tuple(
        _column(column, edges[index], edges[index + 1], bottom, scale, has_label=index % step == 0)
        for index, column in enumerate(values)
    )
    lines = tuple(Tick(bottom - int(value * scale), value) for value in ticks)
    return StackedChart(width, height, left, bottom, columns, lines)


def _height(column: Sequence[Decimal]) -> Decimal:
    return sum((value for value in column if value > 0), Decimal(0))


def _column(values: Sequence[Decimal], start: int, end: int, bottom: int, scale: Decimal, *, has_label: bool) -> Column:
    gap = 1 if end - start > 3 else 0
    gap = (end - start) // 6 if end - start > 12 else gap
    x, width = start + gap, max(end - start - 2 * gap, 1)
    boxes, reached, low = [], Decimal(0), 0
    for series, value in enumerate(values):
        if value > 0:
            # The edges are rounded, not the heights, so that the whole column is as high as its sum.
            reached += value
            high = int(reached * scale)
            if high > low:
                boxes.append(Box(series, x, bottom - high, width, high - low))
            low = high
    return Column(start, max(end - start, 1), tuple(boxes), has_label)


def _ticks(highest: Decimal) -> list[Decimal]:
    """Return 0 and up to five round values, the last at or above the highest."""
    if highest <= 0:
        return [Decimal(0), Decimal(1)]
    power = Decimal(1).scaleb(highest.adjusted() - 1)
    step = next(power * factor for factor in (*_NICE, 10, 20, 50) if power * factor * 5 >= highest)
    count = int((highest / step).to_integral_value(ROUND_CEILING))
    return [step * number for number in range(count + 1)]
