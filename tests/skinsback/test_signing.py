"""The older way to authenticate, held to the documented check."""

from dashboard.skinsback import signing


def test_the_documented_parameters_give_the_documented_text() -> None:
    parameters = {"method": "orderstatus", "order_id": 1, "shopid": 123}
    assert signing.signed_text(parameters) == "method:orderstatus;order_id:1;shopid:123;"


def test_the_signature_is_the_hmac_of_that_text() -> None:
    parameters = {"method": "orderstatus", "order_id": 1, "shopid": 123}
    # Computed without the code: printf 'method:…;' | openssl dgst -sha1 -hmac 123
    assert signing.signature(parameters, "123") == "abee99d476c736102c3d6062807761b6e4d31dd8"


def test_arrays_objects_and_the_signature_itself_are_left_out() -> None:
    parameters = {"sign": "x", "buy_ids": [1, 2], "options": {"a": 1}, "method": "market_getinfo"}
    assert signing.signed_text(parameters) == "method:market_getinfo;"


def test_signing_adds_the_client_id_and_never_the_secret() -> None:
    body = signing.signed({"method": "balance"}, "shop", "hidden")
    assert set(body) == {"method", "shopid", "sign"}
    assert "hidden" not in str(body)
