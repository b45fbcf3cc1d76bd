"""Everything that is due is asked for, in batches, and nothing that goes wrong loses or doubles a change."""

from datetime import UTC, datetime, timedelta
from threading import Event, Timer

import pytest
from flask import Flask
from sqlalchemy import select, update

from dashboard.db.database import writing
from dashboard.db.extensions import db
from dashboard.purchases import queries as purchases
from dashboard.purchases.models import Purchase
from dashboard.simulator import Simulator
from dashboard.sync import due as refreshing
from dashboard.sync import due_queries as due
from dashboard.sync.due import refresh_due
from dashboard.sync.limits import BatchSize
from dashboard.sync.models import SkinsBackState
from tests.purchases.samples import store_purchase

LONG_AGO = datetime.now(UTC) - timedelta(days=2)


def add_open(skinsback: Simulator, count: int) -> list[int]:
    """Purchases that are open both here and at SkinsBack, and due."""
    ids = [
        skinsback.add_purchase(offer_status="waiting_accept", date=str(int(LONG_AGO.timestamp()))) for _ in range(count)
    ]
    for buy_id in ids:
        store_purchase(buy_id=buy_id, offer_status="waiting_accept", date=LONG_AGO, asked_at=LONG_AGO)
    return ids


def status_of(buy_id: int) -> str:
    db.session.rollback()
    found = purchases.find_purchase(buy_id)
    assert found is not None
    return str(found.offer_status)


def test_a_change_at_skinsback_is_seen_without_anyone_clicking(connected_app: Flask, skinsback: Simulator) -> None:
    (buy_id,) = add_open(skinsback, 1)
    skinsback.change_purchase(buy_id, offer_status="accepted")
    done = refresh_due(BatchSize(100))
    assert (done.asked, done.changed, done.problem) == (1, 1, "")
    assert status_of(buy_id) == "accepted"


def test_more_than_a_batch_is_asked_in_several_requests_and_all_of_it(
    connected_app: Flask, skinsback: Simulator
) -> None:
    add_open(skinsback, 7)
    assert refresh_due(BatchSize(3)).asked == 7
    assert due.count_due(datetime.now(UTC)) == 0


def test_nothing_due_asks_nothing(connected_app: Flask) -> None:
    assert refresh_due(BatchSize(100)) == refreshing.Refreshed()


def test_a_purchase_that_skinsback_left_out_is_noted_as_missing(connected_app: Flask, skinsback: Simulator) -> None:
    add_open(skinsback, 1)
    store_purchase(buy_id=987_654, offer_status="waiting_accept", date=LONG_AGO, asked_at=LONG_AGO)
    assert refresh_due(BatchSize(100)).missing == 1
    found = purchases.find_purchase(987_654)
    assert found is not None
    assert found.missing_since is not None


def test_a_malformed_item_is_rejected_and_the_rest_are_used(connected_app: Flask, skinsback: Simulator) -> None:
    ids = add_open(skinsback, 3)
    for buy_id in ids:
        skinsback.change_purchase(buy_id, offer_status="accepted")
    skinsback.set_faults(malformed_item="no_buy_id")
    done = refresh_due(BatchSize(100))
    assert done.rejected >= 1
    skinsback.clear_faults()
    with writing() as connection:
        connection.execute(update(Purchase).values(due_at=LONG_AGO))
    refresh_due(BatchSize(100))
    assert [status_of(buy_id) for buy_id in ids] == ["accepted"] * 3


def test_a_refusal_stops_the_asking_and_says_why(connected_app: Flask, skinsback: Simulator) -> None:
    add_open(skinsback, 1)
    skinsback.set_faults(error_code=-10)
    assert "Client Secret" in refresh_due(BatchSize(100)).problem
    skinsback.clear_faults()
    asked_before = db.session.execute(select(SkinsBackState.failures_in_a_row)).scalar_one()
    assert "refuses our requests" in refresh_due(BatchSize(100)).problem
    db.session.rollback()
    assert db.session.execute(select(SkinsBackState.failures_in_a_row)).scalar_one() == asked_before


def test_without_credentials_it_says_so_and_asks_nothing(app: Flask) -> None:
    assert "not connected" in refresh_due(BatchSize(100)).problem


def test_an_array_that_skinsback_refuses_is_asked_for_in_smaller_ones(
    connected_app: Flask, skinsback: Simulator
) -> None:
    add_open(skinsback, 7)
    skinsback.set_faults(max_ids=2)
    done = refresh_due(BatchSize(100))
    assert (done.asked, done.missing, done.problem) == (7, 0, "")


def test_an_array_that_was_accepted_before_and_is_refused_now_makes_the_later_ones_smaller(
    connected_app: Flask, skinsback: Simulator
) -> None:
    size = BatchSize(8)
    add_open(skinsback, 8)
    refresh_due(size)
    skinsback.set_faults(max_ids=2)
    add_open(skinsback, 24)
    refresh_due(size)
    assert size.current == 2


def test_one_id_that_is_refused_makes_no_array_smaller(
    connected_app: Flask, skinsback: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refreshing, "AT_ONCE", 1)
    size = BatchSize(4)
    size.accepted(4)
    add_open(skinsback, 4)
    skinsback.set_faults(error_code={"value": 1, "count": 3})
    refresh_due(size)
    assert size.current == 4


def test_a_run_that_gets_no_further_gives_no_sign_of_life(
    connected_app: Flask, skinsback: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refreshing, "PROGRESS_EVERY", 0.0)
    add_open(skinsback, 1)
    skinsback.set_faults(latency=1.2)
    told: list[int] = []
    refresh_due(BatchSize(1), on_progress=lambda so_far: told.append(so_far.asked))
    assert 0 not in told


def test_a_run_that_is_told_to_stop_keeps_what_it_did(
    connected_app: Flask, skinsback: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refreshing, "AT_ONCE", 1)
    add_open(skinsback, 4)
    stop = Event()
    skinsback.set_faults(latency=0.2)
    Timer(0.3, stop.set).start()
    done = refresh_due(BatchSize(1), stop=stop)
    left = due.count_due(datetime.now(UTC))
    assert (done.problem, done.asked + left) == ("stopped before everything was done", 4)
    assert 1 <= left <= 3


def test_a_run_ends_even_when_asking_moves_nothing(
    connected_app: Flask, skinsback: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refreshing, "find_due", lambda *_args, **_options: {987_655: LONG_AGO})
    assert refresh_due(BatchSize(100)).asked == 1
