"""The bodies of pushed events, as the documentation pages ``api_event_websocket`` and ``api_event_webhook`` show them.

Events are partial: neither Steam ID nor date nor hold stand in them. They are made from API objects, so that they
always say what a look-up at the same moment would say.
"""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

Event = dict[str, Any]

_BUY_FIELDS = ("item", "buy_id", "offer_status", "balance_debited_sum", "custom_id")
_STATUS_FIELDS = ("buy_id", "offer_status", "error_reason", "tradeofferid", "custom_id")


def buy_item(purchase: Mapping[str, Any]) -> Event:
    """A purchase was made."""
    return {"event": "buy_item", "data": {name: purchase[name] for name in _BUY_FIELDS if name in purchase}}


def status_change(purchase: Mapping[str, Any]) -> Event:
    """A purchase changed its status, its reason or its trade offer."""
    fields = {name: purchase[name] for name in _STATUS_FIELDS if name in purchase}
    return {"event": "status_change", "data": {"item": {"id": purchase.get("item", {}).get("id")}, **fields}}


def balance_change(balance: Decimal) -> Event:
    """The project's balance (USD) is another one now."""
    return {"event": "balance_change", "data": {"balance_value": str(balance)}}


def is_status_change(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether SkinsBack pushes ``status_change`` for this difference."""
    return any(before.get(name) != after.get(name) for name in ("offer_status", "error_reason", "tradeofferid"))


def debited_sum(purchase: Mapping[str, Any]) -> Decimal:
    """The debited sum in USD; 0 when a script gave something that is no number."""
    try:
        amount = Decimal(str(purchase.get("balance_debited_sum", 0)))
    except InvalidOperation:
        return Decimal(0)
    return amount if amount.is_finite() else Decimal(0)
