"""Alerts on their way: a real webhook and a real mail server, which refuse, break and come back."""

import socket
import time
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Row, select

from dashboard.alerts import delivery, services
from dashboard.alerts import store as alert_store
from dashboard.alerts.delivery import deliver_alerts, send_test
from dashboard.alerts.kinds import HOLD
from dashboard.alerts.models import AlertDelivery
from dashboard.alerts.queries import find_rules
from dashboard.db import lease_store as lease
from dashboard.db.database import Fence, LeadLost
from dashboard.db.extensions import db
from dashboard.lib import mail
from tests.alerts.channel import Channel
from tests.alerts.rounds import judge
from tests.alerts.test_engine import NOW, reverse_trades
from tests.conftest import MakeApp
from tests.dripping import dripping
from tests.mailbox import mail_server

LATER = NOW + timedelta(minutes=1)
SEEN = NOW - HOLD
"""What is seen then has held at NOW."""


def mail_settings(port: int) -> dict[str, str]:
    return {
        "SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(port), "SMTP_SECURITY": "none", "MAIL_FROM": "desk@shop.example",
        "ALERT_RECIPIENTS": "ops@shop.example, boss@shop.example", "DASHBOARD_URL": "https://desk.shop.example/",
    }  # fmt: skip


def states() -> list[Row[Any]]:
    db.session.rollback()
    return list(db.session.execute(select(*AlertDelivery.__table__.columns).order_by(AlertDelivery.id)))


def open_an_alert() -> None:
    reverse_trades(5, SEEN)
    assert judge(SEEN).opened == 1


def test_everybody_is_told_once_with_evidence_and_a_link(make_app: MakeApp, channel: Channel) -> None:
    with mail_server() as mailbox, make_app(ALERT_WEBHOOK_URL=channel.url, **mail_settings(mailbox.port)).app_context():
        open_an_alert()
        assert str(deliver_alerts(NOW)) == "3 messages sent, 0 failed, 0 given up"
        assert not deliver_alerts(LATER).did_something
    assert mailbox.recipients == [["ops@shop.example"], ["boss@shop.example"]]
    assert mailbox.messages[0]["Subject"] == "Alert: One user reverses many trades"
    for text in (channel.texts[0], mailbox.messages[0].get_content()):
        assert "reversed 5 trades" in text
        assert "Purchases: 5, 4, 3, 2, 1" in text
        assert "https://desk.shop.example/ops/alerts/1" in text
        assert "76561198050648523" not in text


def test_the_end_is_told_too(make_app: MakeApp, channel: Channel) -> None:
    with make_app(ALERT_WEBHOOK_URL=channel.url).app_context():
        open_an_alert()
        deliver_alerts(NOW)
        for hours in (25, 26):
            judge(NOW + timedelta(hours=hours))
        deliver_alerts(NOW + timedelta(hours=26))
    assert len(channel.texts) == 2
    assert "Closed: One user reverses many trades" in channel.texts[1]
    assert "open for 1 day 2 hours" in channel.texts[1]


def test_the_end_of_an_alert_whose_rule_was_muted_meanwhile_is_told_when_it_no_longer_is(
    make_app: MakeApp, channel: Channel
) -> None:
    with make_app(ALERT_WEBHOOK_URL=channel.url).app_context():
        open_an_alert()
        deliver_alerts(NOW)
        (rule,) = [rule for rule in find_rules() if rule.key == "user-reversals"]
        alert_store.mute(rule.id, NOW + timedelta(hours=30), "ops@shop.example")
        for hours in (25, 26):
            judge(NOW + timedelta(hours=hours))
        assert not deliver_alerts(NOW + timedelta(hours=29)).did_something
        assert deliver_alerts(NOW + timedelta(hours=30)).sent == 1
    assert "Closed: One user reverses many trades" in channel.texts[1]


def test_a_failing_receiver_is_retried_with_longer_waits_and_does_not_stop_the_others(
    make_app: MakeApp, channel: Channel
) -> None:
    channel.answers = [500, 429]
    with mail_server() as mailbox, make_app(ALERT_WEBHOOK_URL=channel.url, **mail_settings(mailbox.port)).app_context():
        open_an_alert()
        assert str(deliver_alerts(NOW)) == "2 messages sent, 1 failed, 0 given up"
        assert states()[0].error == "The webhook of ALERT_WEBHOOK_URL answered with HTTP 500."
        assert not deliver_alerts(NOW + timedelta(seconds=29)).did_something
        assert deliver_alerts(NOW + timedelta(seconds=30)).failed == 1
        assert not deliver_alerts(NOW + timedelta(seconds=89)).did_something
        assert deliver_alerts(NOW + timedelta(seconds=90)).sent == 1
        assert states()[0].tries == 3
    assert len(channel.texts) == 1
    assert len(mailbox.messages) == 2


