"""``market_history``: pages, periods, and what a script adds among the planned purchases."""

from datetime import timedelta

from dashboard.simulator import Simulator
from tests.simulator.hands import NOW, Client

AGES_AGO, FAR_AHEAD = 0, 4_000_000_000


def test_a_page_holds_a_thousand_and_says_where_the_next_begins(full_client: Client) -> None:
    page = full_client.ask("market_history", starting=AGES_AGO, ending=FAR_AHEAD)
    assert (len(page["items"]), page["total_count"], page["has_more"]) == (1000, "3001", True)
    following = full_client.ask("market_history", starting=AGES_AGO, ending=FAR_AHEAD, start_from=page["start_from"])
    assert not {item["buy_id"] for item in page["items"]} & {item["buy_id"] for item in following["items"]}


def test_all_pages_together_hold_every_purchase_once_in_order(full_client: Client) -> None:
    items = full_client.all_history()
    dates = [int(item["date"]) for item in items]
    assert len({item["buy_id"] for item in items}) == len(items) == 3001
    assert dates == sorted(dates)


def test_the_last_page_says_that_it_is_the_last(full_client: Client) -> None:
    page = full_client.ask("market_history", starting=AGES_AGO, ending=FAR_AHEAD, start_from=3000)
    assert (len(page["items"]), page["has_more"], page["start_from"]) == (1, False, None)


def test_both_ends_of_the_period_are_included(client: Client, quiet: Simulator) -> None:
    for date in (999, 1000, 1500, 2000, 2001):
        quiet.add_purchase(date=date)
    assert [item["date"] for item in client.all_history(1000, 2000)] == ["1000", "1500", "2000"]


def test_planned_purchases_of_a_period_are_exactly_those_with_a_date_in_it(full_client: Client) -> None:
    dates = sorted(int(item["date"]) for item in full_client.all_history())
    begin, end = dates[700], dates[900]
    expected = sum(begin <= date <= end for date in dates)
    assert len(full_client.all_history(begin, end)) == expected


def test_an_empty_period_is_a_success_without_items(client: Client) -> None:
    page = client.ask("market_history", starting=1, ending=2)
    assert (page["status"], page["total_count"], page["items"]) == ("success", "0", [])


def test_a_period_must_be_given(client: Client) -> None:
    assert client.ask("market_history", starting=1)["error_code"] == 1


def test_scripted_purchases_stand_among_the_planned_ones() -> None:
    with Simulator(purchases=50, now=NOW) as simulator:
        client = Client(simulator)
        added = simulator.add_purchase(date=NOW - timedelta(days=10))
        items = client.all_history()
        client.close()
    dates = [int(item["date"]) for item in items]
    assert len(items) == 52
    assert dates == sorted(dates)
    assert str(added) in {item["buy_id"] for item in items}


def test_a_changed_planned_purchase_is_still_listed_once() -> None:
    with Simulator(purchases=50, now=NOW) as simulator:
        client = Client(simulator)
        buy_id = client.all_history()[20]["buy_id"]
        simulator.change_purchase(int(buy_id), offer_status="rollback_supplier")
        found = [item for item in client.all_history() if item["buy_id"] == buy_id]
        client.close()
    assert [item["offer_status"] for item in found] == ["rollback_supplier"]
