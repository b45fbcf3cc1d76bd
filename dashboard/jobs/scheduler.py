"""The process of the background jobs: one leads, the others stand by, all of them end cleanly at SIGTERM.

APScheduler only calls the jobs; each is a function that also runs from the command line.
"""

import logging
import signal
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event

from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from dashboard import findings, skinsback_state
from dashboard.database import Fence, LeadLost
from dashboard.history_import import import_recent
from dashboard.jobs import lease
from dashboard.jobs.runs import record_run
from dashboard.jobs.tidy import tidy_up
from dashboard.refresh_due import refresh_due

logger = logging.getLogger(__name__)

LONGEST_RUN = 45.0
"""In seconds. A run with more to do stops here and is called again, so that the log shows that it lives."""

RENEWALS_THAT_MAY_FAIL = 3

EVERY = {
    "refresh": timedelta(seconds=2),
    "import": timedelta(minutes=1),
    "findings": timedelta(minutes=5),
    "tidy": timedelta(hours=1),
}


def run(app: Flask) -> None:
    """Lead or stand by until SIGTERM or SIGINT. Must be called in the main thread."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    # APScheduler tells of every single run; what matters of them stands in the log of runs.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    holder = lease.new_holder()
    with app.app_context():
        _resume()
        while not stop.is_set():
            fence = _look_at_lease(holder)
            if fence is None:
                stop.wait(lease.RENEWED_EVERY)
                continue
            logger.info("This process leads the background jobs (epoch %s).", fence.epoch)
            _lead(app, holder, fence, stop)
        _give_up(holder)


def _look_at_lease(holder: str) -> Fence | None:
    try:
        return lease.take_or_renew(holder)
    except SQLAlchemyError as error:
        logger.warning("The database that says who leads does not answer: %s", type(error).__name__)
        return None


def _resume() -> None:
    """A restart by hand ends a refusal; a mere change of the lead does not."""
    try:
        skinsback_state.resume()
    except SQLAlchemyError:
        logger.warning("Whether SkinsBack refuses us could not be reset.")


def _give_up(holder: str) -> None:
    try:
        lease.give_up(holder)
    except SQLAlchemyError:
        logger.warning("The lead could not be given up; it runs out by itself.")


def _lead(app: Flask, holder: str, fence: Fence, stop: Event) -> None:
    """Run the jobs as long as the lead lasts."""
    ended = Event()
    leader = Leader(app, holder, fence, lambda: stop.is_set() or ended.is_set())
    scheduler = leader.start()
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
    ended.set()
    scheduler.shutdown(wait=True)


class Leader:
    """The jobs of a leading process."""

    def __init__(self, app: Flask, holder: str, fence: Fence, should_stop: Callable[[], bool]) -> None:
        self._app = app
        self._holder = holder
        self._fence = fence
        self._should_stop = should_stop

    def start(self) -> BackgroundScheduler:
        """Start APScheduler with every job, each of them due at once."""
        scheduler = BackgroundScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        now = datetime.now(UTC)
        jobs = {"import": self._import, "refresh": self._refresh, "findings": self._findings, "tidy": self._tidy}
        for name, work in jobs.items():
            scheduler.add_job(
                self.run_job, "interval", args=(name, work), seconds=EVERY[name].total_seconds(), next_run_time=now
            )
        scheduler.start()
        return scheduler

    def run_job(self, name: str, work: Callable[[], tuple[str, bool]]) -> None:
        """Run one job and note what came of it. Nothing that goes wrong in it stops the others."""
        started_at = datetime.now(UTC)
        with self._app.app_context():
            try:
                detail, did_something = work()
                self._note(name, started_at, "done", detail, did_something=did_something)
            except LeadLost:
                logger.warning("The job %s stopped, because the lead has passed on.", name)
            except Exception as error:
                logger.exception("The job %s failed.", name)
                self._note_failure(name, started_at, f"{type(error).__name__}")

    def _note(self, name: str, started_at: datetime, outcome: str, detail: str, *, did_something: bool) -> None:
        record_run(name, self._holder, started_at, outcome, detail, did_something=did_something, fence=self._fence)

    def _note_failure(self, name: str, started_at: datetime, detail: str) -> None:
        try:
            self._note(name, started_at, "failed", detail, did_something=False)
        except (SQLAlchemyError, LeadLost):
            logger.warning("The failure of the job %s could not be noted.", name)

    def _refresh(self) -> tuple[str, bool]:
        done = refresh_due(
            self._app.config["SKINSBACK_BATCH_SIZE"],
            fence=self._fence,
            should_stop=self._should_stop,
            at_most_seconds=LONGEST_RUN,
        )
        return str(done), done.asked > 0

    def _import(self) -> tuple[str, bool]:
        done = import_recent(fence=self._fence, should_stop=self._should_stop, at_most_seconds=LONGEST_RUN)
        return str(done), done.pages > 0

    def _findings(self) -> tuple[str, bool]:
        tolerance = self._app.config["FINANCE_PRICE_TOLERANCE"]
        done = findings.check(tolerance, fence=self._fence, should_stop=self._should_stop)
        return str(done), done.found + done.corrected > 0

    def _tidy(self) -> tuple[str, bool]:
        rows = tidy_up(self._fence)
        return f"{rows} rows deleted", rows > 0
