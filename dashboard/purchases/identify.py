"""Pure: what did the person paste? Recognises ids and links in one line of text, and cuts a pasted list into lines.

Everything here is pure text work: nothing is looked up, so a candidate says what the text could be, not that such a
thing exists. The Steam ID forms are Valve's: SteamID64 = 76561197960265728 + account id, and ``STEAM_X:Y:Z`` has
account id 2·Z + Y.
"""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from dashboard.lib.numbers import LARGEST_BIGINT
from dashboard.skinsback.parsing import LONGEST

FIRST_STEAMID64 = 76561197960265728
LAST_ACCOUNT_ID = 2**32 - 1
LONGEST_ID = LONGEST["custom_id"]
"""The longest ``custom_id`` that is looked up, in characters."""
LONGEST_TEXT = 2048
"""Longer text is neither an id nor a link."""
MOST_LINES = 500

_QUOTES = "\"'`´“”„‟«»‹›‘’‚"
_PAIRS: dict[str, str] = {
    pair[0]: pair[1] for pair in ("()", "[]", "{}", "<>", '""', "''", "``", "“”", "„“", "«»", "»«", "‹›", "‘’")
}
_AROUND = _QUOTES + "()[]{}<>,;. \t"
_BLANKS = "".join(
    letter for letter in map(chr, range(0x10000)) if letter.isspace() or unicodedata.category(letter) == "Cf"
)
"""White space and characters that cannot be seen; they come along when text is copied from a page or a chat."""

