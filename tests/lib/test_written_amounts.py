"""Sums as people write them: recognised for a whole column, or refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.lib.written_amounts import InTwoWays, Unreadable, amount_of, amount_shown, currency_named, decimal_mark

cents = st.integers(-(10**12), 10**12).map(lambda number: Decimal(number).scaleb(-2))


def read(*column: object) -> list[Decimal | Unreadable]:
    mark = decimal_mark(column)
    assert isinstance(mark, str), mark
    return [amount_of(value, mark) for value in column]


def refusal(*column: object) -> str:
    mark = decimal_mark(column)
    if isinstance(mark, Unreadable):
        return mark.why
    assert isinstance(mark, str), mark
    return next(value.why for value in (amount_of(one, mark) for one in column) if isinstance(value, Unreadable))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("11.73", "11.73"), ("11,73", "11.73"), ("1,234.50", "1234.5"), ("1.234,50", "1234.5"), ("1 234,5", "1234.5"),
        ("1\u00a0234,50", "1234.5"), ("1'234.50", "1234.5"), ("$11.73", "11.73"), ("11.73 USD", "11.73"),
        ("-5", "-5"), ("\u22125.00", "-5"), ("(5.00)", "-5"), ("5.00-", "-5"), ("0.125", "0.125"), ("0,125", "0.125"),
        ("1,234,567", "1234567"), ("1.234.567", "1234567"), (".5", "0.5"), ("5.", "5"), ("7", "7"),
        ("1234.567", "1234.567"),
        ("5.-", "5"), ("5,–", "5"), ("$5.–", "5"), ("(5.-)", "-5"), ('="11.73"', "11.73"), ("'11.73", "11.73"),
        ("１１．７３", "11.73"), ("11.73\u200b", "11.73"), ("-$5", "-5"), ("$-5", "-5"), ("($5)", "-5"), ("+5", "5"),
        ("US-$ 5", "5"), ("5 US$", "5"), ("1 234 567,5", "1234567.5"), ("11.730000000", "11.73"),
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
        (("11.73", "11,73"), "mixes decimal points"), (("$ 11.73", "11,73 $"), "mixes decimal points"),
        (("1.234", "1,234"), "mixes decimal points"), (("$1,234", "5", "1.234"), "mixes decimal points"),
        (("7,50 €",), "is in EUR"), (("5", "7.50 €"), "is in EUR"),
        (("11.7300000000001",), "more than six decimals"), (("1$2",), "not a sum"), (("5+",), "not a sum"),
        (("(5",), "not a sum"), (("(-5)",), "not a sum"), (("1 2",), "not a sum"), (("50%",), "not a sum"),
        (("1.2.3",), "not a sum"), (("5 €",), "is in EUR, not in US dollars"), (("C$ 5",), "is in CAD"),
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


@pytest.mark.parametrize(
    "column", [("1,234", "5"), ("1.234",), ("1.234", "2.500"), ("$1.234",), ("-1,234",), ("999.999",)]
)
def test_a_column_that_nothing_tells_the_meaning_of_is_not_guessed(column: tuple[str, ...]) -> None:
    assert decimal_mark(column) == InTwoWays(column[0])


@pytest.mark.parametrize("sure", ["0.125", "1234.567", "1.23", "1.2345", ".5", "1,234.567"])
def test_one_value_that_can_be_read_in_one_way_alone_tells_of_the_column(sure: str) -> None:
    assert decimal_mark(["1.234", sure]) == "."
    assert decimal_mark([text.translate(str.maketrans(",.", ".,")) for text in ("1.234", sure)]) == ","


@pytest.mark.parametrize(
    ("name", "currency"),
    [
        ("$", "USD"), ("usd", "USD"), ("US$", "USD"), ("US Dollars", "USD"), ("€", "EUR"), ("euro", "EUR"),
        ("C$", "CAD"), ("A$", "AUD"), ("HK$", "HKD"), ("R$", "BRL"), ("NT$", "TWD"), ("руб.", "RUB"),
        ("zł", "PLN"), ("£", "GBP"),
        ("", ""), ("order", None), ("X$", "X$"), ("12$", None), ("¤", "¤"),
    ],
)  # fmt: skip
def test_currencies_are_told_apart(name: str, currency: str | None) -> None:
    assert currency_named(name) == currency


def test_a_number_is_in_the_currency_that_its_format_shows() -> None:
    assert amount_shown(Decimal("11.73"), "11.73 $") == Decimal("11.73")
    foreign = amount_shown(Decimal("11.73"), "11.73 €")
    assert isinstance(foreign, Unreadable)
    assert foreign.is_foreign
    assert isinstance(amount_shown(Decimal("0.5"), "50%"), Unreadable)


def test_noise_of_binary_numbers_is_taken_off_numbers_and_never_off_text() -> None:
    assert read(Decimal("11.7300000000001")) == [Decimal("11.73")]
    assert "more than six decimals" in refusal("11.7300000000001")


@given(
    st.lists(st.integers(1, 10**9).map(lambda number: Decimal(number).scaleb(-2)), min_size=1),
    st.sampled_from([",", "'", " ", "\u00a0", "\u202f", "’", ""]),
    st.sampled_from(["{}", "${}", "{} $", "USD {}", "{}USD", "({})", "{}-", "-{}", "\u2212{}", '="{}"', " {} "]),
)
def test_a_column_is_read_back_exactly_in_any_frame(column: list[Decimal], grouped: str, frame: str) -> None:
    written = [frame.format(f"{value:,.2f}".replace(",", grouped)) for value in column]
    sign = -1 if any(mark in frame for mark in "(-\u2212") else 1
    assert read(*written) == [sign * value for value in column]


@given(st.text(max_size=30))
def test_any_text_is_a_sum_or_says_why_it_is_none(text: str) -> None:
    for mark in (".", ","):
        assert isinstance(amount_of(text, mark), Decimal | Unreadable)
    assert isinstance(decimal_mark([text]), str | Unreadable | InTwoWays)
