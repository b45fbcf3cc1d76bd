"""``market_getinfo`` in its three forms, ``balance``, ``status`` and the answers to what is wrong."""

from pathlib import Path

import pytest
import requests

from dashboard import simulator
from dashboard.simulator import Simulator
from tests.simulator.hands import Client

DOCUMENTED = b"""{
"status": "success",
"item": {
"id": "1280",
"name": "Taunt: RazorFlip!",
"price": "0.16",
"classid": "1723112726"
},
"buy_id": "9",
"offer_status": "trade_create_error",
"error_reason": null,
"steamid": "76561198050648523",
"date": "1596999226",
"balance_debited_sum": "11.73"
}"""


def test_the_documented_example_comes_byte_for_byte(client: Client) -> None:
    assert client.post(method="market_getinfo", buy_id=9).content == DOCUMENTED


def test_the_documented_example_stands_in_lists_too(client: Client) -> None:
    item = client.ask("market_getinfo", buy_ids=[9])["items"][0]
    assert (item["buy_id"], item["balance_debited_sum"], "status" in item) == ("9", "11.73", False)


def test_an_unknown_id_is_not_found(client: Client) -> None:
    assert client.look_up(12345) == {"status": "error", "error_code": 2, "error_message": "offer_not_found"}


@pytest.mark.parametrize("buy_id", ["nine", "9'", "-9", 9.0, True, [9], "9" * 40])
def test_an_id_that_is_no_number_is_not_found(client: Client, buy_id: object) -> None:
    assert client.ask("market_getinfo", buy_id=buy_id)["error_code"] == 2


def test_several_purchases_come_in_the_order_of_their_ids_and_once_each(client: Client, quiet: Simulator) -> None:
    first, second = quiet.add_purchase(), quiet.add_purchase()
    items = client.ask("market_getinfo", buy_ids=[second, first, second, "9"])["items"]
    assert [int(item["buy_id"]) for item in items] == [9, first, second]


def test_unknown_ids_of_a_list_are_left_out(client: Client) -> None:
    items = client.ask("market_getinfo", buy_ids=[7, 9, 8])["items"]
    assert [item["buy_id"] for item in items] == ["9"]


def test_a_list_of_only_unknown_ids_is_not_found(client: Client) -> None:
    assert client.ask("market_getinfo", buy_ids=[7, 8])["error_code"] == 2


def test_purchases_are_found_by_custom_id(client: Client, quiet: Simulator) -> None:
    buy_id = quiet.add_purchase(custom_id="order-7-1")
    items = client.ask("market_getinfo", custom_ids=["order-7-1", "order-8-1"])["items"]
    assert [(item["buy_id"], item["custom_id"]) for item in items] == [(str(buy_id), "order-7-1")]


@pytest.mark.parametrize("parameters", [{}, {"buy_ids": []}, {"buy_id": ""}, {"custom_ids": "order-7-1"}])
def test_a_lookup_without_ids_lacks_a_parameter(client: Client, parameters: dict[str, object]) -> None:
    assert client.ask("market_getinfo", **parameters)["error_code"] == 1


def test_an_unknown_method_is_refused(client: Client) -> None:
    assert client.ask("market_sell")["error_message"] == "invalid_method"


@pytest.mark.parametrize("command", ["GET", "PUT", "DELETE", "PATCH"])
def test_only_post_is_answered(quiet: Simulator, command: str) -> None:
    response = requests.request(command, quiet.api_url, timeout=5)
    assert (response.status_code, response.json()["error_code"]) == (200, -1)


def test_another_address_is_not_found(quiet: Simulator) -> None:
    assert requests.post(quiet.api_url.replace("api.php", "other"), timeout=5).status_code == 404


def test_the_connection_is_kept_open(client: Client) -> None:
    first = client.post(method="status")
    second = client.post(method="status")
    assert first.headers.get("Connection") != "close"
    assert second.json() == {"status": "success", "available": True}


def test_the_balance_is_text_in_dollars_and_other_currencies(client: Client) -> None:
    answer = client.ask("balance")
    assert answer["balance"].partition(".")[2].__len__() == 2
    assert {"balance_eur", "balance_rub"} <= answer.keys()


def test_all_numbers_of_a_planned_purchase_are_text(full_client: Client) -> None:
    purchase = full_client.all_history()[-1]
    texts = [purchase[name] for name in ("buy_id", "steamid", "date", "balance_debited_sum")]
    assert all(isinstance(value, str) for value in [*texts, *purchase["item"].values()])


def test_the_example_is_kept_as_a_file_of_its_own() -> None:
    file = Path(simulator.__file__).with_name("documented_example.json")
    assert file.read_bytes() == DOCUMENTED
