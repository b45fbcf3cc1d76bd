"""Finance's pages of the balance and of comparisons in a browser: accessible, narrow enough, and the way through."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page

from dashboard.sync.balance_store import EVENT, record_balance
from tests.browser.conftest import Desk, OpenPage
from tests.browser.looks import problems_of
from tests.purchases.samples import store_purchase

NOW = datetime.now(UTC)
LIST = "order id;amount\norder-1;10,50\norder-2;9,99\norder-9;4,125\norder-1;10,50\n"


ASKED = "order_id,order_number,shipping_total,order_total\norder-1,7,0,10.50\norder-2,8,0,0.125\nTotal,,0,10.625\n"


def store_days(desk: Desk) -> None:
    with desk.app.app_context():
        for number in range(1, 5):
            made = NOW - timedelta(days=number % 3, hours=1)
            store_purchase(
                buy_id=number, custom_id=f"order-{number}", date=made, asked_at=made + timedelta(minutes=1),
                balance_debited_sum=Decimal("10.50"), offer_status="timeout" if number == 2 else "accepted",
            )  # fmt: skip
        store_purchase(
            buy_id=2, custom_id="order-2", date=NOW - timedelta(days=2, hours=1), asked_at=NOW,
            balance_debited_sum=Decimal("0.125"), offer_status="timeout",
        )  # fmt: skip
        for days, amount in ((3, "1000"), (2, "980.50"), (1, "1470"), (0, "1449.125")):
            record_balance(Decimal(amount), NOW - timedelta(days=days, minutes=5), EVENT)


def upload(page: Page, tmp_path: Path, text: str) -> None:
    file = tmp_path / "october.csv"
    file.write_text(text)
    page.goto("/finance/reconcile")
    page.set_input_files("#file", str(file))
    page.click("main form button.primary")


def test_the_pages_are_accessible_and_fit_the_screen(desk: Desk, open_page: OpenPage, tmp_path: Path) -> None:
    store_days(desk)
    page = open_page("/finance/balance")
    problems = problems_of(page)
    page.click('[data-row="period"]:nth-child(1) th a')
    problems += problems_of(page)
    upload(page, tmp_path, "custom_id,amount\na,b\n")
    problems += problems_of(page)
    upload(page, tmp_path, ASKED)
    problems += problems_of(page)
    page.click("main form button.primary")
    problems += problems_of(page)
    upload(page, tmp_path, LIST)
    page.wait_for_selector('[data-row="list"]')
    problems += problems_of(page)
    for path in ("/finance/reconcile", "/purchases", "/holds"):
        page.goto(path)
        problems += problems_of(page)
    assert problems == []


def test_a_file_is_compared_and_downloaded_without_javascript(desk: Desk, open_page: OpenPage, tmp_path: Path) -> None:
    store_days(desk)
    page = open_page("/finance/reconcile", java_script_enabled=False)
    upload(page, tmp_path, LIST)
    counts = [cell.inner_text() for cell in page.query_selector_all('[data-row="list"] [data-sum="count"]')]
    assert counts == ["1", "1", "1", "1", "1"]
    with page.expect_download() as download:
        page.click('.exports a:has-text("CSV")')
    assert Path(download.value.path()).read_text().startswith("list,file_row,custom_id")


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_columns_are_chosen_by_keyboard_and_going_back_compares_nothing_twice(
    desk: Desk, open_page: OpenPage, tmp_path: Path, java_script_enabled: bool
) -> None:
    store_days(desk)
    page = open_page("/finance/reconcile", java_script_enabled=java_script_enabled)
    upload(page, tmp_path, ASKED)
    for label, words in (("Order ID", "A (order_id)"), ("Amount", "D (order_total)")):
        pick = page.get_by_label(label, exact=True)
        assert pick.get_attribute("aria-invalid") == "true"
        pick.focus()
        page.keyboard.type(words)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Compare").press("Enter")
    page.wait_for_selector('[data-row="list"]')
    result = page.url
    assert [cell.inner_text() for cell in page.query_selector_all('[data-list="agreed"] [data-sum="count"]')] == ["2"]
    page.go_back()
    page.get_by_role("button", name="Compare").click()
    page.wait_for_selector('[data-row="list"]')
    assert page.url == result


def test_the_list_is_downloaded_with_its_filters(desk: Desk, open_page: OpenPage) -> None:
    store_days(desk)
    page = open_page("/purchases?status=timeout")
    with page.expect_download() as download:
        page.click('.exports a:has-text("CSV")')
    assert download.value.suggested_filename.startswith("purchases-status-timeout-as-of-")
    assert len(Path(download.value.path()).read_text().splitlines()) == 2
