"""Pages built from 10,000 answers in which one optional field in a hundred is of a wrong type, chosen at random.

No purchase may be missing, no sum be counted that is not known, and nothing be final that says that it is on hold. What
is right is worked out here once more, from what was sent.
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from flask import Flask
from sqlalchemy import select

from dashboard.db.extensions import db
from dashboard.purchases import store
from dashboard.purchases.models import Purchase
from dashboard.purchases.store import Source
from dashboard.skinsback.parsing import parse_answer, parse_items
from dashboard.skinsback.records import PurchasesAnswer
from tests.conftest import signed_in
from tests.reader import Page, Reader
from tests.totals.recomputed import totals_from_rows, totals_kept

NUMBER, CHUNK, USERS = 10_000, 1000, 100
FIRST_STEAMID = 76561198050648500
NOWHERE_A_VALUE: tuple[Any, ...] = ([], {}, ["x"], {"a": 1}, float("nan"))
WRONG: dict[str, tuple[Any, ...]] = {
    "offer_status": (None, True, *NOWHERE_A_VALUE), "error_reason": (False, True, *NOWHERE_A_VALUE),
    "in_hold": ("yes", "maybe", 2, *NOWHERE_A_VALUE), "in_hold_until": (True, "soon", 1, *NOWHERE_A_VALUE),
    "steamid": (False, True, *NOWHERE_A_VALUE), "custom_id": (False, True, *NOWHERE_A_VALUE),
    "tradeofferid": (False, True, *NOWHERE_A_VALUE), "date": (None, "yesterday", True, *NOWHERE_A_VALUE),
    "balance_debited_sum": ("lots", True, 10**30, "0.1234567", *NOWHERE_A_VALUE), "item": (5, "AK-47", [], [{}], True),
}  # fmt: skip
FAILED = ("timeout", "canceled", "invalid_trade_token", "user_not_tradable", "trade_create_error")
OPEN = ("creating_trade", "waiting_accept")
HOLDS = (
    lambda _, __: {}, lambda _, now: {"in_hold": True, "in_hold_until": iso(now + timedelta(days=3))},
    lambda _, __: {"in_hold": True}, lambda _, now: {"in_hold": False, "in_hold_until": iso(now - timedelta(0, 1))},
    lambda _, __: {"in_hold": False, "in_hold_until": None}, lambda _, __: {"in_hold": None, "in_hold_until": ""},
)  # fmt: skip


def iso(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"


@dataclass
class Sent:
    """What SkinsBack sends of a purchase, before some of it is spoilt, and which fields are."""

    buy_id: int
    obj: dict[str, Any]
    spoilt: dict[str, Any] = field(default_factory=dict)

    @property
    def debited(self) -> Decimal | None:
        return None if "balance_debited_sum" in self.spoilt else Decimal(self.obj["balance_debited_sum"])

    def part(self, now: datetime) -> str:
        status = self.obj["offer_status"]
        if "offer_status" in self.spoilt or status == "in_review":
            return "unknown"
        if status != "accepted":
            phase = {"rollback_user": "reversed_by_user", "rollback_supplier": "reversed_by_supplier"}.get(status)
            return phase or ("failed" if status in FAILED else "open")
        flag = "unreadable" if "in_hold" in self.spoilt else self.obj.get("in_hold")
        if flag is True or flag == "unreadable" or "in_hold_until" in self.spoilt:
            return "reversible"
        return "final"  # The only ends in the future stand beside an in_hold that is true.


def answers(now: datetime) -> list[Sent]:
    rng = Random(11)
    statuses = ("accepted",) * 6 + ("timeout", "canceled", "rollback_user", "waiting_accept", "in_review")
    sent = []
    for buy_id in range(1, NUMBER + 1):
        obj = {
            "buy_id": buy_id, "offer_status": rng.choice(statuses), "error_reason": rng.choice((None, "moon")),
            "steamid": str(FIRST_STEAMID + buy_id % USERS), "custom_id": f"order-{buy_id}",
            "tradeofferid": str(7_000_000_000 + buy_id), "date": int(now.timestamp()) - rng.randrange(20 * 86_400),
            "balance_debited_sum": f"{rng.randrange(1, 50_000)}.{rng.randrange(1000):03}",
            "item": {"id": 5, "name": f"Item {buy_id % 50}", "price": "10.00", "classid": "17"},
            "in_hold": None, "in_hold_until": None,
        } | rng.choice(HOLDS)(buy_id, now)  # fmt: skip
        spoilt = {name: rng.choice(values) for name, values in WRONG.items() if rng.random() < 0.01}
        sent.append(Sent(buy_id, obj, spoilt))
    return sent


def store_all(sent: list[Sent], now: datetime) -> None:
    for start in range(0, NUMBER, CHUNK):
        items = [one.obj | one.spoilt for one in sent[start : start + CHUNK]]
        body = json.dumps({"status": "success", "items": items}).encode()
        records, rejected = parse_items(parse_answer(body)["items"])
        store.record_answer(PurchasesAnswer(tuple(records), tuple(rejected), now), Source.HISTORY)


def sum_of(page: Page, name: str) -> Decimal:
    (shown,) = [tag for tag in page.all(f'[data-sum="{name}"]') if tag.find_parent(attrs={"data-row": True}) is None]
    return Decimal(str(shown["data-value"]))


def unknown_in(page: Page) -> int:
    return int(str(page.all('[data-missing="debited"]')[0]["data-value"]))


def assert_sums(page: Page, sent: list[Sent]) -> None:
    known = [one.debited for one in sent if one.debited is not None]
    assert (sum_of(page, "count"), sum_of(page, "debited")) == (len(sent), sum(known))
    assert unknown_in(page) == len(sent) - len(known) > 0


def check_finance(finance: Reader, sent: list[Sent], now: datetime) -> None:
    period = f"from={(now - timedelta(days=21)).date()}&to={now.date()}&tz=UTC&by=day"
    page = finance.get(f"/finance?{period}")
    assert_sums(page, sent)
    by_part: Counter[str] = Counter()
    for one in sent:
        by_part[one.part(now)] += one.debited or Decimal(0)  # type: ignore[assignment] # A counter of sums.
    shown = {part: sum_of(page, part) for part in by_part}
    assert shown == dict(by_part)


def check_users(reader: Reader, sent: list[Sent]) -> None:
    for place in range(3):
        steamid = str(FIRST_STEAMID + place)
        ours = [one for one in sent if one.obj["steamid"] == steamid and "steamid" not in one.spoilt]
        known = [one.debited for one in ours if one.debited is not None]
        page = reader.get(f"/users/{steamid}")
        assert (sum_of(page, "count"), sum_of(page, "debited")) == (len(ours), sum(known))
        unknown = [int(str(tag["data-value"])) for tag in page.all("dd > [data-missing]")]
        assert sum(unknown) == len(ours) - len(known)


def check_purchases(reader: Reader, sent: list[Sent]) -> None:
    for name in WRONG:
        one = next(one for one in sent if name in one.spoilt)
        page = reader.get(f"/purchases/{one.buy_id}")
        assert page.text_of("h1") == f"Purchase {one.buy_id}"
        assert name in str(page.one(".notice-block[data-unreadable]")["data-unreadable"]).split()


def test_ten_thousand_answers_with_wrong_fields_lose_no_purchase_and_invent_no_sum(app: Flask) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    sent = answers(now)
    store_all(sent, now)
    assert totals_kept() == totals_from_rows()
    rows = {row.buy_id: row for row in db.session.execute(select(*Purchase.__table__.columns))}
    assert {buy_id: row.part for buy_id, row in rows.items()} == {one.buy_id: one.part(now) for one in sent}
    assert {buy_id: set(row.unreadable.split()) for buy_id, row in rows.items()} == {
        one.buy_id: set(one.spoilt) for one in sent
    }
    finance, reader = signed_in(app, "finance"), signed_in(app)
    check_finance(finance, sent, now)
    assert_sums(reader.get("/purchases?sort=date"), sent)
    check_users(reader, sent)
    check_purchases(reader, sent)
