"""The totals by period: after anything that can happen to purchases they equal a recount of the rows."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, insert, select, update

from dashboard.db.extensions import db
from dashboard.purchases import store
from dashboard.purchases.models import Purchase, PurchaseAnswer, PurchaseVersion
from dashboard.purchases.statuses import STATUSES
from dashboard.purchases.store import Source
from dashboard.totals.changes import Span, span_start
from dashboard.totals.models import HoldTotal, MoneyTotal, OutcomeTotal
from dashboard.totals.store import recount
from tests.purchases.samples import ASKED_AT, DATE, a_record, a_row, an_answer, store_purchase
from tests.totals.recomputed import totals_from_rows, totals_kept

LATER = ASKED_AT + timedelta(minutes=5)
HOLD_END = DATE + timedelta(days=8)

money = st.none() | st.integers(-(10**6), 10**9).map(lambda thousandths: Decimal(thousandths).scaleb(-3))
dates = st.integers(0, 28 * 3600).map(
    lambda seconds: datetime(2026, 10, 31, 22, tzinfo=UTC) + timedelta(seconds=seconds)
)
records = st.builds(
    a_record,
    buy_id=st.integers(1, 4),
    offer_status=st.sampled_from([status.value for status in STATUSES] + ["accepted", "accepted", "on_the_moon"]),
    error_reason=st.sampled_from([None, "private_inventory", "never_heard_of"]),
    in_hold=st.sampled_from([None, True, False]),
    in_hold_until=st.none() | dates.map(lambda at: at + timedelta(days=8)),
    date=dates,
    price=money,
    balance_debited_sum=money,
)
answers = st.builds(
    lambda minute, told: an_answer(*told, asked_at=ASKED_AT + timedelta(minutes=minute)),
    st.integers(0, 20_000),
    st.lists(records, min_size=1, max_size=4),
)


@pytest.fixture
def _empty(app: Flask) -> Iterator[None]:
    yield
    db.session.rollback()


def empty_tables() -> None:
    db.session.rollback()
    for model in (PurchaseAnswer, PurchaseVersion, Purchase, MoneyTotal, OutcomeTotal, HoldTotal):
        db.session.execute(delete(model))
    db.session.commit()


@given(st.lists(answers, min_size=1, max_size=6))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_answered_in_whatever_order_the_totals_equal_the_rows(_empty: None, told: list[Any]) -> None:  # noqa: PT019
    empty_tables()
    for answer in told:
        store.record_answer(answer, Source.SCHEDULED)
        store.record_missing([record.buy_id for record in answer.records], answer.asked_at + timedelta(seconds=1))
    assert totals_kept() == totals_from_rows()
    assert not any(recount().values())


def test_a_corrected_date_moves_the_purchase_and_makes_a_version(app: Flask) -> None:
    store_purchase()
    store_purchase(asked_at=LATER, date=DATE - timedelta(days=40))
    assert totals_kept() == totals_from_rows()
    dates_known = db.session.execute(select(PurchaseVersion.date).order_by(PurchaseVersion.version)).scalars().all()
    assert dates_known == [DATE, DATE - timedelta(days=40)]


def test_a_hold_that_ends_leaves_no_row_behind(app: Flask) -> None:
    store_purchase(in_hold=True, in_hold_until=HOLD_END)
    assert db.session.execute(select(HoldTotal.count)).scalars().all() == [1]
    store_purchase(asked_at=HOLD_END + timedelta(minutes=1), in_hold=False)
    assert db.session.execute(select(func.count()).select_from(HoldTotal)).scalar_one() == 0


def test_a_purchase_without_sums_counts_as_nothing_and_is_counted(app: Flask) -> None:
    store_purchase(balance_debited_sum=None, price=None)
    row = db.session.execute(select(*MoneyTotal.__table__.columns).where(MoneyTotal.span == "day")).one()
    assert (row.count, row.debited, row.price, row.price_missing, row.debited_missing) == (1, 0, 0, 1, 1)


def test_an_undocumented_status_is_its_own_part(app: Flask) -> None:
    store_purchase(offer_status="on_the_moon")
    assert db.session.execute(select(MoneyTotal.part).distinct()).scalars().all() == ["unknown"]


def test_a_failed_write_moves_no_total(app: Flask) -> None:
    store_purchase()
    before = totals_kept()
    assert store_purchase(asked_at=ASKED_AT - timedelta(hours=1), balance_debited_sum=Decimal(99)).outdated == [1]
    assert totals_kept() == before


def test_a_recount_finds_and_mends_wrong_totals(app: Flask) -> None:
    store_purchase(in_hold=True, in_hold_until=HOLD_END)
    db.session.execute(update(MoneyTotal).where(MoneyTotal.span == "day").values(debited=Decimal("1.00")))
    db.session.execute(delete(HoldTotal))
    db.session.execute(insert(OutcomeTotal).values(
        span="hour", starts_at=DATE, offer_status="ghost", error_reason="", count=1, debited=Decimal(0),
        price=Decimal(0), price_missing=0, debited_missing=0,
    ))  # fmt: skip
    db.session.commit()
    assert recount() == {"money_totals": 2, "outcome_totals": 1, "hold_totals": 1}
    assert totals_kept() == totals_from_rows()
    assert not any(recount().values())


def test_the_command_says_whether_a_total_was_wrong(app: Flask) -> None:
    store_purchase()
    result = app.test_cli_runner().invoke(args=["purchases", "recount"])
    assert (result.exit_code, result.output) == (0, "Every total was right.\n")
    db.session.execute(delete(MoneyTotal))
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["purchases", "recount"])
    assert result.exit_code == 1
    assert "money_totals: 5 rows differed and are right now." in result.output


def test_purchases_that_went_past_the_store_are_counted_by_a_recount(app: Flask) -> None:
    db.session.execute(insert(Purchase), [a_row(buy_id=number) for number in range(1, 30)])
    db.session.commit()
    recount()
    assert totals_kept() == totals_from_rows()


@pytest.mark.parametrize(
    ("span", "start"),
    [
        (Span.QUARTER, "2026-11-01T23:45:00+00:00"),
        (Span.HOUR, "2026-11-01T23:00:00+00:00"),
        (Span.SIX_HOURS, "2026-11-01T18:00:00+00:00"),
        (Span.DAY, "2026-11-01T00:00:00+00:00"),
        (Span.MONTH, "2026-11-01T00:00:00+00:00"),
    ],
)
def test_a_span_begins_on_a_whole_quarter_hour_quarter_of_a_day_day_or_month_in_utc(span: Span, start: str) -> None:
    moment = datetime.fromisoformat("2026-11-02T05:29:59.999999+05:30")
    assert span_start(moment, span).isoformat() == start


def test_two_writers_at_once_neither_lose_a_change_nor_stop_each_other(app: Flask) -> None:
    def write(first: int) -> None:
        with app.app_context():
            for turn in range(8):
                told = [
                    a_record(buy_id=number, custom_id=None, date=DATE + timedelta(hours=number % 50),
                             balance_debited_sum=Decimal(turn * first + number).scaleb(-3))
                    for number in range(first, first + 60)
                ]  # fmt: skip
                store.record_answer(
                    an_answer(*told, asked_at=ASKED_AT + timedelta(seconds=2 * turn + first)), Source.FILE
                )

    with ThreadPoolExecutor() as pool:
        list(pool.map(write, [1, 31]))
    assert totals_kept() == totals_from_rows()
