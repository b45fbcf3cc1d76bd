"""Pushed events say which purchase to ask about, and are taken only from a sender who knows the Client Secret."""

import hashlib
import hmac
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.skinsback.events import PushedEvent, UnreadableEvent, is_from_skinsback, parse_event

BODY = b'{"event":"status_change","data":{"buy_id":9}}'
SIGNATURE = hmac.new(b"secret", BODY, hashlib.sha256).hexdigest()
OLD_SIGN = hashlib.md5(b"client" + b"secret", usedforsecurity=False).hexdigest()


def is_accepted(body: bytes = BODY, secret: str = "secret", **headers: str) -> bool:
    return is_from_skinsback(body, lambda name: headers.get(name.replace("-", "_")), "client", secret)


def test_an_event_names_its_purchase() -> None:
    assert parse_event(BODY) == PushedEvent("status_change", buy_id=9)


def test_numbers_may_be_text() -> None:
    assert parse_event('{"event":"buy_item","data":{"buy_id":"9"}}') == PushedEvent("buy_item", buy_id=9)


def test_a_balance_is_exact() -> None:
    event = parse_event('{"event":"balance_change","data":{"balance_value":758.123}}')
    assert event == PushedEvent("balance_change", balance=Decimal("758.123"))


def test_an_event_that_is_not_documented_is_taken_as_it_is() -> None:
    assert parse_event('{"event":"new_thing","data":[]}') == PushedEvent("new_thing")


@pytest.mark.parametrize(
    "message",
    [
        "", "pong", "[]", "{}", '{"event":5}', '{"event":"buy_item","data":{"buy_id":"9e3"}}',
        '{"event":"buy_item","data":{"buy_id":true}}', '{"event":"buy_item","data":{"buy_id":-9}}',
        '{"event":"buy_item","data":{"buy_id":9223372036854775808}}', '{"event":"balance_change","data":{}}',
        '{"event":"buy_item","data":{"buy_id":"٩"}}', "[" * 5000, "x" * 70_000,
    ],
)  # fmt: skip
def test_what_is_no_event_is_refused_with_a_reason(message: str) -> None:
    with pytest.raises(UnreadableEvent, match=r"\w"):
        parse_event(message)


@given(st.binary(max_size=300))
def test_no_message_makes_reading_fail_in_another_way(message: bytes) -> None:
    try:
        parse_event(message)
    except UnreadableEvent:
        return


@pytest.mark.parametrize("header", ["Signature", "Authorization"])
def test_the_signature_of_the_body_is_accepted(header: str) -> None:
    assert is_accepted(**{header: SIGNATURE})
    assert is_accepted(**{header: SIGNATURE.upper()})


def test_the_sign_of_older_senders_is_accepted() -> None:
    assert is_accepted(X_SIGN=OLD_SIGN)


@pytest.mark.parametrize("signature", ["", "0" * 64, SIGNATURE[:-1], "é", OLD_SIGN])
def test_a_wrong_signature_is_refused(signature: str) -> None:
    assert not is_accepted(Signature=signature)


def test_no_signature_is_refused() -> None:
    assert not is_accepted()


def test_a_wrong_signature_is_not_saved_by_the_older_sign() -> None:
    assert not is_accepted(Signature="0" * 64, X_SIGN=OLD_SIGN)


def test_a_signature_for_another_body_is_refused() -> None:
    assert not is_accepted(BODY + b" ", Signature=SIGNATURE)


def test_without_a_secret_nobody_is_accepted() -> None:
    empty = hmac.new(b"", BODY, hashlib.sha256).hexdigest()
    assert not is_accepted(secret="", Signature=empty)
