"""Pure: do deliveries work? Which verdict stands on top of the operations page.

It is made of two judgements that others make too, so that it contradicts neither: why the pages may not be current
(``sync.causes``, which the banner and ``/readyz`` tell), and which alerts are open (``alerts.kinds`` says what each
makes of the verdict). An alert opens when something has held and closes when its end has, and so does the verdict.

Where no alert is open, the last hour says whether there is anything to go by; where fewer than ENOUGH purchases were
decided in it, the last 3 and then the last 24 hours stand in, so that a small shop gets an answer too.
"""

from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum

from dashboard.alerts.figures import Effect
from dashboard.ops.outcomes import Outcomes

ENOUGH = 20
LOOK_BACKS = (timedelta(hours=1), timedelta(hours=3), timedelta(hours=24))


class VerdictKind(StrEnum):
    CANNOT_TELL = "cannot_tell"
    """The copy is not current, so nothing is known of now."""
    FAILING = "failing"
    DEGRADED = "degraded"
    OVER = "over"
    """An alert is still open, and what it was about has gone."""
    NOTHING = "nothing"
    """No purchase was decided within the longest look-back."""
    TOO_FEW = "too_few"
    USUAL = "usual"


def kind_of(recent: Outcomes, there: Collection[str], *, is_over: bool, is_current: bool) -> VerdictKind:
    """Return the verdict. ``recent`` are the outcomes of the last hour or more, ``there`` the effects of the open
    alerts whose causes are still there; ``is_over``: whether one is open whose causes have gone."""
    if not is_current:
        return VerdictKind.CANNOT_TELL
    if Effect.FAILING in there:
        return VerdictKind.FAILING
    if Effect.DEGRADED in there:
        return VerdictKind.DEGRADED
    if is_over:
        return VerdictKind.OVER
    if recent.decided == 0:
        return VerdictKind.NOTHING
    return VerdictKind.USUAL if recent.decided >= ENOUGH else VerdictKind.TOO_FEW
