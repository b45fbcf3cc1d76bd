"""Pure: a message about an alert as each service that takes JSON wants it.

Sources: Slack's pages on incoming webhooks and on blocks; PagerDuty's on its Events API v2; Prometheus' on the alerts
API of Alertmanager. What would be longer than a service takes is cut: a message that it refuses tells nobody anything.
"""

from datetime import datetime, timedelta
from typing import Any

from dashboard.alerts.messages import CauseOfAlert, Message, Occasion, runbook_path
from dashboard.lib.formatting import iso_z, one_line, utc_words

Json = dict[str, Any]

LONGEST_HEADER = 150
LONGEST_SECTION = 3000
LONGEST_FIELD = 2000
"""Of Slack's blocks, in letters."""
LONGEST_ESCAPE = 5
"""One letter becomes up to so many for Slack."""
MOST_FIELDS = 10
"""Of a section of Slack's; further figures stand in the text and on the alert's page."""

LONGEST_SUMMARY = 1024
"""Of PagerDuty's, in letters."""

OPEN_FOR = timedelta(days=1)
"""Alertmanager takes an alert for over when nobody has told it otherwise for so long. It is told of what is open again
and again, so this matters only while no job runs, which must not look like an end."""


def as_webhook(message: Message) -> Json:
    """Return a message for a Slack-compatible webhook: as text, as Slack's blocks, and its facts for programs."""
    return {
        "text": _for_slack(f"*{message.subject}*\n{message.text}"),
        "blocks": _blocks(message),
        "dedup_key": message.addresses.dedup_key,
        "kind": message.cause.kind,
        "severity": message.cause.severity,
        "cause": message.cause.name,
        "occasion": message.occasion.value,
        "state": "closed" if message.closed_at else "open",
        "url": message.addresses.alert,
        "runbook_url": message.runbook_url,
    }


def _for_slack(text: str) -> str:
    """Slack reads ``&``, ``<`` and ``>`` as its own, so that a text could call everybody of a channel."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _blocks(message: Message) -> list[Json]:
    severity, kind = message.cause.severity, message.cause.kind
    title = f"{severity.capitalize()} · {message.subject}" if message.wants_somebody else message.subject
    blocks: list[Json] = [
        {"type": "header", "text": {"type": "plain_text", "text": one_line(title, LONGEST_HEADER)}},
        {"type": "section", "text": _mrkdwn(message.sentence, LONGEST_SECTION)},
    ]
    figures = message.evidence[:MOST_FIELDS]
    if figures:
        fields = [_mrkdwn(f"{label}: {value}", LONGEST_FIELD) for label, value in figures]
        blocks.append({"type": "section", "fields": fields})
    if message.addresses.dashboard_url:
        # Links and no buttons: behind a button Slack wants an application that answers.
        links = " · ".join(f"<{_for_slack(url)}|{words}>" for words, url in _links(message))
        blocks.append({"type": "section", "text": {"type": "mrkdwn", "text": links}})
    context = f"{severity} · {kind} · since {utc_words(message.opened_at)}"
    return [*blocks, {"type": "context", "elements": [_mrkdwn(context, LONGEST_FIELD)]}]


def _mrkdwn(text: str, at_most: int) -> Json:
    return {"type": "mrkdwn", "text": _for_slack(one_line(text, at_most // LONGEST_ESCAPE))}


def _links(message: Message) -> list[tuple[str, str]]:
    """Return the pages that a message leads to: of what is over there is nothing left to do."""
    addresses = message.addresses
    shown = [("Open the alert" if addresses.alert_id else "Alerts", addresses.alert)]
    if not message.wants_somebody:
        return shown
    return [*shown, ("Acknowledge", addresses.acknowledge), ("Runbook", message.runbook_url)]


def as_pagerduty(message: Message, routing_key: str) -> Json:
    """Return a message as an event of PagerDuty's Events API v2; all of one alert have one ``dedup_key``."""
    addresses = message.addresses
    event: Json = {
        "routing_key": routing_key,
        "event_action": "resolve" if message.occasion is Occasion.CLOSED else "trigger",
        "dedup_key": addresses.dedup_key,
        "client": "SkinsBack desk",
        "payload": {
            "summary": one_line(f"{message.rule_name}: {message.sentence}", LONGEST_SUMMARY),
            "source": addresses.source,
            "severity": message.cause.severity,
            "timestamp": iso_z(message.cause.began_at),
            "component": "SkinsBack",
            "group": "skinsback-desk",
            "class": message.cause.kind,
            "custom_details": {"cause": message.cause.name, **dict(message.evidence)},
        },
    }
    if addresses.dashboard_url:
        links = [{"href": url, "text": words} for words, url in _links(message)]
        event |= {"client_url": addresses.alert, "links": links}
    return event


def as_alertmanager(message: Message, now: datetime) -> list[Json]:
    """Return an alert as Alertmanager takes it: each of its causes, since labels tell one alert from another there.

    What differs in no label is the same to Alertmanager, and it tells nobody again; so a cause that comes is one more,
    and one that has gone ends. All have the label ``dedup_key``, to group by.
    """
    return [_alertmanager_cause(message, cause, now) for cause in message.causes]


def _alertmanager_cause(message: Message, cause: CauseOfAlert, now: datetime) -> Json:
    addresses = message.addresses
    ends_at = cause.ended_at or message.closed_at or now + OPEN_FOR
    alert: Json = {
        "labels": {
            # Not the rule's name, which a person may change while the alert is open.
            "alertname": "Desk" + "".join(part.capitalize() for part in cause.kind.split("_")),
            "kind": cause.kind,
            "severity": cause.severity,
            "cause": cause.name,
            "dedup_key": addresses.dedup_key,
        },
        "annotations": {
            "summary": message.rule_name,
            "description": cause.sentence,
            "runbook_url": addresses.whole(runbook_path(cause.kind)),
        },
        "startsAt": iso_z(cause.began_at),
        "endsAt": iso_z(ends_at),
    }
    if addresses.dashboard_url:
        alert["generatorURL"] = addresses.alert
    return alert
