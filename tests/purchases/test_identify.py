"""What a person pastes into the search box, and what it is taken for."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.lib.numbers import LARGEST_BIGINT
from dashboard.purchases.identify import (
    FIRST_STEAMID64,
    LAST_ACCOUNT_ID,
    identify,
    split_list,
    steamid64_from,
    steamid_forms,
)
from dashboard.purchases.present import profile_url

STEAMID = "76561198050648523"
account_ids = st.integers(0, LAST_ACCOUNT_ID)


def kinds(text: str) -> list[str]:
    return list(dict.fromkeys(candidate.kind for candidate in identify(text).candidates))


def values(text: str, kind: str) -> list[str]:
    return [candidate.value for candidate in identify(text).candidates if candidate.kind == kind]


def only(text: str) -> tuple[str, str, str]:
    (candidate,) = identify(text).candidates
    return candidate.kind, candidate.value, candidate.took_for


@pytest.mark.parametrize(
    "text",
    [
        "9",
        "#9",
        "# 9",
        "buy_id: 9",
        "buy_id=9",
        "buy_id 9",
        "BUY ID = 9",
        '"buy_id": "9",',
        "{'buy_id': 9}",
        "purchase #9",
        " 9 ",
        "9,",
        "9;",
        "“9”",
        "«9»",
        "'9'",
        "`9`",
        "(9)",
        "[9]",
        "<9>",
        "\u00a09\u00a0",
        "\u200b9\ufeff",
        "\u202a9\u202c",
        "９",
        "٩",
    ],
)
def test_a_purchase_id_is_recognised_however_it_is_dressed(text: str) -> None:
    assert values(text, "buy_id") == ["9"]
    assert kinds(text)[0] == "buy_id"


def test_digits_can_be_three_things_and_the_likeliest_comes_first() -> None:
    assert kinds("6789012345") == ["buy_id", "custom_id", "tradeofferid"]


def test_each_candidate_says_what_the_text_was_taken_for() -> None:
    assert [candidate.took_for for candidate in identify("9").candidates] == [
        "a purchase ID (buy_id)",
        "an order ID (custom_id)",
        "a trade-offer ID",
    ]


def test_seventeen_digits_are_a_steam_id_first() -> None:
    query = identify(STEAMID)
    assert query.candidates[0].kind == "steamid"
    assert query.candidates[0].took_for == "a SteamID64"
    assert kinds(STEAMID) == ["steamid", "custom_id", "buy_id", "tradeofferid"]


@pytest.mark.parametrize("number", [76561197960265727, 76561202255233024])
def test_seventeen_digits_outside_the_accounts_are_no_steam_id_and_a_note_says_so(number: int) -> None:
    assert "steamid" not in kinds(str(number))
    assert "not the number of an individual Steam account" in identify(str(number)).note


@pytest.mark.parametrize("number", [76561197960265728, 76561202255233023])
def test_the_first_and_the_last_account_are_steam_ids(number: int) -> None:
    assert values(str(number), "steamid") == [str(number)]


@pytest.mark.parametrize(
    "text",
    [
        "STEAM_0:1:45191397",
        "STEAM_1:1:45191397",
        "steam_0:1:45191397",
        "[U:1:90382795]",
        "U:1:90382795",
        "u:1:90382795",
        "“[U:1:90382795]”",
        "steamid: 76561198050648523",
        '"steamid": "76561198050648523",',
        "Steam ID: STEAM_0:1:45191397",
        "<76561198050648523>",
        "７６５６１１９８０５０６４８５２３",
    ],
)
def test_every_written_form_of_a_steam_id_gives_the_same_account(text: str) -> None:
    assert values(text, "steamid") == [STEAMID]
    assert kinds(text)[0] == "steamid"


@pytest.mark.parametrize(
    "text",
    [
        f"https://steamcommunity.com/profiles/{STEAMID}",
        f"http://steamcommunity.com/profiles/{STEAMID}/",
        f"https://www.steamcommunity.com/profiles/{STEAMID}/inventory/#730",
        f"steamcommunity.com/profiles/{STEAMID}?xml=1",
        f"HTTPS://STEAMCOMMUNITY.COM/profiles/{STEAMID}",
        f"//steamcommunity.com/profiles/{STEAMID}",
        f"<https://steamcommunity.com/profiles/{STEAMID}>",
        f"“https://steamcommunity.com/profiles/{STEAMID}”,",
        f"https://steamcommunity.com/profiles/{STEAMID}.",
        "https://steamcommunity.com/profiles/[U:1:90382795]",
        "https://steamcommunity.com/profiles/%5BU:1:90382795%5D/",
    ],
)
def test_a_profile_link_is_its_account_and_nothing_else(text: str) -> None:
    assert only(text) == ("steamid", STEAMID, "a Steam profile link")


@pytest.mark.parametrize(
    "text",
    [
        "https://steamcommunity.com/tradeoffer/new/?partner=90382795&token=abcDEF12",
        "steamcommunity.com/tradeoffer/new/?token=x&partner=90382795",
        "https://steamcommunity.com/tradeoffer/new?partner=90382795",
    ],
)
def test_a_trade_link_is_the_account_it_belongs_to(text: str) -> None:
    assert only(text) == ("steamid", STEAMID, "a Steam trade link")


@pytest.mark.parametrize(
    "text",
    [
        "https://steamcommunity.com/tradeoffer/6789012345/",
        "steamcommunity.com/tradeoffer/6789012345",
        "https://steamcommunity.com/tradeoffer/6789012345/?l=german",
    ],
)
def test_a_trade_offer_link_is_its_offer(text: str) -> None:
    assert only(text) == ("tradeofferid", "6789012345", "a trade-offer link")


@pytest.mark.parametrize("text", ["https://steamcommunity.com/id/gabelogannewell/", "steamcommunity.com/id/x?y"])
def test_a_vanity_link_is_answered_with_what_to_ask_for(text: str) -> None:
    query = identify(text)
    assert query.candidates == ()
    assert "only Steam can turn into a Steam ID" in query.note


@pytest.mark.parametrize(
    "text",
    [
        "https://steamcommunity.com",
        "https://steamcommunity.com/",
        "https://steamcommunity.com/market/listings/730/AK",
        "https://steamcommunity.com/profiles/123",
        "https://steamcommunity.com/tradeoffer/new/?partner=99999999999",
        "https://steamcommunity.com/tradeoffer/new/",
        "https://steamcommunity.com/tradeoffer/" + "9" * 30,
        "https://steamcommunity.com/?[",
        "https://example.com/purchase",
        "https://evil.example/steamcommunity.com/profiles/1",
    ],
)
def test_a_link_to_something_else_gives_a_note_and_no_candidates(text: str) -> None:
    query = identify(text)
    assert query.candidates == ()
    assert query.note.startswith("This")


def test_a_host_that_only_begins_like_steam_is_not_steam() -> None:
    assert identify(f"https://steamcommunity.com.evil.example/profiles/{STEAMID}").candidates == ()


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("/purchases/9", "buy_id", "9"),
        ("http://127.0.0.1:8000/purchases/9", "buy_id", "9"),
        ("https://dashboard.example/purchases/9?tz=UTC#history", "buy_id", "9"),
        ("https://dashboard.example/purchases/9/refresh", "buy_id", "9"),
        (f"https://dashboard.example/users/{STEAMID}", "steamid", STEAMID),
    ],
)
def test_a_link_of_the_dashboard_is_what_its_page_shows(text: str, kind: str, value: str) -> None:
    assert only(text) == (kind, value, "a link of this dashboard")


def test_a_link_of_the_dashboard_without_its_scheme_is_recognised() -> None:
    assert values("dashboard.example/purchases/9", "buy_id") == ["9"]


def test_a_link_inside_a_sentence_is_found() -> None:
    text = f"Hi, my profile is https://steamcommunity.com/profiles/{STEAMID}."
    assert values(text, "steamid") == [STEAMID]


@pytest.mark.parametrize(
    "text",
    ["order-5", "Bestellung Müller, 5", "a;b", "50%_off", "' OR 1=1 --", "<script>alert(1)</script>", "/orders/5"],
)
def test_any_text_can_be_an_order_id_as_it_was_typed(text: str) -> None:
    assert values(text, "custom_id")[0] == text


def test_an_order_id_in_quotes_is_tried_with_and_without_them() -> None:
    assert values("“order-5”,", "custom_id") == ["“order-5”,", "order-5"]


def test_an_order_id_that_ends_in_a_bracket_keeps_it() -> None:
    assert values("order(5)", "custom_id") == ["order(5)"]


def test_a_labelled_order_id_is_tried_without_its_label_first() -> None:
    assert values("custom_id: A-7", "custom_id") == ["A-7", "custom_id: A-7"]


def test_the_number_of_an_order_may_be_a_purchase_id_too() -> None:
    assert kinds("order #12") == ["custom_id", "buy_id"]


def test_leading_zeros_make_an_order_id_likelier() -> None:
    assert [(found.kind, found.value) for found in identify("007").candidates] == [
        ("custom_id", "007"),
        ("buy_id", "7"),
    ]


@pytest.mark.parametrize(("number", "fits"), [(1, True), (2**63 - 1, True), (2**63, False), (0, False)])
def test_a_purchase_id_fits_into_63_bits(number: int, fits: bool) -> None:
    assert ("buy_id" in kinds(str(number))) is fits


def test_more_digits_than_any_id_has_can_only_be_an_order_id() -> None:
    assert kinds("9" * 40) == ["custom_id"]


@pytest.mark.parametrize(("length", "count"), [(255, 1), (256, 0)])
def test_an_order_id_has_at_most_255_characters(length: int, count: int) -> None:
    query = identify("x" * length)
    assert len(query.candidates) == count
    assert query.note == ("" if count else "No id is longer than 255 characters.")


def test_a_text_that_is_too_long_for_an_id_is_shown_cut() -> None:
    assert identify("x" * 255).text == "x" * 255
    assert identify("x" * 256).text == "x" * 255 + "…"


@pytest.mark.parametrize(("length", "is_link"), [(2048, True), (2049, False)])
def test_a_link_has_at_most_2048_characters(length: int, is_link: bool) -> None:
    link = f"https://steamcommunity.com/profiles/{STEAMID}?"
    assert bool(identify(link + "x" * (length - len(link))).candidates) is is_link


@pytest.mark.parametrize("digits", ["12345678901234567", "7656119"])
def test_digits_that_do_not_look_like_a_steam_id_get_no_note(digits: str) -> None:
    assert identify(digits).note == ""


@pytest.mark.parametrize(
    "label", ["steamid: https://steamcommunity.com/profiles/{}", "Steam: {}", "steam = [U:1:90382795]"]
)
def test_a_label_may_stand_before_any_form_of_a_steam_id(label: str) -> None:
    assert values(label.format(STEAMID), "steamid") == [STEAMID]


@pytest.mark.parametrize("text", ["tradeofferid: 6789012345", "trade offer #6789012345", "offer id = 6789012345"])
def test_a_labelled_trade_offer_is_only_that(text: str) -> None:
    assert kinds(text)[0] == "tradeofferid"
    assert "buy_id" not in kinds(text)


@pytest.mark.parametrize("text", ["steamid: 5", "buy_id: x", "tradeofferid: x"])
def test_a_label_with_something_else_behind_it_stays_an_order_id(text: str) -> None:
    assert kinds(text) == ["custom_id"]


def test_a_long_vanity_name_is_cut() -> None:
    assert len(identify("https://steamcommunity.com/id/" + "x" * 2000).note) < 300


@pytest.mark.parametrize("text", ["''", "()", "<>", ",;"])
def test_punctuation_alone_is_only_itself(text: str) -> None:
    assert values(text, "custom_id") == [text]


@pytest.mark.parametrize("text", ["STEAM_0:1:9999999999", "[U:1:4294967296]", "U:1:99999999999999999"])
def test_a_steam_id_that_no_account_can_have_is_noted(text: str) -> None:
    assert kinds(text) == ["custom_id"]
    assert "larger than any account's" in identify(text).note


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u00a0", "\n"])
def test_nothing_typed_is_said_so(text: str) -> None:
    query = identify(text)
    assert (query.text, query.candidates, query.note) == ("", (), "Nothing to look for.")


@pytest.mark.parametrize("text", ["9\0", "a\x07b", "\ud800", "x\x1by"])
def test_control_characters_give_a_note_and_no_candidates(text: str) -> None:
    query = identify(text)
    assert query.candidates == ()
    assert "control character" in query.note
    assert query.text.encode()


@pytest.mark.parametrize("letter", ["9", "x", " a", "<", "0", "/", "steamcommunity.com/", "U:1:"])
def test_ten_kilobytes_give_a_note_and_no_candidates(letter: str) -> None:
    query = identify(letter * (10_240 // len(letter)))
    assert query.candidates == ()
    assert "characters long" in query.note
    assert len(query.text) <= 256


@given(st.text(max_size=3000))
def test_no_text_is_a_crash_and_every_candidate_can_be_looked_up(text: str) -> None:
    query = identify(text)
    assert query.candidates or query.note
    for candidate in query.candidates:
        assert 0 < len(candidate.value) <= 255
        assert "\0" not in candidate.value
        assert candidate.value.encode()
        assert candidate.kind in ("buy_id", "custom_id", "steamid", "tradeofferid")


@given(st.text("0123456789:/?#[]%&=STEAMUsteamcommunity.profilestradeoffernewpartner \"'", max_size=200))
def test_no_mixture_of_link_pieces_is_a_crash(text: str) -> None:
    identify("https://steamcommunity.com/" + text)
    for candidate in identify(text).candidates:
        if candidate.kind == "buy_id":
            assert 1 <= int(candidate.value) <= LARGEST_BIGINT


@given(st.integers(1, LARGEST_BIGINT))
def test_every_purchase_id_is_recognised(number: int) -> None:
    assert values(str(number), "buy_id") == [str(number)]


@given(account_ids)
def test_every_form_of_an_account_leads_back_to_it(account_id: int) -> None:
    steamid = str(FIRST_STEAMID64 + account_id)
    forms = steamid_forms(steamid)
    assert forms is not None
    assert forms.steam3 == f"[U:1:{account_id}]"
    assert {steamid64_from(form) for form in (steamid, forms.steam2, forms.steam3)} == {steamid}
    assert values(f"https://steamcommunity.com/profiles/{steamid}", "steamid") == [steamid]


def test_the_forms_of_the_documented_account() -> None:
    forms = steamid_forms(STEAMID)
    assert forms is not None
    assert forms.steam2 == "STEAM_0:1:45191397"
    assert forms.steam3 == "[U:1:90382795]"
    assert profile_url(STEAMID) == f"https://steamcommunity.com/profiles/{STEAMID}"


@pytest.mark.parametrize("text", ["", "x", "76561197960265727", "76561202255233024", "76561198050648523 ", "７" * 17])
def test_what_is_no_individual_account_has_no_forms(text: str) -> None:
    assert steamid_forms(text) is None


def test_pasted_lines_keep_their_order_and_their_repetitions() -> None:
    assert split_list("12\r\n\n 9 \n\u200b\n12\n").lines == ("12", "9", "12")


def test_one_line_is_no_list() -> None:
    assert len(split_list("9").lines) == 1
    assert len(split_list("9\n10").lines) == 2


def test_nothing_pasted_is_an_empty_list() -> None:
    assert split_list(" \n\t\n").lines == ()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("1, 2, 3", ("1", "2", "3")),
        ("1 2 3", ("1", "2", "3")),
        ("1;2;3;", ("1", "2", "3")),
        ("#1, #2", ("#1", "#2")),
        ("1\t76561198050648523", ("1", "76561198050648523")),
        ("order-1,order-2", ("order-1", "order-2")),
        ('["1", "2"]', ("1", "2")),
        ('[\n  "1",\n  "2"\n]', ('"1",', '"2"')),
        ("STEAM_0:1:5 [U:1:9]", ("STEAM_0:1:5", "U:1:9")),
    ],
)
def test_a_line_of_ids_is_cut_into_them(text: str, lines: tuple[str, ...]) -> None:
    assert split_list(text).lines == lines


@pytest.mark.parametrize("line", ["Smith, 42", "order 66", "a, b", "“x, 1”", "my id is 5", "1, two"])
def test_a_line_that_may_be_one_order_id_stays_whole(line: str) -> None:
    assert split_list(line).lines == (line,)


@pytest.mark.parametrize(("count", "left_out"), [(499, 0), (500, 0), (501, 1), (2000, 1500)])
def test_more_than_500_lines_are_counted_not_dropped_in_silence(count: int, left_out: int) -> None:
    pasted = split_list("\n".join(map(str, range(count))))
    assert len(pasted.lines) == min(count, 500)
    assert pasted.left_out == left_out


@pytest.mark.parametrize("separator", ["\n", ","])
def test_a_paste_of_megabytes_is_cut_at_once_and_counted(separator: str) -> None:
    started = time.perf_counter()
    pasted = split_list(separator.join(["76561198050648523"] * 100_000))
    assert (len(pasted.lines), pasted.left_out) == (500, 99_500)
    assert (
        time.perf_counter() - started < 10
    )  # Far above what it takes: only work that grows with the square would reach it.


@given(st.text(max_size=2000))
def test_no_pasted_text_is_a_crash(text: str) -> None:
    pasted = split_list(text)
    assert all(line.strip() for line in pasted.lines)


@given(
    st.lists(st.integers(1, 10**12).map(str), min_size=1, max_size=60),
    st.sampled_from(["\n", "\r\n", ", ", ";", "\t", " "]),
)
def test_pasted_numbers_come_back_one_by_one_in_order(numbers: list[str], separator: str) -> None:
    assert split_list(separator.join(numbers)).lines == tuple(numbers)
