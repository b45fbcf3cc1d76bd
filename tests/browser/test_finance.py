"""The pages of finance in a real browser: accessible, narrow enough, by keyboard, and without JavaScript."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from playwright.sync_api import expect

from dashboard.finance.closed import store as closing
from dashboard.finance.findings import store as findings
from dashboard.finance.findings.rules import FindingKind
from dashboard.lib.periods import By, Period, month_end, month_start, zone_by_name
from tests.browser.conftest import Desk, OpenPage
from tests.browser.looks import problems_of
from tests.purchases.samples import store_purchase

NOW = datetime.now(UTC)


def store_some(desk: Desk) -> int:
    """Store purchases of every part, look for what is wrong, close this month's report; return its number."""
    states = ("accepted", "timeout", "rollback_user", "rollback_supplier", "waiting_accept", "brand_new")
    with desk.app.app_context():
        for number in range(1, 25):
            store_purchase(
                buy_id=number, offer_status=states[number % 6], date=NOW - timedelta(hours=7 * number), asked_at=NOW,
                in_hold=number % 12 == 0 or None, balance_debited_sum=Decimal(number * 12_345).scaleb(-3),
                custom_id=None if number % 5 == 0 else f"order-{number}",
            )  # fmt: skip
        findings.check(Decimal("0.01"))
        today = NOW.date()
        return closing.close_report(
            Period(month_start(today), month_end(today), zone_by_name("UTC"), By.DAY), "anna@shop.example"
        )


def test_axe_finds_nothing_on_the_pages_of_finance_and_none_is_wider_than_the_screen(
    desk: Desk, open_page: OpenPage
) -> None:
    report_id = store_some(desk)
    since = (NOW - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    page = open_page("/finance")
    problems = []
    for path in (
        "/finance?by=week",
        "/finance?from=nonsense&as_of=2199-01-01T00:00",
        f"/finance?as_of={since}",
        f"/finance/changes?since={since}",
        "/finance/changes",
        "/finance/releases",
        f"/finance/purchases?as_of={NOW.strftime('%Y-%m-%dT%H:%M:%SZ')}&part=failed",
        "/finance/closed",
        f"/finance/closed/{report_id}",
        "/finance/wrong",
        f"/finance/wrong/{FindingKind.FAILED_DEBITED}",
        f"/finance/wrong/{FindingKind.FAILED_DEBITED}/1",
        "/purchases?part=failed",
    ):
        page.goto(path)
        problems += problems_of(page)
    assert problems == []


def test_a_column_of_the_chart_leads_by_keyboard_to_its_purchases(desk: Desk, open_page: OpenPage) -> None:
    store_some(desk)
    page = open_page("/finance?by=month")
    page.locator(".chart a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/purchases?**")
    expect(page.locator("h1")).to_have_text("Purchases")


def test_a_report_is_closed_and_a_finding_resolved_without_javascript(desk: Desk, open_page: OpenPage) -> None:
    store_some(desk)
    page = open_page("/finance", java_script_enabled=False)
    page.click("form.close button")
    expect(page.locator("h1")).to_contain_text("Closed report")
    page.goto(f"/finance/wrong/{FindingKind.FAILED_DEBITED}")
    page.check('input[name="buy_id"] >> nth=0')
    page.fill("#reason", "SkinsBack returned it")
    page.get_by_role("button", name="Resolve the selected ones").click()
    page.goto(f"/finance/wrong/{FindingKind.FAILED_DEBITED}?state=resolved")
    expect(page.locator('[data-row="purchase"]')).to_contain_text("SkinsBack returned it")
