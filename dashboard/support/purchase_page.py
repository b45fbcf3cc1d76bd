"""What a purchase's page shows."""

import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from dashboard.purchases import present
from dashboard.purchases import queries as purchases
from dashboard.purchases.finality import Settlement, hold_end
from dashboard.purchases.present import PurchaseLine, TimelineEntry
from dashboard.purchases.rows import hold_facts
from dashboard.purchases.store import LONGEST_NOTE
from dashboard.support import advice
from dashboard.support import user_queries as users
from dashboard.support.advice import AnswerCard, PurchaseFacts
from dashboard.support.silence import SILENCES, Silence
from dashboard.support.trading_bar import ROLLBACK_MATTERS, bar_after
from dashboard.support.unreadable import UnreadableField, unreadable_fields
from dashboard.sync.refresh_results import RefreshOutcome, RefreshResult
from dashboard.web.page import now, zone

BARRED_PARTS = frozenset({Settlement.FAILED, Settlement.REVERSED_BY_USER, Settlement.REVERSED_BY_SUPPLIER})
"""Where Steam's bar can be the reason for the outcome or stand against a retry; the other cards do not speak of it."""

POLL_SECONDS = {Settlement.OPEN: 2, Settlement.REVERSIBLE: 20, Settlement.UNKNOWN: 20}
LATE_AFTER_SECONDS = {Settlement.OPEN: 90, Settlement.REVERSIBLE: 2 * 3600}
"""An answer older than this is shown as late; settled purchases are not asked for again and never late."""


@dataclass(frozen=True)
class PurchasePage:
    purchase: Any
    line: PurchaseLine
    card: AnswerCard
    difference: Decimal | None
    profile_url: str | None
    trade_offer_url: str | None
    timeline: list[TimelineEntry]
    others: list[PurchaseLine]
    raw: str
    parse_warnings: list[str]
    unreadable: list[UnreadableField]
    late_after: int | None
    is_in_round: bool
    """Whether it is asked about with everything on hold, and not only when it is due."""
    poll_seconds: int | None
    not_refreshed: str
    """Why pressing "Refresh now" changed nothing, if so."""
    note_text: str = ""
    note_error: str | None = None
    longest_note: int = LONGEST_NOTE


@dataclass(frozen=True)
class AbsentPage:
    buy_id: int
    silence: Silence
    sentence: str


def page(buy_id: int, asked: RefreshResult | None = None) -> PurchasePage | None:
    """Return a purchase's page, or None when it is not stored here."""
    purchase = purchases.find_purchase(buy_id)
    if purchase is None:
        return None
    others = purchases.others_of_user(purchase.steamid, purchase.date, buy_id) if purchase.steamid else []
    answer = purchases.find_answer(buy_id)
    part = Settlement(purchase.part)
    return PurchasePage(
        purchase=purchase,
        line=present.line(purchase),
        card=_answer_card(purchase, part),
        difference=present.difference(purchase),
        profile_url=present.profile_url(purchase.steamid),
        trade_offer_url=present.trade_offer_url(purchase.tradeofferid),
        timeline=present.timeline(purchases.versions_of(buy_id), purchases.notes_of(buy_id)),
        others=present.lines(others),
        raw=present.pretty_json(answer.raw) if answer else "",
        parse_warnings=answer.oddities.splitlines() if answer else [],
        unreadable=unreadable_fields(
            purchase, json.loads(answer.unreadable) if answer and answer.unreadable else {}, now(), zone()
        ),
        late_after=LATE_AFTER_SECONDS.get(part),
        is_in_round=part is Settlement.REVERSIBLE,
        poll_seconds=POLL_SECONDS.get(part),
        not_refreshed=_not_refreshed(asked),
    )


def absent_page(buy_id: int, asked: RefreshResult) -> AbsentPage:
    return AbsentPage(buy_id, SILENCES[asked.outcome], asked.sentence)


def asked_before(word: str | None) -> RefreshResult | None:
    """Return what a refresh came to that led here by a redirect, from its word in the address."""
    return RefreshResult(RefreshOutcome(word)) if word in set(RefreshOutcome) else None


def _not_refreshed(asked: RefreshResult | None) -> str:
    if asked is None or asked.outcome is RefreshOutcome.FOUND:
        return ""
    if asked.outcome is RefreshOutcome.NOT_FOUND:
        return "SkinsBack was asked just now and does not know this purchase. The page shows its last answer."
    return f"Not refreshed: {asked.sentence or SILENCES[asked.outcome].not_refreshed}"


def _last_rollback(purchase: Any, part: Settlement) -> datetime | None:
    if not purchase.steamid or part not in BARRED_PARTS:
        return None
    rollbacks = users.rollbacks_of_user(purchase.steamid, since=now() - ROLLBACK_MATTERS)
    bar = bar_after(other for other in rollbacks if other.buy_id != purchase.buy_id)
    return bar.reversed_at if bar else None


def _answer_card(purchase: Any, part: Settlement) -> AnswerCard:
    facts = PurchaseFacts(
        buy_id=purchase.buy_id,
        offer_status=purchase.offer_status,
        part=part,
        date=purchase.date,
        asked_at=purchase.asked_at,
        error_reason=purchase.error_reason,
        tradeofferid=purchase.tradeofferid,
        item_name=purchase.item_name,
        hold_end=hold_end(hold_facts(purchase._mapping)),
        changed_at=_changed_at(purchase, part),
        accepted_at=purchase.accepted_at,
        last_user_rollback_at=_last_rollback(purchase, part),
    )
    return advice.answer_card(facts, now=now(), zone=zone())


def _changed_at(purchase: Any, part: Settlement) -> Any | None:
    if part in (Settlement.REVERSED_BY_USER, Settlement.REVERSED_BY_SUPPLIER):
        return present.reversed_at(purchase)[0]
    return purchase.status_since
