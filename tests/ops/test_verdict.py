"""The verdict on top of the operations page: failing exactly when an alert rule says so, and what it says otherwise."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update

from dashboard.alerts import store as alert_store
from dashboard.alerts.engine import evaluate_alerts
from dashboard.alerts.figures import Side
from dashboard.alerts.models import Alert, AlertDelivery, AlertRule
from dashboard.alerts.queries import find_rules, open_alerts
from dashboard.db.database import writing
from dashboard.db.extensions import db
from dashboard.ops.outcomes import Outcomes
from dashboard.ops.verdict import VerdictKind, kind_of
from dashboard.ops.verdict_page import find_verdict
from dashboard.purchases import store
from dashboard.purchases.models import Purchase, PurchaseAnswer, PurchaseVersion
from dashboard.purchases.store import Source
from dashboard.totals.models import OutcomeTotal
from tests.purchases.samples import a_record, an_answer

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def outcomes(failed: int, of: int) -> Outcomes:
    counts = {("trade_create_error", ""): failed, ("accepted", ""): of - failed}
    return Outcomes({key: number for key, number in counts.items() if number})


def kind(failed: int, of: int, normal: str | None) -> VerdictKind:
    usual = None if normal is None else Decimal(normal)
    return kind_of(outcomes(failed, of), usual, is_failing=False, is_over=False)


def test_nothing_decided_is_no_verdict() -> None:
    is_open = Outcomes({("waiting_accept", ""): 9})
    assert kind_of(is_open, None, is_failing=False, is_over=False) is VerdictKind.NOTHING


@pytest.mark.parametrize(("decided", "expected"), [(19, VerdictKind.TOO_FEW), (20, VerdictKind.USUAL)])
def test_a_rate_is_usual_from_twenty_purchases_on(decided: int, expected: VerdictKind) -> None:
    assert kind(0, decided, "0.03") is expected


def test_five_failures_of_few_are_more_than_usual_and_four_are_too_few_to_tell() -> None:
    assert (kind(5, 6, "0.03"), kind(4, 4, "0.03")) == (VerdictKind.RAISED, VerdictKind.TOO_FEW)


def test_more_failures_than_usual_are_five_points_that_chance_does_not_explain() -> None:
    assert (kind(22, 70, "0.185"), kind(15, 70, "0.185")) == (VerdictKind.RAISED, VerdictKind.USUAL)
    assert (kind(60, 1000, "0.02"), kind(80, 1000, "0.02")) == (VerdictKind.USUAL, VerdictKind.RAISED)


def test_without_a_normal_rate_a_fifth_must_fail() -> None:
    assert (kind(19, 100, None), kind(20, 100, None)) == (VerdictKind.USUAL, VerdictKind.RAISED)


def test_what_the_rules_find_comes_before_everything_else() -> None:
    assert kind_of(outcomes(0, 100), None, is_failing=True, is_over=True) is VerdictKind.FAILING
    assert kind_of(outcomes(0, 100), None, is_failing=False, is_over=True) is VerdictKind.OVER


@pytest.fixture
def rules(app: Flask) -> Iterator[Flask]:
    with app.app_context():
        alert_store.add_first_rules(NOON, None)
        yield app


def store_outcomes(cases: Sequence[tuple[int, str, str | None]], first: int = 1, now: datetime = NOON) -> None:
    """Store purchases: minutes before ``now``, status and reason of each."""
    records = [
        a_record(buy_id=first + i, date=now - timedelta(minutes=minutes), offer_status=status, error_reason=reason)
        for i, (minutes, status, reason) in enumerate(cases)
    ]
    store.record_answer(an_answer(*records, asked_at=now), Source.HISTORY)


def fail(number: int, of: int, minutes: int = 5, first: int = 1) -> None:
    failed = [(minutes, "trade_create_error", None)] * number
    store_outcomes(failed + [(minutes, "accepted", None)] * (of - number), first=first)


def thresholds(**changes: Any) -> None:
    """Change the thresholds of the rule that watches for failures of SkinsBack."""
    rule = next(rule for rule in find_rules() if rule.settings.get("side") == Side.SKINSBACK)
    alert_store.edit(rule.id, rule.name, rule.settings | changes, "ops@shop.example")


def holding() -> set[str]:
    """The rules of failure rates with an open alert whose cause is there."""
    db.session.rollback()
    return {alert.rule_name for alert in open_alerts() if alert.kind == "failure_rate" and alert.calm_since is None}


def empty() -> None:
    db.session.rollback()
    for model in (AlertDelivery, Alert, PurchaseVersion, PurchaseAnswer, Purchase, OutcomeTotal):
        db.session.execute(delete(model))
    db.session.commit()


cases = st.lists(
    st.tuples(
        st.integers(0, 70) | st.integers(7 * 1440 - 60, 7 * 1440 + 60),
        st.sampled_from(["trade_create_error", "timeout", "accepted"]),
        st.sampled_from([None, "skin_unavailable", "private_inventory"]),
    ),
    max_size=60,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=cases, later=cases, least=st.integers(1, 8), percent=st.integers(5, 60), times=st.integers(1, 4))
def test_the_verdict_is_failing_exactly_when_a_rule_finds_something(
    rules: Flask, before: list[Any], later: list[Any], least: int, percent: int, times: int
) -> None:
    empty()
    thresholds(least_failed=least, percent=percent, times_normal=times)
    store_outcomes(before)
    for now in (NOON, NOON + timedelta(minutes=10)):
        # Before the rules are applied and after, when half of the thresholds is enough for what is open.
        said = find_verdict(now)
        evaluate_alerts(now)
        found = {rule.name for rule in said.rules if rule.finding}
        assert found == holding()
        assert (said.kind is VerdictKind.FAILING) == bool(found)
        store_outcomes(later, first=1000, now=now + timedelta(minutes=10))


def test_with_an_open_alert_half_of_the_thresholds_is_failing_still(rules: Flask) -> None:
    fail(8, of=32)
    evaluate_alerts(NOON)
    assert find_verdict(NOON).rules[0].opened_at == NOON
    fail(0, of=29, first=500)
    assert find_verdict(NOON).kind is VerdictKind.FAILING
    fail(0, of=2, first=900)
    assert find_verdict(NOON).kind is VerdictKind.OVER


def test_the_rule_whose_alert_opened_first_stands_first(rules: Flask) -> None:
    store_outcomes([(30, "timeout", None)] * 20)
    evaluate_alerts(NOON)
    fail(40, of=40, first=500)
    evaluate_alerts(NOON + timedelta(minutes=1))
    names = [rule.name for rule in find_verdict(NOON + timedelta(minutes=1)).rules]
    assert names[0] == "Customers' accounts or offers fail"


def test_without_a_rule_that_watches_nothing_is_failing(rules: Flask) -> None:
    fail(40, of=40)
    with writing() as connection:
        connection.execute(update(AlertRule).values(is_enabled=False))
    verdict = find_verdict(NOON)
    assert (verdict.kind, verdict.rules) == (VerdictKind.RAISED, [])
