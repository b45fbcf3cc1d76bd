"""How long the balance lasts: the newest reading at the pace of what the last 24 hours' purchases debited."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from dashboard.finance.balance.bridge import Reading
from dashboard.finance.balance.queries import find_runway, find_runways
from dashboard.finance.balance.runway import Runway
from dashboard.sync.balance_store import SCHEDULE, record_balance
from tests.purchases.samples import store_purchase

NOW = datetime(2026, 11, 25, 12, 7, 31, tzinfo=UTC)
HOUR = timedelta(hours=1)


def buy(buy_id: int, at: datetime, debited: str | None) -> None:
    sum_ = None if debited is None else Decimal(debited)
    store_purchase(asked_at=NOW, buy_id=buy_id, date=at, balance_debited_sum=sum_)


def test_a_balance_of_a_days_debits_lasts_a_day(app: Flask) -> None:
    record_balance(Decimal("30.00"), NOW - HOUR, SCHEDULE)
    for number in range(20):
        buy(number + 1, NOW - timedelta(minutes=71 * number + 1), "1.50")
    assert find_runway(NOW).hours == 24


def test_exactly_the_last_24_hours_are_the_pace(app: Flask) -> None:
    record_balance(Decimal(100), NOW, SCHEDULE)
    buy(1, NOW - timedelta(hours=24), "7")
    buy(2, NOW - timedelta(hours=24, microseconds=1), "1000")
    buy(3, NOW - timedelta(microseconds=1), "1")
    buy(4, NOW, "1000")
    assert find_runway(NOW).debited == 8


def test_sums_that_are_not_known_are_counted_and_no_pace(app: Flask) -> None:
    record_balance(Decimal(100), NOW, SCHEDULE)
    buy(1, NOW - HOUR, None)
    runway = find_runway(NOW)
    assert (runway.hours, runway.not_known) == (None, 1)


def test_deposits_are_no_pace(app: Flask) -> None:
    record_balance(Decimal(10), NOW - 3 * HOUR, SCHEDULE)
    record_balance(Decimal(1000), NOW - HOUR, SCHEDULE)
    buy(1, NOW - 2 * HOUR, "100")
    assert find_runway(NOW).hours == 240


def test_without_a_reading_it_is_not_known_how_long_it_lasts(app: Flask) -> None:
    buy(1, NOW - HOUR, "1")
    assert find_runway(NOW).hours is None


def test_without_purchases_it_is_not_known_how_long_it_lasts(app: Flask) -> None:
    record_balance(Decimal(100), NOW, SCHEDULE)
    assert find_runway(NOW).hours is None


def test_past_moments_have_the_reading_and_the_pace_of_then(app: Flask) -> None:
    record_balance(Decimal(48), NOW - 30 * HOUR, SCHEDULE)
    record_balance(Decimal(12), NOW, SCHEDULE)
    buy(1, NOW - 31 * HOUR, "24")
    buy(2, NOW - HOUR, "12")
    moments = [NOW - 32 * HOUR, NOW - 30 * HOUR, NOW - 2 * HOUR, NOW]
    assert [runway.hours for runway in find_runways(moments)] == [None, 48, None, 24]


@pytest.mark.parametrize("amount", ["0", "-5"])
def test_what_is_used_up_lasts_no_hours(amount: str) -> None:
    assert Runway(Reading(NOW, Decimal(amount), SCHEDULE), Decimal(1), 0).hours == 0


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_twice_the_balance_lasts_twice_as_long(balance: int, debited: int) -> None:
    def lasts(amount: int) -> Decimal:
        hours = Runway(Reading(NOW, Decimal(amount), SCHEDULE), Decimal(debited), 0).hours
        assert hours is not None
        return hours

    assert abs(lasts(2 * balance) - 2 * lasts(balance)) <= lasts(balance) * Decimal("1e-20")
