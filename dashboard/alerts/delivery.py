"""Tell receivers of alerts: a Slack-compatible webhook and people's mailboxes.

A receiver that fails is left alone for the rest of the run, with all mailboxes when it is the mail server that fails;
the others do not notice. How messages are claimed, marked and tried again: ``db.outbox_store``.
"""

import json
import logging
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import requests
from flask import current_app
from sqlalchemy import Row

from dashboard.alerts import messages
from dashboard.alerts.messages import Message
from dashboard.alerts.queries import due_deliveries
from dashboard.alerts.store import OUTBOX
from dashboard.db.database import Fence
from dashboard.lib import mail
from dashboard.lib.formatting import duration_words
from dashboard.skinsback.deadline import DeadlineAdapter

logger = logging.getLogger(__name__)

WEBHOOK = "webhook"
MAIL = "email:"

TIMEOUT = (3.0, 5.0)
"""In seconds, to connect and for each piece of the answer."""

LONGEST = 10.0
LONGEST_MAIL = 30.0
"""In seconds, for one message in all: a receiver that drips its answer holds up the others no longer than that."""

AT_ONCE = 10
"""Messages to one receiver in one run: those of a slow one must not hold up the others for long."""
MOST_TRIES = 54
"""With the waits of the outbox that is two days; nobody is helped by the news of an alert that is older."""


class NotDelivered(Exception):
    """A message did not reach its receiver. The text is a sentence for a colleague and holds no secret.

    ``channel`` is what begins the names of the receivers that need not be tried after this one.
    """

    def __init__(self, sentence: str, channel: str) -> None:
        super().__init__(sentence)
        self.channel = channel


@dataclass
class Delivered:
    sent: int = 0
    failed: int = 0
    given_up: int = 0

    @property
    def did_something(self) -> bool:
        return bool(self.sent or self.failed or self.given_up)

    def __str__(self) -> str:
        return f"{self.sent} messages sent, {self.failed} failed, {self.given_up} given up"


def receivers() -> list[str]:
    webhook = [WEBHOOK] if current_app.config["ALERT_WEBHOOK_URL"] else []
    return webhook + [f"{MAIL}{address}" for address in current_app.config["ALERT_RECIPIENTS"]]


def deliver_alerts(now: datetime, *, fence: Fence | None = None) -> Delivered:
    """Send what is due. Raises LeadLost when the fence's lead has passed on; nothing is sent without the lead."""
    outcome = Delivered()
    broken: tuple[str, ...] = ()
    for row in due_deliveries(now, AT_ONCE):
        if row.receiver.startswith(broken):
            continue
        if row.receiver not in receivers() or row.tries >= MOST_TRIES:
            error = row.error or "This receiver is no longer in the settings."
            OUTBOX.mark(row, fence, {"next_try_at": None, "error": error})
            outcome.given_up += 1
            continue
        if not OUTBOX.claim(row, now, fence):
            continue
        try:
            send(row.receiver, _message(row), name=f"alert-{row.alert_id}-{row.occasion}")
        except NotDelivered as error:
            logger.warning("An alert could not be delivered to %s: %s", row.receiver.partition(":")[0], error)
            OUTBOX.mark_failed(row, now, str(error)[:500], fence)
            broken += (error.channel,)
            outcome.failed += 1
        else:
            OUTBOX.mark_sent(row, now, fence, next_try_at=None)
            outcome.sent += 1
    return outcome


def _message(row: Row[Any]) -> Message:
    url = address_of(f"/ops/alerts/{row.alert_id}")
    if row.occasion == "closed":
        lasted = duration_words((row.closed_at or row.opened_at) - row.opened_at)
        return messages.closed(row.rule_name, row.sentence, lasted, row.closed_because, url)
    return messages.opened(row.rule_name, row.sentence, json.loads(row.figures), json.loads(row.buy_ids), url)


def address_of(path: str) -> str:
    """Return a page's whole address, or its path where the settings do not say where the dashboard is."""
    return f"{current_app.config['DASHBOARD_URL']}{path}"


def send(receiver: str, message: Message, *, name: str | None = None) -> None:
    """Hand one message to one receiver; ``name`` lets a mail program show it once. Raises NotDelivered."""
    if receiver == WEBHOOK:
        _post(message)
        return
    address = receiver.removeprefix(MAIL)
    try:
        refused = mail.send_mail([address], message.subject, message.text, name=name, within=LONGEST_MAIL)
    except mail.MailError as error:
        raise NotDelivered(str(error), MAIL if error.is_for_all else receiver) from None
    if refused:
        raise NotDelivered(f"The mail server refused {address}: {refused.get(address, '')}.", receiver)


def _post(message: Message) -> None:
    # The address is a secret: whoever has it can write into the channel. So no error of the library is repeated.
    try:
        status = _status_of_answer(messages.as_slack(message))
    except requests.Timeout:
        raise NotDelivered("The webhook of ALERT_WEBHOOK_URL did not answer in time.", WEBHOOK) from None
    except requests.RequestException as error:
        sentence = f"The webhook of ALERT_WEBHOOK_URL cannot be reached ({type(error).__name__})."
        raise NotDelivered(sentence, WEBHOOK) from None
    if not 200 <= status < 300:
        raise NotDelivered(f"The webhook of ALERT_WEBHOOK_URL answered with HTTP {status}.", WEBHOOK)


def _status_of_answer(body: Mapping[str, str]) -> int:
    with requests.Session() as session:
        adapter = DeadlineAdapter()
        adapter.give_up_at = time.monotonic() + LONGEST
        for scheme in ("http://", "https://"):
            session.mount(scheme, adapter)
        with session.post(
            current_app.config["ALERT_WEBHOOK_URL"], json=body, timeout=TIMEOUT, allow_redirects=False, stream=True
        ) as response:
            return response.status_code


def send_test(sent_by: str) -> Iterator[tuple[str, str]]:
    """Send a test message to every receiver; yield each with what went wrong, empty when nothing did."""
    message = messages.test(sent_by, address_of("/ops/alerts"))
    broken: dict[str, str] = {}
    for receiver in receivers():
        # Whoever pressed the button waits, so a mail server that does not answer is asked once for all mailboxes.
        problem = next((told for channel, told in broken.items() if receiver.startswith(channel)), "")
        try:
            if not problem:
                send(receiver, message)
        except NotDelivered as error:
            problem = broken[error.channel] = str(error)
        yield receiver, problem
