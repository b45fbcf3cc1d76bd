"""The look-up box beyond a single hit: the order of a pasted list, and the way back to what was typed."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Desk, OpenPage
from tests.purchases.samples import store_purchase


def test_a_pasted_list_is_answered_in_the_order_of_its_lines(desk: Desk, open_page: OpenPage) -> None:
    lines = [str(desk.skinsback.add_purchase()) for _ in range(3)]
    pasted = [lines[2], "no-such-order", lines[0], lines[1]]
    page = open_page("/")
    page.fill("#q", "\n".join(pasted))
    page.keyboard.press("Enter")
    expect(page.locator('table.answers td[data-label="ID"]')).to_contain_text(pasted)
    found = page.locator('table.answers [data-field="buy_id"]')
    expect(found).to_have_text([lines[2], lines[0], lines[1]])


def test_back_from_a_purchase_leads_to_what_was_typed(desk: Desk, open_page: OpenPage) -> None:
    with desk.app.app_context():
        store_purchase(buy_id=41, custom_id="42")
        store_purchase(buy_id=42)
    page = open_page("/")
    page.locator("#q").press_sequentially("42")
    expect(page).to_have_url(re.compile(r"\?q=42&open=0$"))
    page.click('#results [data-buy-id="41"] a.plain')
    expect(page).to_have_url(re.compile(r"/purchases/41$"))
    page.go_back()
    expect(page).to_have_url(re.compile(r"\?q=42&open=0$"))
    expect(page.locator("#q")).to_have_value("42")


def test_shift_and_enter_begin_a_new_line(open_page: OpenPage) -> None:
    page = open_page("/")
    page.locator("#q").press_sequentially("9")
    page.keyboard.press("Shift+Enter")
    expect(page.locator("#q")).to_have_value("9\n")
    expect(page.locator("#q")).to_have_attribute("rows", "2")


def test_the_one_line_box_in_the_header_answers_every_id_of_a_list(desk: Desk, open_page: OpenPage) -> None:
    with desk.app.app_context():
        store_purchase(buy_id=41, custom_id="order-41")
        store_purchase(buy_id=42, custom_id="order-42")
    page = open_page("/purchases")
    page.fill("#quick", "1. order-42 2. **order-41** 3. no-such-order")
    page.keyboard.press("Enter")
    named = page.locator('table.answers td[data-label="ID"]')
    expect(named).to_contain_text(["order-42", "order-41", "no-such-order"])
    expect(page.locator('[data-state="not-found"]')).to_have_count(1)


def test_the_text_around_ids_opens_on_a_click_and_fits_a_phone(desk: Desk, open_page: OpenPage) -> None:
    with desk.app.app_context():
        store_purchase(buy_id=41, custom_id="order-41")
    page = open_page("/", viewport={"width": 390, "height": 800})
    page.goto("/?open=0&q=order-41+never+arrived+" + "x" * 250)
    text = page.locator('[data-list="text"] li')
    expect(text).to_be_hidden()
    page.click('[data-list="text"] summary')
    expect(text).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
