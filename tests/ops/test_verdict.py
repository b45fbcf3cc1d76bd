"""The rule behind the sentence on top of the operations page."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from dashboard.ops.outcomes import Outcomes
from dashboard.ops.verdict import Kind, Quarter, is_failing, judge, normal_rate, threshold, with_beginning

HOUR = timedelta(hours=1)
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def outcomes(failed: int, of: int) -> Outcomes:
    counts = {("trade_create_error", ""): failed, ("accepted", ""): of - failed}
    return Outcomes({key: number for key, number in counts.items() if number})


def quarters(*pairs: tuple[int, int]) -> list[Quarter]:
    """Quarters before noon, the newest first, each with (failed, of)."""
    return [Quarter(NOON - timedelta(minutes=15 * (index + 1)), outcomes(*pair)) for index, pair in enumerate(pairs)]


def test_nothing_decided_is_no_verdict() -> None:
    assert judge(HOUR, Outcomes({("waiting_accept", ""): 9}), None).kind is Kind.NOTHING


@pytest.mark.parametrize(("decided", "kind"), [(19, Kind.TOO_FEW), (20, Kind.USUAL)])
def test_a_rate_is_judged_from_twenty_purchases_on(decided: int, kind: Kind) -> None:
    assert judge(HOUR, outcomes(0, decided), Decimal("0.03")).kind is kind


def test_five_failures_of_few_are_trouble_and_four_are_not() -> None:
    assert is_failing(outcomes(5, 6), Decimal("0.03"))
    assert not is_failing(outcomes(4, 4), Decimal("0.03"))


def test_twice_the_normal_rate_is_not_enough_where_chance_explains_it() -> None:
    assert not is_failing(outcomes(5, 50), Decimal("0.05"))
    assert is_failing(outcomes(50, 500), Decimal("0.05"))


def test_a_high_rate_that_is_normal_is_no_trouble() -> None:
    assert not is_failing(outcomes(300, 1000), Decimal("0.28"))


def test_without_a_normal_rate_a_fifth_must_fail() -> None:
    assert not is_failing(outcomes(19, 100), None)
    assert is_failing(outcomes(20, 100), None)


def test_the_threshold_is_half_as_much_again_or_five_points_more() -> None:
    assert (threshold(Decimal("0.02")), threshold(Decimal("0.2"))) == (Decimal("0.07"), Decimal("0.3"))


def test_more_failures_than_usual_are_said_even_where_nothing_need_be_broken() -> None:
    assert judge(HOUR, outcomes(22, 70), Decimal("0.185")).kind is Kind.RAISED
    assert judge(HOUR, outcomes(15, 70), Decimal("0.185")).kind is Kind.USUAL


def test_normal_needs_twenty_purchases_in_all_weeks_together() -> None:
    assert normal_rate([outcomes(1, 5)] * 3) is None
    assert normal_rate([outcomes(1, 5)] * 4) == Decimal("0.2")


def test_trouble_began_with_the_first_of_the_bad_quarters() -> None:
    verdict = judge(HOUR, outcomes(30, 40), Decimal("0.03"))
    found = with_beginning(verdict, quarters((9, 10), (10, 10), (10, 10), (0, 10), (10, 10)))
    assert found.since == NOON - timedelta(minutes=45)
    assert (found.failing.failed, found.is_since_before) == (29, False)


def test_quarters_with_next_to_nothing_in_them_are_passed_over() -> None:
    verdict = judge(HOUR, outcomes(20, 20), Decimal("0.03"))
    found = with_beginning(verdict, quarters((0, 0), (0, 2), (10, 10), (0, 0), (10, 10), (0, 10)))
    assert found.since == NOON - timedelta(minutes=75)


def test_trouble_that_reaches_back_as_far_as_was_looked_may_be_older() -> None:
    verdict = judge(HOUR, outcomes(20, 20), Decimal("0.03"))
    assert with_beginning(verdict, quarters((10, 10), (10, 10))).is_since_before


def test_trouble_whose_last_quarter_is_normal_again_is_over() -> None:
    verdict = judge(HOUR, outcomes(30, 40), Decimal("0.03"))
    assert with_beginning(verdict, quarters((0, 10), (10, 10), (10, 10), (10, 10))).kind is Kind.OVER
