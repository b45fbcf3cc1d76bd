"""Steering a running simulator over HTTP, and its scenarios."""

from typing import Any

import pytest
import requests

from dashboard.simulator import Simulator
from dashboard.simulator.plans import Plan
from tests.simulator.hands import NOW, Client, Watch


def call(simulator: Simulator, command: str, path: str, content: Any = None) -> requests.Response:
    return requests.request(command, f"{simulator.control_url}/{path}", json=content, timeout=5)


def test_faults_are_switched_on_shown_and_off(quiet: Simulator, client: Client) -> None:
    call(quiet, "POST", "faults", {"error_code": {"value": -9, "count": 5}})
    assert call(quiet, "GET", "faults").json()["on"]["error_code"]["count"] == 5
    assert client.look_up(9)["error_code"] == -9
    call(quiet, "DELETE", "faults")
    assert client.look_up(9)["status"] == "success"


def test_one_fault_is_switched_off_and_the_others_stay(quiet: Simulator) -> None:
    call(quiet, "POST", "faults", {"latency": 0.01, "html_502": True})
    assert call(quiet, "POST", "faults", {"html_502": None}).json()["on"].keys() == {"latency"}


def test_purchases_are_added_changed_and_shown(quiet: Simulator) -> None:
    added = call(quiet, "POST", "purchases", {"offer_status": "waiting_accept", "steamid": "76561198000000001"}).json()
    path = f"purchases/{added['buy_id']}"
    call(quiet, "POST", path, {"offer_status": "accepted", "in_hold": True})
    shown = call(quiet, "GET", path).json()
    assert (shown["offer_status"], shown["in_hold"], shown["steamid"]) == ("accepted", True, "76561198000000001")


def test_requests_are_counted_without_those_to_control(quiet: Simulator, client: Client) -> None:
    client.look_up(9)
    assert call(quiet, "DELETE", "requests").json()["by_method"] == {"market_getinfo": 1}
    assert call(quiet, "GET", "requests").json()["total"] == 0


@pytest.mark.parametrize(
    ("command", "path", "content", "status"),
    [
        ("GET", "purchases/77", None, 404),
        ("POST", "purchases/77", {}, 404),
        ("GET", "purchases/x", None, 400),
        ("POST", "purchases", {"colour": "red"}, 400),
        ("POST", "purchases", {"absent": ["buy_id"]}, 400),
        ("POST", "faults", {"earthquake": True}, 400),
        ("POST", "faults", [1], 400),
        ("POST", "scenario", {"earthquake": True}, 400),
        ("GET", "weather", None, 404),
    ],
)
def test_what_is_wrong_is_said(quiet: Simulator, command: str, path: str, content: Any, status: int) -> None:
    response = call(quiet, command, path, content)
    assert response.status_code == status
    assert response.json()["error"]


def test_fields_of_a_scripted_purchase_go_out_as_given(quiet: Simulator, client: Client) -> None:
    buy_id = quiet.add_purchase(
        date=NOW, in_hold_until=NOW, in_hold=1, balance_debited_sum=7, item_name="★ <b>", error_reason="odd"
    )
    shown = client.look_up(buy_id)
    assert (shown["date"], shown["in_hold_until"]) == (str(int(NOW.timestamp())), "2026-11-20 12:00:00")
    assert (shown["in_hold"], shown["balance_debited_sum"], shown["error_reason"]) == ("1", "7", "odd")
    assert shown["item"]["name"] == "★ <b>"


def test_fields_of_a_scripted_purchase_can_be_absent(quiet: Simulator, client: Client) -> None:
    buy_id = quiet.add_purchase(absent=["steamid", "item_price"])
    shown = client.look_up(buy_id)
    assert "steamid" not in shown
    assert "price" not in shown["item"]


def test_a_scripted_purchase_does_not_move_by_itself(quiet: Simulator, watch: Watch) -> None:
    buy_id = quiet.add_purchase(offer_status="creating_trade")
    before = quiet.get_purchase(buy_id)
    watch.forward(days=30)
    assert quiet.get_purchase(buy_id) == before


def test_a_planned_purchase_that_was_changed_moves_no_more(watch: Watch) -> None:
    with Simulator(purchases=100, now=watch) as simulator:
        plan = simulator.world.population.plans[-1]
        simulator.change_purchase(plan.buy_id, offer_status="waiting_accept")
        watch.forward(days=9)
        assert simulator.get_purchase(plan.buy_id)["offer_status"] == "waiting_accept"


def new_plans(simulator: Simulator, watch: Watch) -> list[Plan]:
    """The purchases of the next two hours."""
    already = len(simulator.world.population.plans)
    watch.forward(hours=2)
    simulator.world.advance()
    return simulator.world.population.plans[already:]


def test_in_an_outage_every_new_purchase_fails(watch: Watch) -> None:
    with Simulator(purchases=100, now=watch) as simulator:
        call(simulator, "POST", "scenario", {"outage": True})
        assert {plan.outcome for plan in new_plans(simulator, watch)} == {"trade_create_error"}
        call(simulator, "POST", "scenario", {"outage": False})
        assert "accepted" in {plan.outcome for plan in new_plans(simulator, watch)}


def test_a_pulled_item_is_unavailable_until_it_is_restocked(watch: Watch) -> None:
    with Simulator(purchases=100, now=watch) as simulator:
        name = new_plans(simulator, watch)[0].item.name
        simulator.play_scenario({"pull_item": name})
        later = [plan for _ in range(12) for plan in new_plans(simulator, watch)]
        pulled = {plan.error_reason for plan in later if plan.item.name == name}
        assert pulled == {"skin_unavailable"}
        simulator.play_scenario({"restock_item": name})
        assert not simulator.world.population.circumstances.pulled_items


def test_a_reversing_user_undoes_planned_and_scripted_trades(watch: Watch) -> None:
    with Simulator(purchases=2000, now=watch) as simulator:
        held = [one for one in simulator.world.population.plans if one.can_be_reversed_by_user_at(NOW.timestamp())]
        steamid = held[0].steamid
        planned = {plan.buy_id for plan in held if plan.steamid == steamid}
        scripted = simulator.add_purchase(steamid=steamid, in_hold=True)
        released = simulator.add_purchase(steamid=steamid, in_hold=False)
        undone = call(simulator, "POST", "scenario", {"reverse_user": steamid}).json()["reverse_user"]
        assert set(undone) == planned | {scripted}
        assert {simulator.get_purchase(one)["offer_status"] for one in undone} == {"rollback_user"}
        assert simulator.get_purchase(released)["offer_status"] == "accepted"
