"""Alerts in the database: opened once, kept, closed with patience, told once; whatever runs at the same time."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Row, event, select, update

from dashboard.alerts import queries
from dashboard.alerts import store as alert_store
from dashboard.alerts.engine import evaluate_alerts
from dashboard.alerts.figures import Severity
from dashboard.alerts.kinds import FIRST_RULES, HOLD, KIND_BY_NAME
from dashboard.alerts.models import Alert, AlertCause, AlertDelivery, AlertRule
from dashboard.alerts.queries import find_rules
from dashboard.db import lease_store as lease
from dashboard.db.database import Fence, LeadLost, writing
from dashboard.db.extensions import db
from dashboard.ops import queries as ops_lists
from dashboard.purchases import statuses
from dashboard.purchases import store as purchases
from dashboard.purchases.store import Source
from dashboard.skinsback.records import PurchasesAnswer, RejectedItem
from dashboard.sync.causes import Cause, CauseKind
from tests.alerts.rounds import judge
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
    """The alerts that people are told of."""
    db.session.rollback()
    told = select(*Alert.__table__.columns).where(Alert.severity != Severity.INFO)
    return list(db.session.execute(told.order_by(Alert.id)))


def deliveries() -> list[tuple[int, str]]:
    db.session.rollback()
    rows = db.session.execute(select(AlertDelivery.alert_id, AlertDelivery.occasion).order_by(AlertDelivery.id))
    return [(row.alert_id, row.occasion) for row in rows]


def test_the_first_rules_are_made_once(app: Flask) -> None:
    evaluate_alerts(NOW)
    made = [rule.id for rule in find_rules()]
    evaluate_alerts(NOW)
    assert [rule.id for rule in find_rules()] == made
    assert len(made) == len(FIRST_RULES)


def test_an_alert_opens_once_with_its_evidence(app: Flask) -> None:
    reverse_trades(5, NOW)
    for second in range(0, 60, 10):
        evaluate_alerts(NOW + timedelta(seconds=second))
    (alert,) = alerts()
    assert alert.opened_at == NOW + HOLD
    assert alert.subject == STEAMID
    assert json.loads(alert.buy_ids) == [5, 4, 3, 2, 1]
    assert ["Debited", "$10.00"] in json.loads(alert.figures)
    assert alert.link == f"/users/{STEAMID}"
    assert deliveries() == [(alert.id, "opened")]


def test_a_failure_rate_carries_the_failed_purchases(app: Flask) -> None:
    fail_purchases(8, NOW)
    fail_purchases(3, NOW, first=2000, offer_status="accepted")
    judge(NOW)
    (alert,) = alerts()
    assert sorted(json.loads(alert.buy_ids)) == list(range(1000, 1008))


def test_an_alert_closes_only_after_its_quiet_time_and_is_told_once(app: Flask) -> None:
    fail_purchases(8, NOW)
    judge(NOW)
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
    judge(NOW)
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
            judge(at + timedelta(minutes=minutes))
    assert [alert.closed_at is not None for alert in alerts()] == [True, True]


def test_two_processes_at_once_open_one_alert(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    reverse_trades(5, NOW)
    evaluate_alerts(NOW)
    seen = queries.find_sightings()
    evaluate_alerts(NOW + HOLD)
    # The other process read what is open and what was seen before the first one wrote.
    monkeypatch.setattr(queries, "open_alerts", list)
    monkeypatch.setattr(queries, "find_sightings", lambda: seen)
    assert evaluate_alerts(NOW + HOLD).opened == 0
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
    outcome = judge(NOW)
    assert (outcome.opened, outcome.failed) == (1, 3)
    assert str(outcome).endswith("3 of them failed")


def rule_of(kind: str) -> int:
    return next(rule.id for rule in find_rules() if rule.kind.name == kind)


def test_a_muted_rule_opens_alerts_that_nobody_is_told_of_until_it_no_longer_is(app: Flask) -> None:
    evaluate_alerts(NOW)
    reverse_trades(5, NOW)
    alert_store.mute(rule_of("user_reversals"), NOW + timedelta(hours=1), "ops@shop.example")
    judge(NOW)
    assert len(alerts()) == 1
    assert deliveries() == []
    evaluate_alerts(NOW + timedelta(hours=1))
    assert deliveries() == [(alerts()[0].id, "opened")]


def test_switching_a_rule_off_closes_its_alerts(app: Flask) -> None:
    reverse_trades(5, NOW)
    judge(NOW)
    alert_store.switch(rule_of("user_reversals"), False, "ops@shop.example")
    judge(NOW)
    assert alerts()[0].closed_because == "The rule was switched off."
    judge(NOW)
    assert len(alerts()) == 1


def test_an_acknowledgement_keeps_the_first_name(app: Flask) -> None:
    reverse_trades(5, NOW)
    judge(NOW)
    assert alert_store.acknowledge(alerts()[0].id, "one@shop.example")
    assert not alert_store.acknowledge(alerts()[0].id, "two@shop.example")
    assert alerts()[0].acknowledged_by == "one@shop.example"


def test_what_was_reversed_at_first_sight_and_bought_long_ago_is_old_news(app: Flask) -> None:
    for buy_id in range(1, 7):
        store_purchase(buy_id=buy_id, asked_at=NOW, date=NOW - timedelta(days=5), offer_status="rollback_user")
    judge(NOW)
    assert alerts() == []


def test_only_what_skinsback_still_calls_open_is_stuck(app: Flask) -> None:
    made = NOW - timedelta(minutes=30)
    for buy_id in range(1, 8):
        # The copy is behind: nobody has asked since, so they may have ended long ago.
        store_purchase(buy_id=buy_id, asked_at=made, date=made, offer_status="creating_trade")
    judge(NOW)
    assert alerts() == []
    for buy_id in range(1, 8):
        store_purchase(buy_id=buy_id, asked_at=NOW, date=made, offer_status="creating_trade")
    judge(NOW)
    assert "7 purchases are stuck" in alerts()[0].sentence


def test_the_alert_on_stuck_purchases_counts_what_its_list_counts(app: Flask) -> None:
    limit = statuses.STUCK_AFTER
    for buy_id, age in enumerate((limit, limit + timedelta(seconds=1), timedelta(hours=1), timedelta(days=40)), 1):
        store_purchase(buy_id=buy_id, asked_at=NOW, date=NOW - age, offer_status="creating_trade")
    store_purchase(buy_id=5, asked_at=NOW - limit, date=NOW - 2 * limit, offer_status="waiting_accept")
    kind = KIND_BY_NAME["stuck"]
    (figures,) = kind.read(kind.defaults, [NOW])
    assert figures.sample == (4, 3, 2)
    assert sorted(figures.sample) == sorted(row.buy_id for row in ops_lists.stuck_purchases(NOW))
    assert figures.count == 3 == ops_lists.count_stuck(NOW)
    assert figures.oldest == NOW - timedelta(days=40)


def test_a_purchase_whose_status_changed_a_moment_ago_is_not_stuck(app: Flask) -> None:
    made = NOW - timedelta(minutes=25)
    for buy_id in range(1, 8):
        store_purchase(buy_id=buy_id, asked_at=made, date=made, offer_status="creating_trade")
        changed = NOW - timedelta(minutes=5)
        store_purchase(buy_id=buy_id, asked_at=changed, date=made, offer_status="waiting_accept")
        store_purchase(buy_id=buy_id, asked_at=NOW, date=made, offer_status="waiting_accept")
    judge(NOW)
    assert alerts() == []


def send_unknown(*statuses_sent: str, at: datetime, first: int = 1) -> None:
    for buy_id, status in enumerate(statuses_sent, first):
        store_purchase(buy_id=buy_id, asked_at=at, date=at, offer_status=status)


def causes_of(alert: Row[Any]) -> list[Row[Any]]:
    columns = AlertCause.__table__.columns
    return list(db.session.execute(select(*columns).where(AlertCause.alert_id == alert.id).order_by(AlertCause.id)))


def test_twelve_unknown_statuses_are_one_alert_that_counts_them_and_names_three(app: Flask) -> None:
    send_unknown("c", "c", "c", "b", "b", *(f"a{number}" for number in range(10)), at=NOW)
    judge(NOW)
    (alert,) = alerts()
    assert alert.sentence == "SkinsBack sends 12 undocumented statuses, such as “c” (3 answers), “b”, “a0”."
    assert (alert.subject, alert.kind) == ("", "unknown_value")
    assert deliveries() == [(alert.id, "opened")]


def test_a_further_value_changes_the_count_and_is_told_to_nobody(app: Flask) -> None:
    send_unknown("a", at=NOW)
    judge(NOW)
    send_unknown("b", at=NOW + timedelta(minutes=5), first=5)
    judge(NOW + timedelta(minutes=5))
    (alert,) = alerts()
    (cause,) = causes_of(alert)
    assert (cause.sentence, cause.latest) == (
        "SkinsBack sends one undocumented status: “a” (1 answer).",
        "SkinsBack sends 2 undocumented statuses, such as “a” (1 answer), “b”.",
    )
    assert deliveries() == [(alert.id, "opened")]


def test_an_unknown_value_of_another_kind_is_a_further_cause_and_told(app: Flask) -> None:
    send_unknown("a", at=NOW)
    judge(NOW)
    at = NOW + timedelta(minutes=5)
    store_purchase(buy_id=9, asked_at=at, date=at, parse_warnings=("unknown field 'warranty'",))
    judge(at)
    (alert,) = alerts()
    assert [cause.cause for cause in causes_of(alert)] == ["status", "field"]
    assert deliveries() == [(alert.id, "opened"), (alert.id, "cause")]


def test_an_object_that_could_not_be_used_is_told_as_unreadable(app: Flask) -> None:
    rejected = (RejectedItem("{}", "no buy_id", None),)
    purchases.record_answer(PurchasesAnswer((), rejected, NOW), Source.HISTORY)
    judge(NOW)
    (alert,) = alerts()
    assert (alert.kind, causes_of(alert)[0].cause) == ("unreadable", "set_aside")


def test_a_new_field_is_news_once_and_an_unknown_status_as_long_as_it_comes(app: Flask) -> None:
    for hours in (0, 30):
        at = NOW + timedelta(hours=hours)
        odd = ("unknown field 'warranty'",)
        store_purchase(buy_id=hours + 1, asked_at=at, date=at, offer_status="in_review", parse_warnings=odd)
        judge(at + timedelta(minutes=1))
        judge(at + timedelta(hours=25))
        judge(at + timedelta(hours=27))
    told = [[cause.cause for cause in causes_of(alert)] for alert in alerts()]
    assert told == [["status", "field"], ["status"]]


def test_an_unknown_status_does_not_go_under_in_a_flood_of_unknown_fields(app: Flask) -> None:
    parse_warnings = tuple(f"unknown field 'field-{number}'" for number in range(1100))
    store_purchase(buy_id=1, asked_at=NOW, date=NOW, parse_warnings=parse_warnings)
    store_purchase(buy_id=2, asked_at=NOW, date=NOW, offer_status="in_review")
    judge(NOW)
    (alert,) = alerts()
    assert [cause.cause for cause in causes_of(alert)] == ["status", "field"]


def cause_of(kind: CauseKind, name: str) -> Cause:
    return Cause(kind, name, NOW - timedelta(minutes=1), f"SkinsBack says {name}.", "Look there.")


LOST = cause_of(CauseKind.CONNECTION, "timeout")
REFUSED = cause_of(CauseKind.REFUSED, "invalid_client_secret")
LIMITED = cause_of(CauseKind.LIMIT, "request_limit_reached")


def test_three_troubles_of_skinsback_in_a_row_are_one_alert_with_three_messages_and_one_at_its_end(app: Flask) -> None:
    for minutes, cause in enumerate((LOST, REFUSED, LIMITED)):
        for second in range(0, 60, 10):
            evaluate_alerts(NOW + timedelta(minutes=minutes, seconds=second), [cause])
    (alert,) = alerts()
    assert [cause.kind for cause in causes_of(alert)] == ["connection", "refused", "limit"]
    assert (alert.kind, alert.severity) == ("limit", "warning")
    for second in range(0, 130, 10):
        evaluate_alerts(NOW + timedelta(minutes=3, seconds=second))
    assert deliveries() == [(alert.id, occasion) for occasion in ("opened", "cause", "cause", "closed")]


def test_a_cause_that_comes_again_while_its_alert_is_open_is_told_no_second_time(app: Flask) -> None:
    for minutes, cause in enumerate((LOST, REFUSED, LOST, REFUSED)):
        judge(NOW + timedelta(minutes=minutes), [cause])
    (alert,) = alerts()
    assert deliveries() == [(alert.id, "opened"), (alert.id, "cause")]


def test_an_alert_is_what_the_newest_cause_that_is_there_is(app: Flask) -> None:
    for minutes, cause in enumerate((LOST, REFUSED, LOST)):
        judge(NOW + timedelta(minutes=minutes), [cause])
    (alert,) = alerts()
    assert alert.kind == "connection"
    assert [cause.gone_at is None for cause in causes_of(alert)] == [True, False]


def test_what_the_judgement_has_found_opens_its_alert_at_once(app: Flask) -> None:
    assert evaluate_alerts(NOW, [LOST]).opened == 1


def test_a_further_error_that_lasts_less_than_half_a_minute_is_told_to_nobody(app: Flask) -> None:
    judge(NOW, [LOST])
    for seconds in range(60, 80, 10):
        evaluate_alerts(NOW + timedelta(seconds=seconds), [REFUSED])
    judge(NOW + timedelta(seconds=80), [LOST])
    (alert,) = alerts()
    assert [cause.cause for cause in causes_of(alert)] == ["timeout"]


def test_jobs_and_skinsback_are_two_incidents(app: Flask) -> None:
    judge(NOW, [LOST, cause_of(CauseKind.JOBS, "import_failed")])
    assert [alert.kind for alert in alerts()] == ["jobs", "connection"]


def test_a_cause_goes_on_with_its_sentence_and_advice(app: Flask) -> None:
    judge(NOW, [REFUSED])
    assert alerts()[0].sentence == "SkinsBack says invalid_client_secret. Look there."


def test_what_lasts_less_than_half_a_minute_opens_nothing_and_leaves_nothing(app: Flask) -> None:
    evaluate_alerts(NOW)
    fail_purchases(8, NOW)
    assert queries.find_sightings() == {}
    evaluate_alerts(NOW)
    assert ("", "failure") in queries.find_sightings()[rule_of("failure_rate")]
    fail_purchases(40, NOW, first=5000, offer_status="accepted")
    evaluate_alerts(NOW + timedelta(seconds=20))
    assert queries.find_sightings() == {}
    evaluate_alerts(NOW + HOLD)
    assert alerts() == []


def test_a_kill_between_seeing_and_telling_loses_no_time(app: Flask) -> None:
    reverse_trades(5, NOW)
    evaluate_alerts(NOW)
    db.session.remove()
    assert evaluate_alerts(NOW + HOLD).opened == 1


def test_of_an_alert_that_informs_nobody_is_sent_a_message(app: Flask) -> None:
    evaluate_alerts(NOW)
    rule = next(one for one in queries.find_rules() if one.kind.name == "user_reversals")
    alert_store.edit(rule.id, rule.name, rule.settings | {"severity": "info"}, "ops@shop.example")
    reverse_trades(5, NOW)
    assert judge(NOW).opened == 1
    for hours in (25, 26):
        judge(NOW + timedelta(hours=hours))
    assert deliveries() == []


def test_nothing_is_written_while_all_is_well(app: Flask) -> None:
    judge(NOW)
    written: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *call: written.append(call[2]))
    judge(NOW + timedelta(minutes=5))
    assert [one for one in written if one.startswith(("INSERT", "UPDATE", "DELETE"))] == []
    assert written


def freeze_and_thaw(lost: datetime, back: datetime) -> None:
    evaluate_alerts(lost, [LOST])
    evaluate_alerts(back - timedelta(seconds=10), [LOST])
    evaluate_alerts(back)


def kinds_opened() -> list[str]:
    return [alert.kind for alert in alerts()]


def test_an_outage_neither_opens_nor_closes_what_needs_current_data(app: Flask) -> None:
    fail_purchases(8, NOW)
    judge(NOW)
    (alert,) = alerts()
    lost = NOW + timedelta(minutes=2)
    reverse_trades(5, lost)
    for minutes in (2, 20, 60):
        judge(NOW + timedelta(minutes=minutes), [LOST])
    assert kinds_opened() == ["failure", "connection"]
    assert alerts()[0].calm_since is None
    assert alerts()[0].seen_at == alert.seen_at


def test_the_quiet_time_begins_anew_after_an_outage(app: Flask) -> None:
    fail_purchases(8, NOW)
    judge(NOW)
    evaluate_alerts(NOW + timedelta(minutes=20))
    back = NOW + timedelta(minutes=50)
    freeze_and_thaw(NOW + timedelta(minutes=25), back)
    evaluate_alerts(back + timedelta(minutes=9))
    assert alerts()[0].closed_at is None
    evaluate_alerts(back + timedelta(minutes=10))
    assert alerts()[0].closed_at == back + timedelta(minutes=10)


def test_just_after_an_outage_nothing_new_is_told_of_what_is_fetched_only_then(app: Flask) -> None:
    back = NOW + timedelta(minutes=10)
    freeze_and_thaw(NOW, back)
    fail_purchases(8, back)
    judge(back + timedelta(minutes=1))
    assert kinds_opened() == ["connection"]
    judge(back + timedelta(minutes=2))
    assert kinds_opened() == ["connection", "failure"]


def test_after_an_outage_nothing_is_stuck_for_what_was_not_asked_about(app: Flask) -> None:
    back = NOW + timedelta(minutes=20)
    freeze_and_thaw(NOW, back)
    for buy_id in range(1, 8):
        made = back - timedelta(minutes=18)
        store_purchase(buy_id=buy_id, asked_at=back, date=made, offer_status="waiting_accept")
    judge(back + timedelta(minutes=13))
    assert kinds_opened() == ["connection"]
    judge(back + timedelta(minutes=15))
    assert kinds_opened() == ["connection", "stuck"]


def test_a_freeze_is_forgotten_when_everything_has_settled(app: Flask) -> None:
    freeze_and_thaw(NOW, NOW + timedelta(minutes=5))
    evaluate_alerts(NOW + timedelta(minutes=19))
    assert queries.find_freeze() is not None
    evaluate_alerts(NOW + timedelta(minutes=20))
    assert queries.find_freeze() is None


def test_a_rule_that_cannot_be_applied_does_not_freeze_the_others(app: Flask) -> None:
    reverse_trades(5, NOW)
    judge(NOW, [cause_of(CauseKind.JOBS, "rules_late")])
    assert sorted(kinds_opened()) == ["jobs", "reversals"]


def test_what_was_seen_before_an_outage_is_to_hold_anew_after_it(app: Flask) -> None:
    reverse_trades(5, NOW)
    evaluate_alerts(NOW)
    freeze_and_thaw(NOW + timedelta(seconds=10), NOW + timedelta(seconds=30))
    assert queries.find_sightings() == {}


def test_the_hours_of_the_weeks_before_are_what_is_normal(app: Flask) -> None:
    for week in (1, 2, 3, 4):
        at = NOW - timedelta(weeks=week)
        fail_purchases(10, at, first=10_000 * week)
        fail_purchases(10, at, first=10_000 * week + 5000, offer_status="accepted")
    fail_purchases(8, NOW)
    fail_purchases(8, NOW, first=2000, offer_status="accepted")
    judge(NOW)
    assert alerts() == []


def test_an_alert_of_a_threshold_that_a_later_version_added_uses_its_default(app: Flask) -> None:
    judge(NOW)
    with writing() as connection:
        connection.execute(update(AlertRule).values(settings="{}"))
    reverse_trades(5, NOW)
    assert judge(NOW).opened == 1
