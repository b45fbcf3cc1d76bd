"""What the tests of the simulator hold it with: a clock that they set, and a client that only knows HTTP."""

from datetime import UTC, datetime, timedelta
from typing import Any

import requests

from dashboard.simulator import Simulator

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class Watch:
    """A clock that stands still until it is moved."""

    def __init__(self, moment: datetime = NOW) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **duration: float) -> None:
        self.moment += timedelta(**duration)


class Client:
    """Asks as a shop's program would."""

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator
        self.session = requests.Session()
        self.headers = {"X-CLIENT-ID": simulator.client_id, "X-CLIENT-SECRET": simulator.client_secret}

    def post(self, **parameters: Any) -> requests.Response:
        return self.session.post(self.simulator.api_url, json=parameters, headers=self.headers, timeout=5)

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """The answer's JSON."""
        answer: dict[str, Any] = self.post(method=method, **parameters).json()
        return answer

    def look_up(self, buy_id: int) -> dict[str, Any]:
        return self.ask("market_getinfo", buy_id=buy_id)

    def all_history(self, starting: int = 0, ending: int = 4_000_000_000) -> list[dict[str, Any]]:
        """All pages of ``market_history``, one after the other."""
        items: list[dict[str, Any]] = []
        start_from = None
        while True:
            page = self.ask("market_history", starting=starting, ending=ending, start_from=start_from)
            items += page["items"]
            start_from = page["start_from"]
            if not page["has_more"]:
                return items

    def close(self) -> None:
        self.session.close()
