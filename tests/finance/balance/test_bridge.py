"""The bridge, held to its definitions in docs/numbers.md by working it out again from the history of every purchase."""

import itertools
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from dashboard.db.database import writing
from dashboard.db.extensions import db
from dashboard.finance.balance.bridge import BridgeDay, whole
from dashboard.finance.balance.queries import find_bridge
from dashboard.lib import periods
from dashboard.purchases import store
from dashboard.purchases.models import Purchase, PurchaseAnswer, PurchaseVersion
from dashboard.purchases.store import Source
from dashboard.sync.balance_store import EVENT, record_balance
from dashboard.sync.models import BalanceReading
from dashboard.totals.models import HoldTotal, MoneyTotal, OutcomeTotal
from tests.purchases.samples import a_record, an_answer

UTC_ZONE = ZoneInfo("UTC")
DAY = date(2026, 10, 25)
NOON = datetime(2026, 10, 25, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)

ZONES = [
    "UTC", "Europe/Berlin", "Europe/London", "America/New_York", "America/Los_Angeles", "America/St_Johns",
    "America/Sao_Paulo", "America/Caracas", "Africa/Cairo", "Africa/Casablanca", "Asia/Kolkata", "Asia/Kathmandu",
    "Asia/Tehran", "Asia/Kabul", "Asia/Yangon", "Asia/Tokyo", "Australia/Lord_Howe", "Australia/Eucla",
    "Pacific/Chatham", "Pacific/Kiritimati",
]  # fmt: skip


def store_at(moment: datetime, buy_id: int, made: datetime, debited: str | None, **fields: object) -> None:
    """Store what SkinsBack tells of a purchase at a moment."""
    record = a_record(
        buy_id=buy_id, date=made, balance_debited_sum=None if debited is None else Decimal(debited), **fields
    )
    with time_machine.travel(moment, tick=False):
        store.record_answer(an_answer(record, asked_at=moment), Source.SCHEDULED)


def bridge(first: date = DAY, last: date = DAY, zone: ZoneInfo = UTC_ZONE) -> list[BridgeDay]:
    return find_bridge(list(periods.days_between(first, last)), zone)


def read(moment: datetime, amount: str) -> None:
    record_balance(Decimal(amount), moment, EVENT)


def test_a_day_that_adds_up_leaves_nothing_unexplained(app: Flask) -> None:
    read(NOON - 13 * HOUR, "100")
    store_at(NOON, 1, NOON, "10.125")
    store_at(NOON, 2, NOON, "5")
    store_at(NOON + HOUR, 2, NOON, "0", offer_status="timeout")
    read(NOON + 11 * HOUR, "89.875")
    (day,) = bridge()
    assert (day.debited, day.returned, day.unexplained) == (Decimal("15.125"), Decimal(5), Decimal(0))
    assert (day.expected, day.purchases) == (Decimal("89.875"), 2)


def test_a_top_up_is_unexplained_above_zero(app: Flask) -> None:
    read(NOON - 13 * HOUR, "100")
    store_at(NOON, 1, NOON, "10")
    read(NOON + HOUR, "590")
    assert bridge()[0].unexplained == Decimal(500)


def test_what_comes_back_later_counts_on_the_day_it_is_seen(app: Flask) -> None:
    store_at(NOON, 1, NOON, "10")
    store_at(NOON + 24 * HOUR, 1, NOON, "4", offer_status="rollback_supplier")
    first, second = bridge(DAY, DAY + timedelta(days=1))
    assert (first.debited, first.returned) == (Decimal(10), Decimal(0))
    assert (second.debited, second.returned) == (Decimal(0), Decimal(6))


def test_a_sum_that_rises_later_is_debited_when_it_is_seen(app: Flask) -> None:
    store_at(NOON, 1, NOON, "10")
    store_at(NOON + 24 * HOUR, 1, NOON, "12.5")
    assert [day.debited for day in bridge(DAY, DAY + timedelta(days=1))] == [Decimal(10), Decimal("2.50")]


def test_a_purchase_heard_of_late_is_debited_on_the_day_it_was_made(app: Flask) -> None:
    store_at(NOON + 72 * HOUR, 1, NOON, None)
    store_at(NOON + 96 * HOUR, 1, NOON, "7")
    assert [day.debited for day in bridge(DAY, DAY + timedelta(days=4))] == [Decimal(7), *[Decimal(0)] * 4]


def test_a_debit_moves_with_its_purchase_when_the_date_is_corrected(app: Flask) -> None:
    store_at(NOON, 1, NOON, "10")
    store_at(NOON + HOUR, 1, NOON, "8")
    store_at(NOON + 2 * HOUR, 1, NOON - 24 * HOUR, "8")
    before, day = bridge(DAY - timedelta(days=1), DAY)
    assert (before.debited, before.purchases) == (Decimal(10), 1)
    assert (day.debited, day.returned, day.purchases) == (Decimal(0), Decimal(2), 0)


