"""What SkinsBack sends and does not document is counted once for each answer."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from dashboard.purchases import store
from dashboard.purchases.drift import facts_of
from dashboard.purchases.drift_queries import count_drift, find_drift, newest_drift
from dashboard.purchases.store import Source
from dashboard.skinsback.parsing import parse_items, parse_purchase
from dashboard.skinsback.records import UNREADABLE_STATUS, PurchasesAnswer
from tests.purchases.samples import ASKED_AT, EXAMPLE, an_answer, store_purchase


@pytest.mark.parametrize(
    ("changes", "fact"),
    [
        ({"offer_status": "in_review"}, ("status", "in_review")),
        ({"error_reason": "moon_phase"}, ("reason", "moon_phase")),
        ({"colour": "red"}, ("field", "colour")),
        ({"it's": 1}, ("field", "it's")),
        ({"item": {"id": 1, "wear": "0.1"}}, ("field", "item.wear")),
        ({"in_hold": "maybe"}, ("type", "in_hold could not be read")),
        ({"in_hold_until": "soon"}, ("type", "in_hold_until could not be read")),
        ({"item": None}, ("type", "item is missing")),
        ({"item": {"price": []}}, ("type", "item.price could not be read")),
    ],
)
def test_what_is_not_documented_is_named_without_its_example(changes: dict[str, Any], fact: tuple[str, str]) -> None:
    record = parse_purchase(EXAMPLE | changes)
    assert facts_of(record) == {fact}


@pytest.mark.parametrize(
    ("status", "value"), [(None, UNREADABLE_STATUS), ([], UNREADABLE_STATUS), ("s" * 200, "s" * 63 + "…")]
)
def test_a_status_that_cannot_be_read_is_an_undocumented_status(status: object, value: str) -> None:
    facts = facts_of(parse_purchase(EXAMPLE | {"offer_status": status}))
    assert facts == {("status", value), ("type", "offer_status could not be read")}


def test_the_documented_example_has_nothing_of_it() -> None:
    assert facts_of(parse_purchase(EXAMPLE)) == set()


def test_answers_are_counted_with_the_first_example_and_when(app: Flask) -> None:
    store_purchase(buy_id=1, offer_status="in_review", raw='{"first": 1}')
    store_purchase(buy_id=2, offer_status="in_review", raw="{}", asked_at=ASKED_AT + timedelta(hours=1))
    (row,) = find_drift()
    assert (row.kind, row.value, row.times, row.first_buy_id, row.first_raw) == (
        "status", "in_review", 2, 1, '{"first": 1}',
    )  # fmt: skip
    assert (row.first_seen_at, row.last_seen_at) == (ASKED_AT, ASKED_AT + timedelta(hours=1))


def test_several_in_one_answer_are_counted_each(app: Flask) -> None:
    records = [parse_purchase(EXAMPLE | {"buy_id": number, "colour": "red"}) for number in (3, 1, 2)]
    store.record_answer(an_answer(*records), Source.HISTORY)
    (row,) = find_drift()
    assert (row.times, row.first_buy_id) == (3, 1)


def test_the_same_answer_again_changes_nothing_and_another_one_counts(app: Flask) -> None:
    for minutes, raw in ((0, "{}"), (5, "{}"), (10, '{"changed": 1}')):
        store_purchase(offer_status="in_review", raw=raw, asked_at=ASKED_AT + timedelta(minutes=minutes))
    assert [row.times for row in find_drift()] == [2]


def test_an_outdated_answer_counts_for_nothing(app: Flask) -> None:
    store_purchase()
    store_purchase(offer_status="in_review", asked_at=ASKED_AT - timedelta(hours=1))
    assert count_drift() == 0


def test_what_was_rejected_is_counted_once_however_often_it_comes(app: Flask) -> None:
    _, rejected = parse_items([EXAMPLE | {"buy_id": "nine"}])
    for _ in range(2):
        store.record_answer(PurchasesAnswer((), tuple(rejected), ASKED_AT), Source.HISTORY)
    (row,) = find_drift()
    assert (row.kind, row.value, row.times, row.first_buy_id) == (
        "set_aside", "buy_id is not a positive whole number", 1, None,
    )  # fmt: skip


def test_a_field_with_an_endless_name_is_cut(app: Flask) -> None:
    store.record_answer(an_answer(parse_purchase(EXAMPLE | {"x" * 5000: 1})), Source.HISTORY)
    assert [row.value for row in find_drift()] == ["x" * 200]


def test_only_what_is_new_within_a_day_is_news(app: Flask) -> None:
    store_purchase(offer_status="in_review")
    assert len(newest_drift(ASKED_AT + timedelta(hours=23))) == 1
    assert newest_drift(ASKED_AT + timedelta(hours=24)) == []
