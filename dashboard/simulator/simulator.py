"""The simulator as one object: started, asked, changed and stopped."""

from datetime import datetime
from threading import Thread
from types import TracebackType
from typing import Any, Self

from dashboard.simulator.answers import Answers
from dashboard.simulator.authentication import Credentials
from dashboard.simulator.clock import Clock, NowSource
from dashboard.simulator.limits import RequestLimit
from dashboard.simulator.requestlog import RequestLog
from dashboard.simulator.server import API_PATH, SimulatorServer
from dashboard.simulator.service import Service
from dashboard.simulator.world import World

CLIENT_ID = "demo-client"
CLIENT_SECRET = "demo-secret"  # noqa: S105 - A fixed word that opens nothing but this simulator.


class Simulator:
    """A SkinsBack of one's own, on a port of this machine."""

    def __init__(
        self,
        *,
        port: int = 0,
        purchases: int = 2000,
        seed: int = 1,
        speed: float = 1,
        now: NowSource = None,
        requests_per_minute: int = 500,
        host: str = "127.0.0.1",
        start: datetime | None = None,
        block_seconds: float = 60,
        client_id: str = CLIENT_ID,
        client_secret: str = CLIENT_SECRET,
    ) -> None:
        self.client_id = client_id
        self.client_secret = client_secret
        self.clock = Clock(now, speed, start)
        self.requests = RequestLog()
        self.world = World(self.clock)
        credentials = Credentials(client_id, client_secret)
        limit = RequestLimit(requests_per_minute, block_seconds)
        service = Service(self.clock, credentials, limit, Answers(self.world), self.requests)
        self._server = SimulatorServer((host, port), service)
        self._host = host
        self._threads = [Thread(target=self._server.serve_forever, args=(0.05,), name="simulator-http")]

    @property
    def api_url(self) -> str:
        """What belongs into ``SKINSBACK_API_URL``."""
        return f"http://{self._host}:{self._server.server_port}{API_PATH}"

    @property
    def websocket_url(self) -> str:
        """What belongs into ``SKINSBACK_WEBSOCKET_URL``."""
        return f"ws://{self._host}:{self._server.server_port + 1}/ws/"

    def start(self) -> Self:
        """Begin to answer."""
        for thread in self._threads:
            thread.start()
        return self

    def stop(self) -> None:
        """End all connections and free the ports."""
        self._server.shutdown()
        self._server.end_connections()
        self._server.server_close()
        for thread in self._threads:
            thread.join(timeout=10)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def add_purchase(self, **fields: Any) -> int:
        """Add a purchase with the given fields (see ``scripted``) and return its buy_id. It does not move by itself."""
        return self.world.add(fields)

    def change_purchase(self, buy_id: int, **fields: Any) -> None:
        """Change a purchase and push the events that such a change pushes. It no longer moves by itself."""
        self.world.change(buy_id, fields)

    def get_purchase(self, buy_id: int) -> dict[str, Any]:
        """The purchase as the API would show it now. Raises KeyError."""
        purchase = self.world.find(buy_id)
        if purchase is None:
            raise KeyError(buy_id)
        return purchase
