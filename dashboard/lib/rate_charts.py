"""Pure: where the bars, lines and numbers of a chart of a rate stand. Pure: shares and counts in, coordinates out.

Coordinates are Decimals in the units of the drawing, whose width is WIDTH and whose height is HEIGHT; y grows
downwards. ``templates/components/rate_charts.html`` draws them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

WIDTH, HEIGHT = 960, 204
LEFT, RIGHT, TOP, BOTTOM = 46, 6, 12, 160
"""The plot's edges: shares are drawn between TOP and BOTTOM, counts and times stand below."""
COUNT_Y, LABEL_Y = 177, 198
TOPS = tuple(Decimal(percent) / 100 for percent in (4, 10, 20, 40, 60, 80, 100))
"""Shares that a scale may end at; each has a round half. The lowest keeps two failures in a thousand from looking
like a disaster."""
MOST_LABELS = 12
WIDEST_BAR = Decimal(34)
_CROWDED = 20


@dataclass(frozen=True, slots=True)
class Point:
    """What is known of one bar. Shares are of one, None for no data: ``part`` of ``count`` purchases.

    ``label`` is the time, empty where none is due.
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


@dataclass(frozen=True, slots=True)
class Mark:
    """One bar as drawn: its slot, the bar itself, the week before as a line over it, and what stands beneath."""

    point: Point
    slot_x: Decimal
    slot_width: Decimal
    x: Decimal
    width: Decimal
    y: Decimal | None
    height: Decimal
    before_y: Decimal | None
    middle: Decimal
    count_text: str
    label: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the scale and its share in words."""

    y: Decimal
    text: str


@dataclass(frozen=True)
class Chart:
    """A whole chart."""

    marks: Sequence[Mark]
    ticks: Sequence[Tick]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = BOTTOM
    count_y: int = COUNT_Y
    label_y: int = LABEL_Y


def chart(points: Sequence[Point]) -> Chart:
    """Lay out a chart of these points, oldest first; without points only the scale."""
    top = scale_top([share for point in points for share in (point.share, point.before) if share is not None])
    ticks = [Tick(_y(share, top), _percent(share)) for share in (Decimal(0), top / 2, top)]
    return Chart([_mark(number, points, top) for number in range(len(points))], ticks)


def scale_top(shares: Sequence[Decimal]) -> Decimal:
    """Return the share that the scale ends at: the lowest of TOPS that holds all of them."""
    highest = max(shares, default=Decimal(0))
    return next((top for top in TOPS if highest <= top), TOPS[-1])


def _mark(number: int, points: Sequence[Point], top: Decimal) -> Mark:
    point = points[number]
    slot = Decimal(WIDTH - LEFT - RIGHT) / len(points)
    slot_x = LEFT + slot * number
    width = min(slot * Decimal("0.66"), WIDEST_BAR)
    middle = slot_x + slot / 2
    y = None if point.share is None else _y(point.share, top)
    return Mark(
        point=point,
        slot_x=_tenths(slot_x),
        slot_width=_tenths(slot),
        x=_tenths(middle - width / 2),
        width=_tenths(width),
        y=y,
        height=Decimal(0) if y is None else BOTTOM - y,
        before_y=None if point.before is None else _y(point.before, top),
        middle=_tenths(middle),
        count_text=short_count(point.count) if len(points) > _CROWDED else f"{point.count:,}",
        label=point.label if _is_labelled(number, points) else "",
    )


def _is_labelled(number: int, points: Sequence[Point]) -> bool:
    due = [index for index, point in enumerate(points) if point.label]
    every = -(-len(due) // MOST_LABELS)
    return number in due and due.index(number) % every == 0


def _y(share: Decimal, top: Decimal) -> Decimal:
    return _tenths(BOTTOM - (BOTTOM - TOP) * share / top)


def _tenths(value: Decimal) -> Decimal:
    return Decimal(value).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def _percent(share: Decimal) -> str:
    return f"{(share * 100).normalize():f}%"


def short_count(number: int) -> str:
    """Return a count that fits beneath a narrow bar: ``940``, ``2.7k``, ``31k``, ``1.2M``; cut, never rounded up."""
    for size, unit in ((1_000_000, "M"), (1_000, "k")):
        if number >= size:
            tenths = number * 10 // size
            return f"{tenths // 10}.{tenths % 10}{unit}" if tenths < 100 and tenths % 10 else f"{tenths // 10}{unit}"
    return str(number)
