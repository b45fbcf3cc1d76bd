"""The figures of ``/metrics`` that are in the database, and so the same whichever process or machine is asked.

They are read by the very functions behind ``/readyz`` and the page of the dashboard's health. None names a purchase, a
user or a person: ``/metrics`` needs no session. Each costs the same at any number of purchases.
"""

import platform
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from prometheus_client import Metric
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from dashboard import __version__
from dashboard.alerts import queries as alerts_queries
from dashboard.alerts.figures import Severity
from dashboard.alerts.models import Alert
from dashboard.db.counter_queries import find_counts
from dashboard.db.counters import OTHER
from dashboard.db.extensions import db
from dashboard.finance.balance import queries as balance
from dashboard.jobs import queries as jobs_queries
from dashboard.jobs.results import FAILED
from dashboard.observability import readiness_queries as readiness
from dashboard.observability.families import (
    by_label,
    counter,
    counter_by_label,
    flag,
    gauge,
    gauges,
    histogram,
    moment,
)
from dashboard.purchases import queries as purchases
from dashboard.purchases.counters import DECIDED_PURCHASES, REFRESHED_PURCHASES, STATUS_CHANGES
from dashboard.purchases.statuses import STATUSES
from dashboard.sync import due_queries as due
from dashboard.sync import freshness_queries as freshness
from dashboard.sync import health_queries as health
from dashboard.sync.cause_queries import find_causes
from dashboard.sync.causes import CauseKind
from dashboard.sync.counters import API_REQUEST_SECONDS, API_REQUESTS, PUSHED_EVENTS
from dashboard.totals import queries as totals

KINDS = (
    "failure", "item", "reversals", "stuck", "unknown_value", "unreadable", "jobs", "connection", "refused", "limit",
    "latency", "balance", "volume",
)  # fmt: skip
"""What kinds of alerts there are; ``AlertKind.told_as`` and the kinds of causes are among them."""


@dataclass(eq=False)
class DatabaseCollector(Collector):
    """The figures, read when they are asked for; without the database only that it is down."""

    limit: int
    """SKINSBACK_REQUESTS_PER_MINUTE."""
    jobs: Sequence[str]
    """The names of the background jobs."""

    def collect(self) -> list[Metric]:
        build = {"version": __version__, "python_version": platform.python_version()}
        always = [gauges("build_info", "The version that runs here; always 1.", [(build, 1)])]
        try:
            return [*always, *_figures(datetime.now(UTC), self.limit, self.jobs)]
        except SQLAlchemyError:
            return [*always, gauge("database_up", "Whether the database answers.", 0)]


def _figures(now: datetime, limit: int, jobs: Sequence[str]) -> list[Metric]:
    causes = Counter(cause.kind.value for cause in find_causes(now))
    return [
        gauge("database_up", "Whether the database answers.", 1),
        gauge("database_size_bytes", "Size of the database.", health.database_bytes()),
        flag("ready", "Whether /readyz finds no problem.", not readiness.find_problems()),
        by_label(
            "causes", "Why the pages are not current, by kind; 0 for each when they are.", "kind", CauseKind, causes
        ),
        *_leader_and_jobs(jobs),
        *_work(now),
        *_purchases(now),
        *_skinsback(now, limit),
        *_counters(),
        *_alerts(),
    ]


def _leader_and_jobs(jobs: Sequence[str]) -> list[Metric]:
    leader = jobs_queries.find_leader()
    newest = {job: jobs_queries.newest_runs(job) for job in jobs}
    succeeded = {job: jobs_queries.last_success(job) for job in jobs}
    return [
        flag("leader_up", "Whether a process leads the background jobs.", leader and leader.is_leading),
        moment("leader_since", "Since when it leads.", leader.since if leader else None),
        gauges(
            "job_last_success_timestamp_seconds", "When each job last did what it is for.",
            [({"job": job}, int(at.timestamp())) for job, at in succeeded.items() if at is not None],
        ),
        gauges(
            "job_failing", "Whether each job's newest run ended by an error of its own.",
            [({"job": job}, int(runs[0].outcome == FAILED)) for job, runs in newest.items() if runs],
        ),
    ]  # fmt: skip


