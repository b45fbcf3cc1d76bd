"""The answer card of every status and reason, alone and combined."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.purchases.finality import HoldEnd, Settlement
from dashboard.purchases.statuses import FAILED, KNOWN_REASONS, KNOWN_STATUSES, Tone
from dashboard.skinsback.records import UNREADABLE_STATUS
from dashboard.support.advice import AnswerCard, Countdown, PurchaseFacts, answer_card
from dashboard.support.advice_texts import FAILED_ADVICE, REASON_ADVICE

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
SETTLEMENTS = {
    "creating_trade": Settlement.OPEN,
    "waiting_accept": Settlement.OPEN,
    "accepted": Settlement.REVERSIBLE,
    "rollback_user": Settlement.REVERSED_BY_USER,
    "rollback_supplier": Settlement.REVERSED_BY_SUPPLIER,
} | dict.fromkeys(FAILED, Settlement.FAILED)


def card(offer_status: str, **changes: Any) -> AnswerCard:
    facts = {
        "buy_id": 9,
        "part": SETTLEMENTS.get(offer_status, Settlement.UNKNOWN),
        "date": NOW - MINUTE,
        "asked_at": NOW,
        "changed_at": NOW,
    }
    return answer_card(PurchaseFacts(offer_status=offer_status, **(facts | changes)), now=NOW, zone=BERLIN)


def texts(shown: AnswerCard) -> str:
    return "\n".join((shown.headline, shown.who_acts, shown.next_step, shown.retry.text, shown.sentence))


# ---- the table of statuses, row by row


def test_creating_trade_waits_for_skinsback() -> None:
    shown = card("creating_trade")
    assert shown.who_acts == "SkinsBack"
    assert shown.next_step.startswith("Wait")
    assert (shown.retry.can, shown.is_final, shown.escalate) == ("no", False, False)
    assert "deliver twice" in shown.retry.text
    assert shown.sentence == "Your item is being prepared. The Steam offer usually arrives within a few minutes."


@pytest.mark.parametrize(("age", "escalate"), [(15 * MINUTE, False), (15 * MINUTE + timedelta(seconds=1), True)])
def test_creating_trade_for_longer_than_15_minutes_is_escalated_with_the_buy_id(age: timedelta, escalate: bool) -> None:
    shown = card("creating_trade", changed_at=None, date=NOW - age)
    assert shown.escalate is escalate
    assert ("buy_id 9" in shown.next_step) is escalate
    assert ("longer than usual" in shown.sentence) is escalate


def test_waiting_accept_gives_link_time_and_item() -> None:
    shown = card("waiting_accept", changed_at=NOW - 4 * MINUTE, tradeofferid="6789", item_name="★ Karambit | Doppler")
    assert shown.who_acts == "the customer"
    assert "6 minutes" in shown.next_step
    assert shown.retry.can == "no"
    assert shown.countdown == Countdown("Offer ends in", NOW + 6 * MINUTE, is_estimate=True)
    assert shown.sentence == (
        "A Steam trade offer is waiting for you: https://steamcommunity.com/tradeoffer/6789/ – please accept it by "
        "24 November 2026, 13:06 UTC+1. Accept only if it shows ★ Karambit | Doppler."
    )


@pytest.mark.parametrize("tradeofferid", [None, "", "javascript:alert(1)", "１２"])
def test_waiting_accept_without_a_usable_offer_id_stays_a_whole_sentence(tradeofferid: str | None) -> None:
    shown = card("waiting_accept", tradeofferid=tradeofferid)
    assert shown.sentence == (
        "A trade offer is waiting for you on Steam; please accept it by 24 November 2026, 13:10 UTC+1. "
        "Accept only if it shows the item you ordered."
    )


def test_waiting_accept_counts_from_the_purchase_when_the_change_was_not_seen() -> None:
    shown = card("waiting_accept", changed_at=None, date=NOW - 3 * MINUTE)
    assert shown.countdown == Countdown("Offer ends in", NOW + 7 * MINUTE, is_estimate=True)


def test_the_last_minute_of_an_offer_is_named_so() -> None:
    shown = card("waiting_accept", changed_at=NOW - 10 * MINUTE + timedelta(seconds=30))
    assert "less than a minute" in shown.next_step


def test_exactly_one_minute_left_is_a_minute() -> None:
    assert "time left: 1 minute." in card("waiting_accept", changed_at=NOW - 9 * MINUTE).next_step


@pytest.mark.parametrize(("minutes", "escalate"), [(10, False), (15, False), (16, True)])
def test_waiting_accept_past_its_time_says_so_and_offers_no_link(minutes: int, escalate: bool) -> None:
    shown = card("waiting_accept", changed_at=NOW - minutes * MINUTE, tradeofferid="6789")
    assert "10 minutes to accept the offer were over" in shown.headline
    assert shown.countdown is None
    assert "tradeoffer" not in shown.sentence
    assert shown.escalate is escalate
    assert ("buy_id 9" in shown.next_step) is escalate


def test_accepted_on_hold_counts_down_to_its_release() -> None:
    end = HoldEnd(NOW + 3 * DAY, is_estimate=False)
    shown = card("accepted", hold_end=end, accepted_at=NOW)
    assert (shown.who_acts, shown.tone, shown.is_final) == ("nobody", Tone.HOLD, False)
    assert shown.countdown == Countdown("Hold ends in", end.at, is_estimate=False)
    assert shown.retry.can == "no"
    assert shown.sentence == (
        "Delivered. Until 27 November 2026, 13:00 UTC+1 Steam protects it: you can use it in the game but not trade "
        "it. Please don't use “reverse trades” unless your account was stolen; that undoes this delivery too."
    )


def test_an_estimated_hold_end_is_called_an_estimate() -> None:
    shown = card("accepted", hold_end=HoldEnd(NOW + 3 * DAY, is_estimate=True))
    assert "estimate" in shown.headline
    assert "Until about 27 November 2026 Steam protects it" in shown.sentence
    assert shown.countdown == Countdown("Hold ends in", NOW + 3 * DAY, is_estimate=True)


def test_a_hold_without_any_date_is_about_eight_days() -> None:
    shown = card("accepted", hold_end=None)
    assert shown.countdown is None
    assert "For about 8 days after the delivery" in shown.sentence


def test_a_hold_end_is_never_named_before_it_comes() -> None:
    shown = card("accepted", hold_end=HoldEnd(NOW + DAY + timedelta(seconds=1), is_estimate=False))
    assert "25 November 2026, 13:01 UTC+1" in shown.sentence


def test_a_hold_that_is_over_but_not_confirmed_waits_for_the_confirmation() -> None:
    shown = card("accepted", hold_end=HoldEnd(NOW, is_estimate=False))
    assert "waiting for SkinsBack to confirm it" in shown.headline
    assert "we are waiting for confirmation" in shown.sentence
    assert (shown.is_final, shown.countdown, shown.tone) == (False, None, Tone.HOLD)


def test_accepted_with_its_hold_confirmed_over_is_closed() -> None:
    end = HoldEnd(NOW - DAY, is_estimate=False)
    shown = card("accepted", part=Settlement.FINAL, hold_end=end, accepted_at=NOW - 9 * DAY)
    assert (shown.is_final, shown.tone, shown.next_step) == (True, Tone.GOOD, "Close the case.")
    assert shown.sentence == (
        "Delivered on 15 November 2026, 13:00 UTC+1; Steam's protection period ended on 23 November 2026, 13:00 UTC+1."
    )


def test_accepted_without_a_hold_is_closed() -> None:
    shown = card("accepted", part=Settlement.FINAL, accepted_at=NOW - DAY)
    assert shown.is_final
    assert shown.headline == "Delivered for good, without a hold."
    assert shown.sentence == "Delivered on 23 November 2026, 13:00 UTC+1."


def test_a_delivery_whose_time_was_not_seen_is_a_whole_sentence() -> None:
    shown = card("accepted", part=Settlement.FINAL, date=NOW - DAY)
    assert shown.sentence == "Delivered."


def test_a_delivery_of_this_minute_is_not_closed_yet() -> None:
    shown = card("accepted", part=Settlement.FINAL, accepted_at=NOW - MINUTE)
    assert not shown.is_final
    assert shown.headline == "Delivered just now; SkinsBack reports no hold so far."
    assert "a hold may still be reported" in shown.next_step


@pytest.mark.parametrize(("age", "is_final"), [(5 * MINUTE - timedelta(seconds=1), False), (5 * MINUTE, True)])
def test_a_hold_is_expected_within_five_minutes_of_the_delivery(age: timedelta, is_final: bool) -> None:
    assert card("accepted", part=Settlement.FINAL, accepted_at=NOW - age).is_final is is_final


@pytest.mark.parametrize(
    ("status", "who", "can", "step", "sentence"),
    [
        ("canceled", "the customer", "after_change", "declined it themselves", "revoke your Steam Web API key"),
        ("timeout", "the customer", "yes", "can receive offers", "you will have 10 minutes"),
        ("invalid_trade_token", "the customer", "after_change", "new trade link", "Who can send me Trade Offers?"),
        ("user_not_tradable", "the customer", "later", "Steam Support > Trading", "shows why and until when"),
        ("trade_create_error", "support", "yes", "retry once", "We couldn't create the Steam offer just now"),
    ],
)
def test_each_failure_without_a_reason_has_its_card(status: str, who: str, can: str, step: str, sentence: str) -> None:
    shown = card(status)
    assert (shown.who_acts, shown.retry.can, shown.tone, shown.is_final) == (who, can, Tone.BAD, True)
    assert step in shown.next_step
    assert sentence in shown.sentence
    assert "new order ID (custom_id)" in shown.retry.text


def test_a_reversal_by_the_user_bars_for_thirty_days() -> None:
    shown = card("rollback_user", changed_at=NOW - DAY)
    assert shown.who_acts == "support and finance"
    assert "Do not resend the item or pay anything back" in shown.next_step
    assert "last 8 days" in shown.next_step
    assert (shown.retry.can, shown.retry.not_before) == ("later", NOW + 29 * DAY)
    assert "23 December 2026" in shown.retry.text
    assert shown.sentence == (
        "Steam shows that this trade was reversed from your account on 23 November 2026. If that wasn't you, please "
        "secure your account with Steam Support. We will review your case."
    )


def test_a_later_reversal_of_the_same_user_moves_the_end_of_the_bar() -> None:
    shown = card("rollback_user", changed_at=NOW - 20 * DAY, last_user_rollback_at=NOW - DAY)
    assert shown.retry.not_before == NOW + 29 * DAY


def test_a_reversal_whose_date_is_not_known_invents_none() -> None:
    shown = card("rollback_user", changed_at=None)
    assert shown.retry.not_before is None
    assert "was reversed from your account." in shown.sentence


def test_after_the_bar_the_case_still_has_to_be_decided() -> None:
    shown = card("rollback_user", changed_at=NOW - 30 * DAY)
    assert shown.retry.can == "after_change"
    assert "case is decided" in shown.retry.text


@pytest.mark.parametrize("changed_at", [None, NOW - DAY])
def test_a_reversal_by_the_supplier_is_ours_to_mend(changed_at: datetime | None) -> None:
    shown = card("rollback_supplier", changed_at=changed_at)
    assert shown.who_acts == "us, with SkinsBack"
    assert "money came back" in shown.next_step
    assert shown.retry.can == "yes"
    assert "not your fault" in shown.sentence


def test_an_unknown_status_is_shown_raw_to_colleagues_and_not_to_the_customer() -> None:
    shown = card("trade_<b>parked</b>")
    assert "trade_<b>parked</b>" in shown.headline
    assert (shown.who_acts, shown.retry.can, shown.is_final, shown.tone) == ("ops", "no", False, Tone.UNKNOWN)
    assert shown.sentence == "We are checking the status of your order."


def test_a_status_that_cannot_be_read_is_said_so() -> None:
    headline = card(UNREADABLE_STATUS).headline
    assert headline == "SkinsBack's answer has no status, or one that cannot be read."


# ---- the table of reasons, row by row, beside every failed status

REASONS = [
    ("user_cant_trade", "the customer, by waiting", "later", "Steam Support > Trading"),
    ("private_inventory", "the customer", "after_change", "Inventory: Public"),
    ("user_trade_ban", "the customer, with Steam", "no", "trade ban"),
    ("user_inventory_is_full", "the customer", "after_change", "make room"),
    ("too_many_failed_attempts", "the customer first; ops when it is frequent", "later", "have to wait"),
    ("skin_unavailable", "us", "after_change", "no longer available"),
]


@pytest.mark.parametrize(("reason", "who", "can", "sentence"), REASONS)
@pytest.mark.parametrize("status", sorted(FAILED))
def test_the_reason_decides_beside_every_failed_status(
    status: str, reason: str, who: str, can: str, sentence: str
) -> None:
    shown = card(status, error_reason=reason)
    assert (shown.who_acts, shown.retry.can) == (who, can)
    assert sentence in shown.sentence
    assert shown.reason_meaning
    assert shown.headline.endswith(f"Reason: {shown.reason_meaning}")


@pytest.mark.parametrize("reason", sorted(KNOWN_REASONS))
def test_a_declined_offer_asks_about_the_account_whatever_the_reason(reason: str) -> None:
    shown = card("canceled", error_reason=reason)
    assert "whether they declined the offer themselves" in shown.next_step
    assert "revoke your Steam Web API key" in shown.sentence


def test_the_status_adds_its_condition_to_a_retry_that_can_work_and_to_no_other() -> None:
    assert "whether they declined the offer" in card("canceled", error_reason="private_inventory").retry.text
    assert card("canceled", error_reason="user_trade_ban").retry.text == "No: the account has a Steam trade ban."


@pytest.mark.parametrize(
    ("status", "is_final"),
    [
        ("creating_trade", False),
        ("waiting_accept", False),
        ("accepted", False),
        ("rollback_user", True),
        ("rollback_supplier", True),
        ("something_new", False),
        *((status, True) for status in sorted(FAILED)),
    ],
)
def test_each_status_is_final_or_not_an_hour_on(status: str, is_final: bool) -> None:
    assert card(status, changed_at=NOW - timedelta(hours=1)).is_final is is_final
    assert card(status, changed_at=NOW).is_final is is_final


def test_no_new_trade_link_is_asked_for_where_no_retry_can_work() -> None:
    shown = card("invalid_trade_token", error_reason="user_trade_ban")
    assert "trade link" not in shown.sentence
    assert "trade URL" not in shown.next_step


@pytest.mark.parametrize("reason", sorted(KNOWN_REASONS - {"user_trade_ban"}))
def test_a_wrong_trade_link_asks_for_a_new_one_whatever_the_reason(reason: str) -> None:
    shown = card("invalid_trade_token", error_reason=reason)
    assert "new trade link" in shown.next_step
    assert "Trade Offers" in shown.sentence


@pytest.mark.parametrize("status", sorted(FAILED))
def test_an_undocumented_reason_is_shown_raw_and_stops_a_retry_at_once(status: str) -> None:
    shown = card(status, error_reason="moon_phase")
    assert "“moon_phase”" in shown.headline
    assert "“moon_phase”" in shown.next_step
    assert shown.retry.can in ("later", "after_change")
    assert "only after ops have looked" in shown.retry.text
    assert not shown.retry.text.startswith("Yes")
    assert "retry once" not in shown.next_step
    assert "moon" not in shown.sentence


def test_every_documented_failure_and_reason_has_its_texts() -> None:
    assert FAILED_ADVICE.keys() == FAILED
    assert REASON_ADVICE.keys() == KNOWN_REASONS


# ---- Steam's 30-day bar


@pytest.mark.parametrize(
    ("status", "reason"),
    [("user_not_tradable", None), ("user_not_tradable", "user_cant_trade"), ("trade_create_error", "user_cant_trade")],
)
def test_an_account_that_cannot_trade_after_a_reversal_gets_the_date(status: str, reason: str | None) -> None:
    shown = card(status, error_reason=reason, last_user_rollback_at=NOW - 10 * DAY)
    assert (shown.retry.can, shown.retry.not_before) == ("later", NOW + 20 * DAY)
    assert "14 December 2026" in shown.sentence
    assert "14 December 2026" in shown.next_step


@pytest.mark.parametrize("reversed_for", [10 * DAY, 31 * DAY])
def test_the_bar_does_not_hide_that_the_offer_was_declined(reversed_for: timedelta) -> None:
    facts = {"changed_at": NOW - 9 * DAY, "last_user_rollback_at": NOW - reversed_for}
    shown = card("canceled", error_reason="user_cant_trade", **facts)
    assert "whether they declined the offer themselves" in shown.next_step
    assert "revoke your Steam Web API key" in shown.sentence


def test_the_bar_is_over_at_the_very_end_of_its_thirty_days() -> None:
    facts = {"changed_at": NOW - 20 * DAY, "last_user_rollback_at": NOW - 30 * DAY}
    assert card("user_not_tradable", **facts).retry.can == "yes"


def test_after_the_bar_has_ended_a_retry_can_work() -> None:
    shown = card("user_not_tradable", changed_at=NOW - 20 * DAY, last_user_rollback_at=NOW - 31 * DAY)
    assert shown.retry.can == "yes"
    assert "should have ended on 23 November 2026" in shown.retry.text


def test_a_reversal_more_than_thirty_days_before_the_failure_explains_nothing() -> None:
    shown = card("user_not_tradable", changed_at=NOW, last_user_rollback_at=NOW - 30 * DAY)
    assert shown == card("user_not_tradable", changed_at=NOW)


@pytest.mark.parametrize(("status", "reason"), [("timeout", None), ("user_not_tradable", "user_trade_ban")])
def test_a_reversal_does_not_explain_other_failures(status: str, reason: str | None) -> None:
    with_reversal = card(status, error_reason=reason, last_user_rollback_at=NOW - DAY)
    assert with_reversal == card(status, error_reason=reason)


# ---- whatever the facts

some_moment = st.datetimes(datetime(2026, 9, 1), datetime(2027, 1, 31), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis wants naive bounds.
moments = st.none() | some_moment
plain_text = st.text(st.characters(exclude_characters="{}_"), max_size=40)


def facts_with(
    statuses: st.SearchStrategy[str], delivered: st.SearchStrategy[Settlement]
) -> st.SearchStrategy[PurchaseFacts]:
    return st.builds(
        lambda status, part, **facts: PurchaseFacts(
            buy_id=987654,
            offer_status=status,
            part=part if status == "accepted" else SETTLEMENTS.get(status, Settlement.UNKNOWN),
            **facts,
        ),
        statuses,
        delivered,
        date=some_moment,
        asked_at=some_moment,
        error_reason=st.none() | st.sampled_from(sorted(KNOWN_REASONS)) | plain_text,
        tradeofferid=st.none() | st.integers(0, 10**12).map(str) | plain_text,
        item_name=st.none() | st.just("AK-47 | Redline") | plain_text,
        hold_end=st.none() | st.builds(HoldEnd, some_moment, st.booleans()),
        changed_at=moments,
        accepted_at=moments,
        last_user_rollback_at=moments,
    )


some_facts = facts_with(
    st.sampled_from(sorted(KNOWN_STATUSES)) | plain_text, st.sampled_from([Settlement.FINAL, Settlement.REVERSIBLE])
)
on_hold_facts = facts_with(st.just("accepted"), st.just(Settlement.REVERSIBLE))
zones = st.sampled_from(["UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns", "Pacific/Kiritimati"]).map(
    ZoneInfo
)


def built(facts: PurchaseFacts, zone: ZoneInfo) -> AnswerCard:
    return answer_card(facts, now=NOW, zone=zone)


@given(some_facts, zones)
def test_no_card_has_a_gap_or_a_none_in_it(facts: PurchaseFacts, zone: ZoneInfo) -> None:
    shown = built(facts, zone)
    known = "\n".join((shown.who_acts, shown.retry.text)) if facts.item_name else texts(shown)
    assert all((shown.headline, shown.who_acts, shown.next_step, shown.retry.text, shown.sentence))
    assert "{" not in texts(shown)
    assert "  " not in shown.sentence
    if "None" not in (facts.offer_status + (facts.error_reason or "")):
        assert "None" not in known


@given(on_hold_facts, zones)
def test_a_purchase_on_hold_is_never_called_final(facts: PurchaseFacts, zone: ZoneInfo) -> None:
    shown = built(facts, zone)
    assert not shown.is_final
    assert shown.tone is Tone.HOLD
    assert not re.search(r"\b(final|finished|for good|closed?|complete|settled)\b", texts(shown), re.IGNORECASE)


@given(some_facts, zones)
def test_the_customer_is_told_no_internals_and_promised_no_money(facts: PurchaseFacts, zone: ZoneInfo) -> None:
    sentence = built(facts, zone).sentence
    assert "_" not in sentence
    assert "987654" not in sentence
    if not facts.item_name:
        assert not re.search(r"refund|money|credit|compensat|\$|SkinsBack|supplier", sentence, re.IGNORECASE)


@given(some_facts, zones)
def test_a_countdown_always_ends_in_the_future(facts: PurchaseFacts, zone: ZoneInfo) -> None:
    countdown = built(facts, zone).countdown
    assert countdown is None or countdown.ends_at > NOW


@given(some_facts, zones)
def test_no_card_shows_a_negative_time(facts: PurchaseFacts, zone: ZoneInfo) -> None:
    shown = built(facts, zone)
    assert not re.search(r"[-−]\d+ (second|minute|hour|day)", texts(shown))


@pytest.mark.parametrize("reason", [None, *sorted(KNOWN_REASONS), "moon_phase"])
@pytest.mark.parametrize("status", sorted(FAILED))
def test_a_retry_that_cannot_work_is_not_encouraged(status: str, reason: str | None) -> None:
    shown = card(status, error_reason=reason)
    starts_with_no = shown.retry.text.startswith("No:")
    assert starts_with_no is (shown.retry.can == "no")
    assert ("Tell us when you are ready" in shown.sentence) <= (shown.retry.can in ("yes", "later"))


@pytest.mark.parametrize("name", ["a\nb", "a\0b", "a\u202eb", "a\t b"])
def test_an_item_name_cannot_break_the_line(name: str) -> None:
    assert "Accept only if it shows a b." in card("waiting_accept", item_name=name).sentence


def test_an_item_name_stays_plain_text() -> None:
    shown = card("waiting_accept", item_name="<b>Kill & Confirm</b>")
    assert type(shown.sentence) is str
    assert "<b>Kill & Confirm</b>" in shown.sentence


def test_a_very_long_item_name_is_cut() -> None:
    assert len(card("waiting_accept", item_name="x" * 10_000).sentence) < 400
