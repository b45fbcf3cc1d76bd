"""The dashboard's own health as ops sees it: leader, jobs, work, requests, events, what was rejected, the database."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import insert, select, update

from dashboard.db import lease_store as lease
from dashboard.db.database import Fence, writing
from dashboard.db.extensions import db
from dashboard.db.models import Lease
from dashboard.jobs.models import JobRun
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
from dashboard.sync.models import BalanceReading, PushedEventMinute, RequestMinute
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
    assert row.select('[data-label="Next run no later than"]')[0].get_text() in ("now", "just now", "in 1 second")


def test_a_run_without_an_answer_is_no_success_and_what_was_asked_answered_and_stored_is_told_apart(
    ops: Reader,
) -> None:
    fence = lead()
    done, unanswered = JobResult("3 asked", asked=3, answered=3, stored=2), JobResult("2 asked", asked=2)
    record_run("refresh", "one", NOW - timedelta(minutes=5), "done", done, fence=fence)
    with writing() as connection:
        connection.execute(update(JobRun).values(updated_at=NOW - timedelta(minutes=5)))
    record_run("refresh", "one", NOW, "unanswered", unanswered, fence=fence)
    row = ops.get("/ops/health").one('[data-job="refresh"]')
    sums = {str(mark["data-sum"]): str(mark["data-value"]) for mark in row.select("[data-sum]")}
    assert sums == {"asked": "5", "answered": "3", "stored": "2"}
    assert "5 minutes ago" in row.select('[data-label="Last success"]')[0].get_text()
    assert row.select("[data-run]")[0].get_text(" ", strip=True).startswith("no answer")


def test_a_job_that_asks_skinsback_for_nothing_says_so(ops: Reader) -> None:
    assert "asks nothing" in ops.get("/ops/health").text_of('[data-job="alerts"]')


def test_the_requests_of_a_day_are_drawn_with_a_table_beneath(ops: Reader) -> None:
    call(0.1)
    call(0.3)
    call(0.2, error_for_code(-9, "under_maintenance"))
    page = ops.get("/ops/health")
    numbers, times = page.all(".chart svg")
    assert [len(chart.select(f"path.part-{part}")) for chart in (numbers,) for part in ("answered", "failed")] == [1, 1]
    assert len(times.select("path.part-mean")) == 1
    (row,) = page.all('[data-row="slot"]')
    cells = [cell.get_text() for cell in row.select("td.c-money")]
    assert cells == ["2", "1", "200 ms", "300 ms"]


def test_before_anything_was_asked_there_is_a_sentence_with_since_when(ops: Reader) -> None:
    page = ops.get("/ops/health")
    assert "No readings yet since" in page.text
    assert page.all(".chart") == []


def test_the_newest_answer_is_what_was_refreshed(ops: Reader) -> None:
    skinsback_state.record_call(CallReport("market_getinfo", NOW - timedelta(minutes=7), 0.1, 1, None))
    record_run("refresh", "one", NOW, "done", JobResult("0 asked"), fence=lead())
    (mark,) = ops.get("/ops").all('[data-field="refreshed_at"]')
    assert mark["datetime"] == (NOW - timedelta(minutes=7)).isoformat().replace("+00:00", "Z")


def test_while_skinsback_fails_it_can_be_tried_again_from_where_that_is_said(connected_ops: Reader) -> None:
    assert connected_ops.get("/ops/health").all('section form[action="/ops/health/resume"]') == []
    call(0.1, error_for_code(-9, "under_maintenance"))
    page = connected_ops.get("/ops/health")
    assert "SkinsBack has failed since" in page.text
    page.one('section form[action="/ops/health/resume"]')
    assert "SkinsBack answers" in connected_ops.post("/ops/health/resume").text


def test_the_balance_says_how_long_it_lasts_here_and_on_the_operations_page(ops: Reader) -> None:
    for path in ("/ops/health", "/ops"):
        assert "lasts" not in ops.get(path).text
    with writing() as connection:
        reading = {"read_at": NOW, "amount": Decimal("310"), "source": "schedule"}
        connection.execute(insert(BalanceReading).values(**reading))
    store_purchase(
        buy_id=1, date=NOW - timedelta(hours=2), asked_at=NOW, balance_debited_sum=Decimal("240"), price=Decimal("240")
    )
    for path in ("/ops/health", "/ops"):
        page = ops.get(path)
        assert "$310.00" in page.text
        assert "lasts about 31 hours at the last day's pace" in page.text


def test_before_the_balance_was_read_there_is_since_when(ops: Reader) -> None:
    lead()
    assert "no readings yet since" in ops.get("/ops/health").text_of("#balance + dd")
    assert "not known" in ops.get("/ops").text_of('[data-fact="balance"]')


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
    success = page.one('[data-outcome="ok"]').get_text(" ")
    assert "200 ms" in success
    assert "300 ms" in success
    assert "-9" in page.one('[data-outcome="under_maintenance"]').get_text()


def test_a_request_over_the_wire_is_counted_for_people(connected_ops: Reader, skinsback: Simulator) -> None:
    refresh_now(9)
    db.session.rollback()
    rows = db.session.execute(select(RequestMinute.outcome, RequestMinute.for_people, RequestMinute.count)).all()
    assert [tuple(row) for row in rows] == [("ok", True, 1)]
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
