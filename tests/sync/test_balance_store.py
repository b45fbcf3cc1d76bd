"""Readings of the balance: kept as far as the bridge needs them, whatever arrives in whatever order."""

import itertools
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from dashboard.db.database import Fence, LeadLost, writing
from dashboard.db.extensions import db
from dashboard.finance.balance import queries as balance
from dashboard.finance.balance.bridge import Reading
from dashboard.simulator import Simulator
from dashboard.skinsback.errors import SkinsBackError
from dashboard.sync.balance_store import EVENT, SCHEDULE, record_balance
from dashboard.sync.connection import client_for_people
from dashboard.sync.jobs import read_balance
from dashboard.sync.models import BalanceReading

MIDNIGHT = datetime(2026, 11, 20, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def kept() -> int:
    return db.session.execute(select(func.count()).select_from(BalanceReading)).scalar_one()


def test_the_newest_reading_is_told(app: Flask) -> None:
    assert balance.latest_reading() is None
    record_balance(Decimal("100.125"), MIDNIGHT, SCHEDULE)
    record_balance(Decimal("90.5"), MIDNIGHT + 20 * MINUTE, EVENT)
    assert balance.latest_reading() == Reading(MIDNIGHT + 20 * MINUTE, Decimal("90.50"), EVENT)


def test_of_a_quarter_of_an_hour_only_the_last_reading_is_kept(app: Flask) -> None:
    for second in range(0, 900, 9):
        record_balance(Decimal(1000 - second), MIDNIGHT + timedelta(seconds=second + 1), EVENT)
    assert kept() == 1
    assert balance.last_readings([MIDNIGHT, MIDNIGHT + 15 * MINUTE]) == [
        Reading(MIDNIGHT + timedelta(seconds=892), Decimal(109), EVENT)
    ]


def test_a_reading_that_arrives_late_does_not_replace_a_later_one(app: Flask) -> None:
    record_balance(Decimal(5), MIDNIGHT + 5 * MINUTE, EVENT)
    record_balance(Decimal(9), MIDNIGHT + 4 * MINUTE, EVENT)
    record_balance(Decimal(7), MIDNIGHT - 4 * MINUTE, EVENT)
    readings = balance.last_readings([MIDNIGHT - 15 * MINUTE, MIDNIGHT, MIDNIGHT + 15 * MINUTE])
    assert [reading and reading.amount for reading in readings] == [Decimal(7), Decimal(5)]


def test_a_reading_at_the_edge_of_a_day_is_not_replaced_by_the_next_one(app: Flask) -> None:
    record_balance(Decimal(5), MIDNIGHT, EVENT)
    record_balance(Decimal(4), MIDNIGHT + timedelta(microseconds=1), EVENT)
    readings = balance.last_readings([MIDNIGHT - MINUTE, MIDNIGHT, MIDNIGHT + MINUTE])
    assert [reading and reading.amount for reading in readings] == [Decimal(5), Decimal(4)]


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 7200), min_size=1, max_size=40), st.lists(st.integers(0, 8), min_size=2, unique=True))
def test_the_last_reading_before_any_edge_is_the_one_of_all_that_were_told(
    app: Flask, seconds: list[int], quarters: list[int]
) -> None:
    with writing() as connection:
        connection.execute(delete(BalanceReading))
    told = []
    for number, second in enumerate(seconds):
        told.append(Reading(MIDNIGHT + timedelta(seconds=second), Decimal(number), EVENT))
        record_balance(told[-1].amount, told[-1].read_at, EVENT)
    edges = [MIDNIGHT + quarter * 15 * MINUTE for quarter in sorted(quarters)]
    expected = []
    for start, end in itertools.pairwise(edges):
        inside = [reading for reading in told if start < reading.read_at <= end]
        expected.append(max(inside, key=lambda reading: (reading.read_at, reading.amount), default=None))
    assert balance.last_readings(edges) == expected


def test_skinsback_is_asked_and_its_answer_kept(connected_app: Flask, skinsback: Simulator) -> None:
    amount = read_balance(client_for_people())
    newest = balance.latest_reading()
    assert newest is not None
    assert (newest.amount, newest.source) == (amount, SCHEDULE)
    assert amount == Decimal(skinsback.world.balance()[0])


def test_a_failure_of_skinsback_is_told_and_nothing_is_kept(connected_app: Flask, skinsback: Simulator) -> None:
    skinsback.set_faults(error_code=-9)
    with pytest.raises(SkinsBackError, match="SkinsBack is under maintenance."):
        read_balance(client_for_people())
    assert kept() == 0


def test_a_process_that_lost_the_lead_keeps_nothing(app: Flask) -> None:
    with pytest.raises(LeadLost):
        record_balance(Decimal(1), MIDNIGHT, SCHEDULE, fence=Fence("jobs", 7))
    assert kept() == 0


def test_an_unknown_source_is_refused(app: Flask) -> None:
    with pytest.raises(ValueError, match="source"):
        record_balance(Decimal(1), MIDNIGHT, "guess")
