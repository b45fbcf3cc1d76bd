"""The simulator as one object: started, asked, steered and stopped."""

from threading import Event, Thread
from types import TracebackType
from typing import Any, Self

from dashboard.simulator.access import CLIENT_ID, CLIENT_SECRET, RequestLimit, RequestLog
from dashboard.simulator.answers import Answers
from dashboard.simulator.control import Control
from dashboard.simulator.faults import Faults
from dashboard.simulator.plans import Clock, NowSource
from dashboard.simulator.push import WEBSOCKET_PATH, Hub, Receiver, Webhook, WebsocketServer
from dashboard.simulator.server import API_PATH, SimulatorServer
from dashboard.simulator.service import Service
from dashboard.simulator.world import World


class Simulator:
    """A SkinsBack of one's own, on two ports of this machine: the API, and the websocket on the next port."""

    client_id = CLIENT_ID
    client_secret = CLIENT_SECRET

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
        block_seconds: float = 60,
        webhook_url: str | None = None,
    ) -> None:
        """Draw everything up and take the ports; ``port`` 0 takes any two that are free.

        ``purchases`` were made before now, and more follow; with 0 there are only those that a script adds.
        ``requests_per_minute`` 0 means no limit.
        """
        self.clock = Clock(now, speed)
        self.requests = RequestLog()
        self.faults = Faults(seed)
        self._hub = Hub(self.faults)
        self.world = World(self.clock, seed, purchases, self._hub.publish)
        service = Service(
            clock=self.clock,
            limit=RequestLimit(requests_per_minute, block_seconds),
            answers=Answers(self.world, self.faults),
            faults=self.faults,
            requests=self.requests,
        )
        control = Control(self.world, self.faults, self.requests, self.play_scenario)
        self._host = host
        self._server = SimulatorServer((host, port), service, control)
        self._websocket = WebsocketServer(host, port and port + 1, self._hub)
        self.webhook = None if webhook_url is None else Webhook(webhook_url)
        self._webhook_receiver: Receiver | None = None
        self._stopping = Event()
        self._threads = [
            Thread(target=self._server.serve_forever, args=(0.05,), name="simulator-http"),
            Thread(target=self._websocket.server.serve_forever, name="simulator-websockets"),
            Thread(target=self._keep_moving, name="simulator-time"),
        ]

    @property
    def api_url(self) -> str:
        """What belongs into ``SKINSBACK_API_URL``."""
        return f"http://{self._host}:{self._server.server_port}{API_PATH}"

    @property
    def control_url(self) -> str:
        """Where the simulator is steered; see ``control``."""
        return f"http://{self._host}:{self._server.server_port}/_control"

    @property
    def websocket_url(self) -> str:
        """What belongs into ``SKINSBACK_WEBSOCKET_URL``."""
        return f"ws://{self._host}:{self._websocket.port}{WEBSOCKET_PATH}"

    def start(self) -> Self:
        """Begin to answer and to push events."""
        if self.webhook is not None:
            self._webhook_receiver = Receiver(self.webhook.post, "simulator-webhook")
            self._hub.add(self._webhook_receiver)
        for thread in self._threads:
            thread.start()
        return self

    def stop(self) -> None:
        """End all connections and threads, and free the ports."""
        self._stopping.set()
        self._server.shutdown()
        self._server.end_connections()
        self._server.server_close()
        self._websocket.server.shutdown()
        if self._webhook_receiver is not None and self.webhook is not None:
            self._hub.remove(self._webhook_receiver)
            self._webhook_receiver.end()
            self.webhook.close()
        for thread in self._threads:
            thread.join(timeout=10)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def add_purchase(self, **fields: Any) -> int:
        """Add what ``plans.scripted_purchase`` makes of the fields; returns its buy_id. It does not move by itself."""
        return self.world.add(fields)

    def change_purchase(self, buy_id: int, **fields: Any) -> None:
        """Change a purchase and push the events that such a change pushes. It no longer moves by itself.

        Raises KeyError for an unknown one and ValueError for a field that the API does not have.
        """
        self.world.change(buy_id, fields)

    def get_purchase(self, buy_id: int) -> dict[str, Any]:
        """The purchase as the API would show it now. Raises KeyError."""
        purchase = self.world.find(buy_id)
        if purchase is None:
            raise KeyError(buy_id)
        return purchase

    def set_faults(self, **faults: Any) -> None:
        """Switch faults on or off, by name (see ``faults``). Raises ValueError for one that there is not."""
        self.faults.set(faults)

    def clear_faults(self) -> None:
        """Switch all faults off."""
        self.faults.clear()

    def set_outage(self, is_on: bool) -> None:
        """While on, every new purchase that the simulator makes up ends with ``trade_create_error``."""
        self.world.population.circumstances.is_outage = is_on

    def pull_item(self, name: str) -> None:
        """The supplier sells the item no more: new purchases of it end with ``skin_unavailable``."""
        self.world.population.circumstances.pulled_items.add(name)

    def restock_item(self, name: str) -> None:
        """The supplier sells the item again."""
        self.world.population.circumstances.pulled_items.discard(name)

    def reverse_user(self, steamid: str) -> list[int]:
        """The user undoes all protected trades, now; returns their buy_ids. The account is barred for 30 days."""
        return self.world.reverse_user(steamid)

    def drop_websockets(self) -> None:
        """End all websocket connections; new ones are accepted."""
        self._websocket.drop_connections()

    def play_scenario(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """The scenarios by name, as ``/_control/scenario`` takes them. Raises ValueError for an unknown name."""
        plays: dict[str, Any] = {
            "outage": self.set_outage,
            "pull_item": self.pull_item,
            "restock_item": self.restock_item,
            "reverse_user": self.reverse_user,
            "drop_websockets": lambda _is_wanted: self.drop_websockets(),
        }
        unknown = wanted.keys() - plays.keys()
        if unknown:
            raise ValueError(f"there is no scenario {', '.join(unknown)}; there are {', '.join(plays)}")
        return {name: plays[name](value) for name, value in wanted.items()}

    def _keep_moving(self) -> None:
        """Let things happen when their time has come, even when nobody asks."""
        while not self._stopping.is_set():
            self.world.advance()
            coming = self.world.seconds_to_next_change() if self.clock.is_system_clock else 0.05
            self._stopping.wait(min(max(coming, 0.005), 0.1))
