"""The forms of a Steam ID, and the way from each of them back to the account."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.purchases import steam_ids
from dashboard.purchases.present import profile_url
from dashboard.purchases.steam_ids import FIRST_STEAMID64, LAST_ACCOUNT_ID, steamid64_from, steamid_forms

STEAMID = "76561198050648523"
account_ids = st.integers(0, LAST_ACCOUNT_ID)


@given(account_ids)
def test_every_form_of_an_account_leads_back_to_it(account_id: int) -> None:
    steamid = str(FIRST_STEAMID64 + account_id)
    forms = steamid_forms(steamid)
    assert forms is not None
    assert forms.steam3 == f"[U:1:{account_id}]"
    assert {steamid64_from(form) for form in (steamid, forms.steam2, forms.steam3)} == {steamid}
    assert steam_ids.of_account(account_id) == steamid


def test_the_forms_of_the_documented_account() -> None:
    forms = steamid_forms(STEAMID)
    assert forms is not None
    assert (forms.steam2, forms.steam3) == ("STEAM_0:1:45191397", "[U:1:90382795]")
    assert profile_url(STEAMID) == f"https://steamcommunity.com/profiles/{STEAMID}"


@pytest.mark.parametrize("text", ["", "x", "76561197960265727", "76561202255233024", "76561198050648523 ", "７" * 17])
def test_what_is_no_individual_account_has_no_forms(text: str) -> None:
    assert steamid_forms(text) is None


@pytest.mark.parametrize(
    ("code", "account_id"),
    [("SUCVS-FADA", 22202), ("AJJJS-ABAA", 1), ("SN7N4-D5HG", 299546917), ("sucvs-fada", 22202)],
)
def test_a_friend_code_is_the_account_that_others_decode_it_to(code: str, account_id: int) -> None:
    assert steam_ids.of_friend_code(code) == steam_ids.of_account(account_id)


@given(account_ids)
def test_the_friend_code_of_every_account_leads_back_to_it(account_id: int) -> None:
    assert steam_ids.of_friend_code(steam_ids._friend_code(account_id)) == steam_ids.of_account(account_id)


@pytest.mark.parametrize("code", ["SUCVS-FADB", "TUCVS-FADA", "SUCVS-FAD", "SUCVSFADA", "SUCV1-FADA", "", "order-1001"])
def test_a_friend_code_whose_check_does_not_fit_is_none(code: str) -> None:
    assert steam_ids.of_friend_code(code) is None


@pytest.mark.parametrize(("code", "account_id"), [("cv-dgb", 123456), ("hj-qp", 22202), ("CVDGB", 123456), ("c", 1)])
def test_an_invite_is_the_account_id_in_consonants(code: str, account_id: int) -> None:
    assert steam_ids.of_invite(code) == steam_ids.of_account(account_id)


@pytest.mark.parametrize("code", ["", "-", "aeiou", "cv-dgb-cv", "bcdfghjkm", "cv dgb", "1e240"])
def test_what_is_no_code_of_an_invite_is_none(code: str) -> None:
    assert steam_ids.of_invite(code) is None


@given(account_ids)
def test_the_invite_of_every_account_leads_back_to_it(account_id: int) -> None:
    code = f"{account_id:x}".translate(str.maketrans("0123456789abcdef", "bcdfghjkmnpqrtvw"))
    assert steam_ids.of_invite(f"{code[: len(code) // 2]}-{code[len(code) // 2 :]}".strip("-")) == str(
        FIRST_STEAMID64 + account_id
    )


@given(account_ids, st.integers(0, 16), st.sampled_from("0123456789"))
def test_a_steam_id_with_a_digit_less_or_more_is_among_the_near_ones(account_id: int, at: int, digit: str) -> None:
    steamid = str(FIRST_STEAMID64 + account_id)
    for near in (steamid[:at] + steamid[at + 1 :], steamid[:at] + digit + steamid[at:]):
        found = steam_ids.with_a_digit_more_or_less(near)
        assert steamid in found
        assert len(found) <= 170


@pytest.mark.parametrize("digits", ["", "1280", STEAMID, "9" * 1000])
def test_nothing_is_near_to_digits_of_another_length(digits: str) -> None:
    assert steam_ids.with_a_digit_more_or_less(digits) == []


@pytest.mark.parametrize(
    ("steamid", "is_shortened"),
    [("76561198050648500", True), ("76561198050648510", False), (STEAMID, False), ("12345678901234500", False)],
)
def test_a_steam_id_without_its_last_two_digits_was_shortened_by_a_spreadsheet(
    steamid: str, is_shortened: bool
) -> None:
    assert steam_ids.is_shortened(steamid) is is_shortened
