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
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
import yaml
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text

from dashboard.db import lease_store as lease
from dashboard.db.extensions import db
from dashboard.db.models import Lease
from dashboard.factory import PLAN
from dashboard.jobs.results import JobResult
from dashboard.jobs.run_store import record_run
from dashboard.skinsback.client import CallReport
from dashboard.skinsback.errors import SkinsBackError
from dashboard.sync import state_store as skinsback_state
from tests.alerts.rounds import judge
from tests.alerts.test_engine import reverse_trades
from tests.conftest import BASE_ENVIRONMENT, signed_in
from tests.purchases.samples import STEAMID, store_purchase

ROOT = Path(__file__).parents[2]
RULES = ROOT / "monitoring" / "alert-rules.yml"
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
    (found,) = [number for given, number in samples[name] if given == labels]
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
    assert value(samples, "dashboard_leader_up") == 1
    assert value(samples, "dashboard_job_failing", job="import") == 1
    assert value(samples, "dashboard_job_last_success_timestamp_seconds", job="refresh") >= int(NOW.timestamp())
    assert value(samples, "dashboard_skinsback_answers_recent", outcome="success") == 1
    assert value(samples, "dashboard_skinsback_slowest_recent_seconds", outcome="success") == 0.25
    assert value(samples, "dashboard_events_recent", source="webhook", event="buy_item") == 1
    assert value(samples, "dashboard_alerts_open", kind="user_reversals") == 1
    assert value(samples, "dashboard_alerts_unacknowledged") == 1
    assert value(samples, "dashboard_oldest_overdue_seconds") > 3000
    assert value(samples, "dashboard_requests_limit") == 450


def test_the_figures_come_in_the_text_format_that_every_prometheus_reads(client: FlaskClient) -> None:
    assert client.get("/metrics").headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"


def test_a_figure_of_which_nothing_is_known_has_its_name_and_no_value(client: FlaskClient) -> None:
    assert read(client)["dashboard_last_answer_timestamp_seconds"] == []


def test_metrics_readyz_and_the_health_page_agree(app: Flask, client: FlaskClient) -> None:
    ops = signed_in(app, "ops")
    for prepare in (lambda: None, lambda: a_busy_day(app)):
        prepare()
        ready = value(read(client), "dashboard_ready")
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
            number for labels, number in read(client).get("dashboard_http_requests_total", []) if labels == wanted
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
        assert value(read(client), "dashboard_database_up") == 0
    finally:
        Lease.__table__.create(db.engine)  # type: ignore[attr-defined] # A table, not a mere selectable.


def expressions() -> dict[str, str]:
    """Every expression of the rules and of the Grafana dashboard, by where it stands."""
    rules = yaml.safe_load(RULES.read_text())
    found = {rule["alert"]: rule["expr"] for group in rules["groups"] for rule in group["rules"]}
    for panel in json.loads(GRAFANA.read_text())["panels"]:
        for target in panel["targets"]:
            found[f"{panel['title']} {target['refId']}"] = target["expr"]
    return found


def test_every_metric_that_rules_and_dashboard_name_exists(app: Flask, client: FlaskClient) -> None:
    a_busy_day(app)
    client.get("/healthz", buffered=True)
    names = set(read(client))
    for place, expression in expressions().items():
        used = set(re.findall(r"\bdashboard_[a-z_]+", expression))
        assert used <= names, f"{place} names {used - names}"
        assert used or "up{" in expression


def test_every_job_that_a_rule_names_exists() -> None:
    named = {job for one in expressions().values() for job in re.findall(r'dashboard_job\w+\{job="(\w+)"', one)}
    assert named
    assert named <= {job.name for job in PLAN.jobs}


def test_promtool_finds_nothing_wrong_with_the_rules(tmp_path: Path) -> None:
    promtool = shutil.which("promtool")
    if promtool is None:
        if os.environ.get("REQUIRE_EVERYTHING"):
            pytest.fail("promtool is not installed, so the rules were not checked")
        pytest.skip("promtool is not installed (Debian: prometheus), so the rules were not checked")
    # The expressions of the Grafana dashboard are rules to promtool when they stand in a file of rules.
    rules = [{"record": f"check:{number}", "expr": one} for number, one in enumerate(expressions().values())]
    panels = tmp_path / "panels.yml"
    panels.write_text(yaml.safe_dump({"groups": [{"name": "panels", "rules": rules}]}))
    for path in (RULES, panels):
        done = subprocess.run([promtool, "check", "rules", str(path)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def two_workers(migrated_sqlite: Path, tmp_path: Path) -> Iterator[str]:
    """The address of gunicorn with two workers."""
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
        yield address
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)


def test_whichever_worker_is_asked_counts_the_requests_of_all(two_workers: str) -> None:
    for _ in range(40):
        requests.get(f"{two_workers}/login", timeout=20)
    told = set()
    for _ in range(10):
        shown = requests.get(f"{two_workers}/metrics", timeout=20).text
        told |= set(
            re.findall(r'dashboard_http_requests_total\{method="GET",route="/login",status="200"\} (\S+)', shown)
        )
    assert told == {"40.0"}
