"""The purchases that the simulator makes up are plausible, complete and always the same for a seed."""

from collections import Counter
from itertools import pairwise

import pytest

from dashboard.simulator import Simulator
from dashboard.simulator.plans import BAR_SECONDS, DAY, PROTECTION_SECONDS, Plan
from dashboard.simulator.population import Catalogue, Population
from tests.simulator.hands import NOW, Client

START = NOW.timestamp()
STATUSES = {
    *("creating_trade", "waiting_accept", "accepted", "canceled", "timeout", "invalid_trade_token"),
    *("user_not_tradable", "trade_create_error", "rollback_user", "rollback_supplier"),
}
REASONS = {
    *("user_cant_trade", "private_inventory", "user_trade_ban", "user_inventory_is_full"),
    *("too_many_failed_attempts", "skin_unavailable"),
}


@pytest.fixture(scope="module")
def population() -> Population:
    return Population(seed=2, count=20_000, start=START)


def by_user(population: Population) -> dict[str, list[Plan]]:
    users: dict[str, list[Plan]] = {}
    for plan in population.plans:
        users.setdefault(plan.steamid, []).append(plan)
    return users


@pytest.mark.parametrize("seed", range(1, 7))
def test_most_purchases_are_delivered_but_not_nearly_all(seed: int) -> None:
    plans = Population(seed, 5000, START).plans
    assert 0.80 <= sum(plan.is_delivered for plan in plans) / len(plans) <= 0.88


def test_every_status_and_reason_occurs_in_what_the_api_answers(full_client: Client) -> None:
    items = full_client.all_history()
    assert {item["offer_status"] for item in items} == STATUSES
    assert {item["error_reason"] for item in items} == REASONS | {None}


def test_the_same_seed_and_start_give_the_same_purchases() -> None:
    assert Population(8, 500, START).plans == Population(8, 500, START).plans


def test_another_seed_gives_other_purchases() -> None:
    assert Population(8, 500, START).plans != Population(9, 500, START).plans


def test_later_purchases_do_not_depend_on_how_often_somebody_looks() -> None:
    once, often = Population(8, 500, START), Population(8, 500, START)
    once.extend(START + DAY)
    for hour in range(25):
        often.extend(START + hour * 3600)
    assert once.plans == often.plans


@pytest.mark.parametrize("count", [0, 1, 7, 2000])
def test_exactly_as_many_purchases_as_asked_for_were_made_before_the_start(count: int) -> None:
    plans = Population(1, count, START).plans
    assert len(plans) == count
    assert all(plan.created <= START for plan in plans)


def test_purchases_reach_back_about_four_months(population: Population) -> None:
    assert 110 * DAY < START - population.plans[0].created < 130 * DAY


def test_ids_and_custom_ids_are_unique_and_ids_ascend_with_time(population: Population) -> None:
    ids = [plan.buy_id for plan in population.plans]
    custom_ids = [plan.custom_id for plan in population.plans if plan.custom_id is not None]
    offers = [plan.tradeofferid for plan in population.plans if plan.tradeofferid is not None]
    assert ids == sorted(set(ids))
    assert len(set(custom_ids)) == len(custom_ids) < len(ids)
    assert len(set(offers)) == len(offers)


def test_users_are_unequal(population: Population) -> None:
    counts = sorted((len(plans) for plans in by_user(population).values()), reverse=True)
    assert counts[0] > 500
    assert sum(count == 1 for count in counts) > 1000


def test_a_user_who_reverses_undoes_all_protected_trades_at_once(population: Population) -> None:
    reversals = {(plan.steamid, plan.reversed) for plan in population.plans if plan.reversal == "rollback_user"}
    assert len(reversals) > 10
    for steamid, moment in reversals:
        assert moment is not None
        for plan in by_user(population)[steamid]:
            is_protected = plan.has_hold and plan.resolved <= moment < plan.resolved + PROTECTION_SECONDS
            if is_protected:
                assert plan.reversed is not None
                assert plan.reversed <= moment


def test_after_reversing_a_user_cannot_trade_for_thirty_days(population: Population) -> None:
    barred = 0
    for plans in by_user(population).values():
        moments = {plan.reversed for plan in plans if plan.reversal == "rollback_user"}
        for moment in moments:
            assert moment is not None
            later = [plan for plan in plans if moment <= plan.created < moment + BAR_SECONDS]
            barred += sum(plan.outcome == "user_not_tradable" for plan in later)
            assert not any(plan.is_delivered for plan in later)
    assert barred > 0


def test_only_items_with_a_hold_are_reversed(population: Population) -> None:
    assert all(plan.has_hold for plan in population.plans if plan.reversed is not None)


def test_failed_purchases_are_tried_again_with_a_new_custom_id(population: Population) -> None:
    custom_ids = [plan.custom_id for plan in population.plans if plan.custom_id is not None]
    attempts = Counter(one.rpartition("-")[2] for one in custom_ids if one.startswith("order-"))
    assert attempts["1"] > attempts["2"] > attempts["3"] > 0


def test_failures_come_in_clusters_of_users(population: Population) -> None:
    """Among users with a failure, the next purchase fails more often than purchases do on average."""
    after_failure = [
        second for plans in by_user(population).values() for first, second in pairwise(plans) if not first.is_delivered
    ]
    overall = sum(not plan.is_delivered for plan in population.plans) / len(population.plans)
    again = sum(not plan.is_delivered for plan in after_failure) / len(after_failure)
    assert again > 1.5 * overall


def test_prices_spread_over_orders_of_magnitude(population: Population) -> None:
    prices = sorted(float(plan.price) for plan in population.plans)
    assert prices[0] < 0.2
    assert prices[len(prices) // 2] < 20
    assert prices[-1] > 500
    assert {len(plan.price.partition(".")[2]) for plan in population.plans} == {2, 3}


def test_some_failed_purchases_keep_a_debited_sum(population: Population) -> None:
    failed = [plan for plan in population.plans if not plan.is_delivered]
    kept = [plan for plan in failed if plan.returned_cents < plan.debited_cents]
    assert 0.2 < len(kept) / len(failed) < 0.5
    assert all(0 <= plan.returned_cents <= plan.debited_cents for plan in population.plans)


NAME_PARTS = ["StatTrak™ ", "★ Karambit", "★ StatTrak™ ", "Sticker | ", '"', "'", "<", "&", "龍", "م"]


@pytest.mark.parametrize("part", NAME_PARTS)
def test_item_names_hold_what_pages_stumble_over(part: str) -> None:
    assert any(part in name for name in Catalogue(1).names())


def test_a_hundred_thousand_purchases_can_be_drawn_up() -> None:
    population = Population(1, 100_000, START)
    assert len(population.plans) == 100_000
    assert population.find(population.plans[5].buy_id) is population.plans[5]


def test_the_newest_purchase_is_found_by_its_custom_id(full: Simulator, full_client: Client) -> None:
    plan = next(plan for plan in reversed(full.world.population.plans) if plan.custom_id is not None)
    items = full_client.ask("market_getinfo", custom_ids=[plan.custom_id])["items"]
    assert [item["buy_id"] for item in items] == [str(plan.buy_id)]
