"""The API's methods: parameters in, the answer's JSON object out.

Source: the documentation pages ``market_getinfo``, ``market_history``, ``balance`` and ``status``. What the
documentation leaves open is decided here as follows. A merchant's own id is found in any case, and as a number
whatever its leading zeros, and is answered as it is kept. Ids of an array that are not known are left out of ``items``,
and when none is left the answer is ``offer_not_found``. ``items`` comes in ascending order of ``buy_id``, each purchase
once, whatever order was asked for. Counts are written as text, like all numbers of the documented example.
"""

import json
from collections.abc import Mapping
from typing import Any

from dashboard.simulator.access import INVALID_METHOD, MISSING_PARAMETER, OFFER_NOT_FOUND, ApiError
from dashboard.simulator.faults import Faults
from dashboard.simulator.world import DOCUMENTED_ANSWER, DOCUMENTED_TEXT, World

START_FROM_ENDS = ""
"""What follows the number that says where the next page starts; it may be long."""
PAGE_SIZE = 1000

Parameters = Mapping[str, Any]
Answer = dict[str, Any]


class Answers:
    """Answers every method that the dashboard uses."""

    def __init__(self, world: World, faults: Faults) -> None:
        self._world = world
        self._faults = faults
        self._methods = {
            "market_getinfo": self._market_getinfo,
            "market_history": self._market_history,
            "balance": self._balance,
            "status": self._status,
        }

    def answer(self, parameters: Parameters) -> Answer:
        """The answer to a request that may be answered. Raises ApiError 1, 2 or -5."""
        method = self._methods.get(str(parameters.get("method", "")))
        if method is None:
            raise ApiError(INVALID_METHOD)
        return {"status": "success", **method(parameters)}

    def _market_getinfo(self, parameters: Parameters) -> Answer:
        if is_given(parameters.get("buy_id")):
            return self._one(parameters["buy_id"])
        for name, find in (("custom_ids", self._find_by_custom_id), ("buy_ids", self._find)):
            ids = parameters.get(name)
            if isinstance(ids, list) and ids:
                return self._many([find(one) for one in ids])
        raise ApiError(MISSING_PARAMETER)

    def _one(self, buy_id: object) -> Answer:
        purchase = self._find(buy_id)
        if purchase is None:
            raise ApiError(OFFER_NOT_FOUND)
        return purchase

    def _many(self, found: list[Answer | None]) -> Answer:
        known = {int(purchase["buy_id"]): purchase for purchase in found if purchase is not None}
        if not known:
            raise ApiError(OFFER_NOT_FOUND)
        return {"items": [known[buy_id] for buy_id in sorted(known)]}

    def _find(self, buy_id: object) -> Answer | None:
        number = _whole_number(buy_id)
        return None if number is None else self._world.find(number)

    def _find_by_custom_id(self, custom_id: object) -> Answer | None:
        return self._world.find_by_custom_id(str(custom_id))

    def _market_history(self, parameters: Parameters) -> Answer:
        starting, ending = (_whole_number(parameters.get(name)) for name in ("starting", "ending"))
        if starting is None or ending is None:
            raise ApiError(MISSING_PARAMETER)
        skip = max(0, _whole_number(str(parameters.get("start_from")).removesuffix(START_FROM_ENDS)) or 0)
        visible_until = self._world.clock.now() - (self._faults.take("history_lag", "market_history") or 0)
        total, items = self._world.history(starting, min(ending, visible_until), skip, PAGE_SIZE)
        end = skip + len(items)
        has_more = end < total
        return {
            "total_count": str(total),
            "has_more": has_more,
            "start_from": f"{end}{START_FROM_ENDS}" if has_more else None,
            "items": items,
        }

    def _balance(self, _parameters: Parameters) -> Answer:
        dollars, others = self._world.balance()
        return {"balance": dollars, **{f"balance_{name}": value for name, value in others.items()}}

    def _status(self, _parameters: Parameters) -> Answer:
        return {"available": True}


def encode(answer: Answer) -> bytes:
    """The answer's body; for the documented example exactly the documented text."""
    if answer == DOCUMENTED_ANSWER:
        return DOCUMENTED_TEXT.encode()
    return json.dumps(answer).encode()


def is_given(value: object) -> bool:
    """Whether a parameter counts as given."""
    return value is not None and value != ""


def _whole_number(value: object) -> int | None:
    """The number in a parameter, which may be a number or text; ``None`` for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    text = str(value).strip()
    return int(text) if text.lstrip("-").isascii() and text.lstrip("-").isdigit() and len(text) < 20 else None
