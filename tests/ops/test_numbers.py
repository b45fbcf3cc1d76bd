"""Every number of the operations pages leads to a list of exactly what it counts."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random
from urllib.parse import unquote

import pytest
import time_machine
from bs4 import Tag
from flask import Flask

from dashboard.purchases import store
from dashboard.purchases.store import Source
from dashboard.skinsback.records import PurchaseRecord
from tests.alerts.rounds import judge
from tests.conftest import signed_in
from tests.purchases.samples import a_record, an_answer
from tests.reader import Page, Reader

NOW = datetime(2026, 11, 25, 9, 40, 12, 345678, tzinfo=UTC)
STATUSES = {
    "accepted": 30, "timeout": 6, "canceled": 6, "trade_create_error": 6, "user_not_tradable": 3, "rollback_user": 5,
    "rollback_supplier": 3, "waiting_accept": 3, "creating_trade": 3, "in_review": 1,
}  # fmt: skip
REASONS = [None, None, "skin_unavailable", "private_inventory", "too_many_failed_attempts", "brand_new"]
ITEMS = ["AK-47 | Redline", "★ Karambit & <b>", "Case", None]
USERS = [*(str(76561198050648500 + number) for number in range(12)), None]
PURCHASES = 200
ROWS_ON_A_PAGE = 50
FOLLOWED = 40
"""Of a page with more numbers, chosen at random."""


@pytest.fixture
def ops(app: Flask) -> Iterator[Reader]:
    with time_machine.travel(NOW, tick=False):
        yield signed_in(app, "ops")


def populate(seed: int) -> None:
    """Store purchases of the last 40 days, half of them of the last day, some with a life that was seen here."""
    dice = Random(seed)
    records = [_purchase(dice, number) for number in range(1, PURCHASES + 1)]
    seen_before = [record for record in records if record.offer_status.startswith("rollback") and dice.random() < 0.6]
    for record in seen_before:
        status = dice.choice(["accepted", "waiting_accept"])
        earlier = a_record(buy_id=record.buy_id, date=record.date, steamid=record.steamid, offer_status=status)
        store.record_answer(an_answer(earlier, asked_at=record.date + timedelta(minutes=5)), Source.SCHEDULED)
    store.record_answer(an_answer(*records, asked_at=NOW), Source.HISTORY)


def _purchase(dice: Random, buy_id: int) -> PurchaseRecord:
    days = dice.choice([1, 1, 8, 40])
    date = NOW.replace(microsecond=0) - timedelta(seconds=dice.randrange(days * 86_400))
    (status,) = dice.choices(list(STATUSES), list(STATUSES.values()))
    is_held = status == "accepted" and dice.random() < 0.7
    return a_record(
        buy_id=buy_id, date=date, offer_status=status, item_name=dice.choice(ITEMS), steamid=dice.choice(USERS),
        error_reason=dice.choice(REASONS) if status not in ("accepted", "waiting_accept") else None,
        in_hold=is_held or None, in_hold_until=NOW + timedelta(hours=dice.randrange(-30, 190)) if is_held else None,
    )  # fmt: skip


def number_links(page: Page) -> list[tuple[str, int]]:
    return [(str(link["href"]), int(str(link["data-count"]))) for link in page.all("a[data-count]")]


def own_count(page: Page, url: str) -> int:
    """The count that a page says of itself; of one of its sections where the address names it."""
    marks = [mark for mark in page.all('[data-sum="count"]') if not mark.find_parent(attrs={"data-row": True})]
    if "#" in url:
        section = page.one(f"#{url.partition('#')[2]}")
        marks = section.select('[data-sum="count"]')
    elif url.startswith("/ops/reversal-times"):
        marks = marks[:1]
    (mark,) = marks
    return int(str(mark["data-value"]))


def rows_shown(page: Page, url: str) -> int:
    kind = "chain" if "/retries" in url else "drift" if "/drift" in url else "purchase"
    kind = "user" if "/ops/users" in url or "/ops/reversals" in url else kind
    return len(page.all(f'[data-row="{kind}"]'))


def assert_numbers_lead_to_what_they_count(reader: Reader, pages: list[Page]) -> None:
    """Follow each number; of a page with very many, some of them."""
    dice = Random(1)
    found = {link for page in pages for link in sorted(number_links(page), key=lambda _: dice.random())[:FOLLOWED]}
    wrong = []
    for url, number in sorted(found):
        target = reader.fragment(url) if url.startswith("/purchases") else reader.get(url)
        count = own_count(target, url)
        is_listed = url != "/ops/reversal-times" and "/holds" not in url
        rows = rows_shown(target, url) if is_listed and count <= ROWS_ON_A_PAGE else count
        if not number == count == rows:
            wrong.append((url, number, count, rows))
    assert wrong == []


WINDOWS = [
    "window=1h", "window=24h&tz=Asia/Kathmandu", "window=7d&tz=America/New_York", "window=30d",
    "from=2026-10-20&to=2026-11-24&tz=Europe/Berlin",
]  # fmt: skip


@pytest.mark.parametrize(("seed", "query"), list(enumerate(WINDOWS)))
def test_every_number_of_the_page_and_its_panels_counts_what_its_list_holds(ops: Reader, seed: int, query: str) -> None:
    populate(seed)
    page, most, work = ops.get(f"/ops?{query}"), ops.get(f"/ops/most?{query}"), ops.get("/ops/work")
    found = [number_links(one) for one in (page, most, work)]
    assert len(found[0]) > 40
    assert len(found[2]) == 6
    assert_numbers_lead_to_what_they_count(ops, [page, most, work])


def test_every_number_of_the_lists_counts_what_its_list_holds(ops: Reader) -> None:
    populate(11)
    windows = ("24h", "7d", "30d")
    pages = [ops.get(f"/ops/{name}?window={window}") for name in ("reversals", "reversal-times") for window in windows]
    pages += [ops.get(f"/ops/users?window=7d&who={who}") for who in ("decided", "failed", "nothing")]
    pages += [ops.get("/holds?tz=Asia/Kathmandu"), ops.get("/holds?tz=UTC"), ops.get("/ops/health")]
    assert sum(len(number_links(page)) for page in pages) > 100
    assert_numbers_lead_to_what_they_count(ops, pages)


def test_no_number_of_these_pages_is_a_link_that_does_not_say_what_it_counts(ops: Reader) -> None:
    populate(21)
    judge(NOW)
    addresses = ("/ops", "/ops/most", "/ops/work", "/ops/reversals", "/ops/reversal-times", "/ops/users", "/holds")
    for page in map(ops.get, addresses):
        numbers = [link for link in page.all("main a") if is_number(link)]
        assert [link for link in numbers if not link.has_attr("data-count")] == []


def is_number(link: Tag) -> bool:
    is_an_id = link.has_attr("data-field")
    return not is_an_id and re.fullmatch(r"[\d,.]+[kM]?%?", link.get_text(strip=True)) is not None


def test_lists_that_numbers_lead_to_speak_in_the_zone_of_the_page(ops: Reader) -> None:
    populate(51)
    zone = "tz=Asia/Kathmandu"
    for path in ("/ops?window=24h", "/ops/most?window=24h", "/ops/work?", "/ops/reversals?window=30d", "/holds?"):
        links = number_links(ops.get(f"{path}&{zone}"))
        health = {"/ops/overdue"}
        assert [url for url, _ in links if zone not in unquote(url) and url not in health] == [], path
        assert all("tz=" not in url for url, _ in number_links(ops.get(path))) or path == "/holds?"


@pytest.mark.parametrize("who", ["decided", "failed", "nothing"])
def test_the_users_of_a_group_are_exactly_those_whose_purchases_say_so(ops: Reader, who: str) -> None:
    populate(31)
    page = ops.get(f"/ops/users?window=24h&who={who}")

    @cache
    def phases(steamid: str) -> set[str]:
        listed = ops.get(f"/purchases?steamid={steamid}&since=2026-11-24T09:40:13Z")
        return {kind for kind in ("failed", "served") if any(_is(kind, s) for s in listed.values("offer_status"))}

    expected = {
        "decided": {user for user in USERS if user and phases(user)},
        "failed": {user for user in USERS if user and "failed" in phases(user)},
        "nothing": {user for user in USERS if user and phases(user) == {"failed"}},
    }
    assert set(page.values("steamid")) == expected[who]


def _is(kind: str, status: str) -> bool:
    served = {"accepted", "rollback_user", "rollback_supplier"}
    failed = {"timeout", "canceled", "trade_create_error", "user_not_tradable"}
    return status in (served if kind == "served" else failed)


def test_alerts_are_counted_as_they_are_listed(ops: Reader) -> None:
    populate(41)
    judge(NOW)
    count = int(str(ops.get("/ops").one("[data-open-alerts]")["data-open-alerts"]))
    assert count == len(ops.get("/ops/alerts").all('[data-row="alert"]')) > 0
