"""The only writer of escalations: an alert that nobody has acknowledged for long is told to a second list, once.

Who is on the list is told its end too (``store``). Nothing is remembered but the messages themselves, so restarts and
a second process change nothing: an alert with such a message, sent or not, has been escalated.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, false, func, insert, select
from sqlalchemy.exc import IntegrityError

from dashboard.alerts.figures import Severity
from dashboard.alerts.models import Alert, AlertDelivery, AlertRule
from dashboard.alerts.store import ESCALATED
from dashboard.db.database import Fence, writing

logger = logging.getLogger(__name__)


_IS_ESCALATED = (
    select(AlertDelivery.id).where(AlertDelivery.alert_id == Alert.id, AlertDelivery.occasion == ESCALATED).exists()
)
_OPEN_AND_UNATTENDED = (
    select(Alert.id)
    .join(AlertRule, AlertRule.id == Alert.rule_id)
    .where(
        Alert.open_key.is_not(None),
        Alert.severity != Severity.INFO.value,
        Alert.acknowledged_at.is_(None),
        Alert.assignee == "",
        ~Alert.is_silent,
    )
    .order_by(Alert.id)
)
_UNATTENDED = _OPEN_AND_UNATTENDED.where(~_IS_ESCALATED)


def escalate(receivers: Sequence[str], after: timedelta, now: datetime, *, fence: Fence | None = None) -> int:
    """Tell these receivers of every alert that has been open for so long unattended; return how many alerts that are.

    The wait counts from the opening, also while the alert is calm or not judged. Raises LeadLost when the fence's lead
    has passed on.
    """
    if not receivers:
        return 0
    waiting = _UNATTENDED.where(Alert.opened_at <= now - after, ~_is_silent(now))
    try:
        with writing(fence) as connection:
            alerts = connection.execute(waiting).scalars().all()
            rows = [
                {"alert_id": alert, "receiver": receiver, "occasion": ESCALATED, "cause_id": 0, "next_try_at": now}
                for alert in alerts
                for receiver in dict.fromkeys(receivers)
            ]
            if rows:
                connection.execute(insert(AlertDelivery), rows)
    except IntegrityError:
        logger.info("Another process escalated the same alerts at the same moment.")
        return 0
    return len(alerts)


def _is_silent(now: datetime) -> ColumnElement[bool]:
    """Say of an alert that somebody wants to hear nothing of it for a while."""
    return func.coalesce(AlertRule.muted_until > now, false()) | func.coalesce(Alert.snoozed_until > now, false())
