"""The job that sends the monthly reports that are due."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from dashboard.finance.monthly.sending import send_due_reports
from dashboard.jobs.plan import Lead, PlannedJob, Work
from dashboard.jobs.results import JobResult


def _reports(lead: Lead) -> Work:
    def work(_note: Callable[[JobResult], None]) -> JobResult:
        done = send_due_reports(datetime.now(UTC), fence=lead.fence)
        return JobResult(str(done), done.did_something)

    return work


JOBS = (PlannedJob("reports", "Send the monthly report", timedelta(minutes=10), _reports),)
