"""Pages that stay open follow the store, and ask no more than they need to."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect
from sqlalchemy import insert, update

from dashboard.db.database import writing
from dashboard.sync.models import SkinsBackState
from tests.browser.conftest import Desk, OpenPage
from tests.observability.test_readiness import lead_and_refresh
from tests.purchases.samples import store_purchase


def requests_to(page: Page, part: str) -> list[str]:
    """Return a list that fills with the addresses the page asks for."""
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url) if part in request.url else None)
    return seen


def store_now(desk: Desk, **fields: object) -> None:
    now = datetime.now(UTC)
    with desk.app.app_context():
        store_purchase(**{"buy_id": 5, "date": now, "asked_at": now} | fields)  # type: ignore[arg-type] # Fields of a record.


def test_an_open_purchase_shows_what_the_store_knows_within_five_seconds(desk: Desk, open_page: OpenPage) -> None:
    store_now(desk, offer_status="waiting_accept")
    page = open_page("/purchases/5")
    store_now(desk, offer_status="timeout")
    expect(page.locator(".answer .badge")).to_have_attribute("data-value", "timeout", timeout=5_000)


def test_a_hidden_page_asks_for_nothing(desk: Desk, open_page: OpenPage) -> None:
    store_now(desk, offer_status="waiting_accept")
    page = open_page("/")
    page.clock.install()
    page.goto("/purchases/5")
    page.evaluate("Object.defineProperty(document, 'hidden', {get: () => true})")
    asked = requests_to(page, "poll=1")
    page.clock.run_for(60_000)
    assert asked == []


def test_a_settled_purchase_is_not_asked_for_again(desk: Desk, open_page: OpenPage) -> None:
    store_now(desk, offer_status="timeout")
    page = open_page("/")
    page.clock.install()
    page.goto("/purchases/5")
    asked = requests_to(page, "/panel")
    page.clock.run_for(60_000)
    assert asked == []


def test_a_list_follows_and_keeps_scroll_focus_and_what_is_being_typed(desk: Desk, open_page: OpenPage) -> None:
    for number in range(1, 41):
        store_now(desk, buy_id=number, custom_id=f"order-{number}")
    page = open_page("/")
    page.clock.install()
    page.goto("/purchases")
    field = page.locator("#f-min")
    field.fill("12.5")
    page.locator('[data-buy-id="3"] a').first.focus()
    page.evaluate("window.scrollTo(0, 400)")
    scroll = page.evaluate("window.scrollY")
    store_now(desk, buy_id=99, offer_status="waiting_accept", custom_id="order-99")
    page.clock.run_for(31_000)
    expect(page.locator('[data-buy-id="99"]')).to_be_visible()
    assert field.input_value() == "12.5"
    assert page.evaluate("document.activeElement.closest('[data-buy-id]')?.dataset.buyId") == "3"
    assert abs(page.evaluate("window.scrollY") - scroll) < 60


def test_trouble_with_skinsback_appears_on_an_open_page_and_goes_again(desk: Desk, open_page: OpenPage) -> None:
    page = open_page("/")
    page.clock.install()
    page.goto("/purchases")
    with desk.app.app_context(), writing() as connection:
        since = datetime.now(UTC) - timedelta(minutes=1)
        refusal = {
            "is_stopped": True,
            "failing_since": since,
            "last_failure_at": since,
            "failure_name": "shop_not_active",
        }
        connection.execute(insert(SkinsBackState).values(name="skinsback", failure_sentence="No.", **refusal))
    with desk.app.app_context():
        lead_and_refresh()
    page.clock.run_for(31_000)
    expect(page.locator("#notices")).to_contain_text("refuses our requests")
    with desk.app.app_context(), writing() as connection:
        connection.execute(update(SkinsBackState).values(is_stopped=False, failing_since=None))
    with desk.app.app_context():
        lead_and_refresh()
    page.clock.run_for(31_000)
    expect(page.locator("#notices")).not_to_contain_text("refuses our requests")
