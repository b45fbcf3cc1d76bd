"""The only writer of alert rules, alerts and their messages: what the engine finds, and what people do about it."""

import hashlib
import json
import logging
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from dashboard.alerts.figures import Settings, Severity
from dashboard.alerts.kinds import FIRST_RULES, AlertKind, checked_name
from dashboard.alerts.lifecycle import AlertStep, Sighting
from dashboard.alerts.models import (
    Alert,
    AlertCause,
    AlertComment,
    AlertDelivery,
    AlertFreeze,
    AlertRule,
    AlertSighting,
)
from dashboard.alerts.queries import AlertRuleState, AlertState, CauseState
from dashboard.alerts.wording import AlertFinding
from dashboard.db.database import Fence, writing
from dashboard.db.outbox_store import Outbox

logger = logging.getLogger(__name__)

CAUSE_GONE = "The cause has gone."
SWITCHED_OFF = "The rule was switched off."

ESCALATED = "escalated"
"""The occasion of a message to the second list, see ``escalation_store``."""

OUTBOX = Outbox(
    AlertDelivery, AlertDelivery.next_try_at, AlertDelivery.error, claim_lasts=timedelta(minutes=1),
    shortest_wait=timedelta(seconds=30), longest_wait=timedelta(hours=1),
)  # fmt: skip


def add_first_rules(known: Collection[str], now: datetime, fence: Fence | None) -> bool:
    """Make the rules that exist from the start and whose keys are not known: all of them at first, later those that a
    newer version brings. A rule that somebody switched off is known. False when there was nothing to make."""
    rows = [
        {
            "key": first.key, "kind": first.kind, "name": first.name, "settings": json.dumps(first.settings),
            "is_enabled": True, "muted_by": "", "updated_at": now, "updated_by": "",
        }
        for first in FIRST_RULES
        if first.key not in known
    ]  # fmt: skip
    if not rows:
        return False
    try:
        with writing(fence) as connection:
            connection.execute(insert(AlertRule), rows)
    except IntegrityError:
        logger.info("Another process made the first alert rules at the same moment.")
    return True


