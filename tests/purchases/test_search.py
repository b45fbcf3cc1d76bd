"""Purchases are found by any spelling of their order ID that SkinsBack takes for the same."""

from datetime import timedelta

import pytest
from flask import Flask

from dashboard.purchases import queries as purchases
from tests.purchases.samples import ASKED_AT, store_purchase


def found(*values: str) -> dict[str, list[int]]:
    rows = purchases.search_by_ids("custom_id", values)
    return {value: [row.buy_id for row in rows[value]] for value in values}


@pytest.mark.parametrize(
    ("stored", "asked"),
    [("Abc-34001", "abc-34001"), ("abc-34001", "ABC-34001"), ("7123", "007123"), ("007123", "7123"),
     ("\ufdfa" * 255, "\ufdfa" * 255), ("Straße 1", "STRASSE\u00a01")],
)  # fmt: skip
def test_an_order_is_found_in_any_spelling(app: Flask, stored: str, asked: str) -> None:
    store_purchase(custom_id=stored)
    assert found(asked) == {asked: [1]}


def test_orders_that_differ_only_in_case_are_both_found_the_exact_one_first(app: Flask) -> None:
    store_purchase(buy_id=1, custom_id="Abc-1")
    store_purchase(buy_id=2, custom_id="ABC-1")
    assert found("Abc-1", "ABC-1") == {"Abc-1": [1, 2], "ABC-1": [2, 1]}
    assert found("abc-1") == {"abc-1": [2, 1]}


def test_an_order_that_nobody_has_is_not_found(app: Flask) -> None:
    store_purchase(custom_id="order-1")
    store_purchase(buy_id=2, custom_id=None)
    assert found("order-2", "") == {"order-2": [], "": []}


def test_an_answer_that_renames_an_order_changes_what_finds_it(app: Flask) -> None:
    store_purchase(custom_id="First-1")
    store_purchase(asked_at=ASKED_AT + timedelta(minutes=5), custom_id="Second-1")
    assert found("first-1", "second-1") == {"first-1": [], "second-1": [1]}


def test_a_purchase_id_is_found_however_its_number_is_written(app: Flask) -> None:
    store_purchase(buy_id=7)
    assert {value: len(rows) for value, rows in purchases.search_by_ids("buy_id", ["7", "007"]).items()} == {
        "7": 1, "007": 1,
    }  # fmt: skip


def test_orders_that_begin_alike_are_found_in_any_case(app: Flask) -> None:
    for number, custom_id in enumerate(["Order-10", "order-1", "ORDER-2", "order-\U0001f600", "orde", "pool-1"], 1):
        store_purchase(buy_id=number, custom_id=custom_id)
    assert purchases.find_orders_beginning("oRDER-", 9) == ["order-1", "Order-10", "ORDER-2", "order-\U0001f600"]
    assert purchases.find_orders_beginning("order-1", 1) == ["order-1"]
    assert purchases.find_orders_beginning("or", 9) == []


def test_an_order_of_many_purchases_is_one_order_that_begins_so(app: Flask) -> None:
    for number in (1, 2, 3):
        store_purchase(buy_id=number, custom_id="order-1")
    store_purchase(buy_id=4, custom_id="order-2")
    assert purchases.find_orders_beginning("order", 2) == ["order-1", "order-2"]


def test_letters_that_patterns_give_a_meaning_mean_themselves(app: Flask) -> None:
    store_purchase(buy_id=1, custom_id="100%_a")
    store_purchase(buy_id=2, custom_id="100xya")
    assert purchases.find_orders_beginning("100%_", 9) == ["100%_a"]
