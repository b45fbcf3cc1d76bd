"""Tell receivers of alerts: services that take JSON (``services``) and people's mailboxes.

A receiver that fails is left alone for the rest of the run, with all mailboxes when it is the mail server that fails;
the others do not notice. How messages are claimed, marked and tried again: ``db.outbox_store``.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import Row

from dashboard.alerts import escalation_store, messages
from dashboard.alerts.messages import Addresses, CauseOfAlert, Message, Occasion
from dashboard.alerts.queries import AlertState, CauseState, due_deliveries, find_alert
from dashboard.alerts.services import SERVICES, NotTaken, post
from dashboard.alerts.store import OUTBOX
from dashboard.db.database import Fence
from dashboard.lib import mail

logger = logging.getLogger(__name__)

MAIL = "email:"

LONGEST_MAIL = 30.0
"""In seconds, for one mail in all: a server that drips its answer holds up the others no longer than that."""

AT_ONCE = 10
"""Messages to one receiver in one run: those of a slow one must not hold up the others for long."""
MOST_TRIES = 54
"""With the waits of the outbox that is two days; nobody is helped by the news of an alert that is older."""

LATE_AFTER = timedelta(minutes=2)
"""What could not be sent for so long, and is over by then, wakes nobody: its end says all of it."""


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
    """Return who is told of every alert, and of its end."""
    config = current_app.config
    services = [service.receiver for service in SERVICES.values() if config[service.setting]]
    return services + [f"{MAIL}{address}" for address in config["ALERT_RECIPIENTS"]]


def words_for(receiver: str) -> str:
    """Return what people call a receiver."""
    return SERVICES[receiver].label if receiver in SERVICES else receiver.removeprefix(MAIL)


def second_receivers() -> list[str]:
    """Return who is told of an alert that nobody has acknowledged."""
    return [f"{MAIL}{address}" for address in current_app.config["ALERT_ESCALATION_RECIPIENTS"]]


def escalate_alerts(now: datetime, *, fence: Fence | None = None) -> int:
    """Queue messages about what nobody has acknowledged for as long as the settings say; return about how many alerts.

    Raises LeadLost when the fence's lead has passed on.
    """
    after = timedelta(minutes=current_app.config["ALERT_ESCALATE_AFTER_MINUTES"])
    return escalation_store.escalate(second_receivers(), after, now, fence=fence)


def deliver_alerts(now: datetime, *, fence: Fence | None = None) -> Delivered:
    """Send what is due. Raises LeadLost when the fence's lead has passed on; nothing is sent without the lead."""
    outcome = Delivered()
    broken: tuple[str, ...] = ()
    for row in due_deliveries(now, AT_ONCE):
        if row.receiver.startswith(broken):
            continue
        alert = find_alert(row.alert_id)
        given_up = _why_not(row, alert, now)
        if alert is None or given_up:
            OUTBOX.mark(row, fence, {"next_try_at": None, "error": given_up})
            outcome.given_up += 1
            continue
        if not OUTBOX.claim(row, now, fence):
            continue
        try:
            message = _message(alert, Occasion(row.occasion), row.cause_id)
            _send(row.receiver, message, now, name=f"alert-{row.alert_id}-{row.occasion}-{row.cause_id}")
        except NotDelivered as error:
            logger.warning("An alert could not be delivered to %s: %s", row.receiver.partition(":")[0], error)
            OUTBOX.mark_failed(row, now, str(error)[:500], fence)
            broken += (error.channel,)
            outcome.failed += 1
        else:
            OUTBOX.mark_sent(row, now, fence, next_try_at=None)
            outcome.sent += 1
    return outcome


def _why_not(row: Row[Any], alert: AlertState | None, now: datetime) -> str:
    """Return why a message is not sent any more, empty for one that is."""
    if row.receiver not in (*receivers(), *second_receivers()):
        return row.error or "This receiver is no longer in the settings."
    if row.tries >= MOST_TRIES:
        return str(row.error)
    is_over = alert is not None and alert.closed_at is not None and row.occasion != Occasion.CLOSED
    if is_over and (row.tries or now - row.next_try_at >= LATE_AFTER):
        return "It was over before this could be sent; the message about its end says all of it."
    return ""


def _message(alert: AlertState, occasion: Occasion, cause_id: int) -> Message:
    """Return what an alert's message says: of the cause that it is about, at the end of the newest one."""
    about = next((cause for cause in alert.causes if cause.id == cause_id), alert.causes[-1])
    return Message(
        occasion, alert.rule_name, _of_cause(about), [_of_cause(cause) for cause in alert.causes],
        Addresses(current_app.config["DASHBOARD_URL"], alert.id), alert.opened_at, alert.closed_at,
        alert.closed_because, about.figures, about.buy_ids,
    )  # fmt: skip


def _of_cause(cause: CauseState) -> CauseOfAlert:
    return CauseOfAlert(cause.cause, cause.kind, cause.severity, cause.sentence, cause.first_seen_at, cause.gone_at)


def _send(receiver: str, message: Message, now: datetime, *, name: str | None = None) -> None:
    """Hand one message to one receiver; ``name`` lets a mail program show it once. Raises NotDelivered."""
    if receiver in SERVICES:
        try:
            post(SERVICES[receiver], message, current_app.config, now)
        except NotTaken as error:
            raise NotDelivered(str(error), receiver) from None
        return
    address = receiver.removeprefix(MAIL)
    try:
        refused = mail.send_mail([address], message.subject, message.text, name=name, within=LONGEST_MAIL)
    except mail.MailError as error:
        raise NotDelivered(str(error), MAIL if error.is_for_all else receiver) from None
    if refused:
        raise NotDelivered(f"The mail server refused {address}: {refused.get(address, '')}.", receiver)


def send_test(sent_by: str, now: datetime) -> Iterator[tuple[str, str]]:
    """Send a test message to every receiver; yield each with what went wrong, empty when nothing did."""
    message = messages.a_test(sent_by, current_app.config["DASHBOARD_URL"], now)
    broken: dict[str, str] = {}
    for receiver in dict.fromkeys([*receivers(), *second_receivers()]):
        # Whoever pressed the button waits, so a mail server that does not answer is asked once for all mailboxes.
        problem = next((told for channel, told in broken.items() if receiver.startswith(channel)), "")
        try:
            if not problem:
                _send(receiver, message, now)
        except NotDelivered as error:
            problem = broken[error.channel] = str(error)
        yield receiver, problem
