"""The job that looks for what looks wrong."""

from collections.abc import Callable
from datetime import timedelta

from dashboard.finance.findings import store
from dashboard.finance.findings.rules import CHECKED_EVERY
from dashboard.jobs.plan import Lead, PlannedJob, Work
from dashboard.jobs.results import JobResult


def _findings(lead: Lead) -> Work:
    tolerance = lead.app.config["FINANCE_PRICE_TOLERANCE"]

    def work(_note: Callable[[JobResult], None]) -> JobResult:
        done = store.check(tolerance, fence=lead.fence, should_stop=lead.stop.is_set)
        return JobResult(str(done), done.found + done.corrected > 0)

    return work


# A new leader does not begin with it: it looks at every purchase, and what is current and complete comes first.
JOBS = (
    PlannedJob(
        "findings", "Look for what looks wrong", CHECKED_EVERY, _findings, first_run_after=timedelta(seconds=20)
    ),
)
