"""Money and moments come out of either database exactly as they went in."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, insert, select

from dashboard.db.columns import from_micros, to_micros
from dashboard.db.extensions import db
from dashboard.purchases.models import Purchase
from tests.purchases.samples import a_row

sums = st.decimals(min_value=-(10**9), max_value=10**9, places=6, allow_nan=False)


@given(sums)
def test_money_survives_the_way_to_the_column_and_back(value: Decimal) -> None:
    assert from_micros(to_micros(value)) == value


@given(sums)
def test_the_text_of_a_sum_means_the_same_as_its_decimal(value: Decimal) -> None:
    assert to_micros(str(value)) == to_micros(value)


@pytest.mark.parametrize("value", [1.5, 11.73, True])
def test_a_float_or_a_truth_value_is_refused_as_money(value: object) -> None:
    with pytest.raises(TypeError):
        to_micros(value)  # type: ignore[arg-type] # The wrong type is what is tested.


@pytest.mark.parametrize("value", ["0.0000001", "nan", "inf", "-inf", "1e999999999", "9223372036854.775808", "eleven"])
def test_what_cannot_be_kept_exactly_is_refused_as_money(value: str) -> None:
    with pytest.raises(ValueError, match="money"):
        to_micros(value)


def test_a_sum_over_rows_is_exact_to_the_last_decimal(app: Flask) -> None:
    rows = [a_row(buy_id=number, balance_debited_sum=Decimal("0.001")) for number in range(1, 1001)]
    db.session.execute(insert(Purchase), rows)
    assert db.session.execute(select(func.sum(Purchase.balance_debited_sum))).scalar_one() == Decimal("1.00")


def test_a_moment_comes_back_aware_and_in_utc(app: Flask) -> None:
    moment = datetime.fromisoformat("2026-03-29T03:30:00.123456+05:45")
    db.session.execute(insert(Purchase), [a_row(buy_id=1, date=moment)])
    stored = db.session.execute(select(Purchase.date)).scalar_one()
    assert (stored, stored.tzinfo) == (moment, UTC)


def test_a_moment_without_a_zone_is_refused(app: Flask) -> None:
    with pytest.raises(Exception, match="without a zone"):
        db.session.execute(insert(Purchase), [a_row(buy_id=1, date=datetime(2026, 1, 1))])  # noqa: DTZ001 - that is what is tested.
