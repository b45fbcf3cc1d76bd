"""What the operations page says on top: the verdict on what is stored, put into a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from urllib.parse import quote
from zoneinfo import ZoneInfo

from flask import url_for

from dashboard.alerts.figure_queries import WEEKS
from dashboard.alerts.queries import FailureRule, failing_now, find_rules, normal_failure_rate
from dashboard.lib import rates
from dashboard.lib.formatting import ago, count, iso_z, one_line
from dashboard.lib.periods import Interval
from dashboard.ops import outcome_queries as outcomes
from dashboard.ops.outcomes import Outcomes
from dashboard.ops.verdict import ENOUGH, FEWEST_FAILURES, LOOK_BACKS, MARGIN, VerdictKind, kind_of
from dashboard.purchases import statuses
from dashboard.purchases.filter_chips import FAULT_WORDS
from dashboard.purchases.statuses import Phase
from dashboard.sync import freshness_queries as freshness
from dashboard.totals.spans import LENGTHS, Span, span_start
from dashboard.web.page import named_zone

STALE_AFTER = timedelta(minutes=5)
"""Without an answer of SkinsBack for this long, the page says how old it is."""
UNWATCHED = "No alert rule for the failure rate is switched on, so this page never reports failing."
NOT_YET = "Alert rules are first applied when the background jobs run; until then this page does not report failing."
_TONES = {
    VerdictKind.FAILING: "bad", VerdictKind.OVER: "hold", VerdictKind.RAISED: "hold", VerdictKind.USUAL: "good",
    VerdictKind.TOO_FEW: "unknown", VerdictKind.NOTHING: "unknown",
}  # fmt: skip
_BEGINNINGS = {
    VerdictKind.USUAL: "Deliveries work as usual", VerdictKind.RAISED: "More failures than usual",
    VerdictKind.OVER: "Deliveries failed and work again",
}  # fmt: skip
_STATES = {"bad": "failing", "hold": "degraded", "good": "ok", "unknown": "unknown"}
_LENGTHS = dict(zip(LOOK_BACKS, ("the last hour", "the last 3 hours", "the last 24 hours"), strict=True))


@dataclass(frozen=True)
class Verdict:
    """``recent`` are the outcomes of the last ``look_back``, ``normal`` is the usual failure rate, None where it is not
    known; ``rules`` watch the failure rate, those that find something first."""

    kind: VerdictKind
    look_back: timedelta
    recent: Outcomes
    normal: Decimal | None
    rules: Sequence[FailureRule]


@dataclass(frozen=True)
class Sentence:
    """The sentence, its tone, what else must be known, and (text, address) of what it is about.

    ``state`` is for programs: ``ok``, ``degraded``, ``failing``, or ``unknown``, also while the copy is not current.
    """

    text: str
    tone: str
    state: str
    notes: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    enough: int = ENOUGH
    weeks: int = WEEKS
    fewest_failures: int = FEWEST_FAILURES
    margin: int = int(100 * MARGIN)
    """In points of a percent. This and the three above are how it is decided."""


def sentence(now: datetime, zone: ZoneInfo, problems: Sequence[str]) -> Sentence:
    """Return the verdict in words; ``problems`` are the reasons why it may be out of date."""
    verdict = find_verdict(now)
    also = [f"Also: {rule.finding.sentence}" for rule in verdict.rules[1:] if rule.finding]
    problem = problems[0] if problems else ""
    outdated = f"This verdict may be out of date: {problem}" if problem else ""
    tone = _TONES[verdict.kind]
    unwatched = ""
    if not verdict.rules:
        unwatched = UNWATCHED if find_rules() else NOT_YET
    notes = (*also, unwatched, outdated, _stale(now))
    return Sentence(
        text=words(verdict, now, zone),
        tone="unknown" if problem and tone == "good" else tone,
        state="unknown" if problem else _STATES[tone],
        notes=tuple(note for note in notes if note),
        links=_links(verdict, now),
    )


def find_verdict(now: datetime) -> Verdict:
    """Return the verdict on the purchases of the last hour, or of more where they are too few."""
    rules, end = failing_now(now), _end(now)
    counted = outcomes.outcomes_of([Interval(end - length, end) for length in LOOK_BACKS])
    each = list(zip(LOOK_BACKS, counted, strict=True))
    look_back, recent = next((one for one in each if one[1].decided >= ENOUGH), each[-1])
    normal = normal_failure_rate(end - look_back, end)
    is_failing = any(rule.finding for rule in rules)
    kind = kind_of(recent, normal, is_failing=is_failing, is_over=any(rule.alert_id for rule in rules))
    return Verdict(kind, look_back, recent, normal, rules)


def _end(now: datetime) -> datetime:
    # Whole quarters of an hour, so that the totals alone answer it; the running one is in it.
    return span_start(now, Span.QUARTER) + LENGTHS[Span.QUARTER]


def _links(verdict: Verdict, now: datetime) -> tuple[tuple[str, str], ...]:
    tz = named_zone()
    if verdict.kind is VerdictKind.FAILING:
        zone = f"&tz={quote(tz)}" if tz else ""
        failing = [(rule, rule.finding.link) for rule in verdict.rules if rule.finding]
        purchases = [(f"Failed purchases of “{rule.name}”", link + zone) for rule, link in failing]
    else:
        is_bad = verdict.kind in (VerdictKind.OVER, VerdictKind.RAISED)
        stretch = {"since": iso_z(_end(now) - verdict.look_back), "until": iso_z(_end(now)), "tz": tz}
        phases = (Phase.FAILED,) if is_bad else statuses.DECIDED_PHASES
        url = url_for("purchases.purchase_list", phase=phases, **stretch)  # type: ignore[arg-type] # Texts, as its options are not.
        purchases = [("The failed purchases" if is_bad else "These purchases", url)]
    opened = [rule for rule in verdict.rules if rule.alert_id]
    alerts = [(f"Alert “{rule.name}”", url_for("alerts.alert", alert_id=rule.alert_id, tz=tz)) for rule in opened]
    return (*purchases, *alerts)


def words(verdict: Verdict, now: datetime, zone: ZoneInfo) -> str:
    kind, recent, length = verdict.kind, verdict.recent, _LENGTHS[verdict.look_back]
    failed = f"{rates.percent_text(recent.failure_rate)} failed of {count(recent.decided)} in {length}"
    cause = "" if kind is VerdictKind.USUAL else _cause(recent)
    if kind is VerdictKind.FAILING:
        return _failing(verdict.rules[0], now, zone)
    if kind is VerdictKind.NOTHING:
        return f"No verdict: no purchase was decided in {length}."
    if kind is VerdictKind.TOO_FEW:
        return f"Too few for a verdict: {count(recent.failed)} of {count(recent.decided)} failed in {length}."
    if verdict.normal is None and kind is not VerdictKind.OVER:
        return f"{failed}; there is nothing to compare with yet{cause}."
    return f"{_BEGINNINGS[kind]}: {failed}, {_normal(verdict)}{cause}."


def _failing(rule: FailureRule, now: datetime, zone: ZoneInfo) -> str:
    begins = f"Failing since {_clock(rule.opened_at, now, zone)}" if rule.opened_at else "Deliveries are failing"
    found = rule.finding.sentence.removesuffix(".") if rule.finding else ""
    offer_status, error_reason = Outcomes(rule.failures).main_cause() or ("", "")
    # The finding ends with the most frequent cause; SkinsBack's support needs the values of the API.
    values = ", ".join(one_line(value, 60) for value in (offer_status, error_reason) if value)
    return f"{begins}: {found} – {values}, {FAULT_WORDS[statuses.fault_of(offer_status, error_reason)]}."


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


def _stale(now: datetime) -> str:
    state = freshness.find_state()
    if state is None or state.last_success_at is None or now - state.last_success_at <= STALE_AFTER:
        return ""
    return f"SkinsBack last answered {ago(state.last_success_at, now)}, so this verdict is as old as that answer."
