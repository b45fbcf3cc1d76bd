"""What the operations page says on top: the verdict on what is stored, put into a sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from urllib.parse import quote
from zoneinfo import ZoneInfo

from flask import url_for

from dashboard.alerts.figure_queries import WEEKS
from dashboard.alerts.figures import Effect, is_failure_of
from dashboard.alerts.queries import AlertRuleState, AlertState, find_rules, normal_failure_rate, open_alerts
from dashboard.lib import rates
from dashboard.lib.formatting import count, iso_z, one_line
from dashboard.lib.periods import Interval
from dashboard.ops import outcome_queries as outcomes
from dashboard.ops.outcomes import Outcomes
from dashboard.ops.verdict import ENOUGH, LOOK_BACKS, VerdictKind, kind_of
from dashboard.purchases import statuses
from dashboard.purchases.filter_chips import FAULT_WORDS
from dashboard.purchases.statuses import Phase
from dashboard.sync.causes import Cause
from dashboard.sync.connection import is_connected
from dashboard.totals.spans import LENGTHS, Span, span_start
from dashboard.web.page import named_zone

UNWATCHED = "No alert rule for the failure rate is switched on, so this page never reports failing."
NOT_YET = "Alert rules are first applied when the background jobs run; until then this page does not report failing."
NOT_CONNECTED = "This dashboard is not connected to SkinsBack, so this says nothing of what happens now."
_TONES = {
    VerdictKind.CANNOT_TELL: "unknown", VerdictKind.FAILING: "bad", VerdictKind.DEGRADED: "hold",
    VerdictKind.OVER: "hold", VerdictKind.USUAL: "good", VerdictKind.TOO_FEW: "unknown",
    VerdictKind.NOTHING: "unknown",
}  # fmt: skip
_STATES = {"bad": "failing", "hold": "degraded", "good": "ok", "unknown": "unknown"}
_LENGTHS = dict(zip(LOOK_BACKS, ("the last hour", "the last 3 hours", "the last 24 hours"), strict=True))


@dataclass(frozen=True)
class Verdict:
    """``alerts`` are the open ones that the verdict is made of, those whose cause is there first; ``recent`` are the
    outcomes of the last ``look_back``, ``normal`` is the usual failure rate, None where it is not known. ``since`` is
    since when nothing is known, where the verdict cannot be told."""

    kind: VerdictKind
    alerts: Sequence[AlertState]
    look_back: timedelta
    recent: Outcomes
    normal: Decimal | None
    since: datetime | None


@dataclass(frozen=True)
class Sentence:
    """The sentence, its tone, what else must be known, and (text, address) of what it is about.

    ``state`` is for programs: ``ok``, ``degraded``, ``failing``, or ``unknown``.
    """

    text: str
    tone: str
    state: str
    notes: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    enough: int = ENOUGH
    weeks: int = WEEKS
    """This and the one above are how it is decided."""


def sentence(now: datetime, zone: ZoneInfo, causes: Sequence[Cause]) -> Sentence:
    """Return the verdict in words; ``causes`` are the reasons why the copy is not current."""
    rules = find_rules()
    verdict = find_verdict(now, causes)
    tone = _TONES[verdict.kind]
    may_be_old = not is_connected() and tone == "good"
    notes = (*_also(verdict), _unwatched(rules), NOT_CONNECTED if may_be_old else "")
    tone = "unknown" if may_be_old else tone
    text = words(verdict, {rule.id: rule for rule in rules}, now, zone)
    return Sentence(text, tone, _STATES[tone], tuple(note for note in notes if note), _links(verdict, now))


def find_verdict(now: datetime, causes: Sequence[Cause]) -> Verdict:
    """Return the verdict on the purchases of the last hour, or of more where they are too few."""
    alerts = [alert for alert in open_alerts() if alert.effect]
    # The gravest that is there stands first; of those, the one that opened first.
    alerts.sort(key=lambda alert: (alert.calm_since is not None, alert.effect != Effect.FAILING, alert.opened_at))
    end = _end(now)
    counted = outcomes.outcomes_of([Interval(end - length, end) for length in LOOK_BACKS])
    each = list(zip(LOOK_BACKS, counted, strict=True))
    look_back, recent = next((one for one in each if one[1].decided >= ENOUGH), each[-1])
    normal = normal_failure_rate(end - look_back, end)
    there = {alert.effect for alert in alerts if alert.calm_since is None}
    kind = kind_of(recent, there, is_over=bool(alerts), is_current=not causes)
    return Verdict(kind, alerts, look_back, recent, normal, causes[0].since if causes else None)


def _end(now: datetime) -> datetime:
    # Whole quarters of an hour, so that the totals alone answer it; the running one is in it.
    return span_start(now, Span.QUARTER) + LENGTHS[Span.QUARTER]


def _also(verdict: Verdict) -> list[str]:
    """Return what the open alerts say that the sentence does not."""
    if verdict.kind is VerdictKind.CANNOT_TELL:
        return [f"Open when the data ended: {alert.said}" for alert in verdict.alerts]
    return [f"Also: {alert.said}" for alert in verdict.alerts[1:] if alert.calm_since is None]


def _unwatched(rules: Sequence[AlertRuleState]) -> str:
    if not rules:
        return NOT_YET
    is_watched = any(rule.is_enabled and rule.kind.effect is Effect.FAILING for rule in rules)
    return "" if is_watched else UNWATCHED


def _links(verdict: Verdict, now: datetime) -> tuple[tuple[str, str], ...]:
    tz = named_zone()
    alerts = [
        (f"Alert “{alert.rule_name}”", url_for("alerts.alert", alert_id=alert.id, tz=tz)) for alert in verdict.alerts
    ]
    if verdict.kind is VerdictKind.CANNOT_TELL:
        return (("What is wrong", url_for("ops.health", tz=tz)), *alerts)
    if verdict.kind in (VerdictKind.FAILING, VerdictKind.DEGRADED):
        first = verdict.alerts[0]
        return (
            (f"What “{first.rule_name}” found", _in_zone(first.newest.link if first.newest else first.link, tz)),
            *alerts,
        )
    stretch = {"since": iso_z(_end(now) - verdict.look_back), "until": iso_z(_end(now)), "tz": tz}
    phases = (Phase.FAILED,) if verdict.alerts else statuses.DECIDED_PHASES
    url = url_for("purchases.purchase_list", phase=phases, **stretch)  # type: ignore[arg-type] # Texts, as its options are not.
    return (("The failed purchases" if verdict.alerts else "These purchases", url), *alerts)


def _in_zone(link: str, tz: str | None) -> str:
    joint = "&" if "?" in link else "?"
    return f"{link}{joint}tz={quote(tz)}" if tz and "#" not in link else link


def words(verdict: Verdict, rules: Mapping[int, AlertRuleState], now: datetime, zone: ZoneInfo) -> str:
    if verdict.kind is VerdictKind.CANNOT_TELL:
        return f"Cannot tell: no data {f'since {_clock(verdict.since, now, zone)}' if verdict.since else 'yet'}."
    if verdict.kind in (VerdictKind.FAILING, VerdictKind.DEGRADED):
        return _found(verdict.alerts[0], rules, verdict.recent, now, zone)
    return _of_outcomes(verdict, verdict.recent, _LENGTHS[verdict.look_back])


def _of_outcomes(verdict: Verdict, recent: Outcomes, length: str) -> str:
    failed = f"{rates.percent_text(recent.failure_rate)} failed of {count(recent.decided)} in {length}"
    if verdict.kind is VerdictKind.OVER:
        return f"“{verdict.alerts[0].rule_name}” is over: {failed}, {_normal(verdict)}{_cause(recent)}."
    if verdict.kind is VerdictKind.NOTHING:
        return f"No verdict: no purchase was decided in {length}."
    if verdict.kind is VerdictKind.TOO_FEW:
        return f"Too few for a verdict: {count(recent.failed)} of {count(recent.decided)} failed in {length}."
    if verdict.normal is None:
        return f"{failed}; there is nothing to compare with yet{_cause(recent)}."
    return f"Deliveries work as usual: {failed}, {_normal(verdict)}."


def _found(
    alert: AlertState, rules: Mapping[int, AlertRuleState], recent: Outcomes, now: datetime, zone: ZoneInfo
) -> str:
    begins = "Failing" if alert.effect == Effect.FAILING else "Not as usual"
    said = f"{begins} since {_clock(alert.opened_at, now, zone)}: {alert.said.removesuffix('.')}"
    side = rules[alert.rule_id].settings.get("side") if alert.rule_id in rules else None
    failures = {one: number for one, number in recent.counts.items() if side and is_failure_of(side, *one)}
    offer_status, error_reason = Outcomes(failures).main_cause() or ("", "")
    # What is found ends with the most frequent cause; SkinsBack's support needs the values of the API.
    values = ", ".join(one_line(value, 60) for value in (offer_status, error_reason) if value)
    fault = f" – {values}, {FAULT_WORDS[statuses.fault_of(offer_status, error_reason)]}" if values else ""
    return f"{said}{fault}."


def _normal(verdict: Verdict) -> str:
    if verdict.normal is None:
        return "normal is not known yet"
    return f"normal is {rates.percent_text(verdict.normal)}"


def _cause(failures: Outcomes) -> str:
    key = failures.main_cause()
    if key is None:
        return ""
    often = "mostly" if 2 * failures.counts[key] >= failures.failed else "most often"
    return f"; {often} {_cause_words(*key)}, {FAULT_WORDS[statuses.fault_of(*key)]}"


def _cause_words(offer_status: str, error_reason: str) -> str:
    """Return status and reason as the tables call them, and the values of the API, which SkinsBack's support needs."""
    status, reason = statuses.status_of(offer_status), statuses.reason_of(error_reason)
    members = [member for member in (status, reason) if member is not None]
    labels = ", ".join(one_line(member.label, 60) for member in members)
    raw = ", ".join(one_line(member.value, 60) for member in members if member.label != member.value)
    return f"“{labels}” ({raw})" if raw else f"“{labels}”"


def _clock(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    return f"{local:%H:%M}" if local.date() == now.astimezone(zone).date() else f"{local:%H:%M} on {local:%A}"
