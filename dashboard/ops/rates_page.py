"""The rates of the operations page: what its figures, charts and tables show."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from flask import url_for

from dashboard.alerts.moment_queries import MOMENTS_READ
from dashboard.lib import rates
from dashboard.lib.charts import RateChart, RatePoint, rate_chart
from dashboard.lib.formatting import count, day_words, iso_z, month_words, short_day, short_month
from dashboard.lib.periods import Interval
from dashboard.ops import moments_page
from dashboard.ops import outcome_queries as outcomes
from dashboard.ops import windows as ops_windows
from dashboard.ops.known_page import Known
from dashboard.ops.moments_page import AlertMoment
from dashboard.ops.outcomes import Outcomes, total
from dashboard.ops.windows import BarLength, ComparedInterval, Window
from dashboard.purchases import statuses
from dashboard.purchases.filter_chips import FAULT_WORDS
from dashboard.purchases.statuses import UNDELIVERED_PHASES, Phase
from dashboard.web.page import named_zone

ONCE_DELIVERED = (Phase.DELIVERED, Phase.REVERSED)
FEW = 10
"""Of fewer purchases a rate says little: 1 of 2 is no 50 %. Its bar is faint, and its figure the two numbers."""
NOT_KNOWN, NOT_HELD = "not-known", "not-held"
"""What may be wrong with a bar: something in it may not be known yet; the copy does not hold all of it."""


@dataclass(frozen=True)
class Rate:
    """A rate with what it is a share of, and the same of the week before. Shares are of one, None for no data."""

    name: str
    share: Decimal | None
    part: int
    part_url: str
    whole: int
    whole_url: str
    before: Decimal | None
    before_whole: int
    before_url: str
    is_before_held: bool = True

    @property
    def is_few(self) -> bool:
        return 0 < self.whole < FEW

    @property
    def figure(self) -> str:
        """The rate for people at a glance: the two numbers where they are few."""
        return f"{count(self.part)} of {count(self.whole)}" if self.is_few else rates.percent_text(self.share)

    @property
    def before_text(self) -> str:
        return rates.percent_text(self.before) if self.is_before_held else "not held"

    @property
    def words(self) -> str:
        before = f"a week earlier {self.before_text}"
        if self.before is not None:
            before += f" of {count(self.before_whole)}"
        few = ", few purchases" if self.is_few else ""
        return f"{rates.percent_text(self.share)} ({count(self.part)} of {count(self.whole)}{few}), {before}"


@dataclass(frozen=True)
class PeriodRow:
    """A bar as a row. ``state`` is NOT_KNOWN, NOT_HELD or empty, and ``note`` says it in words."""

    period: str
    label: str
    tick: str
    count: int
    url: str
    failure: Rate
    reversal: Rate
    state: str
    note: str


@dataclass(frozen=True)
class RateCard:
    """A chart of a rate with its name and title, its tone, what it is a share of, and (swatch, words) of its legend."""

    chart: RateChart
    name: str
    title: str
    tone: str
    whole: str
    has_data: bool
    legend: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class KindRow:
    """``before`` is None where the copy does not hold the week before."""

    value: str
    label: str
    count: int
    url: str
    before: int | None
    before_url: str
    share: Decimal | None
    phase: str = ""


@dataclass(frozen=True)
class WindowOutcomes:
    """Everything counted for a window: each bar and the same a week before, the whole, and the whole a week before."""

    bars: Sequence[tuple[ComparedInterval, Outcomes, Outcomes]]
    whole: Outcomes
    before: Outcomes


def _find(window: Window) -> WindowOutcomes:
    counted = outcomes.outcomes_of([*window.bars, *(bar.before for bar in window.bars)])
    now, before = counted[: len(window.bars)], counted[len(window.bars) :]
    return WindowOutcomes(list(zip(window.bars, now, before, strict=True)), total(now), total(before))


@dataclass(frozen=True)
class AskedWindow:
    """The window that an address asks for, its dates as they were typed, and why they cannot be used, by field."""

    window: Window
    from_text: str
    to_text: str
    errors: Mapping[str, str]


@dataclass(frozen=True)
class RatesPanel:
    """What the panel of rates shows of a window; ``choices`` are (label, address, is chosen) of those up to now.

    ``unknown`` says since when nothing is known, empty where everything of the window is, and ``stored`` what the
    figures are of then; ``held_since`` where the copy begins within the window.
    """

    asked: AskedWindow
    choices: Sequence[tuple[str, str, bool]]
    poll_url: str
    most_url: str
    unknown: str
    stored: str
    held_since: datetime | None
    failure: Rate
    reversal: Rate
    count: int
    count_url: str
    beside: Sequence[KindRow]
    cards: Sequence[RateCard]
    alerts: Sequence[AlertMoment]
    alerts_shown: int
    has_more_alerts: bool
    rows: Sequence[PeriodRow]
    by_status: Sequence[KindRow]
    by_reason: Sequence[KindRow]
    by_fault: Sequence[KindRow]


def panel(asked: AskedWindow, zone: ZoneInfo, known: Known) -> RatesPanel:
    window, tz = asked.window, named_zone()
    found = _find(window)
    base = url_for("purchases.purchase_list", tz=tz)
    rows = [_period_row(window, zone, base, counted, known) for counted in found.bars]
    befores = Interval(window.bars[0].before.since, window.bars[-1].before.until)
    links = _Pair(_links(window, base), _links(befores, base), known.holds(befores))
    moments = moments_page.moments_of(window)
    is_unknown = not known.knows(window)
    return RatesPanel(
        asked=asked,
        choices=_choices(window),
        poll_url=url_for("ops.rates", **window.as_parameters(), tz=tz, poll=1),
        most_url=url_for("ops.most", **window.as_parameters(), tz=tz),
        unknown=known.words if is_unknown else "",
        stored="until then" if known.until is not None and known.until > window.since else "what is stored:",
        held_since=None if known.holds(window) else known.held_since,
        failure=_failure(found.whole, found.before, links),
        reversal=_reversal(found.whole, found.before, links),
        count=found.whole.count,
        count_url=links.now(),
        beside=_beside(found, links),
        cards=_cards(rows, window, moments, known.words),
        alerts=moments[:MOMENTS_READ],
        alerts_shown=MOMENTS_READ,
        has_more_alerts=len(moments) > MOMENTS_READ,
        rows=rows,
        by_status=_by_status(found, links),
        by_reason=_by_reason(found, links),
        by_fault=_by_fault(found, links),
    )


def _links(interval: Interval, base: str) -> Callable[..., str]:
    """Return what makes the address of a list of the interval's purchases. ``url_for`` costs more than a bar."""
    start = f"{base}{'&' if '?' in base else '?'}since={iso_z(interval.since)}&until={iso_z(interval.until)}"
    return lambda **filters: f"{start}&{urlencode(filters, doseq=True)}" if filters else start


