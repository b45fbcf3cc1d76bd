"""Chains of attempts, and what is counted by them."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from dashboard.finance.findings.rules import repeats
from dashboard.ops.attempts import UserGroup, by_attempt, by_user, chains, repeated_deliveries, retried
from dashboard.purchases.statuses import DECIDED, FAILED

START = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def purchase(buy_id: int, hours: float = 0, status: str = "timeout", **fields: Any) -> Any:
    values = {"buy_id": buy_id, "date": START + timedelta(hours=hours), "offer_status": status}
    item = {"item_name": "Case", "classid": None, "item_id": None, "date_is_estimate": False}
    seen = {"status_since": None, "accepted_at": None}
    return SimpleNamespace(**{"steamid": "7", "balance_debited_sum": None, **item, **seen, **values, **fields})


def ids(purchases: Iterable[Any]) -> list[list[int]]:
    return [[attempt.buy_id for attempt in chain.attempts] for chain in chains(purchases)]


def test_retries_of_one_user_and_item_are_one_story_in_their_order() -> None:
    assert ids([purchase(3, 2), purchase(1), purchase(2, 1)]) == [[1, 2, 3]]


@pytest.mark.parametrize("other", [{"steamid": "8"}, {"item_name": "Key"}])
def test_another_user_or_item_is_another_story(other: dict[str, str]) -> None:
    assert ids([purchase(1), purchase(2, 1, **other)]) == [[1], [2]]


def test_purchases_whose_date_is_not_skinsbacks_are_no_story_and_repeat_nothing() -> None:
    undated = [purchase(number, status="accepted", date_is_estimate=True) for number in (1, 2)]
    assert ids(undated) == [[1], [2]]
    assert repeats(undated) == []


@pytest.mark.parametrize(("hours", "expected"), [(24, [[1, 2]]), (24.01, [[1], [2]])])
def test_a_retry_comes_within_a_day(hours: float, expected: list[list[int]]) -> None:
    assert ids([purchase(1), purchase(2, hours)]) == expected


def test_who_buys_an_item_again_after_a_delivery_has_retried_nothing() -> None:
    assert ids([purchase(1, status="accepted"), purchase(2, 0.2), purchase(3, 0.4)]) == [[1], [2, 3]]


def test_what_was_bought_before_the_first_attempt_was_delivered_is_a_retry() -> None:
    late = purchase(1, status="accepted", accepted_at=START + timedelta(hours=0.3))
    assert ids([late, purchase(2, 0.2, status="accepted")]) == [[1, 2]]
    assert ids([late, purchase(2, 0.4, status="accepted")]) == [[1], [2]]


def test_what_replaces_a_reversed_delivery_is_a_retry_and_what_came_before_the_reversal_is_not() -> None:
    reversed_ = purchase(1, status="rollback_user", status_since=START + timedelta(hours=2))
    assert ids([reversed_, purchase(2, 3)]) == [[1, 2]]
    assert ids([reversed_, purchase(2, 1)]) == [[1], [2]]


@pytest.mark.parametrize("unknown", [{"steamid": None}, {"item_name": None}])
def test_purchases_of_nobody_known_are_not_thrown_together(unknown: dict[str, None]) -> None:
    assert ids([purchase(1, **unknown), purchase(2, 1, **unknown)]) == [[1], [2]]


def test_two_deliveries_are_one_too_many_and_a_reversed_one_is_none() -> None:
    late = START + timedelta(hours=1)
    twice = chains([purchase(1, status="accepted", accepted_at=late), purchase(2, 0.5, status="accepted")])
    replaced = chains([purchase(1, status="rollback_supplier"), purchase(2, 0.5, status="accepted")])
    assert [chain.is_delivered_twice for chain in (*twice, *replaced)] == [True, False]


def test_a_retried_order_delivered_twice_is_not_told_again_as_a_repeated_delivery() -> None:
    rows = [
        purchase(1, status="accepted", accepted_at=START + timedelta(hours=1)), purchase(2, 0.5, status="accepted"),
    ]  # fmt: skip
    assert repeated_deliveries(rows, retried(rows)) == []


@pytest.mark.parametrize(("hours", "expected"), [(1, [3]), (1.4, [])])
@pytest.mark.parametrize("item", [{}, {"item_name": None, "classid": "5"}])
def test_operations_and_finance_find_the_same_deliveries_repeated(
    hours: float, expected: list[int], item: dict[str, Any]
) -> None:
    rows = [
        purchase(1, 0, "accepted", **item), purchase(2, 0.5, **item), purchase(3, hours, "accepted", **item),
    ]  # fmt: skip
    assert [pair.last.buy_id for pair in repeated_deliveries(rows, retried(rows))] == expected
    assert [suspect.buy_id for suspect in repeats(rows)] == expected


def test_attempts_are_counted_by_their_number_in_the_order() -> None:
    order = [purchase(1), purchase(2, 1), purchase(3, 2), purchase(4, 3, status="accepted")]
    other = [purchase(5, 1, steamid="8", status="waiting_accept")]
    counts = by_attempt(chains(order + other))
    assert [len(count.purchases) for count in counts] == [2, 1, 2]
    assert [len(count.of(DECIDED)) for count in counts] == [1, 1, 2]
    assert [len(count.of(FAILED)) for count in counts] == [1, 1, 1]


def test_users_are_counted_once_and_by_whether_they_got_anything() -> None:
    counted = by_user(
        [
            purchase(1), purchase(2, 1), purchase(3, 2, status="accepted"),
            purchase(4, steamid="8"), purchase(5, steamid="9", status="accepted"),
            purchase(6, steamid="10", status="waiting_accept"), purchase(7, steamid=None),
        ]
    )  # fmt: skip
    groups = {who: {tally.steamid for tally in counted if tally.is_one_of(who)} for who in UserGroup}
    assert groups == {UserGroup.DECIDED: {"7", "8", "9"}, UserGroup.FAILED: {"7", "8"}, UserGroup.EMPTY_HANDED: {"8"}}


def test_a_user_whose_purchase_was_reversed_did_get_something() -> None:
    (tally,) = by_user([purchase(1), purchase(2, 1, status="rollback_supplier")])
    assert not tally.is_one_of(UserGroup.EMPTY_HANDED)


def test_users_who_failed_most_stand_first() -> None:
    counted = by_user([purchase(1, steamid="8"), purchase(2), purchase(3)])
    assert [(tally.steamid, tally.failed) for tally in counted] == [("7", 2), ("8", 1)]