def _work(now: datetime) -> list[Metric]:
    oldest, reach = due.find_oldest(now), freshness.find_reach()
    overdue = (now - oldest).total_seconds() if oldest else 0
    return [
        gauge("overdue_purchases", "Purchases that SkinsBack should have been asked about by now.", due.count_due(now)),
        gauge("oldest_overdue_seconds", "How long the oldest of them has waited; 0 when there is none.", overdue),
        gauge("set_aside_objects", "Objects of SkinsBack that could not be used.", health.count_rejected()),
        moment("history_complete", "Up to when the copy of the history is complete.", reach.until if reach else None),
    ]


def _purchases(now: datetime) -> list[Metric]:
    statuses = (*(status.value for status in STATUSES), OTHER)
    oldest, reading, on_hold = purchases.oldest_open(), balance.latest_reading(), totals.count_on_hold()
    age = (now - oldest).total_seconds() if oldest else 0
    return [
        by_label("purchases", "Purchases by status.", "offer_status", statuses, totals.count_by_status()),
        gauge("on_hold_purchases", "Purchases on hold: delivered, and Steam can still undo them.", on_hold),
        gauge("oldest_open_seconds", "Age of the oldest open purchase; 0 when none is open.", age),
        gauge("balance_usd", "The balance as SkinsBack last told it.", reading.amount if reading else None),
        moment("balance_read", "When SkinsBack last told the balance.", reading.read_at if reading else None),
    ]


def _skinsback(now: datetime, limit: int) -> list[Metric]:
    state = freshness.find_state()
    failing_since, is_refused, answered_at = (
        (state.failing_since, state.is_stopped, state.last_success_at) if state else (None, None, None)
    )
    budget = health.find_budget(limit)
    return [
        gauge("api_requests_last_minute", "Requests to SkinsBack in the last 60 seconds.", budget.used),
        gauge("api_requests_limit", "The most requests to SkinsBack in 60 seconds.", budget.limit),
        flag("api_requests_paused", "Whether requests to SkinsBack are paused.", budget.paused_until),
        flag("skinsback_failing", "Whether SkinsBack's newest answer was a failure.", failing_since),
        flag("skinsback_refused", "Whether SkinsBack refuses our requests.", is_refused),
        moment("last_answer", "When SkinsBack last answered.", answered_at),
        flag("events_flowing", "Whether pushed events arrive.", freshness.are_events_flowing(state, now)),
    ]


def _counters() -> list[Metric]:
    kept = find_counts()
    counted = (API_REQUESTS, PUSHED_EVENTS, REFRESHED_PURCHASES, STATUS_CHANGES, DECIDED_PURCHASES)
    return [*(counter(one, kept) for one in counted), histogram(API_REQUEST_SECONDS, kept)]


def _alerts() -> list[Metric]:
    unnamed = select(func.count()).where(Alert.open_key.is_not(None), Alert.acknowledged_at.is_(None))
    opened, still_open = alerts_queries.count_causes_by_kind(), alerts_queries.count_open_by_kind()
    by_severity = [
        ({"kind": kind, "severity": severity.value}, still_open.get((kind, severity.value), 0))
        for kind in KINDS
        for severity in Severity
    ]
    return [
        counter_by_label("alerts_opened", "Alerts opened, and new causes of open ones.", "kind", KINDS, opened),
        gauges("alerts_open", "Open alerts.", by_severity),
        gauge("alerts_unacknowledged", "Open alerts that nobody has acknowledged.", db.session.scalar(unnamed)),
        gauge("alert_messages_failing", "Messages that are being tried again.", alerts_queries.undelivered()),
    ]
