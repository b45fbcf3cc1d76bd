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


@pytest.mark.parametrize("separator", ["\n", " ", ", "])
def test_a_pasted_list_gives_a_row_for_each_id_in_its_order(connected_reader: Reader, separator: str) -> None:
    store_purchase(buy_id=42, custom_id="order-42")
    page = connected_reader.get("/", q=separator.join(["no-such-order", "9", "order-42", "no-such-order"]))
    rows = page.all("table.answers tbody tr")
    assert [row.get("data-buy-id") for row in rows] == [None, "9", "42"]
    assert len(page.all('[data-row="line"] [data-state="not-found"]')) == 1
    assert "named 2 times" in rows[0].text
    assert "3 answers: 1 not found, 2 found" in page.text


def test_five_hundred_lines_are_answered_and_more_are_said_to_be_left_out(connected_reader: Reader) -> None:
    page = connected_reader.get("/", q="\n".join(str(number) for number in range(5_000_000, 5_000_501)))
    assert len(page.all("table.answers tbody tr")) == 500
    assert "1 further ID was left out" in page.text
    assert page.all('[data-list="text"]') == []


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


# ---- IDs in texts


@pytest.mark.parametrize(
    "text",
    [
        "order-41 not arrived",
        "**order-41**",
        "Hi,\nmy ORDER-41 is late.\n\nThanks, Bob",
        "> buy_id=41 paid $4.34",
        "[10:34] Bob: where is #41?",
        '{"buy_id": "41", "custom_id": "order-41"}',
        "look at https://steamcommunity.com/tradeoffer/7000000041/ please",
        "https://desk.example/?q=order-41&open=0",
        "order-41 (offer 7000000041)",
        "1. order-41",
    ],
)
def test_one_purchase_in_a_text_is_opened_whatever_stands_around_it(reader: Reader, text: str) -> None:
    store_purchase(buy_id=41, custom_id="order-41", tradeofferid="7000000041")
    assert where(reader, text) == "/purchases/41"


@pytest.mark.parametrize(
    "text",
    [
        f"https://backpack.tf/profiles/{STEAMID}",
        "my friend code is 90382795",
        "76,561,198,050,648,523",
        f"||{STEAMID}|| and again [U:1:90382795]",
        "steam://url/SteamIDPage/76561198050648523",
    ],
)
def test_one_account_in_a_text_is_opened_in_any_form(reader: Reader, text: str) -> None:
    assert where(reader, text) == f"/users/{STEAMID}"


def test_text_around_ids_is_collapsed_under_the_answers(connected_reader: Reader) -> None:
    store_purchase(buy_id=41, custom_id="order-41")
    page = connected_reader.get("/", q="Hello there,\norder-41 and order-4242 did not arrive\nThanks")
    assert [row.get("data-buy-id") for row in page.all("table.answers tbody tr")] == ["41", None]
    assert "Text that is no ID (3 lines)" in page.text_of('details[data-list="text"] summary')
    lines = ["Hello there,", "and … did not arrive", "Thanks"]
    assert [item.text for item in page.all('[data-list="text"] li')] == lines


@pytest.mark.parametrize("text", ["hello, any news?", "I waited 5 days", "paid $4.34 at 2pm", "AK-47 | Redline"])
def test_a_text_without_an_id_is_no_missing_order(connected_reader: Reader, text: str) -> None:
    page = connected_reader.get("/", q=text)
    assert page.status == 200
    assert page.all('[data-state="not-found"]') == []
    assert page.one('[data-state="not-an-id"]')
    assert text in page.text_of('[data-list="text"] ul')


def test_an_order_id_that_is_a_sentence_is_found_as_it_was_typed(reader: Reader) -> None:
    store_purchase(buy_id=41, custom_id="Müller, 5 knives")
    store_purchase(buy_id=5, custom_id="a")
    assert where(reader, "müller, 5 knives") == "/purchases/41"


def test_an_order_id_that_is_a_sentence_is_asked_of_skinsback(connected_reader: Reader, skinsback: Simulator) -> None:
    buy_id = skinsback.add_purchase(custom_id="Müller 5")
    assert where(connected_reader, "Müller 5") == f"/purchases/{buy_id}"


def test_a_sentence_is_not_asked_of_skinsback_where_an_id_in_it_is_stored_here(
    connected_reader: Reader, skinsback: Simulator
) -> None:
    store_purchase(buy_id=41, custom_id="order-41")
    before = len(skinsback.requests)
    assert where(connected_reader, "order-41 not arrived") == "/purchases/41"
    assert len(skinsback.requests) == before


def test_an_order_id_with_slashes_is_asked_for_before_its_pieces_are_taken(
    connected_reader: Reader, skinsback: Simulator
) -> None:
    buy_id = skinsback.add_purchase(custom_id="inv/2026/0007")
    store_purchase(buy_id=7, custom_id="x")
    assert where(connected_reader, "inv/2026/0007") == f"/purchases/{buy_id}"


