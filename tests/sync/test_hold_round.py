"""The round of what is on hold: a reversal that no event tells of is found, with requests that nobody else wants."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from flask import Flask
from sqlalchemy import select, update

from bench.time_lapse import FIRST_ID, START, TimeLapse, time_lapse
from dashboard.db.database import writing
from dashboard.db.extensions import db
from dashboard.purchases.models import Purchase, PurchaseVersion
from dashboard.simulator import Simulator
from dashboard.sync import due_queries as due
from dashboard.sync import hold_round as hold_rounds
from dashboard.sync import state_store as skinsback_state
from dashboard.sync.due import Refreshed, refresh_due
from dashboard.sync.hold_round import HoldRound
from dashboard.sync.limits import BatchSize
from dashboard.sync.models import SkinsBackState
from tests.purchases.samples import store_purchase

TEN_MINUTES = timedelta(minutes=10)
NOW = datetime.now(UTC)


def delays(reversed_at: dict[int, float]) -> dict[int, timedelta]:
    """Return how long after its reversal each of these purchases was stored as reversed."""
    rows = db.session.execute(
        select(PurchaseVersion.buy_id, PurchaseVersion.recorded_at).where(
            PurchaseVersion.offer_status == "rollback_user"
        )
    )
    return {row.buy_id: row.recorded_at - START - timedelta(seconds=reversed_at[row.buy_id]) for row in rows}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_at_fifty_thousand_on_hold_a_reversal_anywhere_is_stored_within_ten_minutes(app: Flask) -> None:
    with time_lapse(50_000) as lapse:
        places = [*random.Random(3).sample(range(50_000), 50), 0, 49_999]
        reversed_at = {FIRST_ID + place: 0.0 for place in places}
        lapse.skinsback.reversed |= reversed_at.keys()
        while lapse.clock.seconds < TEN_MINUTES.total_seconds():
            lapse.run()
        found = delays(reversed_at)
        assert found.keys() == reversed_at.keys()
        assert max(found.values()) <= TEN_MINUTES
        assert lapse.most_in_a_minute() <= 450 / 3


@pytest.fixture
def lapse(app: Flask) -> Iterator[TimeLapse]:
    with time_lapse(700) as lapse:
        yield lapse


def asked_in_round(lapse: TimeLapse) -> list[int]:
    return [buy_id for _, buy_ids in lapse.skinsback.asked for buy_id in buy_ids]


def test_a_reversal_just_after_the_question_is_stored_within_ten_minutes(lapse: TimeLapse) -> None:
    reversed_at: dict[int, float] = {}
    while lapse.clock.seconds < 1260:
        asked_before = len(lapse.skinsback.asked)
        lapse.run(every=5)
        if lapse.clock.seconds < 600:
            for _, buy_ids in lapse.skinsback.asked[asked_before:]:
                reversed_at |= {buy_id: lapse.clock.seconds for buy_id in buy_ids if buy_id not in reversed_at}
                lapse.skinsback.reversed |= set(buy_ids)
    found = delays(reversed_at)
    assert len(found) == 700
    assert max(found.values()) <= TEN_MINUTES


def test_a_round_is_even_and_asks_about_nothing_twice(lapse: TimeLapse) -> None:
    while lapse.clock.seconds < 535:
        lapse.run(every=5)
    moments = [moment for moment, _ in lapse.skinsback.asked]
    steps = [later - earlier for earlier, later in pairwise(moments)]
    assert sorted(asked_in_round(lapse)) == list(range(FIRST_ID, FIRST_ID + 700))
    assert all(70 <= step <= 85 for step in steps)


def test_while_events_flow_a_round_takes_an_hour(lapse: TimeLapse) -> None:
    while lapse.clock.seconds < 3590:
        skinsback_state.record_events_alive(datetime.now(UTC))
        lapse.run(every=30)
    assert sorted(asked_in_round(lapse)) == list(range(FIRST_ID, FIRST_ID + 700))


def test_when_events_no_longer_flow_the_round_is_quick_at_once(lapse: TimeLapse) -> None:
    skinsback_state.record_events_alive(datetime.now(UTC))
    for _ in range(130):
        lapse.run(every=5)
    assert len(set(asked_in_round(lapse))) >= 600


def test_another_leader_goes_on_where_the_last_one_was(lapse: TimeLapse) -> None:
    while lapse.clock.seconds < 270:
        lapse.run(every=5)
    lapse.lead_anew()
    while lapse.clock.seconds < 535:
        lapse.run(every=5)
    assert len(set(asked_in_round(lapse))) == 700
    assert len(asked_in_round(lapse)) <= 800


def test_after_a_long_silence_everything_is_asked_about_as_quickly_as_a_third_of_the_requests_allows(
    lapse: TimeLapse,
) -> None:
    lapse.run()
    lapse.clock.sleep(7200)
    lapse.lead_anew()
    for _ in range(20):
        lapse.run()
    assert len(set(asked_in_round(lapse))) == 700


def test_a_clock_that_is_set_back_does_not_keep_the_round_waiting(lapse: TimeLapse) -> None:
    while lapse.clock.seconds < 270:
        lapse.run(every=5)
    lapse.clock.set_back_by = 3600
    while lapse.clock.seconds < 535:
        lapse.run(every=5)
    assert len(set(asked_in_round(lapse))) == 700


def make_due(buy_ids: range) -> None:
    with writing() as connection:
        connection.execute(
            update(Purchase).where(Purchase.buy_id.in_(buy_ids)).values(due_at=START - timedelta(minutes=1), urgency=0)
        )


def test_what_is_due_goes_before_the_round(lapse: TimeLapse) -> None:
    lapse.run()
    lapse.clock.sleep(600)
    make_due(range(FIRST_ID + 400, FIRST_ID + 700))
    asked_before = len(lapse.skinsback.asked)
    lapse.run()
    first = [buy_id for _, buy_ids in lapse.skinsback.asked[asked_before:][:3] for buy_id in buy_ids]
    assert sorted(first) == list(range(FIRST_ID + 400, FIRST_ID + 700))


def test_a_backlog_of_due_purchases_does_not_keep_the_round_from_its_turn(lapse: TimeLapse) -> None:
    lapse.batch_size = BatchSize(10)
    make_due(range(FIRST_ID + 100, FIRST_ID + 700))
    lapse.run()
    first = {buy_id for _, buy_ids in lapse.skinsback.asked[:45] for buy_id in buy_ids}
    assert first & set(range(FIRST_ID, FIRST_ID + 100))


def test_the_round_makes_nothing_overdue(lapse: TimeLapse) -> None:
    lapse.clock.sleep(3600)
    assert due.count_due(datetime.now(UTC)) == 0


def test_a_small_limit_makes_the_round_longer_and_keeps_its_third(app: Flask) -> None:
    with time_lapse(700, limit=2) as lapse:
        while lapse.clock.seconds < 640:
            lapse.run(every=5)
        assert len(set(asked_in_round(lapse))) == 700
        assert lapse.most_in_a_minute() == 1


# ---- what SkinsBack answers


class StoppedClock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> StoppedClock:
    monkeypatch.setattr(hold_rounds, "AWAITED", -1)
    return StoppedClock()


def add_held(skinsback: Simulator, count: int) -> list[int]:
    """Purchases that are on hold both here and at SkinsBack, the oldest first."""
    ids = []
    for number in range(count):
        date, until = NOW - timedelta(days=1, seconds=count - number), NOW + timedelta(days=7)
        held = {"in_hold": True, "in_hold_until": str(int(until.timestamp()))}
        buy_id = skinsback.add_purchase(offer_status="accepted", date=str(int(date.timestamp())), **held)
        store_purchase(buy_id=buy_id, date=date, in_hold=True, in_hold_until=until, asked_at=date)
        ids.append(buy_id)
    return ids


def go_round(clock: StoppedClock, hold_round: HoldRound, size: BatchSize, runs: int) -> Refreshed:
    whole = Refreshed()
    for _ in range(runs):
        whole.add(refresh_due(size, hold_round=hold_round))
        clock.seconds += 600
    return whole


def status_of(buy_id: int) -> str:
    db.session.rollback()
    return str(db.session.execute(select(Purchase.offer_status).where(Purchase.buy_id == buy_id)).scalar_one())


def test_a_reversal_is_seen_without_anything_being_due(
    connected_app: Flask, skinsback: Simulator, clock: StoppedClock
) -> None:
    ids = add_held(skinsback, 4)
    skinsback.change_purchase(ids[2], offer_status="rollback_supplier")
    go_round(clock, HoldRound(450, clock=clock), BatchSize(2), runs=2)
    assert status_of(ids[2]) == "rollback_supplier"


def test_a_batch_that_was_not_answered_is_asked_for_again_first(
    connected_app: Flask, skinsback: Simulator, clock: StoppedClock
) -> None:
    ids = add_held(skinsback, 4)
    hold_round = HoldRound(450, clock=clock)
    skinsback.set_faults(error_code=-10)
    assert go_round(clock, hold_round, BatchSize(2), runs=1).problem
    skinsback.clear_faults()
    with writing() as connection:
        connection.execute(update(SkinsBackState).values(is_stopped=False, failing_since=None, retry_at=None))
    skinsback.change_purchase(ids[0], offer_status="rollback_supplier")
    go_round(clock, hold_round, BatchSize(2), runs=1)
    assert status_of(ids[0]) == "rollback_supplier"


def test_a_purchase_that_the_round_finds_missing_is_noted_as_missing(
    connected_app: Flask, skinsback: Simulator, clock: StoppedClock
) -> None:
    until = NOW + timedelta(days=7)
    store_purchase(buy_id=987_654, date=NOW, in_hold=True, in_hold_until=until, asked_at=NOW - timedelta(hours=1))
    assert go_round(clock, HoldRound(450, clock=clock), BatchSize(100), runs=1).missing == 1


def test_an_answer_of_the_round_that_cannot_be_read_keeps_it_from_nothing_else(
    connected_app: Flask, skinsback: Simulator, clock: StoppedClock
) -> None:
    ids = add_held(skinsback, 4)
    skinsback.change_purchase(ids[3], offer_status="rollback_supplier")
    hold_round = HoldRound(450, clock=clock)
    skinsback.set_faults(malformed_item={"value": "no_buy_id", "count": 1})
    assert go_round(clock, hold_round, BatchSize(2), runs=1).rejected == 1
    skinsback.clear_faults()
    go_round(clock, hold_round, BatchSize(2), runs=1)
    assert status_of(ids[3]) == "rollback_supplier"


def test_the_round_honours_how_many_ids_skinsback_takes(
    connected_app: Flask, skinsback: Simulator, clock: StoppedClock
) -> None:
    add_held(skinsback, 8)
    skinsback.set_faults(max_ids=2)
    size, hold_round = BatchSize(8), HoldRound(450, clock=clock)
    assert go_round(clock, hold_round, size, runs=1).asked == 8
    assert go_round(clock, hold_round, size, runs=1).asked == size.current


def test_what_is_new_on_hold_joins_the_round(connected_app: Flask, skinsback: Simulator, clock: StoppedClock) -> None:
    hold_round = HoldRound(450, clock=clock)
    go_round(clock, hold_round, BatchSize(100), runs=1)
    (buy_id,) = add_held(skinsback, 1)
    skinsback.change_purchase(buy_id, offer_status="rollback_supplier")
    go_round(clock, hold_round, BatchSize(100), runs=1)
    assert status_of(buy_id) == "rollback_supplier"


def test_what_the_refresh_command_asks_for_is_what_is_due_and_no_round(
    connected_app: Flask, skinsback: Simulator
) -> None:
    add_held(skinsback, 2)
    assert refresh_due(BatchSize(100)).asked == 0
