"""Drawing up one purchase's plan: its prices, its moments, what comes back of the money."""

import math
from random import Random

from dashboard.simulator.fates import Fate
from dashboard.simulator.plans import DAY, OFFER_SECONDS, Item, Plan

FEE = 1.05
"""What the project is debited for each dollar of price, in most purchases."""
FIRST_TRADE_OFFER = 6_900_000_000
MOST_ATTEMPTS = 5

_REFUSED_AT_ONCE = {"invalid_trade_token", "user_not_tradable", "trade_create_error"}
"""These end a purchase before there is a trade offer."""


def draw_plan(
    rng: Random, *, buy_id: int, order: str, attempt: int, steamid: str, item: Item, moment: float, fate: Fate
) -> Plan:
    """A purchase made at ``moment`` (simulated UNIX seconds), without any rollback by its user."""
    mills = _draw_mills(rng, item)
    offered, resolved = _draw_moments(rng, moment, fate.outcome)
    plan = Plan(
        buy_id=buy_id,
        custom_id=_draw_custom_id(rng, order, attempt),
        steamid=steamid,
        item=item,
        price=mills_as_text(mills),
        debited_cents=_draw_debited(rng, mills),
        created=moment,
        offered=offered,
        resolved=resolved,
        outcome=fate.outcome,
        error_reason=fate.error_reason,
        tradeofferid=None if offered is None else str(FIRST_TRADE_OFFER + buy_id * 173 + rng.randrange(173)),
    )
    _plan_supplier_reversal(rng, plan)
    _plan_return(rng, plan)
    return plan


def draw_retry_delay(rng: Random, plan: Plan, attempt: int) -> float | None:
    """Seconds from a failure to the next attempt, or ``None`` when nobody tries again."""
    likely = 0.65 if plan.error_reason in {None, "skin_unavailable"} else 0.4
    if attempt >= MOST_ATTEMPTS or rng.random() > likely:
        return None
    return rng.lognormvariate(math.log(900), 1.0)


def draw_second_delivery(rng: Random) -> float | None:
    """Seconds from a delivery to the same one made again by mistake; nearly always ``None``."""
    return rng.uniform(20, 240) if rng.random() < 0.0015 else None


def draw_user_reversal(rng: Random, is_busy: bool) -> float | None:
    """Seconds from a delivery to the moment when its user undoes all protected trades; nearly always ``None``."""
    if rng.random() >= (0.0001 if is_busy else 0.004):
        return None
    return rng.uniform(0.02, 6.5) * DAY


def mills_as_text(mills: int) -> str:
    """Thousandths of a dollar as USD with two decimals, or three where they are needed."""
    text = f"{mills // 1000}.{mills % 1000:03d}"
    return text.removesuffix("0")


def _draw_mills(rng: Random, item: Item) -> int:
    price = item.usual_price * rng.lognormvariate(0, 0.08)
    if rng.random() < 0.15:
        return max(30, round(price * 1000))
    return max(30, round(price * 100) * 10)


def _draw_debited(rng: Random, mills: int) -> int:
    """Cents: mostly the price and a fixed fee; sometimes the price had moved; very rarely nothing."""
    share = rng.random()
    if share < 0.001:
        return 0
    factor = FEE if share < 0.88 else FEE * rng.lognormvariate(0, 0.03)
    return max(1, math.floor(mills * factor / 10 + 0.5))


def _draw_custom_id(rng: Random, order: str, attempt: int) -> str | None:
    """Most come from the shop's orders, some from another of its programs, some purchases have none.

    Only first attempts can be without: those that are tried again are told apart by the number at the end.
    """
    share = Random(order).random()
    rng.random()
    if share < 0.1:
        return None
    if share < 0.15:
        return f"wd_{int(share * 1e12) % 0xFFFFF:05x}{order}_{attempt}"
    return f"order-{order}-{attempt}"


def _draw_moments(rng: Random, moment: float, outcome: str) -> tuple[float | None, float]:
    """When the trade offer is made, if it is, and when the purchase is accepted or fails."""
    is_stuck = rng.random() < 0.003
    creation = rng.uniform(960, 5400) if is_stuck else min(300.0, 3 + rng.lognormvariate(math.log(12), 0.9))
    if outcome in _REFUSED_AT_ONCE:
        return None, moment + creation
    offered = moment + creation
    if outcome == "timeout":
        return offered, offered + OFFER_SECONDS
    return offered, offered + min(OFFER_SECONDS - 5, 4 + rng.lognormvariate(math.log(100), 0.9))


def _plan_supplier_reversal(rng: Random, plan: Plan) -> None:
    if plan.has_hold and rng.random() < 0.006:
        plan.reverse(plan.resolved + rng.uniform(0.1, 6.8) * DAY, "rollback_supplier")


def _plan_return(rng: Random, plan: Plan) -> None:
    """What comes back of a failed purchase: mostly all of it and soon, sometimes a part, sometimes nothing."""
    share = rng.random()
    if plan.reversed is not None:
        plan.returned = plan.reversed + rng.uniform(1, 48) * 3600 if share < 0.9 else None
        plan.returned_cents = plan.debited_cents
    elif not plan.is_delivered and share < 0.8:
        delay = rng.uniform(1, 60) if share < 0.5 else rng.lognormvariate(math.log(3 * 3600), 1.0)
        plan.returned = plan.resolved + delay
        plan.returned_cents = plan.debited_cents if share < 0.65 else plan.debited_cents * rng.randint(30, 95) // 100
