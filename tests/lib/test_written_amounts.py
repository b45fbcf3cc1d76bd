"""Sums as people write them: recognised for a whole column, or refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.lib.written_amounts import Unreadable, amounts_of

cents = st.integers(-(10**12), 10**12).map(lambda number: Decimal(number).scaleb(-2))


def read(*column: object) -> list[Decimal | Unreadable]:
    amounts = amounts_of(column)
    assert not isinstance(amounts, Unreadable), amounts.why
    return list(amounts)


def refusal(*column: object) -> str:
    amounts = amounts_of(column)
    if isinstance(amounts, Unreadable):
        return amounts.why
    return next(value.why for value in amounts if isinstance(value, Unreadable))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("11.73", "11.73"), ("11,73", "11.73"), ("1,234.50", "1234.5"), ("1.234,50", "1234.5"), ("1 234,5", "1234.5"),
        ("1\u00a0234,50", "1234.5"), ("1'234.50", "1234.5"), ("$11.73", "11.73"), ("11.73 USD", "11.73"),
        ("-5", "-5"), ("\u22125.00", "-5"), ("(5.00)", "-5"), ("5.00-", "-5"), ("0.125", "0.125"), ("0,125", "0.125"),
        ("1,234,567", "1234567"), ("1.234.567", "1234567"), (".5", "0.5"), ("5.", "5"), ("1.234", "1.234"), ("7", "7"),
        (Decimal("11.730000000000000426"), "11.73"), (Decimal(repr(0.1 + 0.2)), "0.3"), ("0.000001", "0.000001"),
    ],
)  # fmt: skip
def test_a_sum_is_read_exactly(written: object, meant: str) -> None:
    assert read(written) == [Decimal(meant)]


@pytest.mark.parametrize(
    ("column", "meant"),
    [
        (("1,234", "11,73"), ["1.234", "11.73"]),
        (("1,234", "11.73"), ["1234", "11.73"]),
        (("1.234", "11,73"), ["1234", "11.73"]),
    ],
)
def test_the_rest_of_the_column_says_what_a_comma_means(column: tuple[str, ...], meant: list[str]) -> None:
    assert read(*column) == [Decimal(text) for text in meant]


@pytest.mark.parametrize(
    ("column", "why"),
    [
        (("1,234", "5"), "can be read in two ways"), (("11.73", "11,73"), "mixes decimal points"),
        (("abc",), "not a sum"),
        (("",), "is empty"), ((None,), "is empty"), ((True,), "not a sum"), (("1.1234567",), "more than six decimals"),
        (("1e5",), "not a sum"), (("NaN",), "not a sum"), ((Decimal("Infinity"),), "larger than any"),
        (("9" * 20,), "larger than any"),
        (("١٢",), "not a sum"), (("1_000",), "not a sum"), (("--5",), "not a sum"), (("$",), "not a sum"),
    ],
)  # fmt: skip
def test_what_is_no_sum_or_could_be_two_is_refused(column: tuple[object, ...], why: str) -> None:
    assert why in refusal(*column)


@given(st.lists(cents, min_size=1, max_size=20))
def test_a_column_with_points_or_commas_is_read_back_exactly(column: list[Decimal]) -> None:
    plain = [f"{value:,.2f}" for value in column]
    continental = [text.translate(str.maketrans(",.", ".,")) for text in plain]
    assert read(*plain) == read(*continental) == column
