"""Days of a simulated shop, lived through minute by minute: the simulator's clock is stepped, nothing sleeps.

What reaches the store is what pushed events and the answers after them would bring: each purchase that SkinsBack
pushed an event for within the step, as SkinsBack shows it at the end of the step.
"""

import os
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from dashboard.purchases import store
from dashboard.purchases.store import Source
from dashboard.simulator.plans import Clock, Plan
from dashboard.simulator.population import Population
from dashboard.simulator.world import World
from dashboard.skinsback.parsing import parse_items
from dashboard.skinsback.records import PurchasesAnswer
from tests.alerts.rounds import judge

START = datetime(2026, 10, 5, tzinfo=UTC)
"""A Monday, and the end of the simulated past."""
STEP = timedelta(minutes=1)
PAST = 2000
"""Purchases before the start; after it the simulator makes one a minute, and what is tried again."""


class ShopDay:
    """A shop's SkinsBack, and our copy of it."""

    def __init__(self, seed: int) -> None:
        self.now = START
        self._touched: set[int] = set()
        self.world = World(Clock(lambda: self.now), seed, PAST, self._hear)
        self._store([plan.buy_id for plan in self.world.population.plans])

    def _hear(self, event: dict[str, Any]) -> None:
        if "buy_id" in event["data"]:
            self._touched.add(int(event["data"]["buy_id"]))

    def _store(self, buy_ids: list[int]) -> None:
        records, _ = parse_items([self.world.find(buy_id) for buy_id in sorted(buy_ids)])
        store.record_answer(PurchasesAnswer(tuple(records), (), self.now), Source.SCHEDULED)

    def step(self) -> None:
        """Let a minute pass, take in what it brought, and apply the rules."""
        self.now += STEP
        self.world.advance()
        touched, self._touched = list(self._touched), set()
        if touched:
            self._store(touched)
        judge(self.now)

    def live(self, length: timedelta) -> Iterator[datetime]:
        """Step through a length of time; yield after each step."""
        end = self.now + length
        while self.now < end:
            self.step()
            yield self.now

    def plans(self) -> list[Plan]:
        """Every purchase that SkinsBack has, with its whole life."""
        return self.world.population.plans


DAY = timedelta(days=1)
MANY_REVERSALS = 5
SEEDS = (1, 2, 3) if os.environ.get("REQUIRE_EVERYTHING") else (1, 2)
"""A day takes some ten seconds to live through, so the third shop is for the full run."""


def has_trouble_of_its_own(seed: int) -> bool:
    """Say whether the simulator itself plans an outage, or a user's reversal of many trades, for the day.

    Such a day is not a normal one, and an alert on it would be right: of the first thirty seeds three have one.
    """
    start, end = START.timestamp(), (START + DAY).timestamp()
    population = Population(seed, PAST, start)
    population.extend(end)
    reversals = Counter(plan.steamid for plan in population.plans if plan.reversed and start <= plan.reversed < end)
    incidents = population.circumstances._incidents
    return max(reversals.values(), default=0) >= MANY_REVERSALS or any(
        begin < end and stop > start - 3600 for begin, stop in incidents
    )
