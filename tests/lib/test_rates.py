"""Failure rate and reversal rate at their edges."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.lib.rates import failure_rate, percent_text, reversal_rate, share_text

counts = st.integers(0, 10**12)


def test_failures_are_counted_against_everything_that_has_an_outcome() -> None:
    assert failure_rate(failed=1, delivered=6, reversed_=1) == Decimal("0.125")


def test_reversals_are_counted_against_what_was_delivered_at_first() -> None:
    assert reversal_rate(delivered=3, reversed_=1) == Decimal("0.25")


def test_nothing_of_nothing_is_no_data() -> None:
    assert failure_rate(failed=0, delivered=0, reversed_=0) is None
    assert reversal_rate(delivered=0, reversed_=0) is None
    assert percent_text(None) == "no data"
    assert share_text(None) == ""


def test_no_failures_among_some_is_zero_not_no_data() -> None:
    assert failure_rate(failed=0, delivered=1, reversed_=0) == 0
    assert percent_text(Decimal(0)) == "0.0%"


def test_nothing_but_failures_is_one() -> None:
    assert failure_rate(failed=3, delivered=0, reversed_=0) == 1
    assert percent_text(Decimal(1)) == "100.0%"


def test_only_reversals_give_a_failure_rate_of_nothing() -> None:
    assert failure_rate(failed=0, delivered=0, reversed_=2) == 0
    assert reversal_rate(delivered=0, reversed_=2) == 1


@given(counts, counts, counts)
def test_a_rate_is_a_share_between_nothing_and_everything(failed: int, delivered: int, reversed_: int) -> None:
    rate = failure_rate(failed=failed, delivered=delivered, reversed_=reversed_)
    assert rate is None or 0 <= rate <= 1


@pytest.mark.parametrize("wrong", [{"delivered": -1, "reversed_": 1}, {"delivered": 1, "reversed_": -1}])
def test_negative_counts_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="negative"):
        reversal_rate(**wrong)


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Decimal("0.125"), "12.5%"),
        (Decimal("0.00005"), "<0.1%"),
        (Decimal("0.0005"), "0.1%"),
        (Decimal("0.9996"), ">99.9%"),
        (Decimal("0.9994"), "99.9%"),
    ],
)
def test_a_percentage_never_rounds_to_nothing_or_everything(share: Decimal, text: str) -> None:
    assert percent_text(share) == text


@pytest.mark.parametrize(
    ("share", "text"), [("0.125", "0.125"), ("0", "0"), ("1", "1"), ("0.500", "0.5"), ("1E-7", "0.0000001")]
)
def test_a_share_is_a_plain_decimal(share: str, text: str) -> None:
    assert share_text(Decimal(share)) == text


@given(counts, counts.filter(bool))
def test_the_text_of_a_share_reads_back_as_the_share(failed: int, delivered: int) -> None:
    rate = failure_rate(failed=failed, delivered=delivered, reversed_=0)
    assert rate is not None
    assert Decimal(share_text(rate)) == rate