def test_one_mailbox_that_is_refused_does_not_keep_the_mail_from_the_others(make_app: MakeApp) -> None:
    with mail_server() as mailbox, make_app(**mail_settings(mailbox.port)).app_context():
        mailbox.refused.add("ops@shop.example")
        open_an_alert()
        assert str(deliver_alerts(NOW)) == "1 messages sent, 1 failed, 0 given up"
    assert mailbox.recipients == [["boss@shop.example"]]


@pytest.fixture
def asked_in_vain(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that a mail server which cannot be reached was asked for."""
    asked: list[str] = []

    def refuses(addresses: list[str], *_: object, **__: object) -> None:
        asked.extend(addresses)
        raise mail.MailError("The mail server cannot be reached.", can_retry=True)

    monkeypatch.setattr(mail, "send_mail", refuses)
    return asked


def test_a_mail_server_that_is_gone_is_asked_once_a_run_however_many_mailboxes_wait(
    make_app: MakeApp, channel: Channel, asked_in_vain: list[str]
) -> None:
    with make_app(ALERT_WEBHOOK_URL=channel.url, **mail_settings(9)).app_context():
        open_an_alert()
        assert str(deliver_alerts(NOW)) == "1 messages sent, 1 failed, 0 given up"
    assert asked_in_vain == ["ops@shop.example"]


def test_a_webhook_that_never_answers_is_left_after_some_seconds_and_the_mail_goes_out(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "TIMEOUT", (0.2, 0.2))
    with socket.create_server(("127.0.0.1", 0)) as silent, mail_server() as mailbox:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/hook"
        with make_app(ALERT_WEBHOOK_URL=url, **mail_settings(mailbox.port)).app_context():
            open_an_alert()
            began = time.monotonic()
            assert str(deliver_alerts(NOW)) == "2 messages sent, 1 failed, 0 given up"
            assert time.monotonic() - began < 5
            assert "did not answer in time" in states()[0].error


@pytest.mark.parametrize("begins_with", [b"", b"HTTP/1.1 20", b"HTTP/1.1 200 OK\r\nX-Slow: "])
def test_a_webhook_that_drips_its_answer_for_ever_is_left_after_some_seconds(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch, begins_with: bytes
) -> None:
    monkeypatch.setattr(services, "LONGEST", 0.4)
    with dripping(begins_with) as port, mail_server() as mailbox:
        settings = {"ALERT_WEBHOOK_URL": f"http://127.0.0.1:{port}/hook", **mail_settings(mailbox.port)}
        with make_app(**settings).app_context():
            open_an_alert()
            assert str(deliver_alerts(NOW)) == "2 messages sent, 1 failed, 0 given up"
            assert "did not answer in time" in states()[0].error


@pytest.mark.parametrize("begins_with", [b"", b"220 hello\r\n250-"])
def test_a_mail_server_that_drips_its_answer_for_ever_is_left_after_some_seconds(
    make_app: MakeApp, channel: Channel, monkeypatch: pytest.MonkeyPatch, begins_with: bytes
) -> None:
    monkeypatch.setattr(delivery, "LONGEST_MAIL", 0.4)
    with (
        dripping(begins_with) as port,
        make_app(ALERT_WEBHOOK_URL=channel.url, **mail_settings(port)).app_context(),
    ):
        open_an_alert()
        assert str(deliver_alerts(NOW)) == "1 messages sent, 1 failed, 0 given up"
        assert states()[1].error == f"The mail server 127.0.0.1:{port} did not finish its answers in time."


def test_whatever_waits_for_a_receiver_that_is_gone_the_others_are_told(make_app: MakeApp, channel: Channel) -> None:
    channel.answers = [503] * 1000
    with mail_server() as mailbox, make_app(ALERT_WEBHOOK_URL=channel.url, **mail_settings(mailbox.port)).app_context():
        for user in range(60):
            reverse_trades(5, SEEN, first=1 + user * 10, steamid=str(76561198050648523 + user))
        assert judge(SEEN).opened == 60
        for run in range(20):
            deliver_alerts(NOW + timedelta(seconds=15 * run))
        assert {row.receiver for row in states() if row.sent_at is None} == {"webhook"}
    assert len(mailbox.messages) == 120


def test_a_receiver_that_is_gone_is_not_asked_twice_in_a_run(make_app: MakeApp, channel: Channel) -> None:
    with make_app(ALERT_WEBHOOK_URL=channel.url).app_context():
        for number in (1, 2, 3):
            reverse_trades(5, SEEN, first=number * 100)
        judge(SEEN)
        judge(NOW + timedelta(hours=25))
        judge(NOW + timedelta(hours=26))
        channel.answers = [503]
        outcome = deliver_alerts(NOW + timedelta(hours=26))
    assert (outcome.sent, outcome.failed) == (0, 1)


def test_a_message_is_given_up_after_two_days_of_trying(make_app: MakeApp, channel: Channel) -> None:
    channel.answers = [500] * 100
    with make_app(ALERT_WEBHOOK_URL=channel.url).app_context():
        open_an_alert()
        now, tries = NOW, 0
        while states()[0].next_try_at is not None:
            now = states()[0].next_try_at
            tries += deliver_alerts(now).failed
        assert tries == delivery.MOST_TRIES
        assert timedelta(days=2) <= now - NOW < timedelta(days=2, hours=2)
        assert states()[0].error.endswith("HTTP 500.")
    assert channel.texts == []


def test_a_receiver_that_left_the_settings_is_not_waited_for(make_app: MakeApp, channel: Channel) -> None:
    with make_app(ALERT_WEBHOOK_URL=channel.url).app_context():
        open_an_alert()
    with make_app().app_context():
        assert deliver_alerts(NOW).given_up == 1
        assert states()[0].next_try_at is None


def test_a_process_without_the_lead_sends_nothing(make_app: MakeApp, channel: Channel) -> None:
    with make_app(ALERT_WEBHOOK_URL=channel.url).app_context():
        open_an_alert()
        assert lease.take_or_renew("one") is not None
        with pytest.raises(LeadLost):
            deliver_alerts(NOW, fence=Fence(lease.NAME, 99))
    assert channel.texts == []


def test_a_message_that_another_process_has_taken_is_left_to_it(
    make_app: MakeApp, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    with make_app(ALERT_WEBHOOK_URL=channel.url).app_context():
        open_an_alert()
        seen_by_both = delivery.due_deliveries(NOW, 10)
        deliver_alerts(NOW)
        monkeypatch.setattr(delivery, "due_deliveries", lambda *_: seen_by_both)
        assert not deliver_alerts(NOW).did_something
    assert len(channel.texts) == 1


def test_the_address_of_the_webhook_stands_in_no_error(make_app: MakeApp) -> None:
    with make_app(ALERT_WEBHOOK_URL="http://127.0.0.1:9/services/very-secret-path").app_context():
        open_an_alert()
        deliver_alerts(NOW)
        assert states()[0].error == "The webhook of ALERT_WEBHOOK_URL cannot be reached (ConnectionError)."


def test_slack_does_not_take_a_text_for_its_own_signs(make_app: MakeApp, channel: Channel) -> None:
    with make_app(ALERT_WEBHOOK_URL=channel.url).app_context():
        assert list(send_test("<!channel> & co", NOW)) == [("webhook", "")]
    assert "&lt;!channel&gt; &amp; co" in channel.texts[0]


def test_the_test_button_says_what_went_wrong_for_each_receiver(make_app: MakeApp, channel: Channel) -> None:
    channel.answers = [404]
    with mail_server() as mailbox, make_app(ALERT_WEBHOOK_URL=channel.url, **mail_settings(mailbox.port)).app_context():
        told = dict(send_test("ops@shop.example", NOW))
    assert told["webhook"] == "The webhook of ALERT_WEBHOOK_URL answered with HTTP 404."
    assert told["email:boss@shop.example"] == ""


def test_the_test_button_asks_a_mail_server_that_is_gone_once(make_app: MakeApp, asked_in_vain: list[str]) -> None:
    with make_app(**mail_settings(9)).app_context():
        told = dict(send_test("ops@shop.example", NOW))
    assert asked_in_vain == ["ops@shop.example"]
    assert told["email:boss@shop.example"] == "The mail server cannot be reached."


def test_waits_double_up_to_an_hour() -> None:
    waits = [alert_store.OUTBOX.wait_after(tries).total_seconds() for tries in (1, 2, 3, 7, 8, 99)]
    assert waits == [30, 60, 120, 1920, 3600, 3600]
