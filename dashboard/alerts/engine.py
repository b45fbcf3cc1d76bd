"""Apply every rule to the figures of now: open alerts, keep them, close them.

Safe to run twice at once and to kill anywhere: what a rule changes is one transaction, an alert that is open already
has the only row with its key, what was first seen when is kept, and whatever was not done is done by the next run.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dashboard.alerts import conditions, freezing, lifecycle, queries, store
from dashboard.alerts.delivery import receivers
from dashboard.alerts.freezing import Freeze, Judging
from dashboard.alerts.kinds import KINDS
from dashboard.alerts.lifecycle import AlertStep, Sighting
from dashboard.alerts.queries import AlertRuleState, AlertState
from dashboard.alerts.store import AlertChanges
from dashboard.alerts.wording import AlertFinding
from dashboard.db.database import Fence, LeadLost, is_unavailable
from dashboard.db.extensions import db
from dashboard.sync.causes import Cause

logger = logging.getLogger(__name__)

SEEN_EVERY = timedelta(minutes=1)
"""That a cause is still there is noted no more often than this."""

LONGEST_SETTLING = max(kind.settles for kind in KINDS)


@dataclass
class Evaluated:
    """What one run did. ``failed`` rules could not be applied; the log says why."""

    rules: int = 0
    opened: int = 0
    added: int = 0
    closed: int = 0
    failed: int = 0

    @property
    def did_something(self) -> bool:
        return bool(self.told or self.failed)

    @property
    def told(self) -> int:
        """How many things happened that people hear of."""
        return self.opened + self.added + self.closed

    def __str__(self) -> str:
        opened = f"{self.opened} alerts opened, {self.added} further causes, {self.closed} closed"
        done = f"{self.rules} rules applied, {opened}"
        return f"{done}; {self.failed} of them failed" if self.failed else done


@dataclass(frozen=True)
class Round:
    """What a run of the rules goes by: ``causes`` are why the copy is not current."""

    now: datetime
    causes: Sequence[Cause]
    freeze: Freeze | None
    fence: Fence | None


def evaluate_alerts(now: datetime, causes: Sequence[Cause] = (), *, fence: Fence | None = None) -> Evaluated:
    """Apply every rule once; ``causes`` as ``sync.cause_queries`` finds them. Raises LeadLost when the fence's lead has
    passed on; what was written before stays."""
    # Whoever calls this again and again in one context would otherwise go on reading the same moment.
    db.session.rollback()
    rules = queries.find_rules()
    if store.add_first_rules({rule.key for rule in rules}, now, fence):
        rules = queries.find_rules()
    this = Round(now, causes, _freeze(rules, causes, now, fence), fence)
    done, sightings = Evaluated(), queries.find_sightings()
    by_rule: dict[int, list[AlertState]] = {}
    for alert in queries.open_alerts():
        by_rule.setdefault(alert.rule_id, []).append(alert)
    for rule in rules:
        try:
            _apply(rule, by_rule.get(rule.id, []), sightings.get(rule.id, {}), this, done)
        except LeadLost:
            raise
        except Exception as error:
            if is_unavailable(error):
                raise
            # A mistake in one rule must not silence the others.
            logger.exception("The alert rule %s (%s) could not be applied.", rule.id, rule.kind.name)
            done.failed += 1
        done.rules += rule.is_enabled
    return done


def _freeze(
    rules: Sequence[AlertRuleState], causes: Sequence[Cause], now: datetime, fence: Fence | None
) -> Freeze | None:
    """Note whether the copy is current, where that has changed; return how it stands."""
    freeze = queries.find_freeze()
    frozen = [rule.id for rule in rules if rule.kind.needs_current]
    if freezing.stale(causes):
        if freeze is None or freeze.over_at is not None:
            store.begin_freeze(now, fence)
            freeze = Freeze(now)
    elif freeze is not None and freeze.over_at is None:
        store.end_freeze(frozen, now, fence)
        freeze = replace(freeze, over_at=now)
    elif freeze is not None and freeze.over_at and not freezing.is_settling(freeze.over_at, now, LONGEST_SETTLING):
        store.forget_freeze(fence)
        freeze = None
    return freeze


def _apply(
    rule: AlertRuleState,
    alerts: Sequence[AlertState],
    seen: dict[Sighting, datetime],
    this: Round,
    done: Evaluated,
) -> None:
    """Apply one rule, which has these open alerts and has seen these things, and add to what is done."""
    open_now = {alert.subject: alert for alert in alerts}
    changes = AlertChanges(rule, open_now, this.now, receivers())
    if not rule.is_enabled:
        done.closed += changes.close_all(this.fence) if alerts or seen else 0
        return
    judging = freezing.judging(this.freeze, this.now, rule.kind.settles) if rule.kind.needs_current else Judging.ALL
    if judging is Judging.NOTHING:
        return
    findings = _find(rule, open_now.keys(), this)
    if judging is Judging.KNOWN:
        findings = [finding for finding in findings if finding.subject in open_now]
    step = lifecycle.step(
        findings, {subject: alert.in_lifecycle for subject, alert in open_now.items()}, seen, this.now,
        rule.kind.patience(rule.settings),
    )  # fmt: skip
    step.stays = [finding for finding in step.stays if _is_news(rule, open_now[finding.subject], finding, this.now)]
    if step.changes_something and changes.write(step, this.fence):
        _count(step, done)


def _find(rule: AlertRuleState, open_subjects: conditions.Subjects, this: Round) -> list[AlertFinding]:
    if not rule.kind.causes:
        return rule.kind.find_at(rule.settings, this.now, open_subjects)
    findings = conditions.of_causes(rule.kind.causes, this.causes)
    return [rule.kind.completed(rule.settings, finding) for finding in findings]


def _is_news(rule: AlertRuleState, alert: AlertState, finding: AlertFinding, now: datetime) -> bool:
    """Say whether it is worth writing that a cause is still there."""
    is_to_be_told = alert.is_silent and not rule.is_muted(now)
    cause = next(one for one in alert.causes if one.cause == finding.cause)
    return is_to_be_told or alert.calm_since is not None or not cause.is_there or now - cause.last_seen_at >= SEEN_EVERY


def _count(step: AlertStep, done: Evaluated) -> None:
    done.opened += len(step.opens)
    done.added += len(step.adds)
    done.closed += len(step.closes)
