"""Whatever goes wrong at SkinsBack or with the database: no change is lost or doubled, and all catches up alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Timer
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select, update

from dashboard.db import database
from dashboard.db import lease_store as lease
from dashboard.db.database import writing
from dashboard.db.extensions import db
from dashboard.factory import create_app
from dashboard.jobs.models import JobRun
from dashboard.jobs.scheduler import Leader
from dashboard.purchases import queries as purchases
from dashboard.purchases.models import Purchase
from dashboard.simulator import Simulator
from dashboard.skinsback import errors
from dashboard.sync import connection
from dashboard.sync import due_queries as due
from dashboard.sync import freshness_queries as freshness
from dashboard.sync import state_store as skinsback_state
from dashboard.sync.due import Refreshed, refresh_due
from dashboard.sync.import_run import import_recent
from dashboard.sync.limits import BatchSize
from dashboard.sync.models import SkinsBackState
from tests import postgresql
from tests.conftest import BASE_ENVIRONMENT
from tests.purchases.samples import store_purchase

LONG_AGO = datetime.now(UTC) - timedelta(days=2)
COUNT = 6
PASSING = [
    {"latency": 1.0}, {"reset": True}, {"html_502": True}, {"empty_body": True}, {"truncated_json": True},
    {"cut_off": True}, {"drip": 5.0}, {"error_code": -1}, {"error_code": -5}, {"error_code": -6}, {"error_code": -9},
    {"error_code": 1}, {"error_code": -99}, {"missing_item": True},
    *({"malformed_item": kind} for kind in ("text", "no_buy_id", "date_text")),
]  # fmt: skip
REFUSALS = [-2, -3, -4, -8, -10]


@pytest.fixture(autouse=True)
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    patience = replace(connection.BACKGROUND, read_timeout=0.3, deadline=0.5, longest_pause=0.01)
    monkeypatch.setattr(connection, "BACKGROUND", patience)


@pytest.fixture
def changed(connected_app: Flask, skinsback: Simulator) -> list[int]:
    """Purchases that are open here, due, and delivered at SkinsBack by now."""
    buy_ids = []
    for _ in range(COUNT):
        buy_id = skinsback.add_purchase(offer_status="accepted", date=str(int(LONG_AGO.timestamp())))
        store_purchase(buy_id=buy_id, offer_status="waiting_accept", date=LONG_AGO, asked_at=LONG_AGO)
        buy_ids.append(buy_id)
    return buy_ids


def refresh(size: int = 2) -> Refreshed:
    return refresh_due(BatchSize(size))


def catch_up() -> None:
    """Let time pass: what was put off is due again, and the wait after a failure is over."""
    for _ in range(5):
        with writing() as connection:
            connection.execute(
                update(Purchase).where(Purchase.offer_status == "waiting_accept").values(due_at=LONG_AGO)
            )
            connection.execute(update(SkinsBackState).values(retry_at=None))
        refresh()


def statuses(buy_ids: list[int]) -> list[list[str]]:
    db.session.rollback()
    return [[version.offer_status for version in purchases.versions_of(buy_id)] for buy_id in buy_ids]


EXPECTED = [["waiting_accept", "accepted"]] * COUNT


@pytest.mark.parametrize("fault", PASSING, ids=str)
def test_what_passes_by_itself_is_caught_up_with(
    changed: list[int], skinsback: Simulator, fault: dict[str, Any]
) -> None:
    skinsback.set_faults(**fault)
    refresh()
    refresh()
    skinsback.clear_faults()
    catch_up()
    assert statuses(changed) == EXPECTED


@pytest.mark.parametrize("fault", ["reset", "truncated_json", "html_502"])
def test_faults_that_strike_now_and_then_lose_and_double_nothing(
    changed: list[int], skinsback: Simulator, fault: str
) -> None:
    skinsback.set_faults(**{fault: {"probability": 0.5}})
    catch_up()
    skinsback.clear_faults()
    catch_up()
    assert statuses(changed) == EXPECTED


@pytest.mark.parametrize("code", REFUSALS)
def test_after_a_refusal_one_probe_finds_out_that_it_is_over(
    changed: list[int], skinsback: Simulator, code: int
) -> None:
    skinsback.set_faults(error_code=code)
    assert refresh().problem
    skinsback.clear_faults()
    before = len(skinsback.requests)
    assert "refuses our requests" in refresh().problem
    assert len(skinsback.requests) == before
    assert "refuses our requests" in import_recent().problem
    assert len(skinsback.requests) == before
    skinsback_state.probe_soon()
    assert import_recent().problem == ""
    catch_up()
    assert statuses(changed) == EXPECTED


def test_a_probe_that_is_refused_too_is_one_request(changed: list[int], skinsback: Simulator) -> None:
    skinsback.set_faults(error_code=-10)
    refresh()
    skinsback_state.probe_soon()
    before = len(skinsback.requests)
    for _ in range(3):
        assert import_recent().problem
        assert refresh().problem
    assert len(skinsback.requests) == before + 1


def test_the_limit_of_requests_stops_everybody_and_then_goes_on(
    changed: list[int], skinsback: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(errors.KINDS, -7, replace(errors.KINDS[-7], retry_after=0.3))
    skinsback.set_faults(error_code={"value": -7, "count": 1})
    catch_up()
    assert statuses(changed) == EXPECTED


def test_failures_that_happen_together_count_as_one(changed: list[int], skinsback: Simulator) -> None:
    skinsback.set_faults(reset=True)
    refresh(1)
    db.session.rollback()
    state = freshness.find_state()
    assert state is not None
    assert state.failures_in_a_row == 1


def test_after_a_failure_one_request_finds_out_whether_skinsback_is_back(
    changed: list[int], skinsback: Simulator
) -> None:
    skinsback.set_faults(error_code=-5)
    refresh(1)
    with writing() as connection:
        connection.execute(update(SkinsBackState).values(retry_at=None))
    before = len(skinsback.requests)
    refresh(1)
    assert len(skinsback.requests) == before + 1


def test_a_database_that_is_locked_for_a_while_delays_and_loses_nothing(
    changed: list[int], connected_app: Flask
) -> None:
    connection = db.engine.connect().execution_options(sqlite_begin="IMMEDIATE")
    transaction = connection.begin()
    connection.execute(update(Purchase).values(item_name="locked"))
    Timer(1.0, transaction.rollback).start()
    assert refresh().problem == ""
    connection.close()
    assert statuses(changed) == EXPECTED


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_database_that_is_locked_for_longer_than_anybody_waits_ends_no_job_for_good(
    changed: list[int], connected_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    fence = lease.take_or_renew("one")
    assert fence is not None
    leader = Leader(connected_app, "one", fence)
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 50)
    db.session.remove()
    db.engine.dispose()
    with db.engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection, connection.begin():
        leader.run_job("refresh", leader.works["refresh"])
    assert statuses(changed) == [["waiting_accept"]] * COUNT
    leader.run_job("refresh", leader.works["refresh"])
    assert statuses(changed) == EXPECTED


@pytest.fixture
def lonely_app(skinsback: Simulator) -> Iterator[tuple[Flask, postgresql.Server]]:
    """An application on a PostgreSQL server of its own, which can be stopped and started."""
    if postgresql.server_programs() is None:
        pytest.skip("PostgreSQL is not installed, so this test did not run on it")
    with postgresql.own_server() as server:
        settings = {
            "DATABASE_URL": server.url, "SKINSBACK_API_URL": skinsback.api_url,
            "SKINSBACK_CLIENT_ID": skinsback.client_id, "SKINSBACK_CLIENT_SECRET": skinsback.client_secret,
        }  # fmt: skip
        app = create_app({**BASE_ENVIRONMENT, **settings})
        with app.app_context():
            upgrade()
            yield app, server
            db.session.remove()
            db.engine.dispose()


@pytest.mark.postgresql
def test_a_database_that_is_gone_for_a_while_ends_no_job_for_good(
    lonely_app: tuple[Flask, postgresql.Server], skinsback: Simulator
) -> None:
    app, server = lonely_app
    buy_id = skinsback.add_purchase(offer_status="accepted", date=str(int(LONG_AGO.timestamp())))
    store_purchase(buy_id=buy_id, offer_status="waiting_accept", date=LONG_AGO, asked_at=LONG_AGO)
    fence = lease.take_or_renew("one")
    assert fence is not None
    leader = Leader(app, "one", fence)
    server.stop()
    leader.run_job("refresh", leader.works["refresh"])
    server.start()
    leader.run_job("refresh", leader.works["refresh"])
    assert statuses([buy_id]) == [["waiting_accept", "accepted"]]
    assert db.session.execute(select(JobRun.outcome)).scalars().all() == ["done"]
    assert due.count_due(datetime.now(UTC)) == 0
