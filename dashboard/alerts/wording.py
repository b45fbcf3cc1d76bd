"""Pure: what an alert says: its sentence, its figures and the page that shows what it is about.

No sentence names a Steam user, since mail and chat can be read outside.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from dashboard.alerts.figures import (
    SIDE_WORDS,
    Attempt,
    Counts,
    RateFigures,
    Reversal,
    Settings,
    Severity,
    Side,
    StuckFigures,
    UnknownValue,
    is_failure_of,
)
from dashboard.finance.balance.bridge import Reading
from dashboard.lib import rates
from dashboard.lib.formatting import count, duration_words, iso_z, local_time, not_known, one_line, usd, utc_words
from dashboard.purchases import statuses
from dashboard.purchases.drift import DriftKind
from dashboard.sync.causes import Cause, CauseKind

SAMPLE = 20
"""How many buy_ids an alert carries; its link leads to all of them."""

LONGEST_CAUSE = 64
"""In characters, as the column keeps them; SkinsBack's own words for an error may be of any length."""


@dataclass(frozen=True)
class AlertFinding:
    """What a rule found about one subject; empty for a rule that is about everything. ``link`` is a path of ours.

    ``cause`` tells why from why else, in at most 64 characters; ``kind`` is the word that the alert is told as. Both,
    and the severity, are of the rule's kind (``AlertKind.completed``) where they are empty.
    """

    subject: str
    sentence: str
    figures: tuple[tuple[str, str], ...]
    link: str
    buy_ids: tuple[int, ...] = ()
    cause: str = ""
    kind: str = ""
    severity: str = ""


def failure_rate(
    settings: Settings, figures: RateFigures, failed: int, decided: int, usual: Decimal | None
) -> AlertFinding:
    side = settings["side"]
    share = rates.percent_text(rates.share_of(failed, decided))
    reasons = _reasons(side, figures.counts)
    first, number = reasons[0]
    minutes = duration_words(figures.until - figures.since)
    sentence = (
        f"{share} of the decided purchases of the last {minutes} failed {SIDE_WORDS[side][1]} "
        f"({count(failed)} of {count(decided)}; {_normal_words(usual)}). "
        f"Most often: {first} ({number})."
    )
    shown = [
        ("Failed", count(failed)), ("Decided", count(decided)), ("Share", share),
        ("Normal for these hours", rates.percent_text(usual)), *reasons,
    ]  # fmt: skip
    link = _list_of(since=figures.since, until=figures.until, **_failures_of(side, figures.counts))
    severity = Severity.CRITICAL if side == Side.SKINSBACK else Severity.WARNING
    return AlertFinding("", sentence, tuple(shown), link, figures.newest_failed, severity=severity.value)


def _failures_of(side: str, counts: Counts) -> dict[str, Any]:
    """Return the filters of a list that find these failures alone, or all failures where no filters can."""
    outcomes = [outcome for outcome in counts if is_failure_of(side, *outcome)]
    found, reasons = {status for status, _ in outcomes}, {reason for _, reason in outcomes}
    is_exact = all(is_failure_of(side, *one) for one in counts if one[0] in found and one[1] in reasons)
    if side == Side.ALL or not is_exact:
        return {"phase": "failed"}
    return {"status": sorted(found), "reason": sorted(reason or statuses.NO_REASON for reason in reasons)}


def _normal_words(usual: Decimal | None) -> str:
    return "normal is not known yet" if usual is None else f"normal is {rates.percent_text(usual)}"


def _outcome_words(offer_status: str, error_reason: str | None) -> str:
    reason = statuses.reason_label(error_reason)
    label = statuses.status_of(offer_status).label
    return one_line(f"{label}, {reason if error_reason else reason.lower()}", 160)


def item_failing(item_name: str, row: Sequence[Attempt], customers: int) -> AlertFinding:
    first = row[0].date
    sentence = (
        f"{one_line(item_name)} failed for {customers} customers in a row ({len(row)} purchases since "
        f"{utc_words(first)}), and no trade offer was made for it since."
    )
    last = row[-1]
    shown = (
        ("Customers in a row", count(customers)), ("Purchases", count(len(row))),
        ("First of them", _utc(first)), ("Newest reason", _outcome_words(last.offer_status, last.error_reason)),
    )  # fmt: skip
    newest = tuple(attempt.buy_id for attempt in reversed(row))
    return AlertFinding(item_name, sentence, shown, _list_of(since=first, item=row[0].item_name), newest[:SAMPLE])


def reversals(steamid: str, undone: Sequence[Reversal]) -> AlertFinding:
    known = [one.debited for one in undone if one.debited is not None]
    unknown = f" {not_known(len(undone) - len(known))}" if len(known) < len(undone) else ""
    debited = usd(sum(known, Decimal(0)))
    since = min(one.at for one in undone)
    trades = f"{count(len(undone))} trades, {debited} debited{unknown}"
    sentence = f"One Steam user reversed {trades}, seen since {utc_words(since)}."
    shown = (("Reversals", count(len(undone))), ("Debited", debited + unknown), ("First seen", _utc(since)))
    buy_ids = tuple(sorted((one.buy_id for one in undone), reverse=True))
    return AlertFinding(steamid, sentence, shown, f"/users/{steamid}", buy_ids[:SAMPLE])


