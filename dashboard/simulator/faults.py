"""What can be made to go wrong while the simulator runs.

A fault is switched on by its name, with a value where it has one, and optionally how likely it strikes
(``probability``), how often at most (``count``) and for which API method (``method``)::

    sim.set_faults(latency=2.5, error_code={"value": -9, "count": 3}, reset={"probability": 0.1})

``True`` takes the fault's default value; ``False`` or ``None`` switches it off.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from random import Random
from threading import Lock
from typing import Any

from dashboard.simulator.malformed import KINDS

DEFAULTS: dict[str, Any] = {
    "latency": 5.0,
    "reset": True,
    "html_502": True,
    "empty_body": True,
    "truncated_json": True,
    "cut_off": True,
    "drip": 10.0,
    "error_code": -9,
    "max_ids": 50,
    "malformed_item": "any",
    "missing_item": True,
    "unknown_status": "in_review",
    "unknown_reason": "steam_family_view",
    "unknown_field": "warranty_until",
    "service_unavailable": "no_bots",
    "history_lag": 120.0,
    "events_lost": True,
}
MEANINGS = {
    "latency": "seconds before every answer",
    "reset": "the connection is reset instead of an answer",
    "html_502": "HTTP 502 with a page of HTML",
    "empty_body": "HTTP 200 with nothing in it",
    "truncated_json": "a complete HTTP answer whose JSON stops in the middle",
    "cut_off": "the connection ends before the announced length is reached",
    "drip": "the body comes in small pieces over so many seconds",
    "error_code": "this error code instead of an answer",
    "max_ids": "error code 1 for arrays of more ids",
    "malformed_item": "one item of a list is not as it should be: a kind from `malformed`, or any",
    "missing_item": "one item of a list is left out",
    "unknown_status": "one purchase of the answer has this offer_status",
    "unknown_reason": "one purchase of the answer has this error_reason",
    "unknown_field": "one purchase of the answer has a field of this name",
    "service_unavailable": "`status` says that the market is not available, with this reason",
    "history_lag": "purchases appear in market_history only so many seconds after their date",
    "events_lost": "events are not pushed",
}


@dataclass(slots=True)
class Rule:
    """When a fault strikes."""

    value: Any
    probability: float = 1.0
    count: int | None = None
    method: str | None = None


class Faults:
    """The faults that are switched on."""

    def __init__(self, seed: int) -> None:
        self.rng = Random(f"{seed}:faults")
        self._rules: dict[str, Rule] = {}
        self._lock = Lock()

    def set(self, wanted: Mapping[str, Any]) -> None:
        """Switch faults on or off; the others stay as they are. Raises ValueError, and then changes nothing."""
        rules = {name: _rule(name, setting) for name, setting in wanted.items()}
        with self._lock:
            for name, rule in rules.items():
                self._rules.pop(name, None)
                if rule is not None:
                    self._rules[name] = rule

    def clear(self) -> None:
        """Switch all faults off."""
        with self._lock:
            self._rules.clear()

    def take(self, name: str, method: str = "") -> Any:
        """The fault's value if it strikes now, which counts as once; else ``None``."""
        rule = self._rules.get(name)
        if rule is None:
            return None
        with self._lock:
            if rule.count == 0 or rule.method not in {None, method} or self.rng.random() >= rule.probability:
                return None
            if rule.count is not None:
                rule.count -= 1
            return rule.value

    def shown(self) -> dict[str, Any]:
        """What is switched on, and what could be, ready for JSON."""
        with self._lock:
            return {"on": {name: asdict(rule) for name, rule in self._rules.items()}, "possible": MEANINGS}


def _rule(name: str, setting: Any) -> Rule | None:
    if name not in DEFAULTS:
        raise ValueError(f"there is no fault {name!r}; there are {', '.join(DEFAULTS)}")
    if setting is None or setting is False:
        return None
    options = dict(setting) if isinstance(setting, Mapping) else {"value": setting}
    rule = Rule(_checked_value(name, options.pop("value", True)))
    rule.probability = float(options.pop("probability", 1.0))
    count = options.pop("count", None)
    rule.count = None if count is None else int(count)
    rule.method = options.pop("method", None)
    if options:
        raise ValueError(f"a fault has no option {', '.join(options)}; there are value, probability, count, method")
    return rule


def _checked_value(name: str, value: Any) -> Any:
    """The value, or the default for ``True``; it must be of the default's type."""
    default = DEFAULTS[name]
    if value is True:
        return default
    types = (int, float) if isinstance(default, float) else (type(default),)
    fits = isinstance(value, types) and not isinstance(value, bool) and not isinstance(default, bool)
    if not fits:
        raise ValueError(f"{name} takes a value like {default!r}, not {value!r}")
    if name == "malformed_item" and value != "any" and value not in KINDS:
        raise ValueError(f"there is no malformed item {value!r}; there are any, {', '.join(KINDS)}")
    return value
