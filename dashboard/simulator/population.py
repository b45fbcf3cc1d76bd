"""All purchases up to a moment, each with its whole life planned.

The same seed and start always give the same purchases: every purchase draws from a generator of its own, and they are
drawn up one after the other in the order in which they are made, because what went wrong for a user makes the next
failure more likely. Purchases after the start are drawn up when their time has come.
"""

import heapq
import json
import math
from pathlib import Path
from random import Random
from typing import Any

from dashboard.simulator.fates import (
    Attempt,
    Circumstances,
    Fate,
    Person,
    draw_delay_to_next_attempt,
    draw_fate,
    draw_plan,
    draw_user_reversal,
)
from dashboard.simulator.plans import CS2, DAY, PROTECTION_SECONDS, Item, Plan, same_order

FIRST_BUY_ID = 4_100_000
FIRST_STEAM_ID = 76561197960265728
"""Steam's own: the SteamID64 of account 0."""
BUSY_RANK = 25
PAST_DAYS = 130
"""Retries come on top of the purchases counted here, and the oldest are dropped for them: about 120 days remain."""
GROWTH = 1.2
"""The logarithm of how much busier the shop is at the start than at the beginning of that time."""
DENSE_SECONDS = 3600.0
"""For so long before the start, purchases come as densely as they will after it."""
USUAL_GAP = 60.0
"""Seconds between two purchases from then on, at most."""

WORDS: dict[str, list[Any]] = json.loads((Path(__file__).parent / "item_words.json").read_text(encoding="utf-8"))
"""What item names are composed of; a wear comes with what it does to the price.

The kinds of name (weapon, bar, finish, wear; ``★``; ``StatTrak™``) are those of Steam's market. The finishes, stickers
and costumes are made up, some of them so that they try a page's escaping, its fonts and its writing directions.
"""
MEDIAN_PRICES = ((CS2, 1.5), ("Dota 2", 1.2), ("Rust", 2.5), ("TF2", 2.0))
"""Of single items, in USD."""


