"""The figures of ``/metrics`` that are in the database, and so the same whichever process is asked.

They are read by the very functions behind ``/readyz`` and the page of the dashboard's health. None names a purchase, a
user or a person: ``/metrics`` needs no session.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from dashboard.alerts import queries as alerts_queries
from dashboard.alerts.models import Alert, AlertRule
from dashboard.db.extensions import db
from dashboard.jobs import queries as jobs_queries
from dashboard.observability import readiness_queries as readiness
from dashboard.sync import due_queries as due
from dashboard.sync import freshness_queries as freshness
from dashboard.sync import health_queries as health

RECENT = timedelta(minutes=5)

Sample = tuple[dict[str, str], float | int]
"""Labels and value."""


def _word(text: str) -> str:
    """Return SkinsBack's own word for something, or ``other`` for a text, which might name anybody."""
    return text if re.fullmatch(r"[a-z_]{1,40}", text) else "other"


@dataclass(eq=False)
class DatabaseCollector(Collector):
    """The figures, read when they are asked for; without the database only that it is down."""

    limit: int
    """SKINSBACK_REQUESTS_PER_MINUTE."""
    jobs: Sequence[str]
    """The names of the background jobs."""

    def collect(self) -> list[Metric]:
        try:
            return _figures(datetime.now(UTC), self.limit, self.jobs)
        except SQLAlchemyError:
            return [_one("dashboard_database_up", "Whether the database answers.", 0)]


def _gauge(name: str, meaning: str, samples: Iterable[Sample]) -> Metric:
    metric = GaugeMetricFamily(name, meaning)
    for labels, value in samples:
        metric.add_sample(name, labels, value)
    return metric


def _one(name: str, meaning: str, value: float | int | None) -> Metric:
    return GaugeMetricFamily(name, meaning, value=value)


def _flag(name: str, meaning: str, is_so: object) -> Metric:
    return _one(name, meaning, int(bool(is_so)))


def _joined(join: Callable[[list[float | int]], float | int], samples: Iterable[Sample]) -> list[Sample]:
    """Return one sample for each set of labels: several of SkinsBack's texts may have become the same word."""
    by_labels: dict[tuple[tuple[str, str], ...], list[float | int]] = {}
    for labels, value in samples:
        by_labels.setdefault(tuple(labels.items()), []).append(value)
    return [(dict(labels), join(values)) for labels, values in by_labels.items()]


def _time(name: str, meaning: str, at: datetime | None) -> Metric:
    return _one(name, meaning, None if at is None else int(at.timestamp()))


def _figures(now: datetime, limit: int, jobs: Sequence[str]) -> list[Metric]:
    return [
        _one("dashboard_database_up", "Whether the database answers.", 1),
        _one("dashboard_database_bytes", "Size of the database.", health.database_bytes()),
        _one("dashboard_ready", "Whether /readyz finds no problem.", int(not readiness.find_problems())),
        *_leader_and_jobs(jobs),
        *_work(now),
        *_skinsback(now, limit),
        *_alerts(),
    ]


def _leader_and_jobs(jobs: Sequence[str]) -> list[Metric]:
    leader = jobs_queries.find_leader()
    newest = {job: jobs_queries.newest_runs(job) for job in jobs}
    succeeded = {job: jobs_queries.last_success(job) for job in jobs}
    return [
        _flag("dashboard_leader_up", "Whether a process leads the background jobs.", leader and leader.is_leading),
        _time("dashboard_leader_since_timestamp_seconds", "Since when it leads.", leader.since if leader else None),
        _gauge(
            "dashboard_job_last_success_timestamp_seconds", "When each job last ended well.",
            [({"job": job}, int(at.timestamp())) for job, at in succeeded.items() if at is not None],
        ),
        _gauge(
            "dashboard_job_last_sign_timestamp_seconds", "When each job last ended well or reported progress.",
            [
                ({"job": job}, int(run.updated_at.timestamp()))
                for job, runs in newest.items()
                for run in [one for one in runs if one.outcome != "failed"][:1]
            ],
        ),
        _gauge(
            "dashboard_job_failing", "Whether each job's newest run failed.",
            [({"job": job}, int(runs[0].outcome == "failed")) for job, runs in newest.items() if runs],
        ),
    ]  # fmt: skip


def _work(now: datetime) -> list[Metric]:
    work = due.find_work(now)
    overdue = (now - work.oldest).total_seconds() if work.oldest else 0
    reach = freshness.find_reach()
    complete = "Up to when the copy of the history is complete."
    return [
        _one("dashboard_purchases_due", "Purchases that should have been asked for by now.", work.overdue),
        _one("dashboard_oldest_overdue_seconds", "How long the oldest overdue purchase has waited.", overdue),
        _one("dashboard_set_aside_records", "Objects of SkinsBack that could not be used.", health.count_rejected()),
        _time("dashboard_history_complete_timestamp_seconds", complete, reach.until if reach else None),
    ]


def _skinsback(now: datetime, limit: int) -> list[Metric]:
    state = freshness.find_state()
    failing_since, is_refused, answered_at = (
        (state.failing_since, state.is_stopped, state.last_success_at) if state else (None, None, None)
    )
    budget = health.find_budget(limit)
    answers, events = health.answers_since(now - RECENT), health.events_since(now - RECENT)
    return [
        _one("dashboard_requests_last_minute", "Requests to SkinsBack in the last 60 seconds.", budget.used),
        _one("dashboard_requests_limit", "The most requests to SkinsBack in 60 seconds.", budget.limit),
        _flag("dashboard_requests_paused", "Whether requests to SkinsBack are paused.", budget.paused_until),
        _flag("dashboard_skinsback_failing", "Whether SkinsBack's newest answer was a failure.", failing_since),
        _flag("dashboard_skinsback_refused", "Whether SkinsBack refuses us until we change something.", is_refused),
        _time("dashboard_last_answer_timestamp_seconds", "When SkinsBack last answered.", answered_at),
        _gauge(
            "dashboard_skinsback_answers_recent", "Requests of the last five minutes, by how they ended.",
            _joined(sum, (({"outcome": _word(row.outcome)}, int(row.requests)) for row in answers)),
        ),
        _gauge(
            "dashboard_skinsback_slowest_recent_seconds", "The slowest of these requests, by how they ended.",
            _joined(max, (({"outcome": _word(row.outcome)}, int(row.slowest) / 1_000_000) for row in answers)),
        ),
        _flag("dashboard_events_flowing", "Whether pushed events arrive.", freshness.are_events_flowing(state, now)),
        _gauge(
            "dashboard_events_recent", "Pushed events of the last five minutes.",
            _joined(sum, (({"source": row.source, "event": _word(row.event)}, int(row.received)) for row in events)),
        ),
    ]  # fmt: skip


def _alerts() -> list[Metric]:
    rows = db.session.execute(
        select(AlertRule.kind, func.count().label("open"))
        .join(Alert, Alert.rule_id == AlertRule.id)
        .where(Alert.open_key.is_not(None))
        .group_by(AlertRule.kind)
    )
    unnamed = select(func.count()).where(Alert.open_key.is_not(None), Alert.acknowledged_at.is_(None))
    waiting = db.session.execute(unnamed).scalar_one()
    return [
        _gauge("dashboard_alerts_open", "Open alerts, by kind.", [({"kind": row.kind}, row.open) for row in rows]),
        _one("dashboard_alerts_unacknowledged", "Open alerts that nobody has acknowledged.", waiting),
        _one("dashboard_alert_messages_failing", "Messages that are being tried again.", alerts_queries.undelivered()),
    ]
