"""Pure: what a rule would have done over the days behind: the very same conditions, applied to the past.

``queries.alert_past`` brings the figures of each past moment, in order.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from dashboard.alerts import conditions, lifecycle
from dashboard.alerts.conditions import Finding
from dashboard.alerts.figures import Figures
from dashboard.alerts.kinds import Settings

Moment = tuple[datetime, Figures]


@dataclass
class PastAlert:
    """An alert that the rule would have opened. ``closed_at`` is None when it would still be open."""

    opened_at: datetime
    finding: Finding
    closed_at: datetime | None = None


def replay(kind: str, settings: Settings, moments: Iterable[Moment]) -> list[PastAlert]:
    """Return the alerts that a rule with these thresholds would have opened, the oldest first."""
    alerts: list[PastAlert] = []
    running: dict[str, PastAlert] = {}
    calm: dict[str, datetime | None] = {}
    quiet = timedelta(minutes=settings["quiet_minutes"])
    for now, figures in moments:
        findings = conditions.find(kind, settings, figures, calm.keys())
        step = lifecycle.step(findings, calm, now, quiet)
        for finding in step.opens:
            running[finding.subject] = PastAlert(now, finding)
            alerts.append(running[finding.subject])
            calm[finding.subject] = None
        calm.update(dict.fromkeys((finding.subject for finding in step.stays), None))
        calm.update(dict.fromkeys(step.calms, now))
        for subject in step.closes:
            running.pop(subject).closed_at = now
            del calm[subject]
    return alerts
