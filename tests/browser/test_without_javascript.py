"""Each page's work without JavaScript."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Desk, OpenPage
from tests.purchases.samples import DATE, store_purchase


@pytest.fixture
def plain_page(open_page: OpenPage) -> Page:
    """The look-up page in a browser that runs no scripts."""
    return open_page("/", java_script_enabled=False)


def test_looking_up_one_id_opens_the_purchase(plain_page: Page) -> None:
    plain_page.fill("#q", "9")
    plain_page.get_by_role("button", name="Look up").click()
    expect(plain_page).to_have_url(re.compile(r"/purchases/9$"))


def test_refreshing_shows_what_changed_at_skinsback(desk: Desk, plain_page: Page) -> None:
    buy_id = desk.skinsback.add_purchase(offer_status="accepted")
    plain_page.goto(f"/purchases/{buy_id}")
    desk.skinsback.change_purchase(buy_id, offer_status="rollback_supplier")
    plain_page.get_by_role("button", name="Refresh now").click()
    expect(plain_page.locator(".answer .badge")).to_have_attribute("data-value", "rollback_supplier")


def test_no_button_that_needs_scripts_is_shown(plain_page: Page) -> None:
    plain_page.goto("/purchases/9")
    plain_page.click(".menu summary")
    useless = plain_page.locator("[data-copy], [data-theme-choice]")
    assert useless.count() > 1
    assert [button.is_visible() for button in useless.all()] == [False] * useless.count()


def test_filters_narrow_the_list(desk: Desk, plain_page: Page) -> None:
    with desk.app.app_context():
        store_purchase(buy_id=1)
        store_purchase(buy_id=2, offer_status="timeout")
    plain_page.goto("/purchases")
    plain_page.locator("summary", has_text="Status").click()
    plain_page.locator('input[name="status"][value="timeout"]').check()
    plain_page.locator("summary", has_text="Status").click()
    plain_page.get_by_role("button", name="Show", exact=True).click()
    expect(plain_page.locator('#rows [data-row="purchase"]')).to_have_count(1)
    expect(plain_page.locator('#rows [data-buy-id="2"]')).to_be_visible()


def test_the_list_is_paged_through(desk: Desk, plain_page: Page) -> None:
    with desk.app.app_context():
        for number in range(1, 53):
            store_purchase(buy_id=number, date=DATE + timedelta(minutes=number), custom_id=f"order-{number}")
    plain_page.goto("/purchases")
    rows = plain_page.locator('#rows [data-row="purchase"]')
    expect(rows).to_have_count(50)
    plain_page.get_by_role("link", name="Next 50").click()
    expect(rows).to_have_count(2)
    plain_page.get_by_role("link", name="First page").click()
    expect(rows).to_have_count(50)
