"""An answer is about what was asked for, however SkinsBack spells it; in doubt nothing is "not found"."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.purchases.order_ids import order_key
from dashboard.skinsback.records import PurchaseRecord, PurchasesAnswer, RejectedItem
from dashboard.sync.matching import by_buy_id, by_order_id
from dashboard.sync.refresh_results import RefreshOutcome, RefreshResult
from tests.purchases.samples import ASKED_AT, a_record

FOUND, NOT_FOUND, UNREADABLE = RefreshOutcome.FOUND, RefreshOutcome.NOT_FOUND, RefreshOutcome.UNREADABLE


def told(asked: list[str], *custom_ids: str | None, rejected: Any = ()) -> dict[str, RefreshResult]:
    """What is said of orders after an answer with these order IDs, as purchases 1, 2, …, and objects not readable."""
    records = [a_record(buy_id=number, custom_id=custom_id) for number, custom_id in enumerate(custom_ids, 1)]
    return by_order_id(an_answer_with(records, rejected), asked)


def an_answer_with(records: list[PurchaseRecord], rejected: Any) -> PurchasesAnswer:
    items = tuple(RejectedItem(raw if isinstance(raw, str) else json.dumps(raw), "it is odd") for raw in rejected)
    return PurchasesAnswer(tuple(records), items, ASKED_AT)


@pytest.mark.parametrize(
    ("asked", "answered"),
    [("Abc-34001", "abc-34001"), ("abc-34001", "ABC-34001"), ("007123", "7123"), ("7123", "007123"), ("a  b", "a b"),
     ("ｏｒｄｅｒ", "order"), ("order\u200b", "order")],
)  # fmt: skip
def test_an_answer_in_another_spelling_is_the_answer(asked: str, answered: str) -> None:
    assert told([asked, "order-2"], answered)[asked].buy_ids == (1,)


def test_two_spellings_of_one_order_both_get_its_answer() -> None:
    results = told(["Abc-1", "ABC-1", "none"], "abc-1")
    assert [results[asked].buy_ids for asked in ("Abc-1", "ABC-1", "none")] == [(1,), (1,), ()]
    assert results["none"].outcome is NOT_FOUND


def test_an_order_in_its_exact_spelling_goes_before_others() -> None:
    results = told(["Abc-1", "ABC-1"], "ABC-1", "Abc-1")
    assert [results[asked].buy_ids for asked in ("Abc-1", "ABC-1")] == [(2,), (1,)]


@pytest.mark.parametrize("answered", ["something else", None])
def test_the_only_answer_to_the_only_question_is_its_answer_whatever_its_spelling(answered: str | None) -> None:
    assert told(["order-1"], answered)["order-1"].buy_ids == (1,)


def test_an_object_that_answers_the_only_question_is_about_it_whatever_its_spelling() -> None:
    assert told(["order-1"], rejected=[{"custom_id": "something else"}])["order-1"].outcome is UNREADABLE
    assert told(["order-1"])["order-1"].outcome is NOT_FOUND


@pytest.mark.parametrize("answered", ["something else", None])
def test_what_may_be_the_answer_to_one_of_many_questions_makes_none_of_them_not_found(answered: str | None) -> None:
    results = told(["order-1", "order-2", "order-3"], "order-2", answered)
    assert [result.outcome for result in results.values()] == [UNREADABLE, FOUND, UNREADABLE]
    assert "purchase 2" in results["order-1"].sentence


@pytest.mark.parametrize(
    "rejected",
    [{"custom_id": "ORDER-1"}, {"custom_id": []}, {"custom_id": None}, {"custom_id": True}, {"custom_id": 1.5}, {},
     [], None, "not JSON", '"\\u2026"'],
)  # fmt: skip
def test_an_object_that_may_be_the_order_leaves_it_open(rejected: Any) -> None:
    assert told(["order-1", "order-2"], "order-2", rejected=[rejected])["order-1"].outcome is UNREADABLE


@pytest.mark.parametrize(("asked", "rejected"), [("order-1", "order-9"), ("7", 70)])
def test_an_object_about_another_order_says_nothing_of_this_one(asked: str, rejected: Any) -> None:
    assert told([asked, "order-2"], rejected=[{"custom_id": rejected}])[asked].outcome is NOT_FOUND


def test_a_number_where_text_was_asked_for_is_the_order_even_where_the_rest_is_not_readable() -> None:
    assert told(["007", "8"], rejected=[{"custom_id": 7}])["007"].outcome is UNREADABLE


SPELLINGS = ("Abc-1", "abc-1", "ABC-1", "007", "7", "order-2", "X  Y", "x y")


@given(
    st.lists(st.sampled_from(SPELLINGS), min_size=1, unique=True),
    st.lists(st.sampled_from([*SPELLINGS, "other", None]), max_size=4),
)
def test_whatever_is_answered_no_order_is_not_found_that_it_may_be_about(
    asked: list[str], answered: list[str | None]
) -> None:
    keys = [order_key(custom_id) if custom_id else None for custom_id in answered]
    results = told(asked, *answered)
    for order_id, result in results.items():
        assert (result.outcome is NOT_FOUND) == (order_key(order_id) not in keys and is_explained(keys, asked))
        if order_key(order_id) in keys:
            assert {keys[buy_id - 1] for buy_id in result.buy_ids} == {order_key(order_id)}


def is_explained(keys: list[str | None], asked: list[str]) -> bool:
    return set(keys) <= set(map(order_key, asked))


@pytest.mark.parametrize("buy_id", [None, 7])
def test_a_purchase_is_not_called_unknown_while_an_object_may_be_about_it(buy_id: int | None) -> None:
    answer = an_answer_with([a_record(buy_id=8)], [])
    doubtful = PurchasesAnswer(answer.records, (RejectedItem("{}", "it is odd", buy_id),), ASKED_AT)
    assert by_buy_id(doubtful, [7, 8])[7].outcome is UNREADABLE
    assert by_buy_id(doubtful, [7, 8])[8].buy_ids == (8,)
    assert by_buy_id(doubtful, [9])[9].outcome is (UNREADABLE if buy_id is None else NOT_FOUND)
