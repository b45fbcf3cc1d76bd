"""Pure: when an alert opens, gets a further cause, and closes: one step at a time, the same for a replay.

A state is told when it has held: what was found must be found again for a while before anybody hears of it. Its end
likewise: an alert closes when none of its causes has been there for the quiet time of its rule.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from dashboard.alerts.wording import AlertFinding

Sighting = tuple[str, str]
"""(subject, cause)."""


@dataclass(frozen=True)
class OpenState:
    """An open alert. ``calm_since``: since when none of its causes is there, or None; ``causes``: each cause that it
    ever had, and whether it was there last."""

    calm_since: datetime | None = None
    causes: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class AlertPatience:
    """How long something must be seen before an alert opens, and before a further cause is told; and how long every
    cause must be gone before the alert closes."""

    opens: timedelta
    adds: timedelta
    quiet: timedelta


@dataclass
class AlertStep:
    """What changes at one moment. Subjects stand for the open alerts of the rule."""

    opens: list[AlertFinding] = field(default_factory=list)
    adds: list[AlertFinding] = field(default_factory=list)
    """A further cause of an alert that is open, or opens now."""
    stays: list[AlertFinding] = field(default_factory=list)
    """A cause that is known is there, still or again."""
    fades: list[Sighting] = field(default_factory=list)
    """A cause of an open alert has just gone."""
    calms: list[str] = field(default_factory=list)
    """The last cause has just gone; the alert waits whether one comes."""
    closes: list[str] = field(default_factory=list)
    sights: list[Sighting] = field(default_factory=list)
    """Seen for the first time; the moment is to be remembered."""
    forgets: list[Sighting] = field(default_factory=list)
    """To be remembered no longer: told now, or gone before it was."""

    @property
    def changes_something(self) -> bool:
        return any(vars(self).values())

    @property
    def touched(self) -> set[str]:
        """The subjects whose alert has another newest cause now, or has been seen again."""
        return {finding.subject for finding in (*self.adds, *self.stays)} | {subject for subject, _ in self.fades}

    @property
    def told(self) -> int:
        """How many of the changes people hear of."""
        return len(self.opens) + len(self.adds) + len(self.closes)


def step(
    findings: Sequence[AlertFinding],
    alerts: Mapping[str, OpenState],
    seen: Mapping[Sighting, datetime],
    now: datetime,
    patience: AlertPatience,
) -> AlertStep:
    """Return what changes. ``alerts``: the open ones by subject; ``seen``: what has been found, and not told, since
    when."""
    outcome = AlertStep()
    found = {(finding.subject, finding.cause): finding for finding in findings}
    for sighting, finding in found.items():
        alert = alerts.get(finding.subject)
        is_first = alert is None and all(one.subject != finding.subject for one in outcome.opens)
        if alert is not None and finding.cause in alert.causes:
            outcome.stays.append(finding)
        elif _has_held(seen.get(sighting), now, patience.opens if is_first else patience.adds):
            (outcome.opens if is_first else outcome.adds).append(finding)
        elif sighting not in seen:
            outcome.sights.append(sighting)
    told = {(one.subject, one.cause) for one in (*outcome.opens, *outcome.adds, *outcome.stays)}
    outcome.forgets = [sighting for sighting in seen if sighting in told or sighting not in found]
    outcome.fades = list(_gone(found, alerts))
    _calm_down(outcome, {subject for subject, _ in found}, alerts, now, patience.quiet)
    return outcome


def _has_held(since: datetime | None, now: datetime, hold: timedelta) -> bool:
    # A moment far ahead is of before the clock was set back.
    return not hold or (since is not None and abs(now - since) >= hold)


def _gone(found: Mapping[Sighting, AlertFinding], alerts: Mapping[str, OpenState]) -> Iterator[Sighting]:
    for subject, alert in alerts.items():
        for cause, was_there in alert.causes.items():
            if was_there and (subject, cause) not in found:
                yield subject, cause


def _calm_down(
    outcome: AlertStep, found: set[str], alerts: Mapping[str, OpenState], now: datetime, quiet: timedelta
) -> None:
    for subject, alert in alerts.items():
        if subject in found:
            continue
        if alert.calm_since is None:
            outcome.calms.append(subject)
        elif now - alert.calm_since >= quiet:
            outcome.closes.append(subject)


def after(outcome: AlertStep, alerts: Mapping[str, OpenState], now: datetime) -> dict[str, OpenState]:
    """Return the open alerts after a step at that moment."""
    causes = {subject: dict(alert.causes) for subject, alert in alerts.items()}
    for finding in (*outcome.opens, *outcome.adds, *outcome.stays):
        causes.setdefault(finding.subject, {})[finding.cause] = True
    for subject, cause in outcome.fades:
        causes[subject][cause] = False
    # Something that is there and has not held yet ends the calm of an alert as little as it opens one.
    calm = {subject: alert.calm_since for subject, alert in alerts.items()} | dict.fromkeys(outcome.calms, now)
    return {
        subject: OpenState(None if any(had.values()) else calm[subject], had)
        for subject, had in causes.items()
        if subject not in outcome.closes
    }
