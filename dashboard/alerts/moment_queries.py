"""When alerts were open, to mark it on charts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, or_, select

from dashboard.alerts.models import Alert, AlertRule
from dashboard.db.extensions import db

MOMENTS_READ = 50


def alerts_between(since: datetime, until: datetime) -> Sequence[Row[Any]]:
    """Return (id, rule_name, sentence, opened_at, closed_at) of the alerts that were open in [since, until).

    The newest first, and one more than MOMENTS_READ where there are more.
    """
    was_open = or_(Alert.closed_at.is_(None), Alert.closed_at > since)
    return db.session.execute(
        select(Alert.id, AlertRule.name.label("rule_name"), Alert.sentence, Alert.opened_at, Alert.closed_at)
        .join(AlertRule, AlertRule.id == Alert.rule_id)
        .where(Alert.opened_at < until, was_open)
        .order_by(Alert.opened_at.desc(), Alert.id.desc())
        .limit(MOMENTS_READ + 1)
    ).all()
