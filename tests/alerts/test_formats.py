"""The forms a message about an alert is sent in: what each service needs, within what it takes, and no Steam user."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.alerts import formats
from dashboard.alerts.messages import Addresses, CauseOfAlert, Message, Occasion, a_test

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
DESK = "https://desk.shop.example"
LOST = CauseOfAlert("connection_failed", "connection", "critical", "SkinsBack cannot be reached.", NOW)
REFUSED = CauseOfAlert("invalid_client_secret", "refused", "critical", "SkinsBack refuses us.", NOW)

OPENED = Message(
    Occasion.OPENED, "SkinsBack does not answer", LOST, (LOST,), Addresses(DESK, 17), NOW,
    figures=(("Error", "connection_failed"), ("Code", "none")), buy_ids=(9, 8),
)  # fmt: skip
CAUSE = replace(
    OPENED, occasion=Occasion.CAUSE, cause=REFUSED, causes=(replace(LOST, ended_at=NOW + timedelta(minutes=5)), REFUSED)
)
CLOSED = replace(
    CAUSE, occasion=Occasion.CLOSED, closed_at=NOW + timedelta(hours=1), closed_because="The cause has gone."
)
ALL = (OPENED, CAUSE, replace(OPENED, occasion=Occasion.ESCALATED), CLOSED)
KEY = "R" * 32


def blocks(message: Message) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = formats.as_webhook(message)["blocks"]
    return found


def test_the_webhook_gets_a_text_blocks_and_the_facts() -> None:
    body = formats.as_webhook(OPENED)
    assert body["text"].startswith("*Alert: SkinsBack does not answer*\nSkinsBack cannot be reached.")
    facts = {name: value for name, value in body.items() if name not in ("text", "blocks")}
    assert facts == {
        "dedup_key": "skinsback-desk-desk.shop.example-17", "kind": "connection", "severity": "critical",
        "cause": "connection_failed", "occasion": "opened", "state": "open", "url": f"{DESK}/ops/alerts/17",
        "runbook_url": f"{DESK}/ops/runbooks#connection",
    }  # fmt: skip


def test_blocks_are_a_header_with_the_severity_the_sentence_the_figures_links_and_context() -> None:
    header, sentence, figures, links, context = blocks(OPENED)
    assert header == {
        "type": "header",
        "text": {"type": "plain_text", "text": "Critical · Alert: SkinsBack does not answer"},
    }
    assert sentence["text"]["text"] == "SkinsBack cannot be reached."
    assert [field["text"] for field in figures["fields"]] == [
        "Error: connection_failed",
        "Code: none",
        "Purchases: 9, 8",
    ]
    assert links["text"]["text"] == (
        f"<{DESK}/ops/alerts/17|Open the alert> · <{DESK}/ops/alerts/17?acknowledge=1|Acknowledge> · "
        f"<{DESK}/ops/runbooks#connection|Runbook>"
    )
    assert context["elements"][0]["text"] == "critical · connection · since 25 Nov 12:00 UTC"


def test_the_end_asks_nobody_to_do_anything() -> None:
    text = json.dumps(formats.as_webhook(CLOSED))
    assert "acknowledge" not in text.lower()
    assert formats.as_webhook(CLOSED)["state"] == "closed"
    assert "open for 1 hour" in CLOSED.text


def test_without_the_dashboards_address_there_are_no_links_that_lead_nowhere() -> None:
    homeless = replace(OPENED, addresses=Addresses("", 17))
    assert "|" not in json.dumps(blocks(homeless))
    assert "links" not in formats.as_pagerduty(homeless, KEY)
    assert "generatorURL" not in formats.as_alertmanager(homeless, NOW)[0]
    assert homeless.addresses.dedup_key == "skinsback-desk-17"


@pytest.mark.parametrize("message", ALL, ids=lambda message: message.occasion)
def test_all_messages_about_an_alert_have_one_key_in_every_form(message: Message) -> None:
    keys = {
        formats.as_webhook(message)["dedup_key"],
        formats.as_pagerduty(message, KEY)["dedup_key"],
        *(one["labels"]["dedup_key"] for one in formats.as_alertmanager(message, NOW)),
    }
    assert keys == {"skinsback-desk-desk.shop.example-17"}


def test_pagerduty_gets_a_trigger_with_what_it_asks_for() -> None:
    event = formats.as_pagerduty(OPENED, KEY)
    assert event["routing_key"] == KEY
    assert event["event_action"] == "trigger"
    assert event["payload"] == {
        "summary": "SkinsBack does not answer: SkinsBack cannot be reached.", "source": "desk.shop.example",
        "severity": "critical", "timestamp": "2026-11-25T12:00:00Z", "component": "SkinsBack",
        "group": "skinsback-desk", "class": "connection",
        "custom_details": {
            "cause": "connection_failed", "Error": "connection_failed", "Code": "none", "Purchases": "9, 8",
        },
    }  # fmt: skip
    assert [link["text"] for link in event["links"]] == ["Open the alert", "Acknowledge", "Runbook"]


def test_pagerduty_is_told_the_end() -> None:
    assert formats.as_pagerduty(CLOSED, KEY)["event_action"] == "resolve"


def test_alertmanager_gets_each_cause_with_its_own_labels_and_end() -> None:
    lost, refused = formats.as_alertmanager(CAUSE, NOW)
    assert lost["labels"] == {
        "alertname": "DeskConnection", "kind": "connection", "severity": "critical", "cause": "connection_failed",
        "dedup_key": "skinsback-desk-desk.shop.example-17",
    }  # fmt: skip
    assert (lost["startsAt"], lost["endsAt"]) == ("2026-11-25T12:00:00Z", "2026-11-25T12:05:00Z")
    assert refused["labels"]["alertname"] == "DeskRefused"
    assert refused["endsAt"] == "2026-11-26T12:00:00Z"
    assert refused["annotations"]["runbook_url"] == f"{DESK}/ops/runbooks#refused"
    assert refused["generatorURL"] == f"{DESK}/ops/alerts/17"


def test_alertmanager_is_told_the_end_of_every_cause() -> None:
    assert [one["endsAt"] for one in formats.as_alertmanager(CLOSED, NOW)] == [
        "2026-11-25T12:05:00Z",
        "2026-11-25T13:00:00Z",
    ]


def test_a_labels_name_for_an_alert_is_one_word() -> None:
    drifted = replace(LOST, kind="unknown_value")
    (one,) = formats.as_alertmanager(replace(OPENED, causes=(drifted,)), NOW)
    assert one["labels"]["alertname"] == "DeskUnknownValue"


ANYTHING = st.text(max_size=8000)


@given(sentence=ANYTHING, rule_name=ANYTHING, figures=st.lists(st.tuples(ANYTHING, ANYTHING), max_size=14))
def test_whatever_a_message_says_slack_and_pagerduty_take_it(
    sentence: str, rule_name: str, figures: list[tuple[str, str]]
) -> None:
    message = replace(OPENED, cause=replace(LOST, sentence=sentence), rule_name=rule_name, figures=figures)
    header, section, fields, *_ = blocks(message)
    assert len(header["text"]["text"]) <= 150
    assert len(section["text"]["text"]) <= 3000
    assert len(fields["fields"]) <= 10
    assert max(len(field["text"]) for field in fields["fields"]) <= 2000
    assert len(formats.as_pagerduty(message, KEY)["payload"]["summary"]) <= 1024


@given(ANYTHING)
def test_no_text_calls_a_channel(text: str) -> None:
    message = replace(OPENED, cause=replace(LOST, sentence=f"{text}<!channel>"), addresses=Addresses(""))
    assert "<" not in json.dumps(formats.as_webhook(message), ensure_ascii=False)


def test_a_test_is_about_no_alert_and_over_at_once() -> None:
    message = a_test("ops@shop.example", DESK, NOW)
    assert message.addresses.alert == f"{DESK}/ops/alerts"
    assert formats.as_pagerduty(message, KEY)["payload"]["severity"] == "info"
    assert formats.as_alertmanager(message, NOW)[0]["endsAt"] == "2026-11-25T12:00:00Z"
