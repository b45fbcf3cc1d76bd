"""The pages of alerts, rules and health in a real browser: accessible, not too wide, and whole without JavaScript."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.alerts.rounds import judge
from tests.alerts.test_engine import reverse_trades
from tests.browser.conftest import Desk, OpenPage
from tests.browser.looks import problems_of
from tests.ops.test_health_views import reject

NOW = datetime.now(UTC)
PAGES = ("/ops/alerts", "/ops/alerts/1", "/ops/alerts/rules/1?try=1", "/ops/alerts/rules/5", "/ops/health")


def an_open_alert(desk: Desk) -> None:
    with desk.app.app_context():
        reverse_trades(5, NOW - timedelta(minutes=1))
        judge(NOW)


def test_axe_finds_nothing_and_no_page_is_wider_than_the_screen(desk: Desk, open_page: OpenPage) -> None:
    an_open_alert(desk)
    with desk.app.app_context():
        reject('{"buy_id": 5}', 5)
    page = open_page("/")
    problems = []
    for path in PAGES:
        page.goto(path)
        for summary in page.locator("main details summary").all():
            summary.click()
        problems += problems_of(page)
    assert problems == []


def test_an_alert_is_acknowledged_and_a_rule_tried_and_saved_without_javascript(
    desk: Desk, open_page: OpenPage
) -> None:
    an_open_alert(desk)
    page = open_page("/ops/alerts", java_script_enabled=False)
    page.click('[data-row="alert"] a >> nth=0')
    page.get_by_role("button", name="Acknowledge as agent@shop.example").click()
    expect(page.locator("main")).to_contain_text("Acknowledged by agent@shop.example")
    page.get_by_role("link", name="The rule").click()
    page.get_by_label("Reversals, at least").fill("3")
    page.get_by_role("button", name="Try on the last 30 days").click()
    expect(page.locator('[data-row="past-alert"]')).to_have_count(1)
    expect(page.get_by_label("Reversals, at least")).to_have_value("3")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("The rule was saved.")


def test_an_alert_appears_by_itself(desk: Desk, open_page: OpenPage) -> None:
    page = open_page("/")
    page.clock.install()
    page.goto("/ops/alerts")
    expect(page.locator('#alerts [data-state="empty"]')).to_be_visible()
    an_open_alert(desk)
    page.clock.run_for(31_000)
    expect(page.locator('[data-row="alert"]')).to_be_visible()
