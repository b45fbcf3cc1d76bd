"""What is counted for machines as answers about purchases are stored."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from dashboard.db.counter_queries import find_counts
from dashboard.purchases import store
from dashboard.purchases.counters import DECIDED_PURCHASES, OUTCOMES, REFRESHED_PURCHASES, STATUS_CHANGES
from dashboard.purchases.store import Source
from dashboard.skinsback.records import PurchasesAnswer, RejectedItem
from tests.purchases.samples import ASKED_AT, store_purchase

JUST_NOW = ASKED_AT - timedelta(minutes=5)


def told(minutes: int = 0, **fields: Any) -> None:
    """Store an answer about purchase 1, asked for so many minutes later."""
    store_purchase(**{"buy_id": 1, "date": JUST_NOW, "asked_at": ASKED_AT + timedelta(minutes=minutes), **fields})


def statuses_counted() -> dict[str, int]:
    counts = find_counts()
    return {
        labels["offer_status"]: counts[key] for key, labels in STATUS_CHANGES.all_keys() if counts.get(key)
    }  # fmt: skip


def decided_counted() -> dict[tuple[str, str], int]:
    counts = find_counts()
    return {
        (labels["phase"], labels["reason"]): counts[key]
        for key, labels in DECIDED_PURCHASES.all_keys()
        if counts.get(key)
    }


def test_an_answer_is_counted_by_what_became_of_it(app: Flask) -> None:
    told(offer_status="creating_trade")
    told(1, offer_status="creating_trade")
    told(2, offer_status="accepted")
    told(1, offer_status="creating_trade")
    store.record_missing([1, 2], ASKED_AT + timedelta(minutes=3))
    rejected = RejectedItem("{}", "no buy_id", None)
    store.record_answer(PurchasesAnswer((), (rejected,), ASKED_AT), Source.SCHEDULED)
    counts = find_counts()
    assert {outcome: counts[REFRESHED_PURCHASES.key(outcome)] for outcome in OUTCOMES} == {
        "new": 1, "unchanged": 1, "changed": 1, "outdated": 1, "missing": 2, "rejected": 1,
    }  # fmt: skip


def test_each_status_a_purchase_comes_into_is_counted_once(app: Flask) -> None:
    for minutes, status in enumerate(
        ["creating_trade", "waiting_accept", "waiting_accept", "accepted", "rollback_user"]
    ):
        told(minutes, offer_status=status)
    assert statuses_counted() == {"creating_trade": 1, "waiting_accept": 1, "accepted": 1, "rollback_user": 1}


def test_an_unknown_status_is_counted_as_other(app: Flask) -> None:
    told(offer_status="on_the_moon")
    assert statuses_counted() == {"other": 1}
    assert decided_counted() == {}


def test_a_change_that_leaves_the_status_is_none_of_it(app: Flask) -> None:
    told(offer_status="accepted")
    told(1, offer_status="accepted", item_name="Something else")
    assert statuses_counted() == {"accepted": 1}


def test_a_purchase_is_decided_once_however_it_goes_on(app: Flask) -> None:
    for minutes, status in enumerate(["creating_trade", "accepted", "rollback_user"]):
        told(minutes, offer_status=status)
    assert decided_counted() == {("delivered", "none"): 1}


@pytest.mark.parametrize(
    ("status", "reason", "counted"),
    [
        ("trade_create_error", "skin_unavailable", "skin_unavailable"), ("timeout", None, "timeout"),
        ("trade_create_error", "bad weather", "other"),
    ],
)  # fmt: skip
def test_a_failure_is_counted_by_its_reason_or_else_its_status(
    app: Flask, status: str, reason: str | None, counted: str
) -> None:
    told(offer_status=status, error_reason=reason)
    assert decided_counted() == {("failed", counted): 1}


def test_old_purchases_of_a_history_are_no_wave_of_changes(app: Flask) -> None:
    told(offer_status="timeout", date=ASKED_AT - timedelta(days=1, seconds=1))
    assert statuses_counted() == {}
    assert decided_counted() == {}
    told(1, offer_status="accepted", date=ASKED_AT - timedelta(days=1, seconds=1))
    assert statuses_counted() == {"accepted": 1}
