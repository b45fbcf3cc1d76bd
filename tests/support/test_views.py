"""The one box: from whatever was pasted to an answer for each line."""

import pytest
from flask import Flask

from dashboard.simulator import Simulator
from tests.purchases.samples import STEAMID, store_purchase
from tests.reader import Page, Reader


def where(reader: Reader, text: str) -> str | None:
    """Where the box leads for a text; None when it stays."""
    return reader.client.get("/", query_string={"q": text}).headers.get("Location")


@pytest.mark.parametrize(
    "text", ["41", " #41 ", '"41",', "order-41", "7000000041", "https://steamcommunity.com/tradeoffer/7000000041/"]
)
def test_one_exact_hit_opens_the_purchase(reader: Reader, text: str) -> None:
    store_purchase(buy_id=41, custom_id="order-41", tradeofferid="7000000041")
    assert where(reader, text) == "/purchases/41"


@pytest.mark.parametrize(
    "text",
    [STEAMID, "STEAM_0:1:45191397", "[U:1:90382795]", f"https://steamcommunity.com/profiles/{STEAMID}"],
)
def test_a_steam_id_in_any_form_opens_the_user(reader: Reader, text: str) -> None:
    store_purchase(buy_id=41)
    assert where(reader, text) == f"/users/{STEAMID}"


def test_digits_that_are_several_things_show_every_match_and_which_is_which(reader: Reader) -> None:
    store_purchase(buy_id=41, custom_id="a", tradeofferid=None)
    store_purchase(buy_id=42, custom_id="41", tradeofferid=None)
    page = reader.get("/", q="41")
    assert sorted(page.buy_ids()) == [41, 42]
    assert "found by a purchase ID" in page.text
    assert "found by an order ID" in page.text


@pytest.mark.parametrize("text", ["ORDER-41", "order-41", "Order-41\u200b"])
def test_an_order_id_in_any_case_opens_the_purchase(reader: Reader, text: str) -> None:
    store_purchase(buy_id=41, custom_id="Order-41")
    assert where(reader, text) == "/purchases/41"


def test_orders_that_differ_only_in_case_are_both_shown_and_said_to_be_different(reader: Reader) -> None:
    store_purchase(buy_id=41, custom_id="Order-7")
    store_purchase(buy_id=42, custom_id="ORDER-7")
    page = reader.get("/", q="order-7")
    assert sorted(page.buy_ids()) == [41, 42]
    said = "differ only in capital letters, spaces or leading zeros: “ORDER-7”, “Order-7”. They are different purchases"
    assert said in page.text
    assert said in reader.get("/", q="order-7\nno-such-order").text


def test_several_purchases_of_one_order_id_are_not_said_to_differ(reader: Reader) -> None:
    store_purchase(buy_id=41, custom_id="order-7")
    store_purchase(buy_id=42, custom_id="order-7")
    assert "differ only" not in reader.get("/", q="order-7").text


def test_an_unknown_purchase_id_is_asked_of_skinsback_at_once(connected_reader: Reader) -> None:
    assert where(connected_reader, "9") == "/purchases/9"


def test_an_unknown_order_id_is_asked_of_skinsback_at_once(connected_reader: Reader, skinsback: Simulator) -> None:
    buy_id = skinsback.add_purchase(custom_id="fresh-order-1")
    assert where(connected_reader, "fresh-order-1") == f"/purchases/{buy_id}"


@pytest.mark.parametrize(("kept", "asked"), [("abc-34001", "Abc-34001"), (7123, "007123")])
def test_an_unknown_order_id_is_found_at_skinsback_in_any_spelling(
    connected_reader: Reader, skinsback: Simulator, kept: object, asked: str
) -> None:
    buy_id = skinsback.add_purchase(custom_id=kept)
    assert where(connected_reader, asked) == f"/purchases/{buy_id}"


def test_an_order_that_skinsback_answers_under_another_id_is_shown(
    connected_reader: Reader, skinsback: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.simulator.world.same_order", lambda text: text.replace("/", "-"))
    buy_id = skinsback.add_purchase(custom_id="order/77")
    assert where(connected_reader, "order-77") == f"/purchases/{buy_id}"


def test_not_found_not_reachable_and_not_connected_are_three_answers(
    connected_reader: Reader, skinsback: Simulator
) -> None:
    page = connected_reader.get("/", q="no-such-order")
    assert page.one('[data-state="not-found"]')
    assert "was asked just now and does not know it" in page.text
    skinsback.set_faults(html_502=True)
    page = connected_reader.get("/", q="no-such-order")
    assert page.status == 503
    assert "so this may exist" in page.text_of('[data-state="unreachable"]')


def test_without_credentials_the_look_up_says_so(reader: Reader) -> None:
    page = reader.get("/", q="no-such-order")
    assert "not connected" in page.text_of('[data-reason="not-connected"]')


def test_a_pasted_list_gives_a_row_for_each_line_in_its_order(connected_reader: Reader) -> None:
    store_purchase(buy_id=42, custom_id="order-42")
    page = connected_reader.get("/", q="no-such-order\n9\norder-42\nno-such-order")
    rows = page.all("table.answers tbody tr")
    assert [row.get("data-buy-id") for row in rows] == [None, "9", "42", None]
    assert len(page.all('[data-state="not-found"]')) == 2
    assert "4 lines: 2 not found, 2 found" in page.text


def test_five_hundred_lines_are_answered_and_more_are_said_to_be_left_out(connected_reader: Reader) -> None:
    page = connected_reader.get("/", q="\n".join(str(number) for number in range(5_000_000, 5_000_501)))
    assert len(page.all("table.answers tbody tr")) == 500
    assert "1 further lines were left out" in page.text


def test_while_typing_only_the_store_is_searched_and_the_address_follows(
    connected_reader: Reader, skinsback: Simulator
) -> None:
    before = len(skinsback.requests)
    page = connected_reader.fragment("/", q="fresh-order-77", typing="1")
    assert "Press Enter to ask SkinsBack" in page.text
    assert page.response.headers["HX-Replace-Url"] == "/?q=fresh-order-77&open=0"
    assert len(skinsback.requests) == before


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000,
        "\0",
        "%",
        "_",
        "' OR 1=1 --",
        "<script>alert(1)</script>",
        "\u202e",
        "\ud800".encode("utf-8", "replace").decode(),
    ],
)
def test_hostile_text_gets_an_answer_or_a_clear_sentence(reader: Reader, text: str) -> None:
    page = reader.get("/", q=text)
    assert page.status in (200, 503)
    assert page.all("script:not([src])") == []


def test_more_than_fits_is_refused_with_a_page(reader: Reader) -> None:
    page = reader.get("/", q="x" * 100_001)
    assert page.status == 413
    assert "100,001 characters" in page.text


def test_the_start_page_says_what_can_be_pasted(reader: Reader) -> None:
    page: Page = reader.get("/")
    assert "STEAM_0:1:45191397" in page.text
    assert page.one("textarea[autofocus]")


def test_a_user_without_purchases_is_told_apart_from_a_copy_that_is_not_complete(app: Flask, reader: Reader) -> None:
    page = reader.get(f"/users/{STEAMID}")
    assert "The history has not been imported yet" in page.text
