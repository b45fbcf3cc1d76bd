"""What a rule would have done on past days: read, found, opened and closed by the very code that does it now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dashboard.alerts import lifecycle
from dashboard.alerts.figures import Settings
from dashboard.alerts.kinds import AlertKind
from dashboard.alerts.lifecycle import AlertPatience, OpenState, Sighting
from dashboard.alerts.wording import AlertFinding

READ_AT_ONCE = timedelta(days=1)
"""So that a month is read in few statements, and no more than a day of it lies in memory."""


@dataclass
class PastAlert:
    """An alert that the rule would have opened. ``closed_at`` is None when it would still be open."""

    opened_at: datetime
    finding: AlertFinding
    closed_at: datetime | None = None


def replay(kind: AlertKind[Any], settings: Settings, since: datetime, now: datetime) -> list[PastAlert]:
    """Return the alerts that a rule with these thresholds would have opened, the oldest first.

    The rule is applied every few minutes (the ``step`` of its kind), where it is applied every few seconds now. What
    must hold for less than a step is told at the first; for whatever came and went in between it would be too late.
    """
    alerts: list[PastAlert] = []
    running: dict[str, PastAlert] = {}
    states: dict[str, OpenState] = {}
    seen: dict[Sighting, datetime] = {}
    hold = kind.hold if kind.hold > kind.step else timedelta(0)
    patience = AlertPatience(hold, hold, kind.patience(settings).quiet)
    for moment, figures in _past(kind, settings, since, now):
        found = [kind.completed(settings, one) for one in kind.find(settings, figures, states.keys())]
        step = lifecycle.step(found, states, seen, moment, patience)
        for finding in step.opens:
            running[finding.subject] = PastAlert(moment, finding)
            alerts.append(running[finding.subject])
        for subject in step.closes:
            running.pop(subject).closed_at = moment
        states = lifecycle.after(step, states, moment)
        seen = {one: at for one, at in seen.items() if one not in step.forgets} | dict.fromkeys(step.sights, moment)
    return alerts


def _past(kind: AlertKind[Any], settings: Settings, since: datetime, now: datetime) -> Iterator[tuple[datetime, Any]]:
    """Yield the moments from ``since`` to now, the last step cut short, each with its figures."""
    while since < now:
        until = min(since + READ_AT_ONCE, now)
        steps = -(-(until - since) // kind.step)
        moments = [min(since + number * kind.step, until) for number in range(1, steps + 1)]
        yield from zip(moments, kind.read(settings, moments), strict=True)
        since = until
