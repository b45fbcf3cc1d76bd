"""Alert rules, alerts and their deliveries; and what "failing" means, once for the alerts and for the verdict."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, false, func, select

from dashboard.alerts.conditions import normal_share
from dashboard.alerts.figure_queries import normal_weeks
from dashboard.alerts.figures import Counts, Settings, Side, is_failure_of
from dashboard.alerts.kinds import KIND_BY_NAME, AlertKind, complete
from dashboard.alerts.models import Alert, AlertDelivery, AlertRule
from dashboard.alerts.wording import AlertFinding
from dashboard.db.extensions import db
from dashboard.db.paging import page_of

FAILURE_RATE = "failure_rate"

_RULES = select(*AlertRule.__table__.columns).order_by(AlertRule.id)
_ALERTS = select(
    *Alert.__table__.columns, AlertRule.name.label("rule_name"), AlertRule.kind, AlertRule.muted_until
).join(AlertRule, AlertRule.id == Alert.rule_id)


@dataclass(frozen=True)
class AlertRuleState:
    """A rule as it stands, its thresholds complete."""

    id: int
    key: str
    kind: AlertKind[Any]
    name: str
    settings: Settings
    is_enabled: bool
    muted_until: datetime | None
    muted_by: str
    updated_at: datetime
    updated_by: str

    def is_muted(self, now: datetime) -> bool:
        return self.muted_until is not None and now < self.muted_until


def find_rules() -> list[AlertRuleState]:
    """Return every rule of a kind that this version knows, the oldest first."""
    return [_rule(row) for row in db.session.execute(_RULES) if row.kind in KIND_BY_NAME]


def find_rule(rule_id: int) -> AlertRuleState | None:
    return next((rule for rule in find_rules() if rule.id == rule_id), None)


def _rule(row: Row[Any]) -> AlertRuleState:
    kind = KIND_BY_NAME[row.kind]
    return AlertRuleState(**{**row._mapping, "kind": kind, "settings": complete(kind, json.loads(row.settings))})


def count_rules_on() -> int:
    return int(db.session.execute(select(func.count()).where(AlertRule.is_enabled)).scalar_one())


def open_alerts(most: int | None = None) -> Sequence[Row[Any]]:
    """Return the open alerts with their rule's name and kind: those nobody looks after first, then the newest first."""
    order = (Alert.acknowledged_at.is_not(None), Alert.opened_at.desc(), Alert.id.desc())
    return db.session.execute(_ALERTS.where(Alert.open_key.is_not(None)).order_by(*order).limit(most)).all()


def count_open() -> int:
    return int(db.session.execute(select(func.count()).where(Alert.open_key.is_not(None))).scalar_one())


def closed_alerts(before_id: int | None = None) -> tuple[Sequence[Row[Any]], int | None]:
    """Return a page of the alerts that have closed, newest first, and what the next begins below."""
    statement = _ALERTS.where(Alert.open_key.is_(None)).order_by(Alert.id.desc())
    if before_id is not None:
        statement = statement.where(Alert.id < before_id)
    return page_of(statement, "id")


def find_alert(alert_id: int) -> Row[Any] | None:
    """Return an alert with its rule's name and kind, or None."""
    return db.session.execute(_ALERTS.where(Alert.id == alert_id)).one_or_none()


def deliveries_of(alert_id: int) -> Sequence[Row[Any]]:
    columns = AlertDelivery.__table__.columns
    return db.session.execute(
        select(*columns).where(AlertDelivery.alert_id == alert_id).order_by(AlertDelivery.id)
    ).all()


def due_deliveries(now: datetime, limit: int) -> Sequence[Row[Any]]:
    """Return the messages whose time has come, at most ``limit`` to each receiver, with what they are about.

    Everybody's oldest come first, so that what waits for one receiver never keeps those of another from their turn.
    What is about a rule that is muted now waits until it no longer is: such as the end of an alert that was told.
    """
    place = func.row_number().over(partition_by=AlertDelivery.receiver, order_by=AlertDelivery.id).label("place")
    is_silent = func.coalesce(AlertRule.muted_until > now, false())
    due = (
        select(AlertDelivery.id, place)
        .join(Alert, Alert.id == AlertDelivery.alert_id)
        .join(AlertRule, AlertRule.id == Alert.rule_id)
        .where(AlertDelivery.next_try_at <= now, ~is_silent)
        .subquery()
    )
    statement = (
        select(
            *AlertDelivery.__table__.columns, Alert.sentence, Alert.subject, Alert.figures, Alert.buy_ids,
            Alert.opened_at, Alert.closed_at, Alert.closed_because, AlertRule.name.label("rule_name"), AlertRule.kind,
        )
        .join(Alert, Alert.id == AlertDelivery.alert_id)
        .join(AlertRule, AlertRule.id == Alert.rule_id)
        .join(due, due.c.id == AlertDelivery.id)
        .where(due.c.place <= limit)
        .order_by(due.c.place, AlertDelivery.id)
    )  # fmt: skip
    return db.session.execute(statement).all()


def undelivered() -> int:
    """Return how many messages have failed at least once and are still to be sent."""
    waiting = (AlertDelivery.next_try_at.is_not(None)) & (AlertDelivery.tries > 0)
    return int(db.session.execute(select(func.count()).select_from(AlertDelivery).where(waiting)).scalar_one())


@dataclass(frozen=True)
class FailureRule:
    """A rule of a failure rate that is switched on, and what it finds now: None for nothing.

    ``failures`` are the purchases of its window that it counts as failed. ``alert_id`` and ``opened_at`` are None where
    no alert of it is open. With an open alert half of its thresholds is enough.
    """

    name: str
    finding: AlertFinding | None
    failures: Counts
    alert_id: int | None
    opened_at: datetime | None


def failing_now(now: datetime) -> list[FailureRule]:
    """Return every switched-on rule of a failure rate; deliveries are failing while the ``finding`` of one is not None.

    Those that find something come first, and of them the one whose alert opened first.
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
    alert_id, opened_at = (alert.id, alert.opened_at) if alert else (None, None)
    return FailureRule(rule.name, found[0] if found else None, failures, alert_id, opened_at)


def normal_failure_rate(since: datetime, until: datetime) -> Decimal | None:
    """Return the share that usually fails at this time, as rules compare with it; None where there is too little."""
    return normal_share(Side.ALL, normal_weeks(since, until))
