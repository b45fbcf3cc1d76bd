"""What only a browser shows: focus, typing, copying, countdowns, panels that follow, and pages without JavaScript."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.browser.conftest import Desk
from tests.browser.looks import problems_of
from tests.purchases.samples import STEAMID, store_purchase

OpenPage = Callable[..., Page]

NOW = datetime.now(UTC)


def store(desk: Desk, **fields: object) -> None:
    with desk.app.app_context():
        store_purchase(**fields)  # type: ignore[arg-type] # Fields of a record.


def store_hold(desk: Desk, buy_id: int, left: timedelta) -> None:
    now = datetime.now(UTC)
    store(desk, buy_id=buy_id, date=now, asked_at=now, in_hold=True, in_hold_until=now + left)


def test_the_box_has_the_focus_on_arrival(open_page: OpenPage) -> None:
    expect(open_page("/").locator("#q")).to_be_focused()


def test_a_slash_focuses_the_search_from_another_page(open_page: OpenPage) -> None:
    page = open_page("/holds")
    page.keyboard.press("/")
    expect(page.locator("#quick")).to_be_focused()


def test_enter_opens_the_one_exact_hit(open_page: OpenPage) -> None:
    page = open_page("/")
    page.fill("#q", "9")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/purchases/9$"))
    expect(page.locator(".answer")).to_contain_text("SkinsBack could not make the trade offer")


def test_results_appear_as_somebody_types_and_the_address_follows(desk: Desk, open_page: OpenPage) -> None:
    store(desk, buy_id=41)
    page = open_page("/")
    page.locator("#q").press_sequentially("order-1")
    expect(page.locator('#results [data-buy-id="41"]')).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?q=order-1&open=0$"))
    expect(page.locator("#q")).to_be_focused()


def test_back_leads_from_a_purchase_to_the_results(desk: Desk, open_page: OpenPage) -> None:
    store(desk, buy_id=41, custom_id="42")
    store(desk, buy_id=42, custom_id="b")
    page = open_page("/?q=42")
    page.click('[data-buy-id="41"] a.plain')
    expect(page).to_have_url(re.compile(r"/purchases/41$"))
    page.go_back()
    expect(page.locator('[data-row="purchase"]')).to_have_count(2)


def test_back_leads_to_what_was_typed_even_where_it_had_a_single_hit(desk: Desk, open_page: OpenPage) -> None:
    store(desk, buy_id=41)
    page = open_page("/")
    page.locator("#q").press_sequentially("order-1")
    page.click('#results [data-buy-id="41"] a.plain')
    expect(page).to_have_url(re.compile(r"/purchases/41$"))
    page.go_back()
    expect(page.locator("#q")).to_have_value("order-1")
    expect(page.locator('#results [data-buy-id="41"]')).to_be_visible()


def test_a_click_elsewhere_closes_an_open_filter(open_page: OpenPage) -> None:
    page = open_page("/purchases")
    page.click(".pick summary >> nth=0")
    expect(page.locator(".pick[open]")).to_have_count(1)
    page.click("h1")
    expect(page.locator(".pick[open]")).to_have_count(0)


def test_a_pasted_list_gets_a_row_for_each_id(open_page: OpenPage) -> None:
    page = open_page("/")
    page.fill("#q", "9\nno-such-order\n9")
    page.click("form.box button")
    expect(page.locator("table.answers tbody tr")).to_have_count(2)
    expect(page.locator("table.answers tbody tr").nth(0)).to_contain_text("named 2 times")
    expect(page.locator("table.answers tbody tr").nth(1)).to_contain_text("Not found")


def test_a_countdown_runs_and_stops_at_zero(desk: Desk, open_page: OpenPage) -> None:
    store_hold(desk, 5, timedelta(seconds=6))
    page = open_page("/purchases/5")
    clock = page.locator(".answer .clock")
    expect(clock).to_have_text(re.compile(r"^00:00:0[1-5]$"))
    expect(clock).to_have_text("00:00:00", timeout=8000)
    expect(clock).to_have_class(re.compile("over"))


def test_the_sentence_for_the_customer_is_copied(open_page: OpenPage) -> None:
    page = open_page("/purchases/9", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy sentence").click()
    expect(page.locator("#live")).to_have_text("Copied.")
    sentence = page.locator('[data-answer="sentence"]').inner_text()
    assert page.evaluate("navigator.clipboard.readText()") == sentence


def test_refresh_now_shows_the_change_without_a_reload(desk: Desk, open_page: OpenPage) -> None:
    buy_id = desk.skinsback.add_purchase(offer_status="accepted")
    page = open_page(f"/purchases/{buy_id}")
    page.evaluate("window.sameDocument = true")
    desk.skinsback.change_purchase(buy_id, offer_status="rollback_supplier")
    page.get_by_role("button", name="Refresh now").click()
    expect(page.locator(".answer")).to_contain_text("Reversed by supplier")
    assert page.evaluate("window.sameDocument") is True


def test_an_open_purchase_follows_by_itself_and_keeps_a_half_typed_note(desk: Desk, open_page: OpenPage) -> None:
    now = datetime.now(UTC)
    store(desk, buy_id=5, offer_status="waiting_accept", date=now, asked_at=now)
    page = open_page("/purchases/5")
    page.fill("#note", "half a no")
    store(desk, buy_id=5, offer_status="timeout", date=now, asked_at=now + timedelta(seconds=1))
    expect(page.locator(".answer .badge")).to_have_attribute("data-value", "timeout", timeout=8000)
    expect(page.locator("#note")).to_have_value("half a no")
    expect(page.locator("#note")).to_be_focused()


def test_a_note_stands_in_the_history(open_page: OpenPage) -> None:
    page = open_page("/purchases/9")
    page.fill("#note", "Called the customer.")
    page.get_by_role("button", name="Add note").click()
    expect(page.locator(".timeline p.note")).to_have_text("Called the customer.")


def test_the_chosen_colours_stay(open_page: OpenPage) -> None:
    page = open_page("/holds")
    page.click(".menu summary")
    page.get_by_role("button", name="Dark").click()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_everything_works_without_javascript(desk: Desk, open_page: OpenPage) -> None:
    page = open_page("/", java_script_enabled=False)
    page.fill("#q", "9\nno-such-order")
    page.click("form.box button")
    expect(page.locator("table.answers tbody tr")).to_have_count(2)
    page.click('[data-buy-id="9"] a >> nth=0')
    expect(page.locator(".answer")).to_be_visible()
    expect(page.locator("[data-copy]").first).to_be_hidden()
    page.get_by_role("button", name="Refresh now").click()
    expect(page.locator(".answer")).to_be_visible()
    page.goto("/purchases?status=timeout")
    expect(page.locator('[data-state="empty"]')).to_be_visible()


PAGES = (
    "/",
    "/?q=9%0Ano-such-order%0A%3Cb%3E",
    "/purchases/9",
    "/purchases/5",
    "/purchases",
    "/holds",
    f"/users/{STEAMID}",
    "/purchases/123456789",
)


def test_axe_finds_nothing_and_no_page_is_wider_than_the_screen(desk: Desk, open_page: OpenPage) -> None:
    store_hold(desk, 5, timedelta(days=7))
    page = open_page("/login", signed_in=False)
    problems = problems_of(page)
    page = open_page("/")
    for path in PAGES:
        page.goto(path)
        problems += problems_of(page)
    assert problems == []
