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
    ApiFigures,
    Attempt,
    Counts,
    RateFigures,
    Reversal,
    Settings,
    Side,
    StuckFigures,
    UnknownValue,
    is_failure_of,
)
from dashboard.finance.balance.bridge import Reading
from dashboard.lib import rates
from dashboard.lib.formatting import count, duration_words, iso_z, local_time, not_known, one_line, usd, utc_words
from dashboard.purchases import statuses
from dashboard.purchases.drift import DRIFT_WORDS, DriftKind

SAMPLE = 20
"""How many buy_ids an alert carries; its link leads to all of them."""

_JOB_WORDS = {"refresh": "Statuses have not been refreshed", "import": "New purchases have not been imported"}


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
    reasons = sorted(
        ((number, outcome) for outcome, number in figures.counts.items() if is_failure_of(side, *outcome)), reverse=True
    )
    first_number, (first_status, first_reason) = reasons[0]
    first = _outcome_words(first_status, first_reason)
    minutes = duration_words(figures.until - figures.since)
    sentence = (
        f"{share} of the decided purchases of the last {minutes} failed {SIDE_WORDS[side][1]} "
        f"({count(failed)} of {count(decided)}; {_normal_words(usual)}). "
        f"Most often: {first} ({first_number})."
    )
    shown = [
        ("Failed", count(failed)), ("Decided", count(decided)), ("Share", share),
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
    since = figures.since
    oldest = min(since.values())
    sentence = (
        f"{count(len(since))} purchases are stuck: in one status for more than {settings['minutes']} minutes, "
        f"the oldest for {duration_words(figures.now - oldest)}."
    )
    shown = (("Stuck purchases", count(len(since))), ("Oldest in its status since", _utc(oldest)))
    buy_ids = tuple(sorted(since, key=lambda buy_id: (since[buy_id], buy_id)))
    return AlertFinding("", sentence, shown, "/ops/stuck", buy_ids[:SAMPLE])


def unknown_value(subject: str, one: UnknownValue) -> AlertFinding:
    what = f"{DRIFT_WORDS[DriftKind(one.kind)]} “{one_line(one.value, 80)}”"
    sentence = f"SkinsBack sends {what}, which it does not document ({count(one.times)} answers)."
    buy_ids = () if one.first_buy_id is None else (one.first_buy_id,)
    return AlertFinding(subject, sentence, (("Answers with it", count(one.times)),), _where_unknown(one), buy_ids)


def _where_unknown(one: UnknownValue) -> str:
    if one.kind == DriftKind.STATUS:
        return _list_of(status=one.value)
    return _list_of(reason=one.value) if one.kind == DriftKind.REASON else "/ops/drift"


def job_stopped(job: str, last: datetime | None, failure: str) -> AlertFinding:
    since = f"since {utc_words(last)}" if last else "yet"
    failed = f" It failed: {one_line(failure, 200)}." if failure else ""
    sentence = f"{_JOB_WORDS.get(job, job)} {since}.{failed}"
    return AlertFinding(job, sentence, (("Last success", _utc(last) if last else "never"),), "/ops/health#jobs")


def balance_low(settings: Settings, reading: Reading) -> AlertFinding:
    sentence = f"The balance at SkinsBack is {usd(reading.amount)}, below {usd(Decimal(settings['dollars']))}."
    shown = (("Balance", usd(reading.amount)), ("As of", _utc(reading.read_at)))
    return AlertFinding("", sentence, shown, "/ops/health#balance")


def api_failing(since: datetime, figures: ApiFigures) -> AlertFinding:
    begins = "SkinsBack refuses our requests" if figures.is_stopped else "SkinsBack has not answered"
    shown = (("Error", figures.name), ("Code", "none" if figures.code is None else str(figures.code)))
    sentence = f"{begins} since {utc_words(since)}: {figures.sentence}"
    return AlertFinding("", sentence, shown, "/ops/health#requests")


def _utc(moment: datetime) -> str:
    return local_time(moment, UTC)


def _list_of(**filters: Any) -> str:
    values = {name: iso_z(value) if isinstance(value, datetime) else value for name, value in filters.items()}
    return f"/purchases?{urlencode(values, doseq=True)}"
