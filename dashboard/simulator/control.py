"""``/_control``: how a script or a person steers a running simulator. JSON in, JSON out, nobody has to sign in.

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
from collections.abc import Callable
from typing import Any

from dashboard.simulator.access import RequestLog
from dashboard.simulator.faults import Faults
from dashboard.simulator.replies import Reply, json_reply
from dashboard.simulator.world import World

CONTROL_PATH = "/_control"


class Control:
    """Answers requests to ``/_control``."""

    def __init__(
        self, world: World, faults: Faults, requests: RequestLog, play_scenario: Callable[[dict[str, Any]], Any]
    ) -> None:
        self._world = world
        self._faults = faults
        self._requests = requests
        self._play_scenario = play_scenario

    def respond(self, command: str, path: str, body: bytes) -> Reply:
        """The answer to one request; HTTP 400 and 404 say what is wrong."""
        try:
            return self._route(command, path.removeprefix(CONTROL_PATH).strip("/"), body)
        except KeyError as error:
            return json_reply({"error": f"not found: {error}"}, 404)
        except (TypeError, ValueError) as error:
            return json_reply({"error": str(error)}, 400)

    def _route(self, command: str, path: str, body: bytes) -> Reply:
        place, _, rest = path.partition("/")
        if place == "faults":
            return self._answer_faults(command, body)
        if place == "requests":
            return self._answer_requests(command)
        if place == "purchases":
            return self._answer_purchase(command, rest, body)
        if place == "scenario" and command == "POST":
            return json_reply(self._play_scenario(_parse(body)))
        raise KeyError(f"{command} {path}; see the documentation of dashboard.simulator.control")

    def _answer_faults(self, command: str, body: bytes) -> Reply:
        if command == "DELETE":
            self._faults.clear()
        elif command == "POST":
            self._faults.set(_parse(body))
        return json_reply(self._faults.shown())

    def _answer_requests(self, command: str) -> Reply:
        summary = self._requests.summary()
        if command == "DELETE":
            self._requests.clear()
        return json_reply(summary)

    def _answer_purchase(self, command: str, rest: str, body: bytes) -> Reply:
        if command == "POST" and not rest:
            buy_id = self._world.add(_parse(body))
        else:
            buy_id = int(rest)
            if command == "POST":
                self._world.change(buy_id, _parse(body))
        purchase = self._world.find(buy_id)
        if purchase is None:
            raise KeyError(buy_id)
        return json_reply(purchase)


def _parse(body: bytes) -> dict[str, Any]:
    fields = json.loads(body or b"{}")
    if not isinstance(fields, dict):
        raise TypeError("a JSON object is expected")
    return fields
