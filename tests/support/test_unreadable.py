"""The pages of a purchase and of a user say which fields could not be read, what they held, and what follows."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from dashboard.purchases import store
from dashboard.purchases.store import Source
from dashboard.skinsback.parsing import UnreadableNumber, parse_purchase
from dashboard.skinsback.records import UNREADABLE_STATUS
from dashboard.support.unreadable import unreadable_fields
from tests.conftest import signed_in
from tests.purchases.samples import EXAMPLE, STEAMID, an_answer
from tests.reader import Page, Reader

NOW = datetime.now(UTC).replace(microsecond=0)
DELIVERED: dict[str, Any] = EXAMPLE | {"offer_status": "accepted", "date": int((NOW - timedelta(days=1)).timestamp())}
OLD = int((NOW - timedelta(days=30)).timestamp())


def tell(asked_at: datetime = NOW, **changes: Any) -> None:
    store.record_answer(an_answer(parse_purchase(DELIVERED | changes), asked_at=asked_at), Source.SCHEDULED)


def notice(page: Page) -> str:
    return page.text_of(".notice-block[data-unreadable]")


@pytest.mark.parametrize("address", ["/purchases/9", "/purchases/9/panel"])
def test_a_purchase_says_near_the_top_what_could_not_be_read_and_what_is_made_of_it(
    reader: Reader, address: str
) -> None:
    tell(in_hold_until={"date": "2026-12-24"})
    page = Page(reader.client.get(address))
    said = notice(page)
    assert 'in_hold_until = {"date": "2026-12-24"}' in said
    assert "Treated as on hold until about" in said
    assert "(estimate)" in said
    text = page.response.get_data(as_text=True)
    assert text.index("data-unreadable") < text.index('aria-label="Answer"')


def test_a_purchase_that_can_be_read_says_nothing_of_it(reader: Reader) -> None:
    tell()
    assert reader.get("/purchases/9").all("[data-unreadable]") == []


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"in_hold": "maybe", "date": OLD}, "Treated as on hold although about"),
        ({"in_hold": False, "in_hold_until": "soon", "date": OLD}, "Treated as on hold although about"),
        ({"in_hold": "maybe", "offer_status": "timeout"}, "Nothing follows"),
        ({"balance_debited_sum": "lots"}, 'balance_debited_sum = "lots" . The debited sum is not known.'),
        ({"item": {"price": True}}, "item.price = true . The price is not known."),
        ({"item": []}, "item = [] . The price is not known. The item is not known."),
        ({"offer_status": None}, "offer_status is missing. The purchase counts as unknown."),
        ({"offer_status": "s" * 200}, "Shown in part. The purchase counts as unknown."),
        ({"date": "yesterday"}, "Dated by when it was first seen"),
        ({"steamid": False}, "steamid = false . The Steam ID is not known."),
        ({"custom_id": []}, "custom_id = [] . The order ID is not known."),
        ({"item": {"name": "n" * 10_000}}, "as it was known before, or a part of it"),
        ({"error_reason": False}, "error_reason = false . The reason is not known."),
    ],
)
def test_each_field_says_what_is_made_of_it(reader: Reader, changes: dict[str, Any], says: str) -> None:
    tell(**changes)
    assert says in notice(reader.get("/purchases/9"))


def test_what_a_field_held_stays_text(reader: Reader) -> None:
    tell(custom_id=["<script>alert(1)</script>"])
    assert reader.get("/purchases/9").all("code.held script") == []
    assert "<script>" in notice(reader.get("/purchases/9"))


def test_every_field_that_a_record_can_name_has_its_sentence(app: Flask) -> None:
    class Row:
        unreadable = "offer_status date error_reason in_hold in_hold_until steamid custom_id tradeofferid item \
            item.price balance_debited_sum item.id item.name item.classid"
        offer_status, date, date_is_estimate, part = "accepted", NOW, False, "reversible"
        hold_ends_at = error_reason = steamid = custom_id = tradeofferid = item_name = item_id = classid = None

    fields = unreadable_fields(Row, {}, NOW, UTC)
    assert len(fields) == 14
    assert all(field.treated.endswith(".") for field in fields)


@pytest.mark.parametrize("address", ["/purchases", f"/users/{STEAMID}", "/holds"])
def test_lists_mark_quietly_what_could_not_be_read(reader: Reader, address: str) -> None:
    tell(in_hold_until="soon", custom_id=[])
    page = reader.get(address)
    marks = page.all('[data-row="purchase"] [data-unreadable="in_hold_until custom_id"]')
    assert {mark.get_text() for mark in marks} == {"not readable: in_hold_until, custom_id"}


@pytest.mark.parametrize("address", ["/purchases/9", "/purchases", f"/users/{STEAMID}"])
def test_a_date_that_is_not_skinsbacks_is_shown_as_not_given(reader: Reader, address: str) -> None:
    tell(date="yesterday")
    page = reader.get(address)
    assert page.value("date") == ""
    assert "not given; first seen" in page.text


def test_a_status_that_cannot_be_read_is_shown_and_found_by_its_own_word(reader: Reader) -> None:
    tell(offer_status=[])
    page = reader.get("/purchases", status=UNREADABLE_STATUS)
    assert page.values("offer_status") == [UNREADABLE_STATUS]
    assert "Status not readable" in page.text_of('[data-row="purchase"] .badge')
    assert reader.get("/purchases", status="unknown").buy_ids() == [9]
    assert reader.get("/purchases", status="accepted").buy_ids() == []


@pytest.mark.parametrize("address", ["/ops", "/ops/rates", "/ops/drift", f"/users/{STEAMID}"])
def test_a_status_that_cannot_be_read_is_counted_under_its_own_word(app: Flask, address: str) -> None:
    tell(offer_status=[])
    page = signed_in(app, "ops").get(address)
    assert page.status == 200
    assert UNREADABLE_STATUS in page.response.get_data(as_text=True) or "Status not readable" in page.text


def test_the_answer_card_of_a_purchase_whose_status_cannot_be_read_is_a_whole_sentence(reader: Reader) -> None:
    tell(offer_status=[])
    assert "no status, or one that cannot be read" in reader.get("/purchases/9").text_of("p.headline")


def test_the_history_says_that_a_sum_is_not_known_any_more_and_a_date_was_not_given(reader: Reader) -> None:
    tell(NOW - timedelta(hours=2), date=None)
    tell(NOW - timedelta(hours=1))
    tell(NOW, balance_debited_sum="lots")
    history = reader.get("/purchases/9").text_of(".timeline")
    assert "Debited: $11.73 → not known" in history
    assert "Bought: not given →" in history


def test_a_hold_that_cannot_be_read_is_never_called_final(reader: Reader) -> None:
    tell(in_hold="maybe", date=OLD)
    assert reader.get("/purchases/9").one("[data-final]")["data-final"] == "no"


def test_a_delivery_that_is_final_by_the_estimate_is_not_said_to_be_without_a_hold(reader: Reader) -> None:
    tell(NOW - timedelta(hours=1), in_hold=False, in_hold_until="soon", date=OLD)
    tell(in_hold=False, date=OLD)
    assert "the hold ended on about" in reader.get("/purchases/9").text_of("p.headline")


def test_the_export_says_that_a_date_was_not_given_and_what_could_not_be_read(reader: Reader) -> None:
    tell(date="yesterday")
    header, row = reader.client.get("/purchases/export.csv").get_data(as_text=True).splitlines()
    told = dict(zip(header.split(","), row.split(","), strict=True))
    assert (told["date"], told["date_local"], told["unreadable"]) == ("", "", "date")
    assert told["first_seen_at"] == f"{NOW:%Y-%m-%dT%H:%M:%SZ}"


@pytest.mark.parametrize("spoilt", ["caf\udce9", "\ud800", "a\0b", Decimal("NaN"), UnreadableNumber("9" * 5000)])
def test_the_raw_answer_is_shown_whatever_a_field_held(reader: Reader, spoilt: object) -> None:
    tell(custom_id=spoilt, item={"name": spoilt})
    page = reader.get("/purchases/9")
    assert page.status == 200
    assert "custom_id" in page.text_of("#raw-answer pre")


def test_a_sum_left_out_since_it_could_not_be_read_is_said_to_be_missing(reader: Reader) -> None:
    tell(balance_debited_sum="lots")
    tell(NOW + timedelta(seconds=1), balance_debited_sum=None)
    assert "balance_debited_sum is missing. The debited sum is not known." in notice(reader.get("/purchases/9"))


def test_a_raw_answer_of_millions_of_characters_is_cut_on_the_page_and_says_so(reader: Reader) -> None:
    tell(extra="x" * 3_000_000)
    page = reader.get("/purchases/9").response.get_data(as_text=True)
    assert len(page) < 300_000
    assert "Cut here: the whole has 3,000,2" in page