def test_a_piece_of_a_word_is_found_where_the_word_is_nobodys(connected_reader: Reader) -> None:
    store_purchase(buy_id=41, custom_id="order-1001")
    assert where(connected_reader, "order-1001/Bob") == "/purchases/41"


def test_a_price_that_is_an_order_id_here_is_found_but_never_opened_at_once(reader: Reader) -> None:
    store_purchase(buy_id=41, custom_id="AK-47")
    assert where(reader, "my AK-47 is late") is None
    assert reader.get("/", q="my AK-47 is late").buy_ids() == [41]
    assert where(reader, "AK-47") == "/purchases/41"


def test_a_sentence_that_could_not_be_asked_may_exist(connected_reader: Reader, skinsback: Simulator) -> None:
    skinsback.set_faults(html_502=True)
    page = connected_reader.get("/", q="Müller and sons")
    assert "so this may exist" in page.text_of('[data-state="unreachable"]')


@pytest.mark.parametrize(
    "text",
    ["{} order-41", "order-41\n{}", "see {} please, order-41", "[me]({}) order-41", "<{}|me> order-41"],
)
def test_a_custom_profile_name_is_explained_wherever_its_link_stands(reader: Reader, text: str) -> None:
    store_purchase(buy_id=41, custom_id="order-41")
    page = reader.get("/", q=text.format("https://steamcommunity.com/id/gaben"))
    assert "only Steam can turn into a Steam ID" in page.text_of('[data-row="line"] [data-state="not-an-id"]')
    assert page.buy_ids() == [41]


@pytest.mark.parametrize("text", ["76561198050648500", "7.65612E+16", "order-41 and 76561198050648500"])
def test_what_a_spreadsheet_shortened_opens_nobody(reader: Reader, text: str) -> None:
    store_purchase(buy_id=41, custom_id="order-41", steamid="76561198050648500")
    page = reader.get("/", q=text)
    assert "A spreadsheet shortened this" in page.text_of('[data-state="not-an-id"]')


def test_a_shortened_steam_id_offers_the_users_whose_ids_begin_so(reader: Reader) -> None:
    store_purchase(buy_id=41)
    page = reader.get("/", q="76561198050648500")
    assert [link["href"] for link in page.all(".meant a")] == ["/users/76561198050648500", f"/users/{STEAMID}"]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("order-4", "/?q=order-41"),
        ("ORD", "/?q=order-41"),
        ("90382795", f"/users/{STEAMID}"),
        (STEAMID[:5] + STEAMID[6:], f"/users/{STEAMID}"),
        (STEAMID[:5] + "7" + STEAMID[5:], f"/users/{STEAMID}"),
        ("7.65611980506485E+16", f"/users/{STEAMID}"),
        ("https://steamcommunity.com/profiles/7656119805064852", f"/users/{STEAMID}"),
    ],
)
def test_what_may_have_been_meant_is_a_link_and_no_jump(connected_reader: Reader, text: str, url: str) -> None:
    store_purchase(buy_id=41, custom_id="order-41")
    assert where(connected_reader, text) is None
    page = connected_reader.get("/", q=text)
    assert [link["href"] for link in page.all(".meant a")] == [url]
    assert "Did you mean" in page.text_of(".meant")


@pytest.mark.parametrize("text", ["or", "zzz-1", "90382796", STEAMID[:14]])
def test_nothing_is_suggested_where_nothing_is_near(connected_reader: Reader, text: str) -> None:
    store_purchase(buy_id=41, custom_id="order-41")
    assert connected_reader.get("/", q=text).all(".meant") == []


@pytest.mark.parametrize(("before", "count"), [(0, 1), (4, 1), (5, 0)])
def test_only_the_first_five_unknown_ids_get_suggestions(connected_reader: Reader, before: int, count: int) -> None:
    store_purchase(buy_id=41, custom_id="order-41")
    unknown = [str(5_000_000 + number) for number in range(before)]
    page = connected_reader.get("/", q="\n".join(["41", *unknown, "order-4"]))
    assert len(page.all(".meant")) == count


@pytest.mark.parametrize(
    "steamid", ["STEAM_0:1:45191397", "[U:1:90382795]", "76,561,198,050,648,523", f"**{STEAMID}**"]
)
def test_the_page_of_a_user_and_the_filter_know_a_steam_id_in_any_form(reader: Reader, steamid: str) -> None:
    store_purchase(buy_id=41)
    store_purchase(buy_id=42, steamid="76561197960287930")
    assert reader.client.get(f"/users/{steamid}").headers["Location"] == f"/users/{STEAMID}"
    assert reader.get("/purchases", steamid=steamid).buy_ids() == [41]


def test_a_steam_id_that_ends_in_zeros_has_a_page_and_a_filter(reader: Reader) -> None:
    store_purchase(buy_id=41, steamid="76561198050648500")
    assert reader.get("/users/76561198050648500").status == 200
    assert reader.get("/purchases", steamid="76561198050648500").buy_ids() == [41]
