"""The whole dashboard in one process and in travelled time: jobs, pages, a simulated SkinsBack, and who is told.

Everything is the real thing but for what would wait: APScheduler's clock, time-outs, pauses and locks. Those pass on
the clock of ``lapse``, as long as they would take, and a hundredth of a second or so of real time. An answer that is
slow is asked for when it would have come. Jobs do not work at the same moment, but each goes on while others wait.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from json import loads
from typing import Any
from unittest import mock

from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext, make_url

from bench.lapse import Activity, Lapse, LapsedEvent
from bench.shop import Shop
from dashboard.accounts import store as accounts
from dashboard.db import database, lease_store
from dashboard.db.extensions import db
from dashboard.factory import create_app
from dashboard.jobs import scheduler
from dashboard.jobs.plan import Lead, PlannedJob, plan_of
from dashboard.jobs.scheduler import Leader
from dashboard.simulator import Simulator
from dashboard.skinsback.client import SkinsBackClient
from dashboard.sync import due

EMAIL, PASSWORD = "bench@example.com", "bench-password"
SILENCE = 0.03
"""In real seconds: how long an answer is waited for that will not come in time."""
LOCK_IS_WAITED_FOR = database.BUSY_TIMEOUT_MS / 1000


class Wire:
    """The way to SkinsBack, and how many travelled seconds an answer takes on it."""

    def __init__(self, lapse: Lapse, skinsback: Simulator) -> None:
        self._lapse = lapse
        self._skinsback = skinsback
        self.latency = 0.0

    def take(self, seconds: float) -> None:
        """Let every answer take so long from now on."""
        self.latency = seconds
        # The simulator itself only has to be later than the client waits for really.
        self._skinsback.set_faults(latency=3 * SILENCE if seconds > 0 else None)

    def post(self) -> Callable[..., bytes]:
        """Return what stands in for the client's own way to send a request, which it then takes."""
        lapse, own = self._lapse, SkinsBackClient._post

        def post(client: SkinsBackClient, method: str, parameters: dict[str, Any]) -> bytes:
            longest = client.patience.read_timeout
            lapse.sleep(min(self.latency, longest))
            client.patience = replace(client.patience, read_timeout=SILENCE if self.latency > longest else longest)
            try:
                return own(client, method, parameters)
            finally:
                client.patience = replace(client.patience, read_timeout=longest)

        return post


