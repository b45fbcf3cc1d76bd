"""What support agents pasted, beside purchases of other customers that must not be opened for it."""

import pytest
from flask import Flask

from dashboard.purchases.candidates import ONE_LETTER_WRONG, Strength
from dashboard.support.lookup import answer_text
from dashboard.support.suggestions import suggestions_for
from tests.purchases.samples import STEAMID, store_purchase

USER = f"user {STEAMID}"


@pytest.fixture
def shop(app: Flask) -> None:
    """Store the orders of a shop, some under IDs that look like sums."""
    assert app
    for buy_id, custom_id in (
        (1280, "order-1001"), (1281, "order-1002"), (1312, "1001"), (1303, "2211"), (1288, "INV 2026 0007"),
        (1289, "#5501"), (4106214, None), (1290, "ORD_5503"), (1, "a"), (2, "b"), (3, "c"), (5, "e"), (12345, "f"),
    ):  # fmt: skip
        offer = {1280: "7012345678", 1303: "1280"}.get(buy_id)
        store_purchase(buy_id=buy_id, custom_id=custom_id, tradeofferid=offer, steamid="76561197960287930")


def came_to(text: str) -> list[str]:
    """What a text is answered with where SkinsBack knows none: purchases, users, notes and IDs that are missing."""
    answers = []
    for answer in answer_text(text, ask=False, batch_size=50).answers:
        if answer.mention.strength is Strength.POSSIBLE and not answer.matches:
            continue
        found = [str(match.purchase.buy_id) for match in answer.matches]
        unknown = "missing" if answer.mention.candidates else f"note: {answer.mention.note}"
        answers.append("+".join(found) or (f"user {answer.steamid}" if answer.steamid else unknown))
    return answers


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Thousands separators
        ("1,280", ["1280+1303"]),
        ("1 280", ["1280+1303"]),
        ("1'280", ["1280+1303"]),
        ("4,106,214", ["4106214"]),
        ("buy_id 4 106 214", ["4106214"]),
        ("trade offer 7,012,345,678", ["1280"]),
        ("https://steamcommunity.com/tradeoffer/7,012,345,678/", ["1280"]),
        ("1,2,3", ["1", "2", "3"]),
        # Friend codes
        ("Friend code: 90 382 795", [USER]),
        ("Friend code: 90,382,795", [USER]),
        ("Friend code: 90-382-795", [USER]),
        # Sums, durations and numbers under labels that name no ID
        *(
            (f"paid 2211 {unit}", [])
            for unit in (
                "rubles",
                "ruble",
                "hryvnia",
                "zł",
                "Kč",
                "kr",
                "CHF",
                "INR",
                "lira",
                "yuan",
                "coins",
                "BTC",
                "р.",
                "тенге",
                "元",
                "円",
                "₹",
                "reais",
                "pesos",
                "zlotych",
            )
        ),
        *((f"since 12345 {unit}", []) for unit in ("days", "minutes", "Tage", "дней", "jours", "días", "weeks", "天")),
        ("R$ 2211", []),
        ("CHF 2211", []),
        ("2211,-", []),
        ("1 280 rub for order-1002", ["1281"]),
        ("my PIN is 2211", []),
        ("balance 2211", []),
        ("balance 1,280", []),
        ("pattern 1280", []),
        ("level 5, order-1001", ["1280"]),
        ("Order ID\tPrice\norder-1001\t2211", ["1280"]),
        ('{"id":1280,"amount":1281}', ["1280+1303"]),
        ("order_id;qty;total\norder-1001;3;1281", ["1280"]),
        # A hyphen that a mail broke
        ("where is order-\n1001 please", ["1312+1280"]),
        ("where is order -1001 please", ["1312+1280"]),
        ("where is order- 1001 please", ["1312+1280"]),
        ("where is order=\n-1001 please", ["1312+1280"]),
        # No Steam ID
        ("steam id 5", ["note: This is not a Steam ID."]),
        ("Steam ID: 1280", ["note: This is not a Steam ID."]),
        ("bought on steam 1280", ["1280+1303"]),
        ("STEAM_0:1:4519I397", [f"note: {ONE_LETTER_WRONG}"]),
        ("7656119805064852O", [f"note: {ONE_LETTER_WRONG}"]),
        ("[U:1:9038279S]", [f"note: {ONE_LETTER_WRONG}"]),
        ("[U:1: 90382795]", [USER]),
        ("U 1 90382795", [USER]),
        ("STEAM_0_1_45191397", [USER]),
        # Labels of Steam's tools
        ("Steam3: [U:1:90382795]\nSteam2: STEAM_0:1:45191397", [USER]),
        ("steam3ID: [U:1:90382795]", [USER]),
        ("Steam32: 90382795", [USER]),
        ("SteamID32: 90382795", [USER]),
        ("Steam 32: 90382795", [USER]),
        # No space behind a mark
        ("order-1002.Thanks", ["1281"]),
        ("1280.Thanks", ["1280+1303"]),
        ("order-1002:refund", ["1281"]),
        *((f"order-1002{mark}order-1001", ["1281", "1280"]) for mark in ("!", "?", ":", ".", "--", "^", "%0A", "\\n")),
        ("1280:1281", ["1280+1303", "1281"]),
        # Links with several parameters, and decimals of a spreadsheet
        ("https://shop.example/?buy_id=1281&custom_id=order-1001", ["1281", "1280"]),
        (f"https://shop.example/?custom_id=order-1001&steamid={STEAMID}", [USER, "1280"]),
        ("4106214.00", ["4106214"]),
        ("4106214,00", ["4106214"]),
        ("order-1001,5.00", ["1280"]),
        # Order IDs with spaces
        ("INV 2026 0007 INV 2026 0008", ["1288"]),
        ("INV 2026 0007, order-1001", ["1288", "1280"]),
        ("inv 2026 0007 please", ["1288"]),
        ("INV 2026 0007\nINV 2026 0008", ["1288"]),
        # What is joined to a Steam ID
        (f"{STEAMID}:1280", [USER, "1280+1303"]),
        (f"{STEAMID}_1280", [USER, "1280+1303"]),
        (f"{STEAMID}-order-1001", [USER, "1280"]),
        (f"{STEAMID}.order-1001", [USER, "1280"]),
        (f"order-1001_{STEAMID}", ["1280", USER]),
        (f"https://steamcommunity.com/profiles/{STEAMID}order-1001", [USER, "1280"]),
        (f"id{STEAMID}", [USER]),
        (f"{STEAMID}_730_2", [USER]),
    ],
)
def test_each_id_is_answered_and_no_stranger_is_shown(text: str, expected: list[str]) -> None:
    assert came_to(text) == expected


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("order1002", "order-1002"),
        ("order_1002", "order-1002"),
        ("ORD-5503", "ORD_5503"),
        ("оrder-1001", "order-1001"),
        ("5501", "#5501"),
    ],
)
def test_an_order_id_with_another_mark_or_a_look_alike_letter_is_suggested(text: str, meant: str) -> None:
    answers = answer_text(text, ask=False, batch_size=50).answers
    assert meant in [suggestion.value for suggested in suggestions_for(answers) for suggestion in suggested]
