"""A purchase's life as the API shows it while time passes."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.simulator import Simulator
from dashboard.simulator.fates import mills_as_text
from dashboard.simulator.plans import HOLD_SECONDS, OFFER_SECONDS, Clock, Plan, cents_as_text, purchase_at
from tests.simulator.hands import NOW, Client, Watch

Find = Callable[[Plan], bool]


@pytest.fixture
def living(watch: Watch) -> Iterator[Simulator]:
    """New purchases keep coming in this one."""
    with Simulator(purchases=400, seed=3, now=watch, requests_per_minute=0) as simulator:
        yield simulator


def made_later(simulator: Simulator, watch: Watch, is_wanted: Find) -> Plan:
    """Let time pass until a wanted purchase is made, and stand at the moment when it is."""
    for _ in range(5000):
        watch.moment = datetime.fromtimestamp(simulator.world.population.next_moment() + 0.001, UTC)
        simulator.world.advance()
        plan = simulator.world.population.plans[-1]
        if is_wanted(plan):
            return plan
    raise AssertionError("no such purchase in several days")


def at(simulator: Simulator, watch: Watch, plan: Plan, moment: float) -> dict[str, object]:
    """The purchase half a millisecond after the moment: datetimes cut off what plans have beyond microseconds."""
    watch.moment = datetime.fromtimestamp(moment + 0.0005, UTC)
    return simulator.get_purchase(plan.buy_id)


def is_kept_cs2(plan: Plan) -> bool:
    return plan.has_hold and plan.reversed is None


def test_a_delivered_purchase_passes_through_every_status(living: Simulator, watch: Watch) -> None:
    plan = made_later(living, watch, is_kept_cs2)
    assert plan.offered is not None
    moments = [plan.created, plan.offered, plan.resolved]
    statuses = [at(living, watch, plan, moment + 0.01)["offer_status"] for moment in moments]
    assert statuses == ["creating_trade", "waiting_accept", "accepted"]


def test_the_trade_offer_id_comes_with_the_offer(living: Simulator, watch: Watch) -> None:
    plan = made_later(living, watch, is_kept_cs2)
    assert plan.offered is not None
    assert "tradeofferid" not in at(living, watch, plan, plan.offered - 0.01)
    assert at(living, watch, plan, plan.offered + 0.01)["tradeofferid"] == plan.tradeofferid


def test_the_hold_comes_with_acceptance_and_lasts_eight_days(living: Simulator, watch: Watch) -> None:
    plan = made_later(living, watch, is_kept_cs2)
    assert "in_hold" not in at(living, watch, plan, plan.resolved - 0.01)
    held = at(living, watch, plan, plan.resolved + 0.01)
    until = datetime.strptime(str(held["in_hold_until"]), "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    assert held["in_hold"] is True
    assert 0 <= until.timestamp() - plan.resolved - HOLD_SECONDS < 1


def test_the_hold_ends_at_the_very_second_that_was_announced(living: Simulator, watch: Watch) -> None:
    plan = made_later(living, watch, is_kept_cs2)
    text = str(at(living, watch, plan, plan.resolved + 1)["in_hold_until"])
    end = datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC).timestamp()
    assert at(living, watch, plan, end - 0.001)["in_hold"] is True
    released = at(living, watch, plan, end)
    assert (released["in_hold"], released["in_hold_until"]) == (False, text)


@pytest.mark.parametrize("game", ["Dota 2", "Rust", "TF2"])
def test_items_of_other_games_carry_no_hold(living: Simulator, watch: Watch, game: str) -> None:
    plan = made_later(living, watch, lambda plan: plan.is_delivered and plan.item.game == game)
    purchase = at(living, watch, plan, plan.resolved + 60)
    assert purchase["offer_status"] == "accepted"
    assert not {"in_hold", "in_hold_until"} & purchase.keys()


def test_an_offer_times_out_after_ten_minutes(living: Simulator, watch: Watch) -> None:
    plan = made_later(living, watch, lambda plan: plan.outcome == "timeout")
    assert plan.offered is not None
    assert at(living, watch, plan, plan.offered + OFFER_SECONDS - 0.01)["offer_status"] == "waiting_accept"
    assert at(living, watch, plan, plan.offered + OFFER_SECONDS)["offer_status"] == "timeout"


def test_a_reason_is_given_only_once_the_purchase_has_failed(living: Simulator, watch: Watch) -> None:
    plan = made_later(living, watch, lambda plan: plan.error_reason is not None)
    assert at(living, watch, plan, plan.resolved - 0.01)["error_reason"] is None
    assert at(living, watch, plan, plan.resolved)["error_reason"] == plan.error_reason


def test_what_is_returned_lowers_the_debited_sum(living: Simulator, watch: Watch) -> None:
    plan = made_later(living, watch, lambda plan: plan.returned is not None and not plan.is_delivered)
    assert plan.returned is not None
    before = at(living, watch, plan, plan.returned - 0.01)["balance_debited_sum"]
    after = at(living, watch, plan, plan.returned)["balance_debited_sum"]
    assert before == cents_as_text(plan.debited_cents)
    assert after == cents_as_text(plan.debited_cents - plan.returned_cents)


def test_time_runs_faster_after_the_start_and_dates_are_real(watch: Watch) -> None:
    with Simulator(purchases=400, seed=3, now=watch, speed=1440) as fast:
        client = Client(fast)
        watch.forward(minutes=1)
        dates = [int(item["date"]) for item in client.all_history(int(NOW.timestamp()) + 1)]
        client.close()
    assert len(dates) > 500, "a day's purchases in a minute"
    assert max(dates) <= watch.moment.timestamp()


def test_a_hold_that_began_before_the_start_ends_sooner_when_time_is_sped_up(watch: Watch) -> None:
    """A countdown on a page with a real clock must end when the simulator releases."""
    with Simulator(purchases=400, seed=3, now=watch, speed=60) as fast:
        plans = reversed(fast.world.population.plans)
        held = next(plan for plan in plans if is_kept_cs2(plan) and plan.resolved < NOW.timestamp())
        text = str(fast.get_purchase(held.buy_id)["in_hold_until"])
        announced = datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
        assert (announced - NOW).total_seconds() < HOLD_SECONDS / 60 + 1
        watch.moment = announced
        assert fast.get_purchase(held.buy_id)["in_hold"] is False


def test_some_purchases_are_always_open(living: Simulator, watch: Watch) -> None:
    counts = []
    for _ in range(20):
        watch.forward(minutes=7)
        living.world.advance()
        latest = [living.get_purchase(plan.buy_id) for plan in living.world.population.plans[-60:]]
        counts.append(sum(one["offer_status"] in {"creating_trade", "waiting_accept"} for one in latest))
    assert sum(counts) / len(counts) >= 1.5


@given(st.floats(0, 4e9), st.floats(0.1, 5000))
def test_real_and_simulated_time_convert_both_ways(moment: float, speed: float) -> None:
    clock = Clock(NOW, speed)
    assert clock.simulated(clock.real(moment)) == pytest.approx(moment, abs=0.01)


@given(st.integers(0, 10**9))
def test_prices_have_two_or_three_decimals_and_lose_nothing(mills: int) -> None:
    text = mills_as_text(mills)
    assert re.fullmatch(r"\d+\.\d\d\d?", text)
    assert int(text.replace(".", "").ljust(len(text.partition(".")[0]) + 3, "0")) == mills


@given(st.integers(-(10**9), 10**9))
def test_sums_have_two_decimals_and_lose_nothing(cents: int) -> None:
    assert int(cents_as_text(cents).replace(".", "")) == cents


def test_the_state_at_a_moment_is_a_pure_function_of_the_plan(full: Simulator) -> None:
    plans = Random(1).sample(full.world.population.plans, 50)
    moment = NOW.timestamp()
    once = [purchase_at(plan, moment, full.clock) for plan in plans]
    for plan in plans:
        purchase_at(plan, moment + 1e6, full.clock)
    assert [purchase_at(plan, moment, full.clock) for plan in plans] == once
