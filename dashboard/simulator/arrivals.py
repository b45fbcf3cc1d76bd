"""When purchases are made: more and more over about 120 days, more by day than by night, and densely at the end."""

import math
from random import Random

from dashboard.simulator.plans import DAY

PAST_DAYS = 130
"""Retries come on top of the purchases counted here, and the oldest are dropped for them: about 120 days remain."""
GROWTH = 1.2
"""The logarithm of how much busier the shop is at the start than at the beginning of that time."""
DENSE_SECONDS = 3600.0
"""For so long before the start, purchases come as densely as they will after it."""
USUAL_GAP = 60.0
"""Seconds between two purchases from then on, at most."""


def gap_after_start(count: int) -> float:
    """The mean number of simulated seconds between two purchases after the start, for a past of ``count``."""
    if count == 0:
        return math.inf
    rate_at_end = count / (PAST_DAYS * DAY) * GROWTH / (1 - math.exp(-GROWTH))
    return min(USUAL_GAP, 1 / rate_at_end)


def past_moments(rng: Random, count: int, start: float) -> list[float]:
    """``count`` moments before ``start``, in ascending order."""
    dense = min(count // 4, int(DENSE_SECONDS / gap_after_start(count)) if count else 0)
    moments = [start - rng.random() * DENSE_SECONDS for _ in range(dense)]
    moments += [start - _age(rng.random()) for _ in range(count - dense)]
    return sorted(min(_by_daylight(moment), start - 1) for moment in moments)


def next_moment(rng: Random, previous: float, gap: float) -> float:
    """When the next purchase after ``previous`` is made, with a mean of ``gap`` seconds between two."""
    return previous + rng.expovariate(1 / gap)


def _age(share: float) -> float:
    """Seconds before the start, for a density that grows exponentially towards it."""
    return -math.log(1 - share * (1 - math.exp(-GROWTH))) / GROWTH * PAST_DAYS * DAY


def _by_daylight(moment: float) -> float:
    """Shift a moment within its day (UTC) so that the afternoon is busiest and the small hours are quiet."""
    day, share = divmod(moment / DAY, 1)
    return (day + share - 0.08 * math.sin(2 * math.pi * (share - 0.15))) * DAY
