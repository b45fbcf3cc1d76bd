"""What people do with rules and alerts: acknowledge, edit, switch, mute."""

import json
import secrets
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, update

from dashboard.alerts.figures import Settings
from dashboard.alerts.kinds import AlertKind
from dashboard.alerts.models import Alert, AlertRule
from dashboard.db.database import writing

LONGEST_NAME = 120


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
    """Tell nobody of a rule's alerts until then; None lets it speak again."""
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


def checked_name(name: str) -> str:
    """Return a rule's name as it is kept. Raises ValueError with a sentence for whoever typed it."""
    kept = " ".join(name.replace("\0", "").split())
    if not kept or len(kept) > LONGEST_NAME or not kept.isprintable():
        raise ValueError(f"Give the rule a name of 1 to {LONGEST_NAME} characters.")
    return kept


def _change(rule_id: int, email: str, **values: Any) -> None:
    noted = {"updated_at": datetime.now(UTC), "updated_by": email}
    with writing() as connection:
        connection.execute(update(AlertRule).where(AlertRule.id == rule_id).values(**values, **noted))