def test_without_a_reading_nothing_is_calculated(app: Flask) -> None:
    read(NOON, "100")
    read(NOON + 48 * HOUR, "90")
    days = bridge(DAY - timedelta(days=1), DAY + timedelta(days=3))
    assert [day.opening and day.opening.amount for day in days] == [None, None, Decimal(100), None, Decimal(90)]
    assert [day.closing and day.closing.amount for day in days] == [None, Decimal(100), None, Decimal(90), None]
    assert [day.unexplained for day in days] == [None] * 5


def test_what_failed_or_was_reversed_is_in_doubt(app: Flask) -> None:
    for number, status in enumerate(("accepted", "timeout", "rollback_user", "rollback_supplier", "new"), start=1):
        store_at(NOON, number, NOON, str(number), offer_status=status)
    assert bridge()[0].in_doubt == Decimal(2 + 3 + 4)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Asia/Kathmandu"])
def test_a_reading_at_the_very_edge_opens_the_day(app: Flask, zone: str) -> None:
    start = periods.day_start(DAY, ZoneInfo(zone))
    read(start, "100")
    read(start + timedelta(seconds=1), "90")
    (day,) = bridge(zone=ZoneInfo(zone))
    assert day.opening is not None
    assert day.closing is not None
    assert (day.opening.amount, day.closing.amount) == (Decimal(100), Decimal(90))


sums = st.none() | st.integers(0, 10**6).map(lambda number: str(Decimal(number).scaleb(-3)))
minutes = st.integers(0, 5 * 24 * 60)
START = NOON - 60 * HOUR


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    purchases=st.lists(st.tuples(minutes, st.lists(st.tuples(minutes, sums), min_size=1, max_size=4)), max_size=8),
    readings=st.lists(st.tuples(minutes, st.integers(0, 10**6)), max_size=12),
    zone=st.sampled_from(ZONES),
)
def test_the_bridge_equals_one_worked_out_from_every_purchases_history(
    app: Flask,
    purchases: list[tuple[int, list[tuple[int, str | None]]]],
    readings: list[tuple[int, int]],
    zone: str,
) -> None:
    _empty()
    told = []
    for minute, number in readings:
        moment = START + timedelta(minutes=minute)
        told.append((moment, Decimal(number).scaleb(-3)))
        record_balance(told[-1][1], moment, EVENT)
    for buy_id, (minute, answers) in enumerate(purchases, start=1):
        for number, (later, debited) in enumerate(sorted(answers, key=lambda answer: answer[0])):
            moment = START + timedelta(minutes=later, seconds=number)
            # Every fourth answer corrects the date by a day.
            made = START + timedelta(minutes=minute, days=(minute + number) % 4 == 0)
            store_at(moment, buy_id, made, debited, price=Decimal(number))
    days = bridge(DAY - timedelta(days=4), DAY + timedelta(days=4), ZoneInfo(zone))
    for day in days:
        debited, returned = _worked_out(*periods.day_bounds(day.day, day.day, ZoneInfo(zone)))
        assert (day.debited, day.returned) == (debited, returned)
        assert (day.closing and day.closing.amount) == _last_of(told, day.day, ZoneInfo(zone))
    for before, after in itertools.pairwise(days):
        assert before.closing == after.opening
    if all(day.unexplained is not None for day in days):
        assert whole(days).unexplained == sum(day.unexplained or 0 for day in days)


def _empty() -> None:
    with writing() as connection:
        for table in (PurchaseAnswer, PurchaseVersion, Purchase, MoneyTotal, OutcomeTotal, HoldTotal, BalanceReading):
            connection.execute(delete(table))


def _last_of(told: list[tuple[datetime, Decimal]], day: date, zone: ZoneInfo) -> Decimal | None:
    start, end = periods.day_bounds(day, day, zone)
    last: tuple[datetime, Decimal] | None = None
    for moment, amount in told:
        if start < moment <= end and (last is None or moment >= last[0]):
            last = (moment, amount)
    return last[1] if last else None


def _worked_out(since: datetime, until: datetime) -> tuple[Decimal, Decimal]:
    """What was debited and what came back in [since, until), from the versions alone."""
    debited = returned = Decimal(0)
    dates = dict(db.session.execute(select(Purchase.buy_id, Purchase.date)).tuples().all())
    versions = db.session.query(PurchaseVersion).order_by(PurchaseVersion.buy_id, PurchaseVersion.version).all()
    for _, of_one in itertools.groupby(versions, key=lambda version: version.buy_id):
        known: Decimal | None = None
        for version in of_one:
            after = version.balance_debited_sum
            if after is None or after == known:
                continue
            moment = dates[version.buy_id] if known is None else version.recorded_at
            change = after - (known or 0)
            known = after
            if since <= moment < until:
                debited += max(change, Decimal(0))
                returned += max(-change, Decimal(0))
    db.session.rollback()
    return debited, returned
