"""Applying the rules in tests: what is there at a moment is there until it has been told."""

from collections.abc import Sequence
from datetime import datetime

from dashboard.alerts.engine import Evaluated, evaluate_alerts
from dashboard.alerts.kinds import HOLD
from dashboard.alerts.queries import find_sightings
from dashboard.sync.causes import Cause


def judge(at: datetime, causes: Sequence[Cause] = ()) -> Evaluated:
    """Apply the rules at a moment, and once more when what they found has held; return what was done in both."""
    first = evaluate_alerts(at, causes)
    if not find_sightings():
        return first
    then = evaluate_alerts(at + HOLD, causes)
    done = {name: getattr(first, name) + getattr(then, name) for name in ("opened", "added", "closed")}
    return Evaluated(rules=then.rules, failed=then.failed, **done)
