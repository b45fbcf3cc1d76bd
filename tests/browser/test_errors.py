"""What htmx did not get is said in the place that asked; what people read and typed stays."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Desk, OpenPage, sign_in
from tests.browser.looks import problems_of
from tests.browser.test_following import store_now

FRAGMENT = '<div class="problem" role="alert"><p>No database.</p><p><a href="">Reload this page</a></p></div>'


def purchase_page(desk: Desk, open_page: OpenPage, **options: object) -> Page:
    store_now(desk, offer_status="waiting_accept")
    return open_page("/purchases/5", **options)


def fails(page: Page, part: str, status: int, body: str) -> None:
    """Let requests to addresses with this part be answered so."""

    def answer(route: Route) -> None:
        route.fulfill(status=status, body=body, content_type="text/html")

    page.route(re.compile(part), answer)


def expect_trouble(page: Page, place: str, words: str) -> None:
    problem = page.locator(f"{place} > .problem")
    expect(problem).to_contain_text(words)
    expect(problem).to_have_attribute("role", "alert")
    expect(problem.get_by_role("link", name="Reload this page")).to_be_visible()


def test_a_button_pressed_after_signing_in_elsewhere_says_so_and_keeps_the_page(
    desk: Desk, open_page: OpenPage
) -> None:
    page = purchase_page(desk, open_page)
    page.fill("#note", "half a note")
    other = page.context.new_page()
    other.goto("/")
    other.get_by_text("agent@shop.example").click()
    other.get_by_role("button", name="Sign out").click()
    sign_in(other)
    page.get_by_role("button", name="Refresh now").click()
    expect_trouble(page, "#panel", "signed in again")
    expect(page.locator(".answer .badge")).to_be_visible()
    assert page.input_value("#note") == "half a note"


def test_a_page_in_trouble_is_readable_and_fits_everywhere(desk: Desk, open_page: OpenPage) -> None:
    page = purchase_page(desk, open_page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Refresh now").click()
    expect_trouble(page, "#panel", "This computer is offline.")
    assert problems_of(page) == []


def test_what_was_typed_is_looked_up_by_trying_again(desk: Desk, open_page: OpenPage) -> None:
    store_now(desk, custom_id="order-5")
    page = open_page("/")
    page.context.set_offline(True)
    page.fill("#q", "order-5 not arrived")
    expect(page.locator("#results > .problem")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    page.wait_for_url("**/purchases/5")


def test_a_button_is_pressed_again_by_trying_again(desk: Desk, open_page: OpenPage) -> None:
    page = purchase_page(desk, open_page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Refresh now").click()
    again = page.get_by_role("button", name="Try again")
    expect(again).to_be_visible()
    page.context.set_offline(False)
    again.click()
    expect(page.locator(".problem")).to_have_count(0)


def test_trouble_goes_when_the_button_works_again(desk: Desk, open_page: OpenPage) -> None:
    page = purchase_page(desk, open_page)
    button = page.get_by_role("button", name="Refresh now")
    page.context.set_offline(True)
    button.click()
    expect(page.locator("#panel > .problem")).to_be_visible()
    page.context.set_offline(False)
    button.click()
    expect(page.locator(".problem")).to_have_count(0)
    expect(page.locator("#live")).to_have_text("Done.")


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (503, FRAGMENT, "No database."),
        (502, "<html><h1>502 Bad Gateway</h1></html>", "answered with 502"),
        (431, "", "answered with 431"),
        (200, "<!-- x --><html><title>Sign in</title>", "Another page came instead of the answer"),
        (200, "", "Another page came instead of the answer"),
    ],
)  # fmt: skip
def test_whatever_answers_a_pressed_button_is_said(
    desk: Desk, open_page: OpenPage, status: int, body: str, words: str
) -> None:
    page = purchase_page(desk, open_page)
    fails(page, "/refresh$", status, body)
    page.get_by_role("button", name="Refresh now").click()
    expect_trouble(page, "#panel", words)
    expect(page.locator(".answer .badge")).to_be_visible()
    assert page.locator("main").count() == 1


def test_panels_that_follow_by_themselves_say_it_once_and_take_it_back(open_page: OpenPage) -> None:
    page = open_page("/")
    page.clock.install()
    page.goto("/ops")
    expect(page.locator("#most table")).not_to_have_count(0)
    expect(page.locator("#work .age")).to_be_attached()
    fails(page, "poll=1", 502, "<html>502</html>")
    page.clock.run_for(61_000)
    expect_trouble(page, "#trouble", "answered with 502")
    expect(page.locator(".problem")).to_have_count(1)
    page.unroute(re.compile("poll=1"))
    page.clock.run_for(61_000)
    expect(page.locator(".problem")).to_have_count(0)


def test_what_is_typed_while_offline_shows_no_answer_to_another_text(desk: Desk, open_page: OpenPage) -> None:
    store_now(desk)
    page = open_page("/")
    page.fill("#q", "5")
    expect(page.locator('#results [data-buy-id="5"]')).to_be_visible()
    page.context.set_offline(True)
    page.fill("#q", "56")
    expect_trouble(page, "#results", "This computer is offline.")
    expect(page.locator('#results [data-buy-id="5"]')).to_have_count(0)


def test_a_part_that_does_not_load_keeps_its_link(open_page: OpenPage) -> None:
    page = open_page("/")
    fails(page, "/ops/most", 500, '<div class="problem"><p>Failed.</p></div>')
    page.goto("/ops")
    expect(page.locator("#most > .problem")).to_have_text("Failed.")
    expect(page.get_by_role("link", name="Items and users that fail most")).to_be_visible()
