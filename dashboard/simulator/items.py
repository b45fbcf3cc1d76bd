"""The catalogue: every item that is bought, with its name, ids and usual price."""

import math
from random import Random

from dashboard.simulator import itemwords as words
from dashboard.simulator.plans import CS2, Item


class Catalogue:
    """All items, those most in demand first."""

    def __init__(self, seed: int) -> None:
        rng = Random(f"{seed}:items")
        named = [
            *_skins(rng),
            *_knives_and_gloves(rng),
            *((name, _usual_price(rng, 1.5), CS2) for name in words.OTHER_CS2),
            *((name, _usual_price(rng, 1.2), "Dota 2") for name in words.DOTA2),
            *((name, _usual_price(rng, 2.5), "Rust") for name in words.RUST),
            *((name, _usual_price(rng, 2.0), "TF2") for name in words.TF2),
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
    for weapon in words.WEAPONS:
        for finish in rng.sample(words.FINISHES, 7):
            price = _usual_price(rng, 4.0)
            for wear, factor in rng.sample(words.WEARS, 3):
                prefix, rarity = rng.choices((("", 1.0), ("StatTrak™ ", 2.1), ("Souvenir ", 1.6)), (80, 15, 5))[0]
                skins.append((f"{prefix}{weapon} | {finish} ({wear})", price * factor * rarity, CS2))
    return skins


def _knives_and_gloves(rng: Random) -> list[tuple[str, float, str]]:
    found = [(f"★ {knife}", _usual_price(rng, 210, 0.5), CS2) for knife in words.KNIVES]
    for thing in (*words.KNIVES, *words.GLOVES):
        for finish in rng.sample(words.FINISHES, 4):
            wear, factor = rng.choice(words.WEARS)
            counter = "StatTrak™ " if thing in words.KNIVES and rng.random() < 0.3 else ""
            found.append((f"★ {counter}{thing} | {finish} ({wear})", _usual_price(rng, 190, 0.6) * factor, CS2))
    return found
