"""The process of the background jobs: one leads, the others stand by, all of them end cleanly at SIGTERM.

APScheduler only calls the jobs; each is a function that also runs from the command line.
"""

import logging
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from threading import Event

from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from dashboard.db import lease_store
from dashboard.db.database import Fence, LeadLost, is_unavailable
from dashboard.jobs.plan import Lead, PartlyFailed, Plan, Work, plan_of
from dashboard.jobs.results import FAILED, RUNNING, JobResult
from dashboard.jobs.run_store import record_run
from dashboard.lib import trace

logger = logging.getLogger(__name__)

RENEWALS_THAT_MAY_FAIL = 3

JOBS_END_WITHIN = 4.0
"""In seconds after SIGTERM. Whatever still waits for the network then is left behind; all it did is committed."""


def run(app: Flask) -> None:
    """Lead or stand by until SIGTERM or SIGINT. Must be called in the main thread.

    A thread may still wait for the network when this has returned, which is safe to be killed anywhere.
    """
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    # APScheduler tells of every single run; what matters of them stands in the log of runs.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    holder = lease_store.new_holder()
    with app.app_context():
        is_prepared = False
        is_idle = True
        while not stop.is_set():
            is_prepared = is_prepared or _prepare(plan_of(app))
            fence = _look_at_lease(holder) if is_prepared else None
            if fence is None:
                stop.wait(lease_store.RENEWED_EVERY)
                continue
            logger.info("This process leads the background jobs (epoch %s).", fence.epoch)
            is_idle = _lead(app, holder, fence, stop)
        _give_up(holder)
    if not is_idle:
        logger.info("Ending without an answer that is still on its way.")


def _look_at_lease(holder: str) -> Fence | None:
    try:
        return lease_store.take_or_renew(holder)
    except SQLAlchemyError as error:
        logger.warning("The database that says who leads does not answer: %s", type(error).__name__)
        return None


def _prepare(plan: Plan) -> bool:
    """False when the database does not answer."""
    try:
        plan.before_leading()
    except SQLAlchemyError as error:
        logger.warning("The database cannot be used (%s); is it migrated?", type(error).__name__)
        return False
    return True


def _give_up(holder: str) -> None:
    try:
        lease_store.give_up(holder)
    except SQLAlchemyError:
        logger.warning("The lead could not be given up; it runs out by itself.")


def _lead(app: Flask, holder: str, fence: Fence, stop: Event) -> bool:
    """Run the jobs as long as the lead lasts; return whether all of them have ended."""
    leader = Leader(app, holder, fence)
    leader.start()
    failures = 0
    while not stop.wait(lease_store.RENEWED_EVERY):
        try:
            renewed = lease_store.take_or_renew(holder)
            failures = 0
        except SQLAlchemyError:
            # The lead lasts through a short silence of the database; the fence guards every write meanwhile.
            failures += 1
            renewed = fence if failures <= RENEWALS_THAT_MAY_FAIL else None
        if renewed != fence:
            logger.warning("The lead has passed on, or could not be renewed; the jobs of this process end.")
            break
    return leader.end()


class Leader:
    def __init__(self, app: Flask, holder: str, fence: Fence) -> None:
        self._app = app
        self._holder = holder
        self._fence = fence
        self._stop = Event()
        self._running: set[str] = set()
        self._plan = plan_of(app)
        self._lead = Lead(app, fence, self._stop, self.run_soon)
        self.works = {job.name: job.work_under(self._lead) for job in self._plan.jobs}
        self._scheduler = BackgroundScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        self._end_beside: Callable[[], None] = lambda: None

    def start(self) -> None:
        now = datetime.now(UTC)
        for job in self._plan.jobs:
            self._scheduler.add_job(
                self.run_job, "interval", id=job.name, args=(job.name, self.works[job.name]),
                seconds=job.every.total_seconds(), next_run_time=now + job.first_run_after,
            )  # fmt: skip
        self._scheduler.start()
        self._end_beside = self._plan.beside(self._lead)

    def run_soon(self, name: str) -> None:
        """Let a job run now rather than at its next turn; one that is running sees for itself what there is to do."""
        if not self._stop.is_set():
            self._scheduler.modify_job(name, next_run_time=datetime.now(UTC))

    def end(self) -> bool:
        """Tell the jobs to stop; return whether they all did within JOBS_END_WITHIN."""
        self._stop.set()
        self._scheduler.shutdown(wait=False)
        self._end_beside()
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
        note = partial(record_run, name, self._holder, started_at, fence=self._fence)
        try:
            result = work(lambda so_far: note(RUNNING, so_far))
            note(result.outcome, result)
        except LeadLost:
            logger.warning("The job %s stopped, because the lead has passed on.", name)
            return
        except SQLAlchemyError as error:
            # While the database is away this happens every second, and a traceback each time would drown the log.
            logger.warning("The job %s failed: %s", name, error, exc_info=not is_unavailable(error))
            failure = type(error).__name__
        except PartlyFailed as error:
            failure = str(error)
        except Exception as error:
            logger.exception("The job %s failed.", name)
            failure = type(error).__name__
        else:
            return
        try:
            note(FAILED, JobResult(failure, did_something=False))
        except (SQLAlchemyError, LeadLost):
            logger.warning("The failure of the job %s could not be noted.", name)
