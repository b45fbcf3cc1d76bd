"""What each rule finds in plain figures, at the edges: just enough, one less, nothing at all."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from dashboard.alerts import conditions
from dashboard.alerts.conditions import normal_share
from dashboard.alerts.figures import ApiFigures, Attempt, RateFigures, Reversal, StuckFigures, UnknownValue
from dashboard.alerts.kinds import FIRST_RULES, KIND_BY_NAME, KINDS, read_settings
from dashboard.alerts.wording import AlertFinding
from dashboard.finance.balance.bridge import Reading
from dashboard.sync.causes import Cause, CauseKind

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
    oldest = NOW - timedelta(minutes=24)
    (found,) = find("stuck", settings("stuck"), StuckFigures(NOW, 5, oldest, (4, 3)))
    assert "the oldest for 24 minutes" in found.sentence
    assert found.buy_ids == (4, 3)
    assert find("stuck", settings("stuck"), StuckFigures(NOW, 4, oldest, (4, 3))) == []
    assert find("stuck", settings("stuck") | {"least_purchases": 1}, StuckFigures(NOW), OPEN) == []


def test_each_kind_of_unknown_value_is_a_cause_of_its_own_with_its_examples() -> None:
    values = [UnknownValue("status", "in_review", 2, 17), UnknownValue("set_aside", "no date", 1)]
    found = find("unknown_values", settings("unknown_values"), values)
    assert [(one.subject, one.cause) for one in found] == [("", "set_aside"), ("", "status")]
    assert [one.buy_ids for one in found] == [(), (17,)]
    assert [one.link for one in found] == ["/ops/drift", "/purchases?status=in_review"]
    assert [one.kind for one in found] == ["unreadable", "unknown_value"]


def test_values_that_came_too_seldom_are_not_counted() -> None:
    values = [UnknownValue("status", "often", 5), UnknownValue("status", "seldom", 4)]
    (found,) = find("unknown_values", settings("unknown_values", least_answers=5), values)
    assert found.sentence == "SkinsBack sends one undocumented status: “often” (5 answers)."


def test_a_thousand_unknown_fields_are_a_thousand_or_more() -> None:
    values = [UnknownValue("field", f"f{number:04}", 1) for number in range(1000)]
    (found,) = find("unknown_values", settings("unknown_values"), values)
    assert "1,000 or more undocumented fields, such as “f0000” (1 answer), “f0001”, “f0002”" in found.sentence


CAUSES = [
    Cause(CauseKind.REFUSED, "invalid_client_secret", NOW, "It refuses."),
    Cause(CauseKind.LIMIT, "request_limit_reached", NOW, "It limits."),
    Cause(CauseKind.JOBS, "import_failed", None, "No import.", "See the log."),
]


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("refresh_stopped", [("jobs", "import_failed", "critical")]),
        (
            "api_errors",
            [("refused", "invalid_client_secret", "critical"), ("limit", "request_limit_reached", "warning")],
        ),
    ],
)
def test_each_rule_tells_of_its_own_causes(kind: str, told: list[tuple[str, str, str]]) -> None:
    found = conditions.of_causes(KIND_BY_NAME[kind].causes, CAUSES)
    assert [(one.kind, one.cause, one.severity) for one in found] == told


def test_an_error_of_any_length_is_a_cause_that_its_column_keeps() -> None:
    (found,) = conditions.of_causes({CauseKind.CONNECTION}, [Cause(CauseKind.CONNECTION, "e" * 500, NOW, "No.")])
    assert len(found.cause) == 64


def test_a_rule_may_say_how_grave_its_alerts_are() -> None:
    kind = KIND_BY_NAME["stuck"]
    found = AlertFinding("", "", (), "")
    assert kind.completed(kind.defaults, found).severity == "warning"
    assert kind.completed(kind.defaults | {"severity": "critical"}, found).severity == "critical"


@pytest.mark.parametrize(
    ("side", "severity"), [("skinsback", "critical"), ("sold_out", "warning"), ("customer", "warning")]
)
def test_only_failures_at_skinsback_are_critical(side: str, severity: str) -> None:
    kind, given = KIND_BY_NAME["failure_rate"], settings("failure_rate", side=side, least_failed=1)
    (found,) = kind.find(given, rate({ERROR: 9, SOLD_OUT: 9, DECLINED: 9}), frozenset())
    assert kind.completed(given, found).severity == severity


USUAL = {ERROR: 5, DELIVERED: 95}


def raised(counts: dict[tuple[str, str], int]) -> RateFigures:
    return rate(counts, USUAL, USUAL, USUAL)


@pytest.mark.parametrize(
    ("failed", "is_open", "is_found"),
    [(15, False, False), (16, False, True), (11, True, True), (10, True, False)],
)
def test_more_failures_than_usual_are_five_standard_deviations_more_and_half_of_it_while_open(
    failed: int, is_open: bool, is_found: bool
) -> None:
    # Of 100 purchases 5 usually fail, give or take 2.2.
    figures = raised({ERROR: failed, DELIVERED: 100 - failed})
    found = find("raised_failures", settings("raised_failures"), figures, OPEN if is_open else frozenset())
    assert bool(found) is is_found


def test_in_a_large_shop_a_few_points_of_a_percent_are_no_news() -> None:
    figures = raised({ERROR: 990, DELIVERED: 9010})
    assert find("raised_failures", settings("raised_failures"), figures) == []
    assert find("raised_failures", settings("raised_failures", points=4), figures) != []


@pytest.mark.parametrize(("failed", "is_found"), [(40, True), (39, False)])
def test_where_nothing_is_known_of_what_is_normal_two_fifths_are_more_than_usual(failed: int, is_found: bool) -> None:
    figures = rate({ERROR: failed, DELIVERED: 100 - failed})
    assert bool(find("raised_failures", settings("raised_failures"), figures)) is is_found


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


@pytest.mark.parametrize(("seconds", "is_found"), [(39, False), (40, True)])
def test_a_silence_of_the_past_is_found_when_it_has_held(seconds: int, is_found: bool) -> None:
    figures = ApiFigures(NOW, NOW - timedelta(seconds=seconds), "timeout")
    assert bool(find("api_errors", settings("api_errors"), figures)) is is_found
    assert find("api_errors", settings("api_errors"), ApiFigures(NOW)) == []


@pytest.mark.parametrize(
    ("name", "code", "kind"),
    [
        ("timeout", None, "connection"), ("invalid_client_secret", -10, "refused"), ("rate_limited", None, "limit"),
        ("request_limit_reached", -7, "limit"), ("market_disabled", -6, "connection"),
    ],
)  # fmt: skip
def test_an_error_of_the_past_is_of_the_kind_that_it_is_now(name: str, code: int | None, kind: str) -> None:
    figures = ApiFigures(NOW, NOW - timedelta(minutes=5), name, code)
    (found,) = find("api_errors", settings("api_errors"), figures)
    assert (found.kind, found.cause) == (kind, name)


def test_every_kind_is_told_as_a_word_that_is_fixed_outside() -> None:
    words = {
        "failure", "item", "reversals", "stuck", "unknown_value", "unreadable", "jobs", "connection", "refused",
        "limit", "latency", "balance", "volume",
    }  # fmt: skip
    assert {kind.told_as for kind in KINDS} <= words


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
