"""What nobody has acknowledged is told to a second list, once, and they are told its end."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from dashboard.alerts import escalation_store
from dashboard.alerts import store as alert_store
from dashboard.alerts.delivery import deliver_alerts, escalate_alerts
from dashboard.alerts.queries import find_rules
from dashboard.db import lease_store as lease
from dashboard.db.database import Fence, LeadLost
from tests.alerts.rounds import judge
from tests.alerts.test_delivery import NOW, mail_settings, open_an_alert, states
from tests.conftest import MakeApp, signed_in
from tests.mailbox import Mailbox, mail_server

MINUTE = timedelta(minutes=1)
OPS = "ops@shop.example"
BOSS = "email:chief@shop.example"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mail_server() as box:
        yield box


@pytest.fixture
def desk(make_app: MakeApp, mailbox: Mailbox) -> Iterator[Flask]:
    settings = {"ALERT_ESCALATION_RECIPIENTS": "chief@shop.example", "ALERT_ESCALATE_AFTER_MINUTES": "20"}
    app = make_app(**mail_settings(mailbox.port) | settings)
    with app.app_context():
        open_an_alert()
        deliver_alerts(NOW)
        yield app


def escalated() -> list[str]:
    return [row.receiver for row in states() if row.occasion == "escalated"]


def test_what_nobody_acknowledged_in_time_is_told_to_the_second_list_alone(desk: Flask, mailbox: Mailbox) -> None:
    assert escalate_alerts(NOW + 19 * MINUTE) == 0
    assert escalate_alerts(NOW + 20 * MINUTE) == 1
    deliver_alerts(NOW + 20 * MINUTE)
    assert mailbox.recipients[2:] == [["chief@shop.example"]]
    message = mailbox.messages[-1]
    assert message["Subject"] == "Nobody has acknowledged: One user reverses many trades"
    assert "https://desk.shop.example/ops/alerts/1?acknowledge=1" in message.get_content()


def test_it_is_told_once_however_often_and_by_however_many_it_is_looked_at(desk: Flask) -> None:
    for minutes in range(20, 120):
        escalate_alerts(NOW + minutes * MINUTE)
    assert escalated() == [BOSS]


def test_two_processes_at_once_tell_it_once(desk: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    escalate_alerts(NOW + 20 * MINUTE)
    # The other process looked before the first one wrote.
    unaware = escalation_store._OPEN_AND_UNATTENDED
    monkeypatch.setattr(escalation_store, "_UNATTENDED", unaware)
    assert escalate_alerts(NOW + 20 * MINUTE) == 0
    assert escalated() == [BOSS]


def test_what_somebody_acknowledged_is_not_told(desk: Flask) -> None:
    alert_store.acknowledge(1, OPS)
    assert escalate_alerts(NOW + 60 * MINUTE) == 0


def test_what_somebody_looks_after_is_not_told(desk: Flask) -> None:
    alert_store.assign(1, OPS)
    assert escalate_alerts(NOW + 60 * MINUTE) == 0


def test_what_somebody_snoozed_is_told_when_the_snooze_is_over(desk: Flask) -> None:
    alert_store.snooze(1, NOW + 60 * MINUTE, OPS)
    assert escalate_alerts(NOW + 59 * MINUTE) == 0
    assert escalate_alerts(NOW + 60 * MINUTE) == 1


def test_what_a_muted_rule_found_is_not_told(desk: Flask) -> None:
    (rule,) = [rule for rule in find_rules() if rule.key == "user-reversals"]
    alert_store.mute(rule.id, NOW + 60 * MINUTE, OPS)
    assert escalate_alerts(NOW + 59 * MINUTE) == 0


def test_what_is_calm_and_still_open_is_told(desk: Flask) -> None:
    judge(NOW + 25 * 60 * MINUTE)
    assert escalate_alerts(NOW + 25 * 60 * MINUTE + MINUTE) == 1


def test_whoever_was_told_is_told_the_end(desk: Flask, mailbox: Mailbox) -> None:
    escalate_alerts(NOW + 20 * MINUTE)
    deliver_alerts(NOW + 20 * MINUTE)
    for hours in (25, 26):
        judge(NOW + timedelta(hours=hours))
    deliver_alerts(NOW + timedelta(hours=27))
    assert sorted(recipient for (recipient,) in mailbox.recipients[3:]) == [
        "boss@shop.example", "chief@shop.example", "ops@shop.example",
    ]  # fmt: skip


def test_whoever_is_on_both_lists_is_told_the_end_once(make_app: MakeApp, mailbox: Mailbox) -> None:
    with make_app(**mail_settings(mailbox.port), ALERT_ESCALATION_RECIPIENTS=OPS).app_context():
        open_an_alert()
        escalate_alerts(NOW + 20 * MINUTE)
        for hours in (25, 26):
            judge(NOW + timedelta(hours=hours))
        assert [row.receiver for row in states() if row.occasion == "closed"].count(f"email:{OPS}") == 1


def test_without_a_second_list_nothing_is_escalated(make_app: MakeApp) -> None:
    with make_app().app_context():
        open_an_alert()
        assert escalate_alerts(NOW + 60 * MINUTE) == 0


def test_a_process_without_the_lead_escalates_nothing(desk: Flask) -> None:
    assert lease.take_or_renew("one") is not None
    with pytest.raises(LeadLost):
        escalate_alerts(NOW + 20 * MINUTE, fence=Fence(lease.NAME, 99))
    assert escalated() == []


def test_the_alerts_page_says_who_was_told_that_nobody_has_acknowledged_it(desk: Flask) -> None:
    escalate_alerts(NOW + 20 * MINUTE)
    rows = signed_in(desk, "ops").get("/ops/alerts/1").all('[data-row="delivery"]')
    assert "chief@shop.example escalated waiting" in " ".join(rows[-1].get_text(" ").split())


def test_the_link_of_a_message_leads_to_the_button_and_changes_nothing(desk: Flask) -> None:
    page = signed_in(desk, "ops").get("/ops/alerts/1", acknowledge="1")
    assert page.one("[autofocus]").get_text().startswith("Acknowledge as ")
    assert escalate_alerts(NOW + 20 * MINUTE) == 1


def test_the_link_of_a_message_survives_the_sign_in(desk: Flask) -> None:
    answer = desk.test_client().get("/ops/alerts/1?acknowledge=1")
    assert "acknowledge%3D1" in answer.headers["Location"]


def test_an_alert_leads_to_what_to_do_about_its_kind(desk: Flask) -> None:
    links = [str(link["href"]) for link in signed_in(desk, "ops").get("/ops/alerts/1").all("a")]
    assert "/ops/runbooks#reversals" in links
