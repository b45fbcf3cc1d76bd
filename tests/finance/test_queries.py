"""Sums of periods: whatever the zone and the cut, they equal a plain addition of the rows."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from dashboard.db.extensions import db
from dashboard.finance import queries as reports
from dashboard.finance.report import Report, total_of
from dashboard.lib.periods import By, Period
from dashboard.purchases import store
from dashboard.purchases.finality import Settlement
from dashboard.purchases.models import Purchase
from dashboard.purchases.statuses import STATUSES
from dashboard.purchases.store import Source
from dashboard.totals.sums import Sums
from tests.purchases.samples import a_record, an_answer, store_purchase

ZONES = (
    "UTC", "Europe/Berlin", "Europe/London", "America/New_York", "America/St_Johns", "America/Sao_Paulo",
    "America/Havana", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tehran", "Asia/Tokyo", "Asia/Beirut",
    "Australia/Eucla", "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Chatham", "Pacific/Kiritimati",
    "Pacific/Marquesas", "Pacific/Pago_Pago", "Africa/Monrovia",
)  # fmt: skip
FIRST = datetime(2011, 12, 20, tzinfo=UTC)
"""Around the day that Samoa left out, and with several changes of clocks in the year that follows."""


def stored_purchases(count: int = 700) -> None:
    statuses = [status.value for status in STATUSES] + ["accepted"] * 20 + ["brand_new"]
    records = []
    for number in range(1, count + 1):
        # Every 11 h 3 min 7 s: over 700 purchases every quarter of the day has some, and none is on a bound by chance.
        date_ = FIRST + timedelta(seconds=39_787 * number)
        if number % 30 == 0:
            date_ = date_.replace(minute=0, second=0, microsecond=0)
        records.append(
            a_record(
                buy_id=number, date=date_, offer_status=statuses[number * 7 % len(statuses)],
                in_hold=number % 4 == 0 or None, price=None if number % 17 == 0 else Decimal(number).scaleb(-3),
                balance_debited_sum=None if number % 13 == 0 else Decimal(number * 1_001).scaleb(-3),
            )
        )  # fmt: skip
    store.record_answer(an_answer(*records), Source.HISTORY)


def sums_of(rows: list[Any]) -> dict[Settlement, Sums]:
    sums: dict[Settlement, Sums] = {}
    for row in rows:
        one = Sums(
            1, row.balance_debited_sum or Decimal(0), row.price or Decimal(0),
            int(row.price is None), int(row.balance_debited_sum is None),
        )  # fmt: skip
        sums[Settlement(row.part)] = sums.get(Settlement(row.part), Sums()) + one
    return sums


def assert_report_equals_rows(report: Report) -> None:
    zone, rows = report.period.zone, list(db.session.execute(select(*Purchase.__table__.columns)))

    def of_days(first: date, last: date) -> list[Any]:
        return [row for row in rows if first <= row.date.astimezone(zone).date() <= last]

    for row in report.rows:
        assert row.parts == sums_of(of_days(row.days.first, row.days.last)), row.days
    whole = sums_of(of_days(report.period.first, report.period.last))
    assert report.parts == whole
    assert total_of(report.parts) == sum((row.total for row in report.rows), Sums())
    before = report.period.before()
    assert report.before == sums_of(of_days(before.first, before.last))


@pytest.fixture
def filled(app: Flask) -> Flask:
    stored_purchases()
    return app


@given(
    zone=st.sampled_from(ZONES),
    first=st.dates(date(2011, 12, 15), date(2013, 2, 15)),
    days=st.integers(0, 420),
    by=st.sampled_from(By),
)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_report_of_any_days_in_any_zone_equals_the_rows(
    filled: Flask, zone: str, first: date, days: int, by: By
) -> None:
    period = Period(first, first + timedelta(days=days), ZoneInfo(zone), by)
    assert_report_equals_rows(reports.find_report(period))


def test_a_year_by_day_week_and_month_equals_the_rows_in_every_zone(filled: Flask) -> None:
    for zone in ZONES:
        for by in By:
            period = Period(date(2012, 1, 1), date(2012, 9, 30), ZoneInfo(zone), by)
            assert_report_equals_rows(reports.find_report(period))


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", date(2026, 3, 29), 23),
        ("Europe/Berlin", date(2026, 10, 25), 25),
        ("Asia/Kolkata", date(2026, 10, 25), 24),
        ("Australia/Lord_Howe", date(2026, 4, 5), 24),
    ],
)
def test_a_day_holds_all_its_hours_and_no_other(app: Flask, zone: str, day: date, hours: int) -> None:
    start = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    quarters = [start + timedelta(minutes=15 * number) for number in range(-8, 4 * hours + 12)]
    told = [a_record(buy_id=number, date=moment) for number, moment in enumerate(quarters, 1)]
    store.record_answer(an_answer(*told), Source.HISTORY)
    report = reports.find_report(Period(day, day, ZoneInfo(zone), By.DAY))
    expected = {quarter for quarter in quarters if quarter.astimezone(ZoneInfo(zone)).date() == day}
    assert total_of(report.parts).count == len(expected) in (4 * hours, 4 * hours + 2)


def test_the_edges_of_a_period_are_exact_to_the_microsecond(app: Flask) -> None:
    midnight = datetime(2026, 11, 1, tzinfo=ZoneInfo("Asia/Kathmandu")).astimezone(UTC)
    moment = timedelta(microseconds=1)
    for number, at in enumerate((midnight - moment, midnight, midnight + timedelta(days=30) - moment), 1):
        store_purchase(buy_id=number, date=at)
    store_purchase(buy_id=4, date=midnight + timedelta(days=30))
    report = reports.find_report(Period(date(2026, 11, 1), date(2026, 11, 30), ZoneInfo("Asia/Kathmandu"), By.MONTH))
    assert total_of(report.parts).count == 2


def test_three_decimals_survive_any_number_of_additions(app: Flask) -> None:
    told = [a_record(buy_id=number, balance_debited_sum=Decimal("0.001"), price=None) for number in range(1, 1002)]
    store.record_answer(an_answer(*told), Source.HISTORY)
    report = reports.find_report(Period(date(2026, 11, 1), date(2026, 11, 30), ZoneInfo("UTC"), By.DAY))
    assert total_of(report.parts) == Sums(1001, Decimal("1.001"), Decimal(0), 1001, 0)
