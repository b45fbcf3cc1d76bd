"""What a filtered list adds up to: the very purchases that match, whichever way the sum was found."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from dashboard.db.extensions import db
from dashboard.purchases import hold_queries as holds
from dashboard.purchases import list_sum_queries as list_sums
from dashboard.purchases import store
from dashboard.purchases.filters import UNKNOWN, Filters
from dashboard.purchases.list_queries import conditions
from dashboard.purchases.list_sum_queries import sums_of_list
from dashboard.purchases.models import Purchase
from dashboard.purchases.statuses import NO_REASON, Fault, Phase
from dashboard.purchases.store import Source
from dashboard.totals.sums import Sums
from tests.purchases.samples import ASKED_AT, DATE, STEAMID, a_record, an_answer, store_purchase

HOUR = timedelta(hours=1)


@pytest.fixture
def _some(app: Flask) -> None:
    states = ["accepted", "timeout", "trade_create_error", "rollback_user", "brand_new", "creating_trade"]
    told = [
        a_record(
            buy_id=number, offer_status=states[number % 6], date=DATE + HOUR * number,
            error_reason="private_inventory" if number % 4 == 1 else None, in_hold=number % 12 == 0 or None,
            in_hold_until=DATE + timedelta(days=8, minutes=7 * number) if number % 12 == 0 else None,
            balance_debited_sum=None if number % 7 == 0 else Decimal(number).scaleb(-3), steamid=STEAMID[:-1] + "9",
            price=None if number % 5 == 0 else Decimal(number).scaleb(-2),
        )
        for number in range(1, 101)
    ]  # fmt: skip
    store.record_answer(an_answer(*told), Source.HISTORY)


def sums_of_rows(filters: Filters) -> Sums:
    rows = db.session.execute(select(*Purchase.__table__.columns).where(*conditions(filters))).all()
    return Sums(
        len(rows), sum((row.balance_debited_sum or Decimal(0) for row in rows), Decimal(0)),
        sum((row.price or Decimal(0) for row in rows), Decimal(0)),
        sum(row.price is None for row in rows), sum(row.balance_debited_sum is None for row in rows),
    )  # fmt: skip


@pytest.mark.usefixtures("_some")
@pytest.mark.parametrize("since", [None, DATE + HOUR * 13, DATE + timedelta(minutes=61)])
@pytest.mark.parametrize("until", [None, DATE + HOUR * 60, DATE + HOUR * 60 + timedelta(seconds=7)])
@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"parts": ("failed",)},
        {"parts": ("failed", "unknown", "reversible")},
        {"parts": ("no such part",)},
        {"statuses": ("timeout", UNKNOWN)},
        {"reasons": (NO_REASON,)},
        {"statuses": ("timeout",), "reasons": ("private_inventory", NO_REASON)},
        {"statuses": ("accepted",), "parts": ("final",)},
        {"phases": (Phase.FAILED, Phase.REVERSED)},
        {"phases": (Phase.UNKNOWN,)},
        {"fault": Fault.CUSTOMER},
        {"fault": Fault.SUPPLIER, "phases": (Phase.FAILED,)},
        {"steamid": STEAMID},
        {"on_hold": True},
        {"least": Decimal("0.02")},
    ],
)
def test_the_sum_of_a_list_is_that_of_the_purchases_that_match(
    chosen: dict[str, Any], since: datetime | None, until: datetime | None
) -> None:
    filters = Filters(since=since, until=until, **chosen)
    assert sums_of_list(filters) == list_sums.ListSums(sums_of_rows(filters).count, True, sums_of_rows(filters))


@pytest.mark.usefixtures("_some")
@pytest.mark.parametrize("bound", [DATE + timedelta(days=8, hours=3), DATE + timedelta(days=8, hours=3, minutes=6)])
def test_the_sum_of_holds_that_end_in_a_stretch_is_that_of_the_purchases(bound: datetime) -> None:
    for filters in (
        Filters(on_hold=True),
        Filters(on_hold=True, released_since=bound),
        Filters(released_until=bound),
        Filters(released_since=bound, released_until=bound + HOUR * 2),
    ):
        assert sums_of_list(filters).sums == sums_of_rows(filters)
    before, after = holds.totals_by_release([bound])
    for total, filters in ((before, Filters(released_until=bound)), (after, Filters(released_since=bound))):
        expected = sums_of_rows(filters)
        assert (total.count, total.debited) == (expected.count, expected.debited)


@pytest.mark.usefixtures("_some")
def test_more_matches_than_are_counted_are_not_added_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_sums, "COUNTED_AT_MOST", 20)
    mixed = Filters(statuses=("accepted", "timeout"), parts=("final", "failed"))
    assert sums_of_list(mixed) == list_sums.ListSums(20, False, None)
    assert sums_of_list(replace(mixed, statuses=())).is_all


@pytest.mark.usefixtures("_some")
def test_minutes_at_the_edges_do_not_keep_a_long_period_from_being_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_sums, "COUNTED_AT_MOST", 20)
    filters = Filters(phases=(Phase.DELIVERED, Phase.FAILED), since=DATE + timedelta(seconds=1), until=DATE + HOUR * 90)
    assert sums_of_list(filters).sums == sums_of_rows(filters)


def test_purchases_of_any_year_are_in_the_sum_of_everything(app: Flask) -> None:
    for number, year in ((1, 1970), (2, 2199)):
        told = a_record(buy_id=number, date=datetime(year, 1, 1, tzinfo=UTC))
        store.record_answer(an_answer(told, asked_at=ASKED_AT), Source.FILE)
    assert sums_of_list(Filters()).count == 2


@pytest.mark.usefixtures("_some")
@pytest.mark.parametrize("chosen", [{"least": Decimal("0.02")}, {"missing": ("price",)}, {"thousandths": 1050}, {}])
def test_the_whole_sum_is_that_of_all_that_match(chosen: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_sums, "COUNTED_AT_MOST", 2)
    filters = Filters(**chosen)
    assert list_sums.whole_sums(filters) == sums_of_rows(filters)


def test_postgresql_gives_up_adding_after_a_while(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    if db.engine.dialect.name != "postgresql":
        pytest.skip("only PostgreSQL has a limit")
    monkeypatch.setattr(list_sums, "LONGEST_MS", 1)
    slow = text("pg_sleep(1) IS NOT NULL")
    monkeypatch.setattr(list_sums, "conditions", lambda _filters: [slow])
    store_purchase()
    assert list_sums.whole_sums(Filters(least=Decimal(1))) is None
    assert sums_of_rows(Filters()).count == 1
