"""Alerts in the database: opened once, kept, closed with patience, told once; whatever runs at the same time."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Row, select, update

from dashboard.alerts import engine
from dashboard.alerts import store as alert_store
from dashboard.alerts.engine import evaluate_alerts
from dashboard.alerts.kinds import KIND_BY_NAME
from dashboard.alerts.models import Alert, AlertDelivery, AlertRule
from dashboard.alerts.queries import find_rules
from dashboard.db import lease_store as lease
from dashboard.db.database import Fence, LeadLost, writing
from dashboard.db.extensions import db
from dashboard.jobs.results import JobResult
from dashboard.jobs.run_store import record_run
from dashboard.ops import queries as ops_lists
from dashboard.purchases import statuses
from tests.conftest import MakeApp
from tests.purchases.samples import store_purchase

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
STEAMID = "76561198050648523"


@pytest.fixture
def app(make_app: MakeApp) -> Iterator[Flask]:
    app = make_app(ALERT_WEBHOOK_URL="http://127.0.0.1:9/hook")
    with app.app_context():
        yield app


def reverse_trades(number: int, seen_at: datetime, first: int = 1, steamid: str = STEAMID) -> None:
    for buy_id in range(first, first + number):
        fields: dict[str, Any] = {"buy_id": buy_id, "date": seen_at - timedelta(days=2), "steamid": steamid}
        store_purchase(asked_at=seen_at - timedelta(hours=1), **fields)
        store_purchase(asked_at=seen_at, offer_status="rollback_user", balance_debited_sum=Decimal(2), **fields)


def fail_purchases(number: int, at: datetime, first: int = 1000, **fields: Any) -> None:
    for buy_id in range(first, first + number):
        values: dict[str, Any] = {"offer_status": "trade_create_error", "steamid": f"user {buy_id}"} | fields
        store_purchase(asked_at=at, buy_id=buy_id, date=at - timedelta(seconds=30), **values)


def alerts() -> list[Row[Any]]:
    db.session.rollback()
    return list(db.session.execute(select(*Alert.__table__.columns).order_by(Alert.id)))


def deliveries() -> list[tuple[int, str]]:
    db.session.rollback()
    rows = db.session.execute(select(AlertDelivery.alert_id, AlertDelivery.occasion).order_by(AlertDelivery.id))
    return [(row.alert_id, row.occasion) for row in rows]


def test_the_first_rules_are_made_once(app: Flask) -> None:
    evaluate_alerts(NOW)
    made = [rule.id for rule in find_rules()]
    evaluate_alerts(NOW)
    assert [rule.id for rule in find_rules()] == made
    assert len(made) == 10


def test_an_alert_opens_once_with_its_evidence(app: Flask) -> None:
    reverse_trades(5, NOW)
    for second in range(3):
        evaluate_alerts(NOW + timedelta(seconds=second))
    (alert,) = alerts()
    assert alert.subject == STEAMID
    assert json.loads(alert.buy_ids) == [5, 4, 3, 2, 1]
    assert ["Debited", "$10.00"] in json.loads(alert.figures)
    assert alert.link == f"/users/{STEAMID}"
    assert deliveries() == [(alert.id, "opened")]


def test_a_failure_rate_carries_the_failed_purchases(app: Flask) -> None:
    fail_purchases(8, NOW)
    fail_purchases(3, NOW, first=2000, offer_status="accepted")
    evaluate_alerts(NOW)
    (alert,) = alerts()
    assert sorted(json.loads(alert.buy_ids)) == list(range(1000, 1008))


def test_an_alert_closes_only_after_its_quiet_time_and_is_told_once(app: Flask) -> None:
    fail_purchases(8, NOW)
    evaluate_alerts(NOW)
    gone = NOW + timedelta(minutes=20)
    evaluate_alerts(gone)
    assert alerts()[0].calm_since == gone
    evaluate_alerts(gone + timedelta(minutes=9))
    assert alerts()[0].closed_at is None
    closed = gone + timedelta(minutes=10)
    for _ in range(2):
        evaluate_alerts(closed)
    (alert,) = alerts()
    assert (alert.closed_at, alert.open_key) == (closed, None)
    assert deliveries() == [(alert.id, "opened"), (alert.id, "closed")]


def test_a_cause_that_comes_back_within_the_quiet_time_is_the_same_alert(app: Flask) -> None:
    fail_purchases(8, NOW)
    evaluate_alerts(NOW)
    evaluate_alerts(NOW + timedelta(minutes=20))
    fail_purchases(8, NOW + timedelta(minutes=25), first=3000)
    evaluate_alerts(NOW + timedelta(minutes=25))
    (alert,) = alerts()
    assert alert.calm_since is None


def test_the_same_trouble_after_the_end_is_a_new_alert(app: Flask) -> None:
    for number, hours in enumerate((0, 3)):
        at = NOW + timedelta(hours=hours)
        fail_purchases(8, at, first=1000 * (number + 1))
        for minutes in (0, 20, 40):
            evaluate_alerts(at + timedelta(minutes=minutes))
    assert [alert.closed_at is not None for alert in alerts()] == [True, True]


def test_two_processes_at_once_open_one_alert(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    reverse_trades(5, NOW)
    evaluate_alerts(NOW)
    # The other process read the open alerts before the first one wrote.
    monkeypatch.setattr(engine, "open_alerts", list)
    outcome = evaluate_alerts(NOW)
    assert outcome.opened == 0
    assert len(alerts()) == 1
    assert len(deliveries()) == 1


def test_a_leader_that_lost_the_lead_opens_nothing(app: Flask) -> None:
    evaluate_alerts(NOW)
    reverse_trades(5, NOW)
    assert lease.take_or_renew("one") is not None
    with pytest.raises(LeadLost):
        evaluate_alerts(NOW, fence=Fence(lease.NAME, 99))
    assert alerts() == []


def test_a_mistake_in_one_rule_does_not_silence_the_others(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(KIND_BY_NAME, "failure_rate", replace(KIND_BY_NAME["failure_rate"], read=fails))
    reverse_trades(5, NOW)
    outcome = evaluate_alerts(NOW)
    assert (outcome.opened, outcome.failed) == (1, 3)
    assert str(outcome).endswith("3 of them failed")


def rule_of(kind: str) -> int:
    return next(rule.id for rule in find_rules() if rule.kind.name == kind)


def test_a_muted_rule_opens_alerts_that_nobody_is_told_of_until_it_no_longer_is(app: Flask) -> None:
    evaluate_alerts(NOW)
    reverse_trades(5, NOW)
    alert_store.mute(rule_of("user_reversals"), NOW + timedelta(hours=1), "ops@shop.example")
    evaluate_alerts(NOW)
    assert len(alerts()) == 1
    assert deliveries() == []
    evaluate_alerts(NOW + timedelta(hours=1))
    assert deliveries() == [(alerts()[0].id, "opened")]


def test_switching_a_rule_off_closes_its_alerts(app: Flask) -> None:
    reverse_trades(5, NOW)
    evaluate_alerts(NOW)
    alert_store.switch(rule_of("user_reversals"), False, "ops@shop.example")
    evaluate_alerts(NOW)
    assert alerts()[0].closed_because == "The rule was switched off."
    evaluate_alerts(NOW)
    assert len(alerts()) == 1


def test_an_acknowledgement_keeps_the_first_name(app: Flask) -> None:
    reverse_trades(5, NOW)
    evaluate_alerts(NOW)
    assert alert_store.acknowledge(alerts()[0].id, "one@shop.example")
    assert not alert_store.acknowledge(alerts()[0].id, "two@shop.example")
    assert alerts()[0].acknowledged_by == "one@shop.example"


def test_what_was_reversed_at_first_sight_and_bought_long_ago_is_old_news(app: Flask) -> None:
    for buy_id in range(1, 7):
        store_purchase(buy_id=buy_id, asked_at=NOW, date=NOW - timedelta(days=5), offer_status="rollback_user")
    evaluate_alerts(NOW)
    assert alerts() == []


def test_only_what_skinsback_still_calls_open_is_stuck(app: Flask) -> None:
    made = NOW - timedelta(minutes=30)
    for buy_id in range(1, 8):
        # The copy is behind: nobody has asked since, so they may have ended long ago.
        store_purchase(buy_id=buy_id, asked_at=made, date=made, offer_status="creating_trade")
    evaluate_alerts(NOW)
    assert alerts() == []
    for buy_id in range(1, 8):
        store_purchase(buy_id=buy_id, asked_at=NOW, date=made, offer_status="creating_trade")
    evaluate_alerts(NOW)
    assert "7 purchases are stuck" in alerts()[0].sentence


def test_the_alert_on_stuck_purchases_counts_what_its_list_counts(app: Flask) -> None:
    limit = statuses.STUCK_AFTER
    for buy_id, age in enumerate((limit, limit + timedelta(seconds=1), timedelta(hours=1), timedelta(days=40)), 1):
        store_purchase(buy_id=buy_id, asked_at=NOW, date=NOW - age, offer_status="creating_trade")
    store_purchase(buy_id=5, asked_at=NOW - limit, date=NOW - 2 * limit, offer_status="waiting_accept")
    kind = KIND_BY_NAME["stuck"]
    (figures,) = kind.read(kind.defaults, [NOW])
    assert sorted(figures.since) == [2, 3, 4] == sorted(row.buy_id for row in ops_lists.stuck_purchases(NOW))
    assert ops_lists.count_stuck(NOW) == 3


def test_a_purchase_whose_status_changed_a_moment_ago_is_not_stuck(app: Flask) -> None:
    made = NOW - timedelta(minutes=25)
    for buy_id in range(1, 8):
        store_purchase(buy_id=buy_id, asked_at=made, date=made, offer_status="creating_trade")
        changed = NOW - timedelta(minutes=5)
        store_purchase(buy_id=buy_id, asked_at=changed, date=made, offer_status="waiting_accept")
        store_purchase(buy_id=buy_id, asked_at=NOW, date=made, offer_status="waiting_accept")
    evaluate_alerts(NOW)
    assert alerts() == []


def test_an_unknown_status_is_alerted_by_its_value(app: Flask) -> None:
    store_purchase(buy_id=1, asked_at=NOW, date=NOW - timedelta(hours=1), offer_status="in_review")
    evaluate_alerts(NOW)
    assert alerts()[0].subject == "status: in_review"


def test_a_new_field_is_news_once_and_an_unknown_status_as_long_as_it_comes(app: Flask) -> None:
    for hours in (0, 30):
        at = NOW + timedelta(hours=hours)
        odd = ("unknown field 'warranty'",)
        store_purchase(buy_id=hours + 1, asked_at=at, date=at, offer_status="in_review", parse_warnings=odd)
        evaluate_alerts(at + timedelta(minutes=1))
        evaluate_alerts(at + timedelta(hours=25))
        evaluate_alerts(at + timedelta(hours=27))
    opened = [alert.subject for alert in alerts()]
    assert opened.count("field: warranty") == 1
    assert opened.count("status: in_review") == 2


def test_an_unknown_status_does_not_go_under_in_a_flood_of_unknown_fields(app: Flask) -> None:
    parse_warnings = tuple(f"unknown field 'field-{number}'" for number in range(150))
    store_purchase(buy_id=1, asked_at=NOW, date=NOW, parse_warnings=parse_warnings)
    store_purchase(buy_id=2, asked_at=NOW, date=NOW, offer_status="in_review")
    evaluate_alerts(NOW)
    assert "status: in_review" in [alert.subject for alert in alerts()]


def test_a_failure_that_was_mended_is_not_called_the_reason_of_a_later_silence(app: Flask) -> None:
    fence = lease.take_or_renew("one")
    assert fence is not None
    began = datetime.now(UTC)
    for minutes, outcome, detail in ((0, "failed", "KeyError"), (1, "done", "")):
        with time_machine.travel(began + timedelta(minutes=minutes), tick=False):
            at = datetime.now(UTC)
            record_run("refresh", "one", at, outcome, JobResult(detail), fence=fence)
    evaluate_alerts(began + timedelta(minutes=5))
    (alert,) = [alert for alert in alerts() if alert.subject == "refresh"]
    assert "It failed" not in alert.sentence


def test_the_hours_of_the_weeks_before_are_what_is_normal(app: Flask) -> None:
    for week in (1, 2, 3, 4):
        at = NOW - timedelta(weeks=week)
        fail_purchases(10, at, first=10_000 * week)
        fail_purchases(10, at, first=10_000 * week + 5000, offer_status="accepted")
    fail_purchases(8, NOW)
    fail_purchases(8, NOW, first=2000, offer_status="accepted")
    evaluate_alerts(NOW)
    assert alerts() == []


def test_an_alert_of_a_threshold_that_a_later_version_added_uses_its_default(app: Flask) -> None:
    evaluate_alerts(NOW)
    with writing() as connection:
        connection.execute(update(AlertRule).values(settings="{}"))
    reverse_trades(5, NOW)
    assert evaluate_alerts(NOW).opened == 1
