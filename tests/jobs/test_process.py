"""The scheduler as a real process: it leads, stands by, takes over, and ends when it is told to."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from dashboard.db import lease_store as lease
from dashboard.db.database import writing
from dashboard.db.extensions import db
from dashboard.db.models import Lease
from dashboard.jobs import scheduler
from dashboard.purchases import queries as purchases
from dashboard.simulator import Simulator
from tests.purchases.samples import store_purchase

ROOT = Path(__file__).parent.parent.parent
LONG_AGO = datetime.now(UTC) - timedelta(days=2)
WAIT = 30.0

Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def start(connected_app: Flask) -> Iterator[Start]:
    """Start a command of the dashboard on the test's database; killed at the end if it still runs."""
    processes: list[subprocess.Popen[bytes]] = []

    def run(*arguments: str) -> subprocess.Popen[bytes]:
        names = ("DATABASE_URL", "SECRET_KEY", "SKINSBACK_API_URL", "SKINSBACK_CLIENT_ID", "SKINSBACK_CLIENT_SECRET")
        settings = {name: connected_app.config[name] for name in names}
        command = [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]
        environment = {**os.environ, **settings, "SKINSBACK_WEBSOCKET_URL": "", "SKINSBACK_BATCH_SIZE": "5"}
        processes.append(subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL))
        return processes[-1]

    yield run
    for process in processes:
        process.kill()
        process.wait()


def wait_for(condition: Callable[[], bool], what: str) -> None:
    give_up_at = time.monotonic() + WAIT
    while not condition():
        assert time.monotonic() < give_up_at, f"waited {WAIT:.0f} s for {what}"
        time.sleep(0.05)


def holder() -> str:
    db.session.rollback()
    return db.session.execute(select(Lease.holder)).scalar() or ""


def leads(process: subprocess.Popen[bytes]) -> Callable[[], bool]:
    return lambda: f":{process.pid}:" in holder()


def add_changed(skinsback: Simulator, count: int) -> list[int]:
    buy_ids = []
    for _ in range(count):
        buy_id = skinsback.add_purchase(offer_status="accepted", date=str(int(LONG_AGO.timestamp())))
        store_purchase(buy_id=buy_id, offer_status="waiting_accept", date=LONG_AGO, asked_at=LONG_AGO)
        buy_ids.append(buy_id)
    return buy_ids


def versions(buy_ids: list[int]) -> list[list[str]]:
    db.session.rollback()
    return [[version.offer_status for version in purchases.versions_of(buy_id)] for buy_id in buy_ids]


def test_one_process_leads_and_refreshes_and_another_takes_over_when_it_is_killed(
    start: Start, skinsback: Simulator
) -> None:
    first = start("scheduler")
    wait_for(leads(first), "the first one to lead")
    second = start("scheduler")
    first.kill()
    with writing() as connection:  # Time passes until the lease has run out.
        connection.execute(update(Lease).values(expires_us=1))
    wait_for(leads(second), "the second one to lead")
    buy_ids = add_changed(skinsback, 1)
    wait_for(lambda: versions(buy_ids) == [["waiting_accept", "accepted"]], "the second one to refresh")


def test_a_process_that_is_told_to_stop_ends_soon_although_skinsback_does_not_answer(
    start: Start, skinsback: Simulator
) -> None:
    add_changed(skinsback, 5)
    skinsback.set_faults(latency=30.0)
    before = len(skinsback.requests)
    process = start("scheduler")
    wait_for(leads(process), "it to lead")
    wait_for(lambda: len(skinsback.requests) > before or process.poll() is not None, "it to ask")
    process.terminate()
    started = time.monotonic()
    assert process.wait(timeout=WAIT) == 0
    # Far less than SkinsBack's answer takes, and than the deadline of a request.
    assert time.monotonic() - started < 15
    db.session.rollback()
    assert db.session.execute(select(Lease.expires_us)).scalar() == 0


def test_a_refresh_that_is_interrupted_ends_soon_although_skinsback_does_not_answer(
    start: Start, skinsback: Simulator
) -> None:
    add_changed(skinsback, 5)
    skinsback.set_faults(latency=30.0)
    before = len(skinsback.requests)
    process = start("purchases", "refresh")
    wait_for(lambda: len(skinsback.requests) > before, "it to ask")
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=8) == 1


def test_a_refresh_that_is_killed_at_any_point_loses_and_doubles_nothing(start: Start, skinsback: Simulator) -> None:
    buy_ids = add_changed(skinsback, 40)
    skinsback.set_faults(latency=0.05)
    for left in (35, 20):
        process = start("purchases", "refresh")
        wait_for(lambda left=left: versions(buy_ids).count(["waiting_accept"]) <= left, "some of it to be done")  # type: ignore[misc] # mypy cannot infer a lambda's default.
        process.kill()
        process.wait()
    assert start("purchases", "refresh").wait(timeout=WAIT) == 0
    assert versions(buy_ids) == [["waiting_accept", "accepted"]] * 40


def test_the_lead_survives_a_few_renewals_that_fail(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    fence = lease.take_or_renew("one")
    answers = iter([OperationalError("", {}, Exception())] * 3 + [fence] + [OperationalError("", {}, Exception())] * 4)
    asked = []

    def renew(_holder: str) -> object:
        asked.append(1)
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(lease, "take_or_renew", renew)
    monkeypatch.setattr(lease, "RENEWED_EVERY", 0.001)
    assert fence is not None
    assert scheduler._lead(app, "one", fence, scheduler.Event())
    assert len(asked) == 8
