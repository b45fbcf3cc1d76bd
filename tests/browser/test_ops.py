"""The operations page in a browser: charts by keyboard, panels that follow, both colour schemes, and no JavaScript."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Desk, OpenPage
from tests.browser.looks import problems_of
from tests.ops.test_top import run_jobs
from tests.purchases.samples import store_purchase

PAGES = (
    "/ops?window=24h", "/ops?window=30d", "/ops/stuck", "/ops/reversals", "/ops/retries",
    "/ops/reversal-times?bin=unknown", "/ops/drift", "/ops/users", "/ops/overdue", "/holds",
)  # fmt: skip


def fill(desk: Desk) -> None:
    """Something for every list, in a copy that is current."""
    now = datetime.now(UTC)
    statuses = ["accepted"] * 12 + ["timeout", "trade_create_error", "rollback_user", "rollback_user", "in_review"]
    with desk.app.app_context():
        for number, status in enumerate([*statuses, "creating_trade"]):
            date = now - timedelta(hours=number, minutes=20)
            store_purchase(buy_id=number + 1, date=date, asked_at=now, offer_status=status, custom_id=f"order-{number}")
        run_jobs("refresh", "import", "alerts")


def test_operations_pages_are_accessible_and_no_wider_than_the_screen(desk: Desk, open_page: OpenPage) -> None:
    fill(desk)
    page = open_page("/ops")
    problems = []
    for path in PAGES:
        page.goto(path)
        if path.startswith("/ops?"):
            page.locator("#most table").first.wait_for()
            page.click("#rates-table summary")
        problems += problems_of(page)
    assert problems == []


def test_a_bar_is_reached_by_keyboard_says_its_figures_and_leads_to_its_purchases(
    desk: Desk, open_page: OpenPage
) -> None:
    fill(desk)
    page = open_page("/ops?window=24h")
    bar = page.get_by_role("link", name=re.compile("failed 100.0%")).first
    bar.focus()
    expect(bar).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/purchases\?since=.*phase=failed"))
    expect(page.locator('[data-row="purchase"]')).to_have_count(1)


def focused(page: Page) -> str:
    """The name of the focused link of a chart, or what kind of element has the focus."""
    return str(
        page.evaluate("document.activeElement.querySelector('title')?.textContent || document.activeElement.tagName")
    )


def tab_stops(page: Page) -> int:
    """How many presses of Tab it takes to get from before the charts to behind them."""
    page.locator(".headline-figures a").last.focus()
    for number in range(1, 300):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('#rates-table') !== null"):
            return number
    raise AssertionError("the charts never end")


def test_a_chart_is_one_stop_of_the_tab_key_and_its_bars_are_walked_along_with_arrows(
    desk: Desk, open_page: OpenPage
) -> None:
    fill(desk)
    page = open_page("/ops?window=24h")
    # Each of the two charts: the region that can be scrolled, and one of its links; then the table.
    assert tab_stops(page) == 5
    page.locator("#chart-failure").locator(".bar").last.focus()
    newest = focused(page)
    page.keyboard.press("ArrowLeft")
    before = focused(page)
    assert before != newest
    page.keyboard.press("ArrowDown")
    assert focused(page) == f"{before.split(': ')[0]}: 1 decided purchases"
    page.keyboard.press("Home")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#chart-failure .bar").first).to_be_focused()
    page.keyboard.press("End")
    assert focused(page) == newest


def test_the_place_in_a_chart_stays_while_the_panel_follows(desk: Desk, open_page: OpenPage) -> None:
    fill(desk)
    page = open_page("/ops?window=24h")
    page.locator("#chart-failure .bar").nth(5).focus()
    with page.expect_response(re.compile("/ops/rates")):
        page.evaluate("htmx.trigger(document.getElementById('rates'), 'poll')")
    expect(page.locator('#chart-failure [tabindex="0"]')).to_have_count(1)
    expect(page.locator("#chart-failure .bar").nth(5)).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#chart-failure .bar").nth(6)).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["bar", "counted"])
def test_the_focused_link_of_a_chart_is_framed_in_the_colour_of_focus(
    desk: Desk, open_page: OpenPage, scheme: str, kind: str
) -> None:
    fill(desk)
    page = open_page("/ops?window=24h", color_scheme=scheme)
    page.locator("#chart-failure .bar").last.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowDown" if kind == "counted" else "ArrowUp")
    style = "getComputedStyle(document.activeElement.querySelector('.slot'))"
    accent = {"light": "rgb(53, 80, 200)", "dark": "rgb(143, 166, 255)"}[scheme]
    assert page.evaluate(f"[{style}.stroke, {style}.strokeWidth]") == [accent, "2px"]


def test_without_javascript_a_link_leads_past_a_chart_whose_every_bar_can_be_reached(
    desk: Desk, open_page: OpenPage
) -> None:
    fill(desk)
    page = open_page("/ops?window=24h", java_script_enabled=False)
    page.locator(".headline-figures a").last.focus()
    page.keyboard.press("Tab")
    skip = page.locator(".past-chart").first
    expect(skip).to_be_focused()
    assert skip.bounding_box()["height"] > 10  # type: ignore[index] # It is on the page.
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("#chart-failure .bar").first).to_be_focused()
    skip.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".past-chart").nth(1)).to_be_focused()


def test_the_page_follows_by_itself_and_keeps_the_open_table(desk: Desk, open_page: OpenPage) -> None:
    fill(desk)
    page = open_page("/ops?window=24h")
    page.click("#rates-table summary")
    page.evaluate("window.sameDocument = true")
    with desk.app.app_context():
        store_purchase(buy_id=99, date=datetime.now(UTC), asked_at=datetime.now(UTC), offer_status="timeout")
    page.evaluate("htmx.trigger(document.getElementById('rates'), 'poll')")
    expect(page.locator('.headline-figures [data-sum="count"]')).to_have_text("19")
    expect(page.locator("#rates-table")).to_have_attribute("open", "")
    assert page.evaluate("window.sameDocument") is True


def test_the_page_says_once_what_it_is_as_of_and_follows(open_page: OpenPage) -> None:
    page = open_page("/")
    page.clock.install()
    page.goto("/ops")
    expect(page.locator("#most table")).not_to_have_count(0)
    assert page.inner_text("body").count("Shown as of") == 1
    before = page.get_attribute("[data-as-of]", "datetime")
    page.clock.run_for(61_000)
    expect(page.locator("[data-as-of]")).not_to_have_attribute("datetime", str(before))
    assert page.inner_text("body").count("Shown as of") == 1


def test_what_needs_rows_is_loaded_after_the_page(desk: Desk, open_page: OpenPage) -> None:
    fill(desk)
    page = open_page("/ops?window=24h")
    expect(page.locator('[data-work="stuck open purchases"]')).to_have_text("1")
    expect(page.locator("#most")).to_contain_text("Users that fail most")


def test_without_javascript_everything_is_reached_by_links(desk: Desk, open_page: OpenPage) -> None:
    fill(desk)
    page = open_page("/ops?window=24h", java_script_enabled=False)
    expect(page.locator("[data-verdict]")).to_be_visible()
    page.click("#work a")
    expect(page.locator('[data-work="stuck open purchases"]')).to_have_text("1")
    page.go_back()
    page.click("#most a")
    expect(page.locator("h1")).to_have_text("What fails most")
    page.go_back()
    page.click('.segments a:has-text("7 days")')
    expect(page).to_have_url(re.compile("window=7d"))
