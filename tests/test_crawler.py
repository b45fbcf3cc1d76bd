"""Every address that a page offers leads somewhere, and is escaped once: followed from page to page, for every role."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from urllib.parse import urldefrag, urlsplit

import pytest
import time_machine
from flask import Flask

from dashboard.finance.findings import store as findings
from dashboard.sync import balance_store
from tests.conftest import signed_in
from tests.purchases.samples import store_purchase
from tests.reader import Page, Reader

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
STARTS = {"support": ["/"], "finance": ["/", "/finance", "/finance/balance"], "ops": ["/", "/ops"], "admin": ["/"]}
PAGES_AT_MOST = 120
STATUSES = ("accepted", "timeout", "trade_create_error", "rollback_user", "waiting_accept", "never_seen")


@pytest.fixture(autouse=True)
def _shop(app: Flask) -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        for number in range(1, 13):
            made = NOW - timedelta(days=number)
            store_purchase(
                asked_at=made, buy_id=number, date=made, custom_id=f"order-{number}", in_hold=number % 3 == 0,
                offer_status=STATUSES[number % len(STATUSES)], price=None if number == 4 else Decimal(number),
                balance_debited_sum=None if number == 5 else Decimal(number) * 2,
            )  # fmt: skip
            balance_store.record_balance(Decimal(1000 - number), made, balance_store.EVENT)
        findings.check(Decimal(1))
        yield


def addresses_on(page: Page) -> Iterator[str]:
    """Yield what the page links to and what its panels load by themselves, within the dashboard."""
    for tag in page.all("a[href], [hx-get], form[method=get][action]"):
        address = str(tag.get("href") or tag.get("hx-get") or tag.get("action"))
        if address.startswith("/") and not urlsplit(address).path.startswith("/static/"):
            yield urldefrag(address).url


def shape_of(address: str) -> tuple[str, ...]:
    """Return what makes an address the same kind as another: numbers and values aside."""
    parts = urlsplit(address)
    path = "/".join("#" if one.isdigit() else one for one in parts.path.split("/"))
    return (path, *sorted({pair.partition("=")[0] for pair in parts.query.split("&")}))


def crawl(reader: Reader, starts: list[str]) -> Iterator[tuple[str, str, Page]]:
    """Yield (from where, address, page), one page for each kind of address."""
    waiting, seen = [("the start", start) for start in starts], set[tuple[str, ...]]()
    while waiting and len(seen) < PAGES_AT_MOST:
        origin, address = waiting.pop(0)
        if shape_of(address) in seen:
            continue
        seen.add(shape_of(address))
        response = reader.client.get(address, follow_redirects=True)
        page = Page(response)
        yield origin, address, page
        if response.mimetype == "text/html":
            waiting += [(address, found) for found in addresses_on(page)]


@pytest.mark.parametrize("role", STARTS)
def test_every_address_on_every_page_leads_somewhere_and_is_escaped_once(app: Flask, role: str) -> None:
    broken = []
    for origin, address, page in crawl(signed_in(app, role), STARTS[role]):
        if page.status >= 400 or "amp;" in address:
            broken.append(f"{address} ({page.status}), on {origin}")
        page.response.close()
    assert broken == []


def test_debited_of_a_day_in_the_balance_leads_to_the_purchases_of_that_day_alone(app: Flask) -> None:
    finance = signed_in(app, "finance")
    bridge = finance.get("/finance/balance", **{"from": "2026-11-17", "to": "2026-11-18", "tz": "UTC"})
    (link,) = [tag for tag in bridge.all('a[data-sum="debited"]') if "2026-11-17" in str(tag["href"])]
    assert finance.get(str(link["href"])).buy_ids() == [3]
