"""Both ways to say who is asking are really checked."""

import hashlib
import hmac
from typing import Any

import pytest
import requests

from dashboard.simulator import Simulator
from dashboard.simulator.access import signed_text
from tests.simulator.hands import Client


def sign(text: str) -> str:
    return hmac.new(b"demo-secret", text.encode(), hashlib.sha1).hexdigest()


def post(simulator: Simulator, parameters: dict[str, Any], **headers: str) -> dict[str, Any]:
    return dict(requests.post(simulator.api_url, json=parameters, headers=headers, timeout=5).json())


def test_the_right_headers_are_accepted(client: Client) -> None:
    assert client.look_up(9)["status"] == "success"


@pytest.mark.parametrize(
    ("headers", "code", "message"),
    [
        ({"X-CLIENT-ID": "stranger", "X-CLIENT-SECRET": "demo-secret"}, -2, "invalid_shopid"),
        ({"X-CLIENT-ID": "demo-client", "X-CLIENT-SECRET": "wrong"}, -10, "invalid_client_secret"),
        ({"X-CLIENT-ID": "demo-client"}, -10, "invalid_client_secret"),
        ({}, -2, "invalid_shopid"),
    ],
)
def test_wrong_headers_are_refused(quiet: Simulator, headers: dict[str, str], code: int, message: str) -> None:
    answer = post(quiet, {"method": "market_getinfo", "buy_id": 9}, **headers)
    assert answer == {"status": "error", "error_code": code, "error_message": message}


def test_a_signed_request_is_accepted(quiet: Simulator) -> None:
    signature = sign("buy_id:9;method:market_getinfo;shopid:demo-client;")
    answer = post(quiet, {"method": "market_getinfo", "buy_id": 9, "shopid": "demo-client", "sign": signature})
    assert answer["buy_id"] == "9"


def test_arrays_are_left_out_of_the_signed_text(quiet: Simulator) -> None:
    signature = sign("method:market_getinfo;shopid:demo-client;")
    parameters = {"method": "market_getinfo", "buy_ids": [9], "shopid": "demo-client", "sign": signature}
    assert post(quiet, parameters)["items"][0]["buy_id"] == "9"


def test_a_signed_form_is_accepted(quiet: Simulator) -> None:
    fields = {"method": "market_getinfo", "buy_ids[]": ["9", "10"], "shopid": "demo-client"}
    fields["sign"] = sign("method:market_getinfo;shopid:demo-client;")
    answer = requests.post(quiet.api_url, data=fields, timeout=5).json()
    assert [item["buy_id"] for item in answer["items"]] == ["9"]


def test_a_wrong_signature_is_refused(quiet: Simulator) -> None:
    signature = sign("buy_id:8;method:market_getinfo;shopid:demo-client;")
    answer = post(quiet, {"method": "market_getinfo", "buy_id": 9, "shopid": "demo-client", "sign": signature})
    assert answer["error_code"] == -3


def test_a_signature_for_an_unknown_project_is_refused(quiet: Simulator) -> None:
    assert post(quiet, {"method": "status", "shopid": "stranger", "sign": "x"})["error_code"] == -2


def test_the_signed_text_is_the_documented_one() -> None:
    parameters = {"shopid": 123, "order_id": 1, "method": "orderstatus", "sign": "left out"}
    assert signed_text(parameters) == "method:orderstatus;order_id:1;shopid:123;"


def test_a_body_that_is_no_json_is_refused_without_a_crash(quiet: Simulator) -> None:
    headers = {"Content-Type": "application/json"}
    response = requests.post(quiet.api_url, data=b"{\xff", headers=headers, timeout=5)
    assert response.json()["error_code"] == -2
