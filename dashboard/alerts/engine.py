"""Apply every rule to the figures of now: open alerts, keep them, close them.

Safe to run twice at once and to kill anywhere: what a rule changes is one transaction, an alert that is open already
has the only row with its key, and whatever was not done is done by the next run.
"""

import hashlib
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, insert, update
from sqlalchemy.exc import IntegrityError

from dashboard.alerts import lifecycle
from dashboard.alerts.conditions import AlertFinding
from dashboard.alerts.delivery import receivers
from dashboard.alerts.kinds import FIRST_RULES
from dashboard.alerts.lifecycle import AlertStep
from dashboard.alerts.models import Alert, AlertDelivery, AlertRule
from dashboard.alerts.queries import AlertRuleState, find_rules, open_alerts
from dashboard.db.database import Fence, LeadLost, is_unavailable, writing
from dashboard.db.extensions import db

logger = logging.getLogger(__name__)

SEEN_EVERY = timedelta(minutes=1)
"""That a cause is still there is noted no more often than this."""

CAUSE_GONE = "The cause has gone."
SWITCHED_OFF = "The rule was switched off."


@dataclass
class Evaluated:
    """What one run did. ``failed`` rules could not be applied; the log says why."""

    rules: int = 0
    opened: int = 0
    closed: int = 0
    failed: int = 0

    @property
    def did_something(self) -> bool:
        """Whether the run is worth a line of its own."""
        return bool(self.opened or self.closed or self.failed)

    def __str__(self) -> str:
        done = f"{self.rules} rules applied, {self.opened} alerts opened, {self.closed} closed"
        return f"{done}; {self.failed} of them failed" if self.failed else done


def evaluate_alerts(now: datetime, *, fence: Fence | None = None) -> Evaluated:
    """Apply every rule once. Raises LeadLost when the fence's lead has passed on; what was written before stays."""
    # Whoever calls this again and again in one context would otherwise go on reading the same moment.
    db.session.rollback()
    rules = find_rules() or make_first_rules(now, fence=fence)
    run = _Evaluation(now, fence, Evaluated())
    by_rule: dict[int, list[Row[Any]]] = {}
    for alert in open_alerts():
        by_rule.setdefault(alert.rule_id, []).append(alert)
    for rule in rules:
        try:
            run.apply(rule, by_rule.get(rule.id, []))
        except LeadLost:
            raise
        except Exception as error:
            if is_unavailable(error):
                raise
            # A mistake in one rule must not silence the others.
            logger.exception("The alert rule %s (%s) could not be applied.", rule.id, rule.kind.name)
            run.outcome.failed += 1
    return run.outcome


def make_first_rules(now: datetime, *, fence: Fence | None = None) -> list[AlertRuleState]:
    """Make the rules that exist from the start, because there are none, and return them."""
    rows = [
        {
            "key": first.key, "kind": first.kind, "name": first.name, "settings": json.dumps(first.settings),
            "is_enabled": True, "muted_by": "", "updated_at": now, "updated_by": "",
        }
        for first in FIRST_RULES
    ]  # fmt: skip
    try:
        with writing(fence) as connection:
            connection.execute(insert(AlertRule), rows)
    except IntegrityError:
        logger.info("Another process made the first alert rules at the same moment.")
    return find_rules()


