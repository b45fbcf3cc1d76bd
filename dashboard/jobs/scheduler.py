"""The process of the background jobs: one leads, the others stand by, all of them end cleanly at SIGTERM.

APScheduler only calls the jobs; each is a function that also runs from the command line.
"""

import logging
import os
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from dashboard.alerts.delivery import deliver_alerts
from dashboard.alerts.engine import evaluate_alerts
from dashboard.db import lease
from dashboard.db.database import Fence, LeadLost, is_unavailable
from dashboard.finance.findings import store as findings
from dashboard.finance.monthly.jobs import send_due_reports
from dashboard.jobs.runs import RUNNING, record_run
from dashboard.jobs.tidy import tidy_up
from dashboard.lib import trace
from dashboard.sync import api_state as skinsback_state
from dashboard.sync import pushed_events
from dashboard.sync.balance import read_balance
from dashboard.sync.batch_size import BatchSize
from dashboard.sync.connection import Stopped, client_for_jobs, is_connected
from dashboard.sync.due import Refreshed, refresh_due
from dashboard.sync.import_run import Overlap, import_recent

logger = logging.getLogger(__name__)

LONGEST_WALK = 45.0
"""In seconds. A walk through the history with more to do stops here and goes on at the next run."""

RENEWALS_THAT_MAY_FAIL = 3

JOBS_END_WITHIN = 4.0
"""In seconds after SIGTERM. Whatever still waits for the network then is left behind; all it did is committed."""

EVERY = {
    "import": timedelta(seconds=15),
    "refresh": timedelta(seconds=1),
    "balance": timedelta(minutes=1),
    "alerts": timedelta(seconds=15),
    "messages": timedelta(seconds=15),
    "reports": timedelta(minutes=10),
    "findings": timedelta(minutes=5),
    "tidy": timedelta(hours=1),
}

FIRST_RUN_AFTER = {"findings": timedelta(seconds=20)}
"""What a new leader does not do at once: it looks at every purchase, and what is current and complete comes first."""

Work = Callable[[Callable[[str], None]], tuple[str, bool]]
"""A job: takes a function that notes how far it is; returns what it did, and whether that was anything."""


