"""Every address that a page offers leads somewhere, and is escaped once: followed from page to page, for every role."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from urllib.parse import urldefrag, urlsplit

import pytest
import time_machine
from bs4 import Tag
from flask import Flask

from dashboard.finance.findings import store as findings
from dashboard.lib import rates
from dashboard.purchases.finality import SETTLEMENTS
from dashboard.sync import balance_store
from tests.conftest import signed_in
from tests.finance.reconcile.hands import upload
from tests.purchases.samples import store_purchase
from tests.reader import Page, Reader

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
STARTS = {"support": ["/"], "finance": ["/", "/finance", "/finance/balance"], "ops": ["/", "/ops"], "admin": ["/"]}
PAGES_AT_MOST = 2000
"""Some five times what there is, so that a page which invents addresses ends the crawl."""
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
    while waiting:
        origin, address = waiting.pop(0)
        if shape_of(address) in seen:
            continue
        seen.add(shape_of(address))
        assert len(seen) < PAGES_AT_MOST, f"pages lead to ever new ones: {address}"
        response = reader.client.get(address, follow_redirects=True)
        page = Page(response)
        yield origin, address, page
        if response.mimetype == "text/html":
            waiting += [(address, found) for found in addresses_on(page)]


DEBITED = {"debited", *(part.value for part in SETTLEMENTS)}
LEADS_ELSEWHERE = {"unexplained", "/ops/reversal-times"}
"""Figures that are no sum of purchases, whose link leads to what explains them; and a page that leads on by numbers."""

COUNTED = {
    "/ops/drift": '[data-row="drift"]', "/ops/reversals": '[data-row="user"]', "/ops/users": '[data-row="user"]',
    "/ops/retries": '[data-row="chain"]',
}  # fmt: skip
"""What a page counts, where it is not purchases."""


def numbers_on(page: Page) -> Iterator[tuple[str, str, str]]:
    """Yield (name, value, address) of every number that leads somewhere."""
    for tag in page.all("[data-sum][data-value], [data-count]"):
        link = tag if tag.name == "a" else tag.find_parent("a") or tag.find("a")
        name, value = ("count", tag["data-count"]) if tag.get("data-count") else (tag["data-sum"], tag["data-value"])
        if isinstance(link, Tag) and link.get("href") and value and not {name, link["href"]} & LEADS_ELSEWHERE:
            yield str(name), str(value), str(link["href"])


def rates_on(page: Page) -> Iterator[tuple[str, Decimal | None]]:
    """Yield each rate's exact value, and the share that the two counts beside it make."""
    for tag in page.all("[data-rate]"):
        whole = next(one for one in tag.find_all_next(attrs={"data-count": True}) if one["href"] != tag["href"])
        part, of = int(str(tag["data-count"])), int(str(whole["data-count"]))
        yield str(tag.get("data-value", "")), Decimal(part) / of if of else None


def sums_of(page: Page) -> dict[str, Decimal]:
    """Return what the purchases listed on a page add up to."""
    rows = [
        [Decimal(str(one["data-value"])) if one else None for one in (row.select_one(field) for field in FIELDS)]
        for row in page.all('[data-row="purchase"]')
    ]
    debited, price = (sum((row[at] or Decimal(0) for row in rows), Decimal(0)) for at in (0, 1))
    counted = page.all(COUNTED.get(urlsplit(page.response.request.path).path, '[data-row="purchase"]'))
    known = {"price": price, "difference": debited - price, "count": Decimal(len(counted))}
    return dict.fromkeys(DEBITED, debited) | known


FIELDS = tuple(f'[data-field="{name}"][data-value]:not([data-value=""])' for name in ("balance_debited_sum", "price"))

TYPED = {"note": "Looks well.", "text": "Looks well.", "name": "A rule of ours", "until": "2026-11-21T12:00"}
"""What somebody types into fields that are empty and may not stay so."""


