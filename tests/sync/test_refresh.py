"""Asking for one purchase or many: found, not found and not readable are different answers."""

from typing import Any

import pytest
import responses
from flask import Flask

from dashboard.simulator import Simulator
from dashboard.sync import refresh
from dashboard.sync.refresh_results import RefreshOutcome
from tests.conftest import MakeApp

URL = "https://skinsback.example/api.php"
GOOD = {"buy_id": 10, "offer_status": "accepted", "date": 1596999226, "item": {"price": "1"}}


@pytest.fixture
def wired_app(make_app: MakeApp) -> Any:
    app: Flask = make_app(SKINSBACK_API_URL=URL, SKINSBACK_CLIENT_ID="shop", SKINSBACK_CLIENT_SECRET="hidden")
    with app.app_context(), responses.RequestsMock() as wire:
        yield wire


@pytest.mark.parametrize("answer", [{}, {"buy_id": 8, "offer_status": "accepted", "date": 1596999226}])
def test_an_answer_that_is_not_about_the_purchase_is_unreadable_and_no_not_found(
    wired_app: responses.RequestsMock, answer: dict[str, Any]
) -> None:
    wired_app.post(URL, json={"status": "success", **answer})
    assert refresh.look_up(7).outcome is RefreshOutcome.UNREADABLE


@pytest.mark.parametrize("item", [None, {"offer_status": "accepted"}, []])
def test_an_item_that_may_be_any_of_those_asked_for_makes_the_rest_unreadable(
    wired_app: responses.RequestsMock, item: object
) -> None:
    wired_app.post(URL, json={"status": "success", "items": [GOOD, item]})
    found = refresh.look_up_many([10, 11], [], batch_size=100).by_buy_id
    assert [found[10].outcome, found[11].outcome] == [RefreshOutcome.FOUND, RefreshOutcome.UNREADABLE]


def test_an_item_rejected_under_another_id_says_nothing_of_the_rest(wired_app: responses.RequestsMock) -> None:
    wired_app.post(URL, json={"status": "success", "items": [GOOD | {"buy_id": 555, "date": "never"}]})
    assert refresh.look_up_many([11], [], batch_size=100).by_buy_id[11].outcome is RefreshOutcome.NOT_FOUND


def test_a_list_that_skinsback_finds_too_long_is_asked_for_in_parts(connected_app: Flask, skinsback: Simulator) -> None:
    buy_ids = [skinsback.add_purchase(custom_id=f"order-{number}") for number in range(5)]
    custom_ids = [f"order-{number}" for number in range(5)]
    skinsback.set_faults(max_ids=2)
    found = refresh.look_up_many(buy_ids, custom_ids, batch_size=100)
    assert [found.by_buy_id[buy_id].outcome for buy_id in buy_ids] == [RefreshOutcome.FOUND] * 5
    assert [found.by_custom_id[custom_id].outcome for custom_id in custom_ids] == [RefreshOutcome.FOUND] * 5
