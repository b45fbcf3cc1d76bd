"""What the look-up box and a purchase's page show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import url_for

from dashboard.purchases import present
from dashboard.purchases import queries as purchases
from dashboard.purchases.finality import HoldEnd, Settlement
from dashboard.purchases.present import Line
from dashboard.support import advice
from dashboard.support import user_queries as users
from dashboard.support.advice import AnswerCard, PurchaseFacts
from dashboard.support.lookup import Answer, State
from dashboard.sync.refresh import RefreshOutcome, RefreshResult
from dashboard.web.page import now, zone

ROLLBACK_MATTERS = timedelta(days=38)
"""Steam's bar of 30 days, behind a purchase of up to 8 days before it."""

BARRED_PARTS = frozenset({Settlement.FAILED, Settlement.REVERSED_BY_USER, Settlement.REVERSED_BY_SUPPLIER})
"""Where Steam's bar can be the reason for the outcome or stand against a retry; the other cards do not speak of it."""

POLL_OPEN_SECONDS = 2
POLL_SETTLING_SECONDS = 20
LATE_AFTER_SECONDS = {Settlement.OPEN: 90, Settlement.REVERSIBLE: 7 * 3600}
"""An answer older than this is shown as late; settled purchases are not asked for again and never late."""


@dataclass(frozen=True)
class ResultLine:
    """A line of a pasted list with its answer. ``line`` is the first match; ``url`` opens what there is to open."""

    text: str
    state: str
    line: Line | None
    took_for: str
    more: int
    url: str | None
    sentence: str


def context(buy_id: int, asked: RefreshResult | None = None) -> dict[str, Any] | None:
    """Return a purchase's page, or None when it is not stored here."""
    purchase = purchases.find_purchase(buy_id)
    if purchase is None:
        return None
    others = purchases.others_of_user(purchase.steamid, purchase.date, buy_id) if purchase.steamid else []
    answer = purchases.find_answer(buy_id)
    part = Settlement(purchase.part)
    return {
        "purchase": purchase,
        "line": present.line(purchase),
        "card": answer_card(purchase, _last_rollback(purchase)),
        "difference": present.difference(purchase),
        "profile_url": present.profile_url(purchase.steamid),
        "trade_offer_url": present.trade_offer_url(purchase.tradeofferid),
        "timeline": present.timeline(purchases.versions_of(buy_id), purchases.notes_of(buy_id)),
        "others": present.lines(others),
        "raw": present.pretty_json(answer.raw) if answer else "",
        "oddities": answer.oddities.splitlines() if answer else [],
        "late_after": LATE_AFTER_SECONDS.get(part),
        "poll_seconds": _poll_seconds(part),
        "asked": asked,
        "note_text": "",
        "note_error": None,
    }


_AFTER_REFRESH = {
    RefreshOutcome.NOT_FOUND: "",
    RefreshOutcome.UNREADABLE: "SkinsBack's answer could not be read and was set aside for ops.",
    RefreshOutcome.UNREACHABLE: "SkinsBack could not be asked. Try again in a minute.",
    RefreshOutcome.NOT_CONNECTED: "the dashboard has no SkinsBack credentials.",
}


def asked_before(word: str | None) -> RefreshResult | None:
    """Return what a refresh came to that led here by a redirect, from its word in the address."""
    found = next((finding for finding in _AFTER_REFRESH if finding.value == word), None)
    return RefreshResult(found, sentence=_AFTER_REFRESH[found]) if found else None


def _poll_seconds(part: Settlement) -> int | None:
    if part is Settlement.OPEN:
        return POLL_OPEN_SECONDS
    return POLL_SETTLING_SECONDS if part in (Settlement.REVERSIBLE, Settlement.UNKNOWN) else None


def _last_rollback(purchase: Any) -> Any | None:
    if not purchase.steamid or Settlement(purchase.part) not in BARRED_PARTS:
        return None
    rollbacks = users.rollbacks_of_user(purchase.steamid, since=now() - ROLLBACK_MATTERS)
    moments = [present.reversed_at(other)[0] for other in rollbacks if other.buy_id != purchase.buy_id]
    return max(moments, default=None)


def answer_card(purchase: Any, last_user_rollback_at: Any | None) -> AnswerCard:
    """Return the answer card of a stored purchase at the moment of this request."""
    part = Settlement(purchase.part)
    facts = PurchaseFacts(
        buy_id=purchase.buy_id,
        offer_status=purchase.offer_status,
        part=part,
        date=purchase.date,
        error_reason=purchase.error_reason,
        custom_id=purchase.custom_id,
        steamid=purchase.steamid,
        tradeofferid=purchase.tradeofferid,
        item_name=purchase.item_name,
        hold_end=_hold_end(purchase),
        changed_at=_changed_at(purchase, part),
        accepted_at=purchase.accepted_at,
        last_user_rollback_at=last_user_rollback_at,
    )
    return advice.answer_card(facts, now=now(), zone=zone())


def _hold_end(purchase: Any) -> HoldEnd | None:
    if purchase.hold_ends_at is not None:
        return HoldEnd(purchase.hold_ends_at, purchase.hold_end_is_estimate)
    return HoldEnd(purchase.known_hold_until, is_estimate=False) if purchase.known_hold_until else None


def _changed_at(purchase: Any, part: Settlement) -> Any | None:
    if part in (Settlement.REVERSED_BY_USER, Settlement.REVERSED_BY_SUPPLIER):
        return present.reversed_at(purchase)[0]
    return purchase.status_since


def look_up_context(text: str, answers: Sequence[Answer], left_out: int, *, is_typing: bool) -> dict[str, Any]:
    """Return the start page: empty, with the matches of one line, or with a row for each pasted line."""
    single = answers[0] if len(answers) == 1 else None
    return {
        "text": text,
        "single": single,
        "single_state": single.state.value if single else None,
        "single_lines": [(present.line(match.purchase), match.candidate.took_for) for match in single.matches]
        if single
        else [],
        "user_url": url_for("lookup.user", steamid=single.steamid) if single and single.steamid else None,
        "results": [_result(answer) for answer in answers] if len(answers) > 1 else [],
        "counts": _counts(answers) if len(answers) > 1 else [],
        "left_out": left_out,
        "is_typing": is_typing,
    }


def _result(answer: Answer) -> ResultLine:
    first = answer.matches[0] if answer.matches else None
    url = url_for("lookup.purchase", buy_id=first.purchase.buy_id) if first else None
    more = len({match.purchase.buy_id for match in answer.matches}) - 1 if first else 0
    if answer.is_only_a_user and answer.steamid:
        url = url_for("lookup.user", steamid=answer.steamid)
    elif more > 0:
        url = url_for("lookup.look_up", q=answer.query.text)
    candidates = answer.query.candidates
    return ResultLine(
        text=answer.query.text,
        state=answer.state.value,
        line=present.line(first.purchase) if first else None,
        took_for=first.candidate.took_for if first else (candidates[0].took_for if candidates else ""),
        more=more,
        url=url,
        sentence=answer.sentence,
    )


_STATE_WORDS = {
    State.FOUND: "found",
    State.NOT_FOUND: "not found",
    State.UNREADABLE: "not readable",
    State.UNREACHABLE: "could not be asked",
    State.NOT_CONNECTED: "could not be asked",
    State.NOT_ASKED: "not stored here",
    State.NOT_AN_ID: "not an id",
}


def _counts(answers: Sequence[Answer]) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for answer in answers:
        words = _STATE_WORDS[answer.state]
        counts[words] = counts.get(words, 0) + 1
    return list(counts.items())