@dataclass(frozen=True)
class _Pair:
    """The links of an interval, and of the same a week before, with whether the copy holds that."""

    now: Callable[..., str]
    before: Callable[..., str]
    is_before_held: bool

    def row(self, value: str, label: str, counts: tuple[int, int], whole: int, **filters: Sequence[str]) -> KindRow:
        """Return a row of purchases that these filters find: so many now, and a week before."""
        number, before = counts[0], counts[1] if self.is_before_held else None
        share = rates.share_of(number, whole)
        return KindRow(value, label, number, self.now(**filters), before, self.before(**filters), share)


def _failure(now: Outcomes, before: Outcomes, links: _Pair) -> Rate:
    return Rate(
        "failure", now.failure_rate, now.failed, links.now(phase=[Phase.FAILED]),
        now.decided, links.now(phase=statuses.DECIDED_PHASES),
        before.failure_rate if links.is_before_held else None, before.decided,
        links.before(phase=statuses.DECIDED_PHASES), links.is_before_held,
    )  # fmt: skip


def _reversal(now: Outcomes, before: Outcomes, links: _Pair) -> Rate:
    return Rate(
        "reversal", now.reversal_rate, now.of_phase(Phase.REVERSED), links.now(phase=[Phase.REVERSED]),
        now.once_delivered, links.now(phase=ONCE_DELIVERED),
        before.reversal_rate if links.is_before_held else None, before.once_delivered,
        links.before(phase=ONCE_DELIVERED), links.is_before_held,
    )  # fmt: skip


def _period_row(
    window: Window, zone: ZoneInfo, base: str, counted: tuple[ComparedInterval, Outcomes, Outcomes], known: Known
) -> PeriodRow:
    bar, now, before = counted
    state = NOT_HELD if not known.holds(bar) else "" if known.knows(bar) else NOT_KNOWN
    if state == NOT_HELD:
        now = Outcomes()
    links = _Pair(_links(bar, base), _links(bar.before, base), known.holds(bar.before))
    is_by_date = window.length in (BarLength.DAY, BarLength.WEEK, BarLength.MONTH)
    return PeriodRow(
        period=bar.since.astimezone(zone).date().isoformat() if is_by_date else iso_z(bar.since),
        label=_label(window.length, bar, zone),
        tick=_tick(window.length, bar, zone),
        count=now.count,
        url=links.now(),
        failure=_failure(now, before, links),
        reversal=_reversal(now, before, links),
        state=state,
        note={NOT_HELD: "not held", NOT_KNOWN: known.words}.get(state, ""),
    )


def _label(length: BarLength, bar: ComparedInterval, zone: ZoneInfo) -> str:
    since, until = bar.since.astimezone(zone), bar.until.astimezone(zone)
    day = f"{since:%a} {short_day(since)}"
    if length is BarLength.MONTH:
        return month_words(since)
    if length is BarLength.WEEK:
        return f"week of {day_words(since)}"
    return day if length is BarLength.DAY else f"{day}, {since:%H:%M}–{until:%H:%M}"