def filled(form: Tag) -> dict[str, str]:
    """Return what a browser sends when somebody ticks every box and types what must be typed."""
    button = form.select_one("button")
    sent = {str(button["name"]): str(button["value"])} if button and button.get("name") else {}
    for field in form.select("input[name], textarea[name]"):
        kind, name = field.get("type", "text"), str(field["name"])
        if kind == "file" or (kind == "radio" and not field.has_attr("checked")):
            continue
        value = str(field.get("value") or (field.get_text() if field.name == "textarea" else ""))
        sent[name] = value or (TYPED[name] if field.has_attr("required") else "")
    for choice in form.select("select[name]"):
        option = choice.select_one("option[selected]") or choice.select_one("option")
        sent[str(choice["name"])] = str(option.get("value", "")) if option else ""
    return sent


NEEDS_MORE = {"/finance/reconcile": "a file", "/logout": "what is sent after it"}

LIST = "Order ID,Amount,Note\norder-1,2,x\norder-5,9,x\nOrder-2,9,x\nunknown,1,x\norder-1,2,x\nTotal,14,\n"


def upload_lists(reader: Reader) -> None:
    """Compare a list, and let another wait for a choice, so that their pages are crawled too."""
    upload(reader, LIST)
    upload(reader, LIST, choose="1")


def refused(reader: Reader, forms: dict[tuple[str, ...], tuple[str, Tag]]) -> Iterator[str]:
    """Send each form, which is found by the shape of its address; yield those that are refused."""
    for shape, (origin, form) in forms.items():
        if shape[0] in NEEDS_MORE:
            continue
        answer = reader.client.post(str(form["action"]), data=filled(form), follow_redirects=True)
        if answer.status_code >= 400:
            yield f"{form['action']} ({answer.status_code}), sent from {origin}"


# The administrator sees all that others see, so the second database need not show it to each of them.
@pytest.mark.parametrize(
    ("database_url", "role"),
    [*(("sqlite", role) for role in STARTS), pytest.param("postgresql", "admin", marks=pytest.mark.postgresql)],
    indirect=["database_url"],
)
def test_every_link_and_form_leads_somewhere_and_every_number_to_rows_that_make_it(app: Flask, role: str) -> None:
    reader = signed_in(app, role)
    forms: dict[tuple[str, ...], tuple[str, Tag]] = {}
    behind: dict[str, dict[str, Decimal]] = {}
    wrong = set()
    if role in ("finance", "admin"):
        upload_lists(reader)
    for origin, address, page in crawl(reader, STARTS[role]):
        if page.status >= 400 or "amp;" in address:
            wrong.add(f"{address} ({page.status}), on {origin}")
        for name, value, rows_at in numbers_on(page) if page.response.mimetype == "text/html" else ():
            if rows_at not in behind:
                behind[rows_at] = sums_of(Page(reader.client.get(rows_at, follow_redirects=True)))
            if behind[rows_at][name] != Decimal(value):
                wrong.add(f"{name} {value} on {address}, but {behind[rows_at][name]} at {rows_at}")
        for told, share in rates_on(page) if page.response.mimetype == "text/html" else ():
            if told != rates.share_text(share):
                wrong.add(f"a rate of {told} on {address}, but its counts make {share}")
        for form in page.all('form[method="post"]:has(button)') if page.response.mimetype == "text/html" else ():
            forms.setdefault(shape_of(str(form["action"])), (address, form))
        page.response.close()
    wrong |= set(refused(reader, forms))
    assert sorted(wrong) == []
    assert behind or role == "support"
    assert len(forms) > 2


def test_debited_of_a_day_in_the_balance_leads_to_the_purchases_of_that_day_alone(app: Flask) -> None:
    finance = signed_in(app, "finance")
    bridge = finance.get("/finance/balance", **{"from": "2026-11-17", "to": "2026-11-18", "tz": "UTC"})
    (link,) = [tag for tag in bridge.all('a[data-sum="debited"]') if "2026-11-17" in str(tag["href"])]
    assert finance.get(str(link["href"])).buy_ids() == [3]
