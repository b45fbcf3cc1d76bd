"""Pure: the charts of the requests to SkinsBack of a day: how many were answered, and how long that took."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboard.lib import charts
from dashboard.lib.formatting import count

SLOT = timedelta(minutes=30)
SLOTS = 48
TABLE_URL = "#requests-table"


@dataclass(frozen=True, slots=True)
class RequestSlotCount:
    """The requests of half an hour; times are in milliseconds, None where nothing was asked."""

    since: datetime
    label: str
    answered: int
    failed: int
    mean: int | None
    slowest: int | None


@dataclass(frozen=True, slots=True)
class RequestColumn:
    column: charts.StackedColumn
    short_label: str
    title: str
    url: str
    boxes: Markup


@dataclass(frozen=True, slots=True)
class RequestChart:
    geometry: charts.StackedChart
    title: str
    columns: Sequence[RequestColumn]
    legend: Sequence[tuple[str, str]]
    in_tab_order: bool = False
    """The table beneath says the same."""


def beginning(now: datetime) -> datetime:
    """Return where the first slot begins; the last one is running."""
    running = now - (now - now.replace(minute=0, second=0, microsecond=0)) % SLOT
    return running - (SLOTS - 1) * SLOT


def slots(minutes: Sequence[Any], now: datetime, zone: ZoneInfo) -> list[RequestSlotCount]:
    """Return the slots of a day up to now, from rows as ``health_queries.minutes_since`` returns them."""
    first = beginning(now)
    within: list[list[Any]] = [[] for _ in range(SLOTS)]
    for row in minutes:
        if first <= row.minute < first + SLOTS * SLOT:
            within[(row.minute - first) // SLOT].append(row)
    return [_slot(first + number * SLOT, rows, zone) for number, rows in enumerate(within)]


def _slot(since: datetime, rows: Sequence[Any], zone: ZoneInfo) -> RequestSlotCount:
    number, failed = sum(int(row.jobs + row.people) for row in rows), sum(int(row.failed) for row in rows)
    mean = sum(int(row.microseconds) for row in rows) // number // 1000 if number else None
    slowest = max(int(row.slowest) for row in rows) // 1000 if rows else None
    label = f"{since.astimezone(zone):%H:%M}–{(since + SLOT).astimezone(zone):%H:%M}"
    return RequestSlotCount(since, label, number - failed, failed, mean, slowest)


def number_chart(counted: Sequence[RequestSlotCount], zone: ZoneInfo) -> RequestChart:
    values = [[Decimal(slot.answered), Decimal(slot.failed)] for slot in counted]
    legend = [("answered", "answered"), ("failed", "without an answer")]
    return _chart(
        "Requests to SkinsBack", counted, zone, values=values, legend=legend, write=lambda value: count(int(value))
    )


def time_chart(counted: Sequence[RequestSlotCount], zone: ZoneInfo) -> RequestChart:
    values = [[Decimal(slot.mean or 0)] for slot in counted]
    legend = [("mean", "how long a request took, on the average; the slowest stand in the table")]
    return _chart(
        "How long requests took",
        counted,
        zone,
        values=values,
        legend=legend,
        write=lambda value: f"{count(int(value))} ms",
    )


def _chart(
    title: str,
    counted: Sequence[RequestSlotCount],
    zone: ZoneInfo,
    *,
    values: Sequence[Sequence[Decimal]],
    legend: Sequence[tuple[str, str]],
    write: Callable[[Decimal], str],
) -> RequestChart:
    drawn = charts.stacked(values, write)
    columns = [
        RequestColumn(column, f"{slot.since.astimezone(zone):%H:%M}", words(slot), TABLE_URL, _boxes(column, legend))
        for column, slot in zip(drawn.columns, counted, strict=True)
    ]
    return RequestChart(drawn, title, columns, legend)


def words(slot: RequestSlotCount) -> str:
    """Return what is known of a slot in words."""
    if slot.mean is None or slot.slowest is None:
        return f"{slot.label}: nothing was asked"
    took = f"{count(slot.mean)} ms on the average, {count(slot.slowest)} ms the slowest"
    return f"{slot.label}: {count(slot.answered)} answered, {count(slot.failed)} without an answer; {took}"


def _boxes(column: charts.StackedColumn, legend: Sequence[tuple[str, str]]) -> Markup:
    drawn = "".join(f'<path class="part-{legend[box.series][0]}" d="{box.path}"/>' for box in column.boxes)
    return Markup(drawn)  # noqa: S704 - Our own words and digits.
