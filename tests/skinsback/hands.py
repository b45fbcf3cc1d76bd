"""What the tests of the client hold it with: patience without waiting, and a list of the pauses it asked for."""

from dataclasses import dataclass, field
from typing import Any

from dashboard.simulator import Simulator
from dashboard.skinsback.client import CallReport, Patience, SkinsBackClient

SECRET = "demo-secret"
URL = "https://skinsback.example/api.php"
HASTY = Patience(3, 90.0, 2.0, 2.0, 5.0, 8.0)


@dataclass
class Notes:
    """What a client did: the pauses between its tries, the requests it sent, and what it asked of the budget."""

    pauses: list[float] = field(default_factory=list)
    calls: list[CallReport] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    blocks: list[float] = field(default_factory=list)

    def acquire(self, *, wait_at_most: float) -> None:
        self.waits.append(wait_at_most)

    def pause(self, seconds: float) -> None:
        self.blocks.append(seconds)


def a_client(simulator: Simulator | None = None, notes: Notes | None = None, **options: Any) -> SkinsBackClient:
    """Return a client of the simulator, or of an address that ``responses`` answers for."""
    notes = notes or Notes()
    settings: dict[str, Any] = {"patience": HASTY, "sleep": notes.pauses.append, "on_call": notes.calls.append}
    url = simulator.api_url if simulator else URL
    secret = options.pop("client_secret", SECRET)
    return SkinsBackClient(url, "demo-client", secret, budget=notes, **settings | options)