@dataclass(frozen=True)
class _Evaluation:
    """One application of all rules."""

    now: datetime
    fence: Fence | None
    outcome: Evaluated

    def apply(self, rule: AlertRuleState, alerts: Sequence[Row[Any]]) -> None:
        """Apply one rule, which has these open alerts."""
        self.outcome.rules += rule.is_enabled
        if not rule.is_enabled:
            self._switch_off(alerts)
            return
        findings = rule.kind.find_at(rule.settings, self.now, frozenset(alert.subject for alert in alerts))
        quiet = timedelta(minutes=rule.settings["quiet_minutes"])
        step = lifecycle.step(findings, {alert.subject: alert.calm_since for alert in alerts}, self.now, quiet)
        self._write(rule, step, {alert.subject: alert for alert in alerts})

    def _switch_off(self, alerts: Sequence[Row[Any]]) -> None:
        if alerts:
            with writing(self.fence) as connection:
                self.outcome.closed += sum(_close(connection, alert, self.now, SWITCHED_OFF) for alert in alerts)

    def _write(self, rule: AlertRuleState, step: AlertStep, alerts: dict[str, Row[Any]]) -> None:
        now = self.now
        stays = [finding for finding in step.stays if _is_news(rule, alerts[finding.subject], now)]
        if not (step.opens or stays or step.calms or step.closes):
            return
        try:
            with writing(self.fence) as connection:
                for finding in step.opens:
                    _open(connection, rule, finding, now)
                for finding in stays:
                    _keep(connection, rule, alerts[finding.subject], finding, now)
                calm = [alerts[subject].id for subject in step.calms]
                if calm:
                    connection.execute(update(Alert).where(Alert.id.in_(calm)).values(calm_since=now))
                closed = sum(_close(connection, alerts[subject], now, CAUSE_GONE) for subject in step.closes)
        except IntegrityError:
            logger.info("Another process opened an alert of the rule %s at the same moment.", rule.id)
            return
        self.outcome.opened += len(step.opens)
        self.outcome.closed += closed


def _is_news(rule: AlertRuleState, alert: Row[Any], now: datetime) -> bool:
    is_to_be_told = alert.is_silent and not rule.is_muted(now)
    return is_to_be_told or alert.calm_since is not None or now - alert.seen_at >= SEEN_EVERY


def _open(connection: Connection, rule: AlertRuleState, finding: AlertFinding, now: datetime) -> None:
    is_silent = rule.is_muted(now)
    inserted = connection.execute(
        insert(Alert).values(
            rule_id=rule.id, subject=finding.subject, open_key=open_key(rule.id, finding.subject),
            sentence=finding.sentence, figures=json.dumps(finding.figures), buy_ids=json.dumps(finding.buy_ids),
            link=finding.link, latest="", opened_at=now, seen_at=now, closed_because="", acknowledged_by="",
            is_silent=is_silent,
        )
    )  # fmt: skip
    alert_id = inserted.inserted_primary_key[0]  # type: ignore[index] # An insert of one row has one.
    logger.warning(
        "alert opened", extra={"fields": {"alert": alert_id, "rule": rule.name, "sentence": finding.sentence}}
    )
    if not is_silent:
        _announce(connection, alert_id, "opened", now)


def _keep(connection: Connection, rule: AlertRuleState, alert: Row[Any], finding: AlertFinding, now: datetime) -> None:
    latest = "" if finding.sentence == alert.sentence else finding.sentence
    values = {"seen_at": now, "calm_since": None, "latest": latest, "is_silent": alert.is_silent and rule.is_muted(now)}
    connection.execute(update(Alert).where(Alert.id == alert.id).values(**values))
    if alert.is_silent and not values["is_silent"]:
        _announce(connection, alert.id, "opened", now)


def _close(connection: Connection, alert: Row[Any], now: datetime, because: str) -> int:
    values = {"open_key": None, "closed_at": now, "closed_because": because}
    still_open = (Alert.id == alert.id) & Alert.open_key.is_not(None)
    closed = connection.execute(update(Alert).where(still_open).values(**values)).rowcount
    if closed:
        logger.warning(
            "alert closed", extra={"fields": {"alert": alert.id, "rule": alert.rule_name, "because": because}}
        )
        if not alert.is_silent:
            _announce(connection, alert.id, "closed", now)
    return closed


def _announce(connection: Connection, alert_id: int, occasion: str, now: datetime) -> None:
    rows = [
        {"alert_id": alert_id, "receiver": receiver, "occasion": occasion, "tries": 0, "next_try_at": now, "error": ""}
        for receiver in receivers()
    ]
    if rows:
        connection.execute(insert(AlertDelivery), rows)


def open_key(rule_id: int, subject: str) -> str:
    """Return what no two open alerts share."""
    return hashlib.sha256(f"{rule_id}\n{subject}".encode()).hexdigest()
