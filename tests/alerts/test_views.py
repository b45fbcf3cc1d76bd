"""The pages of alerts and rules: what ops sees, does, and tries before switching it on."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import insert

from dashboard.alerts.engine import evaluate_alerts
from dashboard.alerts.kinds import FIRST_RULES
from dashboard.alerts.models import Alert, AlertCause
from dashboard.alerts.queries import find_rule, find_rules
from dashboard.db.database import writing
from dashboard.db.extensions import db
from tests.alerts.rounds import judge
from tests.alerts.test_engine import fail_purchases, reverse_trades
from tests.conftest import signed_in
from tests.purchases.samples import STEAMID, store_purchase
from tests.reader import Reader

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def ops(app: Flask) -> Reader:
    evaluate_alerts(NOW - timedelta(minutes=1))
    return signed_in(app, "ops")


def rule_of(kind: str) -> int:
    return next(rule.id for rule in find_rules() if rule.kind.name == kind)


def open_reversal() -> None:
    reverse_trades(5, NOW)
    judge(NOW)


@pytest.mark.parametrize("role", ["support", "finance"])
@pytest.mark.parametrize("path", ["/ops/alerts", "/ops/alerts/1", "/ops/alerts/rules/1"])
def test_only_ops_and_administrators_see_alerts(app: Flask, role: str, path: str) -> None:
    reader = signed_in(app, role)
    assert reader.get(path).status == 403
    assert "/ops/alerts" not in str(reader.get("/").one('nav[aria-label="Main"]'))


def test_a_quiet_day_says_so(ops: Reader) -> None:
    page = ops.get("/ops/alerts")
    assert "No alert is open" in page.text
    assert len(page.all('[data-row="rule"]')) == len(FIRST_RULES)


def test_an_open_alert_stands_on_top_with_its_subject_and_way_in(ops: Reader) -> None:
    open_reversal()
    page = ops.get("/ops/alerts")
    row = page.one('[data-row="alert"]')
    assert "reversed 5 trades" in row.get_text()
    assert page.value("steamid") == STEAMID
    assert f'href="/users/{STEAMID}"' in str(row)
    assert ops.fragment("/ops/alerts").one('[data-row="alert"]')


def test_the_alert_page_shows_evidence_purchases_and_who_was_told(ops: Reader) -> None:
    open_reversal()
    page = ops.get("/ops/alerts/1")
    assert page.values("buy_id") == ["5", "4", "3", "2", "1"]
    assert "$10.00" in page.text
    assert "no receiver was set" in page.text
    listed = ops.get(str(page.all('a[href^="/?q="]')[0]["href"]))
    assert sorted(set(listed.buy_ids())) == [1, 2, 3, 4, 5]


def test_the_link_of_a_failure_rate_leads_to_its_purchases(ops: Reader) -> None:
    fail_purchases(8, NOW)
    judge(NOW)
    link = ops.get("/ops/alerts/1").all('a.button[href^="/purchases?"]')[0]["href"]
    assert sorted(ops.get(str(link)).buy_ids()) == list(range(1000, 1008))


@pytest.mark.parametrize("others", ["trade_create_error", "timeout"])
def test_the_link_of_a_failure_rate_leaves_out_failures_that_it_does_not_count(ops: Reader, others: str) -> None:
    fail_purchases(8, NOW)
    fail_purchases(3, NOW, first=3000, offer_status=others, error_reason="private_inventory")
    judge(NOW)
    link = ops.get("/ops/alerts/1").all('a.button[href^="/purchases?"]')[0]["href"]
    assert sorted(ops.get(str(link)).buy_ids()) == list(range(1000, 1008))


def test_acknowledging_puts_a_name_to_it_once(app: Flask, ops: Reader) -> None:
    open_reversal()
    page = ops.post("/ops/alerts/1/acknowledge")
    assert "Acknowledged by ops@shop.example" in page.text
    other = signed_in(app, "admin")
    assert "Somebody else had acknowledged" in other.post("/ops/alerts/1/acknowledge").text
    assert "acknowledged by ops@shop.example" in ops.get("/ops/alerts").text


def test_a_closed_alert_stays_in_the_history(ops: Reader) -> None:
    open_reversal()
    for hours in (25, 26):
        judge(NOW + timedelta(hours=hours))
    page = ops.get("/ops/alerts")
    assert page.one('[data-row="alert"][data-state="closed"]')
    assert "The cause has gone." in ops.get("/ops/alerts/1").text


@pytest.mark.parametrize("path", ["/ops/alerts/99", "/ops/alerts/rules/99", f"/ops/alerts/{2**70}"])
def test_what_does_not_exist_is_not_found(ops: Reader, path: str) -> None:
    assert ops.get(path).status == 404


def test_a_rule_says_what_it_would_have_done_with_thresholds_that_are_not_saved(ops: Reader) -> None:
    reverse_trades(5, NOW - timedelta(days=3))
    rule = rule_of("user_reversals")
    page = ops.get(
        f"/ops/alerts/rules/{rule}", name="x", window_hours=24, least_reversals=5, quiet_minutes=10, **{"try": 1}
    )
    assert page.value_of_sum("count") == "1" if hasattr(page, "value_of_sum") else page.one('[data-sum="count"]')
    assert len(page.all('[data-row="past-alert"]')) == 1
    assert "These thresholds are not saved yet" in page.text
    page = ops.get(
        f"/ops/alerts/rules/{rule}", name="x", window_hours=24, least_reversals=6, quiet_minutes=10, **{"try": 1}
    )
    assert page.one('[data-state="empty"]').get_text().strip() == "It would have opened no alert."


def test_a_new_rule_is_off_and_shows_what_it_would_have_done_before_it_is_switched_on(ops: Reader) -> None:
    fail_purchases(8, NOW - timedelta(days=1))
    page = ops.post("/ops/alerts/rules", kind="failure_rate")
    assert page.one("#state").get_text() == "Off"
    assert len(page.all('[data-row="past-alert"]')) == 1
    switched = ops.post(f"/ops/alerts/rules/{find_rules()[-1].id}/switch", on="1")
    assert switched.one("#state").get_text() == "On"


def test_thresholds_are_saved_with_a_name_and_wrong_ones_explained_beside_their_field(ops: Reader) -> None:
    rule = rule_of("stuck")
    fields = {"name": "Hangs", "minutes": "20", "least_purchases": "7", "quiet_minutes": "5"}
    page = ops.post(f"/ops/alerts/rules/{rule}", **fields)
    assert "Last changed" in page.text
    assert "ops@shop.example" in page.text
    db.session.rollback()
    kept = next(one for one in find_rules() if one.id == rule)
    assert (kept.name, kept.settings["least_purchases"]) == ("Hangs", 7)
    page = ops.post(f"/ops/alerts/rules/{rule}", **fields | {"minutes": "5", "name": " "})
    assert page.status == 422
    assert "from 15 to 1440" in page.one("#error-minutes").get_text()
    assert page.one("#error-name")
    assert page.one('input[name="minutes"]')["value"] == "5"


def test_a_rule_is_muted_until_a_time_of_the_pages_zone_and_can_speak_again(ops: Reader) -> None:
    rule = rule_of("stuck")
    local = (NOW + timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M")
    assert "Muted until" in ops.post(f"/ops/alerts/rules/{rule}/mute", until=local).text
    assert "Muted until" in ops.get("/ops/alerts").text
    assert "The rule is no longer muted" in ops.post(f"/ops/alerts/rules/{rule}/unmute").text


def test_a_rule_is_muted_until_the_time_of_the_zone_that_its_page_names(ops: Reader) -> None:
    rule = rule_of("stuck")
    address = f"/ops/alerts/rules/{rule}?tz=Asia/Kathmandu"
    action = str(ops.get(address).one('form:has([name="until"])')["action"])
    until = (NOW + timedelta(hours=8)).astimezone(ZoneInfo("Asia/Kathmandu"))
    ops.post(action, until=until.strftime("%Y-%m-%dT%H:%M"))
    db.session.rollback()
    found = find_rule(rule)
    assert found is not None
    assert found.muted_until == until.replace(second=0, microsecond=0)


FIRST_AND_LAST_DAY = ["0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00"]


@pytest.mark.parametrize("until", ["", " ", "soon", "2020-01-01T00:00", "2199-01-01T00:00", *FIRST_AND_LAST_DAY])
def test_a_time_that_cannot_be_muted_to_is_explained(ops: Reader, until: str) -> None:
    page = ops.post(f"/ops/alerts/rules/{rule_of('stuck')}/mute", until=until)
    assert page.status == 422
    assert page.one("#error-until")


def test_an_alert_of_an_impossible_number_is_not_found(ops: Reader) -> None:
    assert ops.get(f"/ops/alerts/{2**63}").status == 404
    assert ops.post(f"/ops/alerts/{2**63}/acknowledge").status == 404


def test_the_test_button_says_that_nobody_would_be_told(ops: Reader) -> None:
    assert "Nobody is told of alerts" in ops.post("/ops/alerts/test").text


def test_every_kind_of_rule_has_a_page_that_can_be_tried(ops: Reader) -> None:
    for rule in find_rules():
        page = ops.get(f"/ops/alerts/rules/{rule.id}")
        form = {str(field["name"]): str(field.get("value", "")) for field in page.all("#thresholds input")}
        for select in page.all("#thresholds select"):
            form[str(select["name"])] = str(select.select("option[selected]")[0]["value"])
        tried = ops.get(f"/ops/alerts/rules/{rule.id}", **form, **{"try": 1})
        assert tried.status == 200
        assert re.search("It would have opened no alert|Not enough history is kept", tried.text), rule.kind.name


def test_a_history_of_ten_thousand_alerts_is_read_page_by_page(ops: Reader) -> None:
    rule = rule_of("stuck")
    fields = {"subject": "", "figures": "[]", "buy_ids": "[]", "link": "/ops", "closed_because": ""}
    with writing() as connection:
        rows = [
            {
                **fields,
                "rule_id": rule,
                "sentence": f"Alert {number}.",
                "opened_at": NOW,
                "seen_at": NOW,
                "closed_at": NOW,
            }
            for number in range(10_000)
        ]
        connection.execute(insert(Alert), rows)
        of_cause = {"cause": "stuck", "kind": "stuck", "severity": "warning", "figures": "[]", "buy_ids": "[]"}
        seen = {"link": "/ops", "first_seen_at": NOW, "last_seen_at": NOW}
        causes = [
            {**of_cause, **seen, "alert_id": number + 1, "sentence": f"Alert {number}."} for number in range(10_000)
        ]
        connection.execute(insert(AlertCause), causes)
    page = ops.get("/ops/alerts")
    assert len(page.all('[data-row="alert"][data-state="closed"]')) == 50
    assert "Alert 9999." in page.text
    older = ops.get(str(page.one('a[rel="next"]')["href"]))
    assert "Alert 9949." in older.text
    assert not older.all('[data-row="rule"]')


def test_markup_in_a_name_or_a_value_stays_text(ops: Reader) -> None:
    rule = rule_of("unknown_values")
    ops.post(f"/ops/alerts/rules/{rule}", name="<b>new</b>", window_hours="24", least_answers="1", quiet_minutes="60")
    store_purchase(asked_at=NOW, offer_status="<img src=x>", item_name="<script>alert(1)</script>")
    judge(NOW)
    for path in ("/ops", "/ops/alerts", "/ops/alerts/1", f"/ops/alerts/rules/{rule}", "/ops/drift", "/ops/most"):
        html = ops.get(path).response.get_data(as_text=True)
        assert not re.search("<b>new|<img src=x|<script>alert", html), path
    assert "<b>new</b>" in ops.get("/ops").text
