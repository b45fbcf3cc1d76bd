"""What the operations page costs at ten thousand and at a million purchases.

``python -m bench.ops [--cold]``: both databases in turn, in one process, signed in, through the whole application, on
SQLite. The figure that counts is the ratio of the two medians: the page is made from totals by period, so it must not
grow with the purchases. What needs rows is measured beside it; it is loaded after the page and reads a bounded number.

Then what it costs to apply the alert rules that exist from the start, which the process that refreshes does every 15
seconds, and to try each of them on the last 30 days, which somebody waits for.
"""

import statistics
import sys
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, event, func, select

from bench.lookup import read_whole, seconds_of
from bench.population import EMAIL, PASSWORD, app_with
from dashboard.alerts.engine import evaluate_alerts
from dashboard.alerts.jobs import JOBS
from dashboard.alerts.queries import find_rules
from dashboard.alerts.replay import replay
from dashboard.db.extensions import db
from dashboard.purchases.models import Purchase
from tests.reader import Reader

SMALL, LARGE = 10_000, 1_000_000
ROUNDS = 200
WARM_UP = 20
EVALUATIONS = 40
PAGES = {
    "/ops for 30 days": "/ops?window=30d&tz=UTC",
    "/ops for 30 days, in Europe/Berlin": "/ops?window=30d&tz=Europe/Berlin",
    "/ops for 30 days, in Asia/Kathmandu": "/ops?window=30d&tz=Asia/Kathmandu",
    "/ops for 24 hours": "/ops?window=24h&tz=UTC",
    "the panel of lists": "/ops/work",
    "the panel of open alerts": "/ops/alerts/open",
    "the line of the dashboard's own health": "/ops/health/line",
    "what fails most in 24 hours": "/ops/most?window=24h",
    "what fails most in 30 days": "/ops/most?window=30d",
    "asks nothing": "/",
}
PROMISED = {"/ops for 30 days": 1.3}
SLOW = {"the panel of lists", "what fails most in 24 hours", "what fails most in 30 days"}
"""Measured less often."""


def main(*, is_cold: bool = False) -> None:
    """Print the median of each page at both sizes and their ratio."""
    apps = {size: app_with(size) for size in (SMALL, LARGE)}
    clients = {size: _client(app, is_cold=is_cold) for size, app in apps.items()}
    print(f"  SQLite; median of {ROUNDS} requests, in milliseconds{SMALL:>14,}{LARGE:>12,}")
    for name, path in PAGES.items():
        times: dict[int, list[float]] = {size: [] for size in clients}
        rounds = ROUNDS // 10 if name in SLOW else ROUNDS
        for number in range(rounds + WARM_UP):
            for size, client in clients.items():
                seconds = seconds_of(client, path)
                if number >= WARM_UP:
                    times[size].append(seconds)
        small, large = (statistics.median(times[size]) for size in (SMALL, LARGE))
        promised = f"   promised: at most × {PROMISED[name]}" if name in PROMISED else ""
        print(f"  {name:<52}{small * 1000:10.2f}{large * 1000:12.2f}   × {large / small:.2f}{promised}")
    _alerts(apps)


def _alerts(apps: Mapping[int, Flask]) -> None:
    print(f"  all first rules applied once, in milliseconds{SMALL:>31,}{LARGE:>12,}")
    times = {size: _in_context(app, _time_evaluation) for size, app in apps.items()}
    for name in ("from beginning to end", "of them on the processor", "holding the lock for writing"):
        print(f"  {name:<52}{times[SMALL][name] * 1000:10.2f}{times[LARGE][name] * 1000:12.2f}")
    print("  a rule tried on the last 30 days, in milliseconds")
    trials = {size: _in_context(app, _time_trials) for size, app in apps.items()}
    for name, seconds in trials[SMALL].items():
        print(f"  {name:<52}{seconds * 1000:10.2f}{trials[LARGE][name] * 1000:12.2f}")


def _in_context(app: Flask, measure: Callable[[datetime], dict[str, float]]) -> dict[str, float]:
    with app.app_context():
        # The databases were made some time ago; their newest purchase is what was new then.
        newest = db.session.execute(select(func.max(Purchase.date))).scalar_one()
        return measure(newest + timedelta(seconds=1))


def _time_evaluation(now: datetime) -> dict[str, float]:
    evaluate_alerts(now)
    rounds = []
    for number in range(EVALUATIONS):
        began, busy, written = time.perf_counter(), time.thread_time(), _Written()
        event.listen(db.engine, "begin", written.begin)
        event.listen(db.engine, "commit", written.end)
        evaluate_alerts(now + JOBS[0].every * number)
        rounds.append((time.perf_counter() - began, time.thread_time() - busy, written.seconds))
        event.remove(db.engine, "begin", written.begin)
        event.remove(db.engine, "commit", written.end)
    whole, on_processor, writing = ([one[column] for one in rounds] for column in range(3))
    return {
        "from beginning to end": statistics.median(whole),
        "of them on the processor": statistics.median(on_processor),
        "holding the lock for writing": max(writing),
    }


class _Written:
    """Adds up how long transactions that write have lasted."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._began: float | None = None

    def begin(self, connection: Connection) -> None:
        """Note when a transaction begins that takes the lock for writing."""
        is_writing = connection.get_execution_options().get("sqlite_begin") == "IMMEDIATE"
        self._began = time.perf_counter() if is_writing else None

    def end(self, _connection: Connection) -> None:
        """Add the time since then."""
        if self._began is not None:
            self.seconds += time.perf_counter() - self._began


def _time_trials(now: datetime) -> dict[str, float]:
    times = {}
    for rule in find_rules():
        if rule.kind.can_be_replayed:
            db.session.rollback()
            began = time.perf_counter()
            replay(rule.kind, rule.settings, now - timedelta(days=30), now)
            times[rule.name] = time.perf_counter() - began
    return times


def _client(app: Flask, *, is_cold: bool) -> FlaskClient:
    client = app.test_client()
    with app.app_context():
        Reader(client).sign_in(EMAIL, PASSWORD)
        db.session.remove()
    if not is_cold:
        read_whole(app)
    return client


if __name__ == "__main__":
    main(is_cold="--cold" in sys.argv)
