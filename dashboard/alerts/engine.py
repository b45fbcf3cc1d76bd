"""Apply every rule to the figures of now: open alerts, keep them, close them.

Safe to run twice at once and to kill anywhere: what a rule changes is one transaction, an alert that is open already
has the only row with its key, and whatever was not done is done by the next run.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from dashboard.alerts import lifecycle, store
from dashboard.alerts.delivery import receivers
from dashboard.alerts.queries import AlertRuleState, find_rules, open_alerts
from dashboard.alerts.store import AlertChanges
from dashboard.db.database import Fence, LeadLost, is_unavailable
from dashboard.db.extensions import db

logger = logging.getLogger(__name__)

SEEN_EVERY = timedelta(minutes=1)
"""That a cause is still there is noted no more often than this."""


@dataclass
class Evaluated:
    """What one run did. ``failed`` rules could not be applied; the log says why."""

    rules: int = 0
    opened: int = 0
    closed: int = 0
    failed: int = 0

    @property
    def did_something(self) -> bool:
        return bool(self.opened or self.closed or self.failed)

    def __str__(self) -> str:
        done = f"{self.rules} rules applied, {self.opened} alerts opened, {self.closed} closed"
        return f"{done}; {self.failed} of them failed" if self.failed else done


def evaluate_alerts(now: datetime, *, fence: Fence | None = None) -> Evaluated:
    """Apply every rule once. Raises LeadLost when the fence's lead has passed on; what was written before stays."""
    # Whoever calls this again and again in one context would otherwise go on reading the same moment.
    db.session.rollback()
    rules = find_rules()
    if not rules:
        store.add_first_rules(now, fence)
        rules = find_rules()
    done = Evaluated()
    by_rule: dict[int, list[Row[Any]]] = {}
    for alert in open_alerts():
        by_rule.setdefault(alert.rule_id, []).append(alert)
    for rule in rules:
        try:
            opened, closed = _apply(rule, by_rule.get(rule.id, []), now, fence)
            done.opened += opened
            done.closed += closed
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


def _apply(rule: AlertRuleState, alerts: Sequence[Row[Any]], now: datetime, fence: Fence | None) -> tuple[int, int]:
    """Apply one rule, which has these open alerts; return how many opened and closed."""
    open_now = {alert.subject: alert for alert in alerts}
    changes = AlertChanges(rule, open_now, now, receivers())
    if not rule.is_enabled:
        return 0, changes.close_all(fence) if alerts else 0
    findings = rule.kind.find_at(rule.settings, now, open_now.keys())
    quiet = timedelta(minutes=rule.settings["quiet_minutes"])
    step = lifecycle.step(findings, {alert.subject: alert.calm_since for alert in alerts}, now, quiet)
    step.stays = [finding for finding in step.stays if _is_news(rule, open_now[finding.subject], now)]
    return changes.write(step, fence) if step.changes_something else (0, 0)


def _is_news(rule: AlertRuleState, alert: Row[Any], now: datetime) -> bool:
    is_to_be_told = alert.is_silent and not rule.is_muted(now)
    return is_to_be_told or alert.calm_since is not None or now - alert.seen_at >= SEEN_EVERY
