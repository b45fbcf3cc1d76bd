"""A purchase's page over time: the clock of a hold, and a dashboard or SkinsBack that does not answer."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.browser.conftest import Desk, OpenPage
from tests.purchases.samples import store_purchase


def test_a_countdown_left_open_for_long_stands_at_zero_and_not_below(desk: Desk, open_page: OpenPage) -> None:
    now = datetime.now(UTC)
    with desk.app.app_context():
        store_purchase(buy_id=5, date=now, asked_at=now, in_hold=True, in_hold_until=now + timedelta(days=2))
    page = open_page("/")
    page.clock.install()
    page.goto("/purchases/5")
    # What follows is the page's own clock: nothing that tells the server's may be fetched meanwhile.
    for part in ("**/panel*", "**/notices*"):
        page.route(part, lambda route: route.abort())
    clock = page.locator(".answer .clock")
    expect(clock).to_have_text(re.compile(r"^1 d 23:59:\d\d$"))
    page.clock.fast_forward(timedelta(days=3) // timedelta(milliseconds=1))
    expect(clock).to_have_text("00:00:00")


def test_a_page_that_the_dashboard_no_longer_answers_says_so(desk: Desk, open_page: OpenPage) -> None:
    buy_id = desk.skinsback.add_purchase(offer_status="waiting_accept")
    page = open_page("/")
    page.clock.install()
    page.goto(f"/purchases/{buy_id}")
    expect(page.locator("#panel .age")).to_be_hidden()
    page.route("**/panel*", lambda route: route.abort())
    page.clock.fast_forward("10:00")
    expect(page.locator("#panel .age")).to_contain_text("No answer from the dashboard since")


def test_refresh_now_keeps_what_is_shown_when_skinsback_fails(desk: Desk, open_page: OpenPage) -> None:
    buy_id = desk.skinsback.add_purchase(offer_status="accepted")
    page = open_page(f"/purchases/{buy_id}")
    desk.skinsback.set_faults(html_502=True)
    page.get_by_role("button", name="Refresh now").click()
    expect(page.locator("#panel .notice")).to_contain_text("Not refreshed")
    expect(page.locator(".answer .badge")).to_have_attribute("data-value", "accepted")
