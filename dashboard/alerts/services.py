"""Services that take messages about alerts as JSON by HTTP, each behind a setting of its own.

No error repeats an address or a key: whoever has them can write into the channel, or wake people.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import requests

from dashboard.alerts import formats
from dashboard.alerts.messages import Message, Occasion
from dashboard.skinsback.deadline import DeadlineAdapter

TIMEOUT = (3.0, 5.0)
"""In seconds, to connect and for each piece of the answer."""
LONGEST = 10.0
"""In seconds, for one message in all: a receiver that drips its answer holds up the others no longer than that."""

Request = tuple[str, Any]
"""An address, and what is posted to it."""
Config = Mapping[str, Any]


class NotTaken(Exception):
    """A service did not take a message. The text is a sentence for a colleague and holds no secret."""


@dataclass(frozen=True)
class Service:
    """``receiver`` is its name in the outbox, ``setting`` what switches it on, ``name`` what errors call it."""

    receiver: str
    setting: str
    label: str
    name: str
    requests: Callable[[Message, Config, datetime], Iterator[Request]]


def _to_webhook(message: Message, config: Config, _now: datetime) -> Iterator[Request]:
    yield config["ALERT_WEBHOOK_URL"], formats.as_webhook(message)


def _to_pagerduty(message: Message, config: Config, _now: datetime) -> Iterator[Request]:
    url, key = config["ALERT_PAGERDUTY_URL"], config["ALERT_PAGERDUTY_KEY"]
    yield url, formats.as_pagerduty(message, key)
    if message.occasion is Occasion.TEST:
        # A test must leave nothing open there.
        yield url, formats.as_pagerduty(replace(message, occasion=Occasion.CLOSED), key)


def _to_alertmanager(message: Message, config: Config, now: datetime) -> Iterator[Request]:
    yield f"{config['ALERTMANAGER_URL']}/api/v2/alerts", formats.as_alertmanager(message, now)


SERVICES = {
    service.receiver: service
    for service in (
        Service("webhook", "ALERT_WEBHOOK_URL", "Webhook", "The webhook of ALERT_WEBHOOK_URL", _to_webhook),
        Service("pagerduty", "ALERT_PAGERDUTY_KEY", "PagerDuty", "PagerDuty (ALERT_PAGERDUTY_KEY)", _to_pagerduty),
        Service(
            "alertmanager", "ALERTMANAGER_URL", "Alertmanager", "Alertmanager (ALERTMANAGER_URL)", _to_alertmanager
        ),
    )
}
"""By receiver."""


def post(service: Service, message: Message, config: Config, now: datetime) -> None:
    """Hand a message to a service. Raises NotTaken."""
    for url, body in service.requests(message, config, now):
        try:
            status = _status_of_answer(url, body)
        except requests.Timeout:
            raise NotTaken(f"{service.name} did not answer in time.") from None
        except requests.RequestException as error:
            raise NotTaken(f"{service.name} cannot be reached ({type(error).__name__}).") from None
        if not 200 <= status < 300:
            raise NotTaken(f"{service.name} answered with HTTP {status}.")


def _status_of_answer(url: str, body: Any) -> int:
    with requests.Session() as session:
        adapter = DeadlineAdapter()
        adapter.give_up_at = time.monotonic() + LONGEST
        for scheme in ("http://", "https://"):
            session.mount(scheme, adapter)
        with session.post(url, json=body, timeout=TIMEOUT, allow_redirects=False, stream=True) as response:
            return response.status_code
