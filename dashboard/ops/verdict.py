"""Pure: Do deliveries work? The one sentence on top of the operations page, and the rule behind it.

The rule. The last hour is compared with what is normal: the same hour of the same weekday, in the NORMAL_WEEKS weeks
before. Trouble shows sooner in the last half hour, so that is looked at first, for trouble alone. Where fewer than
ENOUGH purchases were decided in the last hour, the last 3 and then the last 24 hours stand in, so that a small shop
gets an answer too; below that the page says that there are too few to tell. Deliveries are failing when all of these
hold:

- at least FEWEST_FAILURES failed;
- the failure rate is at least FACTOR times the normal one and at least MARGIN above it;
- chance does not explain it: the failures lie more than three standard deviations of a binomial above normal.

Where they lie more than two above normal and MARGIN is reached, there are more failures than usual, and it is said.

Where normal rests on fewer than ENOUGH purchases, all of those weeks stand in for the hour; where they are too few as
well, the rate must reach WITHOUT_NORMAL.

Since when: going back from now by quarters of an hour as long as their rate is that high; quarters with fewer than
FEWEST_IN_QUARTER decided purchases say nothing and are passed over. When the newest quarter that says anything is back
to normal, the trouble is over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from dashboard.ops.outcomes import Outcomes, total

ENOUGH = 20
NORMAL_WEEKS = 4
FEWEST_FAILURES = 5
FEWEST_IN_QUARTER = 3
MARGIN = Decimal("0.05")
WITHOUT_NORMAL = Decimal("0.2")
FACTOR = Decimal("1.5")
QUICK_LOOK = timedelta(minutes=30)
LOOK_BACKS = (timedelta(hours=1), timedelta(hours=3), timedelta(hours=24))
QUARTER = timedelta(minutes=15)
_LEAST_NORMAL = Decimal("0.01")


class Kind(StrEnum):
    """What the sentence says."""

    NOTHING = "nothing"
    """No purchase was decided within the longest look-back."""
    TOO_FEW = "too_few"
    USUAL = "usual"
    RAISED = "raised"
    """More failures than usual, and not so many that something must be broken."""
    FAILING = "failing"
    OVER = "over"
    """The last hour was bad; its end was not."""


@dataclass(frozen=True)
class Verdict:
    """What the rule found.

    ``recent`` are the outcomes of the last ``look_back``; ``normal`` is the normal failure rate, None where it is not
    known. ``since`` and ``failing`` say of Kind.FAILING from when on, to a quarter of an hour, and what happened since.
    """

    kind: Kind
    look_back: timedelta
    recent: Outcomes
    normal: Decimal | None
    since: datetime | None = None
    failing: Outcomes = Outcomes()  # noqa: RUF009 # Frozen, so it can be shared.
    is_since_before: bool = False
    """Whether it may have begun before ``since``, as far back as was looked."""


@dataclass(frozen=True)
class Quarter:
    """The outcomes of the purchases of one quarter of an hour."""

    starts_at: datetime
    outcomes: Outcomes


def is_enough(outcomes: Outcomes) -> bool:
    """Say whether a rate can be judged by these outcomes."""
    return outcomes.decided >= ENOUGH


def normal_rate(weeks: Sequence[Outcomes]) -> Decimal | None:
    """Return the normal failure rate from the same stretch of earlier weeks, or None when they are too few."""
    all_weeks = total(weeks)
    return all_weeks.failure_rate if is_enough(all_weeks) else None


def is_failing(recent: Outcomes, normal: Decimal | None) -> bool:
    """Say whether so many failures are trouble, by the rule of this module."""
    rate = recent.failure_rate
    if rate is None or recent.failed < FEWEST_FAILURES or rate < threshold(normal):
        return False
    return normal is None or _is_beyond_chance(recent, normal, deviations=3)


def is_raised(recent: Outcomes, normal: Decimal | None) -> bool:
    """Say whether more failed than usual, if not so many that it is trouble."""
    rate = recent.failure_rate
    if rate is None or normal is None or recent.failed < FEWEST_FAILURES:
        return False
    return rate >= normal + MARGIN and _is_beyond_chance(recent, normal, deviations=2)


def _is_beyond_chance(recent: Outcomes, normal: Decimal, *, deviations: int) -> bool:
    expected = max(normal, _LEAST_NORMAL)
    excess = recent.failed - recent.decided * expected
    return excess > 0 and excess**2 > deviations**2 * recent.decided * expected * (1 - expected)


def threshold(normal: Decimal | None) -> Decimal:
    """Return the failure rate from which on it is worth a closer look."""
    return WITHOUT_NORMAL if normal is None else max(FACTOR * normal, normal + MARGIN)


def judge(look_back: timedelta, recent: Outcomes, normal: Decimal | None) -> Verdict:
    """Return the verdict without its beginning, which ``with_beginning`` adds when it is failing."""
    if recent.decided == 0:
        return Verdict(Kind.NOTHING, look_back, recent, normal)
    if is_failing(recent, normal):
        return Verdict(Kind.FAILING, look_back, recent, normal)
    if not is_enough(recent):
        return Verdict(Kind.TOO_FEW, look_back, recent, normal)
    return Verdict(Kind.RAISED if is_raised(recent, normal) else Kind.USUAL, look_back, recent, normal)


def with_beginning(verdict: Verdict, quarters: Sequence[Quarter]) -> Verdict:
    """Return a failing verdict with its beginning, from the quarters before now, the newest first."""
    limit = threshold(verdict.normal)
    bad: list[Quarter] = []
    ended = False
    for quarter in quarters:
        rate = quarter.outcomes.failure_rate
        if rate is None or quarter.outcomes.decided < FEWEST_IN_QUARTER:
            continue
        if rate < limit:
            ended = True
            break
        bad.append(quarter)
    if not bad:
        kind = Kind.OVER if ended else verdict.kind
        return Verdict(kind, verdict.look_back, verdict.recent, verdict.normal)
    since = bad[-1].starts_at
    failing = total(quarter.outcomes for quarter in quarters if quarter.starts_at >= since)
    return Verdict(
        Kind.FAILING, verdict.look_back, verdict.recent, verdict.normal, since, failing, is_since_before=not ended
    )
