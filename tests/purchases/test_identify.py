"""What a person pastes into the search box, and what it names."""

import re
import sys
from collections.abc import Iterator
from types import FrameType
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard.lib.numbers import LARGEST_BIGINT
from dashboard.purchases import identify, labels, links, plain_text, steam_ids
from dashboard.purchases.candidates import LONGEST_ID, Mention, Strength
from dashboard.purchases.identify import MOST_IDS, extract, key_of, steamid_in
from dashboard.purchases.steam_ids import FIRST_STEAMID64, LAST_ACCOUNT_ID
from tests.purchases.pasted_texts import PASTED

STEAMID = "76561198050648523"
account_ids = st.integers(0, LAST_ACCOUNT_ID)


def leaves(mentions: tuple[Mention, ...]) -> Iterator[Mention]:
    for mention in mentions:
        if mention.parts and mention.strength is not Strength.CLEAR:
            yield from leaves(mention.parts)
        else:
            yield mention


def clear(text: str) -> list[Mention]:
    """What is answered whether it is found or not, each once."""
    found: dict[tuple[str, str], Mention] = {}
    for mention in (mention for line in extract(text).lines for mention in leaves(line)):
        if mention.strength is Strength.CLEAR:
            found.setdefault(key_of(mention), mention)
    return list(found.values())


def names(text: str) -> list[str]:
    return [_name(mention) for mention in clear(text)]


def _name(mention: Mention) -> str:
    if mention.candidates:
        return f"{mention.candidates[0].kind} {mention.candidates[0].value}"
    known = {"it keeps 15 digits": "shortened", "custom name": "vanity"}
    return next((name for words_, name in known.items() if words_ in mention.note), "note")


def kinds(text: str) -> list[str]:
    (mention,) = clear(text)
    return list(dict.fromkeys(candidate.kind for candidate in mention.candidates))


def forms(text: str) -> list[str]:
    """The order IDs that a line may be as a whole or in part, as they are looked up."""
    mentions = [*extract(text).lines[0], *leaves(extract(text).lines[0])]
    found = (candidate for mention in mentions for candidate in mention.candidates if candidate.kind == "custom_id")
    return list(dict.fromkeys(candidate.value for candidate in found))


def whole(text: str) -> Mention:
    (mention,) = extract(text).lines[0]
    return mention


@pytest.mark.parametrize(("text", "expected"), PASTED)
def test_every_id_in_a_text_is_found_and_nothing_else_is_one(text: str, expected: list[str]) -> None:
    assert names(text) == expected


# ---- chat marks × forms of IDs × places

MARKS = (
    "{}", "**{}**", "__{}__", "~~{}~~", "||{}||", "`{}`", "``` {} ```", "<{}>", "({})", "[{}]", "“{}”", "'{}'", '"{}",',
    "{}?", "{}!", "{}.", "{},", "{}'s", "👉{}👈", "\u200b{}\ufeff", "\u202a{}\u202c", "**{}**,", "_{}_",
)  # fmt: skip
BEFORE_A_LINE = ("", "> ", "> > ", "- ", "* ", "• ", "– ", "1. ", "2) ", "(3) ", "#1: ", "[1] ", "> - 12. ", "| ")
FORMS = (
    ("1280", "buy_id 1280"), ("#1280", "buy_id 1280"), ("buy_id: 1280", "buy_id 1280"),
    ("order-1001", "custom_id order-1001"), ("custom_id=order-1001", "custom_id order-1001"),
    ("ORD_2026_0007", "custom_id ORD_2026_0007"), (STEAMID, f"steamid {STEAMID}"),
    ("STEAM_0:1:45191397", f"steamid {STEAMID}"), ("[U:1:90382795]", f"steamid {STEAMID}"),
    ("76,561,198,050,648,523", f"steamid {STEAMID}"), (f"{STEAMID}.0", f"steamid {STEAMID}"),
    (f"Steam ID 64: {STEAMID}", f"steamid {STEAMID}"),
    (f"https://backpack.tf/profiles/{STEAMID}", f"steamid {STEAMID}"),
    (f"https://steamcommunity.com/profiles/{STEAMID}/", f"steamid {STEAMID}"),
    ("https://steamcommunity.com/tradeoffer/new/?partner=90382795&token=a-B_c9", f"steamid {STEAMID}"),
    ("https://steamcommunity.com/tradeoffer/7012345678/", "tradeofferid 7012345678"),
    ("s.team/p/hj-qp", "steamid 76561197960287930"), ("SUCVS-FADA", "steamid 76561197960287930"),
    ("https://desk.example/purchases/9", "buy_id 9"),
)  # fmt: skip
PLACES = ("{}", "hello {}", "{} not arrived", "please look at {} thanks", "hi\n{}\nbye", "[10:34] Bob: {}")


