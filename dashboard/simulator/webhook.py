"""The webhook side: events as POST requests. Source: the documentation page ``api_event_webhook``."""

import json

import requests

from dashboard.simulator.authentication import Credentials
from dashboard.simulator.events import Event

TIMEOUT_SECONDS = 3


class Webhook:
    """Posts each event once to one address, signed. What the receiver does not take is counted and lost."""

    def __init__(self, url: str, credentials: Credentials) -> None:
        self.url = url
        self.taken = 0
        self.refused = 0
        self._credentials = credentials
        self._session = requests.Session()
        self._session.trust_env = False

    def post(self, event: Event) -> None:
        """Send one event; never raises for what the receiver does."""
        body = json.dumps(event).encode()
        headers = {"Content-Type": "application/json", "Signature": self._credentials.webhook_signature(body)}
        try:
            response = self._session.post(
                self.url, data=body, headers=headers, timeout=TIMEOUT_SECONDS, allow_redirects=False
            )
        except requests.RequestException:
            self.refused += 1
            return
        if response.ok:
            self.taken += 1
        else:
            self.refused += 1

    def close(self) -> None:
        """Give up the connection."""
        self._session.close()
