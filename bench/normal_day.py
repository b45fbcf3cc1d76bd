"""A day on which nothing is wrong but what is wrong on every day, which nobody must be told of.

``python -m bench.normal_day [SEED…]`` lives through a day for each seed, in travelled time: a shop by the simulator's
own population, with customers' mistakes, sold-out items and a quiet night, and a SkinsBack that loses single answers,
is silent or answers with HTTP 502 for up to 25 seconds, is slow once, and refuses a request once. Jobs run as often as
planned around each of these, and less often while nothing happens.
"""

import sys
from functools import partial
from random import Random

from bench.bad_day import fresh_database
from bench.incidents import Circumstance, fault, slow
from bench.lapse import Lapse
from bench.lapsed_house import LapsedHouse, open_house
from bench.living import SELDOM, START

DAY = 86_400.0
PURCHASES = 2000
"""Before the day; in it the simulator makes one a minute by day, and fewer by night."""
LONGEST = 25.0
"""In seconds. What lasts longer is an incident."""
WATCHED_BEFORE, WATCHED_AFTER = 30.0, 150.0
"""In seconds: jobs run as often as planned from so long before something happens until so long after it."""
SEEDS = (1, 2, 4)


def main(seeds: list[int]) -> None:
    """Live through a day for each seed."""
    for seed in seeds or SEEDS:
        with fresh_database() as url, Lapse(START) as lapse:
            with open_house(lapse, url, seed=seed, purchases=PURCHASES) as house:
                troubles = live_through_a_normal_day(house, seed)
            print(f"  shop {seed}: {troubles} small troubles, {len(house.messages)} messages", flush=True)
            for at, message in house.messages:
                print(f"    after {(at - START.timestamp()) / 3600:.2f} h: {message['text']}")


def live_through_a_normal_day(house: LapsedHouse, seed: int, *, often: float = 1.0) -> int:
    """Return how many small troubles there were; ``often`` is how many, as a share of the usual."""
    house.jobs.begin()
    house.lapse.pass_until(house.lapse.now + WATCHED_AFTER)
    begin, troubles = house.lapse.now, small_troubles(seed, often)
    for after, seconds, circumstance in troubles:
        house.jobs.least_every = SELDOM
        house.lapse.pass_until(begin + after - WATCHED_BEFORE)
        house.jobs.least_every = 0
        house.lapse.pass_until(begin + after)
        with circumstance(house):
            house.lapse.pass_until(begin + after + seconds)
        house.lapse.pass_until(begin + after + seconds + WATCHED_AFTER)
    house.jobs.least_every = SELDOM
    house.lapse.pass_until(begin + DAY)
    return len(troubles)


def small_troubles(seed: int, often: float) -> list[tuple[float, float, Circumstance]]:
    """Return what happens, as (seconds after the beginning, for how long, what); none while another is looked at."""
    rng = Random(f"{seed}:normal")
    kinds: list[tuple[int, bool, Circumstance]] = [
        (16, False, fault(reset={"count": 1})), (8, False, fault(truncated_json={"count": 1})),
        (8, True, fault(html_502=True)), (6, True, partial(slow, 60.0)), (10, False, partial(slow, 8.0)),
        (1, False, fault(error_code={"value": -10, "count": 1})),
    ]  # fmt: skip
    wanted = [(lasts, what) for number, lasts, what in kinds for _ in range(max(1, round(number * often)))]
    rng.shuffle(wanted)
    room = DAY / len(wanted)
    spare = room - WATCHED_BEFORE - LONGEST - WATCHED_AFTER
    return [
        (number * room + WATCHED_BEFORE + rng.uniform(0, spare), rng.uniform(5, LONGEST - 1) if lasts else 10.0, what)
        for number, (lasts, what) in enumerate(wanted)
    ]


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]])
