"""What the API shows of a planned purchase at a given moment, and when that changes.

A pure function of the plan, the moment and the clock's mapping, so that a million purchases cost no threads.
"""

import math
from collections.abc import Iterator
from typing import Any

from dashboard.simulator.clock import Clock, as_text
from dashboard.simulator.plans import HOLD_SECONDS, Plan


def status_at(plan: Plan, moment: float) -> str:
    """The ``offer_status`` at the simulated moment."""
    if plan.reversed is not None and moment >= plan.reversed:
        return plan.reversal
    if moment >= plan.resolved:
        return plan.outcome
    if plan.offered is not None and moment >= plan.offered:
        return "waiting_accept"
    return "creating_trade"


def error_reason_at(plan: Plan, moment: float) -> str | None:
    """The ``error_reason`` at the simulated moment."""
    return plan.error_reason if moment >= plan.resolved else None


def has_offer_at(plan: Plan, moment: float) -> bool:
    """Whether the trade offer exists at the simulated moment."""
    return plan.offered is not None and moment >= plan.offered


def debited_at(plan: Plan, moment: float) -> int:
    """``balance_debited_sum`` in cents at the simulated moment."""
    is_returned = plan.returned is not None and moment >= plan.returned
    return plan.debited_cents - (plan.returned_cents if is_returned else 0)


def hold_end(plan: Plan, clock: Clock) -> int:
    """The real moment, in whole UNIX seconds, at which the hold of a delivered purchase ends."""
    return math.ceil(clock.real(plan.resolved + HOLD_SECONDS))


def status_changes(plan: Plan) -> Iterator[float]:
    """The simulated moments after the purchase at which its ``offer_status`` changes."""
    if plan.offered is not None:
        yield plan.offered
    yield plan.resolved
    if plan.reversed is not None:
        yield plan.reversed


def purchase_at(plan: Plan, moment: float, clock: Clock) -> dict[str, Any]:
    """The API object at the simulated moment, with the fields in the documented order."""
    purchase: dict[str, Any] = {
        "item": {
            "id": plan.item.item_id,
            "name": plan.item.name,
            "price": plan.price,
            "classid": plan.item.classid,
        },
        "buy_id": str(plan.buy_id),
        "offer_status": status_at(plan, moment),
    }
    if plan.has_hold and moment >= plan.resolved:
        end = hold_end(plan, clock)
        is_reversed = plan.reversed is not None and moment >= plan.reversed
        purchase["in_hold"] = not is_reversed and clock.real(moment) < end
        purchase["in_hold_until"] = as_text(end)
    purchase["error_reason"] = error_reason_at(plan, moment)
    purchase["steamid"] = plan.steamid
    purchase["date"] = str(int(clock.real(plan.created)))
    purchase["balance_debited_sum"] = cents_as_text(debited_at(plan, moment))
    if has_offer_at(plan, moment):
        purchase["tradeofferid"] = plan.tradeofferid
    if plan.custom_id is not None:
        purchase["custom_id"] = plan.custom_id
    return purchase


def cents_as_text(cents: int) -> str:
    """A sum in USD with two decimals."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"
