"""Pure: the geometry of charts: numbers in, where the rectangles, lines and labels of an SVG stand out.

Coordinates are whole pixels of the drawing's own system, from the upper left corner. ``templates/web/charts.html``
draws them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise
from typing import NamedTuple

WIDTH = 960
MOST_LABELS = 12

RATE_HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 222, 46, 954, 30, 178
"""Of a chart of a rate: shares are drawn between TOP and BOTTOM, counts and times stand below, moments above."""
COUNT_Y, LABEL_Y = 195, 216
FAINT_HEIGHT = (BOTTOM - TOP) // 4
"""A faint bar is cut off here: it says that there is something, and not how much."""
RATE_TOPS = tuple(Decimal(percent) / 100 for percent in (4, 10, 20, 40, 60, 80, 100))
"""Shares that a scale may end at; each has a round half. The lowest keeps two failures in a thousand from looking
like a disaster."""
WIDEST_BAR = 34
_CROWDED = 20


@dataclass(frozen=True, slots=True)
class Slot:
    """The field of a chart that belongs to one column or bar."""

    x: int
    width: int

    @property
    def middle(self) -> int:
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class ChartTick:
    """A line across a chart, the value it stands for, and how that is written."""

    y: int
    value: Decimal
    text: str


def _slots(number: int, left: int, right: int) -> list[Slot]:
    edges = [left + (right - left) * index // max(number, 1) for index in range(number + 1)]
    return [Slot(start, max(end - start, 1)) for start, end in pairwise(edges)]


def _one_label_in(number: int) -> int:
    """Return after how many labels the next one is written, so that they do not touch."""
    return max(-(-number // MOST_LABELS), 1)


class Box(NamedTuple):
    """A rectangle of a column; ``series`` is the place of its value in the column."""

    series: int
    x: int
    y: int
    width: int
    height: int

    @property
    def path(self) -> str:
        """The rectangle as one attribute: a year has thousands of them, and each attribute is escaped."""
        return f"M{self.x} {self.y}h{self.width}v{self.height}h-{self.width}z"


@dataclass(frozen=True, slots=True)
class StackedColumn(Slot):
    """The boxes that stand on each other at one place of the axis."""

    boxes: tuple[Box, ...]
    has_label: bool


@dataclass(frozen=True, slots=True)
class StackedChart:
    """A chart of stacked columns. ``left`` and ``bottom`` leave room for the labels of the axes."""

    width: int
    height: int
    left: int
    bottom: int
    columns: tuple[StackedColumn, ...]
    ticks: tuple[ChartTick, ...]


def stacked(values: Sequence[Sequence[Decimal]], write: Callable[[Decimal], str]) -> StackedChart:
    """Return the chart of these columns, each a sequence of values from the bottom up; ``write`` labels the scale.

    A negative value has no height and is not drawn: it stands in the table beneath. Columns are at least a pixel wide.
    """
    left, bottom, top, height = 70, 234, 8, 260
    lines = _round_values(max(map(_height, values), default=Decimal(0)))
    scale, every = (bottom - top) / lines[-1], _one_label_in(len(values))
    columns = tuple(
        StackedColumn(slot.x, slot.width, _boxes(column, slot, bottom, scale), has_label=index % every == 0)
        for index, (column, slot) in enumerate(zip(values, _slots(len(values), left, WIDTH), strict=True))
    )
    ticks = tuple(ChartTick(bottom - int(value * scale), value, write(value)) for value in lines)
    return StackedChart(WIDTH, height, left, bottom, columns, ticks)


def _height(column: Sequence[Decimal]) -> Decimal:
    return sum((value for value in column if value > 0), Decimal(0))


def _boxes(values: Sequence[Decimal], slot: Slot, bottom: int, scale: Decimal) -> tuple[Box, ...]:
    gap = slot.width // 6 if slot.width > 12 else int(slot.width > 3)
    boxes, reached, low = [], Decimal(0), bottom
    for series, value in enumerate(values):
        if value > 0:
            # The edges are rounded, not the heights, so that the whole column is as high as its sum.
            reached += value
            high = bottom - int(reached * scale)
            if high < low:
                boxes.append(Box(series, slot.x + gap, high, slot.width - 2 * gap, low - high))
            low = high
    return tuple(boxes)


def _round_values(highest: Decimal) -> list[Decimal]:
    """Return 0 and up to five round values, the last at or above the highest."""
    if highest <= 0:
        return [Decimal(0), Decimal(1)]
    power = Decimal(1).scaleb(highest.adjusted() - 1)
    step = next(power * factor for factor in (1, 2, 5, 10, 20, 50) if power * factor * 5 >= highest)
    count = int((highest / step).to_integral_value(ROUND_CEILING))
    return [step * number for number in range(count + 1)]


@dataclass(frozen=True, slots=True)
class RatePoint:
    """What is known of one bar. Shares are of one, None for no data: ``part`` of ``count`` purchases.

    ``label`` is the time, empty where none is due. A bar ``is_faint`` that stands for too little to be a rate, and its
    place ``is_hatched`` where not all of it is known; ``count_text`` stands beneath instead of the count.
    """

    share: Decimal | None
    before: Decimal | None
    count: int
    part: int
    label: str
    words: str
    url: str
    whole_words: str = ""
    whole_url: str = ""
    is_faint: bool = False
    is_hatched: bool = False
    count_text: str = ""


@dataclass(frozen=True, slots=True)
class ChartMoment:
    """Something that began and lasted, in bars from the left: 2.5 is the middle of the third."""

    start: Decimal
    end: Decimal
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class MomentMark:
    """The moments that began within one bar, as one link above it; ``stretches`` are (from, to) of each, in pixels."""

    slot: Slot
    x: int
    words: str
    url: str
    stretches: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class RateBar:
    """One bar as drawn: its slot, the bar itself, the week before as a line over it, and what stands beneath."""

    point: RatePoint
    slot: Slot
    x: int
    width: int
    y: int | None
    height: int
    before_y: int | None
    count_text: str
    label: str


@dataclass(frozen=True)
class RateChart:
    bars: Sequence[RateBar]
    ticks: Sequence[ChartTick]
    marks: Sequence[MomentMark] = ()
    width: int = WIDTH
    height: int = RATE_HEIGHT
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    bottom: int = BOTTOM
    count_y: int = COUNT_Y
    label_y: int = LABEL_Y


def rate_chart(points: Sequence[RatePoint], moments: Sequence[ChartMoment] = (), many_url: str = "") -> RateChart:
    """Lay out a chart of these points, oldest first; without points only the scale, which does not follow faint bars.

    The mark of several ``moments`` leads to ``many_url``.
    """
    firm = [point.share for point in points if not point.is_faint] + [point.before for point in points]
    top = scale_top([share for share in firm if share is not None])
    ticks = [ChartTick(_rate_y(share, top), share, _percent(share)) for share in (Decimal(0), top / 2, top)]
    due = [index for index, point in enumerate(points) if point.label]
    labelled = set(due[:: _one_label_in(len(due))])
    slots = _slots(len(points), LEFT, RIGHT)
    bars = [
        _bar(point, slot, top, is_crowded=len(points) > _CROWDED, is_labelled=index in labelled)
        for index, (point, slot) in enumerate(zip(points, slots, strict=True))
    ]
    return RateChart(bars, ticks, _marks(moments, slots, many_url))


def _marks(moments: Sequence[ChartMoment], slots: Sequence[Slot], many_url: str) -> list[MomentMark]:
    by_bar: dict[int, list[ChartMoment]] = {}
    for moment in sorted(moments, key=lambda moment: moment.start):
        by_bar.setdefault(min(int(moment.start), len(slots) - 1), []).append(moment)
    return [
        MomentMark(
            slot=slots[bar],
            x=_moment_x(within[0].start, slots),
            words="; ".join(moment.words for moment in within),
            url=within[0].url if len(within) == 1 else many_url,
            stretches=[(_moment_x(moment.start, slots), _moment_x(moment.end, slots)) for moment in within],
        )
        for bar, within in by_bar.items()
    ]


def _moment_x(place: Decimal, slots: Sequence[Slot]) -> int:
    bar = min(int(place), len(slots) - 1)
    return slots[bar].x + int((place - bar) * slots[bar].width)


def scale_top(shares: Sequence[Decimal]) -> Decimal:
    """Return the share that the scale ends at: the lowest of RATE_TOPS that holds all of them."""
    highest = max(shares, default=Decimal(0))
    return next((top for top in RATE_TOPS if highest <= top), RATE_TOPS[-1])


def _bar(point: RatePoint, slot: Slot, top: Decimal, *, is_crowded: bool, is_labelled: bool) -> RateBar:
    width = max(min(slot.width * 2 // 3, WIDEST_BAR), 1)
    y = None if point.share is None else _rate_y(min(point.share, top), top)
    if y is not None and point.is_faint:
        y = max(y, BOTTOM - FAINT_HEIGHT)
    return RateBar(
        point=point,
        slot=slot,
        x=slot.middle - width // 2,
        width=width,
        y=y,
        height=0 if y is None else BOTTOM - y,
        before_y=None if point.before is None else _rate_y(point.before, top),
        count_text=point.count_text or (short_count(point.count) if is_crowded else f"{point.count:,}"),
        label=point.label if is_labelled else "",
    )


def _rate_y(share: Decimal, highest: Decimal) -> int:
    return BOTTOM - int((BOTTOM - TOP) * share / highest)


def _percent(share: Decimal) -> str:
    return f"{(share * 100).normalize():f}%"


def short_count(number: int) -> str:
    """Return a count that fits beneath a narrow bar: ``940``, ``2.7k``, ``31k``, ``1.2M``; cut, never rounded up."""
    for size, unit in ((1_000_000, "M"), (1_000, "k")):
        if number >= size:
            tenths = number * 10 // size
            return f"{tenths // 10}.{tenths % 10}{unit}" if tenths < 100 and tenths % 10 else f"{tenths // 10}{unit}"
    return str(number)
