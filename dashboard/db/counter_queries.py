"""What has been counted for ``/metrics``."""

from sqlalchemy import select

from dashboard.db.counters import Key
from dashboard.db.extensions import db
from dashboard.db.models import MetricCounter


def find_counts() -> dict[Key, int]:
    rows = db.session.execute(select(MetricCounter.name, MetricCounter.labels, MetricCounter.value))
    return {(row.name, row.labels): row.value for row in rows}
