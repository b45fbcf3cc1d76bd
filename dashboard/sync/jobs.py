"""The jobs that keep the copy true: refresh, import and the balance; and the websocket that runs beside them."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from threading import Thread

from dashboard.db.database import Fence
from dashboard.jobs.plan import Lead, PlannedJob, Work
from dashboard.jobs.results import JobResult
from dashboard.lib.formatting import usd
from dashboard.skinsback.client import SkinsBackClient
from dashboard.skinsback.errors import SkinsBackError
from dashboard.sync import due, import_run, pushed_events
from dashboard.sync import freshness_queries as freshness
from dashboard.sync import state_store as skinsback_state
from dashboard.sync.balance_store import SCHEDULE, record_balance
from dashboard.sync.connection import NO_CREDENTIALS, Stopped, client_for_jobs, is_connected
from dashboard.sync.due import Refreshed, refresh_due
from dashboard.sync.import_run import Overlap, import_recent
from dashboard.sync.limits import BatchSize

logger = logging.getLogger(__name__)

LONGEST_IMPORT = 45.0
"""In seconds. An import with more to do stops here and goes on at the next run."""

STILL_FAILING = "nothing is due, and SkinsBack has not answered again yet"


def prepare_to_lead() -> None:
    """After a refusal of SkinsBack, ask again at once: whoever starts the jobs by hand may have mended its cause."""
    if not is_connected():
        logger.warning("No SkinsBack credentials are set (SKINSBACK_CLIENT_ID), so nothing can be refreshed.")
    skinsback_state.probe_soon()


def follow_events(lead: Lead) -> Callable[[], None]:
    """Hold the websocket open and write what it pushes; return what ends it."""
    inbox = pushed_events.Inbox(lead.app, on_written=lambda: lead.run_soon("refresh"))
    Thread(
        target=pushed_events.hold_websocket, args=(lead.app, inbox, lead.stop), name="websocket", daemon=True
    ).start()
    return inbox.end


def _refresh(lead: Lead) -> Work:
    batch_size = BatchSize(lead.app.config["SKINSBACK_BATCH_SIZE"])

    def work(note: Callable[[JobResult], None]) -> JobResult:
        done = refresh_due(
            batch_size, fence=lead.fence, stop=lead.stop, on_progress=lambda so_far: note(_of_refresh(so_far))
        )
        if not done.problem and not done.asked and freshness.is_failing():
            # Nothing was due, and nothing shows that SkinsBack answers again: that is no success.
            done.problem = STILL_FAILING
        return _of_refresh(done)

    return work


def _of_refresh(done: Refreshed) -> JobResult:
    return JobResult(
        str(done), done.sent > 0, done.problem, done.sent, done.asked, done.changed, done.problem == due.STOPPED
    )


def _import(lead: Lead) -> Work:
    overlaps = Overlap()

    def work(_note: Callable[[JobResult], None]) -> JobResult:
        now = datetime.now(UTC)
        overlap = overlaps.choose(now)
        done = import_recent(fence=lead.fence, stop=lead.stop, at_most_seconds=LONGEST_IMPORT, overlap=overlap)
        if not done.problem:
            overlaps.is_done(overlap, now)
        # An import with much to do gets on page by page, and is no failure as long as pages come.
        is_stopped = done.problem == import_run.STOPPED
        problem = "" if is_stopped and done.answered else done.problem
        asked = done.answered + done.unanswered
        return JobResult(
            str(done), asked > 0, problem, asked, done.answered, done.stored, is_stopped and not done.answered
        )

    return work


def read_balance(client: SkinsBackClient, *, fence: Fence | None = None) -> Decimal:
    """Ask SkinsBack for the balance, keep and return it in USD. Raises SkinsBackError and LeadLost."""
    amount = client.get_balance()
    # Not when it was asked for: that may have waited for the request budget, while the balance changed.
    record_balance(amount, datetime.now(UTC), SCHEDULE, fence=fence)
    return amount


def _balance(lead: Lead) -> Work:
    def work(_note: Callable[[JobResult], None]) -> JobResult:
        problem = freshness.reason_to_wait() if is_connected() else NO_CREDENTIALS
        if problem:
            return JobResult(problem, did_something=False, problem=problem)
        try:
            amount = read_balance(client_for_jobs(lead.stop), fence=lead.fence)
        except Stopped:
            return JobResult("stopped", did_something=False, is_stopped=True)
        except SkinsBackError as error:
            return JobResult(error.sentence, problem=error.sentence, asked=1)
        return JobResult(f"balance {usd(amount)}", asked=1, answered=1, stored=1)

    return work


JOBS = (
    PlannedJob("import", "Import new purchases", timedelta(seconds=15), _import),
    PlannedJob("refresh", "Refresh statuses", timedelta(seconds=1), _refresh),
    PlannedJob("balance", "Read the balance", timedelta(minutes=1), _balance),
)
