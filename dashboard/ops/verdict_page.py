"""What the operations page says on top: the rule of ``ops_verdict`` applied to what is stored, put into a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from flask import url_for

from dashboard.lib import rates
from dashboard.lib.formatting import ago, count, iso_z, one_line
from dashboard.ops import outcome_queries as outcomes
from dashboard.ops import windows as ops_windows
from dashboard.ops.outcomes import Outcomes
from dashboard.ops.verdict import (
    LOOK_BACKS,
    NORMAL_WEEKS,
    QUARTER,
    QUICK_LOOK,
    Kind,
    Quarter,
    Verdict,
    is_enough,
    judge,
    normal_rate,
    with_beginning,
)
from dashboard.purchases import statuses
from dashboard.purchases.filter_chips import FAULT_WORDS
from dashboard.sync import freshness_queries as freshness
from dashboard.totals.spans import Span, span_start
from dashboard.web.page import named_zone

STALE_AFTER = timedelta(minutes=5)
"""Without an answer of SkinsBack for this long, the sentence says how old it is."""
_QUARTERS_LOOKED_AT = 96

_TONES = {
    Kind.FAILING: "bad", Kind.OVER: "hold", Kind.RAISED: "hold", Kind.USUAL: "good", Kind.TOO_FEW: "unknown",
    Kind.NOTHING: "unknown",
}  # fmt: skip
_LENGTHS = {
    QUICK_LOOK: "the last half hour",
    LOOK_BACKS[0]: "the last hour",
    LOOK_BACKS[1]: "the last 3 hours",
    LOOK_BACKS[2]: "the last 24 hours",
}


@dataclass(frozen=True)
class Sentence:
    """The sentence, its tone, the purchases that it is about, and how old the copy is where that matters."""

    text: str
    tone: str
    kind: str
    url: str
    url_text: str
    stale: str = ""


def sentence(now: datetime, zone: ZoneInfo) -> Sentence:
    """Return what to tell somebody who has two seconds."""
    verdict = find_verdict(now, zone)
    since = verdict.since or _end(now) - verdict.look_back
    is_bad = verdict.kind in (Kind.FAILING, Kind.OVER, Kind.RAISED)
    phases = ["failed"] if is_bad else ["failed", "delivered", "reversed"]
    return Sentence(
        text=words(verdict, now, zone),
        tone=_TONES[verdict.kind],
        kind=verdict.kind.value,
        url=url_for(
            "purchases.purchase_list", since=iso_z(since), until=iso_z(_end(now)), phase=phases, tz=named_zone()
        ),
        url_text="The failed ones" if is_bad else "These purchases",
        stale=_stale(now),
    )


def find_verdict(now: datetime, zone: ZoneInfo) -> Verdict:
    """Apply the rule to the purchases of the last hour, or to more where they are too few."""
    end = _end(now)
    quick, hour = _judged((QUICK_LOOK, LOOK_BACKS[0]), end, zone)
    if quick.kind is Kind.FAILING:
        return _with_beginning(quick, end)
    verdict = hour
    for look_back in LOOK_BACKS[1:]:
        if is_enough(verdict.recent) or verdict.kind is Kind.FAILING:
            break
        (verdict,) = _judged((look_back,), end, zone)
    return _with_beginning(verdict, end) if verdict.kind is Kind.FAILING else verdict


def _end(now: datetime) -> datetime:
    # Whole quarters of an hour, so that the totals alone answer it; the running one is in it.
    return span_start(now, Span.QUARTER) + QUARTER


def _judged(look_backs: Sequence[timedelta], end: datetime, zone: ZoneInfo) -> list[Verdict]:
    stretches = [stretch for look_back in look_backs for stretch in _weeks(end - look_back, end, zone)]
    counted = outcomes.outcomes_of(stretches)
    each = NORMAL_WEEKS + 1
    groups = [counted[start : start + each] for start in range(0, len(counted), each)]
    return [
        judge(look_back, recent, _normal_rate(weeks, end, zone))
        for look_back, (recent, *weeks) in zip(look_backs, groups, strict=True)
    ]


def _normal_rate(weeks: Sequence[Outcomes], end: datetime, zone: ZoneInfo) -> Decimal | None:
    rate = normal_rate(weeks)
    if rate is not None:
        return rate
    return normal_rate(outcomes.outcomes_of([(_weeks(end, end, zone)[-1][0], ops_windows.week_before(end, zone))]))


def _weeks(since: datetime, until: datetime, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
    """Return the stretch and the same of each of the weeks before."""
    stretches = [(since, until)]
    for _ in range(NORMAL_WEEKS):
        since, until = ops_windows.week_before(since, zone), ops_windows.week_before(until, zone)
        stretches.append((since, until))
    return stretches


def _with_beginning(verdict: Verdict, end: datetime) -> Verdict:
    starts = [end - QUARTER * number for number in range(1, _QUARTERS_LOOKED_AT + 1)]
    counted = outcomes.outcomes_of([(start, start + QUARTER) for start in starts])
    found = with_beginning(verdict, [Quarter(start, of) for start, of in zip(starts, counted, strict=True)])
    if found.since is None or found.is_since_before:
        return found
    return replace(found, since=outcomes.first_failure(found.since, found.since + QUARTER) or found.since)


def words(verdict: Verdict, now: datetime, zone: ZoneInfo) -> str:
    """Return the verdict as a sentence."""
    recent, length = verdict.recent, _LENGTHS[verdict.look_back]
    failed = f"{rates.percent_text(recent.failure_rate)} failed of {count(recent.decided)} in {length}"
    compared, cause = f"{failed}, {_normal(verdict)}", _cause(verdict)
    sentences = {
        Kind.NOTHING: f"Nothing to judge deliveries by: no purchase was decided in {length}.",
        Kind.TOO_FEW: f"Too few to tell: {count(recent.failed)} of {count(recent.decided)} failed in {length}.",
        Kind.USUAL: f"Deliveries work as usual: {compared}.",
        Kind.RAISED: f"More failures than usual: {compared}{cause}.",
        Kind.OVER: f"Deliveries failed and work again: {compared}{cause}. The newest quarter of an hour is fine.",
        Kind.FAILING: f"Deliveries are failing: {compared}{cause}.",
    }
    if verdict.kind is Kind.FAILING and verdict.since is not None:
        return _failing_since(verdict, _clock(verdict.since, now, zone))
    return sentences[verdict.kind]


def _failing_since(verdict: Verdict, clock: str) -> str:
    share = rates.percent_text(verdict.failing.failure_rate)
    since = f"at least {clock}" if verdict.is_since_before else clock
    counted = f"{share} of {count(verdict.failing.decided)}, {_normal(verdict)}"
    return f"Failing since {since}: {counted}{_cause(verdict)}."


def _normal(verdict: Verdict) -> str:
    if verdict.normal is None:
        return "and what is normal is not known yet"
    return f"normal is {rates.percent_text(verdict.normal)}"


def _cause(verdict: Verdict) -> str:
    failures = verdict.failing if verdict.failing.failed else verdict.recent
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
    return f"SkinsBack last answered {ago(state.last_success_at, now)}, so this tells how it was then."