_LABEL = re.compile(
    r"""(?P<kind>buy|purchase|custom|order|steam|trade[ _-]?offer|offer)[ _-]?(?:id(?:64)?)?["']?"""
    r"""(?:\s*[:=]\s*|\s+(?=\#?[0-9]))(?P<value>\S.*)""",
    re.IGNORECASE,
)
_STEAM2 = re.compile(r"STEAM_[0-5]:([01]):([0-9]{1,20})", re.IGNORECASE)
_STEAM3 = re.compile(r"\[?U:1:([0-9]{1,20})(?::1)?\]?", re.IGNORECASE)
_STEAM_SITE = re.compile(r"(?:https?:)?(?://)?(?:www\.|m\.)?steamcommunity\.com(?::[0-9]+)?(?=[/?#]|$)", re.IGNORECASE)
_LINK = re.compile(r"https?://", re.IGNORECASE)
_OWN_PATH = re.compile(r"(?:^|/)(?P<page>purchases|users)/(?P<id>[0-9]{1,40})(?:/[a-z]*)?/?(?:[?#]\S*)?$")
_ORDER_LIKE = re.compile(r"#?[A-Za-z0-9][A-Za-z0-9_.:#-]{0,99}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that the text could be. ``kind`` is the API's field name, ``value`` what to look up in that field."""

    kind: str
    value: str
    took_for: str
    """The kind in words, to follow "taken for": ``a purchase ID``, ``a trade-offer link``."""


@dataclass(frozen=True, slots=True)
class Query:
    """One line as it was typed, what it could be (the likeliest first), and what to say about it, if anything."""

    text: str
    candidates: tuple[Candidate, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class PastedList:
    """The lines of a pasted text in their order, and how many more there were than may be asked at once."""

    lines: tuple[str, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class SteamIdForms:
    """The ways to write the id of one individual Steam account."""

    steam2: str
    steam3: str


def identify(text: str) -> Query:
    """Say what one line of text could be. Never raises; text that can be nothing gives a note and no candidates."""
    typed = text.strip(_BLANKS)
    shown = typed if len(typed) <= LONGEST_ID else typed[:LONGEST_ID] + "…"
    if not typed:
        return Query("", (), "Nothing to look for.")
    if len(typed) > LONGEST_TEXT:
        return Query(shown, (), f"This is {len(typed):,} characters long; no id or link is that long.")
    if any(_is_forbidden(letter) for letter in typed):
        printable = "".join("\N{REPLACEMENT CHARACTER}" if _is_forbidden(letter) else letter for letter in shown)
        return Query(printable, (), "This contains a control character, which no id can have.")
    plain = _plain(typed)
    core = plain.strip(_AROUND)
    linked = _from_link(core)
    if linked is not None:
        return Query(shown, *linked)
    ids, note = _from_ids(core)
    candidates = _in_order(ids, _custom_ids(typed, plain), core)
    if not candidates and not note:
        note = f"No id is longer than {LONGEST_ID} characters."
    return Query(shown, candidates, note)


def split_list(text: str) -> PastedList:
    """Cut a pasted text into the lines to answer, in the pasted order, at most MOST_LINES of them.

    Empty lines and lines of punctuation alone are dropped; repeated ones stay. A line is cut further at commas,
    semicolons, tabs or spaces only where every piece looks like an id, since a ``custom_id`` may contain any of them.
    """
    pieces: list[str] = []
    left_out = 0
    for line in text.splitlines():
        typed = line.strip(_BLANKS)
        if not typed.strip(_AROUND):
            continue
        if len(pieces) < MOST_LINES:
            pieces.extend(_pieces_of(typed))
        else:
            # Whatever is in it, it is not answered: cutting it up would only cost time in a paste of megabytes.
            left_out += 1
    return PastedList(tuple(pieces[:MOST_LINES]), left_out + max(0, len(pieces) - MOST_LINES))


def steamid_forms(steamid: str) -> SteamIdForms | None:
    """Return the forms of a SteamID64, or None when it is not that of an individual account."""
    if not re.fullmatch(r"[0-9]{17}", steamid):
        return None
    account_id = int(steamid) - FIRST_STEAMID64
    if not 0 <= account_id <= LAST_ACCOUNT_ID:
        return None
    return SteamIdForms(f"STEAM_0:{account_id % 2}:{account_id // 2}", f"[U:1:{account_id}]")


def steamid64_from(text: str) -> str | None:
    """Return the SteamID64 that a SteamID64, ``STEAM_X:Y:Z`` or ``[U:1:N]`` stands for, or None."""
    if steamid_forms(text) is not None:
        return text
    if found := _STEAM2.fullmatch(text):
        return _steamid64_of(2 * int(found[2]) + int(found[1]))
    if found := _STEAM3.fullmatch(text):
        return _steamid64_of(int(found[1]))
    return None


def _steamid64_of(account_id: int) -> str | None:
    return str(FIRST_STEAMID64 + account_id) if account_id <= LAST_ACCOUNT_ID else None


# ---- links

_Found = tuple[tuple[Candidate, ...], str]
"""What the text could be, and a note."""


def _from_link(core: str) -> _Found | None:
    """Return what a link points to, or None when the text is no link."""
    steam = _STEAM_SITE.match(core)
    if steam is not None:
        return _from_steam_link(core[steam.end() :])
    is_link = _LINK.match(core) is not None
    own = _own_page(core)
    if own is not None and (is_link or core.startswith("/")):
        return (own,), ""
    if is_link:
        return (), "This link leads neither to a Steam profile, nor to a trade offer, nor to a page of this dashboard."
    return None


def _own_page(core: str) -> Candidate | None:
    own = _OWN_PATH.search(core)
    if own is None:
        return None
    found = _buy_id(own["id"]) if own["page"] == "purchases" else _steamid(own["id"])
    return Candidate(found.kind, found.value, "a link of this dashboard") if found is not None else None


def _from_steam_link(rest: str) -> _Found:
    try:
        parts = urlsplit("https://steamcommunity.com" + rest)
        words = [unquote(word) for word in parts.path.split("/") if word]
        asked = parse_qs(parts.query)
    except ValueError:
        words, asked = [], {}
    match words:
        case ["profiles", steamid, *_] if value := steamid64_from(steamid):
            return (Candidate("steamid", value, "a Steam profile link"),), ""
        case ["id", name, *_]:
            return (), _vanity_note(name)
        case ["tradeoffer", "new", *_] if value := _partner(asked.get("partner", [""])[0]):
            return (Candidate("steamid", value, "a Steam trade link"),), ""
        case ["tradeoffer", offer, *_] if _tradeofferid(offer):
            return (Candidate("tradeofferid", offer, "a trade-offer link"),), ""
    return (), "This Steam link names neither an account by its Steam ID nor a trade offer."


def _partner(text: str) -> str | None:
    return _steamid64_of(int(text)) if re.fullmatch("[0-9]{1,10}", text) else None


def _vanity_note(name: str) -> str:
    shown = name if len(name) <= 64 else name[:64] + "…"
    return (
        f"This profile link uses the custom name {shown!r}, which only Steam can turn into a Steam ID. "
        "Ask for the trade link, or for the profile link that contains 17 digits."
    )


# ---- ids


def _from_ids(core: str) -> tuple[list[Candidate], str]:
    label = _LABEL.fullmatch(core)
    if label is not None:
        return _from_labelled(label["kind"].lower(), label["value"].strip(_AROUND)), ""
    if steamid := _steamid(core):
        return [steamid, *_from_digits(core)], ""
    if _STEAM2.fullmatch(core) or _STEAM3.fullmatch(core):
        return [], "This looks like a Steam ID, but its number is larger than any account's."
    digits = core.removeprefix("#").strip()
    if re.fullmatch("[0-9]+", digits):
        return _from_digits(digits), _note_on_digits(digits)
    return _from_words(core), ""


def _from_labelled(kind: str, value: str) -> list[Candidate]:
    digits = value.lstrip("# ")
    if kind in ("buy", "purchase"):
        found = [_buy_id(digits)]
    elif kind == "steam":
        linked = _from_link(value)
        found = list(linked[0]) if linked is not None else [_steamid(value)]
    elif kind in ("custom", "order"):
        # Some people call the purchase itself the order, so its number may be a buy_id too.
        found = [*_custom_ids(value, value), _buy_id(digits) if kind == "order" else None]
    else:
        found = [_tradeofferid(digits)]
    return [candidate for candidate in found if candidate is not None]


def _from_words(core: str) -> list[Candidate]:
    """Find Steam IDs and links inside a sentence, or a link of ours without its scheme."""
    found: list[Candidate] = []
    for word in core.split():
        bare = word.strip(_AROUND)
        linked = _from_link(bare)
        one = _steamid(bare) or _own_page(bare)
        found += linked[0] if linked is not None else [one] if one is not None else []
    return list(dict.fromkeys(found))


def _from_digits(digits: str) -> list[Candidate]:
    found = (_buy_id(digits), _tradeofferid(digits))
    return [candidate for candidate in found if candidate is not None]


def _buy_id(digits: str) -> Candidate | None:
    if not re.fullmatch("0*[0-9]{1,19}", digits) or not 1 <= int(digits.lstrip("0") or "0") <= LARGEST_BIGINT:
        return None
    return Candidate("buy_id", str(int(digits)), "a purchase ID (buy_id)")


def _tradeofferid(digits: str) -> Candidate | None:
    if not re.fullmatch("[1-9][0-9]{0,19}", digits):
        return None
    return Candidate("tradeofferid", digits, "a trade-offer ID")


def _steamid(text: str) -> Candidate | None:
    value = steamid64_from(text)
    if value is None:
        return None
    return Candidate("steamid", value, "a SteamID64" if text.isdigit() else "a Steam ID")


def _note_on_digits(digits: str) -> str:
    if len(digits) == 17 and digits.startswith("7656"):
        return "This has the length of a Steam ID, but it is not the number of an individual Steam account."
    return ""


def _custom_ids(typed: str, plain: str) -> list[Candidate]:
    # As typed comes first: where two orders differ only in quotes, the person meant the one they pasted.
    forms = dict.fromkeys((typed, plain, _unwrapped(typed), _unwrapped(plain), _unwrapped(plain).lstrip("# ")))
    took_for = "an order ID (custom_id)"
    return [Candidate("custom_id", form, took_for) for form in forms if 0 < len(form) <= LONGEST_ID]


def _in_order(ids: list[Candidate], custom_ids: list[Candidate], core: str) -> tuple[Candidate, ...]:
    # Leading zeros are kept by people who number their own orders; SkinsBack's own ids have none.
    before = 0 if core.startswith("0") else 1
    return tuple(dict.fromkeys(ids[:before] + custom_ids + ids[before:]))


# ---- text


def _is_forbidden(letter: str) -> bool:
    # Databases refuse NUL, and half a surrogate pair cannot be sent to one at all.
    return letter not in "\t\n\r\v\f" and unicodedata.category(letter) in ("Cc", "Cs")


def _plain(text: str) -> str:
    """Return the text as it would be typed on a plain keyboard: no invisible characters, ASCII digits, plain spaces."""
    folded = unicodedata.normalize("NFKC", text)
    letters = (letter for letter in folded if unicodedata.category(letter) != "Cf")
    plain = "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in letters)
    return " ".join(plain.split())


def _unwrapped(text: str) -> str:
    """Return the text without quotes and brackets that come in pairs around it, and without commas at its end."""
    inner = text
    while True:
        before = inner
        inner = inner.strip().rstrip(",;").strip()
        if len(inner) >= 2 and _PAIRS.get(inner[0]) == inner[-1]:
            inner = inner[1:-1]
        if inner == before:
            return inner


def _pieces_of(line: str) -> list[str]:
    for separators, is_piece in ((r"[,;\t]", _is_order_like), (r"[,;\s]", _is_certain_id)):
        pieces = [piece.strip(_AROUND) for piece in re.split(separators, line)]
        pieces = [piece for piece in pieces if piece]
        if len(pieces) > 1 and all(is_piece(piece) for piece in pieces[:MOST_LINES]):
            return pieces
    return [line]


def _is_order_like(piece: str) -> bool:
    has_digit = any(letter.isdigit() for letter in piece)
    return _is_certain_id(piece) or (has_digit and _ORDER_LIKE.fullmatch(piece) is not None)


def _is_certain_id(piece: str) -> bool:
    return any(candidate.kind != "custom_id" for candidate in identify(piece).candidates)
