"""Everything SkinsBack would know: all purchases, the balance, and what may be asked about them.

Purchases are of two kinds. Planned ones (``population``) live by themselves. Scripted ones stand still until a script
changes them; a planned one that a script changes becomes a scripted one.
"""

import heapq
import json
import math
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from enum import Enum
from itertools import count
from pathlib import Path
from random import Random
from threading import RLock
from typing import Any

from dashboard.simulator import push
from dashboard.simulator.plans import (
    Clock,
    Plan,
    Purchase,
    changed_purchase,
    purchase_at,
    same_order,
    scripted_purchase,
)
from dashboard.simulator.population import Population

FIRST_SCRIPTED_ID = 900_000_001
STATUS_FIELDS = ("offer_status", "error_reason", "tradeofferid")
"""SkinsBack pushes ``status_change`` when one of these changes."""
LOW = Decimal(6000)
TOP_UP = Decimal(20_000)
CURRENCIES = {"eur": Decimal("0.8631"), "rub": Decimal("81.27"), "cny": Decimal("7.0894")}
"""What a dollar is worth. Made up; the documentation names no fixed rates."""
DOCUMENTED_TEXT = (Path(__file__).parent / "documented_example.json").read_text(encoding="utf-8")
"""The answer to ``market_getinfo`` with ``buy_id=9``, byte for byte as the documentation page of that name shows it."""
DOCUMENTED_ANSWER: dict[str, Any] = json.loads(DOCUMENTED_TEXT)


class Change(Enum):
    """A kind of change that SkinsBack pushes an event for."""

    MADE = "made"
    STATUS = "status"
    RETURN = "return"


class Agenda:
    """The changes that have not happened yet."""

    def __init__(self) -> None:
        self._coming: list[tuple[float, int, Change, Plan]] = []
        self._numbers = count()

    def add(self, plan: Plan, after: float) -> None:
        """Expect what happens to the purchase later than ``after``."""
        statuses = ((moment, Change.STATUS) for moment in plan.status_changes())
        for moment, change in ((plan.created, Change.MADE), *statuses, (plan.returned, Change.RETURN)):
            if moment is not None and moment > after:
                self._push(moment, change, plan)

    def add_reversal(self, plan: Plan) -> None:
        """Expect a rollback that was planned after the purchase was."""
        if plan.reversed is not None:
            self._push(plan.reversed, Change.STATUS, plan)

    def due(self, until: float) -> Iterator[tuple[float, Change, Plan]]:
        """Take out what happens at or before ``until``, in order."""
        while self._coming and self._coming[0][0] <= until:
            moment, _, change, plan = heapq.heappop(self._coming)
            yield moment, change, plan

    def next_moment(self) -> float:
        """When the next change comes; infinity when none does."""
        return self._coming[0][0] if self._coming else math.inf

    def _push(self, moment: float, change: Change, plan: Plan) -> None:
        heapq.heappush(self._coming, (moment, next(self._numbers), change, plan))


class Balance:
    """The project's balance: a sum in USD with two decimals, as of the last change."""

    def __init__(self, seed: int) -> None:
        self.value = Decimal(Random(f"{seed}:balance").randrange(400_000, 3_000_000)) / 100

    def change(self, amount: Decimal) -> None:
        """Add a sum, which may be below zero. The merchant tops up what has run low."""
        self.value = (self.value + amount).quantize(Decimal("0.01"))
        if self.value < LOW:
            self.value += TOP_UP

    def in_currencies(self) -> dict[str, str]:
        """The balance in other currencies."""
        return {name: str((self.value * rate).quantize(Decimal("0.01"))) for name, rate in CURRENCIES.items()}


