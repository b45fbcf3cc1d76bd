"""What can be made to go wrong while the simulator runs.

A fault is switched on by its name, with a value where it has one, and optionally how likely it strikes
(``probability``), how often at most (``count``) and for which API method (``method``)::

    sim.set_faults(latency=2.5, error_code={"value": -9, "count": 3}, reset={"probability": 0.1})

``True`` takes the fault's default value; ``False`` or ``None`` switches it off.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from random import Random
from threading import Lock
from typing import Any

Answer = dict[str, Any]

FAULTS: dict[str, tuple[Any, str]] = {
    "latency": (5.0, "seconds before every answer"),
    "reset": (True, "the connection is reset instead of an answer"),
    "html_502": (True, "HTTP 502 with a page of HTML"),
    "empty_body": (True, "HTTP 200 with nothing in it"),
    "truncated_json": (True, "a complete HTTP answer whose JSON stops in the middle"),
    "cut_off": (True, "the connection ends before the announced length is reached"),
    "drip": (10.0, "the body comes in small pieces over so many seconds"),
    "error_code": (-9, "this error code instead of an answer"),
    "max_ids": (50, "error code 1 for arrays of more ids"),
    "malformed_item": ("any", "one item of a list is not as it should be: a kind from `KINDS`, or any"),
    "missing_item": (True, "one item of a list is left out"),
    "unknown_status": ("in_review", "one purchase of the answer has this offer_status"),
    "unknown_reason": ("steam_family_view", "one purchase of the answer has this error_reason"),
    "unknown_field": ("warranty_until", "one purchase of the answer has a field of this name"),
    "service_unavailable": ("no_bots", "`status` says that the market is not available, with this reason"),
    "history_lag": (120.0, "purchases appear in market_history only so many seconds after their date"),
    "events_lost": (True, "events are not pushed"),
}
"""The default value of each fault, and what it does."""
KINDS: dict[str, Callable[[Answer], Any]] = {
    "null": lambda _item: None,
    "text": lambda _item: "temporarily unavailable",
    "list": lambda item: [item],
    "empty": lambda _item: {},
    "no_buy_id": lambda item: {name: value for name, value in item.items() if name != "buy_id"},
    "buy_id_text": lambda item: {**item, "buy_id": "n/a"},
    "buy_id_null": lambda item: {**item, "buy_id": None},
    "no_status": lambda item: {name: value for name, value in item.items() if name != "offer_status"},
    "status_number": lambda item: {**item, "offer_status": 3},
    "date_text": lambda item: {**item, "date": "yesterday"},
    "date_huge": lambda item: {**item, "date": "99999999999999999"},
    "price_text": lambda item: {**item, "item": {**item["item"], "price": "12,5O"}},
    "price_nan": lambda item: {**item, "item": {**item["item"], "price": "NaN"}},
    "debited_object": lambda item: {**item, "balance_debited_sum": {"usd": "11.73"}},
    "debited_negative": lambda item: {**item, "balance_debited_sum": "-0.01"},
    "item_null": lambda item: {**item, "item": None},
    "item_list": lambda item: {**item, "item": []},
    "steamid_rounded": lambda item: {**item, "steamid": 7.656119805064852e16},
    "hold_text": lambda item: {**item, "in_hold": "maybe", "in_hold_until": "soon"},
    "hold_object": lambda item: {**item, "in_hold_until": {"date": "2026-12-24 13:54:30.000000", "timezone": "UTC"}},
    "hold_rfc1123": lambda item: {**item, "in_hold_until": "Thu, 24 Dec 2026 13:54:30 GMT"},
    "debited_nan": lambda item: {**item, "balance_debited_sum": float("nan")},
    "reason_false": lambda item: {**item, "error_reason": False},
    "ids_empty": lambda item: {**item, "custom_id": [], "tradeofferid": False},
    "name_endless": lambda item: {**item, "item": {**item["item"], "name": "★" * 10_000}},
    "status_long": lambda item: {**item, "offer_status": "under_review_by_the_supplier_" * 7},
    "no_date": lambda item: {name: value for name, value in item.items() if name != "date"},
}
"""A kind of malformed item, and what it does to a good one."""
UNKNOWN_VALUES = {"unknown_status": "offer_status", "unknown_reason": "error_reason"}


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
            on = {name: asdict(rule) for name, rule in self._rules.items()}
        return {"on": on, "possible": {name: meaning for name, (_, meaning) in FAULTS.items()}}


def make_unusual(answer: Answer, faults: Faults, method: str) -> Answer:
    """The answer, changed by the faults that strike now. Purchases themselves stay as they are."""
    if method == "status":
        reason = faults.take("service_unavailable", method)
        return answer if reason is None else {**answer, "available": False, "reason": reason}
    if isinstance(answer.get("items"), list) and answer["items"]:
        return {**answer, "items": _unusual_items(list(answer["items"]), faults, method)}
    if "buy_id" in answer:
        return _unknown_values(answer, faults, method)
    return answer


def _unusual_items(items: list[Any], faults: Faults, method: str) -> list[Any]:
    position = faults.rng.randrange(len(items))
    items[position] = _unknown_values(items[position], faults, method)
    kind = faults.take("malformed_item", method)
    if kind is not None:
        spoil = KINDS[faults.rng.choice(list(KINDS)) if kind == "any" else kind]
        items[position] = spoil(items[position])
    if faults.take("missing_item", method) is not None:
        del items[position]
    return items


def _unknown_values(purchase: Answer, faults: Faults, method: str) -> Answer:
    changed = dict(purchase)
    for fault, field in UNKNOWN_VALUES.items():
        value = faults.take(fault, method)
        if value is not None:
            changed[field] = value
    new_field = faults.take("unknown_field", method)
    if new_field is not None:
        changed[new_field] = {"since": "2026-01-01", "value": "1"}
    return changed


def _rule(name: str, setting: Any) -> Rule | None:
    if name not in FAULTS:
        raise ValueError(f"there is no fault {name!r}; there are {', '.join(FAULTS)}")
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
    default, _ = FAULTS[name]
    if value is True:
        return default
    types = (int, float) if isinstance(default, float) else (type(default),)
    fits = isinstance(value, types) and not isinstance(value, bool) and not isinstance(default, bool)
    if not fits:
        raise ValueError(f"{name} takes a value like {default!r}, not {value!r}")
    if name == "malformed_item" and value != "any" and value not in KINDS:
        raise ValueError(f"there is no malformed item {value!r}; there are any, {', '.join(KINDS)}")
    return value
