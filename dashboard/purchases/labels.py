"""Pure: the words that people and programs write before an ID, and what they say that it is."""

import re

_OF_ID = r"(?:[ _-]?(?:ids?|no|nr|num|numbers?|codes?|refs?|reference))"
_KINDS = {
    "friend": rf"(?:steam[ _-]?)?(?:friend|account|acc)s?{_OF_ID}{{1,2}}|partner",
    "steam": r"steam(?:[ _-]{0,2}(?:ids?(?:32|[23])?|32|64|[23]|accounts?|profiles?|user|community|code|number)){0,4}",
    "offer": rf"(?:trade[ _-]?)?offers?{_OF_ID}{{0,2}}|trade{_OF_ID}{{1,2}}",
    "buy": rf"buy{_OF_ID}{{1,2}}|buy(?=\s?[:=#])|purchases?{_OF_ID}{{0,2}}",
    "order": rf"(?:custom|order|bestell(?:ung|nummer|-nr)|auftrag|commande|pedido|заказ\w{{0,2}})s?{_OF_ID}{{0,2}}",
    "other": (
        r"(?:amount|price|total|sum|paid|balance|qty|quantity|count|float|pattern|seed|paint|ticket|case|phone|tel|zip"
        r"|version|page|step|level|wear|class|instance|item|asset|app|context|sticker|message|user|customer|client|chat"
        rf"|room|port|pin|password|passcode|otp|hour|row|date|time|created|updated|betrag|preis|сумма|цена)s?{_OF_ID}{{0,2}}"
    ),
    "any": r"(?<![\"'])(?:ids?|no|nr|number|ref|reference|номер)",
}
_KEY_OF_JSON = r"(?<=[\"'])[a-z_][\w-]{0,40}[\"']\s?:"
_VALUE = r"[\s\"'“„«`*_~(\[<]{0,6}(?:#?[0-9]|U:1:|STEAM_[0-9]|https?:)"

_ORDER_ID_SAID = r"(?<=[ _-]id|[ _-]no|[ _-]nr)(?=\s[A-Za-z][\w-]{0,40}[0-9])"
"""Behind "order id" an ID of letters follows too; behind "order" alone it may be what was ordered: AK-47."""

LABEL = (
    rf"(?<![\w-])(?:{'|'.join(_KINDS.values())})(?![\w-])(?:\.(?=\s|[0-9#]))?"
    r"(?:[\"'”»`*_~)\]]{0,4}\s?(?:[:=]{1,2}>?|->|is\b|are\b|was\b)\s?\#?|\s?\#:?|\s-(?=\s\#?[0-9])"
    rf"|(?={_VALUE})|{_ORDER_ID_SAID})|{_KEY_OF_JSON}"
)
"""A label with what joins it to the ID behind it. A key of JSON that is none of the labels names no ID."""

_KIND = re.compile("|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS.items()), re.IGNORECASE)
_OF_WHATEVER_FORM = re.compile(r"(?:id|no|nr|num|number|code|ref|reference)s?\W*[:=]", re.IGNORECASE)
_PLURAL = re.compile(r"(?:orders|purchases|offers|accounts|ids|numbers|codes|refs)\W*(?:are)?\W*\Z", re.IGNORECASE)


def kind_of(label: str) -> str:
    """Return what a label says that the ID behind it is; ``other`` where it says that it is no ID, else ``unknown``."""
    found = _KIND.match(label)
    kind = (found.lastgroup if found is not None else None) or "unknown"
    return "unknown" if kind == "any" and re.search(r"[\"']\s?:\Z", label) else kind


def is_field_name(word: str) -> bool:
    """Say whether a word is itself the name of a field, as in the first line of a table."""
    return _KIND.fullmatch(word) is not None


def is_of_whatever_form(label: str) -> bool:
    """Say whether what stands behind a label is an ID even without a digit in it: ``custom_id: abc``."""
    return kind_of(label) == "order" and _OF_WHATEVER_FORM.search(label) is not None


def is_of_several(label: str) -> bool:
    """Say whether a label is that of all the IDs behind it, and not of the next alone."""
    return _PLURAL.search(label) is not None


def is_of_steam_id(label: str) -> bool:
    """Say whether a label says more than the word Steam, behind which a number may be anything."""
    return kind_of(label) == "steam" and not re.fullmatch(r"steam\W*", label, re.IGNORECASE)
