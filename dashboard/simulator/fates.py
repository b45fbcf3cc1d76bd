"""The fate of a purchase: how it ends and why, its prices, its moments, what comes back of the money.

The shares are plausible, not measured: about 84 of 100 are delivered. What has just gone wrong for a user or an item
tends to go wrong again, so failures come in clusters as they do in life.
"""

import math
from collections import deque
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from dashboard.simulator.plans import BAR_SECONDS, DAY, OFFER_SECONDS, Item, Plan

HOUR = 3600.0
FEE = 1.05
"""What the project is debited for each dollar of price, in most purchases."""
FIRST_ORDER = 100_000
FIRST_TRADE_OFFER = 6_900_000_000
MOST_ATTEMPTS = 5

_REFUSED_AT_ONCE = {"invalid_trade_token", "user_not_tradable", "trade_create_error"}
"""These end a purchase before there is a trade offer."""


class Fate(NamedTuple):
    """The end of a purchase: ``offer_status``, ``error_reason`` and whose trouble it is."""

    outcome: str
    error_reason: str | None = None
    side: str = ""
    """``user`` or ``item`` when the same is likely to happen again to that one; else empty."""


DELIVERED = Fate("accepted")
OUTAGE = Fate("trade_create_error")
UNAVAILABLE = Fate("trade_create_error", "skin_unavailable", "item")
BARRED = Fate("user_not_tradable", "user_cant_trade")
TOO_MANY_FAILURES = Fate("trade_create_error", "too_many_failed_attempts")

_SHARES = (
    (8870, DELIVERED),
    (360, Fate("timeout")),
    (200, Fate("canceled")),
    (90, Fate("invalid_trade_token", None, "user")),
    (30, Fate("user_not_tradable", None, "user")),
    (50, Fate("user_not_tradable", "user_cant_trade", "user")),
    (15, Fate("user_not_tradable", "user_trade_ban", "user")),
    (25, Fate("user_not_tradable", "private_inventory", "user")),
    (30, Fate("trade_create_error", "private_inventory", "user")),
    (30, Fate("trade_create_error", "user_inventory_is_full", "user")),
    (90, UNAVAILABLE),
    (110, OUTAGE),
)
_FATES = [fate for _, fate in _SHARES]
_WEIGHTS = [weight for weight, _ in _SHARES]


@dataclass(slots=True)
class Person:
    """A Steam user, with what has happened so far."""

    steamid: str
    is_busy: bool
    """One of the few users with very many purchases."""
    trouble: Fate | None = None
    trouble_until: float = 0.0
    failures: deque[float] = field(default_factory=lambda: deque(maxlen=3))
    """When the latest purchases failed for this user's own sake."""
    reversals: list[float] = field(default_factory=list)
    """When this user undid, or will undo, all protected trades."""
    deliveries: list[Plan] = field(default_factory=list)
    """Those that a reversal could still undo, and perhaps some older ones."""

    def is_barred_at(self, moment: float) -> bool:
        """Whether Steam bars the account because it undid its trades."""
        return any(reversal <= moment < reversal + BAR_SECONDS for reversal in self.reversals)


class Attempt(NamedTuple):
    """A purchase that will be made; the first two fields order it."""

    moment: float
    root: int
    number: int
    person: Person
    item: Item


class Circumstances:
    """What is wrong in the world at some moment, beyond one user: shortages, outages, scenarios."""

    def __init__(self, seed: int, start: float) -> None:
        rng = Random(f"{seed}:incidents")
        fortnights = [start + (number + rng.random()) * 14 * DAY for number in range(-8, 20)]
        self._incidents = [(begin, begin + rng.uniform(1.5, 5) * HOUR) for begin in fortnights]
        self._shortages: dict[str, float] = {}
        self.is_outage = False
        """Scenario: while True, every new purchase ends with ``trade_create_error``."""
        self.pulled_items: set[str] = set()
        """Scenario: new purchases of these item names end with ``skin_unavailable``."""

    def fate(self, rng: Random, moment: float, item_name: str) -> Fate | None:
        """The end that the circumstances force on a purchase, or ``None``."""
        if self.is_outage:
            return OUTAGE
        if item_name in self.pulled_items:
            return UNAVAILABLE
        if any(begin <= moment < end for begin, end in self._incidents) and rng.random() < 0.5:
            return OUTAGE
        if moment < self._shortages.get(item_name, 0.0) and rng.random() < 0.6:
            return UNAVAILABLE
        return None

    def note_shortage(self, rng: Random, moment: float, item_name: str) -> None:
        """An item was sold out: it will be for some hours, but not again within days of the last shortage."""
        if moment > self._shortages.get(item_name, 0.0) + 4 * DAY:
            self._shortages[item_name] = moment + rng.uniform(0.5, 8) * HOUR


def draw_fate(rng: Random, attempt: Attempt, circumstances: Circumstances) -> Fate:
    """How an attempt ends; remembers what makes later failures more likely."""
    moment, person, item_name = attempt.moment, attempt.person, attempt.item.name
    fate = circumstances.fate(rng, moment, item_name) or _personal_fate(rng, moment, person)
    if fate is None:
        fate = rng.choices(_FATES, _WEIGHTS)[0]
    if fate.side == "item":
        circumstances.note_shortage(rng, moment, item_name)
    if fate.side == "user" and moment >= person.trouble_until:
        person.trouble = fate
        person.trouble_until = moment + min(rng.lognormvariate(2.2, 1.1), 200) * HOUR / (4 if person.is_busy else 1)
    if fate.side == "user":
        person.failures.append(moment)
    return fate


def _personal_fate(rng: Random, moment: float, person: Person) -> Fate | None:
    if person.is_barred_at(moment):
        return BARRED
    failed_often = len(person.failures) == 3 and moment - person.failures[0] < (HOUR if person.is_busy else DAY)
    if failed_often and rng.random() < 0.7:
        return TOO_MANY_FAILURES
    if person.trouble is not None and moment < person.trouble_until and rng.random() < 0.7:
        return person.trouble
    return None


def draw_plan(rng: Random, attempt: Attempt, buy_id: int, fate: Fate) -> Plan:
    """A purchase without any rollback by its user."""
    mills = _draw_mills(rng, attempt.item)
    offered, resolved = _draw_moments(rng, attempt.moment, fate.outcome)
    plan = Plan(
        buy_id=buy_id,
        custom_id=_draw_custom_id(rng, str(FIRST_ORDER + attempt.root), attempt.number),
        steamid=attempt.person.steamid,
        item=attempt.item,
        price=mills_as_text(mills),
        debited_cents=_draw_debited(rng, mills),
        created=attempt.moment,
        offered=offered,
        resolved=resolved,
        outcome=fate.outcome,
        error_reason=fate.error_reason,
        tradeofferid=None if offered is None else str(FIRST_TRADE_OFFER + buy_id * 173 + rng.randrange(173)),
    )
    _plan_supplier_reversal(rng, plan)
    _plan_return(rng, plan)
    return plan


def draw_delay_to_next_attempt(rng: Random, plan: Plan, attempt: int) -> float | None:
    """Seconds from a purchase's end to the next attempt, or ``None`` when there is none.

    A failed purchase is often tried again; very rarely a delivered one is made a second time by mistake.
    """
    if plan.is_delivered:
        return rng.uniform(20, 240) if rng.random() < 0.0015 else None
    likely = 0.65 if plan.error_reason in {None, "skin_unavailable"} else 0.4
    if attempt >= MOST_ATTEMPTS or rng.random() > likely:
        return None
    return rng.lognormvariate(math.log(900), 1.0)


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