class World:
    """All purchases, as they are at the moment of the question. ``publish`` receives the events, in order."""

    def __init__(self, clock: Clock, seed: int, purchases: int, publish: Callable[[push.Event], None]) -> None:
        self.clock = clock
        self.population = Population(seed, purchases, clock.start)
        self._balance = Balance(seed)
        self._publish = publish
        self._lock = RLock()
        self._agenda = Agenda()
        for plan in self.population.plans:
            self._agenda.add(plan, clock.start)
        self.population.newly_reversed.clear()
        self._dates = [plan.created for plan in self.population.plans]
        documented = {name: value for name, value in DOCUMENTED_ANSWER.items() if name != "status"}
        self._scripted: dict[int, Purchase] = {int(documented["buy_id"]): documented}
        self._scripted_by_custom_id: dict[str, int] = {}
        self._next_scripted_id = FIRST_SCRIPTED_ID

    def find(self, buy_id: int) -> Purchase | None:
        """The purchase as the API shows it now, or ``None``."""
        with self._lock:
            moment = self.advance()
            scripted = self._scripted.get(buy_id)
            if scripted is not None:
                return scripted
            plan = self.population.find(buy_id)
            return None if plan is None else purchase_at(plan, moment, self.clock)

    def find_by_custom_id(self, custom_id: str) -> Purchase | None:
        """The purchase with the merchant's own id, or ``None``."""
        with self._lock:
            self.advance()
            scripted = self._scripted_by_custom_id.get(same_order(custom_id))
            if scripted is not None:
                return self.find(scripted)
            plan = self.population.find_by_custom_id(custom_id)
            return None if plan is None else self.find(plan.buy_id)

    def history(self, starting: float, ending: float, skip: int, limit: int) -> tuple[int, list[Purchase]]:
        """How many purchases have a date in the period (both ends included), and one page of them, oldest first."""
        with self._lock:
            moment = self.advance()
            first = bisect_left(self._dates, self.clock.simulated(starting))
            last = max(first, bisect_left(self._dates, self.clock.simulated(ending + 1)))
            scripted = self._scripted_between(starting, ending)
            page: list[Plan | Purchase] = []
            if scripted:
                page += self.population.plans[first:last]
                page += scripted
                page = sorted(page, key=self._order)[skip : skip + limit]
            else:
                page += self.population.plans[first + skip : min(last, first + skip + limit)]
            return last - first + len(scripted), [self._as_purchase(one, moment) for one in page]

    def balance(self) -> tuple[str, dict[str, str]]:
        """The balance in USD, and in other currencies."""
        with self._lock:
            self.advance()
            return str(self._balance.value), self._balance.in_currencies()

    def add(self, fields: Mapping[str, Any]) -> int:
        """Add a scripted purchase and return its buy_id."""
        with self._lock:
            self.advance()
            buy_id = int(fields.get("buy_id", self._next_scripted_id))
            self._next_scripted_id = max(self._next_scripted_id, buy_id + 1)
            purchase = scripted_purchase(buy_id, self.clock.now(), fields)
            self._keep(buy_id, purchase)
            self._publish(push.buy_item(purchase))
            self._move_balance(-_debited_sum(purchase))
            return buy_id

    def change(self, buy_id: int, fields: Mapping[str, Any]) -> None:
        """Change a purchase; from then on it no longer moves by itself. Raises KeyError for an unknown one."""
        with self._lock:
            before = self.find(buy_id)
            if before is None:
                raise KeyError(buy_id)
            after = changed_purchase(before, fields)
            self._keep(buy_id, after)
            if any(before.get(name) != after.get(name) for name in STATUS_FIELDS):
                self._publish(push.status_change(after))
            self._move_balance(_debited_sum(before) - _debited_sum(after))

    def reverse_user(self, steamid: str) -> list[int]:
        """Let a user undo all protected trades now; returns their buy_ids. Planned purchases know the 7 days; of
        scripted ones those are undone that are accepted and on hold."""
        with self._lock:
            moment = self.advance()
            undone = [plan.buy_id for plan in self.population.reverse_user(steamid, moment)]
            self.advance()
            held = [buy_id for buy_id, one in self._scripted.items() if one.get("steamid") == steamid and _is_held(one)]
            for buy_id in held:
                self.change(buy_id, {"offer_status": "rollback_user", "in_hold": False})
            return undone + held

    def advance(self) -> float:
        """Let everything happen that is due, publish its events, and return the simulated moment reached."""
        with self._lock:
            moment = self.clock.simulated(self.clock.now())
            for plan in self.population.extend(moment):
                self._dates.append(plan.created)
                self._agenda.add(plan, -math.inf)
            for plan in self.population.newly_reversed:
                self._agenda.add_reversal(plan)
            self.population.newly_reversed.clear()
            for when, change, plan in self._agenda.due(moment):
                if plan.buy_id not in self._scripted:
                    self._happen(when, change, plan)
            return moment

    def seconds_to_next_change(self) -> float:
        """Real seconds until something happens by itself; infinity when nothing will."""
        with self._lock:
            coming = min(self._agenda.next_moment(), self.population.next_moment())
            return self.clock.real(coming) - self.clock.now()

    def _happen(self, when: float, change: Change, plan: Plan) -> None:
        purchase = purchase_at(plan, when, self.clock)
        if change is Change.MADE:
            self._publish(push.buy_item(purchase))
            self._move_balance(Decimal(-plan.debited_cents) / 100)
        elif change is Change.STATUS:
            self._publish(push.status_change(purchase))
        else:
            self._move_balance(Decimal(plan.returned_cents) / 100)

    def _move_balance(self, amount: Decimal) -> None:
        if amount:
            self._balance.change(amount)
            self._publish(push.balance_change(self._balance.value))

    def _keep(self, buy_id: int, purchase: Purchase) -> None:
        self._scripted[buy_id] = purchase
        if purchase.get("custom_id") is not None:
            self._scripted_by_custom_id[same_order(str(purchase["custom_id"]))] = buy_id

    def _scripted_between(self, starting: float, ending: float) -> list[Purchase]:
        """Those that are not planned ones changed by a script: these keep their place among the planned."""
        return [
            purchase
            for buy_id, purchase in self._scripted.items()
            if self.population.find(buy_id) is None and starting <= _date(purchase) <= ending
        ]

    def _as_purchase(self, one: Plan | Purchase, moment: float) -> Purchase:
        if isinstance(one, Plan):
            return self._scripted.get(one.buy_id) or purchase_at(one, moment, self.clock)
        return one

    def _order(self, one: Plan | Purchase) -> tuple[int, int]:
        if isinstance(one, Plan):
            return int(self.clock.real(one.created)), one.buy_id
        return _date(one), int(one["buy_id"])


def _date(purchase: Purchase) -> int:
    """The date in UNIX seconds; a script may have given something else, which then lies in no period."""
    text = str(purchase.get("date"))
    return int(text) if text.isascii() and text.isdigit() else -1


def _is_held(purchase: Purchase) -> bool:
    return purchase.get("offer_status") == "accepted" and str(purchase.get("in_hold")) in {"True", "1", "true"}


def _debited_sum(purchase: Purchase) -> Decimal:
    """The debited sum in USD; 0 when a script gave something that is no number."""
    try:
        amount = Decimal(str(purchase.get("balance_debited_sum", 0)))
    except InvalidOperation:
        return Decimal(0)
    return amount if amount.is_finite() else Decimal(0)