@given(st.sampled_from(MARKS), st.sampled_from(FORMS), st.sampled_from(PLACES), st.sampled_from(BEFORE_A_LINE))
def test_an_id_is_found_in_any_marks_and_any_place(mark: str, form: tuple[str, str], place: str, before: str) -> None:
    written, expected = form
    assert names(before + place.format(mark.format(written))) == [expected]


@given(
    st.lists(st.tuples(st.sampled_from(MARKS[:8]), st.sampled_from(FORMS)), min_size=1, max_size=8),
    st.sampled_from(["\n", " ", ", ", "; ", "\t", " | ", " and ", "\r\n\r\n"]),
)
def test_ids_are_found_in_their_order_whatever_separates_them(
    written: list[tuple[str, tuple[str, str]]], separator: str
) -> None:
    text = separator.join(mark.format(form) for mark, (form, _) in written)
    assert names(text) == list(dict.fromkeys(expected for _, (_, expected) in written))


@given(st.lists(st.integers(1, 10**12).map(str), min_size=1), st.sampled_from(["\n", ", ", ";", "\t", " "]))
def test_pasted_numbers_come_back_one_by_one_in_their_order(numbers: list[str], separator: str) -> None:
    assert names(separator.join(numbers)) == [f"buy_id {number}" for number in dict.fromkeys(numbers)]


@given(st.sampled_from(FORMS), st.integers(0, 60), st.sampled_from(["\u200b", "\u2060", "\ufe0f", "\u00ad", "\u202e"]))
def test_what_cannot_be_seen_changes_nothing_wherever_it_stands(form: tuple[str, str], at: int, letter: str) -> None:
    written, expected = form
    assert names(written[:at] + letter + written[at:]) == [expected]


# ---- any text

words = st.text(st.characters(categories=("L",)), min_size=1, max_size=12)


@given(st.lists(words, min_size=2, max_size=12), st.sampled_from([" ", ", ", "\n", ". ", "! "]))
def test_plain_words_are_never_a_missing_order(plain: list[str], separator: str) -> None:
    assert names(separator.join(plain)) == []


@given(st.text(max_size=3000))
@example("\ud800 9\0")
@example("https://[")
@example("https://steamcommunity.com/?[")
@example("&#x110000; &#xd800; &bogus; &#99999999999999999999;")
def test_no_text_is_a_crash_and_every_candidate_can_be_looked_up(text: str) -> None:
    for line in extract(text).lines:
        for mention in [*line, *leaves(line)]:
            assert mention.text.encode()
            for candidate in mention.candidates:
                assert 0 < len(candidate.value) <= LONGEST_ID
                assert "\0" not in candidate.value
                assert candidate.value.encode()
                assert candidate.kind in ("buy_id", "custom_id", "steamid", "tradeofferid")
                assert candidate.kind != "buy_id" or 1 <= int(candidate.value) <= LARGEST_BIGINT


@given(st.text("0123456789:/?#[]%&=STEAMUsteamcommunity.profilestradeoffernewpartner \"'", max_size=200))
def test_no_mixture_of_pieces_of_links_is_a_crash(text: str) -> None:
    extract("https://steamcommunity.com/" + text)
    extract(text)


@given(st.text(max_size=300) | st.sampled_from([text for text, _ in PASTED]))
def test_what_was_found_is_found_again_in_what_was_answered(text: str) -> None:
    found = [mention for mention in clear(text) if mention.candidates and mention.candidates[0].kind != "custom_id"]
    values = dict.fromkeys(mention.candidates[0].value for mention in found)
    again = [name.split()[-1] for name in names("\n".join(values))]
    assert again == ["shortened" if steam_ids.is_shortened(value) else value for value in values]


