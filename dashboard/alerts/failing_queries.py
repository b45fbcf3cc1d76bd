"""What "failing" means, once for the alerts and for the verdict: what the rules of failure rates find."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row

from dashboard.alerts import conditions
from dashboard.alerts.conditions import AlertFinding, is_failure_of
from dashboard.alerts.figure_queries import normal_weeks
from dashboard.alerts.figures import ALL, Counts
from dashboard.alerts.queries import AlertRuleState, find_rules, open_alerts

FAILURE_RATE = "failure_rate"


@dataclass(frozen=True)
class FailureRule:
    """A rule of a failure rate that is switched on, and what it finds now: None for nothing.

    Its window is [since, until); ``failures`` are the purchases in it that it counts as failed. ``alert_id`` and
    ``opened_at`` are None where no alert of it is open. With an open alert half of its thresholds is enough.
    """

    name: str
    finding: AlertFinding | None
    failures: Counts
    since: datetime
    until: datetime
    alert_id: int | None
    opened_at: datetime | None


def failing_now(now: datetime) -> list[FailureRule]:
    """Return every switched-on rule of a failure rate; deliveries are failing while the ``finding`` of one is not None.

    Those that find something stand first, and of them the one whose alert opened first.
    """
    alerts = {alert.rule_id: alert for alert in open_alerts() if alert.kind == FAILURE_RATE}
    rules = [rule for rule in find_rules() if rule.kind.name == FAILURE_RATE and rule.is_enabled]
    applied = [_apply(rule, alerts.get(rule.id), now) for rule in rules]
    return sorted(applied, key=lambda rule: (rule.finding is None, rule.opened_at or now))


def _apply(rule: AlertRuleState, alert: Row[Any] | None, now: datetime) -> FailureRule:
    (figures,) = rule.kind.read(rule.settings, [now])
    found = rule.kind.find(rule.settings, figures, frozenset({alert.subject} if alert else ()))
    side = rule.settings["side"]
    failures = {outcome: number for outcome, number in figures.counts.items() if is_failure_of(side, *outcome)}
    return FailureRule(
        name=rule.name,
        finding=found[0] if found else None,
        failures=failures,
        since=figures.since,
        until=figures.until,
        alert_id=alert.id if alert else None,
        opened_at=alert.opened_at if alert else None,
    )


def normal_failure_rate(since: datetime, until: datetime) -> Decimal | None:
    """Return the share that usually fails at this time, as rules compare with it; None where there is too little."""
    return conditions.normal_share(ALL, normal_weeks(since, until))