def stuck(settings: Settings, figures: StuckFigures) -> AlertFinding:
    oldest = figures.oldest or figures.now
    sentence = (
        f"{count(figures.count)} purchases are stuck: in one status for more than {settings['minutes']} minutes, "
        f"the oldest for {duration_words(figures.now - oldest)}."
    )
    shown = (("Stuck purchases", count(figures.count)), ("Oldest in its status since", _utc(oldest)))
    return AlertFinding("", sentence, shown, "/ops/stuck", figures.sample)


_MANY_WORDS = {
    DriftKind.REJECTED: ("object that could not be used", "objects that could not be used"),
    DriftKind.STATUS: ("undocumented status", "undocumented statuses"),
    DriftKind.REASON: ("undocumented reason", "undocumented reasons"),
    DriftKind.TYPE: ("value of an undocumented kind", "values of an undocumented kind"),
    DriftKind.FIELD: ("undocumented field", "undocumented fields"),
}
_EXAMPLES = 3
MOST_VALUES = 1000
"""An answer of nonsense can hold thousands of unknown fields; that there are a thousand says as much."""


def unknown_values(kind: DriftKind, values: Sequence[UnknownValue]) -> AlertFinding:
    """Say how many different things of a kind came, with the most frequent as examples."""
    often = sorted(values, key=lambda one: (-one.times, one.value))
    one, many = _MANY_WORDS[kind]
    answers = f"{count(often[0].times)} {'answer' if often[0].times == 1 else 'answers'}"
    examples = [f"“{one_line(value.value, 80)}”" for value in often[:_EXAMPLES]]
    examples[0] += f" ({answers})"
    number = f"{count(len(values))} or more" if len(values) >= MOST_VALUES else count(len(values))
    what = f"one {one}: {examples[0]}" if len(values) == 1 else f"{number} {many}, such as {', '.join(examples)}"
    shown = tuple((one_line(value.value, 80), f"{count(value.times)} answers") for value in often[:SAMPLE])
    buy_ids = tuple(value.first_buy_id for value in often if value.first_buy_id is not None)
    told_as = "unreadable" if kind is DriftKind.REJECTED else "unknown_value"
    link = _where_unknown(often)
    return AlertFinding("", f"SkinsBack sends {what}.", shown, link, buy_ids[:SAMPLE], kind.value, told_as)


def _where_unknown(values: Sequence[UnknownValue]) -> str:
    shown = [one.value for one in values[:SAMPLE]]
    if values[0].kind == DriftKind.STATUS:
        return _list_of(status=shown)
    return _list_of(reason=shown) if values[0].kind == DriftKind.REASON else "/ops/drift"


_CAUSE_SEVERITIES = {CauseKind.LIMIT: Severity.WARNING}


def of_cause(cause: Cause) -> AlertFinding:
    """Say why the copy is not current, in the words of ``sync.causes``."""
    severity = _CAUSE_SEVERITIES.get(cause.kind, Severity.CRITICAL)
    shown = (("Cause", cause.name), ("Nothing is known since", _utc(cause.since) if cause.since else "the beginning"))
    link = "/ops/health#jobs" if cause.kind is CauseKind.JOBS else "/ops/health#requests"
    sentence = f"{cause.sentence} {cause.advice}".strip()
    return AlertFinding("", sentence, shown, link, (), cause.name[:LONGEST_CAUSE], cause.kind.value, severity.value)


def balance_low(settings: Settings, reading: Reading) -> AlertFinding:
    sentence = f"The balance at SkinsBack is {usd(reading.amount)}, below {usd(Decimal(settings['dollars']))}."
    shown = (("Balance", usd(reading.amount)), ("As of", _utc(reading.read_at)))
    return AlertFinding("", sentence, shown, "/ops/health#balance")


def raised_failures(figures: RateFigures, failed: int, decided: int, usual: Decimal | None) -> AlertFinding:
    share, length = rates.percent_text(rates.share_of(failed, decided)), duration_words(figures.until - figures.since)
    sentence = (
        f"More failures than usual: {share} of the decided purchases of the last {length} "
        f"({count(failed)} of {count(decided)}; {_normal_words(usual)})."
    )
    shown = [
        ("Failed", count(failed)), ("Decided", count(decided)), ("Share", share),
        ("Normal for these hours", rates.percent_text(usual)), *_reasons(Side.ALL, figures.counts),
    ]  # fmt: skip
    return AlertFinding("", sentence, tuple(shown), _list_of(since=figures.since, until=figures.until, phase="failed"))


def _reasons(side: str, counts: Counts) -> list[tuple[str, str]]:
    """Return the most frequent failures of a side, each with its number."""
    failures = [(number, outcome) for outcome, number in counts.items() if is_failure_of(side, *outcome)]
    return [(_outcome_words(*outcome), count(number)) for number, outcome in sorted(failures, reverse=True)[:6]]


def _utc(moment: datetime) -> str:
    return local_time(moment, UTC)


def _list_of(**filters: Any) -> str:
    values = {name: iso_z(value) if isinstance(value, datetime) else value for name, value in filters.items()}
    return f"/purchases?{urlencode(values, doseq=True)}"
