"""Pure: the answer card: what happened to a purchase, who must act, whether to retry, and what to tell the customer.

Sources: the statuses and reasons of the API page ``market_getinfo``; Steam's rules on Trade Protection (a reversal
undoes all protected trades of an account and bars it from trading for 30 days). Where both a status and a reason are
given, the reason decides, since it is closer to the cause. Refunds are the merchant's policy, so no sentence
promises one. Everything returned is plain text that may contain what a stranger wrote (an item's name): escape it.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

from dashboard.lib.formatting import customer_time, duration_words, local_day, one_line
from dashboard.purchases.finality import HoldEnd, Settlement
from dashboard.purchases.present import trade_offer_url
from dashboard.purchases.statuses import (
    DELIVERED,
    FAILED,
    OFFER_LENGTH,
    Tone,
    badge_of,
    in_status_since,
    is_stuck,
    reason_of,
    status_of,
)
from dashboard.skinsback.records import UNREADABLE_STATUS
from dashboard.support.advice_texts import FAILED_ADVICE, REASON_ADVICE, Advice, Can
from dashboard.support.trading_bar import BAR_LENGTH

HOLD_STATED_WITHIN = timedelta(minutes=5)
"""SkinsBack may report a hold only some time after the delivery."""

_NEW_CUSTOM_ID = "It needs a new order ID (custom_id)."
_NO_REVERSAL = "Please don't use “reverse trades” unless your account was stolen; that undoes this delivery too."


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseFacts:
    """What the card depends on. Times are aware; None means not known. Texts are as SkinsBack sent them."""

    buy_id: int
    offer_status: str
    part: Settlement
    date: datetime
    asked_at: datetime
    """When the newest answer was asked for."""
    error_reason: str | None = None
    tradeofferid: str | None = None
    item_name: str | None = None
    hold_end: HoldEnd | None = None
    """When the hold ends or ended, as last known."""
    changed_at: datetime | None = None
    """When this status was first seen; None when the purchase has had it since it became known here."""
    accepted_at: datetime | None = None
    """When ``accepted`` was first seen."""
    last_user_rollback_at: datetime | None = None
    """When another purchase of the same user was last seen as ``rollback_user``."""

    @property
    def since(self) -> datetime:
        return in_status_since(self.changed_at, self.date)

    @property
    def is_stuck(self) -> bool:
        return is_stuck(self.since, self.asked_at)


@dataclass(frozen=True, slots=True)
class Retry:
    can: Can
    text: str
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Countdown:
    label: str
    ends_at: datetime
    is_estimate: bool


@dataclass(frozen=True, slots=True)
class AnswerCard:
    """The answer for a support agent. ``sentence`` is what to send to the customer; the rest is for colleagues."""

    headline: str
    who_acts: str
    next_step: str
    retry: Retry
    sentence: str
    is_final: bool = False
    escalate: bool = False
    countdown: Countdown | None = None
    tone: Tone = Tone.UNKNOWN
    reason_meaning: str = ""
    """What the ``error_reason`` means; empty when there is none."""


def answer_card(facts: PurchaseFacts, *, now: datetime, zone: tzinfo) -> AnswerCard:
    """Return the card of a purchase as it stands at ``now``. Times in its texts are in ``zone``."""
    if facts.offer_status == "creating_trade":
        card = _creating(facts, now)
    elif facts.offer_status == "waiting_accept":
        card = _waiting(facts, now, zone)
    elif facts.offer_status in DELIVERED:
        card = _settled(facts, now, zone) if facts.part is Settlement.FINAL else _on_hold(facts, now, zone)
    elif facts.offer_status in FAILED:
        card = _failed(facts, now, zone)
    elif facts.offer_status == "rollback_user":
        card = _reversed_by_user(facts, now, zone)
    elif facts.offer_status == "rollback_supplier":
        card = _reversed_by_supplier(facts, zone)
    else:
        card = _unknown(facts)
    badge = badge_of(facts.offer_status, is_reversible=facts.part is not Settlement.FINAL)
    return replace(card, tone=badge.tone, reason_meaning=_reason_meaning(facts.error_reason))


def _creating(facts: PurchaseFacts, now: datetime) -> AnswerCard:
    next_step = "Wait: the offer usually arrives within a few minutes."
    outlook = "The Steam offer usually arrives within a few minutes."
    if facts.is_stuck:
        next_step = f"Escalate to SkinsBack with the buy_id {facts.buy_id}: making an offer does not take this long."
        outlook = "It is taking longer than usual; we are looking into it."
    return AnswerCard(
        headline=f"SkinsBack has been making the trade offer for {duration_words(now - facts.since)}.",
        who_acts="SkinsBack",
        next_step=next_step,
        retry=Retry("no", "No: it could deliver twice."),
        sentence=f"Your item is being prepared. {outlook}",
        escalate=facts.is_stuck,
    )


def _waiting(facts: PurchaseFacts, now: datetime, zone: tzinfo) -> AnswerCard:
    deadline = facts.since + OFFER_LENGTH
    if now >= deadline:
        return _waiting_too_long(facts, now, deadline, zone)
    link = trade_offer_url(facts.tradeofferid)
    left = duration_words(deadline - now) if deadline - now >= timedelta(minutes=1) else "less than a minute"
    give = "Give the customer the offer link" if link else "Tell the customer to open their trade offers on Steam"
    place = f"Steam trade offer is waiting for you: {link} –" if link else "trade offer is waiting for you on Steam;"
    item = one_line(facts.item_name) or "the item you ordered"
    return AnswerCard(
        headline=f"The trade offer was sent and waits for the customer: {left} left.",
        who_acts="the customer",
        next_step=f"{give} and the time left: {left}.",
        retry=Retry("no", "No: an offer is open, and a second one could deliver twice."),
        sentence=f"A {place} please accept it by {customer_time(deadline, zone)}. Accept only if it shows {item}.",
        # SkinsBack does not say when it sent the offer, so the time counts from when the status was first seen.
        countdown=Countdown("Offer ends in", deadline, is_estimate=True),
    )


def _waiting_too_long(facts: PurchaseFacts, now: datetime, deadline: datetime, zone: tzinfo) -> AnswerCard:
    next_step = "Refresh: the outcome should be known within minutes."
    if facts.is_stuck:
        next_step = f"Escalate to SkinsBack with the buy_id {facts.buy_id}: an offer is open for 10 minutes only."
    return AnswerCard(
        headline=f"The 10 minutes to accept the offer were over on {customer_time(deadline, zone)}; "
        "SkinsBack has not reported the outcome yet.",
        who_acts="SkinsBack",
        next_step=next_step,
        retry=Retry("no", "No: until the outcome is known it could deliver twice."),
        sentence="The time to accept the Steam trade offer has run out. We are checking how it ended.",
        escalate=facts.is_stuck,
    )


def _on_hold(facts: PurchaseFacts, now: datetime, zone: tzinfo) -> AnswerCard:
    end = facts.hold_end
    countdown = None
    if end is None:
        headline = "Delivered and on hold: Steam can still undo the trade. SkinsBack gives no date for the hold's end."
        until = "For about 8 days after the delivery Steam protects it"
    elif now < end.at:
        countdown = Countdown("Hold ends in", end.at, end.is_estimate)
        date = _about(end, zone)
        headline = f"Delivered and on hold: Steam can still undo the trade until {date}."
        if end.is_estimate:
            headline += " SkinsBack gives no date; this one is an estimate, 8 days after acceptance."
        until = f"Until {date} Steam protects it"
    else:
        return _release_unconfirmed(end, zone)
    return AnswerCard(
        headline=headline,
        who_acts="nobody",
        next_step="Tell the customer that it is delivered and still protected. Keep the case open until the hold ends.",
        retry=Retry("no", "No: it was delivered."),
        sentence=f"Delivered. {until}: you can use it in the game but not trade it. {_NO_REVERSAL}",
        countdown=countdown,
    )


def _release_unconfirmed(end: HoldEnd, zone: tzinfo) -> AnswerCard:
    date = _about(end, zone)
    return AnswerCard(
        headline=f"Delivered. The hold should have ended on {date}; waiting for SkinsBack to confirm it.",
        who_acts="nobody",
        next_step="Wait for the confirmation, or refresh; until then assume that the trade can still be undone.",
        retry=Retry("no", "No: it was delivered."),
        sentence=f"Delivered. Steam's protection period should have ended on {date}; we are waiting for confirmation. "
        f"{_NO_REVERSAL}",
    )


def _settled(facts: PurchaseFacts, now: datetime, zone: tzinfo) -> AnswerCard:
    delivered = f"Delivered on {customer_time(facts.accepted_at, zone)}" if facts.accepted_at else "Delivered"
    is_fresh = facts.hold_end is None and now - (facts.accepted_at or facts.date) < HOLD_STATED_WITHIN
    if facts.hold_end is not None:
        ended = _about(facts.hold_end, zone)
        headline = f"Delivered for good: the hold ended on {ended}, and SkinsBack has confirmed it."
        sentence = f"{delivered}; Steam's protection period ended on {ended}."
    else:
        headline = "Delivered for good, without a hold."
        sentence = f"{delivered}."
    if is_fresh:
        headline = "Delivered just now; SkinsBack reports no hold so far."
    return AnswerCard(
        headline=headline,
        who_acts="nobody",
        next_step="Look again in a few minutes: a hold may still be reported." if is_fresh else "Close the case.",
        retry=Retry("no", "No: it was delivered."),
        sentence=sentence,
        is_final=not is_fresh,
    )


def _failed(facts: PurchaseFacts, now: datetime, zone: tzinfo) -> AnswerCard:
    advice = _advice_on_failure(facts)
    retry = Retry(advice.can, f"{advice.retry} {_NEW_CUSTOM_ID}" if advice.can != "no" else advice.retry)
    card = AnswerCard(
        headline=_with_reason(status_of(facts.offer_status).meaning, facts.error_reason),
        who_acts=advice.who_acts,
        next_step=advice.next_step,
        retry=retry,
        sentence=advice.sentence,
        is_final=True,
    )
    cannot_trade = (facts.error_reason or facts.offer_status) in ("user_cant_trade", "user_not_tradable")
    return _with_bar(card, facts, now, zone) if cannot_trade else card


def _advice_on_failure(facts: PurchaseFacts) -> Advice:
    """Combine what the status and the reason ask for. The reason decides; the status adds its own condition."""
    by_status = FAILED_ADVICE[facts.offer_status]
    reason = reason_of(facts.error_reason)
    if reason is None:
        return by_status
    if not reason.is_known:
        return _advice_on_undocumented(by_status, one_line(reason.value))
    advice = REASON_ADVICE[reason.value]
    if advice.can == "no" and not by_status.also_without_retry:
        return advice
    return replace(
        advice,
        next_step=f"{advice.next_step}{by_status.also_step}",
        retry=advice.retry if advice.can == "no" else f"{advice.retry}{by_status.also_retry}",
        sentence=f"{advice.sentence}{by_status.also_sentence}",
    )


def _advice_on_undocumented(by_status: Advice, reason: str) -> Advice:
    condition = "only after ops have looked at the undocumented reason."
    return replace(
        by_status,
        next_step=f"Show ops the reason “{reason}”: it is not documented.{by_status.also_step}",
        can="later" if by_status.can == "yes" else by_status.can,
        retry=f"Later, {condition}" if by_status.can == "yes" else f"{by_status.retry} And {condition}",
    )


def _with_bar(card: AnswerCard, facts: PurchaseFacts, now: datetime, zone: tzinfo) -> AnswerCard:
    """Add the end of Steam's 30-day bar, which is very likely why an account that reversed trades cannot trade."""
    seen_at = facts.last_user_rollback_at
    if seen_at is None or facts.since >= seen_at + BAR_LENGTH:
        return card
    ends_at = seen_at + BAR_LENGTH
    day = local_day(ends_at, zone)
    also = FAILED_ADVICE[facts.offer_status]
    because = f"This user's trades were reversed (seen on {local_day(seen_at, zone)})"
    if now >= ends_at:
        return replace(
            card,
            next_step=f"{because}; Steam's 30-day bar should have ended on {day}. Ask whether they can trade again."
            f"{also.also_step}",
            retry=Retry(
                "after_change" if also.also_retry else "yes",
                f"Yes: the bar should have ended on {day}.{also.also_retry} {_NEW_CUSTOM_ID}",
                ends_at,
            ),
            sentence=f"Steam did not let your account trade, most likely until {day}. "
            "Please check under Steam Support > Trading whether it can trade again, and tell us."
            f"{also.also_sentence}",
        )
    return replace(
        card,
        next_step=f"{because}, so very likely Steam bars the account for 30 days: tell the customer the date, {day}."
        f"{also.also_step}",
        retry=Retry(
            "later", f"After {day}, when Steam's 30-day bar should end.{also.also_retry} {_NEW_CUSTOM_ID}", ends_at
        ),
        sentence="Steam does not let your account trade at the moment, most likely until "
        f"{day}, because trades were reversed from it. Steam Support > Trading shows why and until when."
        f"{also.also_sentence}",
    )


