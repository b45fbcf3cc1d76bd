"""What the rules about trends find in plain figures, at the edges, and what chance alone does not make them find."""

import math
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.alerts import trend_conditions
from dashboard.alerts.trend_conditions import CHANCE, chance_of_at_most
from dashboard.alerts.trend_figures import AnsweredMinute, ReversalDay, ReversalFigures, VolumeFigures
from dashboard.alerts.wording import AlertFinding
from dashboard.finance.balance.bridge import Reading
from dashboard.finance.balance.runway import Runway

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
OPEN, CLOSED = frozenset({""}), frozenset[str]()
MINUTE = timedelta(minutes=1)

SLOW = {"seconds": 5, "least_answers": 10}
DROP = {"window_minutes": 60, "percent": 30, "least_usual": 30}
REVERSALS = {"least_customers": 10, "times_normal": 3}
RUNWAY = {"hours": 24}


def answered(*minutes: tuple[int, float]) -> list[AnsweredMinute]:
    """Minutes of so many answers that took so long each, the newest last."""
    first = NOW - len(minutes) * MINUTE
    return [
        AnsweredMinute(first + place * MINUTE, number, number * seconds, seconds)
        for place, (number, seconds) in enumerate(minutes)
    ]


def slow(minutes: list[AnsweredMinute], open_subjects: frozenset[str] = CLOSED) -> list[AlertFinding]:
    return trend_conditions.slow_answers(SLOW, minutes, open_subjects)


@pytest.mark.parametrize(
    ("number", "seconds", "is_found"), [(10, 5.0, True), (9, 5.0, False), (10, 4.9, False), (0, 0.0, False)]
)
def test_slow_answers_need_both_the_number_and_the_time(number: int, seconds: float, is_found: bool) -> None:
    assert bool(slow(answered((number, seconds)))) is is_found


def test_an_hour_of_quick_answers_does_not_hide_the_slow_ones_that_follow() -> None:
    assert slow(answered((400, 0.1), (400, 0.1), (400, 0.1), (4, 8), (8, 8)))


def test_a_minute_of_slow_answers_that_is_over_is_no_finding() -> None:
    assert not slow(answered((12, 8), (400, 0.1)))


def test_an_open_alert_about_slow_answers_stays_down_to_half_the_time() -> None:
    assert slow(answered((10, 2.5)), OPEN)
    assert not slow(answered((10, 2.4)), OPEN)


def test_slow_answers_are_told_with_their_number_and_time() -> None:
    (found,) = slow(answered((12, 6.25)))
    assert found.sentence == "SkinsBack answers slowly: in 6.2 seconds on average (12 answers since 25 Nov 11:59 UTC)."


def drop(purchases: int, *weeks: int, open_subjects: frozenset[str] = CLOSED) -> list[AlertFinding]:
    figures = VolumeFigures(NOW - timedelta(hours=1), NOW, purchases, weeks)
    return trend_conditions.volume_drop(DROP, figures, open_subjects)


@pytest.mark.parametrize(
    ("purchases", "usual", "is_found"), [(29, 100, True), (30, 100, False), (0, 29, False), (0, 30, True)]
)
def test_a_drop_needs_few_purchases_where_many_are_usual(purchases: int, usual: int, is_found: bool) -> None:
    assert bool(drop(purchases, usual, usual)) is is_found


def test_one_week_says_nothing_of_what_is_usual() -> None:
    assert not drop(0, 1000)


@pytest.mark.parametrize("odd", [0, 100_000])
def test_neither_an_outage_nor_a_sale_of_a_past_week_changes_what_is_usual(odd: int) -> None:
    assert drop(29, 100, odd, 100, 100)
    assert not drop(30, 100, odd, 100, 100)


def test_an_open_alert_about_a_drop_stays_up_to_twice_the_share() -> None:
    assert drop(59, 100, 100, open_subjects=OPEN)
    assert not drop(60, 100, 100, open_subjects=OPEN)


def test_a_drop_that_chance_makes_is_no_finding_whatever_the_thresholds() -> None:
    lenient = DROP | {"percent": 80, "least_usual": 5}
    figures = VolumeFigures(NOW - timedelta(hours=1), NOW, 3, (6, 6))
    assert not trend_conditions.volume_drop(lenient, figures, CLOSED)


def test_a_drop_is_told_with_what_is_usual() -> None:
    (found,) = drop(12, 90, 100)
    assert found.sentence == "Purchases from 11:00 to 25 Nov 12:00 UTC: 12; usual at this time of the week: 95."
    assert ("Weeks before", "90, 100") in found.figures


@given(st.integers(0, 300), st.floats(0.01, 300))
def test_the_chance_of_at_most_so_many_grows_with_them_and_is_a_chance(number: int, expected: float) -> None:
    chance = chance_of_at_most(number, expected)
    assert 0 <= chance <= 1
    assert chance <= chance_of_at_most(number + 1, expected)
    assert chance >= chance_of_at_most(number, expected + 1) - 1e-9


def test_the_chance_is_that_of_poisson() -> None:
    assert math.isclose(chance_of_at_most(2, 3.0), math.exp(-3) * (1 + 3 + 4.5))
    assert chance_of_at_most(9, 30.0) < CHANCE
    assert chance_of_at_most(3000, 10_000.0) == 0


