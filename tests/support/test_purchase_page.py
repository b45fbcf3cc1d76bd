"""The page of one purchase, through the real client and a real HTTP server."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import update

from dashboard.db.database import writing
from dashboard.purchases import queries as purchases
from dashboard.simulator import Simulator
from dashboard.sync.models import SkinsBackState
from tests.conftest import MakeApp, signed_in
from tests.observability.test_readiness import lead_and_refresh
from tests.purchases.samples import ASKED_AT, store_purchase
from tests.reader import Reader

NOW = datetime.now(UTC)


def test_the_documented_example_answers_on_its_own_page(connected_reader: Reader) -> None:
    page = connected_reader.get("/purchases/9")
    assert page.status == 200
    assert page.value("offer_status") == "trade_create_error"
    assert page.value("balance_debited_sum") == "11.73"
    assert page.value("price") == "0.16"
    assert page.value("steamid") == "76561198050648523"
    assert page.value("item_name") == "Taunt: RazorFlip!"
    assert page.value("date") == "2020-08-09T18:53:46Z"
    assert "$11.57" in page.text


def test_a_purchase_that_skinsback_does_not_know_is_not_found(connected_reader: Reader) -> None:
    page = connected_reader.get("/purchases/123456789")
    assert page.status == 404
    assert page.one('[data-state="not-found"]')


def test_a_silence_of_skinsback_is_no_answer(connected_reader: Reader, skinsback: Simulator) -> None:
    skinsback.set_faults(html_502=True)
    page = connected_reader.get("/purchases/123456789")
    assert page.status == 503
    assert "may exist" in page.text_of('[data-state="unreachable"]')


def test_without_credentials_the_page_says_that_it_is_not_connected(reader: Reader) -> None:
    page = reader.get("/purchases/123456789")
    assert page.status == 503
    assert "SKINSBACK_CLIENT_ID" in page.text_of('[data-state="unreachable"]')


def test_what_is_stored_is_shown_whatever_skinsback_says(reader: Reader) -> None:
    store_purchase(buy_id=5)
    assert reader.get("/purchases/5").status == 200


def test_refresh_shows_the_new_status_and_the_change_in_the_history(
    connected_reader: Reader, skinsback: Simulator
) -> None:
    buy_id = skinsback.add_purchase(offer_status="waiting_accept")
    connected_reader.get(f"/purchases/{buy_id}")
    skinsback.change_purchase(buy_id, offer_status="timeout")
    page = connected_reader.post(f"/purchases/{buy_id}/refresh")
    assert page.value("offer_status") == "timeout"
    assert "Status: waiting_accept → timeout" in page.text_of(".timeline")


def test_a_refresh_by_htmx_gets_the_panel_only(connected_reader: Reader) -> None:
    connected_reader.get("/purchases/9")
    page = connected_reader.post("/purchases/9/refresh", headers={"HX-Request": "true"})
    assert page.all("html") == []
    assert page.value("offer_status") == "trade_create_error"


def test_a_refresh_that_got_no_answer_says_so_and_keeps_what_is_known(
    connected_reader: Reader, skinsback: Simulator
) -> None:
    connected_reader.get("/purchases/9")
    skinsback.set_faults(html_502=True)
    page = connected_reader.post("/purchases/9/refresh")
    assert "Not refreshed" in page.text
    assert page.value("offer_status") == "trade_create_error"


def test_a_purchase_on_hold_is_never_called_final(reader: Reader) -> None:
    store_purchase(buy_id=5, date=NOW, asked_at=NOW, in_hold=True, in_hold_until=NOW + timedelta(days=8))
    page = reader.get("/purchases/5")
    assert page.one(".finality")["data-final"] == "no"
    assert page.one(".answer [data-countdown]")
    assert "Delivered, on hold" in page.text


def test_markup_in_names_and_ids_stays_text(reader: Reader) -> None:
    hostile = "<script>alert(1)</script>\"'>&amp;"
    store_purchase(buy_id=5, item_name=hostile, custom_id=hostile, steamid=hostile, tradeofferid="javascript:1")
    page = reader.get("/purchases/5")
    assert page.value("item_name") == hostile
    assert page.all("script:not([src])") == []
    assert page.all('a[href^="javascript"]') == []


def test_a_note_stands_in_the_history_with_its_author(reader: Reader) -> None:
    store_purchase(buy_id=5)
    page = reader.post("/purchases/5/notes", text="Customer wrote <b>twice</b>.")
    assert "Customer wrote <b>twice</b>." in page.text_of(".timeline .note p.note")
    assert "support@shop.example" in page.text_of(".timeline li.note .when")


def test_an_empty_note_is_refused_and_says_what_to_do(reader: Reader) -> None:
    store_purchase(buy_id=5)
    page = reader.post("/purchases/5/notes", text="  ")
    assert page.status == 422
    assert "The note is empty" in page.text


@pytest.mark.parametrize("path", ["/purchases/nine", "/purchases/-1", "/purchases/" + "9" * 40])
def test_what_is_no_purchase_id_is_not_found(reader: Reader, path: str) -> None:
    assert reader.get(path).status == 404


def test_times_are_shown_in_the_chosen_zone_and_in_utc(reader: Reader) -> None:
    store_purchase(buy_id=5)
    page = reader.get("/purchases/5", tz="Asia/Kathmandu")
    assert "20 Nov 2026, 17:45:00 UTC+5:45" in page.text
    assert page.value("date") == "2026-11-20T12:00:00Z"


def test_money_keeps_its_third_decimal(reader: Reader) -> None:
    store_purchase(buy_id=5, balance_debited_sum=Decimal("1.274"), price=Decimal("1.2"))
    page = reader.get("/purchases/5")
    assert (page.value("balance_debited_sum"), page.value("price")) == ("1.274", "1.20")
    assert "$0.074" in page.text


def test_skinsback_refusing_us_is_said_on_every_page(make_app: MakeApp, skinsback: Simulator) -> None:
    app: Flask = make_app(
        SKINSBACK_API_URL=skinsback.api_url, SKINSBACK_CLIENT_ID=skinsback.client_id, SKINSBACK_CLIENT_SECRET="wrong"
    )
    with app.app_context():
        reader = signed_in(app)
        assert reader.get("/purchases/9").status == 503
        lead_and_refresh()
        with writing() as connection:
            connection.execute(update(SkinsBackState).values(failing_since=datetime.now(UTC) - timedelta(minutes=1)))
        page = reader.get("/holds")
    assert "Compare SKINSBACK_CLIENT_SECRET with the Client Secret" in page.text_of(".notice")
    assert "wrong" not in page.text


def test_after_a_reversal_a_refused_trade_says_until_when_steam_bars_the_account(reader: Reader) -> None:
    store_purchase(buy_id=4, date=NOW - timedelta(days=1), asked_at=NOW - timedelta(hours=2))
    store_purchase(buy_id=4, date=NOW - timedelta(days=1), asked_at=NOW, offer_status="rollback_user")
    store_purchase(buy_id=5, date=NOW, asked_at=NOW, offer_status="user_not_tradable")
    retry = reader.get("/purchases/5").one('[data-answer="retry"]')
    assert (NOW + timedelta(days=30)).strftime("%Y-%m-%d") in str(retry)


@pytest.mark.parametrize(
    "path", ["/purchases/1", "/purchases/1/panel?poll=1", "/purchases", "/users/76561198050648523"]
)
def test_whoever_looks_at_an_open_purchase_makes_it_asked_for_more_often(reader: Reader, path: str) -> None:
    now = datetime.now(UTC)
    store_purchase(offer_status="waiting_accept", date=now, asked_at=now)
    _ = reader.fragment(path) if "panel" in path else reader.get(path)
    found = purchases.find_purchase(1)
    assert found is not None
    assert found.watched_at is not None


def test_without_background_jobs_every_page_says_so(connected_reader: Reader) -> None:
    assert "No process runs the background jobs" in connected_reader.get("/").text


def test_the_history_says_when_ids_or_item_became_known(connected_reader: Reader) -> None:
    store_purchase(item_name=None)
    store_purchase(ASKED_AT + timedelta(hours=1))
    assert "Its IDs or its item became known" in connected_reader.get("/purchases/1").text_of(".timeline")