HOSTILE = (
    "(", "<", "[", ",", "9", "a", "_", "'", "/", "|", "*", ".", "a.", "7 ", "1 2 ", "a-", "https://", "[U:1:5]", "U:1:",
    "order ", "order: ", "steam id 64 ", "\u0300\u0323a", "1001 a ", "+1 ", "9,", '"a":', "1a ", "1:2", "1. ",
    "@a", "a@", "&#", "&amp;", "7656119", "order-1\n", "1/", "<@", "STEAM_0:1:", "1e", "e.", "\u200b", "#", "id=",
    "> ", "1.1",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_text_twice_as_long_takes_twice_the_steps(piece: str) -> None:
    short, long = (_steps(piece * (length // len(piece))) for length in (2_000, 8_000))
    assert long <= 4 * short * 1.5 + 2_000


def _steps(text: str) -> int:
    """Count the calls of functions, those written in C included."""
    steps = 0

    def count(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal steps
        steps += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        extract(text)
    finally:
        sys.setprofile(None)
    return steps


def test_no_pattern_repeats_what_repeats_without_a_bound() -> None:
    patterns = [
        value.pattern
        for module in (identify, labels, links, plain_text, steam_ids)
        for value in vars(module).values()
        if isinstance(value, re.Pattern)
    ]
    assert len(patterns) >= 10
    assert [pattern for pattern in patterns if re.search(r"[*+]\)[*+]", pattern)] == []


# ---- what a word can be


def test_digits_can_be_three_things_and_the_likeliest_comes_first() -> None:
    assert kinds("6789012345") == ["buy_id", "custom_id", "tradeofferid"]


def test_each_candidate_says_what_the_text_was_taken_for() -> None:
    assert [candidate.took_for for candidate in clear("9")[0].candidates] == [
        "a purchase ID (buy_id)",
        "an order ID (custom_id)",
        "a trade-offer ID",
    ]


def test_seventeen_digits_are_a_steam_id_first() -> None:
    assert clear(STEAMID)[0].candidates[0].took_for == "a SteamID64"
    assert kinds(STEAMID) == ["steamid", "custom_id", "buy_id", "tradeofferid"]


@pytest.mark.parametrize(
    ("text", "took_for"),
    [
        (f"https://steamcommunity.com/profiles/{STEAMID}", "a Steam profile link"),
        ("https://steamcommunity.com/tradeoffer/new/?partner=90382795", "a Steam trade link"),
        ("https://steamcommunity.com/tradeoffer/7012345678/", "a trade-offer link"),
        ("https://desk.example/purchases/9", "a link of this dashboard"),
        (f"https://steamid.io/lookup/{STEAMID}", "a link with a Steam ID"),
        ("s.team/p/hj-qp", "a Steam invite"),
        ("friend code 22202", "a Steam friend code"),
        ("SUCVS-FADA", "a friend code of Counter-Strike"),
    ],
)
def test_a_link_or_a_code_says_what_it_was_taken_for(text: str, took_for: str) -> None:
    assert clear(text)[0].candidates[0].took_for == took_for


@pytest.mark.parametrize("number", [76561197960265727, 76561202255233024])
def test_seventeen_digits_outside_the_accounts_are_no_steam_id_and_a_note_says_so(number: int) -> None:
    assert "steamid" not in kinds(str(number))
    assert "not the number of an individual Steam account" in clear(str(number))[0].note


@pytest.mark.parametrize("number", [76561197960265728, 76561202255233023])
def test_the_first_and_the_last_account_are_steam_ids(number: int) -> None:
    assert names(str(number)) == [f"steamid {number}"]


@pytest.mark.parametrize(("digits", "count"), [("7656119805064852", 16), ("765611980506485231", 18)])
def test_a_steam_id_with_a_digit_too_few_or_too_many_is_noted(digits: str, count: int) -> None:
    assert f"{count} digits where a Steam ID has 17" in clear(digits)[0].note
    assert f"{count} digits" in clear(f"Steam ID: {digits}")[0].note


@pytest.mark.parametrize("digits", ["12345678901234567", "7656119"])
def test_digits_that_do_not_look_like_a_steam_id_get_no_note(digits: str) -> None:
    assert clear(digits)[0].note == ""


@pytest.mark.parametrize("text", ["STEAM_0:1:9999999999", "[U:1:4294967296]", "U:1:99999999999999999"])
def test_a_steam_id_that_no_account_can_have_is_noted(text: str) -> None:
    assert "larger than any account's" in clear(text)[0].note


@pytest.mark.parametrize("text", ["7.65612E+16", "76561198050648500", "Steam ID 76561198050648500"])
def test_what_a_spreadsheet_shortened_leads_to_nobody_and_says_why(text: str) -> None:
    (mention,) = clear(text)
    assert mention.candidates == ()
    assert "A spreadsheet shortened this" in mention.note


def test_a_long_vanity_name_is_cut() -> None:
    assert len(clear("https://steamcommunity.com/id/" + "x" * 1900)[0].note) < 300


@pytest.mark.parametrize(
    "link",
    [
        "https://steamcommunity.com/",
        "https://steamcommunity.com/profiles/123",
        "https://steamcommunity.com/tradeoffer/new/?partner=99999999999",
        "https://steamcommunity.com/tradeoffer/" + "9" * 30,
        "https://steamcommunity.com/?[",
        "https://example.com/purchase",
        "https://steamcommunity.com/" + "x" * 3000,
    ],
)
def test_a_link_that_names_nothing_is_text_with_a_note(link: str) -> None:
    (mention,) = leaves(extract(link).lines[0])
    assert (mention.candidates, mention.strength) == ((), Strength.TEXT)
    assert mention.note.startswith("This")


def test_leading_zeros_make_an_order_id_likelier() -> None:
    assert kinds("007") == ["custom_id", "buy_id"]


def test_the_number_of_an_order_may_be_a_purchase_id_too() -> None:
    assert kinds("order #12") == ["custom_id", "buy_id"]


@pytest.mark.parametrize(("number", "fits"), [(1, True), (2**63 - 1, True), (2**63, False), (0, False)])
def test_a_purchase_id_fits_into_63_bits(number: int, fits: bool) -> None:
    assert ("buy_id" in kinds(str(number))) is fits


def test_more_digits_than_any_id_has_can_only_be_an_order_id() -> None:
    assert kinds("9" * 40) == ["custom_id"]


# ---- order IDs, whatever they look like


@pytest.mark.parametrize(
    "text",
    [
        "order-5",
        "Bestellung Müller, 5",
        "a;b",
        "50%_off",
        "' OR 1=1 --",
        "<script>alert(1)</script>",
        "order(5)",
        "5 x",
    ],
)
def test_a_whole_line_can_be_an_order_id_as_it_was_typed(text: str) -> None:
    assert forms(text)[0] == text


def test_an_order_id_in_quotes_is_tried_with_and_without_them() -> None:
    assert forms("“order-5”,") == ["“order-5”,", "order-5"]


def test_a_line_is_asked_as_a_whole_only_where_it_is_all_that_was_typed() -> None:
    assert whole("Müller 5").strength is Strength.POSSIBLE
    assert whole("Müller 5\nMeier 6").strength is Strength.WEAK


@pytest.mark.parametrize("text", [f"Steam ID: {STEAMID}", "my link https://example.com/ is this", "my [U:1:22202]"])
def test_a_line_that_names_an_account_or_a_link_is_not_asked_as_a_whole(text: str) -> None:
    assert whole(text).strength is Strength.WEAK


@pytest.mark.parametrize(("length", "is_whole"), [(255, True), (256, False)])
def test_an_order_id_has_at_most_255_characters(length: int, is_whole: bool) -> None:
    assert bool(forms("x y" + "z" * (length - 3))) is is_whole


def test_a_word_that_is_too_long_for_an_id_is_text_and_shown_cut() -> None:
    (mention,) = extract("9" * 100_000).lines[0]
    assert mention == Mention("9" * 255 + "…", note="No id is longer than 255 characters.")


@pytest.mark.parametrize("text", ["alpha", "no-such-order"])
def test_a_word_without_a_digit_is_an_order_id_where_it_is_all_that_was_typed(text: str) -> None:
    assert names(text) == [f"custom_id {text}"]


def test_words_without_a_digit_are_asked_for_in_a_list_of_such_and_text_in_a_message() -> None:
    assert [line[0].strength for line in extract("alpha\nbeta").lines] == [Strength.POSSIBLE] * 2
    assert [line[0].strength for line in extract("alpha\n1280").lines] == [Strength.WEAK, Strength.CLEAR]
    assert names("alpha\nhow are you") == []


@pytest.mark.parametrize("text", ["$4.34", "2pm", "10:34", "AK-47", "50%", "4,34 €", "29.11.2026", "5 days"])
def test_a_sum_a_time_and_an_item_are_searched_here_and_never_missing(text: str) -> None:
    assert names(f"{text} order-1001") == ["custom_id order-1001"]
    assert names(text) == []
    assert text in forms(text)


# ---- how many


@pytest.mark.parametrize(("count", "left_out"), [(499, 0), (500, 0), (501, 1), (2000, 1500)])
@pytest.mark.parametrize("separator", ["\n", " "])
def test_more_than_500_ids_are_counted_and_not_dropped_in_silence(count: int, left_out: int, separator: str) -> None:
    text = separator.join(map(str, range(10_000, 10_000 + count)))
    assert (len(names(text)), extract(text).left_out) == (min(count, MOST_IDS), left_out)


def test_an_id_named_again_is_not_one_more() -> None:
    assert extract("1280 1281 " * 5000).left_out == 0


# ---- one Steam ID


@given(account_ids)
def test_every_form_of_an_account_names_it(account_id: int) -> None:
    steamid = str(FIRST_STEAMID64 + account_id)
    forms_ = steam_ids.steamid_forms(steamid)
    assert forms_ is not None
    assert {steamid_in(form) for form in (steamid, forms_.steam2, forms_.steam3, f"**{forms_.steam3}**")} == {steamid}
    assert steamid_in(f"https://steamcommunity.com/profiles/{steamid}") == steamid


@pytest.mark.parametrize("text", ["", "gaben", "1280", "order-1", "7656119805064852"])
def test_a_text_without_an_account_names_none(text: str) -> None:
    assert steamid_in(text) is None
