"""The rates of the operations page: what its figures, charts and tables show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from flask import url_for

from dashboard.lib import rates
from dashboard.lib.charts import RateChart, RatePoint, rate_chart
from dashboard.lib.formatting import count, iso_z
from dashboard.ops import outcome_queries as outcomes
from dashboard.ops import windows as ops_windows
from dashboard.ops.outcomes import NOT_DELIVERED, Outcomes, total
from dashboard.ops.windows import Bar, Step, Window
from dashboard.purchases import statuses
from dashboard.purchases.filter_chips import FAULT_WORDS
from dashboard.purchases.statuses import Fault, Phase
from dashboard.web.page import named_zone

ONCE_DELIVERED = (Phase.DELIVERED, Phase.REVERSED)


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

    @property
    def words(self) -> str:
        """What a reader hears of it."""
        before = f"a week before {rates.percent_text(self.before)}"
        if self.before is not None:
            before += f" of {count(self.before_whole)}"
        return f"{rates.percent_text(self.share)} ({count(self.part)} of {count(self.whole)}), {before}"


@dataclass(frozen=True)
class PeriodRow:
    """A bar of the charts as a row of the table beneath them."""

    period: str
    label: str
    tick: str
    count: int
    url: str
    failure: Rate
    reversal: Rate


@dataclass(frozen=True)
class KindRow:
    """Purchases of one status, reason or fault: how many, how many a week before, and the list of them."""

    value: str
    label: str
    phase: str
    count: int
    url: str
    before: int
    before_url: str
    share: Decimal | None


@dataclass(frozen=True)
class Found:
    """Everything counted for a window: each bar, the whole, and the whole of a week before."""

    bars: Sequence[tuple[Bar, Outcomes, Outcomes]]
    whole: Outcomes
    before: Outcomes


def find(window: Window) -> Found:
    """Count the purchases of a window, bar by bar."""
    stretches = [(bar.since, bar.until) for bar in window.bars]
    befores = [(bar.before_since, bar.before_until) for bar in window.bars]
    counted = outcomes.outcomes_of([*stretches, *befores])
    now, before = counted[: len(stretches)], counted[len(stretches) :]
    return Found(list(zip(window.bars, now, before, strict=True)), total(now), total(before))


def context(window: Window, zone: ZoneInfo) -> dict[str, Any]:
    """Return what the panel of rates shows of a window."""
    found = find(window)
    base = url_for("purchases.purchase_list", tz=named_zone())
    rows = [_period_row(window, zone, base, counted) for counted in found.bars]
    first, last = window.bars[0], window.bars[-1]
    links = _Pair(_Links(window.since, window.until, base), _Links(first.before_since, last.before_until, base))
    return {
        "failure": _failure(found.whole, found.before, links),
        "reversal": _reversal(found.whole, found.before, links),
        "count": found.whole.count,
        "count_url": links.now(),
        "beside": _beside(found, links),
        "failure_chart": _chart([row.failure for row in rows], rows, "failed", "decided purchases"),
        "reversal_chart": _chart([row.reversal for row in rows], rows, "reversed", "deliveries"),
        "rows": rows,
        "by_status": _by_status(found, links),
        "by_reason": _by_reason(found, links),
        "by_fault": _by_fault(found, links),
        "step": window.step.value,
    }


@dataclass(frozen=True)
class _Pair:
    """The links of a stretch of time, and of the same a week before."""

    now: "_Links"
    before: "_Links"


class _Links:
    """Makes the addresses of lists of purchases of a stretch of time. ``url_for`` costs more than a bar."""

    def __init__(self, since: datetime, until: datetime, base: str) -> None:
        self._start = f"{base}{'&' if '?' in base else '?'}since={iso_z(since)}&until={iso_z(until)}"

    def __call__(self, **filters: Sequence[str]) -> str:
        return f"{self._start}&{urlencode(filters, doseq=True)}" if filters else self._start

    def of_phases(self, *phases: Phase) -> str:
        """Return the address of the purchases of these phases."""
        return self._start + "".join(f"&phase={phase.value}" for phase in phases)


def _failure(now: Outcomes, before: Outcomes, links: _Pair) -> Rate:
    return Rate(
        "failure",
        now.failure_rate,
        now.failed,
        links.now.of_phases(Phase.FAILED),
        now.decided,
        links.now.of_phases(*statuses.DECIDED_PHASES),
        before.failure_rate,
        before.decided,
        links.before.of_phases(*statuses.DECIDED_PHASES),
    )


def _reversal(now: Outcomes, before: Outcomes, links: _Pair) -> Rate:
    return Rate(
        "reversal",
        now.reversal_rate,
        now.of_phase(Phase.REVERSED),
        links.now.of_phases(Phase.REVERSED),
        now.once_delivered,
        links.now.of_phases(*ONCE_DELIVERED),
        before.reversal_rate,
        before.once_delivered,
        links.before.of_phases(*ONCE_DELIVERED),
    )


def _period_row(window: Window, zone: ZoneInfo, base: str, counted: tuple[Bar, Outcomes, Outcomes]) -> PeriodRow:
    bar, now, before = counted
    links = _Pair(_Links(bar.since, bar.until, base), _Links(bar.before_since, bar.before_until, base))
    local = bar.since.astimezone(zone)
    is_by_date = window.step in (Step.DAY, Step.WEEK, Step.MONTH)
    return PeriodRow(
        period=local.date().isoformat() if is_by_date else iso_z(bar.since),
        label=_label(window.step, bar, zone),
        tick=_tick(window.step, bar, zone),
        count=now.count,
        url=links.now(),
        failure=_failure(now, before, links),
        reversal=_reversal(now, before, links),
    )


def _label(step: Step, bar: Bar, zone: ZoneInfo) -> str:
    since, until = bar.since.astimezone(zone), bar.until.astimezone(zone)
    day = f"{since:%a} {since.day} {since:%b}"
    if step is Step.MONTH:
        return f"{since:%B %Y}"
    if step is Step.WEEK:
        return f"week of {since.day} {since:%b %Y}"
    if step is Step.DAY:
        return day
    return f"{day}, {since:%H:%M}–{until:%H:%M}"


def _chart(figures: Sequence[Rate], rows: Sequence[PeriodRow], verb: str, whole: str) -> RateChart:
    return rate_chart(
        [
            RatePoint(
                share=rate.share,
                before=rate.before,
                count=rate.whole,
                part=rate.part,
                label=row.tick,
                words=f"{row.label}: {verb} {rate.words}",
                url=rate.part_url,
                whole_words=f"{row.label}: {count(rate.whole)} {whole}",
                whole_url=rate.whole_url,
            )
            for rate, row in zip(figures, rows, strict=True)
        ]
    )


def _tick(step: Step, bar: Bar, zone: ZoneInfo) -> str:
    """Return what stands beneath a bar in the chart; empty beneath one that does not begin on a round time."""
    since = bar.since.astimezone(zone)
    day = f"{since.day} {since:%b}"
    if step is Step.MONTH:
        return f"{since:%b %Y}"
    if step in (Step.DAY, Step.WEEK):
        return day
    is_midnight = (since.hour, since.minute, since.second) == (0, 0, 0)
    if step is Step.SIX_HOURS or is_midnight:
        return day if is_midnight else ""
    is_round = since.second == 0 and since.minute % (60 if step is Step.HOUR else 15) == 0
    return f"{since:%H:%M}" if is_round else ""


def _beside(found: Found, links: _Pair) -> list[KindRow]:
    """Return the purchases that are in no rate."""
    return [
        KindRow(
            phase.value,
            label,
            phase.value,
            found.whole.of_phase(phase),
            links.now.of_phases(phase),
            found.before.of_phase(phase),
            links.before.of_phases(phase),
            None,
        )
        for phase, label in ((Phase.OPEN, "still open"), (Phase.UNKNOWN, "with a status we do not know"))
    ]


def _by_status(found: Found, links: _Pair) -> list[KindRow]:
    before = found.before.by_status()
    return [
        KindRow(
            value,
            statuses.status_of(value).label,
            statuses.phase_of(value).value,
            number,
            links.now(status=[value]),
            before.get(value, 0),
            links.before(status=[value]),
            _share(number, found.whole.count),
        )
        for value, number in found.whole.by_status().items()
    ]


def _by_reason(found: Found, links: _Pair) -> list[KindRow]:
    now, before = found.whole.by_reason(*NOT_DELIVERED), found.before.by_reason(*NOT_DELIVERED)
    return [
        KindRow(
            value or "none",
            _reason_label(value),
            "",
            number,
            links.now(reason=[value or "none"], phase=[phase.value for phase in NOT_DELIVERED]),
            before.get(value, 0),
            links.before(reason=[value or "none"], phase=[phase.value for phase in NOT_DELIVERED]),
            _share(number, sum(now.values())),
        )
        for value, number in now.items()
    ]


def _reason_label(value: str) -> str:
    reason = statuses.reason_of(value)
    return reason.label if reason else "No reason given"


def _by_fault(found: Found, links: _Pair) -> list[KindRow]:
    now: Mapping[Fault, int] = found.whole.by_fault(*NOT_DELIVERED)
    before = found.before.by_fault(*NOT_DELIVERED)
    return [
        KindRow(
            fault.value,
            FAULT_WORDS[fault].capitalize(),
            "",
            number,
            links.now(fault=[fault.value]),
            before[fault],
            links.before(fault=[fault.value]),
            _share(number, sum(now.values())),
        )
        for fault, number in now.items()
    ]


def _share(part: int, whole: int) -> Decimal | None:
    return Decimal(part) / whole if whole else None


def choices(window: Window, tz: str | None) -> list[tuple[str, str, bool]]:
    """Return (label, address, is chosen) of every window that reaches back from now."""
    labels = {"1h": "1 hour", "24h": "24 hours", "7d": "7 days", "30d": "30 days"}
    return [
        (labels[name], url_for("ops.operations", window=name, tz=tz), window.name == name)
        for name in ops_windows.LENGTHS
    ]
