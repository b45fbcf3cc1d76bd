"""The verdict on top of the operations page: made of why the copy is not current and of the open alerts, so that it
contradicts neither the banner nor the alerts."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask, current_app
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update

from dashboard.alerts import store as alert_store
from dashboard.alerts.engine import evaluate_alerts
from dashboard.alerts.models import (
    Alert,
    AlertCause,
    AlertDelivery,
    AlertFreeze,
    AlertRule,
    AlertSighting,
)
from dashboard.alerts.queries import open_alerts
from dashboard.db.database import writing
from dashboard.db.extensions import db
from dashboard.ops.outcomes import Outcomes
from dashboard.ops.verdict import VerdictKind, kind_of
from dashboard.ops.verdict_page import Sentence, find_verdict, sentence
from dashboard.purchases import store
from dashboard.purchases.models import Purchase, PurchaseAnswer, PurchaseVersion
from dashboard.purchases.store import Source
from dashboard.sync.causes import Cause, CauseKind
from dashboard.totals.models import OutcomeTotal
from tests.purchases.samples import a_record, an_answer

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
SILENCE = Cause(CauseKind.CONNECTION, "timeout", NOON - timedelta(minutes=3), "SkinsBack does not answer.")
USUAL = Outcomes({("accepted", ""): 40})


def kind(recent: Outcomes, *there: str, is_over: bool = False, is_current: bool = True) -> VerdictKind:
    return kind_of(recent, there, is_over=is_over, is_current=is_current)


@pytest.mark.parametrize(("decided", "expected"), [(0, "nothing"), (19, "too_few"), (20, "usual")])
def test_deliveries_are_usual_from_twenty_decided_purchases_on(decided: int, expected: str) -> None:
    assert kind(Outcomes({("accepted", ""): decided, ("waiting_accept", ""): 9})) == expected


def test_open_alerts_come_before_the_figures_and_the_gravest_of_them_first() -> None:
    assert kind(USUAL, "degraded", "failing") is VerdictKind.FAILING
    assert kind(USUAL, "degraded") is VerdictKind.DEGRADED
    assert kind(USUAL, is_over=True) is VerdictKind.OVER


def test_while_the_copy_is_not_current_nothing_can_be_told() -> None:
    assert kind(USUAL, "failing", is_over=True, is_current=False) is VerdictKind.CANNOT_TELL


@pytest.fixture
def rules(connected_app: Flask) -> Iterator[Flask]:
    with connected_app.app_context():
        alert_store.add_first_rules((), NOON, None)
        yield connected_app


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


def apply_rules(*moments: datetime) -> None:
    for moment in moments:
        evaluate_alerts(moment, causes=[])


def hold(moment: datetime) -> None:
    """Apply the rules for so long that what they find is told."""
    apply_rules(moment - timedelta(seconds=30), moment)


def said(now: datetime, causes: Sequence[Cause] = ()) -> Sentence:
    db.session.rollback()
    with current_app.test_request_context("/ops"):
        return sentence(now, ZoneInfo("UTC"), causes)


def empty() -> None:
    db.session.rollback()
    models = (
        AlertDelivery, AlertCause, AlertSighting, AlertFreeze, Alert, PurchaseVersion, PurchaseAnswer, Purchase,
        OutcomeTotal,
    )  # fmt: skip
    for model in models:
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
@given(before=cases, later=cases)
def test_verdict_and_alerts_say_the_same_whatever_happens(rules: Flask, before: list[Any], later: list[Any]) -> None:
    empty()
    store_outcomes(before)
    for now in (NOON, NOON + timedelta(minutes=10), NOON + timedelta(minutes=40)):
        hold(now)
        effects = {alert.effect for alert in open_alerts() if alert.effect and alert.calm_since is None}
        found = find_verdict(now, []).kind
        assert (found is VerdictKind.FAILING) == ("failing" in effects)
        assert (found is VerdictKind.DEGRADED) == (effects == {"degraded"})
        assert find_verdict(now, [SILENCE]).kind is VerdictKind.CANNOT_TELL
        store_outcomes(later, first=1000, now=now + timedelta(minutes=10))


def test_failing_is_said_when_it_has_held_and_over_when_it_is_gone(rules: Flask) -> None:
    fail(8, of=32)
    apply_rules(NOON - timedelta(seconds=30))
    assert find_verdict(NOON, []).kind is VerdictKind.USUAL
    apply_rules(NOON)
    assert find_verdict(NOON, []).kind is VerdictKind.FAILING
    fail(0, of=60, first=500)
    hold(NOON + timedelta(minutes=1))
    assert find_verdict(NOON + timedelta(minutes=1), []).kind is VerdictKind.OVER


def test_of_several_alerts_the_one_that_opened_first_stands_first(rules: Flask) -> None:
    store_outcomes([(30, "timeout", None)] * 20)
    hold(NOON)
    fail(40, of=40, first=500)
    hold(NOON + timedelta(minutes=1))
    names = [alert.rule_name for alert in find_verdict(NOON + timedelta(minutes=1), []).alerts]
    assert names[:2] == ["Customers' accounts or offers fail", "SkinsBack cannot make trades"]


def test_while_nothing_is_known_the_page_says_since_when_and_what_was_open(rules: Flask) -> None:
    fail(40, of=40)
    hold(NOON)
    shown = said(NOON, [SILENCE])
    assert (shown.text, shown.state, shown.tone) == ("Cannot tell: no data since 11:57.", "unknown", "unknown")
    assert shown.notes[0].startswith("Open when the data ended: 100.0% of the decided purchases")


def test_where_nothing_was_ever_known_the_page_says_so(rules: Flask) -> None:
    never = Cause(CauseKind.JOBS, "no_scheduler", None, "No process runs the background jobs.")
    assert said(NOON, [never]).text == "Cannot tell: no data yet."


def test_a_dashboard_that_is_not_connected_never_says_that_all_is_well(app: Flask) -> None:
    with app.app_context():
        fail(0, of=40)
        shown = said(NOON)
        assert (shown.state, shown.notes[-1][:34]) == ("unknown", "This dashboard is not connected to")


def test_without_a_rule_that_watches_the_page_says_so(rules: Flask) -> None:
    fail(0, of=40)
    assert said(NOON).notes == ()
    with writing() as connection:
        connection.execute(update(AlertRule).values(is_enabled=False))
    (note,) = said(NOON).notes
    assert note.startswith("No alert rule for the failure rate is switched on")
