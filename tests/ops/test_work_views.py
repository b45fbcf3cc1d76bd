"""The lists that ops works from."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from flask import Flask

from dashboard.purchases import store as purchases
from dashboard.purchases.store import Source
from tests.conftest import signed_in
from tests.purchases.samples import a_record, an_answer, store_purchase
from tests.reader import Page, Reader

NOW = datetime.now(UTC).replace(microsecond=0)
HOUR = timedelta(hours=1)
OTHER = "76561198050648524"


@pytest.fixture(autouse=True)
def at_that_moment() -> Iterator[None]:
    """However long the tests before took."""
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def ops(app: Flask) -> Reader:
    return signed_in(app, "ops")


def store(buy_id: int, ago: timedelta, status: str = "timeout", **fields: object) -> None:
    # The tests take minutes all together, so the moment is taken anew.
    now = datetime.now(UTC)
    values = {"asked_at": now, "date": now - ago, "offer_status": status} | fields
    store_purchase(buy_id=buy_id, **values)  # type: ignore[arg-type] # Fields of a record.


def works(page: Page) -> dict[str, int]:
    return {
        str(link.select("[data-work]")[0]["data-work"]): int(str(link["data-count"])) for link in page.all(".works a")
    }


def test_stuck_purchases_are_those_open_for_more_than_fifteen_minutes_oldest_first(ops: Reader) -> None:
    store(1, timedelta(minutes=16), "creating_trade")
    store(2, timedelta(minutes=14), "creating_trade")
    store(3, timedelta(hours=3), "waiting_accept")
    store(4, timedelta(hours=3), "in_review")
    page = ops.get("/ops/stuck")
    assert page.buy_ids() == [3, 1]
    assert "in this status for 3 hours" in page.text


def test_a_purchase_is_stuck_in_its_present_status_only_since_it_has_it(ops: Reader) -> None:
    store(1, timedelta(minutes=30), "creating_trade", asked_at=NOW - timedelta(minutes=25))
    store(1, timedelta(minutes=30), "waiting_accept", asked_at=NOW - timedelta(minutes=5))
    assert ops.get("/ops/stuck").buy_ids() == []


def test_nothing_stuck_says_so(ops: Reader) -> None:
    assert "Nothing is stuck" in ops.get("/ops/stuck").text_of('[data-state="empty"]')


def test_users_with_two_reversals_or_three_refusals_are_shown_with_their_money(ops: Reader) -> None:
    store(1, HOUR, "rollback_user", balance_debited_sum=Decimal("1.005"))
    store(2, HOUR, "rollback_supplier", balance_debited_sum=Decimal("2.00"))
    store(3, HOUR, "rollback_user", steamid="76561198050648599")
    for number in range(3):
        store(10 + number, HOUR, steamid=OTHER, error_reason="too_many_failed_attempts")
    page = ops.get("/ops/reversals")
    assert page.values("steamid") == ["76561198050648523", OTHER]
    counts = [int(str(link["data-count"])) for link in page.all("a[data-count]")]
    assert counts == [1, 1, 0, 0, 0, 3]
    assert "$3.005" in page.text


def test_numbers_of_a_user_lead_to_the_purchases(ops: Reader) -> None:
    for number in range(4):
        store(number + 1, HOUR, "rollback_user", error_reason="too_many_failed_attempts" if number else None)
    store(9, timedelta(days=40), "rollback_user")
    for link in ops.get("/ops/reversals").all("a[data-count]"):
        assert len(ops.get(str(link["href"])).buy_ids()) == int(str(link["data-count"]))


def test_reversals_bought_before_the_window_do_not_count(ops: Reader) -> None:
    for number in (1, 2):
        store(number, timedelta(days=8), "rollback_user")
    assert ops.get("/ops/reversals?window=7d").all('[data-row="user"]') == []
    assert len(ops.get("/ops/reversals").all('[data-row="user"]')) == 1


def test_retries_are_one_story_and_a_repeated_delivery_stands_apart(ops: Reader) -> None:
    store(1, 5 * HOUR, custom_id="a-1")
    store(2, 4 * HOUR, "accepted", custom_id="a-2")
    store(3, 9 * HOUR, "accepted", steamid=OTHER, custom_id="b-1")
    store(4, 9 * HOUR - timedelta(minutes=20), "accepted", steamid=OTHER, custom_id="b-2")
    store(5, HOUR, item_name="Bought once", custom_id="c-1")
    page = ops.get("/ops/retries")
    assert page.one('[data-sum="count"]')["data-value"] == "1"
    for row, expected in (("double", ["b-1", "b-2"]), ("chain", ["a-1", "a-2"])):
        marks = page.all(f'[data-row="{row}"] [data-field="custom_id"]')
        assert [str(mark["data-value"]) for mark in marks] == expected


def test_a_retry_that_was_delivered_too_stands_first_with_a_warning(ops: Reader) -> None:
    store(1, 5 * HOUR)
    store(2, 4 * HOUR, "accepted")
    store(3, 9 * HOUR, "waiting_accept", steamid=OTHER, asked_at=NOW - 9 * HOUR)
    store(4, 9 * HOUR - timedelta(minutes=5), "accepted", steamid=OTHER)
    store(3, 9 * HOUR, "accepted", steamid=OTHER)
    page = ops.get("/ops/retries")
    assert page.buy_ids() == [3, 4, 1, 2]
    assert [chain.get("data-delivered-twice") for chain in page.all('[data-row="chain"]')] == ["2", None]
    assert "Retried and delivered more than once: 1" in page.text


def test_retried_orders_are_read_page_by_page_newest_first(ops: Reader) -> None:
    records = [
        a_record(buy_id=2 * number + again + 1, date=NOW - HOUR + timedelta(seconds=2 * number + again),
                 offer_status="timeout", item_name=f"Item {number}")
        for number in range(51)
        for again in range(2)
    ]  # fmt: skip
    purchases.record_answer(an_answer(*records, asked_at=NOW), Source.HISTORY)
    first = ops.get("/ops/retries?window=7d")
    assert first.one('[data-sum="count"]')["data-value"] == "51"
    assert first.buy_ids()[:2] == [101, 102]
    second = ops.get(str(first.one('[rel="next"]')["href"]))
    assert second.buy_ids() == [1, 2]
    assert second.text_of(".segments [aria-current]") == "7 days"


def test_no_retries_say_so(ops: Reader) -> None:
    assert "No order was tried again" in ops.get("/ops/retries").text


def test_reversals_stand_by_the_hours_after_acceptance_and_honestly_where_it_is_unknown(ops: Reader) -> None:
    accepted = NOW - timedelta(days=3)
    bought = timedelta(days=3, minutes=10)
    # Its acceptance was seen; then one first seen accepted; then one first seen reversed.
    store(1, bought, "waiting_accept", asked_at=accepted - timedelta(minutes=5))
    store(1, bought, "accepted", asked_at=accepted)
    store(1, bought, "rollback_user", asked_at=accepted + timedelta(hours=30))
    store(2, bought, "accepted", asked_at=accepted)
    store(2, bought, "rollback_supplier", asked_at=accepted + timedelta(hours=2))
    store(3, bought, "rollback_user", asked_at=accepted)
    page = ops.get("/ops/reversal-times")
    rows = {str(row["data-bin"]): row.get_text(" ", strip=True).split()[-4:] for row in page.all('[data-row="bin"]')}
    assert rows["24-48"] == ["1", "1", "0", "0"]
    assert rows["1-6"] == ["1", "0", "1", "1"]
    assert rows["unknown"] == ["1", "1", "0", "0"]
    for bin_, buy_id in (("24-48", 1), ("1-6", 2), ("unknown", 3)):
        assert ops.get(f"/ops/reversal-times?bin={bin_}").buy_ids() == [buy_id]


def test_drift_is_shown_with_its_first_example_raw_and_told_on_every_page_for_a_day(app: Flask, ops: Reader) -> None:
    store(7, HOUR, "in_review", raw='{"offer_status": "in_review", "note": "<b>"}')
    page = ops.get("/ops/drift")
    assert [mark["data-drift"] for mark in page.all("[data-drift]")] == ["in_review"]
    assert '"note": "<b>"' in page.text_of("pre")
    assert "“in_review” (purchase 7)" in ops.get("/").text_of(".notice:last-of-type")
    assert "in_review" not in signed_in(app, "support").get("/").text


def test_a_drift_that_is_no_news_is_told_on_its_own_page_only(ops: Reader) -> None:
    store(7, 30 * HOUR, "in_review", asked_at=NOW - timedelta(hours=25))
    assert "in_review" not in ops.get("/").text
    assert "in_review" in ops.get("/ops/drift").text


def test_the_panel_counts_every_list_as_its_page_does(ops: Reader) -> None:
    store(1, HOUR, "creating_trade", item_name="Stuck")
    for number, status in ((2, "rollback_user"), (3, "rollback_user")):
        store(number, (6 - number) * HOUR, status)
    store(4, HOUR, "in_review", item_name="Odd")
    store(5, HOUR, "accepted", item_name="Held", in_hold=True, in_hold_until=NOW + 5 * HOUR)
    assert works(ops.fragment("/ops/work")) == {
        "stuck open purchases": 1, "retried orders": 1, "users with repeated reversals": 1,
        "reversals by hours since acceptance": 2, "on hold, by day of release": 1, "undocumented values": 1,
    }  # fmt: skip


def test_items_and_users_that_fail_most_lead_to_their_failures(ops: Reader) -> None:
    for number in range(3):
        store(number + 1, HOUR, "trade_create_error", item_name="AK", steamid=OTHER, error_reason="skin_unavailable")
    store(4, HOUR, "accepted", item_name="AK", steamid=OTHER)
    store(5, HOUR, "timeout", item_name="Case")
    page = ops.fragment("/ops/most?window=24h")
    assert page.values("item_name") == ["AK", "Case"]
    assert page.values("steamid") == [OTHER, "76561198050648523"]
    assert "most often: Skin unavailable" in page.text
    for link in page.all('[data-row="item"] a[data-count], [data-row="user"] a[data-count]'):
        assert len(ops.get(str(link["href"])).buy_ids()) == int(str(link["data-count"]))


def test_rates_are_told_by_attempt_and_by_user(ops: Reader) -> None:
    store(1, 5 * HOUR)
    store(2, 4 * HOUR, "accepted")
    store(3, 3 * HOUR, steamid=OTHER)
    page = ops.get("/ops/most?window=24h")
    counts = [[str(link["data-count"]) for link in row.select("a")] for row in page.all('[data-row="attempt"]')]
    assert [failed for failed, _ in counts] == ["2", "0", "0"]
    assert [link["data-count"] for link in page.all('[data-row="users"] a')] == ["2", "2"]
    (empty_handed,) = page.all('[data-row="empty-handed"] a')
    assert empty_handed["data-count"] == "1"
    assert ops.get(str(empty_handed["href"])).values("steamid") == [OTHER]


def test_the_second_attempts_that_failed_are_listed(ops: Reader) -> None:
    for number, hours in ((1, 5), (2, 4), (3, 3)):
        store(number, hours * HOUR)
    assert ops.get("/ops/attempts?window=24h&number=2&outcome=failed").buy_ids() == [2]


PAGES = (
    "stuck",
    "overdue",
    "attempts",
    "users",
    "reversals",
    "retries",
    "reversal-times",
    "drift",
    "work",
    "most",
    "rates",
    "verdict",
)


@pytest.mark.parametrize("page", PAGES)
def test_every_list_has_an_address_of_its_own_for_ops_alone(app: Flask, page: str) -> None:
    assert signed_in(app, "ops").get(f"/ops/{page}").status == 200
    assert signed_in(app, "support").get(f"/ops/{page}").status == 403
