"""What each rule finds in plain figures, at the edges: just enough, one less, nothing at all."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from dashboard.alerts import conditions
from dashboard.alerts.conditions import normal_share
from dashboard.alerts.figures import ApiFigures, Attempt, JobFigures, RateFigures, Reversal, StuckFigures, UnknownValue
from dashboard.alerts.kinds import FIRST_RULES, KIND_BY_NAME, KINDS, read_settings
from dashboard.alerts.wording import AlertFinding
from dashboard.finance.balance.bridge import Reading

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
OPEN = frozenset({""})
ERROR, SOLD_OUT, DECLINED, DELIVERED = (
    ("trade_create_error", ""),
    ("trade_create_error", "skin_unavailable"),
    ("canceled", ""),
    ("accepted", ""),
)


def find(
    kind: str, given: dict[str, int | str], figures: object, open_subjects: frozenset[str] = frozenset()
) -> list[AlertFinding]:
    return KIND_BY_NAME[kind].find(given, figures, open_subjects)


def rate(counts: dict[tuple[str, str], int], *normal: dict[tuple[str, str], int]) -> RateFigures:
    return RateFigures(NOW - timedelta(minutes=15), NOW, counts, normal)


def settings(kind: str, **changes: int | str) -> dict[str, int | str]:
    return KIND_BY_NAME[kind].defaults | changes


@pytest.mark.parametrize(
    ("failed", "delivered", "is_found"), [(8, 24, True), (7, 0, False), (8, 25, False), (0, 0, False)]
)
def test_a_failure_rate_needs_both_the_number_and_the_share(failed: int, delivered: int, is_found: bool) -> None:
    found = find("failure_rate", settings("failure_rate"), rate({ERROR: failed, DELIVERED: delivered}))
    assert bool(found) is is_found


def test_a_share_that_is_normal_for_these_hours_is_no_alert() -> None:
    usual = {ERROR: 20, DELIVERED: 80}
    assert find("failure_rate", settings("failure_rate"), rate({ERROR: 11, DELIVERED: 9}, usual, usual)) == []
    assert find("failure_rate", settings("failure_rate"), rate({ERROR: 12, DELIVERED: 8}, usual, usual)) != []


def test_the_worst_week_does_not_count_as_normal() -> None:
    good, outage = {ERROR: 1, DELIVERED: 99}, {ERROR: 100}
    assert normal_share("skinsback", [good, outage, good]) == Decimal("0.01")


def test_too_few_purchases_say_nothing_of_what_is_normal() -> None:
    assert normal_share("skinsback", [{DELIVERED: 19}]) is None
    assert normal_share("skinsback", []) is None


def test_open_and_unknown_purchases_are_not_in_the_rate() -> None:
    counts = {ERROR: 8, DELIVERED: 12, ("creating_trade", ""): 50, ("in_review", ""): 50}
    (found,) = find("failure_rate", settings("failure_rate"), rate(counts))
    assert ("Decided", "20") in found.figures


def test_an_open_alert_stays_at_half_and_an_unopened_one_does_not_open_there() -> None:
    counts = rate({ERROR: 4, DELIVERED: 20})
    assert find("failure_rate", settings("failure_rate"), counts) == []
    assert find("failure_rate", settings("failure_rate"), counts, OPEN) != []


@pytest.mark.parametrize(
    ("side", "outcome", "counts"),
    [
        ("skinsback", ERROR, True), ("skinsback", SOLD_OUT, False), ("skinsback", DECLINED, False),
        ("skinsback", ("trade_create_error", "brand_new"), True), ("sold_out", SOLD_OUT, True),
        ("sold_out", ERROR, False), ("customer", DECLINED, True), ("customer", ERROR, False),
        ("customer", ("trade_create_error", "private_inventory"), True), ("all", DECLINED, True),
        ("all", ERROR, True), ("all", ("rollback_user", ""), False),
    ],
)  # fmt: skip
def test_each_kind_of_failure_counts_its_own(side: str, outcome: tuple[str, str], counts: bool) -> None:
    assert conditions.is_failure_of(side, *outcome) is counts


def test_a_rate_alert_says_how_many_of_how_many_why_and_what_is_normal() -> None:
    (found,) = find(
        "failure_rate", settings("failure_rate"), rate({ERROR: 30, DELIVERED: 10}, {ERROR: 1, DELIVERED: 99})
    )
    assert "75.0%" in found.sentence
    assert "30 of 40; normal is 1.0%" in found.sentence
    assert "Offer not made, no reason given (30)" in found.sentence
    assert found.link.startswith("/purchases?since=2026-11-25T11%3A45%3A00Z")


def attempts(*outcomes: tuple[str, str | None], item: str = "AK-47", same_user: bool = False) -> list[Attempt]:
    return [
        Attempt(number, NOW + timedelta(minutes=number), item, "one" if same_user else f"user {number}", status, reason)
        for number, (status, reason) in enumerate(outcomes)
    ]


GONE = ("trade_create_error", "skin_unavailable")


def test_an_item_that_fails_for_fifteen_customers_in_a_row_is_found() -> None:
    figures = attempts(("accepted", None), *[GONE] * 15)
    (found,) = find("item_failing", settings("item_failing"), figures)
    assert found.subject == "AK-47"
    assert found.buy_ids == tuple(range(15, 0, -1))


@pytest.mark.parametrize("between", ["accepted", "waiting_accept", "timeout", "rollback_user"])
def test_an_offer_in_between_begins_the_row_anew(between: str) -> None:
    figures = attempts(*[GONE] * 14, (between, None), GONE)
    assert find("item_failing", settings("item_failing"), figures) == []


def test_one_customer_who_tries_again_and_again_is_one_customer() -> None:
    assert find("item_failing", settings("item_failing"), attempts(*[GONE] * 15, same_user=True)) == []


def test_customers_own_failures_neither_count_against_an_item_nor_for_it() -> None:
    figures = attempts(*[GONE] * 5, ("trade_create_error", "private_inventory"), *[GONE] * 10)
    assert len(find("item_failing", settings("item_failing"), figures)) == 1


def undone(number: int, steamid: str = "76561198050648523") -> list[Reversal]:
    return [Reversal(buy_id, steamid, NOW, Decimal("1.5")) for buy_id in range(number)]


def test_five_reversals_of_one_user_are_found_and_four_are_not() -> None:
    (found,) = find("user_reversals", settings("user_reversals"), undone(5))
    assert "5 trades, $7.50 debited" in found.sentence
    assert find("user_reversals", settings("user_reversals"), undone(4)) == []


def test_no_sentence_names_a_steam_user() -> None:
    (found,) = find("user_reversals", settings("user_reversals"), undone(5))
    assert found.subject not in found.sentence + str(found.figures)


def test_five_purchases_stuck_at_once_are_found_and_four_are_not() -> None:
    made = {number: NOW - timedelta(minutes=20 + number) for number in range(5)}
    (found,) = find("stuck", settings("stuck"), StuckFigures(NOW, made))
    assert "the oldest for 24 minutes" in found.sentence
    assert found.buy_ids[0] == 4
    assert find("stuck", settings("stuck"), StuckFigures(NOW, dict(list(made.items())[:4]))) == []


def test_each_unknown_value_is_found_by_itself_with_its_first_example() -> None:
    values = [UnknownValue("status", "in_review", 2, 17), UnknownValue("set_aside", "no date", 1)]
    found = find("unknown_values", settings("unknown_values"), values)
    assert [one.subject for one in found] == ["status: in_review", "set_aside: no date"]
    assert [one.buy_ids for one in found] == [(17,), ()]
    assert [one.link for one in found] == ["/purchases?status=in_review", "/ops/drift"]


def jobs(refresh_minutes_ago: float | None, led_minutes: float | None = 60) -> JobFigures:
    last = None if refresh_minutes_ago is None else NOW - timedelta(minutes=refresh_minutes_ago)
    leading = None if led_minutes is None else NOW - timedelta(minutes=led_minutes)
    return JobFigures(NOW, leading, {"refresh": last, "import": NOW}, {"refresh": "ZeroDivisionError"})


def test_a_refresh_without_success_is_found_after_its_time_with_the_reason() -> None:
    assert find("refresh_stopped", settings("refresh_stopped"), jobs(2)) == []
    (found,) = find("refresh_stopped", settings("refresh_stopped"), jobs(2.1))
    assert "It failed: ZeroDivisionError." in found.sentence


@pytest.mark.parametrize(("minutes", "failure", "is_found"), [(3, "", False), (3, "KeyError", True), (10.1, "", True)])
def test_an_import_may_take_long_but_not_fail_for_as_long(minutes: float, failure: str, is_found: bool) -> None:
    last = NOW - timedelta(minutes=minutes)
    failures = {"import": failure} if failure else {}
    figures = JobFigures(NOW, NOW - timedelta(hours=1), {"refresh": NOW, "import": last}, failures)
    assert bool(find("refresh_stopped", settings("refresh_stopped"), figures)) is is_found


def test_a_new_leader_gets_the_time_to_refresh() -> None:
    assert find("refresh_stopped", settings("refresh_stopped"), jobs(600, led_minutes=1)) == []
    assert find("refresh_stopped", settings("refresh_stopped"), jobs(None, led_minutes=1)) == []
    assert find("refresh_stopped", settings("refresh_stopped"), jobs(None, led_minutes=3)) != []


def test_without_a_leader_there_is_nobody_to_blame() -> None:
    assert find("refresh_stopped", settings("refresh_stopped"), jobs(600, led_minutes=None)) == []


@pytest.mark.parametrize(
    ("balance", "is_open", "is_found"),
    [
        ("499.999", False, True),
        ("500", False, False),
        ("549.99", True, True),
        ("550", True, False),
        (None, True, False),
    ],
)
def test_a_balance_closes_only_a_tenth_above_its_sum(balance: str | None, is_open: bool, is_found: bool) -> None:
    figures = None if balance is None else Reading(NOW, Decimal(balance), "schedule")
    assert bool(find("balance_low", settings("balance_low"), figures, OPEN if is_open else frozenset())) is is_found


def test_a_silence_of_skinsback_is_found_after_its_time_and_a_refusal_at_once() -> None:
    assert find("api_errors", settings("api_errors"), ApiFigures(NOW, None)) == []
    assert find("api_errors", settings("api_errors"), ApiFigures(NOW, NOW - timedelta(seconds=119))) == []
    assert find("api_errors", settings("api_errors"), ApiFigures(NOW, NOW - timedelta(seconds=120))) != []
    assert find("api_errors", settings("api_errors"), ApiFigures(NOW, NOW, is_stopped=True, sentence="No.")) != []


def test_every_kind_has_a_condition_and_a_first_rule_with_settings_that_a_form_would_take() -> None:
    assert {first.kind for first in FIRST_RULES} == {kind.name for kind in KINDS}
    for first in FIRST_RULES:
        typed = {name: str(value) for name, value in first.settings.items()}
        assert read_settings(KIND_BY_NAME[first.kind], typed) == (first.settings, {})


@pytest.mark.parametrize("typed", ["", "0", "-1", "1.5", "many", "²", "99999999999999999999"])
def test_a_threshold_that_cannot_be_used_is_explained(typed: str) -> None:
    given = {name: str(value) for name, value in KIND_BY_NAME["stuck"].defaults.items()}
    _, errors = read_settings(KIND_BY_NAME["stuck"], given | {"least_purchases": typed})
    assert list(errors) == ["least_purchases"]