def _reversed_by_user(facts: PurchaseFacts, now: datetime, zone: tzinfo) -> AnswerCard:
    seen_at = facts.changed_at
    on = f" on {local_day(seen_at, zone)}" if seen_at else ""
    seen_on = f", seen{on}" if seen_at else ""
    # One reversal undoes all protected trades of an account, so a later one seen elsewhere is the same or a new bar.
    latest = max((moment for moment in (seen_at, facts.last_user_rollback_at) if moment), default=None)
    return AnswerCard(
        headline=f"The customer's account reversed its trades{seen_on}: the skin went back.",
        who_acts="support and finance",
        next_step="Do not resend the item or pay anything back before this is reviewed. "
        "Look at the same user's other purchases of the last 8 days: "
        "the same reversal can undo them.",
        retry=_retry_after_reversal(latest, now, zone),
        sentence=f"Steam shows that this trade was reversed from your account{on}. If that wasn't you, please secure "
        "your account with Steam Support. We will review your case.",
        is_final=True,
    )


def _retry_after_reversal(latest: datetime | None, now: datetime, zone: tzinfo) -> Retry:
    if latest is None:
        return Retry(
            "later", "Not for 30 days after the reversal, whose date is not known here: Steam bars the account."
        )
    ends_at = latest + BAR_LENGTH
    day = local_day(ends_at, zone)
    if now < ends_at:
        return Retry("later", f"Not for 30 days: Steam bars the account, very likely until {day}.", ends_at)
    return Retry("after_change", f"Only when the case is decided. Steam's bar should have ended on {day}.", ends_at)


