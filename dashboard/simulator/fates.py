"""How a purchase ends, and for which reason.

The shares are plausible, not measured: about 84 of 100 are delivered. What has just gone wrong for a user or an item
tends to go wrong again, so failures come in clusters as they do in life.
"""

from collections import deque
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from dashboard.simulator.plans import BAR_SECONDS, DAY, Plan

HOUR = 3600.0


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


def draw_fate(rng: Random, moment: float, item_name: str, person: Person, circumstances: Circumstances) -> Fate:
    """How a purchase made at ``moment`` ends; remembers what makes later failures more likely."""
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