@dataclass(frozen=True)
class AlertChanges:
    """What becomes of a rule's alerts, by subject, at a moment; ``receivers`` are told."""

    rule: AlertRuleState
    alerts: Mapping[str, AlertState]
    now: datetime
    receivers: Sequence[str]

    def write(self, step: AlertStep, fence: Fence | None) -> bool:
        """Write a step, all or nothing; False when another process has just written the same."""
        try:
            with writing(fence) as connection:
                _forget(connection, self.rule.id, step.forgets)
                self._sight(connection, step.sights)
                ids = {subject: alert.id for subject, alert in self.alerts.items()}
                ids |= {finding.subject: self._open(connection, finding) for finding in step.opens}
                for finding in step.adds:
                    self._add(connection, ids[finding.subject], finding)
                self._keep_causes(connection, step)
                for subject in step.touched & self.alerts.keys():
                    self._keep(connection, self.alerts[subject], step)
                calm = [ids[subject] for subject in step.calms]
                if calm:
                    connection.execute(update(Alert).where(Alert.id.in_(calm)).values(calm_since=self.now))
                for subject in step.closes:
                    self._close(connection, self.alerts[subject], CAUSE_GONE)
        except IntegrityError:
            logger.info("Another process wrote what the rule %s found at the same moment.", self.rule.id)
            return False
        return True

    def close_all(self, fence: Fence | None) -> int:
        """Close every alert because the rule was switched off; return how many were open still."""
        with writing(fence) as connection:
            connection.execute(delete(AlertSighting).where(AlertSighting.rule_id == self.rule.id))
            return sum(self._close(connection, alert, SWITCHED_OFF) for alert in self.alerts.values())

    def _sight(self, connection: Connection, sightings: Sequence[Sighting]) -> None:
        rows = [
            {"rule_id": self.rule.id, "subject": subject, "cause": cause, "first_seen_at": self.now}
            for subject, cause in sightings
        ]
        if rows:
            connection.execute(insert(AlertSighting), rows)

    def _open(self, connection: Connection, finding: AlertFinding) -> int:
        is_silent = self.rule.is_muted(self.now)
        inserted = connection.execute(
            insert(Alert).values(
                rule_id=self.rule.id, subject=finding.subject, open_key=open_key(self.rule.id, finding.subject),
                **_said(finding), opened_at=self.now, seen_at=self.now, is_silent=is_silent,
            )
        )  # fmt: skip
        alert_id = int(inserted.inserted_primary_key[0])  # type: ignore[index] # An insert of one row has one.
        cause_id = self._insert_cause(connection, alert_id, finding)
        fields = {"alert": alert_id, "rule": self.rule.name, "cause": finding.cause, "sentence": finding.sentence}
        logger.warning("alert opened", extra={"fields": fields})
        if not is_silent and finding.severity != Severity.INFO:
            self._announce(connection, alert_id, "opened", cause_id)
        return alert_id

    def _add(self, connection: Connection, alert_id: int, finding: AlertFinding) -> None:
        cause_id = self._insert_cause(connection, alert_id, finding)
        fields = {"alert": alert_id, "rule": self.rule.name, "cause": finding.cause, "sentence": finding.sentence}
        logger.warning("alert has a further cause", extra={"fields": fields})
        alert = self.alerts.get(finding.subject)
        is_silent = alert.is_silent if alert else self.rule.is_muted(self.now)
        if not is_silent and finding.severity != Severity.INFO:
            self._announce(connection, alert_id, "cause", cause_id)

    def _insert_cause(self, connection: Connection, alert_id: int, finding: AlertFinding) -> int:
        inserted = connection.execute(
            insert(AlertCause).values(
                alert_id=alert_id, cause=finding.cause, **_said(finding), first_seen_at=self.now, last_seen_at=self.now
            )
        )
        return int(inserted.inserted_primary_key[0])  # type: ignore[index] # An insert of one row has one.

    def _keep_causes(self, connection: Connection, step: AlertStep) -> None:
        for finding in step.stays:
            cause = self._cause(finding.subject, finding.cause)
            latest = "" if finding.sentence == cause.sentence else finding.sentence
            values = {"last_seen_at": self.now, "gone_at": None, "latest": latest, "severity": finding.severity}
            connection.execute(update(AlertCause).where(AlertCause.id == cause.id).values(**values))
        gone = [self._cause(*sighting).id for sighting in step.fades]
        if gone:
            connection.execute(update(AlertCause).where(AlertCause.id.in_(gone)).values(gone_at=self.now))

    def _cause(self, subject: str, cause: str) -> CauseState:
        return next(one for one in self.alerts[subject].causes if one.cause == cause)

    def _keep(self, connection: Connection, alert: AlertState, step: AlertStep) -> None:
        """Let an alert be what the newest cause that is there is, and tell of it once its rule is no longer muted."""
        newest = connection.execute(
            select(AlertCause.id, AlertCause.kind, AlertCause.severity, AlertCause.gone_at)
            .where(AlertCause.alert_id == alert.id)
            .order_by(AlertCause.gone_at.is_not(None), AlertCause.first_seen_at.desc(), AlertCause.id.desc())
            .limit(1)
        ).one()
        values: dict[str, Any] = {"kind": newest.kind, "severity": newest.severity}
        if newest.gone_at is None:
            values |= {"seen_at": self.now, "calm_since": None}
        is_told = alert.is_silent and not self.rule.is_muted(self.now) and newest.gone_at is None
        if is_told:
            values["is_silent"] = False
        connection.execute(update(Alert).where(Alert.id == alert.id).values(**values))
        if is_told and newest.severity != Severity.INFO:
            self._announce(connection, alert.id, "opened", newest.id)

    def _close(self, connection: Connection, alert: AlertState, because: str) -> int:
        values = {"open_key": None, "closed_at": self.now, "closed_because": because}
        still_open = (Alert.id == alert.id) & Alert.open_key.is_not(None)
        closed = connection.execute(update(Alert).where(still_open).values(**values)).rowcount
        if closed:
            fields = {"alert": alert.id, "rule": alert.rule_name, "because": because}
            logger.warning("alert closed", extra={"fields": fields})
            was_told = any(cause.severity != Severity.INFO for cause in alert.causes)
            if was_told and not alert.is_silent:
                self._announce(connection, alert.id, "closed", also=_escalated_to(connection, alert.id))
        return closed

    def _announce(
        self, connection: Connection, alert_id: int, occasion: str, cause_id: int = 0, also: Sequence[str] = ()
    ) -> None:
        message = {"alert_id": alert_id, "occasion": occasion, "cause_id": cause_id, "next_try_at": self.now}
        rows = [message | {"receiver": receiver} for receiver in dict.fromkeys([*self.receivers, *also])]
        if rows:
            connection.execute(insert(AlertDelivery), rows)


