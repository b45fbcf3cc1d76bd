"""Pure: do deliveries work? Which verdict stands on top of the operations page.

Deliveries are failing exactly while an alert rule of a failure rate finds something, so that the verdict and the alerts
cannot contradict each other: ``dashboard/alerts/conditions.py`` has the rule, ``alerts/kinds.py`` the reasons for its
thresholds. What is here tells the rest apart.

The last hour is compared with what is normal. Where fewer than ENOUGH purchases were decided in it, the last 3 and then
the last 24 hours stand in, so that a small shop gets an answer too; below that there are too few to tell. There are
more failures than usual when at least FEWEST_FAILURES failed, their share is MARGIN above normal and chance does not
explain it: they lie more than two standard deviations of a binomial above normal. Where nothing is known of what is
normal, the share must reach WITHOUT_NORMAL.
"""

from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

from dashboard.ops.outcomes import Outcomes

ENOUGH = 20
FEWEST_FAILURES = 5
MARGIN = Decimal("0.05")
WITHOUT_NORMAL = Decimal("0.2")
LOOK_BACKS = (timedelta(hours=1), timedelta(hours=3), timedelta(hours=24))
_DEVIATIONS = 2
_LEAST_NORMAL = Decimal("0.01")


class VerdictKind(StrEnum):
    NOTHING = "nothing"
    """No purchase was decided within the longest look-back."""
    TOO_FEW = "too_few"
    USUAL = "usual"
    RAISED = "raised"
    """More failures than usual, and no rule finds anything."""
    FAILING = "failing"
    OVER = "over"
    """The alert of a rule is still open, and the rule finds nothing any more."""


def kind_of(recent: Outcomes, normal: Decimal | None, *, is_failing: bool, is_over: bool) -> VerdictKind:
    """Return the verdict on the outcomes of the last hour or more, ``normal`` being the usual failure rate."""
    if is_failing:
        return VerdictKind.FAILING
    if is_over:
        return VerdictKind.OVER
    if recent.decided == 0:
        return VerdictKind.NOTHING
    if is_raised(recent, normal):
        return VerdictKind.RAISED
    return VerdictKind.USUAL if recent.decided >= ENOUGH else VerdictKind.TOO_FEW


def is_raised(recent: Outcomes, normal: Decimal | None) -> bool:
    rate = recent.failure_rate
    if rate is None or recent.failed < FEWEST_FAILURES:
        return False
    if normal is None:
        return rate >= WITHOUT_NORMAL
    expected = max(normal, _LEAST_NORMAL)
    excess = recent.failed - recent.decided * expected
    is_chance = excess**2 <= _DEVIATIONS**2 * recent.decided * expected * (1 - expected)
    return rate >= normal + MARGIN and not is_chance
