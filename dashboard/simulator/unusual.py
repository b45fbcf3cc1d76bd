"""Faults inside an answer: items that are malformed or missing, values that nobody has documented."""

from typing import Any

from dashboard.simulator.faults import Faults
from dashboard.simulator.malformed import spoil

_UNKNOWN = {"unknown_status": "offer_status", "unknown_reason": "error_reason"}

Answer = dict[str, Any]


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
        items[position] = spoil(items[position], kind, faults.rng)
    if faults.take("missing_item", method) is not None:
        del items[position]
    return items


def _unknown_values(purchase: Answer, faults: Faults, method: str) -> Answer:
    changed = dict(purchase)
    for fault, field in _UNKNOWN.items():
        value = faults.take(fault, method)
        if value is not None:
            changed[field] = value
    new_field = faults.take("unknown_field", method)
    if new_field is not None:
        changed[new_field] = {"since": "2026-01-01", "value": "1"}
    return changed