def _cards(rows: Sequence[PeriodRow], window: Window, moments: Sequence[AlertMoment], unknown: str) -> list[RateCard]:
    marks = [moment.on(window) for moment in moments[:MOMENTS_READ]]
    cards = []
    for name, title, tone, verb, whole in (
        ("failure", "Failure rate", "bad", "failed", "decided purchases"),
        ("reversal", "Reversal rate", "reversed", "reversed", "deliveries"),
    ):
        points = [_point(row, row.failure if name == "failure" else row.reversal, verb, whole) for row in rows]
        chart = rate_chart(points, marks, "#alert-moments")
        has_data = any(point.count or point.before is not None or point.is_hatched for point in points)
        cards.append(RateCard(chart, name, title, tone, whole, has_data, _legend(chart, window, rows, unknown)))
    return cards


def _point(row: PeriodRow, rate: Rate, verb: str, whole: str) -> RatePoint:
    words, whole_words = f"{row.label}: {verb} {rate.words}", f"{row.label}: {count(rate.whole)} {whole}"
    if row.state == NOT_HELD:
        words = whole_words = f"{row.label}: {row.note}"
    elif row.note:
        words, whole_words = f"{words}; {row.note}", f"{whole_words}; {row.note}"
    return RatePoint(
        share=rate.share,
        before=rate.before if rate.before_whole >= FEW else None,
        count=rate.whole,
        part=rate.part,
        label=row.tick,
        words=words,
        url=rate.part_url,
        whole_words=whole_words,
        whole_url=rate.whole_url,
        is_faint=rate.is_few,
        is_hatched=bool(row.state),
        count_text="?" if row.state and not rate.whole else "",
    )


def _legend(chart: RateChart, window: Window, rows: Sequence[PeriodRow], unknown: str) -> list[tuple[str, str]]:
    entries = [("", f"by {window.length}"), ("before", f"a week earlier, where there were {FEW} purchases or more")]
    if any(bar.point.is_faint for bar in chart.bars):
        entries.append(("faint", f"few purchases: fewer than {FEW}, cut short"))
    states = {row.state for row in rows}
    for state, words in ((NOT_KNOWN, unknown), (NOT_HELD, "not held")):
        if state in states:
            entries.append(("hatched", words))
    if chart.marks:
        entries.append(("alerted", "an alert opened, and how long it was open"))
    return entries


def _tick(length: BarLength, bar: ComparedInterval, zone: ZoneInfo) -> str:
    """Return what stands beneath a bar in the chart; empty beneath one that does not begin on a round time."""
    since = bar.since.astimezone(zone)
    day = short_day(since)
    if length is BarLength.MONTH:
        return short_month(since)
    if length in (BarLength.DAY, BarLength.WEEK):
        return day
    is_midnight = (since.hour, since.minute, since.second) == (0, 0, 0)
    if length is BarLength.SIX_HOURS or is_midnight:
        return day if is_midnight else ""
    is_round = since.second == 0 and since.minute % (60 if length is BarLength.HOUR else 15) == 0
    return f"{since:%H:%M}" if is_round else ""


def _beside(found: WindowOutcomes, links: _Pair) -> list[KindRow]:
    """Return the purchases that are in no rate."""
    return [
        links.row(phase.value, label, (found.whole.of_phase(phase), found.before.of_phase(phase)), 0, phase=[phase])
        for phase, label in ((Phase.OPEN, "still open"), (Phase.UNKNOWN, "with an undocumented status"))
    ]


def _by_status(found: WindowOutcomes, links: _Pair) -> list[KindRow]:
    before, rows = found.before.by_status(), []
    for value, number in found.whole.by_status().items():
        status, counts = statuses.status_of(value), (number, before.get(value, 0))
        row = links.row(value, status.label, counts, found.whole.count, status=[value])
        rows.append(replace(row, phase=status.phase.value))
    return rows


def _by_reason(found: WindowOutcomes, links: _Pair) -> list[KindRow]:
    now, before = found.whole.by_reason(*UNDELIVERED_PHASES), found.before.by_reason(*UNDELIVERED_PHASES)
    whole = sum(now.values())
    return [
        links.row(
            value or statuses.NO_REASON, statuses.reason_label(value), (number, before.get(value, 0)), whole,
            reason=[value or statuses.NO_REASON], phase=UNDELIVERED_PHASES,
        )
        for value, number in now.items()
    ]  # fmt: skip


def _by_fault(found: WindowOutcomes, links: _Pair) -> list[KindRow]:
    now, before = found.whole.by_fault(*UNDELIVERED_PHASES), found.before.by_fault(*UNDELIVERED_PHASES)
    whole = sum(now.values())
    return [
        links.row(fault.value, FAULT_WORDS[fault].capitalize(), (number, before[fault]), whole, fault=[fault])
        for fault, number in now.items()
    ]


def _choices(window: Window) -> list[tuple[str, str, bool]]:
    return [
        (label, url_for("ops.operations", window=name, tz=named_zone()), window.name == name)
        for name, label in ops_windows.LABELS.items()
    ]
