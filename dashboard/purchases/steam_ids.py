"""Pure: the ways to write the ID of one individual Steam account, and from each of them back to its SteamID64.

The forms are Valve's. SteamID64 = 76561197960265728 + account id, and ``STEAM_X:Y:Z`` has account id 2·Z + Y. An invite
is the account id in hexadecimal, written in sixteen consonants. A friend code of Counter-Strike holds the account id
four bits at a time, each followed by one bit of an MD5 sum that tells a mistyped code from a right one.
"""

import hashlib
import re
from dataclasses import dataclass

FIRST_STEAMID64 = 76561197960265728
LAST_ACCOUNT_ID = 2**32 - 1
DIGITS = 17

STEAM2 = r"STEAM_[0-5]:[01]:[0-9]{1,20}"
STEAM3 = r"\[?U:1:[0-9]{1,20}(?::1)?\]?"
MISTYPED = (
    r"STEAM[_ ][0-5][:_ ][01][:_ ] ?[0-9][a-z0-9]{2,19}|\[?U:1: ?[0-9][a-z0-9]{2,19}\]?|U 1 [0-9]{6,10}"
    r"|7656(?=[0-9]{0,12}[oil])[0-9oil]{13}"
)
_STEAM2 = re.compile(r"STEAM_[0-5]:([01]):([0-9]{1,20})", re.IGNORECASE)
_HEXADECIMAL_ID = re.compile(r"(?:steam:)?(1100001(?=[0-9a-f]*[a-f])[0-9a-f]{8})", re.IGNORECASE)
_STEAM3 = re.compile(r"\[?U:1:([0-9]{1,20})(?::1)?\]?", re.IGNORECASE)

_INVITE_LETTERS = "bcdfghjkmnpqrtvw"
_INVITE = re.compile(rf"[{_INVITE_LETTERS}]{{1,4}}-?[{_INVITE_LETTERS}]{{0,4}}")
_HEXADECIMAL = str.maketrans(_INVITE_LETTERS, "0123456789abcdef")

_CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_CODE = re.compile(rf"[{_CODE_LETTERS}]{{5}}-[{_CODE_LETTERS}]{{4}}")

_KEPT_BY_SPREADSHEETS = 15
"""Digits of a number; what follows becomes zeros."""


@dataclass(frozen=True, slots=True)
class SteamIdForms:
    """The ways to write the id of one individual Steam account."""

    steam2: str
    steam3: str


def steamid_forms(steamid: str) -> SteamIdForms | None:
    """Return the forms of a SteamID64, or None when it is not that of an individual account."""
    if not re.fullmatch(f"[0-9]{{{DIGITS}}}", steamid):
        return None
    account_id = int(steamid) - FIRST_STEAMID64
    if not 0 <= account_id <= LAST_ACCOUNT_ID:
        return None
    return SteamIdForms(f"STEAM_0:{account_id % 2}:{account_id // 2}", f"[U:1:{account_id}]")


def steamid64_from(text: str) -> str | None:
    """Return the SteamID64 that a SteamID64, in hexadecimal too, ``STEAM_X:Y:Z`` or ``[U:1:N]`` is, or None."""
    if steamid_forms(text) is not None:
        return text
    if found := _STEAM2.fullmatch(text):
        return of_account(2 * int(found[2]) + int(found[1]))
    if found := _STEAM3.fullmatch(text):
        return of_account(int(found[1]))
    if found := _HEXADECIMAL_ID.fullmatch(text):
        return str(int(found[1], 16))
    return None


def of_account(account_id: int) -> str | None:
    """Return the SteamID64 of an account by its number, which Steam calls the friend code; None beyond the last."""
    return str(FIRST_STEAMID64 + account_id) if account_id <= LAST_ACCOUNT_ID else None


def of_invite(code: str) -> str | None:
    """Return the SteamID64 of the account that sent an invite such as ``cv-dgb``, or None."""
    plain = code.lower()
    if not _INVITE.fullmatch(plain):
        return None
    return of_account(int(plain.replace("-", "").translate(_HEXADECIMAL), 16))


def of_friend_code(code: str) -> str | None:
    """Return the SteamID64 that a friend code such as ``SUCVS-FADA`` stands for; None when its check does not fit."""
    letters = code.upper()
    if not _CODE.fullmatch(letters):
        return None
    # The four letters before it are always AAAA and left out.
    number = sum(_CODE_LETTERS.index(letter) << 5 * place for place, letter in enumerate(letters.replace("-", ""), 4))
    packed = int.from_bytes(number.to_bytes(9, "little")[:8], "big")
    account_id = sum((packed >> 5 * place + 1 & 15) << 4 * (7 - place) for place in range(8))
    return of_account(account_id) if _friend_code(account_id) == letters else None


def _friend_code(account_id: int) -> str:
    checks = hashlib.md5(account_id.to_bytes(4, "little") + b"OGSC", usedforsecurity=False).digest()[0]
    packed = 0
    for place in range(8):
        packed = packed << 5 | (account_id >> 4 * place & 15) << 1 | checks >> place & 1
    number = int.from_bytes(packed.to_bytes(8, "big"), "little")
    letters = "".join(_CODE_LETTERS[number >> 5 * place & 31] for place in range(4, 13))
    return f"{letters[:5]}-{letters[5:]}"


def is_shortened(steamid: str) -> bool:
    """Say whether a SteamID64 ends as spreadsheets leave one. One account in a hundred has such an ID all the same."""
    return steamid_forms(steamid) is not None and set(steamid[_KEPT_BY_SPREADSHEETS:]) == {"0"}


def beginning_kept(digits: str) -> str:
    """Return the digits of a shortened SteamID64 that are right; empty when they are too few to tell accounts apart."""
    return digits[:_KEPT_BY_SPREADSHEETS] if len(digits) >= _KEPT_BY_SPREADSHEETS else ""


def with_a_digit_more_or_less(digits: str) -> list[str]:
    """Return the SteamID64s that were meant if one digit was left out of these, or typed twice."""
    if len(digits) == DIGITS - 1:
        near = {f"{digits[:at]}{digit}{digits[at:]}" for at in range(DIGITS) for digit in "0123456789"}
    elif len(digits) == DIGITS + 1:
        near = {digits[:at] + digits[at + 1 :] for at in range(len(digits))}
    else:
        return []
    return sorted(steamid for steamid in near if steamid_forms(steamid) is not None)
