"""Everything that can be made to go wrong does go wrong as its name says."""

import json
import time
from typing import Any

import pytest
import requests

from dashboard.simulator import Simulator
from dashboard.simulator.faults import KINDS
from tests.simulator.hands import Client


def items(client: Client, quiet: Simulator, **faults: Any) -> list[Any]:
    """The items of a list of three purchases, with faults on."""
    ids = [quiet.add_purchase() for _ in range(3)]
    quiet.set_faults(**faults)
    return list(client.ask("market_getinfo", buy_ids=ids)["items"])


def test_latency_delays_the_answer(client: Client, quiet: Simulator) -> None:
    quiet.set_faults(latency=0.2)
    begin = time.perf_counter()
    client.look_up(9)
    assert time.perf_counter() - begin >= 0.2


def test_a_reset_connection_is_an_error_at_the_client(client: Client, quiet: Simulator) -> None:
    quiet.set_faults(reset=True)
    with pytest.raises(requests.ConnectionError, match="reset"):
        client.look_up(9)


def test_a_bad_gateway_is_html(client: Client, quiet: Simulator) -> None:
    quiet.set_faults(html_502=True)
    response = client.post(method="status")
    assert (response.status_code, response.headers["Content-Type"]) == (502, "text/html")


def test_an_empty_body_comes_with_http_200(client: Client, quiet: Simulator) -> None:
    quiet.set_faults(empty_body=True)
    response = client.post(method="status")
    assert (response.status_code, response.content) == (200, b"")


def test_truncated_json_cannot_be_read(client: Client, quiet: Simulator) -> None:
    quiet.set_faults(truncated_json=True)
    with pytest.raises(json.JSONDecodeError):
        json.loads(client.post(method="status").content)


def test_a_body_can_be_cut_off_before_its_announced_length(client: Client, quiet: Simulator) -> None:
    quiet.set_faults(cut_off=True)
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        client.look_up(9)


def test_a_dripping_body_takes_its_time_and_is_complete(client: Client, quiet: Simulator) -> None:
    quiet.set_faults(drip=0.3)
    begin = time.perf_counter()
    assert client.look_up(9)["buy_id"] == "9"
    assert time.perf_counter() - begin >= 0.25


@pytest.mark.parametrize("code", [-1, -2, -3, -4, -5, -6, -7, -8, -9, -10, 1, 2])
def test_any_error_code_can_be_answered(client: Client, quiet: Simulator, code: int) -> None:
    quiet.set_faults(error_code=code)
    answer = client.look_up(9)
    assert (answer["status"], answer["error_code"]) == ("error", code)
    assert answer["error_message"] != "unknown_error"


def test_a_fault_can_be_meant_for_one_method(client: Client, quiet: Simulator) -> None:
    quiet.set_faults(error_code={"value": -6, "method": "balance"})
    assert client.ask("status")["status"] == "success"
    assert client.ask("balance")["error_code"] == -6


def test_a_fault_with_a_count_ends_by_itself(client: Client, quiet: Simulator) -> None:
    quiet.set_faults(error_code={"value": -9, "count": 2})
    assert [client.ask("status").get("error_code") for _ in range(3)] == [-9, -9, None]


def test_a_fault_with_a_probability_strikes_about_as_often(client: Client, quiet: Simulator) -> None:
    quiet.set_faults(error_code={"value": -9, "probability": 0.3})
    struck = sum(client.ask("status")["status"] == "error" for _ in range(200))
    assert 35 < struck < 85


def test_arrays_above_a_limit_are_refused(client: Client, quiet: Simulator) -> None:
    quiet.set_faults(max_ids=2)
    assert client.ask("market_getinfo", buy_ids=[9, 10, 11])["error_code"] == 1
    assert client.ask("market_getinfo", buy_ids=[9, 10])["status"] == "success"


@pytest.mark.parametrize("kind", list(KINDS))
def test_one_item_of_a_list_can_be_malformed(client: Client, quiet: Simulator, kind: str) -> None:
    got = items(client, quiet, malformed_item=kind)
    quiet.clear_faults()
    good = [quiet.get_purchase(buy_id) for buy_id in range(900_000_001, 900_000_004)]
    assert len(got) == 3
    assert sum(one in good for one in got) == 2


def test_one_item_of_a_list_can_be_missing(client: Client, quiet: Simulator) -> None:
    assert len(items(client, quiet, missing_item=True)) == 2


@pytest.mark.parametrize(
    ("fault", "field", "value"),
    [
        ("unknown_status", "offer_status", "in_review"),
        ("unknown_reason", "error_reason", "steam_family_view"),
        ("unknown_field", "warranty_until", {"since": "2026-01-01", "value": "1"}),
    ],
)
def test_one_purchase_can_have_an_undocumented_value(
    client: Client, quiet: Simulator, fault: str, field: str, value: object
) -> None:
    got = items(client, quiet, **{fault: True})
    assert [one.get(field) for one in got].count(value) == 1


def test_the_example_is_as_documented_again_when_faults_are_cleared(client: Client, quiet: Simulator) -> None:
    quiet.set_faults(unknown_status="held_by_steam")
    assert client.look_up(9)["offer_status"] == "held_by_steam"
    quiet.clear_faults()
    assert client.look_up(9)["offer_status"] == "trade_create_error"


def test_the_market_can_be_unavailable(client: Client, quiet: Simulator) -> None:
    quiet.set_faults(service_unavailable="site_off")
    assert client.ask("status") == {"status": "success", "available": False, "reason": "site_off"}


def test_history_can_lag_behind(client: Client, quiet: Simulator) -> None:
    quiet.add_purchase()
    quiet.set_faults(history_lag=60)
    assert [item["buy_id"] for item in client.all_history()] == ["9"]


def test_what_spoiled_an_answer_is_remembered(client: Client, quiet: Simulator) -> None:
    quiet.set_faults(html_502=True)
    client.post(method="status")
    assert [one.fault for one in quiet.requests] == ["html_502"]


@pytest.mark.parametrize(
    "faults",
    [
        {"earthquake": True},
        {"latency": "long"},
        {"error_code": "-9"},
        {"reset": 5},
        {"reset": {"often": 1}},
        {"malformed_item": "soggy"},
        {"latency": {"value": 1, "count": "x"}},
    ],
)
def test_a_fault_that_there_is_not_is_refused_and_changes_nothing(quiet: Simulator, faults: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        quiet.set_faults(html_502=True, **faults)
    assert quiet.faults.shown()["on"] == {}
