"""The simulator as one object: started, asked, steered and stopped.

A script or a person steers a running one over HTTP too, at ``/_control``: JSON in, JSON out, nobody has to sign in.

- ``GET /_control/faults``: what is switched on, and what could be. ``POST`` with ``{"latency": 2}`` or
  ``{"error_code": {"value": -9, "probability": 0.5, "count": 3, "method": "market_history"}}`` switches on,
  ``{"latency": null}`` off; ``DELETE`` switches all off. See ``faults``.
- ``POST /_control/scenario`` with any of ``{"outage": true}`` (every new purchase fails), ``{"pull_item": "NAME"}``
  (the supplier sells it no more), ``{"restock_item": "NAME"}``, ``{"reverse_user": "STEAMID"}`` (all protected trades
  go back), ``{"drop_websockets": true}``.
- ``GET /_control/purchases/<buy_id>``: a purchase as the API would show it. ``POST`` there changes it, with the events
  that such a change pushes. ``POST /_control/purchases`` adds one. Fields: see ``plans.scripted_purchase``.
- ``GET /_control/requests``: counts of requests received; ``DELETE`` forgets them.
"""

import json
from functools import partial
from threading import Event, Thread
from typing import Any, Self

from dashboard.simulator.access import CLIENT_ID, CLIENT_SECRET, RequestLimit, RequestLog
from dashboard.simulator.answers import Answers
from dashboard.simulator.faults import Faults
from dashboard.simulator.plans import Clock, NowSource, Purchase
from dashboard.simulator.push import WEBSOCKET_PATH, Hub, Receiver, WebsocketServer, post_to_webhook
from dashboard.simulator.server import API_PATH, CONTROL_PATH, Reply, Service, SimulatorServer
from dashboard.simulator.world import World

HOST = "127.0.0.1"


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
        limit = RequestLimit(requests_per_minute, block_seconds)
        service = Service(self.clock, limit, Answers(self.world, self.faults), self.faults, self.requests)
        self._server = SimulatorServer((HOST, port), service, self._answer_control)
        self._websocket = WebsocketServer(HOST, port and port + 1, self._hub)
        self._webhook_url = webhook_url
        self._webhook: Receiver | None = None
        self._stopping = Event()
        self._threads = [
            Thread(target=self._server.serve_forever, args=(0.05,), name="simulator-http"),
            Thread(target=self._websocket.server.serve_forever, name="simulator-websockets"),
            Thread(target=self._keep_moving, name="simulator-time"),
        ]

    @property
    def api_url(self) -> str:
        """What belongs into ``SKINSBACK_API_URL``."""
        return f"http://{HOST}:{self._server.server_port}{API_PATH}"

    @property
    def control_url(self) -> str:
        return f"http://{HOST}:{self._server.server_port}{CONTROL_PATH}"

    @property
    def websocket_url(self) -> str:
        """What belongs into ``SKINSBACK_WEBSOCKET_URL``."""
        return f"ws://{HOST}:{self._websocket.port}{WEBSOCKET_PATH}"

    def start(self) -> Self:
        """Begin to answer and to push events."""
        if self._webhook_url is not None:
            self._webhook = Receiver(partial(post_to_webhook, self._webhook_url), "simulator-webhook")
            self._hub.add(self._webhook)
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
        if self._webhook is not None:
            self._hub.remove(self._webhook)
            self._webhook.end()
        for thread in self._threads:
            thread.join(timeout=10)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *error: object) -> None:
        self.stop()

    def add_purchase(self, **fields: Any) -> int:
        """Add what ``plans.scripted_purchase`` makes of the fields; returns its buy_id. It does not move by itself."""
        return self.world.add(fields)

    def change_purchase(self, buy_id: int, **fields: Any) -> None:
        """Change a purchase and push the events that such a change pushes. It no longer moves by itself.

        Raises KeyError for an unknown one and ValueError for a field that the API does not have.
        """
        self.world.change(buy_id, fields)

    def get_purchase(self, buy_id: int) -> Purchase:
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

    def drop_websockets(self) -> None:
        """End all websocket connections; new ones are accepted."""
        self._websocket.drop_connections()

    def play_scenario(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """The scenarios by name, as ``/_control/scenario`` takes them. Raises ValueError for an unknown name."""
        circumstances = self.world.population.circumstances
        plays: dict[str, Any] = {
            "outage": lambda is_on: setattr(circumstances, "is_outage", is_on),
            "pull_item": circumstances.pulled_items.add,
            "restock_item": circumstances.pulled_items.discard,
            "reverse_user": self.world.reverse_user,
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

    def _answer_control(self, command: str, path: str, body: bytes) -> Reply:
        """The answer to one request to ``/_control``; HTTP 400 and 404 say what is wrong."""
        try:
            return _json_reply(self._control(command, path.removeprefix(CONTROL_PATH).strip("/"), body))
        except KeyError as error:
            return _json_reply({"error": f"not found: {error}"}, 404)
        except (TypeError, ValueError) as error:
            return _json_reply({"error": str(error)}, 400)

    def _control(self, command: str, path: str, body: bytes) -> dict[str, Any]:
        place, _, rest = path.partition("/")
        if place == "faults":
            return self._control_faults(command, body)
        if place == "requests":
            return self._control_requests(command)
        if place == "purchases":
            return self._control_purchase(command, rest, body)
        if place == "scenario" and command == "POST":
            return self.play_scenario(_parse(body))
        raise KeyError(f"{command} {path}; see the documentation of dashboard.simulator.simulator")

    def _control_faults(self, command: str, body: bytes) -> dict[str, Any]:
        if command == "DELETE":
            self.faults.clear()
        elif command == "POST":
            self.faults.set(_parse(body))
        return self.faults.shown()

    def _control_requests(self, command: str) -> dict[str, Any]:
        summary = self.requests.summary()
        if command == "DELETE":
            self.requests.clear()
        return summary

    def _control_purchase(self, command: str, rest: str, body: bytes) -> Purchase:
        if command == "POST" and not rest:
            return self.get_purchase(self.world.add(_parse(body)))
        buy_id = int(rest)
        if command == "POST":
            self.world.change(buy_id, _parse(body))
        return self.get_purchase(buy_id)


def _parse(body: bytes) -> dict[str, Any]:
    fields = json.loads(body or b"{}")
    if not isinstance(fields, dict):
        raise TypeError("a JSON object is expected")
    return fields


def _json_reply(content: dict[str, Any], http_status: int = 200) -> Reply:
    return Reply(body=json.dumps(content, indent=1).encode() + b"\n", http_status=http_status)
