"""Which spellings of an order ID are one: any case, width and zeros, and never two that people tell apart."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard.purchases.order_ids import LONGEST_KEY, order_key

WRITABLE = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Abc-34001", "abc-34001"),
        ("007123", "7123"),
        ("0", "000"),
        ("STRASSE-1", "straße-1"),
        ("ＯＲＤＥＲ-１", "order-1"),
        ("order\u00a0\u20091", "Order 1"),
        ("\ufeff\u200border-1\u2060\ufe0f\u00ad", "order-1"),
        ("\u3164order-1\x00\x1f", "order-1"),
        ("ЗАКАЗ-1", "заказ-1"),
        ("e\u0301-1", "É-1"),
        ("  order   1\t", "order 1"),
        ("ﬃ" * 255, "FFI" * 255),
    ],
)  # fmt: skip
def test_spellings_of_one_order_have_one_key(typed: str, stored: str) -> None:
    assert order_key(typed) == order_key(stored)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("order-1", "order-2"), ("order-1", "order_1"), ("order 1", "order1"), ("a007", "a7"), ("0x7", "x7"),
        ("7", "70"), ("7123 1", "71231"), ("-1", "1"), ("order-1", "order-1."),
        ("\ufdfa" * 254 + "a", "\ufdfa" * 254 + "b"),
    ],
)  # fmt: skip
def test_different_orders_have_different_keys(one: str, other: str) -> None:
    assert order_key(one) != order_key(other)


@given(WRITABLE)
@example("\ufdfa" * 255)
def test_a_key_is_its_own_key_and_fits_its_column(text: str) -> None:
    key = order_key(text)
    assert order_key(key) == key
    assert len(key) <= LONGEST_KEY


@given(st.text(st.characters(codec="ascii"), max_size=60))
def test_no_key_depends_on_the_case_of_its_letters(text: str) -> None:
    assert order_key(text.upper()) == order_key(text.lower()) == order_key(text)


@given(WRITABLE)
def test_a_key_holds_nothing_that_a_database_refuses_or_that_sorts_behind_every_letter(text: str) -> None:
    assert not {"\0", "\U0010ffff"} & set(order_key(text))
