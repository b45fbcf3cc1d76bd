"""What Prometheus reads, and the dashboard and rules in monitoring/ that are made of it."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text

from dashboard.alerts import kinds as alert_kinds
from dashboard.db import lease_store as lease
from dashboard.db.database import writing
from dashboard.db.extensions import db
from dashboard.db.models import Lease
from dashboard.jobs.results import JobResult
from dashboard.jobs.run_store import record_run
from dashboard.observability import metrics_queries
from dashboard.purchases.statuses import KNOWN_STATUSES
from dashboard.skinsback.client import CallReport
from dashboard.skinsback.errors import SkinsBackError, error_for_code
from dashboard.sync import state_store as skinsback_state
from dashboard.sync.balance_store import record_balance
from dashboard.sync.causes import CauseKind
from dashboard.sync.counters import METHODS
from tests.alerts.rounds import judge
from tests.alerts.test_engine import reverse_trades
from tests.conftest import BASE_ENVIRONMENT, MakeApp, signed_in
from tests.purchases.samples import STEAMID, store_purchase

PREFIX = "skinsback_desk_"
ROOT = Path(__file__).parents[2]
RULES = ROOT / "monitoring" / "alert-rules.yml"
RULE_TESTS = ROOT / "monitoring" / "alert-rules-test.yml"
OPERATIONS = ROOT / "docs" / "operations.md"
GRAFANA = ROOT / "monitoring" / "grafana-dashboard.json"
NOW = datetime.now(UTC)


@pytest.fixture(autouse=True)
def _now_is_when_the_test_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    # What pages and figures call recent is a matter of minutes, and the whole run may take longer than those.
    monkeypatch.setitem(globals(), "NOW", datetime.now(UTC))


Samples = dict[str, list[tuple[dict[str, str], float]]]


def read(client: FlaskClient) -> Samples:
    """Every sample of /metrics, by its name."""
    found: Samples = {}
    for family in text_string_to_metric_families(client.get("/metrics").get_data(as_text=True)):
        found.setdefault(family.name, [])
        for sample in family.samples:
            found.setdefault(sample.name, []).append((sample.labels, sample.value))
    return found


def value(samples: Samples, name: str, **labels: str) -> float:
    (found,) = [number for given, number in samples[PREFIX + name] if given == labels]
    return found


def a_busy_day(app: Flask) -> None:
    fence = lease.take_or_renew("one")
    assert fence is not None
    record_run("refresh", "one", NOW, "done", JobResult("3 asked"), fence=fence)
    record_run("import", "one", NOW, "failed", JobResult("Oops"), fence=fence)
    skinsback_state.record_call(CallReport("balance", NOW, 0.25, 0, None))
    error = SkinsBackError(f"user {STEAMID} is gone", "No.", code=99)
    skinsback_state.record_call(CallReport("balance", NOW, 0.5, 0, error))
    skinsback_state.record_events([("webhook", "buy_item", NOW)])
    reverse_trades(5, NOW)
    judge(NOW)


def test_the_figures_say_what_is_so(app: Flask, client: FlaskClient) -> None:
    a_busy_day(app)
    long_ago = NOW - timedelta(hours=1)
    store_purchase(buy_id=77, offer_status="creating_trade", date=long_ago, asked_at=long_ago)
    samples = read(client)
    assert value(samples, "leader_up") == 1
    assert value(samples, "job_failing", job="import") == 1
    assert value(samples, "job_last_success_timestamp_seconds", job="refresh") >= int(NOW.timestamp())
    assert value(samples, "api_requests_total", method="balance", outcome="ok") == 1
    assert value(samples, "api_requests_total", method="balance", outcome="other") == 1
    assert value(samples, "pushed_events_total", source="webhook", event="buy_item") == 1
    assert value(samples, "alerts_open", kind="reversals", severity="warning") == 1
    assert value(samples, "alerts_opened_total", kind="reversals") == 1
    assert value(samples, "alerts_unacknowledged") == 1
    assert value(samples, "oldest_overdue_seconds") > 3000
    assert value(samples, "api_requests_limit") == 450


CONTRACT = {
    "api_requests_total": {"method", "outcome"}, "refreshed_purchases_total": {"outcome"},
    "status_changes_total": {"offer_status"}, "http_requests_total": {"method", "route", "status"},
    "alerts_opened_total": {"kind"}, "api_request_seconds_bucket": {"method", "le"},
    "http_request_seconds_bucket": {"route", "le"}, "purchases": {"offer_status"}, "overdue_purchases": set(),
    "oldest_overdue_seconds": set(), "balance_usd": set(), "leader_up": set(),
    "job_last_success_timestamp_seconds": {"job"}, "build_info": {"version", "python_version"},
}  # fmt: skip
"""What monitoring outside is written against, with its labels."""


def test_what_monitoring_is_written_against_is_there(app: Flask, client: FlaskClient) -> None:
    a_busy_day(app)
    record_balance(Decimal("12.34"), NOW, "schedule")
    client.get("/healthz", buffered=True)
    samples = read(client)
    assert {name: set(samples[PREFIX + name][0][0]) for name in CONTRACT} == CONTRACT


def test_every_request_is_counted_with_its_time(client: FlaskClient) -> None:
    for seconds, error in ((0.25, None), (0.3, SkinsBackError("timeout", "No.")), (30.0, error_for_code(-9, ""))):
        skinsback_state.record_call(CallReport("market_getinfo", NOW, seconds, 1, error))
    samples, method = read(client), {"method": "market_getinfo"}
    for outcome in ("ok", "timeout", "under_maintenance"):
        assert value(samples, "api_requests_total", outcome=outcome, **method) == 1
    assert value(samples, "api_request_seconds_bucket", le="0.25", **method) == 1
    assert value(samples, "api_request_seconds_bucket", le="0.5", **method) == 2
    assert value(samples, "api_request_seconds_bucket", le="20.0", **method) == 2
    assert value(samples, "api_request_seconds_count", **method) == 3
    assert value(samples, "api_request_seconds_sum", **method) == pytest.approx(30.55)


def test_counters_stay_when_old_minutes_are_dropped(client: FlaskClient) -> None:
    skinsback_state.record_call(CallReport("balance", NOW, 0.1, 0, None))
    skinsback_state.record_events([("websocket", "status_change", NOW)])
    with writing() as connection:
        assert skinsback_state.drop_old(connection, NOW + timedelta(days=60)) == 2
    samples = read(client)
    assert value(samples, "api_requests_total", method="balance", outcome="ok") == 1
    assert value(samples, "pushed_events_total", source="websocket", event="status_change") == 1


def test_every_method_that_the_client_calls_is_counted() -> None:
    called = re.findall(r'_call\("(\w+)"', (ROOT / "dashboard" / "skinsback" / "client.py").read_text())
    assert set(called) == set(METHODS)


def test_purchases_are_told_by_each_documented_status_and_all_others_together(client: FlaskClient) -> None:
    for buy_id, status in enumerate(["accepted", "accepted", "on_the_moon", "", "timeout"], 1):
        store_purchase(buy_id=buy_id, offer_status=status)
    told = {labels["offer_status"]: number for labels, number in read(client)[f"{PREFIX}purchases"]}
    assert set(told) == KNOWN_STATUSES | {"other"}
    assert {status: number for status, number in told.items() if number} == {"accepted": 2, "timeout": 1, "other": 2}


def test_the_age_of_what_is_open_is_that_of_the_oldest_purchase(client: FlaskClient) -> None:
    assert value(read(client), "oldest_open_seconds") == 0
    for buy_id, status in enumerate(["creating_trade", "waiting_accept", "accepted"], 1):
        store_purchase(buy_id=buy_id, offer_status=status, date=NOW - timedelta(hours=buy_id))
    assert value(read(client), "oldest_open_seconds") == pytest.approx(7200, abs=60)


def test_the_balance_is_told_exactly_and_only_once_it_is_known(client: FlaskClient) -> None:
    assert read(client)[f"{PREFIX}balance_usd"] == []
    record_balance(Decimal("1234.567"), NOW, "schedule")
    assert f"{PREFIX}balance_usd 1234.567\n" in client.get("/metrics").get_data(as_text=True)


def test_a_job_that_got_no_answer_has_had_no_success(client: FlaskClient) -> None:
    fence = lease.take_or_renew("one")
    assert fence is not None
    silent = JobResult("1 asked", problem="SkinsBack did not answer", asked=1)
    record_run("balance", "one", NOW, silent.outcome, silent, fence=fence)
    samples = read(client)
    assert samples[f"{PREFIX}job_last_success_timestamp_seconds"] == []
    assert value(samples, "job_failing", job="balance") == 0


def test_every_kind_of_alert_is_told() -> None:
    assert {str(kind.told_as) for kind in alert_kinds.KINDS} | set(CauseKind) <= set(metrics_queries.KINDS)


def test_why_the_pages_are_not_current_is_told_by_kind(client: FlaskClient) -> None:
    assert value(read(client), "causes", kind="jobs") == 1
    assert value(read(client), "causes", kind="connection") == 0


def test_the_figures_come_in_the_text_format_that_every_prometheus_reads(client: FlaskClient) -> None:
    assert client.get("/metrics").headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"


def test_a_figure_of_which_nothing_is_known_has_its_name_and_no_value(client: FlaskClient) -> None:
    assert read(client)[f"{PREFIX}last_answer_timestamp_seconds"] == []


def test_metrics_readyz_and_the_health_page_agree(app: Flask, client: FlaskClient) -> None:
    ops = signed_in(app, "ops")
    for prepare in (lambda: None, lambda: a_busy_day(app)):
        prepare()
        ready = value(read(client), "ready")
        assert client.get("/readyz").get_json()["ready"] is bool(ready)
        assert ops.get("/ops/health").one("[data-ready]")["data-ready"] == str(int(ready))


def test_no_metric_names_anybody(app: Flask, client: FlaskClient) -> None:
    a_busy_day(app)
    ops = signed_in(app, "ops")
    ops.get(f"/users/{STEAMID}")
    ops.get("/purchases/4100017")
    ops.client.get(f"/made-up/{STEAMID}", headers={"X-Forwarded-For": "1.2.3.4"}, buffered=True)
    shown = client.get("/metrics").get_data(as_text=True)
    for secret in (STEAMID, "4100017", "ops@shop.example", "made-up", "reverser"):
        assert secret not in shown


def test_answers_are_counted_by_rule_and_not_by_address(app: Flask, client: FlaskClient) -> None:
    ops = signed_in(app, "ops")

    def counted() -> float:
        wanted = {"method": "GET", "route": "/holds", "status": "200"}
        return sum(
            number for labels, number in read(client).get("skinsback_desk_http_requests_total", []) if labels == wanted
        )

    before = counted()
    ops.client.get("/holds", buffered=True)
    assert counted() == before + 1


def test_a_made_up_method_makes_no_label_of_its_own(client: FlaskClient) -> None:
    client.open("/healthz", method="BREW", buffered=True)
    assert "BREW" not in client.get("/metrics").get_data(as_text=True)


def test_without_the_database_it_still_answers(app: Flask, client: FlaskClient) -> None:
    db.session.execute(text("DROP TABLE leases"))
    db.session.commit()
    try:
        assert value(read(client), "database_up") == 0
    finally:
        Lease.__table__.create(db.engine)  # type: ignore[attr-defined] # A table, not a mere selectable.


def test_the_documentation_lists_every_metric_and_no_other(app: Flask, client: FlaskClient) -> None:
    client.get("/healthz", buffered=True)
    section = OPERATIONS.read_text().split("\n## For monitoring\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`.*?) \| ", section, re.MULTILINE)
    listed = {PREFIX + name for row in rows for name in re.findall(r"`(\w+)", row)}
    families = text_string_to_metric_families(client.get("/metrics").get_data(as_text=True))
    assert listed == {f"{one.name}_total" if one.type == "counter" else one.name for one in families}


def test_with_a_database_that_cannot_be_reached_it_answers_too(make_app: MakeApp) -> None:
    away = make_app(DATABASE_URL="postgresql+psycopg://desk@127.0.0.1:9/desk").test_client()
    away.get("/healthz", buffered=True)
    samples = read(away)
    assert value(samples, "database_up") == 0
    assert samples[f"{PREFIX}build_info"]
    assert samples[f"{PREFIX}http_requests_total"]


def all_rules() -> list[dict[str, Any]]:
    return [rule for group in yaml.safe_load(RULES.read_text())["groups"] for rule in group["rules"]]


def expressions() -> dict[str, str]:
    """Every expression of the rules and of the Grafana dashboard, by where it stands."""
    found = {rule["alert"]: rule["expr"] for rule in all_rules()}
    for panel in json.loads(GRAFANA.read_text())["panels"]:
        for target in panel["targets"]:
            found[f"{panel['title']} {target['refId']}"] = target["expr"]
    return found


def test_every_metric_that_rules_and_dashboard_name_exists(app: Flask, client: FlaskClient) -> None:
    a_busy_day(app)
    client.get("/healthz", buffered=True)
    names = set(read(client))
    for place, expression in expressions().items():
        used = set(re.findall(r"\bskinsback_desk_[a-z_]+", expression))
        assert used <= names, f"{place} names {used - names}"
        assert used or "up{" in expression


def test_every_label_that_a_rule_or_a_panel_asks_for_exists(app: Flask, client: FlaskClient) -> None:
    a_busy_day(app)
    client.get("/healthz", buffered=True)
    samples = read(client)
    asked = [one for text in expressions().values() for one in re.findall(r'(\w+)\{(\w+)(=|=~|!=)"([^"]+)"', text)]
    assert len(asked) > 5
    for name, label, how, wanted in asked:
        if name.startswith(PREFIX):
            values = {labels[label] for labels, _ in samples[name]}
            assert how != "=" or wanted in values


@pytest.fixture
def promtool() -> str:
    found = shutil.which("promtool")
    if found is None:
        if os.environ.get("REQUIRE_EVERYTHING"):
            pytest.fail("promtool is not installed, so nothing was checked by it")
        pytest.skip("promtool is not installed (Debian: prometheus), so nothing was checked by it")
    return found


def assert_content(*command: str, given: str | None = None) -> None:
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_promtool_finds_nothing_wrong_with_the_rules(promtool: str, tmp_path: Path) -> None:
    # The expressions of the Grafana dashboard are rules to promtool when they stand in a file of rules.
    rules = [{"record": f"check:{number}", "expr": one} for number, one in enumerate(expressions().values())]
    panels = tmp_path / "panels.yml"
    panels.write_text(yaml.safe_dump({"groups": [{"name": "panels", "rules": rules}]}))
    for path in (RULES, panels):
        assert_content(promtool, "check", "rules", str(path))


def test_each_rule_fires_and_stays_quiet_as_its_examples_say(promtool: str) -> None:
    assert_content(promtool, "test", "rules", str(RULE_TESTS))


def test_each_rule_has_an_example_of_firing_and_one_of_staying_quiet() -> None:
    rules = {rule["alert"] for rule in all_rules()}
    examples = [one for test in yaml.safe_load(RULE_TESTS.read_text())["tests"] for one in test["alert_rule_test"]]
    assert {one["alertname"] for one in examples if one["exp_alerts"]} == rules
    assert {one["alertname"] for one in examples if not one["exp_alerts"]} == rules


def test_promtool_finds_nothing_wrong_with_the_metrics(app: Flask, client: FlaskClient, promtool: str) -> None:
    a_busy_day(app)
    client.get("/healthz", buffered=True)
    assert_content(promtool, "check", "metrics", given=client.get("/metrics").get_data(as_text=True))


def test_each_rule_has_a_severity_and_leads_to_a_section_of_the_runbooks() -> None:
    sections = re.findall(r"^## (.+)$", (ROOT / "docs" / "runbooks.md").read_text(), re.MULTILINE)
    for rule in all_rules():
        assert rule["labels"]["severity"] in ("critical", "warning", "info")
        base, _, section = rule["annotations"]["runbook_url"].partition("#")
        assert base == "{{ $externalLabels.desk_docs }}docs/runbooks.md"
        assert section in sections


def test_the_grafana_dashboard_keeps_its_address_and_leaves_the_choice_of_the_data_source() -> None:
    dashboard = json.loads(GRAFANA.read_text())
    assert dashboard["uid"] == "skinsback-desk"
    assert [(one["name"], one["type"]) for one in dashboard["templating"]["list"]] == [("datasource", "datasource")]
    sources = {target["datasource"]["uid"] for panel in dashboard["panels"] for target in [panel, *panel["targets"]]}
    assert sources == {"${datasource}"}


@dataclass
class TwoWorkers:
    """A gunicorn with two workers."""

    address: str
    process: subprocess.Popen[bytes]

    def children(self) -> set[str]:
        pid = self.process.pid
        return set(Path(f"/proc/{pid}/task/{pid}/children").read_text().split())

    def logins_counted(self) -> set[str]:
        """Ask for /metrics again and again; return how many requests of the sign-in page it told."""
        counted = rf'{PREFIX}http_requests_total\{{method="GET",route="/login",status="200"\}} (\S+)'
        shown = [requests.get(f"{self.address}/metrics", timeout=20).text for _ in range(10)]
        return {number for text in shown for number in re.findall(counted, text)}


@pytest.fixture
def two_workers(migrated_sqlite: Path, tmp_path: Path) -> Iterator[TwoWorkers]:
    database = tmp_path / "dashboard.sqlite"
    shutil.copy(migrated_sqlite, database)
    with socket.create_server(("127.0.0.1", 0)) as briefly:
        port = briefly.getsockname()[1]
    environment = os.environ | BASE_ENVIRONMENT | {
        "DATABASE_URL": f"sqlite:///{database}", "PORT": str(port), "WEB_CONCURRENCY": "2",
        "PROMETHEUS_MULTIPROC_DIR": str(tmp_path / "counts"),
    }  # fmt: skip
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "wsgi:app"], cwd=ROOT, env=environment, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                if requests.get(f"{address}/healthz", timeout=5).ok:
                    break
            except requests.RequestException:
                time.sleep(0.1)
        for _ in range(40):
            requests.get(f"{address}/login", timeout=20)
        yield TwoWorkers(address, server)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)


def test_whichever_worker_is_asked_counts_the_requests_of_all(two_workers: TwoWorkers) -> None:
    assert two_workers.logins_counted() == {"40.0"}


def test_several_workers_say_what_their_counts_mean(two_workers: TwoWorkers) -> None:
    shown = requests.get(f"{two_workers.address}/metrics", timeout=20).text
    assert f"# HELP {PREFIX}http_requests_total Requests that were answered." in shown


def test_the_counts_of_workers_that_a_reload_ended_stay(two_workers: TwoWorkers) -> None:
    before = two_workers.children()
    two_workers.process.send_signal(signal.SIGHUP)
    give_up_at = time.monotonic() + 30
    while two_workers.children() & before and time.monotonic() < give_up_at:
        time.sleep(0.05)
    assert two_workers.logins_counted() == {"40.0"}