def _reversed_by_supplier(facts: PurchaseFacts, zone: tzinfo) -> AnswerCard:
    on = f", seen on {local_day(facts.changed_at, zone)}" if facts.changed_at else ""
    return AnswerCard(
        headline=f"The supplying account reversed the trade{on}: "
        "the customer lost the skin through no fault of their own.",
        who_acts="us, with SkinsBack",
        next_step="Check that the money came back from SkinsBack; offer the customer another item.",
        retry=Retry("yes", f"Yes. {_NEW_CUSTOM_ID}"),
        sentence="The seller's side reversed this trade, so the item left your inventory. "
        "This is not your fault; we are arranging a solution.",
        is_final=True,
    )


def _unknown(facts: PurchaseFacts) -> AnswerCard:
    known = f"SkinsBack reports the status “{one_line(facts.offer_status)}”, which is not documented."
    if facts.offer_status == UNREADABLE_STATUS:
        known = status_of(facts.offer_status).meaning
    return AnswerCard(
        headline=_with_reason(known, facts.error_reason),
        who_acts="ops",
        next_step="Show this purchase to ops, who ask SkinsBack what the status means.",
        retry=Retry("no", "No: what happened is not known, and it could deliver twice."),
        sentence="We are checking the status of your order.",
    )


def _with_reason(headline: str, error_reason: str | None) -> str:
    meaning = _reason_meaning(error_reason)
    return f"{headline} Reason: {meaning}" if meaning else headline


def _reason_meaning(error_reason: str | None) -> str:
    reason = reason_of(error_reason)
    if reason is None:
        return ""
    return reason.meaning if reason.is_known else f"“{one_line(reason.value)}”, which is not documented."


def _about(end: HoldEnd, zone: tzinfo) -> str:
    # Minutes are cut off in texts. Cut off, the end of a hold would be named before it has come.
    at = end.at if end.at.second == end.at.microsecond == 0 else end.at + timedelta(minutes=1)
    return f"about {local_day(end.at, zone)}" if end.is_estimate else customer_time(at, zone)
