"""Pure: whether a rule has found something, and its evidence, from the plain figures that ``figure_queries`` reads.

Each function takes the rule's thresholds, the figures, and the subjects that have an open alert already. For those the
thresholds are halved: an alert that has opened stays until things are clearly better, not merely a little (hysteresis).
No sentence names a Steam user, since mail and chat can be read outside.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from dashboard.finance.balance.bridge import Reading
from dashboard.lib import rates
from dashboard.lib.formatting import count, duration_words, iso_z, one_line, usd
from dashboard.purchases import drift, statuses
from dashboard.purchases.statuses import Fault, Phase

SKINSBACK, SOLD_OUT, CUSTOMER, ALL = "skinsback", "sold_out", "customer", "all"

Settings = dict[str, Any]
"""The thresholds of a rule by name: whole numbers, and the choice of a side."""

Outcome = tuple[str, str]
"""(``offer_status``, ``error_reason`` or empty)."""

Counts = Mapping[Outcome, int]
"""How many purchases had each outcome."""

SAMPLE = 20
"""How many buy_ids an alert carries; its link leads to all of them."""

NOT_THE_CUSTOMERS = frozenset({Fault.SUPPLIER, Fault.UNKNOWN})
SIDE_WORDS = {
    SKINSBACK: "at SkinsBack",
    SOLD_OUT: "because the skin was unavailable",
    CUSTOMER: "on the customer's side",
    ALL: "in any way",
}
SKIN_UNAVAILABLE = "skin_unavailable"

LEAST_NORMAL = 20
"""Fewer purchases than this in the hours to compare with say nothing of what is normal."""

LONGEST_SUBJECT = 200
"""In characters, as the column keeps them."""

Subjects = AbstractSet[str]
"""Those that have an open alert already."""

OFFER_WAS_MADE = frozenset({"waiting_accept", "canceled", "timeout"}) | statuses.DELIVERED | statuses.REVERSED
"""Statuses that show that the item could be had, whatever the customer then did."""


@dataclass(frozen=True)
class RateFigures:
    """Purchases dated in [since, until], and those of the same hours of the weeks before, a mapping a week."""

    since: datetime
    until: datetime
    counts: Counts
    normal: Sequence[Counts] = ()
    newest_failed: tuple[int, ...] = ()
    """The newest buy_ids of the failures that the rule is about; where few failed, none is read."""


@dataclass(frozen=True, slots=True)
class Attempt:
    buy_id: int
    date: datetime
    item_name: str
    steamid: str
    offer_status: str
    error_reason: str | None


@dataclass(frozen=True, slots=True)
class Reversal:
    """A purchase that a user reversed; ``at`` is when that was seen here, ``debited`` in USD."""

    buy_id: int
    steamid: str
    at: datetime
    debited: Decimal | None


@dataclass(frozen=True)
class StuckFigures:
    """Purchases that are stuck: buy_id -> since when they have been in their status."""

    now: datetime
    since: Mapping[int, datetime]


@dataclass(frozen=True, slots=True)
class UnknownValue:
    """Something undocumented: ``kind`` as ``DriftKind`` has it; in how many answers; the first purchase with it."""

    kind: str
    value: str
    times: int
    first_buy_id: int | None = None


@dataclass(frozen=True)
class JobFigures:
    """job name -> when it last ended well, None when it never did; and what it said when it failed since then.

    ``leading_since`` is when the process that leads took the lead; None while none leads.
    """

    now: datetime
    leading_since: datetime | None
    last_done: Mapping[str, datetime | None]
    failure: Mapping[str, str]


@dataclass(frozen=True)
class ApiFigures:
    """Since when SkinsBack has not answered, None while it does; and its refusal, which only people can end."""

    now: datetime
    failing_since: datetime | None = None
    is_stopped: bool = False
    name: str = ""
    code: int | None = None
    sentence: str = ""


@dataclass(frozen=True)
class AlertFinding:
    """What a rule found about one subject; empty for a rule that is about everything. ``link`` is a path of ours."""

    subject: str
    sentence: str
    figures: tuple[tuple[str, str], ...]
    link: str
    buy_ids: tuple[int, ...] = ()


def _threshold(full: int, is_open: bool) -> int:
    return -(-full // 2) if is_open else full


def is_failure_of(side: str, offer_status: str, error_reason: str | None) -> bool:
    if statuses.phase_of(offer_status) is not Phase.FAILED:
        return False
    is_theirs = statuses.fault_of(offer_status, error_reason) in NOT_THE_CUSTOMERS
    match side:
        case "skinsback":
            return is_theirs and error_reason != SKIN_UNAVAILABLE
        case "sold_out":
            return error_reason == SKIN_UNAVAILABLE
        case "customer":
            return not is_theirs
    return True


def is_item_failure(offer_status: str, error_reason: str | None) -> bool:
    """Say whether a failure is the item's: it has a reason, and one that is not the customer's fault.

    A failure without any reason is SkinsBack's: in an outage every popular item would otherwise raise an alert too.
    """
    is_failed = statuses.phase_of(offer_status) is Phase.FAILED
    return is_failed and bool(error_reason) and statuses.fault_of(offer_status, error_reason) in NOT_THE_CUSTOMERS


def failed_and_ended(side: str, counts: Counts) -> tuple[int, int]:
    """Return how many failed in this way, and how many are decided."""
    failed = ended = 0
    for (offer_status, error_reason), number in counts.items():
        if offer_status in statuses.DECIDED:
            ended += number
            failed += number if is_failure_of(side, offer_status, error_reason) else 0
    return failed, ended


def normal_share(side: str, weeks: Sequence[Counts]) -> Decimal | None:
    """Return the usual share of failures: the weeks pooled without the worst one; None when there is too little.

    The worst week is left out, so that last week's outage does not hide this week's.
    """
    each = [failed_and_ended(side, counts) for counts in weeks]
    told = sorted(((failed, ended) for failed, ended in each if ended), key=lambda one: Decimal(one[0]) / one[1])
    kept = told[:-1] if len(told) > 1 else told
    failed, ended = sum(one[0] for one in kept), sum(one[1] for one in kept)
    return Decimal(failed) / ended if ended >= LEAST_NORMAL else None


def failure_rate(settings: Settings, figures: RateFigures, open_subjects: Subjects) -> list[AlertFinding]:
    """Too many purchases of the window failed: in number, as a share, and against normal."""
    is_open = "" in open_subjects
    side = settings["side"]
    failed, ended = failed_and_ended(side, figures.counts)
    if failed < _threshold(settings["least_failed"], is_open) or not ended:
        return []
    share = Decimal(failed) / ended
    usual = normal_share(side, figures.normal)
    if share * 100 < _threshold(settings["percent"], is_open):
        return []
    # An open alert closes on its own share: what counts as normal may move while it is open.
    if usual is not None and not is_open and share < settings["times_normal"] * usual:
        return []
    return [_rate_finding(settings, figures, failed, ended, usual)]


def _rate_finding(
    settings: Settings, figures: RateFigures, failed: int, ended: int, usual: Decimal | None
) -> AlertFinding:
    side = settings["side"]
    share = Decimal(failed) / ended
    reasons = sorted(
        ((number, outcome) for outcome, number in figures.counts.items() if is_failure_of(side, *outcome)), reverse=True
    )
    first_number, (first_status, first_reason) = reasons[0]
    first = _outcome_words(first_status, first_reason)
    minutes = duration_words(figures.until - figures.since)
    sentence = (
        f"{rates.percent_text(share)} of the purchases of the last {minutes} failed {SIDE_WORDS[side]} "
        f"({count(failed)} of {count(ended)}; {_normal_words(usual)}). "
        f"Most often: {first} ({first_number})."
    )
    shown = [
        ("Failed", count(failed)), ("Ended", count(ended)), ("Share", rates.percent_text(share)),
        ("Normal for these hours", rates.percent_text(usual)),
        *((_outcome_words(*outcome), count(number)) for number, outcome in reasons[:6]),
    ]  # fmt: skip
    link = _list_of(since=figures.since, until=figures.until, **_failures_of(side, figures.counts))
    return AlertFinding("", sentence, tuple(shown), link, figures.newest_failed)


def _failures_of(side: str, counts: Counts) -> dict[str, Any]:
    """Return the filters of a list that find these failures alone, or all failures where no filters can."""
    outcomes = [outcome for outcome in counts if is_failure_of(side, *outcome)]
    found, reasons = {status for status, _ in outcomes}, {reason for _, reason in outcomes}
    is_exact = all(is_failure_of(side, *one) for one in counts if one[0] in found and one[1] in reasons)
    if side == ALL or not is_exact:
        return {"phase": "failed"}
    return {"status": sorted(found), "reason": sorted(reason or "none" for reason in reasons)}


def _normal_words(usual: Decimal | None) -> str:
    return "too few before to say what is normal" if usual is None else f"normal is {rates.percent_text(usual)}"


def _outcome_words(offer_status: str, error_reason: str | None) -> str:
    reason = statuses.reason_of(error_reason)
    label = statuses.status_of(offer_status).label
    return one_line(f"{label}, {reason.label}" if reason else f"{label}, no reason given", 160)


def item_failing(settings: Settings, attempts: Sequence[Attempt], open_subjects: Subjects) -> list[AlertFinding]:
    """One item failed for many different customers in a row, and no trade offer was made for it in between."""
    findings = []
    ordered = sorted(attempts, key=lambda attempt: (attempt.item_name, attempt.date, attempt.buy_id))
    for item_name, tried in groupby(ordered, key=lambda attempt: attempt.item_name):
        row = _failed_in_a_row(tried)
        customers = {attempt.steamid for attempt in row}
        subject = item_name[:LONGEST_SUBJECT]
        if row and len(customers) >= _threshold(settings["least_customers"], subject in open_subjects):
            findings.append(_item_finding(subject, row, len(customers)))
    return findings


def _failed_in_a_row(attempts: Iterable[Attempt]) -> list[Attempt]:
    row: list[Attempt] = []
    for attempt in attempts:
        if is_item_failure(attempt.offer_status, attempt.error_reason):
            row.append(attempt)
        elif attempt.offer_status in OFFER_WAS_MADE:
            row.clear()
    return row


def _item_finding(item_name: str, row: Sequence[Attempt], customers: int) -> AlertFinding:
    first = row[0].date
    sentence = (
        f"{one_line(item_name)} failed for {customers} customers in a row ({len(row)} purchases since "
        f"{first:%d %b %H:%M} UTC), and no trade offer was made for it since."
    )
    last = row[-1]
    shown = (
        ("Customers in a row", count(customers)), ("Purchases", count(len(row))),
        ("First of them", iso_z(first)), ("Newest reason", _outcome_words(last.offer_status, last.error_reason)),
    )  # fmt: skip
    newest = tuple(attempt.buy_id for attempt in reversed(row))
    return AlertFinding(item_name, sentence, shown, _list_of(since=first, item=row[0].item_name), newest[:SAMPLE])


def user_reversals(settings: Settings, reversals: Sequence[Reversal], open_subjects: Subjects) -> list[AlertFinding]:
    by_user: dict[str, list[Reversal]] = {}
    for reversal in reversals:
        by_user.setdefault(reversal.steamid, []).append(reversal)
    return [
        _reversal_finding(steamid, undone)
        for steamid, undone in sorted(by_user.items())
        if len(undone) >= _threshold(settings["least_reversals"], steamid in open_subjects)
    ]


def _reversal_finding(steamid: str, undone: Sequence[Reversal]) -> AlertFinding:
    debited = sum((one.debited for one in undone if one.debited is not None), Decimal(0))
    since = min(one.at for one in undone)
    sentence = (
        f"One Steam user reversed {count(len(undone))} trades, {usd(debited)} debited, "
        f"seen since {since:%d %b %H:%M} UTC."
    )
    shown = (("Reversals", count(len(undone))), ("Debited", usd(debited)), ("First seen", iso_z(since)))
    buy_ids = tuple(sorted((one.buy_id for one in undone), reverse=True))
    return AlertFinding(steamid, sentence, shown, f"/users/{steamid}", buy_ids[:SAMPLE])


def stuck(settings: Settings, figures: StuckFigures, open_subjects: Subjects) -> list[AlertFinding]:
    since = figures.since
    if not since or len(since) < _threshold(settings["least_purchases"], "" in open_subjects):
        return []
    oldest = min(since.values())
    sentence = (
        f"{count(len(since))} purchases are stuck: open for more than {settings['minutes']} minutes without a change, "
        f"the oldest for {duration_words(figures.now - oldest)}."
    )
    shown = (("Stuck purchases", count(len(since))), ("Oldest open since", iso_z(oldest)))
    buy_ids = tuple(sorted(since, key=lambda buy_id: (since[buy_id], buy_id)))
    return [AlertFinding("", sentence, shown, "/ops/stuck", buy_ids[:SAMPLE])]


_KIND_WORDS = {
    drift.DriftKind.STATUS: "the status", drift.DriftKind.REASON: "the reason", drift.DriftKind.FIELD: "the field",
    drift.DriftKind.TYPE: "a value of another kind", drift.DriftKind.REJECTED: "an object that could not be used",
}  # fmt: skip


def unknown_values(settings: Settings, values: Sequence[UnknownValue], open_subjects: Subjects) -> list[AlertFinding]:
    """SkinsBack sends what its documentation does not have; an alert for each."""
    findings = []
    for one in values:
        subject = f"{one.kind}: {one.value}"[:LONGEST_SUBJECT]
        if one.times < _threshold(settings["least_answers"], subject in open_subjects):
            continue
        what = f"{_KIND_WORDS[drift.DriftKind(one.kind)]} “{one_line(one.value, 80)}”"
        sentence = f"SkinsBack sends {what}, which its documentation does not have ({count(one.times)} answers)."
        shown = (("Answers with it", count(one.times)),)
        buy_ids = () if one.first_buy_id is None else (one.first_buy_id,)
        findings.append(AlertFinding(subject, sentence, shown, _where_unknown(one), buy_ids))
    return findings


def _where_unknown(one: UnknownValue) -> str:
    if one.kind == drift.DriftKind.STATUS:
        return _list_of(status=one.value)
    return _list_of(reason=one.value) if one.kind == drift.DriftKind.REASON else "/ops/drift"


_JOB_WORDS = {"refresh": "Statuses have not been refreshed", "import": "New purchases have not been imported"}
_MORE_TIME = {"import": timedelta(minutes=8)}
"""An import of history may take long and notes no success before its end; one that failed gets no more time."""


def refresh_stopped(settings: Settings, figures: JobFigures, open_subjects: Subjects) -> list[AlertFinding]:
    """A job that keeps the copy current has not ended well for long."""
    findings = []
    if figures.leading_since is None:
        return []  # Nobody runs jobs, which is for /readyz to say.
    for job, last in figures.last_done.items():
        failure = figures.failure.get(job, "")
        limit = timedelta(minutes=settings["minutes"]) + (
            timedelta(0) if failure else _MORE_TIME.get(job, timedelta(0))
        )
        # A process that has just taken the lead gets the time to do what the one before it did not.
        if figures.now - max(last or figures.leading_since, figures.leading_since) <= limit:
            continue
        since = f"since {last:%d %b %H:%M} UTC" if last else "yet"
        sentence = f"{_JOB_WORDS.get(job, job)} {since}." + (
            f" It failed: {one_line(failure, 200)}." if failure else ""
        )
        findings.append(
            AlertFinding(job, sentence, (("Last success", iso_z(last) if last else "never"),), "/ops/health#jobs")
        )
    return findings


def balance_low(settings: Settings, reading: Reading | None, open_subjects: Subjects) -> list[AlertFinding]:
    """The balance is below the sum; an open alert closes only when it is a tenth above."""
    least = Decimal(settings["dollars"])
    if "" in open_subjects:
        least *= Decimal("1.1")
    if reading is None or reading.amount >= least:
        return []
    sentence = f"The balance at SkinsBack is {usd(reading.amount)}, below {usd(Decimal(settings['dollars']))}."
    shown = (("Balance", usd(reading.amount)), ("As of", iso_z(reading.read_at)))
    return [AlertFinding("", sentence, shown, "/ops/health#balance")]


def api_errors(settings: Settings, figures: ApiFigures, open_subjects: Subjects) -> list[AlertFinding]:
    """SkinsBack refuses us, or has not answered for long."""
    if figures.failing_since is None:
        return []
    silence = figures.now - figures.failing_since
    if not figures.is_stopped and not open_subjects and silence < timedelta(minutes=settings["minutes"]):
        return []
    since = f"{figures.failing_since:%d %b %H:%M} UTC"
    begins = (
        f"SkinsBack refuses our requests since {since}"
        if figures.is_stopped
        else f"SkinsBack has not answered since {since}"
    )
    shown = (("Error", figures.name), ("Code", "none" if figures.code is None else str(figures.code)))
    return [AlertFinding("", f"{begins}: {figures.sentence}", shown, "/ops/health#requests")]


def _list_of(**filters: Any) -> str:
    values = {name: iso_z(value) if isinstance(value, datetime) else value for name, value in filters.items()}
    return f"/purchases?{urlencode(values, doseq=True)}"
