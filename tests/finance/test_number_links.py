"""Numbers of the finance pages lead to exactly the purchases that make them, and the list adds up to the same."""

from decimal import Decimal

import pytest
from flask import Flask

from dashboard.finance.findings import store as findings
from dashboard.finance.findings.rules import FindingKind
from dashboard.purchases import list_sum_queries as list_sums
from tests.conftest import signed_in
from tests.finance.closed.test_views import close_at
from tests.finance.debited.test_as_of import MONTH_END, OCTOBER, store_october
from tests.purchases.samples import store_purchase
from tests.reader import Page, Reader

NOVEMBER = "from=2026-11-01&to=2026-11-30&tz=Europe/Berlin"


@pytest.fixture
def finance(app: Flask) -> Reader:
    """Somebody of finance."""
    return signed_in(app, "finance")


def store_incomplete() -> None:
    store_purchase(buy_id=1, price=None)
    store_purchase(buy_id=2, balance_debited_sum=None)
    store_purchase(buy_id=3, price=None, balance_debited_sum=None)
    store_purchase(buy_id=4)


def count_of(page: Page) -> str:
    return str(page.one('[data-sum="count"]')["data-value"])


@pytest.mark.parametrize("as_of", ["", "&as_of=2099-01-01T00:00:00Z", "&as_of=NOW"])
def test_purchases_without_a_sum_are_a_link_to_them(finance: Reader, as_of: str) -> None:
    store_incomplete()
    if "2099" in as_of:
        # A moment to come is refused, not guessed.
        assert finance.get(f"/finance?{NOVEMBER}{as_of}").status == 400
        return
    if as_of:
        as_of = f"&as_of={finance.get(f'/finance?{NOVEMBER}').one('[data-field=as_of]')['datetime']}"
    page = finance.get(f"/finance?{NOVEMBER}{as_of}")
    for what, buy_ids in (("debited", {2, 3}), ("price", {1, 3})):
        link = page.one(f'[data-missing="{what}"]')
        listed = finance.get(str(link["href"]))
        assert set(listed.buy_ids()) == buy_ids
        assert count_of(listed) == str(link["data-value"]) == "2"


def test_a_list_leads_to_its_purchases_without_a_price(finance: Reader) -> None:
    store_incomplete()
    link = finance.get("/purchases?part=final").one('[data-missing="price"]')
    listed = finance.get(str(link["href"]))
    assert set(listed.buy_ids()) == {1, 3}
    assert "without a price" in listed.text_of(".chip")


def test_a_constant_ratio_leads_to_its_purchases_and_their_sum(finance: Reader) -> None:
    for number in range(1, 61):
        store_purchase(buy_id=number, price=Decimal(number), balance_debited_sum=Decimal(number) * Decimal("1.05"))
    store_purchase(buy_id=70, price=Decimal(10), balance_debited_sum=Decimal(12))
    findings.check(Decimal("0.01"))
    links = finance.get("/finance/wrong").all('[data-row="ratio"] a')
    count, debited, price, difference = (str(link["data-value"]) for link in links)
    listed = finance.get(str(links[0]["href"]))
    assert count_of(listed) == count == "60"
    shown = [str(listed.one(f'[data-sum="{name}"]')["data-value"]) for name in ("debited", "price", "difference")]
    assert shown == [debited, price, difference] == ["1921.50", "1830.00", "91.50"]


def test_a_ratio_that_is_none_is_left_out_and_explained(finance: Reader) -> None:
    store_purchase()
    page = finance.get("/purchases?ratio=a-lot")
    assert page.buy_ids() == [1]
    assert "no ratio" in page.text or "not a ratio" in page.text


def test_findings_without_an_owner_are_a_list_of_their_own(finance: Reader) -> None:
    for number in (1, 2, 3):
        store_purchase(
            buy_id=number, offer_status="timeout", balance_debited_sum=Decimal(number), price=Decimal(number),
            steamid=str(76561197960265728 + number),
        )  # fmt: skip
    findings.check(Decimal("0.01"))
    findings.take(FindingKind.FAILED_DEBITED, [2], "anna@shop.example")
    link = finance.get("/finance/wrong").one(f'[data-kind="{FindingKind.FAILED_DEBITED}"] a[href*="unowned"]')
    listed = finance.get(str(link["href"]))
    assert listed.buy_ids() == [3, 1]
    assert (link.text, count_of(listed)) == ("2", "2")
    assert listed.one("[data-finding-sum]")["data-value"] == "4.00"


def test_both_sides_of_what_changed_lead_to_purchases_with_that_sum(finance: Reader) -> None:
    store_october()
    page = finance.get(f"/finance/changes?{OCTOBER}&since=2026-11-01T00:05:00Z")
    rows = page.all('[data-row="difference"]')
    linked = [(cell, link) for row in rows for cell in row.select("td") for link in cell.select("a")]
    assert len(linked) == 5
    for cell, link in linked:
        assert finance.get(str(link["href"])).one('[data-sum="debited"]')["data-value"] == cell["data-value"]


def test_both_sides_of_a_closed_report_lead_to_purchases_with_that_sum(finance: Reader) -> None:
    store_october()
    report_id = close_at(MONTH_END)
    rows = finance.get(f"/finance/closed/{report_id}").all('[data-row="closed-part"]')
    linked = [(cell, link) for row in rows for cell in row.select("td") for link in cell.select("a")]
    assert len(linked) == 5
    for cell, link in linked:
        assert finance.get(str(link["href"])).one('[data-sum="debited"]')["data-value"] == cell["data-value"]


def test_a_list_too_long_to_be_added_up_at_once_leads_to_its_exact_sum(
    finance: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_sums, "COUNTED_AT_MOST", 2)
    for number in range(1, 6):
        store_purchase(buy_id=number, balance_debited_sum=Decimal("10.125"))
    page = finance.get("/purchases?min=10")
    assert "More than 2" in page.text_of("#found")
    sums_url = str(page.one("#sums")["hx-get"])
    assert sums_url == str(page.one("#sums a")["href"])
    for answer in (finance.get(sums_url), finance.fragment(sums_url)):
        assert (count_of(answer), answer.one('[data-sum="debited"]')["data-value"]) == ("5", "50.625")


def test_the_sum_of_a_list_that_takes_too_long_says_so(finance: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_sums, "whole_sums", lambda _filters: None)
    page = finance.get("/purchases/sums?min=10")
    assert "took too long" in page.text_of('[data-state="error"]')


@pytest.mark.parametrize(
    "path", ["/finance?from=2026-10-01&to=2026-10-31", "/finance/changes?since=2026-11-01T00:05:00Z", "/finance/wrong",
             "/finance/balance", "/finance/closed/1", "/purchases?from=2026-10-01", "/users/76561198050648523"],
)  # fmt: skip
def test_links_keep_a_zone_whose_name_has_a_plus(finance: Reader, path: str) -> None:
    store_october()
    close_at(MONTH_END)
    page = finance.get(f"{path}{'&' if '?' in path else '?'}tz=Etc/GMT%2B5")
    assert page.status == 200
    addresses = {str(tag[name]) for name in ("href", "hx-get") for tag in page.all(f'[{name}*="tz="]')}
    assert {address: finance.get(address).status for address in addresses} == dict.fromkeys(addresses, 200)
