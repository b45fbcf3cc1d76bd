"""The only writer of alert rules, alerts and their messages: what the engine finds, and what people do about it."""

import hashlib
import json
import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, insert, update
from sqlalchemy.exc import IntegrityError

from dashboard.alerts.figures import Settings
from dashboard.alerts.kinds import FIRST_RULES, AlertKind, checked_name
from dashboard.alerts.lifecycle import AlertStep
from dashboard.alerts.models import Alert, AlertDelivery, AlertRule
from dashboard.alerts.queries import AlertRuleState
from dashboard.alerts.wording import AlertFinding
from dashboard.db.database import Fence, writing
from dashboard.db.outbox_store import Outbox

logger = logging.getLogger(__name__)

CAUSE_GONE = "The cause has gone."
SWITCHED_OFF = "The rule was switched off."

OUTBOX = Outbox(
    AlertDelivery, AlertDelivery.next_try_at, AlertDelivery.error, claim_lasts=timedelta(minutes=1),
    shortest_wait=timedelta(seconds=30), longest_wait=timedelta(hours=1),
)  # fmt: skip


def add_first_rules(now: datetime, fence: Fence | None) -> None:
    """Make the rules that exist from the start, unless another process has just made them."""
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


@dataclass(frozen=True)
class AlertChanges:
    """What becomes of a rule's alerts, by subject, at a moment; ``receivers`` are told."""

    rule: AlertRuleState
    alerts: Mapping[str, Row[Any]]
    now: datetime
    receivers: Sequence[str]

    def write(self, step: AlertStep, fence: Fence | None) -> tuple[int, int]:
        """Write a step; return how many alerts opened and closed. Nothing when another process has just opened one."""
        try:
            with writing(fence) as connection:
                for finding in step.opens:
                    self._open(connection, finding)
                for finding in step.stays:
                    self._keep(connection, finding)
                calm = [self.alerts[subject].id for subject in step.calms]
                if calm:
                    connection.execute(update(Alert).where(Alert.id.in_(calm)).values(calm_since=self.now))
                closed = [self._close(connection, self.alerts[subject], CAUSE_GONE) for subject in step.closes]
        except IntegrityError:
            logger.info("Another process opened an alert of the rule %s at the same moment.", self.rule.id)
            return 0, 0
        return len(step.opens), sum(closed)

    def close_all(self, fence: Fence | None) -> int:
        """Close every alert because the rule was switched off; return how many were open still."""
        with writing(fence) as connection:
            return sum(self._close(connection, alert, SWITCHED_OFF) for alert in self.alerts.values())

    def _open(self, connection: Connection, finding: AlertFinding) -> None:
        is_silent = self.rule.is_muted(self.now)
        inserted = connection.execute(
            insert(Alert).values(
                rule_id=self.rule.id, subject=finding.subject, open_key=open_key(self.rule.id, finding.subject),
                sentence=finding.sentence, figures=json.dumps(finding.figures), buy_ids=json.dumps(finding.buy_ids),
                link=finding.link, latest="", opened_at=self.now, seen_at=self.now, closed_because="",
                acknowledged_by="", is_silent=is_silent,
            )
        )  # fmt: skip
        alert_id = inserted.inserted_primary_key[0]  # type: ignore[index] # An insert of one row has one.
        fields = {"alert": alert_id, "rule": self.rule.name, "sentence": finding.sentence}
        logger.warning("alert opened", extra={"fields": fields})
        if not is_silent:
            self._announce(connection, alert_id, "opened")

    def _keep(self, connection: Connection, finding: AlertFinding) -> None:
        alert = self.alerts[finding.subject]
        is_silent = alert.is_silent and self.rule.is_muted(self.now)
        latest = "" if finding.sentence == alert.sentence else finding.sentence
        values = {"seen_at": self.now, "calm_since": None, "latest": latest, "is_silent": is_silent}
        connection.execute(update(Alert).where(Alert.id == alert.id).values(**values))
        if alert.is_silent and not is_silent:
            self._announce(connection, alert.id, "opened")

    def _close(self, connection: Connection, alert: Row[Any], because: str) -> int:
        values = {"open_key": None, "closed_at": self.now, "closed_because": because}
        still_open = (Alert.id == alert.id) & Alert.open_key.is_not(None)
        closed = connection.execute(update(Alert).where(still_open).values(**values)).rowcount
        if closed:
            fields = {"alert": alert.id, "rule": alert.rule_name, "because": because}
            logger.warning("alert closed", extra={"fields": fields})
            if not alert.is_silent:
                self._announce(connection, alert.id, "closed")
        return closed

    def _announce(self, connection: Connection, alert_id: int, occasion: str) -> None:
        message = {"alert_id": alert_id, "occasion": occasion, "tries": 0, "next_try_at": self.now, "error": ""}
        if self.receivers:
            rows = [message | {"receiver": receiver} for receiver in self.receivers]
            connection.execute(insert(AlertDelivery), rows)


def open_key(rule_id: int, subject: str) -> str:
    return hashlib.sha256(f"{rule_id}\n{subject}".encode()).hexdigest()


def acknowledge(alert_id: int, email: str) -> bool:
    """Note who looks after an alert; False when somebody does already."""
    nobody_yet = (Alert.id == alert_id) & Alert.acknowledged_at.is_(None)
    values = {"acknowledged_at": datetime.now(UTC), "acknowledged_by": email}
    with writing() as connection:
        return connection.execute(update(Alert).where(nobody_yet).values(**values)).rowcount == 1


def switch(rule_id: int, is_enabled: bool, email: str) -> None:
    """Switch a rule on or off. The next run closes the alerts of one that is off."""
    _change(rule_id, email, is_enabled=is_enabled)


def mute(rule_id: int, until: datetime | None, email: str) -> None:
    """Tell nobody of a rule's alerts until then; None unmutes it."""
    _change(rule_id, email, muted_until=until, muted_by=email if until else "")


def edit(rule_id: int, name: str, settings: Settings, email: str) -> None:
    """Give a rule a name and thresholds. Raises ValueError for a name that will not do."""
    _change(rule_id, email, name=checked_name(name), settings=json.dumps(settings))


def add(kind: AlertKind[Any], name: str, settings: Settings, email: str) -> int:
    """Make a further rule, switched off, and return its id. Raises ValueError for a name that will not do."""
    values = {
        "key": f"own-{secrets.token_hex(8)}", "kind": kind.name, "name": checked_name(name),
        "settings": json.dumps(settings), "is_enabled": False, "muted_by": "", "updated_at": datetime.now(UTC),
        "updated_by": email,
    }  # fmt: skip
    with writing() as connection:
        inserted = connection.execute(insert(AlertRule).values(**values))
        return int(inserted.inserted_primary_key[0])  # type: ignore[index] # An insert of one row has one.


def _change(rule_id: int, email: str, **values: Any) -> None:
    noted = {"updated_at": datetime.now(UTC), "updated_by": email}
    with writing() as connection:
        connection.execute(update(AlertRule).where(AlertRule.id == rule_id).values(**values, **noted))