def _escalated_to(connection: Connection, alert_id: int) -> Sequence[str]:
    """Return who was told that nobody had acknowledged an alert."""
    is_it = (AlertDelivery.alert_id == alert_id) & (AlertDelivery.occasion == ESCALATED)
    return connection.execute(select(AlertDelivery.receiver).where(is_it)).scalars().all()


def _said(finding: AlertFinding) -> dict[str, str]:
    """Return what an alert and its cause keep of a finding."""
    return {
        "kind": finding.kind, "severity": finding.severity, "sentence": finding.sentence, "link": finding.link,
        "figures": json.dumps(finding.figures), "buy_ids": json.dumps(finding.buy_ids),
    }  # fmt: skip


def _forget(connection: Connection, rule_id: int, sightings: Sequence[Sighting]) -> None:
    for subject, cause in sightings:
        it = (AlertSighting.rule_id == rule_id, AlertSighting.subject == subject, AlertSighting.cause == cause)
        connection.execute(delete(AlertSighting).where(*it))


def open_key(rule_id: int, subject: str) -> str:
    return hashlib.sha256(f"{rule_id}\n{subject}".encode()).hexdigest()


FREEZE = "copy"
"""The name of the only freeze."""


def begin_freeze(now: datetime, fence: Fence | None) -> None:
    """Note that the copy is not current. What was seen and not told is forgotten while the rules settle."""
    with writing(fence) as connection:
        connection.execute(delete(AlertFreeze))
        connection.execute(insert(AlertFreeze).values(name=FREEZE, began_at=now))


def end_freeze(rule_ids: Sequence[int], now: datetime, fence: Fence | None) -> None:
    """Note that the copy is current again. The quiet time of these rules' alerts begins anew: nobody looked."""
    is_calm = (Alert.rule_id.in_(rule_ids), Alert.open_key.is_not(None), Alert.calm_since.is_not(None))
    with writing(fence) as connection:
        connection.execute(update(AlertFreeze).values(over_at=now))
        connection.execute(update(Alert).where(*is_calm).values(calm_since=now))


def forget_freeze(fence: Fence | None) -> None:
    with writing(fence) as connection:
        connection.execute(delete(AlertFreeze))


def acknowledge(alert_id: int, email: str) -> bool:
    """Note who has seen an open alert; False when somebody has already, or it has closed."""
    nobody_yet = (Alert.id == alert_id) & Alert.acknowledged_at.is_(None) & Alert.open_key.is_not(None)
    values = {"acknowledged_at": datetime.now(UTC), "acknowledged_by": email}
    with writing() as connection:
        return connection.execute(update(Alert).where(nobody_yet).values(**values)).rowcount == 1


def assign(alert_id: int, assignee: str) -> bool:
    """Note who looks after an open alert, empty for nobody; False when it has closed."""
    return _change_open(alert_id, assignee=assignee)


def snooze(alert_id: int, until: datetime | None, email: str) -> bool:
    """Let an open alert's messages wait until then; None ends that. False when it has closed."""
    return _change_open(alert_id, snoozed_until=until, snoozed_by=email if until else "")


def _change_open(alert_id: int, **values: Any) -> bool:
    is_open = (Alert.id == alert_id) & Alert.open_key.is_not(None)
    with writing() as connection:
        return connection.execute(update(Alert).where(is_open).values(**values)).rowcount == 1


def comment(alert_id: int, author: str, text: str) -> None:
    with writing() as connection:
        values = {"alert_id": alert_id, "author": author, "at": datetime.now(UTC), "text": text}
        connection.execute(insert(AlertComment).values(**values))


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