class Population:
    """The purchases that the simulator makes up by itself."""

    def __init__(self, seed: int, count: int, start: float) -> None:
        """Draw up ``count`` purchases before ``start`` (UNIX seconds); the later ones are left to ``extend``."""
        self.plans: list[Plan] = []
        """In the order in which they were made."""
        self.newly_reversed: list[Plan] = []
        """Those whose rollback was planned after they were, since the list was last emptied."""
        self.circumstances = Circumstances(seed, start)
        self._seed = seed
        self._catalogue = Catalogue(seed)
        self._rng = Random()
        self._by_id: dict[int, Plan] = {}
        self._by_custom_id: dict[str, Plan] = {}
        self._people: dict[int, Person] = {}
        self._people_count = max(40, count // 3)
        self._next_buy_id = FIRST_BUY_ID
        self._gap = _gap_after_start(count)
        self._arrival_rng = Random(f"{seed}:arrivals")
        self._retries: list[Attempt] = []
        self._past = _past_moments(self._arrival_rng, count, start)
        self._root = 0
        self._next_root_moment = self._past[0] if self._past else math.inf
        self.extend(start)
        self._drop_oldest(len(self.plans) - count)

    def find(self, buy_id: int) -> Plan | None:
        """The plan with this id, or ``None``."""
        return self._by_id.get(buy_id)

    def find_by_custom_id(self, custom_id: str) -> Plan | None:
        """The plan with the merchant's own id, or ``None``."""
        return self._by_custom_id.get(same_order(custom_id))

    def extend(self, until: float) -> list[Plan]:
        """Draw up all purchases made at or before ``until`` that are not drawn up yet, and return them."""
        already = len(self.plans)
        while (moment := self.next_moment()) <= until:
            self._make(self._next_attempt(moment))
        return self.plans[already:]

    def reverse_user(self, person_steamid: str, moment: float) -> list[Plan]:
        """Let a user undo all protected trades at ``moment``; returns what that undoes."""
        person = next((one for one in self._people.values() if one.steamid == person_steamid), None)
        return [] if person is None else self._reverse(person, moment)

    def next_moment(self) -> float:
        """When the next purchase will be made; infinity when none will."""
        return min(self._next_root_moment, self._retries[0].moment if self._retries else math.inf)

    def _next_attempt(self, moment: float) -> Attempt:
        if moment < self._next_root_moment:
            return heapq.heappop(self._retries)
        root, self._root = self._root, self._root + 1
        if self._root < len(self._past):
            self._next_root_moment = self._past[self._root]
        else:
            self._next_root_moment = moment + self._arrival_rng.expovariate(1 / self._gap)
        rng = self._rng
        rng.seed(f"{self._seed}:{root}")
        person = self._draw_person(rng, root)
        if person.is_barred_at(moment) and rng.random() < 0.75:
            person = self._draw_person(rng, root)
        return Attempt(moment, root, 1, person, self._catalogue.draw(rng))

    def _draw_person(self, rng: Random, root: int) -> Person:
        """A user: the few first ones again and again, many only once or twice."""
        is_new = rng.random() < 0.05
        rank = self._people_count + root if is_new else int(self._people_count ** rng.random())
        person = self._people.get(rank)
        if person is None:
            account = Random(f"{self._seed}:user:{rank}").randrange(1_000_000, 1_900_000_000)
            person = self._people[rank] = Person(str(FIRST_STEAM_ID + account), rank <= BUSY_RANK)
        return person

    def _make(self, attempt: Attempt) -> None:
        rng = self._rng
        rng.seed(f"{self._seed}:{attempt.root}:{attempt.number}")
        fate = draw_fate(rng, attempt, self.circumstances)
        plan = draw_plan(rng, attempt, self._next_buy_id, fate)
        self._next_buy_id += rng.randint(1, 5)
        self._keep(plan)
        self._plan_rollback(rng, plan, attempt.person)
        self._plan_next_attempt(rng, plan, attempt, fate)

    def _keep(self, plan: Plan) -> None:
        self.plans.append(plan)
        self._by_id[plan.buy_id] = plan
        if plan.custom_id is not None:
            self._by_custom_id[same_order(plan.custom_id)] = plan

    def _plan_rollback(self, rng: Random, plan: Plan, person: Person) -> None:
        if not plan.has_hold:
            return
        oldest = plan.created - PROTECTION_SECONDS
        person.deliveries = [one for one in person.deliveries if one.resolved >= oldest]
        person.deliveries.append(plan)
        for moment in person.reversals:
            if plan.can_be_reversed_by_user_at(moment):
                plan.reverse(moment, "rollback_user")
        delay = draw_user_reversal(rng, person.is_busy)
        if delay is not None and not person.reversals:
            self._reverse(person, plan.resolved + delay)

    def _reverse(self, person: Person, moment: float) -> list[Plan]:
        person.reversals.append(moment)
        undone = [plan for plan in person.deliveries if plan.can_be_reversed_by_user_at(moment)]
        for plan in undone:
            plan.reverse(moment, "rollback_user")
        self.newly_reversed += undone
        return undone

    def _plan_next_attempt(self, rng: Random, plan: Plan, attempt: Attempt, fate: Fate) -> None:
        delay = draw_delay_to_next_attempt(rng, plan, attempt.number)
        if delay is None or plan.custom_id is None:
            return
        is_other_item = fate.error_reason == "skin_unavailable" and rng.random() < 0.5
        item = self._catalogue.draw(rng) if is_other_item else attempt.item
        again = Attempt(plan.resolved + delay, attempt.root, attempt.number + 1, attempt.person, item)
        heapq.heappush(self._retries, again)

    def _drop_oldest(self, count: int) -> None:
        for plan in self.plans[:count]:
            del self._by_id[plan.buy_id]
            if plan.custom_id is not None:
                del self._by_custom_id[same_order(plan.custom_id)]
        del self.plans[:count]


def _gap_after_start(count: int) -> float:
    """The mean number of simulated seconds between two purchases after the start, for a past of ``count``."""
    if count == 0:
        return math.inf
    rate_at_end = count / (PAST_DAYS * DAY) * GROWTH / (1 - math.exp(-GROWTH))
    return min(USUAL_GAP, 1 / rate_at_end)


def _past_moments(rng: Random, count: int, start: float) -> list[float]:
    """``count`` moments before ``start``, in ascending order."""
    dense = min(count // 4, int(DENSE_SECONDS / _gap_after_start(count)) if count else 0)
    moments = [start - rng.random() * DENSE_SECONDS for _ in range(dense)]
    moments += [start - _age(rng.random()) for _ in range(count - dense)]
    return sorted(min(_by_daylight(moment), start - 1) for moment in moments)


def _age(share: float) -> float:
    """Seconds before the start, for a density that grows exponentially towards it."""
    return -math.log(1 - share * (1 - math.exp(-GROWTH))) / GROWTH * PAST_DAYS * DAY


def _by_daylight(moment: float) -> float:
    """Shift a moment within its day (UTC) so that the afternoon is busiest and the small hours are quiet."""
    day, share = divmod(moment / DAY, 1)
    return (day + share - 0.08 * math.sin(2 * math.pi * (share - 0.15))) * DAY


class Catalogue:
    """All items, those most in demand first."""

    def __init__(self, seed: int) -> None:
        rng = Random(f"{seed}:items")
        named = [
            *_skins(rng),
            *_knives_and_gloves(rng),
            *((name, _usual_price(rng, median), game) for game, median in MEDIAN_PRICES for name in WORDS[game]),
        ]
        items = [
            Item(str(1300 + 7 * number), name, str(rng.randrange(310_000_000, 6_900_000_000)), price, game)
            for number, (name, price, game) in enumerate(named)
        ]
        self._by_game: dict[str, list[Item]] = {}
        for item in sorted(items, key=lambda one: rng.random() * (1 + math.log1p(one.usual_price))):
            self._by_game.setdefault(item.game, []).append(item)

    def draw(self, rng: Random) -> Item:
        """An item: mostly CS2, and a few much more often than most."""
        share = rng.random()
        game = CS2 if share < 0.8 else "Dota 2" if share < 0.88 else "Rust" if share < 0.95 else "TF2"
        items = self._by_game[game]
        return items[int(len(items) ** rng.random()) - 1]

    def names(self) -> list[str]:
        """The names of all items."""
        return [item.name for items in self._by_game.values() for item in items]


def _usual_price(rng: Random, median: float, spread: float = 1.1) -> float:
    return min(4000.0, max(0.03, rng.lognormvariate(math.log(median), spread)))


def _skins(rng: Random) -> list[tuple[str, float, str]]:
    skins = []
    for weapon in WORDS["weapons"]:
        for finish in rng.sample(WORDS["finishes"], 7):
            price = _usual_price(rng, 4.0)
            for wear, factor in rng.sample(WORDS["wears"], 3):
                prefix, rarity = rng.choices((("", 1.0), ("StatTrak™ ", 2.1), ("Souvenir ", 1.6)), (80, 15, 5))[0]
                skins.append((f"{prefix}{weapon} | {finish} ({wear})", price * factor * rarity, CS2))
    return skins


def _knives_and_gloves(rng: Random) -> list[tuple[str, float, str]]:
    found = [(f"★ {knife}", _usual_price(rng, 210, 0.5), CS2) for knife in WORDS["knives"]]
    for thing in (*WORDS["knives"], *WORDS["gloves"]):
        for finish in rng.sample(WORDS["finishes"], 4):
            wear, factor = rng.choice(WORDS["wears"])
            counter = "StatTrak™ " if thing in WORDS["knives"] and rng.random() < 0.3 else ""
            found.append((f"★ {counter}{thing} | {finish} ({wear})", _usual_price(rng, 190, 0.6) * factor, CS2))
    return found
