"""What people do about an alert, and what its page and row say of it."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from dashboard.accounts import store as accounts
from dashboard.accounts.store import Role
from dashboard.alerts.engine import evaluate_alerts
from dashboard.alerts.models import AlertDelivery
from dashboard.alerts.queries import due_deliveries, find_alert, open_alerts
from dashboard.db.extensions import db
from dashboard.sync.causes import Cause, CauseKind
from tests.alerts.rounds import judge
from tests.alerts.test_engine import fail_purchases, reverse_trades
from tests.conftest import MakeApp, signed_in
from tests.purchases.samples import store_purchase
from tests.reader import Reader

NOW = datetime.now(UTC).replace(microsecond=0)
LOST = Cause(CauseKind.CONNECTION, "timeout", NOW - timedelta(minutes=1), "SkinsBack does not answer.")
REFUSED = Cause(CauseKind.REFUSED, "invalid_client_secret", NOW, "SkinsBack refuses our requests.")


@pytest.fixture
def app(make_app: MakeApp) -> Iterator[Flask]:
    app = make_app(ALERT_WEBHOOK_URL="http://127.0.0.1:9/hook")
    with app.app_context():
        yield app


@pytest.fixture
def ops(app: Flask) -> Reader:
    """Somebody of ops, and one open alert."""
    reverse_trades(5, NOW)
    judge(NOW)
    return signed_in(app, "ops")


def test_a_comment_is_kept_in_the_history_with_its_author(ops: Reader) -> None:
    page = ops.post("/ops/alerts/1/comment", text="  SkinsBack was told.\nThey look into it. ")
    assert "SkinsBack was told. They look into it." in page.text_of('[data-row="comment"]')
    assert "ops@shop.example" in page.text_of('[data-row="comment"]')


def test_a_comment_can_be_written_when_the_alert_has_closed(ops: Reader) -> None:
    for hours in (25, 26):
        judge(NOW + timedelta(hours=hours))
    assert "A stolen account." in ops.post("/ops/alerts/1/comment", text="A stolen account.").text


@pytest.mark.parametrize("text", ["", " \n", "x" * 2001])
def test_a_comment_that_cannot_be_kept_is_explained_and_not_lost(ops: Reader, text: str) -> None:
    page = ops.post("/ops/alerts/1/comment", text=text)
    assert page.status == 422
    assert "1 to 2000 characters" in page.text_of("#error-text")
    assert page.one("#f-text").get_text().strip() == text.strip()


def test_markup_in_a_comment_stays_text(ops: Reader) -> None:
    page = ops.post("/ops/alerts/1/comment", text="<script>alert(1)</script>")
    assert "<script>alert(1)" not in page.response.get_data(as_text=True)
    assert "<script>alert(1)</script>" in page.text


def test_who_takes_an_alert_has_acknowledged_it_and_looks_after_it(ops: Reader) -> None:
    page = ops.post("/ops/alerts/1/take")
    assert page.one("[data-assignee]")["data-assignee"] == "ops@shop.example"
    assert "Acknowledged by ops@shop.example" in page.text
    assert page.one('section[data-row="alert"]')["data-state"] == "acknowledged"
    assert "taken care of by ops@shop.example" in ops.get("/ops/alerts").text


def test_an_alert_that_somebody_acknowledged_can_be_taken_by_somebody_else(app: Flask, ops: Reader) -> None:
    ops.post("/ops/alerts/1/acknowledge")
    page = signed_in(app, "admin").post("/ops/alerts/1/take")
    assert page.one("[data-assignee]")["data-assignee"] == "admin@shop.example"
    assert "Acknowledged by ops@shop.example" in page.text


def test_an_alert_is_given_to_any_account_and_back_to_nobody(ops: Reader) -> None:
    accounts.create_user("finance2@shop.example", "correct horse battery", Role.FINANCE)
    page = ops.post("/ops/alerts/1/assign", assignee="finance2@shop.example")
    assert page.one("[data-assignee]")["data-assignee"] == "finance2@shop.example"
    assert not ops.post("/ops/alerts/1/assign", assignee="").all("[data-assignee]")


def test_an_alert_is_given_to_no_stranger(ops: Reader) -> None:
    page = ops.post("/ops/alerts/1/assign", assignee="nobody@example.com")
    assert page.status == 422
    assert page.one("#error-assignee")


def test_messages_of_a_snoozed_alert_wait_and_the_page_says_until_when_and_who(ops: Reader) -> None:
    until = NOW + timedelta(hours=2)
    assert len(due_deliveries(NOW + timedelta(minutes=5), 10)) == 1
    page = ops.post("/ops/alerts/1/snooze", until=until.strftime("%Y-%m-%dT%H:%M"))
    assert "says ops@shop.example" in page.text_of("section p[data-snoozed]")
    assert page.one("p[data-snoozed] time")["datetime"] == until.replace(second=0).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert "messages wait until" in ops.get("/ops/alerts").text
    db.session.rollback()
    assert due_deliveries(NOW + timedelta(minutes=5), 10) == []
    assert len(due_deliveries(until, 10)) == 1


def test_a_snooze_ends_early_by_its_button(ops: Reader) -> None:
    ops.post("/ops/alerts/1/snooze", until=(NOW + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M"))
    page = ops.post("/ops/alerts/1/wake")
    assert not page.all("[data-snoozed]")
    assert len(due_deliveries(NOW + timedelta(minutes=5), 10)) == 1


def test_a_snooze_that_is_over_is_shown_no_more(ops: Reader) -> None:
    ops.post("/ops/alerts/1/snooze", until=(NOW + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M"))
    with time_machine.travel(NOW + timedelta(hours=3), tick=False):
        assert not ops.get("/ops/alerts/1").all("[data-snoozed]")


def test_a_snooze_lasts_until_the_time_of_the_zone_that_its_page_names(ops: Reader) -> None:
    action = str(ops.get("/ops/alerts/1?tz=Asia/Kathmandu").one('form:has([name="until"])')["action"])
    until = (NOW + timedelta(hours=8)).astimezone(ZoneInfo("Asia/Kathmandu")).replace(second=0)
    ops.post(action, until=until.strftime("%Y-%m-%dT%H:%M"))
    db.session.rollback()
    found = find_alert(1)
    assert found is not None
    assert found.snoozed_until == until


@pytest.mark.parametrize("until", ["", "soon", "2020-01-01T00:00", "2199-01-01T00:00"])
def test_a_time_that_cannot_be_snoozed_to_is_explained(ops: Reader, until: str) -> None:
    page = ops.post("/ops/alerts/1/snooze", until=until)
    assert page.status == 422
    assert page.one("#error-until")


@pytest.mark.parametrize("what", ["take", "assign", "wake", "acknowledge"])
def test_about_an_alert_that_has_closed_nothing_is_changed(ops: Reader, what: str) -> None:
    for hours in (25, 26):
        judge(NOW + timedelta(hours=hours))
    assert "has closed" in ops.post(f"/ops/alerts/1/{what}", assignee="ops@shop.example").text
    found = find_alert(1)
    assert found is not None
    assert (found.assignee, found.acknowledged_at) == ("", None)


@pytest.mark.parametrize("what", ["take", "assign", "snooze", "wake", "comment"])
def test_only_ops_and_administrators_do_something_about_an_alert_that_is_there(
    app: Flask, ops: Reader, what: str
) -> None:
    assert ops.post(f"/ops/alerts/99/{what}").status == 404
    assert signed_in(app, "support").post(f"/ops/alerts/1/{what}").status == 403


def test_the_gravest_alert_comes_first_then_what_nobody_has_taken_then_the_newest(app: Flask, ops: Reader) -> None:
    for number in (1, 2):
        reverse_trades(5, NOW, first=100 * number, steamid=f"7656119800000000{number}")
        judge(NOW + timedelta(minutes=number))
    ops.post("/ops/alerts/3/acknowledge")
    judge(NOW + timedelta(minutes=4), [LOST])
    db.session.rollback()
    assert [alert.id for alert in open_alerts()] == [4, 2, 1, 3]


def test_each_row_and_page_carry_kind_severity_state_and_causes(app: Flask, ops: Reader) -> None:
    for minutes, cause in enumerate((LOST, REFUSED)):
        judge(NOW + timedelta(minutes=minutes), [cause])
    marks = {"data-kind": "refused", "data-severity": "critical", "data-state": "open"}
    for path in ("/ops/alerts", "/ops", "/ops/alerts/2"):
        page = ops.get(path)
        row = next(row for row in page.all('[data-row="alert"]') if row["data-kind"] == "refused")
        assert {name: row[name] for name in marks} == marks
        causes = {str(one["data-cause"]): str(one["data-kind"]) for one in page.all("[data-cause]")}
        assert {"timeout": "connection", "invalid_client_secret": "refused"}.items() <= causes.items()


def test_a_cause_that_has_gone_says_so_while_its_alert_is_open(app: Flask, ops: Reader) -> None:
    for minutes, cause in enumerate((LOST, REFUSED)):
        judge(NOW + timedelta(minutes=minutes), [cause])
    assert "Gone since" in ops.get("/ops/alerts").text_of('[data-cause="timeout"]')


def test_a_closed_alert_keeps_its_marks_and_its_causes(app: Flask, ops: Reader) -> None:
    for hours in (25, 26):
        judge(NOW + timedelta(hours=hours))
    row = ops.get("/ops/alerts").one('[data-row="alert"][data-state="closed"]')
    assert (row["data-kind"], row["data-severity"]) == ("reversals", "warning")
    assert [one["data-cause"] for one in row.select("[data-cause]")] == ["reversals"]


def test_an_alert_that_is_not_judged_says_since_when_and_why(ops: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.sync.frame.find_causes", lambda now: [LOST])
    page = ops.get("/ops/alerts/1")
    told = page.one("p[data-not-judged]")
    assert told["data-not-judged"] == "timeout"
    assert "SkinsBack does not answer." in told.get_text()
    assert told.select("time")
    assert "not judged since" in ops.get("/ops/alerts").text


def test_the_page_says_which_cause_each_message_was_about(app: Flask, ops: Reader) -> None:
    for minutes, cause in enumerate((LOST, REFUSED)):
        judge(NOW + timedelta(minutes=minutes), [cause])
    told = [row.select("td")[1].get_text() for row in ops.get("/ops/alerts/2").all('[data-row="delivery"]')]
    assert told == ["opening", "invalid_client_secret"]


def test_a_message_says_what_its_own_cause_said(app: Flask) -> None:
    for minutes, cause in enumerate((LOST, REFUSED)):
        judge(NOW + timedelta(minutes=minutes), [cause])
    due = due_deliveries(NOW + timedelta(minutes=5), 10)
    assert [(row.occasion, row.cause, row.kind, row.severity, row.sentence) for row in due] == [
        ("opened", "timeout", "connection", "critical", "SkinsBack does not answer."),
        ("cause", "invalid_client_secret", "refused", "critical", "SkinsBack refuses our requests."),
    ]
    assert json.loads(due[1].figures)[0] == ["Cause", "invalid_client_secret"]


def test_no_message_can_be_doubled(app: Flask) -> None:
    fail_purchases(8, NOW)
    judge(NOW)
    evaluate_alerts(NOW + timedelta(minutes=1))
    kept = db.session.execute(select(AlertDelivery.occasion, AlertDelivery.cause_id)).all()
    assert [tuple(row) for row in kept] == [("opened", 1)]


def test_an_error_of_skinsback_in_its_own_words_stays_text(ops: Reader) -> None:
    odd = Cause(CauseKind.CONNECTION, '"><img src=x>', NOW, "SkinsBack says <b>no</b>.")
    judge(NOW, [odd])
    for path in ("/ops", "/ops/alerts", "/ops/alerts/2"):
        assert "<img src=x>" not in ops.get(path).response.get_data(as_text=True)


def test_the_values_behind_an_alert_on_unknown_ones_stand_on_its_page(app: Flask) -> None:
    for number in range(4):
        store_purchase(buy_id=number + 1, asked_at=NOW, date=NOW, offer_status=f"odd-{number}")
    judge(NOW)
    page = signed_in(app, "ops").get("/ops/alerts/1")
    assert page.values("buy_id") == ["1", "2", "3", "4"]
    assert "odd-3" in page.text
