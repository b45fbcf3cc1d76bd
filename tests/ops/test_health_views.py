"""The dashboard's own health as ops sees it: leader, jobs, work, requests, events, what was rejected, the database."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from dashboard.db import lease_store as lease
from dashboard.db.database import Fence, writing
from dashboard.db.extensions import db
from dashboard.db.models import Lease
from dashboard.jobs.results import JobResult
from dashboard.jobs.run_store import record_run
from dashboard.purchases import store
from dashboard.purchases.models import RejectedRecord
from dashboard.purchases.store import Source
from dashboard.simulator import Simulator
from dashboard.skinsback.client import CallReport
from dashboard.skinsback.errors import SkinsBackError, error_for_code
from dashboard.skinsback.records import PurchasesAnswer, RejectedItem
from dashboard.sync import state_store as skinsback_state
from dashboard.sync.models import PushedEventMinute, RequestMinute
from dashboard.sync.refresh import refresh_now
from tests.conftest import signed_in
from tests.purchases.samples import store_purchase
from tests.reader import Reader

NOW = datetime.now(UTC)


@pytest.fixture(autouse=True)
def _now_is_when_the_test_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    # What pages and figures call recent is a matter of minutes, and the whole run may take longer than those.
    monkeypatch.setitem(globals(), "NOW", datetime.now(UTC))


@pytest.fixture
def ops(app: Flask) -> Reader:
    return signed_in(app, "ops")


@pytest.fixture
def connected_ops(connected_app: Flask) -> Reader:
    return signed_in(connected_app, "ops")


def lead() -> Fence:
    fence = lease.take_or_renew("machine-1:42:abcd")
    assert fence is not None
    return fence


def call(seconds: float = 0.1, error: SkinsBackError | None = None, *, for_people: bool = False) -> None:
    skinsback_state.record_call(CallReport("market_getinfo", NOW, seconds, 1, error), for_people=for_people)


@pytest.mark.parametrize("role", ["support", "finance"])
def test_only_ops_and_administrators_see_the_health(app: Flask, role: str) -> None:
    assert signed_in(app, role).get("/ops/health").status == 403


def test_a_fresh_installation_says_what_to_start(ops: Reader) -> None:
    page = ops.get("/ops/health")
    assert page.one("[data-ready]")["data-ready"] == "0"
    assert "start flask --app wsgi scheduler" in page.text
    assert "SkinsBack has not been asked" in page.text


def test_it_says_the_same_as_readyz(ops: Reader) -> None:
    problems = ops.client.get("/readyz").get_json()["problems"]
    page = ops.get("/ops/health")
    assert problems
    assert [item.get_text() for item in page.all(".problems li")] == problems


def test_the_leader_is_named_with_its_age(ops: Reader) -> None:
    lead()
    page = ops.get("/ops/health")
    assert "machine-1:42:abcd" in page.text
    assert "Leads" in page.text
    with writing() as connection:
        connection.execute(update(Lease).values(expires_us=1))
    assert "Gone, and nobody has taken over" in ops.get("/ops/health").text


def test_each_job_shows_its_last_runs_and_when_it_runs_again(ops: Reader) -> None:
    fence = lead()
    record_run("refresh", "one", NOW - timedelta(seconds=3), "done", JobResult("3 asked"), fence=fence)
    record_run("refresh", "one", NOW, "failed", JobResult("ZeroDivisionError"), fence=fence)
    row = ops.get("/ops/health").one('[data-job="refresh"]')
    assert [str(item["data-run"]) for item in row.select("[data-run]")] == ["failed", "done"]
    assert "ZeroDivisionError" in row.get_text()
    assert len(row.select("time")) >= 4


def test_overdue_work_is_counted_with_its_oldest(ops: Reader) -> None:
    long_ago = NOW - timedelta(hours=5)
    store_purchase(buy_id=1, offer_status="creating_trade", date=long_ago, asked_at=long_ago)
    page = ops.get("/ops/health")
    assert page.one('[data-sum="count"]')["data-value"] == "1"
    assert "4 hours ago" in page.text or "5 hours ago" in page.text


def test_requests_are_counted_by_minute_outcome_and_kind_of_caller(ops: Reader) -> None:
    call(0.1)
    call(0.3, for_people=True)
    call(0.2, error_for_code(-9, "under_maintenance"))
    page = ops.get("/ops/health")
    minute = NOW.replace(second=0, microsecond=0, tzinfo=None).isoformat() + "Z"
    cells = [cell.get_text() for cell in page.one(f'[data-minute="{minute}"]').select("td.c-money")]
    assert cells == ["2", "1", "1"]
    success = page.one('[data-outcome="success"]').get_text(" ")
    assert "200 ms" in success
    assert "300 ms" in success
    assert "-9" in page.one('[data-outcome="under_maintenance"]').get_text()


def test_a_request_over_the_wire_is_counted_for_people(connected_ops: Reader, skinsback: Simulator) -> None:
    refresh_now(9)
    db.session.rollback()
    rows = db.session.execute(select(RequestMinute.outcome, RequestMinute.for_people, RequestMinute.count)).all()
    assert [tuple(row) for row in rows] == [("success", True, 1)]
    assert connected_ops.get("/ops/health").one('[data-sum="requests"]')["data-value"] == "1"


def test_pushed_events_are_counted_by_source_and_kind(ops: Reader) -> None:
    for _ in range(2):
        skinsback_state.record_events([("websocket", "status_change", NOW)])
    skinsback_state.record_events([("webhook", "x" * 99, NOW)])
    rows = [row.get_text(" ", strip=True) for row in ops.get("/ops/health").all('[data-row="event"]')]
    assert any(row.startswith("websocket status_change 2") for row in rows)
    assert any("x" * 32 in row and "x" * 33 not in row for row in rows)


def reject(raw: str, buy_id: int | None) -> int:
    answer = PurchasesAnswer((), (RejectedItem(raw, "its date cannot be read", buy_id),), NOW)
    store.record_answer(answer, Source.SCHEDULED)
    db.session.rollback()
    return int(db.session.execute(select(RejectedRecord.id)).scalar_one())


def test_what_was_rejected_is_shown_as_it_was_sent(ops: Reader) -> None:
    reject('{"buy_id": 5, "date": "<b>soon</b>"}', 5)
    page = ops.get("/ops/health")
    assert '"date": "<b>soon</b>"' in page.one('[data-row="set-aside"] pre').get_text()
    assert not page.all("pre b")


def test_trying_again_asks_skinsback_and_clears_what_can_be_read_now(connected_ops: Reader) -> None:
    record = reject('{"buy_id": 9}', 9)
    page = connected_ops.post(f"/ops/health/set-aside/{record}/retry")
    assert "asked for purchase 9, and its answer could be read" in page.text
    assert "Everything that SkinsBack sent could be read" in page.text


def test_trying_again_without_an_id_says_why_nobody_can_be_asked(connected_ops: Reader) -> None:
    record = reject('{"item": 5}', None)
    page = connected_ops.post(f"/ops/health/set-aside/{record}/retry")
    assert "does not say which purchase it is about, so SkinsBack cannot be asked" in page.text
    assert page.one('[data-row="set-aside"]')


def test_trying_again_what_skinsback_does_not_know_keeps_it(connected_ops: Reader) -> None:
    record = reject('{"buy_id": 123456789}', 123456789)
    assert "does not know it" in connected_ops.post(f"/ops/health/set-aside/{record}/retry").text
    assert "no longer kept" in connected_ops.post("/ops/health/set-aside/999/retry").text


def test_the_size_of_the_database_is_shown(ops: Reader) -> None:
    assert ops.get("/ops/health").one("[data-database-size]").get_text().endswith(("KiB", "MiB"))


def test_what_no_rule_is_tried_on_any_more_is_tidied_away(app: Flask) -> None:
    old = NOW - timedelta(days=32)
    for at in (old, NOW):
        skinsback_state.record_events([("webhook", "buy_item", at)])
        skinsback_state.record_call(CallReport("balance", at, 0.1, 0, None))
    with writing() as connection:
        skinsback_state.drop_old(connection, datetime.now(UTC))
    db.session.rollback()
    for table in (RequestMinute, PushedEventMinute):
        (minute,) = db.session.execute(select(table.minute)).scalars()
        assert minute > old + timedelta(days=1)


def test_only_the_nearest_place_in_the_navigation_is_where_the_reader_is(ops: Reader) -> None:
    here = [link.text for link in ops.get("/ops/health").all("nav[aria-label=Main] a[aria-current]")]
    assert here == ["Health"]
