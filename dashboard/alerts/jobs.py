"""The jobs of alerts: apply the rules, send the messages."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from dashboard.alerts.delivery import deliver_alerts, escalate_alerts
from dashboard.alerts.engine import evaluate_alerts
from dashboard.jobs.plan import Lead, PartlyFailed, PlannedJob, Work
from dashboard.jobs.results import JobResult
from dashboard.sync.cause_queries import find_causes


def _rules(lead: Lead) -> Work:
    def work(_note: Callable[[JobResult], None]) -> JobResult:
        now = datetime.now(UTC)
        done = evaluate_alerts(now, find_causes(now), fence=lead.fence)
        if done.told:
            lead.run_soon("messages")
        if done.failed:
            raise PartlyFailed(str(done))
        return JobResult(str(done), done.did_something)

    return work


def _messages(lead: Lead) -> Work:
    def work(_note: Callable[[JobResult], None]) -> JobResult:
        escalate_alerts(datetime.now(UTC), fence=lead.fence)
        done = deliver_alerts(datetime.now(UTC), fence=lead.fence)
        return JobResult(str(done), done.did_something)

    return work


JOBS = (
    PlannedJob("alerts", "Apply alert rules", timedelta(seconds=10), _rules),
    PlannedJob("messages", "Send messages", timedelta(seconds=15), _messages),
)
