"""The jobs of alerts: apply the rules, send the messages."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from dashboard.alerts.delivery import deliver_alerts
from dashboard.alerts.engine import evaluate_alerts
from dashboard.jobs.plan import Lead, PartlyFailed, PlannedJob, Work
from dashboard.jobs.results import JobResult


def _rules(lead: Lead) -> Work:
    def work(_note: Callable[[JobResult], None]) -> JobResult:
        done = evaluate_alerts(datetime.now(UTC), fence=lead.fence)
        if done.failed:
            raise PartlyFailed(str(done))
        return JobResult(str(done), done.did_something)

    return work


def _messages(lead: Lead) -> Work:
    def work(_note: Callable[[JobResult], None]) -> JobResult:
        done = deliver_alerts(datetime.now(UTC), fence=lead.fence)
        return JobResult(str(done), done.did_something)

    return work


JOBS = (
    PlannedJob("alerts", "Apply alert rules", timedelta(seconds=15), _rules),
    PlannedJob("messages", "Send messages", timedelta(seconds=15), _messages),
)