class AtOnce:
    """Stands in for the threads of a job: what is handed in is done before it goes on."""

    def __init__(self, _workers: int) -> None:
        pass

    def submit(self, work: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Do it; return what came of it."""
        future: Future[Any] = Future()
        try:
            future.set_result(work(*arguments))
        except Exception as error:
            future.set_exception(error)
        return future

    def shutdown(self, **_options: bool) -> None:
        """Nothing is left to be done."""


class LapsedLeader(Leader):
    """Leads as the real one does; its jobs are activities, at the moments at which APScheduler would run them."""

    def __init__(self, jobs: "Jobs", app: Flask, holder: str, fence: database.Fence) -> None:
        super().__init__(app, holder, fence)
        self._jobs = jobs
        self._stop: LapsedEvent = LapsedEvent(jobs.lapse)
        self._lead = Lead(app, fence, self._stop, self.run_soon)
        self.works = {job.name: job.work_under(self._lead) for job in self._plan.jobs}
        self._turns = {job.name: object() for job in self._plan.jobs}

    def start(self) -> None:
        for job in self._plan.jobs:
            self._jobs.start(job.name, partial(self._work, job))

    def run_soon(self, name: str) -> None:
        self._jobs.lapse.wake(self._turns[name])

    def end(self) -> bool:
        self._stop.set()
        for turn in self._turns.values():
            self._jobs.lapse.wake(turn)
        waited = 0.0
        while self._running and waited < scheduler.JOBS_END_WITHIN:
            self._jobs.lapse.sleep(0.1)
            waited += 0.1
        return not self._running

    def _work(self, job: PlannedJob) -> None:
        lapse, turn = self._jobs.lapse, self._turns[job.name]
        next_run = lapse.now + job.first_run_after.total_seconds()
        while True:
            lapse.sleep(next_run - lapse.now, turn)
            if self._stop.is_set():
                return
            self.run_job(job.name, self.works[job.name])
            every = max(job.every.total_seconds(), self._jobs.least_every)
            missed = max(0.0, lapse.now - next_run) // every
            next_run += every * (1 + missed)


class Jobs:
    """The process of the background jobs, which can be killed and started again."""

    def __init__(self, lapse: Lapse, app: Flask) -> None:
        self.lapse = lapse
        self.least_every = 0.0
        """In seconds: no job runs more often than this. Set where nothing is to be seen for long."""
        self._app = app
        self._activities: list[Activity] = []

    def start(self, name: str, work: Callable[[], None]) -> None:
        """Let something begin in this process."""
        self._activities.append(self.lapse.start(name, work))

    def begin(self) -> None:
        """Start the process."""
        self.start("scheduler", self._lead_or_stand_by)

    def kill(self) -> None:
        """End it as ``kill -9`` does."""
        for activity in self._activities:
            if not activity.is_over:
                self.lapse.kill(activity)
        self._activities.clear()

    def _lead_or_stand_by(self) -> None:
        holder = lease_store.new_holder()
        with self._app.app_context():
            while not scheduler._prepare(plan_of(self._app)):
                self.lapse.sleep(lease_store.RENEWED_EVERY)
            while True:
                fence = scheduler._look_at_lease(holder)
                if fence is None:
                    self.lapse.sleep(lease_store.RENEWED_EVERY)
                    continue
                with mock.patch.object(scheduler, "Leader", partial(LapsedLeader, self)):
                    scheduler._lead(self._app, holder, fence, LapsedEvent(self.lapse))


class Receiver:
    """Whoever is told of alerts: keeps each message with the moment at which it came."""

    def __init__(self, lapse: Lapse) -> None:
        self.messages: list[tuple[float, dict[str, Any]]] = []
        received = self.messages

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                received.append((lapse.now, loads(body)))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                """Stay silent."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/messages"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class LapsedHouse:
    """A dashboard on an empty, migrated database. Use ``open_house``."""

    def __init__(self, lapse: Lapse, skinsback: Simulator, receiver: Receiver, app: Flask) -> None:
        self.lapse = lapse
        self.skinsback = skinsback
        self.messages = receiver.messages
        self.app = app
        self.wire = Wire(lapse, skinsback)
        self.jobs = Jobs(lapse, app)

    @contextmanager
    def locked_database(self) -> Iterator[None]:
        """Keep the SQLite file from being written, as a forgotten program does."""
        file = make_url(self.app.config["DATABASE_URL"]).database
        with closing(sqlite3.connect(str(file), isolation_level=None)) as connection:
            # Closing it lets go.
            connection.execute("BEGIN IMMEDIATE")
            yield

    def wait_for_lock(self, context: ExceptionContext) -> None:
        """Let as much time pass as a writer waits before it gives up."""
        driver: Any = context.connection.connection.driver_connection if context.connection else None
        is_patient = driver is not None and driver.execute("PRAGMA busy_timeout").fetchone()[0] > 0
        if is_patient and database.is_busy(context.sqlalchemy_exception or context.original_exception):
            self.lapse.sleep(LOCK_IS_WAITED_FOR)


@contextmanager
def open_house(lapse: Lapse, database_url: str, *, seed: int = 1, purchases: int = 0) -> Iterator[LapsedHouse]:
    """Yield a dashboard whose jobs have not begun yet. Without ``purchases`` ``bench.shop`` makes them."""
    with ExitStack() as stack:
        patch = mock.patch.object
        stack.enter_context(patch(database, "BUSY_TIMEOUT_MS", 20))
        stack.enter_context(patch(due, "ThreadPoolExecutor", AtOnce))
        stack.enter_context(patch(due, "AT_ONCE", 1))
        skinsback = stack.enter_context(Simulator(purchases=purchases, seed=seed))
        receiver = stack.enter_context(closing(Receiver(lapse)))
        app = create_app(
            {
                "DATABASE_URL": database_url,
                "SECRET_KEY": "bench-only-bench-only-bench-only",
                "SKINSBACK_API_URL": skinsback.api_url,
                "SKINSBACK_WEBSOCKET_URL": "",
                "SKINSBACK_CLIENT_ID": skinsback.client_id,
                "SKINSBACK_CLIENT_SECRET": skinsback.client_secret,
                "ALERT_WEBHOOK_URL": receiver.url,
                "LOG_LEVEL": "ERROR",
            }
        )
        house = LapsedHouse(lapse, skinsback, receiver, app)
        stack.enter_context(patch(SkinsBackClient, "_post", house.wire.post()))
        with app.app_context():
            event.listen(db.engine, "handle_error", house.wait_for_lock)
            accounts.create_user(EMAIL, PASSWORD, "admin")
            stack.callback(db.engine.dispose)
        if not purchases:
            shop = Shop(lapse, skinsback)
            shop.fill()
            lapse.start("shop", shop.go_on)
        yield house
        house.jobs.kill()