@given(st.integers(0, 400), st.lists(st.integers(0, 400), max_size=4), st.booleans())
def test_a_drop_is_found_only_below_the_share_of_enough(purchases: int, weeks: list[int], is_open: bool) -> None:
    if drop(purchases, *weeks, open_subjects=OPEN if is_open else CLOSED):
        usual = trend_conditions.usual_of(weeks)
        assert usual is not None
        assert usual >= 30
        assert purchases < usual * (0.6 if is_open else 0.3)
        # What opens an alert keeps it open.
        assert drop(purchases, *weeks, open_subjects=OPEN)


def reversal(
    customers: int, deliveries: int = 1000, *, usual: int = 3, days: int = 28, open_subjects: frozenset[str] = CLOSED
) -> list[AlertFinding]:
    before = (ReversalDay(usual, 1000),) * days
    figures = ReversalFigures(NOW - timedelta(days=1), NOW, ReversalDay(customers, deliveries), before, (9,))
    return trend_conditions.reversal_rate(REVERSALS, figures, open_subjects)


@pytest.mark.parametrize(
    ("customers", "usual", "is_found"), [(12, 3, True), (9, 0, False), (10, 0, True), (29, 10, False), (30, 10, True)]
)
def test_many_reversals_need_both_the_number_and_the_multiple(customers: int, usual: int, is_found: bool) -> None:
    assert bool(reversal(customers, usual=usual)) is is_found


def test_more_reversals_of_more_deliveries_are_usual() -> None:
    assert reversal(30, 1000)
    assert not reversal(30, 10_000)


def test_in_the_first_two_weeks_nothing_is_usual() -> None:
    assert not reversal(1000, days=13)
    assert reversal(1000, days=14)


def test_the_worst_day_does_not_count_as_usual() -> None:
    days = [ReversalDay(3, 1000)] * 20
    assert trend_conditions.usual_reversals([*days, ReversalDay(900, 1000)]) == Decimal("0.003")


def test_an_open_alert_about_reversals_stays_down_to_half() -> None:
    assert reversal(6, open_subjects=OPEN)
    assert not reversal(4, open_subjects=OPEN)
    assert not reversal(6)


def test_many_reversals_are_told_with_what_is_normal() -> None:
    (found,) = reversal(12)
    assert found.sentence == (
        "12 customers' trades were reversed in the last 24 hours: 1.2% of the 1,000 deliveries that could be; 0.3% is "
        "normal."
    )
    assert found.buy_ids == (9,)


@given(st.integers(0, 100), st.integers(0, 5000), st.integers(0, 50))
def test_what_opens_an_alert_about_reversals_keeps_it_open(customers: int, deliveries: int, usual: int) -> None:
    if reversal(customers, deliveries, usual=usual):
        assert customers >= 10
        assert reversal(customers, deliveries, usual=usual, open_subjects=OPEN)


def runway(
    balance: str | None, debited: str, not_known: int = 0, open_subjects: frozenset[str] = CLOSED
) -> list[AlertFinding]:
    reading = None if balance is None else Reading(NOW, Decimal(balance), "schedule")
    return trend_conditions.balance_runway(RUNWAY, Runway(reading, Decimal(debited), not_known), open_subjects)


@pytest.mark.parametrize(("balance", "is_found"), [("99.99", True), ("100", False), ("0", True), (None, False)])
def test_a_balance_that_lasts_less_than_a_day_is_a_finding(balance: str | None, is_found: bool) -> None:
    assert bool(runway(balance, "100")) is is_found


def test_without_a_pace_nothing_is_found_however_low_the_balance() -> None:
    assert not runway("0", "0", not_known=5)


def test_an_open_alert_about_the_balance_stays_until_it_is_clearly_longer() -> None:
    assert runway("124", "100", open_subjects=OPEN)
    assert not runway("125", "100", open_subjects=OPEN)


def test_the_balance_is_told_with_its_hours_and_what_is_not_known() -> None:
    (found,) = runway("50", "100", not_known=2)
    assert found.sentence == (
        "The balance of $50.00 lasts 12.0 hours at the pace of the last 24 hours ($100.00 debited and 2 whose sum is "
        "not known)."
    )


@pytest.mark.parametrize("seed", range(5))
def test_a_week_of_normal_noise_is_no_drop_and_no_rise_of_reversals(seed: int) -> None:
    """Weeks by the quarter of an hour: a quiet night and a busy evening, and customers who reverse now and then."""
    dice = Random(seed)
    quarters = 7 * 96

    def week() -> list[int]:
        return [
            sum(dice.random() < 1.2 * (1.2 - math.cos(quarter % 96 / 96 * 2 * math.pi)) / 20 for _ in range(400))
            for quarter in range(quarters)
        ]

    past, now = [week() for _ in range(4)], week()
    for quarter in range(4, quarters):
        made, *before = (sum(one[quarter - 4 : quarter]) for one in (now, *past))
        assert not drop(made, *before)
    days = [ReversalDay(sum(dice.random() < 0.01 for _ in range(600)), 5000) for _ in range(35)]
    for day in range(7):
        figures = ReversalFigures(NOW, NOW, days[day], days[day + 1 : day + 29])
        assert not trend_conditions.reversal_rate(REVERSALS, figures, CLOSED)