def run(app: Flask) -> None:
    """Lead or stand by until SIGTERM or SIGINT. Must be called in the main thread."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    # APScheduler tells of every single run; what matters of them stands in the log of runs.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    holder = lease.new_holder()
    with app.app_context():
        if not is_connected():
            logger.warning("No SkinsBack credentials are set (SKINSBACK_CLIENT_ID), so nothing can be refreshed.")
        has_resumed = False
        is_idle = True
        while not stop.is_set():
            has_resumed = has_resumed or _resume()
            fence = _look_at_lease(holder) if has_resumed else None
            if fence is None:
                stop.wait(lease.RENEWED_EVERY)
                continue
            logger.info("This process leads the background jobs (epoch %s).", fence.epoch)
            is_idle = _lead(app, holder, fence, stop)
        _give_up(holder)
    if not is_idle:
        # A thread still waits for the network and would keep the process for as long; it is safe to be killed anywhere.
        logger.info("Ending without an answer that is still on its way.")
        logging.shutdown()
        os._exit(0)


def _look_at_lease(holder: str) -> Fence | None:
    try:
        return lease.take_or_renew(holder)
    except SQLAlchemyError as error:
        logger.warning("The database that says who leads does not answer: %s", type(error).__name__)
        return None


def _resume() -> bool:
    """A restart by hand ends a refusal; a mere change of the lead does not. False when the database does not answer."""
    try:
        skinsback_state.resume()
    except SQLAlchemyError as error:
        logger.warning("The database cannot be used (%s); is it migrated?", type(error).__name__)
        return False
    return True


def _give_up(holder: str) -> None:
    try:
        lease.give_up(holder)
    except SQLAlchemyError:
        logger.warning("The lead could not be given up; it runs out by itself.")


def _lead(app: Flask, holder: str, fence: Fence, stop: Event) -> bool:
    """Run the jobs as long as the lead lasts; return whether all of them have ended."""
    leader = Leader(app, holder, fence)
    leader.start()
    failures = 0
    while not stop.wait(lease.RENEWED_EVERY):
        try:
            renewed = lease.take_or_renew(holder)
            failures = 0
        except SQLAlchemyError:
            # The lead lasts through a short silence of the database; the fence guards every write meanwhile.
            failures += 1
            renewed = fence if failures <= RENEWALS_THAT_MAY_FAIL else None
        if renewed != fence:
            logger.warning("The lead has passed on, or could not be renewed; the jobs of this process end.")
            break
    return leader.end()


class PartlyFailed(Exception):
    """A job did what it could, and something of it failed. The text says what, and the log has said why."""


class Leader:
    """The jobs of a leading process, and the websocket that it holds open."""

    def __init__(self, app: Flask, holder: str, fence: Fence) -> None:
        self._app = app
        self._holder = holder
        self._fence = fence
        self._stop = Event()
        self._running: set[str] = set()
        self._batch_size = BatchSize(app.config["SKINSBACK_BATCH_SIZE"])
        self._overlap = Overlap()
        self._scheduler = BackgroundScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        self._inbox = pushed_events.Inbox(app, on_written=self.refresh_soon)

    def start(self) -> None:
        """Start APScheduler with every job, nearly all of them due at once, and open the websocket."""
        now = datetime.now(UTC)
        for name, every in EVERY.items():
            self._scheduler.add_job(
                self.run_job, "interval", id=name, args=(name, self.work_of(name)), seconds=every.total_seconds(),
                next_run_time=now + FIRST_RUN_AFTER.get(name, timedelta(0)),
            )  # fmt: skip
        self._scheduler.start()
        Thread(
            target=pushed_events.hold_websocket,
            args=(self._app, self._inbox, self._stop),
            name="websocket",
            daemon=True,
        ).start()

    def work_of(self, name: str) -> Work:
        """Return what a job of EVERY does."""
        works = {
            "import": self._import,
            "refresh": self._refresh,
            "balance": self._balance,
            "alerts": self._alerts,
            "messages": self._messages,
            "reports": self._reports,
            "findings": self._findings,
            "tidy": self._tidy,
        }
        return works[name]

    def refresh_soon(self) -> None:
        """Let the refresh job run now rather than at its next turn; while it runs it sees for itself what is due."""
        if not self._stop.is_set():
            self._scheduler.modify_job("refresh", next_run_time=datetime.now(UTC))

    def end(self) -> bool:
        """Tell the jobs to stop; return whether they all did within JOBS_END_WITHIN."""
        self._stop.set()
        self._scheduler.shutdown(wait=False)
        self._inbox.end()
        give_up_at = time.monotonic() + JOBS_END_WITHIN
        while self._running and time.monotonic() < give_up_at:
            time.sleep(0.02)
        return not self._running

    def run_job(self, name: str, work: Work) -> None:
        """Run one job and note what came of it. Nothing that goes wrong in it stops the others."""
        started_at = datetime.now(UTC)
        self._running.add(name)
        try:
            with self._app.app_context(), trace.scope():
                self._run(name, work, started_at)
        finally:
            self._running.discard(name)

    def _run(self, name: str, work: Work, started_at: datetime) -> None:
        try:
            detail, did_something = work(
                lambda so_far: self._note(name, started_at, RUNNING, so_far, did_something=True)
            )
            self._note(name, started_at, "done", detail, did_something=did_something)
        except LeadLost:
            logger.warning("The job %s stopped, because the lead has passed on.", name)
        except SQLAlchemyError as error:
            # While the database is away this happens every second, and a traceback each time would drown the log.
            logger.warning("The job %s failed: %s", name, error, exc_info=not is_unavailable(error))
            self._note_failure(name, started_at, type(error).__name__)
        except PartlyFailed as error:
            self._note_failure(name, started_at, str(error))
        except Exception as error:
            logger.exception("The job %s failed.", name)
            self._note_failure(name, started_at, type(error).__name__)

    def _note(self, name: str, started_at: datetime, outcome: str, detail: str, *, did_something: bool) -> None:
        record_run(name, self._holder, started_at, outcome, detail, did_something=did_something, fence=self._fence)

    def _note_failure(self, name: str, started_at: datetime, detail: str) -> None:
        try:
            self._note(name, started_at, "failed", detail, did_something=False)
        except (SQLAlchemyError, LeadLost):
            logger.warning("The failure of the job %s could not be noted.", name)

    def _refresh(self, note: Callable[[str], None]) -> tuple[str, bool]:
        def on_progress(so_far: Refreshed) -> None:
            note(str(so_far))

        done = refresh_due(self._batch_size, fence=self._fence, stop=self._stop, on_progress=on_progress)
        return str(done), done.asked > 0

    def _import(self, _note: Callable[[str], None]) -> tuple[str, bool]:
        now = datetime.now(UTC)
        overlap = self._overlap.choose(now)
        done = import_recent(fence=self._fence, stop=self._stop, at_most_seconds=LONGEST_WALK, overlap=overlap)
        if not done.problem:
            self._overlap.is_done(overlap, now)
        return str(done), done.pages > 0

    def _balance(self, _note: Callable[[str], None]) -> tuple[str, bool]:
        problem = (
            skinsback_state.reason_to_wait() if is_connected() else "not connected: no SkinsBack credentials are set"
        )
        if problem:
            return problem, False
        try:
            done = read_balance(client_for_jobs(self._stop), fence=self._fence)
        except Stopped:
            return "stopped", False
        return str(done), done.amount is not None

    def _findings(self, _note: Callable[[str], None]) -> tuple[str, bool]:
        tolerance = self._app.config["FINANCE_PRICE_TOLERANCE"]
        done = findings.check(tolerance, fence=self._fence, should_stop=self._stop.is_set)
        return str(done), done.found + done.corrected > 0

    def _tidy(self, _note: Callable[[str], None]) -> tuple[str, bool]:
        rows = tidy_up(self._fence)
        return f"{rows} rows deleted", rows > 0

    def _alerts(self, _note: Callable[[str], None]) -> tuple[str, bool]:
        done = evaluate_alerts(datetime.now(UTC), fence=self._fence)
        if done.failed:
            raise PartlyFailed(str(done))
        return str(done), done.did_something

    def _messages(self, _note: Callable[[str], None]) -> tuple[str, bool]:
        done = deliver_alerts(datetime.now(UTC), fence=self._fence)
        return str(done), done.did_something

    def _reports(self, _note: Callable[[str], None]) -> tuple[str, bool]:
        done = send_due_reports(datetime.now(UTC), fence=self._fence)
        return str(done), done.did_something
