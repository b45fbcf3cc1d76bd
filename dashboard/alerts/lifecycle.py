"""Pure: when an alert opens, stays and closes: one step at a time, the same for the real thing and for a replay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from dashboard.alerts.wording import AlertFinding


@dataclass
class AlertStep:
    """What changes at one moment. Subjects stand for the open alerts of the rule."""

    opens: list[AlertFinding] = field(default_factory=list)
    stays: list[AlertFinding] = field(default_factory=list)
    """The cause is still there."""
    calms: list[str] = field(default_factory=list)
    """The cause has just gone; the alert waits whether it comes back."""
    closes: list[str] = field(default_factory=list)

    @property
    def changes_something(self) -> bool:
        return bool(self.opens or self.stays or self.calms or self.closes)


def step(
    findings: Sequence[AlertFinding], calm_since: Mapping[str, datetime | None], now: datetime, quiet: timedelta
) -> AlertStep:
    """Return what changes. ``calm_since``: subject of each open alert -> since when its cause is gone, or None."""
    outcome = AlertStep()
    found = {finding.subject: finding for finding in findings}
    for subject, finding in found.items():
        (outcome.stays if subject in calm_since else outcome.opens).append(finding)
    for subject, since in calm_since.items():
        if subject in found:
            continue
        if since is None:
            outcome.calms.append(subject)
        elif now - since >= quiet:
            outcome.closes.append(subject)
    return outcome
