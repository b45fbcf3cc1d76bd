"""Pure: what a word can be an ID of. Nothing is looked up, so a candidate says what the word could be, no more."""

import re
from dataclasses import dataclass
from enum import IntEnum

from dashboard.lib.numbers import LARGEST_BIGINT
from dashboard.purchases import steam_ids
from dashboard.skinsback.parsing import LONGEST

LONGEST_ID = LONGEST["custom_id"]
"""The longest ``custom_id`` that is looked up, in characters."""

NO_ACCOUNT = "This has the length of a Steam ID, but it is not the number of an individual Steam account."
NO_ACCOUNT_SO_LARGE = "This looks like a Steam ID, but its number is larger than any account's."
SHORTENED = (
    "A spreadsheet shortened this: it keeps 15 digits of a number, and a Steam ID has 17. "
    "Ask for the profile link, or format the column as text before copying."
)
SHORTENED_NUMBER = "A spreadsheet shortened this number, so that its last digits are lost. Ask for all of them."
NO_STEAM_ID = "This is not a Steam ID."
ONE_LETTER_WRONG = "This looks like a Steam ID, but a letter stands where a digit must."
WRONG_LENGTH = "This looks like a Steam ID, but it has {} digits where a Steam ID has 17."
NO_FRIEND_CODE = "This is not a friend code: its check does not fit, so a letter is missing or mistyped."


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that the text could be. ``kind`` is the API's field name, ``value`` what to look up in that field."""

    kind: str
    value: str
    took_for: str
    """The kind in words, to follow "taken for": ``a purchase ID``, ``a trade-offer link``."""


class Strength(IntEnum):
    """What to do about something that the text names and that is not stored here."""

    TEXT = 0
    """It names nothing."""
    WEAK = 1
    """It is text: a price, a time, an item."""
    POSSIBLE = 2
    """SkinsBack is asked; what it does not know is text."""
    CLEAR = 3
    """SkinsBack is asked; what it does not know is not found."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Something that a text names, what it could be (the likeliest first), and what to say about it, if anything.

    Where it is not stored here as a whole, its ``parts`` stand for it.
    """

    text: str
    candidates: tuple[Candidate, ...] = ()
    strength: Strength = Strength.TEXT
    note: str = ""
    parts: tuple["Mention", ...] = ()
    times: int = 1
    is_list: bool = False
    """Whether the parts are an equal reading, and stand for it only where all of them are stored."""


def steamid(text: str, took_for: str = "") -> Candidate | None:
    value = steam_ids.steamid64_from(text)
    return _steamid(value, took_for or ("a SteamID64" if text.isdigit() else "a Steam ID"))


def invite(code: str) -> Candidate | None:
    return _steamid(steam_ids.of_invite(code), "a Steam invite")


def friend_code(text: str) -> Candidate | None:
    """Return the account of a friend code, be it the number that Steam gives or the letters of Counter-Strike."""
    account = _steamid(_of_account(text), "a Steam friend code")
    return account or _steamid(steam_ids.of_friend_code(text), "a friend code of Counter-Strike")


def partner(text: str) -> Candidate | None:
    return _steamid(
        steam_ids.of_account(int(text)) if re.fullmatch("[0-9]{1,10}", text) else None, "a Steam trade link"
    )


def mistyped_steamid(text: str) -> Candidate | None:
    """Return the account of a Steam ID with spaces or underscores between its parts."""
    plain = re.sub("[ _:]+", ":", text).replace(":", "_", 1) if text[0] in "Ss" else re.sub("[ :]+", ":", text)
    return steamid(plain)


def _of_account(digits: str) -> str | None:
    return steam_ids.of_account(int(digits)) if re.fullmatch("[0-9]{1,10}", digits) else None


def _steamid(value: str | None, took_for: str) -> Candidate | None:
    return Candidate("steamid", value, took_for) if value is not None else None


def buy_id(digits: str) -> Candidate | None:
    if not re.fullmatch("0*[0-9]{1,19}", digits) or not 1 <= int(digits.lstrip("0") or "0") <= LARGEST_BIGINT:
        return None
    return Candidate("buy_id", str(int(digits)), "a purchase ID (buy_id)")


def tradeofferid(digits: str, took_for: str = "a trade-offer ID") -> Candidate | None:
    return Candidate("tradeofferid", digits, took_for) if re.fullmatch("[1-9][0-9]{0,19}", digits) else None


def custom_id(text: str) -> Candidate | None:
    return Candidate("custom_id", text, "an order ID (custom_id)") if 0 < len(text) <= LONGEST_ID else None


def those(*found: Candidate | None) -> tuple[Candidate, ...]:
    return tuple(dict.fromkeys(candidate for candidate in found if candidate is not None))


def of_number(digits: str) -> tuple[Candidate, ...]:
    """Return what a number can be. Shops that number their own orders keep leading zeros; SkinsBack's ids have none."""
    own, theirs = custom_id(digits), (buy_id(digits), tradeofferid(digits))
    if account := steamid(digits):
        return those(account, own, *theirs)
    return those(own, *theirs) if digits.startswith("0") else those(theirs[0], own, theirs[1])


def note_on_number(digits: str) -> str:
    if not digits.startswith("7656"):
        return ""
    if len(digits) == steam_ids.DIGITS:
        return "" if steamid(digits) else NO_ACCOUNT
    return WRONG_LENGTH.format(len(digits)) if abs(len(digits) - steam_ids.DIGITS) == 1 else ""


def of_labelled(kind: str, value: str) -> tuple[Candidate, ...]:
    """Return what a word can be that stands behind a label: of the kind that the label says."""
    match kind:
        case "buy":
            return those(buy_id(value))
        case "order":
            # Some people call the purchase itself the order, so its number may be a buy_id too.
            return those(custom_id(value), buy_id(value))
        case "offer":
            return those(tradeofferid(value))
        case "steam":
            return those(steamid(value) or (friend_code(value) if len(value) >= 6 else None))
        case "friend":
            return those(friend_code(re.sub("(?<=[0-9])-(?=[0-9])", "", value)))
    return ()


def note_on_scientific(number: str) -> str:
    return SHORTENED if re.match(r"7[.,]656.*16\Z", number) else SHORTENED_NUMBER
