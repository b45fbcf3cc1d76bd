"""What a person may have meant by an ID that led to nothing: orders and users that are stored here."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.purchases import queries as purchases
from dashboard.purchases import steam_ids
from dashboard.purchases.candidates import LONGEST_ID
from dashboard.support import user_queries as users
from dashboard.support.lookup import IdAnswer

SUGGESTED_FOR = 5
"""So many IDs of one text get suggestions: each costs up to four questions to the database."""
MOST = 5


_LOOK_ALIKE = str.maketrans("аеіорсухАВЕІКМНОРСТУХ", "aeiopcyxABEIKMHOPCTYX")
"""Cyrillic letters, and the Latin ones that they look like."""
_LETTERS_AND_DIGITS = re.compile("([A-Za-z]{1,32})[-_ #:.]?([0-9]{1,32})")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An order ID or a Steam ID (``kind`` as the API's field), and why it may be the one that was meant."""

    kind: str
    value: str
    why: str


def suggestions_for(answers: Sequence[IdAnswer]) -> list[list[Suggestion]]:
    """Return for each answer what may have been meant; nothing where it was found."""
    found: list[list[Suggestion]] = []
    left = SUGGESTED_FOR
    for answer in answers:
        is_wanted = left > 0 and not answer.matches
        left -= is_wanted
        found.append(list(_suggested(answer.mention.text))[:MOST] if is_wanted else [])
    return found


def _suggested(text: str) -> Iterator[Suggestion]:
    if text.isdigit():
        yield from _users_of_number(text)
    elif shortened := re.match("([0-9])[.,]([0-9]+)E", text, re.IGNORECASE):
        yield from _users_beginning(shortened[1] + shortened[2])
    elif in_link := re.search("/([0-9]{16}|[0-9]{18})(?![0-9])", text):
        yield from _users_near(in_link[1])
    for order in _orders_written_alike(text):
        yield Suggestion("custom_id", order, "only a mark or a letter that looks alike differs")
    for order in purchases.find_orders_beginning(text, MOST):
        yield Suggestion("custom_id", order, "the beginning is the same")


def _orders_written_alike(text: str) -> Iterator[str]:
    plain = text.translate(_LOOK_ALIKE)
    asked = [plain, f"#{plain}"]
    if parts := _LETTERS_AND_DIGITS.fullmatch(plain):
        asked = [plain, *(parts[1] + mark + parts[2] for mark in ("-", "_", "", " ", "#"))]
    alike = [one for one in asked if one != text and len(one) <= LONGEST_ID]
    rows = purchases.search_by_ids("custom_id", alike) if alike else {}
    yield from dict.fromkeys(row.custom_id for found in rows.values() for row in found)


def _users_of_number(digits: str) -> Iterator[Suggestion]:
    account = steam_ids.of_account(int(digits)) if len(digits) <= 10 else None
    if account and users.known_users([account]):
        yield Suggestion("steamid", account, "the Steam user with this account number")
    yield from _users_near(digits)
    if steam_ids.is_shortened(digits):
        yield Suggestion("steamid", digits, "as it stands, if it does end in zeros")
        yield from (one for one in _users_beginning(digits) if one.value != digits)


def _users_near(digits: str) -> Iterator[Suggestion]:
    near = steam_ids.with_a_digit_more_or_less(digits)
    for steamid in users.known_users(near) if near else ():
        yield Suggestion("steamid", steamid, "one digit differs")


def _users_beginning(digits: str) -> Iterator[Suggestion]:
    kept = steam_ids.beginning_kept(digits)
    if kept:
        missing = steam_ids.DIGITS - len(kept)
        for steamid in users.users_between(kept + "0" * missing, kept + "9" * missing, most=MOST):
            yield Suggestion("steamid", steamid, "the beginning is the same")
