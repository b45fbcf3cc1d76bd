"""Trouble stands on top of the operations page: what the rules have found, and whether its figures are up to date."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from dashboard.alerts import store as alert_store
from dashboard.alerts.kinds import FIRST_RULES
from dashboard.alerts.models import AlertRule
from dashboard.db import lease_store as lease
from dashboard.db.database import writing
from dashboard.jobs.models import JobRun
from dashboard.jobs.results import JobResult
from dashboard.jobs.run_store import record_run
from dashboard.skinsback.client import CallReport
from dashboard.skinsback.errors import error_for_code
from dashboard.sync import state_store as skinsback_state
from tests.alerts.rounds import judge
from tests.alerts.test_engine import reverse_trades
from tests.conftest import signed_in
from tests.purchases.samples import STEAMID, store_purchase
from tests.reader import Page, Reader

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def ops(app: Flask) -> Reader:
    return signed_in(app, "ops")


def run_jobs(*names: str) -> None:
    fence = lease.take_or_renew("machine-1:42:abcd")
    assert fence is not None
    for name in names:
        record_run(name, "one", datetime.now(UTC), "done", JobResult("detail"), fence=fence)


def apply_rules() -> None:
    judge(NOW)
    run_jobs("alerts")


def open_reversals(users: int) -> None:
    for number in range(users):
        reverse_trades(5, NOW, steamid=str(int(STEAMID) + number), first=1 + 10 * number)
    apply_rules()


def facts(page: Page) -> dict[str, str]:
    return {str(one["data-fact"]): " ".join(one.get_text(" ").split()) for one in page.all("[data-fact]")}


def late_facts(page: Page) -> set[str]:
    return {str(one["data-fact"]) for one in page.all("[data-fact].late")}


def test_open_alerts_stand_above_everything_else(ops: Reader) -> None:
    open_reversals(1)
    page = ops.get("/ops")
    assert page.one("[data-open-alerts]")["data-open-alerts"] == "1"
    first = page.all("#alerts [data-row], #verdict, #rates")[0]
    assert "reversed 5 trades" in first.get_text()


def test_of_many_open_alerts_the_first_are_shown_with_the_number_of_all(ops: Reader) -> None:
    open_reversals(7)
    page = ops.get("/ops")
    assert len(page.all('[data-row="alert"]')) == 3
    assert page.one("[data-open-alerts]")["data-open-alerts"] == "7"
    assert len(ops.get(str(page.one("#open-alerts a")["href"])).all('[data-row="alert"]')) == 7


def test_what_nobody_looks_after_stands_before_what_somebody_does(ops: Reader) -> None:
    open_reversals(2)
    first, second = (row["data-alert"] for row in ops.get("/ops").all('[data-row="alert"]'))
    alert_store.acknowledge(int(str(first)), "ops@shop.example")
    assert [row["data-alert"] for row in ops.get("/ops").all('[data-row="alert"]')] == [second, first]


def test_no_open_alert_is_one_quiet_line_with_the_time_of_the_last_look(ops: Reader) -> None:
    apply_rules()
    page = ops.get("/ops")
    assert not page.all("#alerts .card")
    assert f"No alert is open. {len(FIRST_RULES)} rules applied" in page.text_of("#alerts p:first-child")
    assert page.one("#alerts [data-applied]")["data-applied"] == "on time"


def test_rules_that_were_never_applied_are_amber_and_say_what_to_start(ops: Reader) -> None:
    line = ops.get("/ops").one("#alerts .quiet-line.late")
    assert "have not been applied yet: start flask --app wsgi scheduler" in " ".join(line.get_text(" ").split())


def test_rules_applied_too_long_ago_are_amber_though_nothing_is_open(ops: Reader) -> None:
    apply_rules()
    with writing() as connection:
        connection.execute(update(JobRun).values(updated_at=NOW - timedelta(minutes=3)))
    assert "later trouble is not shown yet" in ops.get("/ops").text_of("#alerts .quiet-line.late")


def test_rules_of_which_one_fails_are_amber_and_say_so(ops: Reader) -> None:
    apply_rules()
    fence = lease.take_or_renew("machine-1:42:abcd")
    assert fence is not None
    record_run(
        "alerts", "one", datetime.now(UTC), "failed", JobResult("1 of them failed", did_something=False), fence=fence
    )
    assert "Not all rules can be applied: 1 of them failed" in ops.get("/ops").text_of("#alerts .quiet-line.late")


def test_open_alerts_say_too_that_the_rules_are_late(ops: Reader) -> None:
    open_reversals(1)
    with writing() as connection:
        connection.execute(update(JobRun).values(updated_at=NOW - timedelta(minutes=3)))
    assert ops.get("/ops").one("#alerts [data-applied].late")


def test_switched_off_rules_are_no_quiet_day(ops: Reader) -> None:
    apply_rules()
    with writing() as connection:
        connection.execute(update(AlertRule).values(is_enabled=False))
    assert "Every rule is switched off" in ops.get("/ops").text_of("#alerts p:first-child")


def test_the_panels_have_addresses_of_their_own_with_and_without_javascript(ops: Reader) -> None:
    open_reversals(1)
    for panel in ("alerts", "health-line"):
        url = str(ops.get("/ops?tz=Europe/Berlin").one(f"#{panel}")["hx-get"])
        assert "tz=Europe/Berlin" in url
        assert ops.fragment(url).one(".age")["data-poll-seconds"] == "15"
        assert ops.get(url).status == 200


def test_the_dashboard_says_of_itself_what_readyz_says(ops: Reader) -> None:
    problems = ops.client.get("/readyz").get_json()["problems"]
    assert problems
    line = ops.get("/ops").text_of("#health-line")
    assert all(problem in line for problem in problems)


def test_a_healthy_dashboard_says_so_in_a_line_with_its_figures(ops: Reader) -> None:
    run_jobs("refresh", "alerts")
    skinsback_state.record_call(CallReport("market_getinfo", NOW, 0.1, 1, None), for_people=False)
    long_ago = NOW - timedelta(hours=5)
    store_purchase(buy_id=1, offer_status="creating_trade", date=long_ago, asked_at=long_ago)
    page = ops.get("/ops")
    assert page.one("#health-line [data-ready]")["data-ready"] == "1"
    said = facts(page)
    assert said["leader"].startswith("Leader machine-1:42:abcd")
    assert said["overdue"].startswith("1 overdue ; the oldest was due")
    assert said["requests"] == "0 of 450 requests used"
    assert said["events"] == "Events do not arrive"
    assert ops.get("/ops/health").one("#work ~ dl [data-sum]")["data-value"] == "1"


def test_what_is_wrong_is_marked_in_the_line(ops: Reader) -> None:
    assert late_facts(ops.get("/ops")) == {"leader", "skinsback", "events"}
    long_ago = NOW - timedelta(hours=5)
    store_purchase(buy_id=1, offer_status="creating_trade", date=long_ago, asked_at=long_ago)
    run_jobs("refresh")
    assert late_facts(ops.get("/ops")) == {"overdue", "skinsback", "events"}


def test_the_line_says_since_when_skinsback_fails(connected_app: Flask) -> None:
    error = error_for_code(-9, "under_maintenance")
    skinsback_state.record_call(CallReport("market_getinfo", NOW, 0.1, 1, error), for_people=False)
    reader = signed_in(connected_app, "ops")
    assert facts(reader.get("/ops"))["skinsback"].startswith("SkinsBack has failed since")


@pytest.mark.parametrize("path", ["/ops/alerts/open", "/ops/health/line"])
def test_the_panels_are_for_ops_alone(app: Flask, path: str) -> None:
    assert signed_in(app, "support").get(path).status == 403
