"""Pure: text of a cell as the person sees it, whatever a program put around it so that it stays text."""

import re
import unicodedata

_FORCED = re.compile(r'=\s*"((?:[^"]|"")*)"')
_QUOTES = '"“”„‟«»`'
_APOSTROPHES = "'‘’‚"
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""Full-width letters, digits and marks, as East Asian keyboards write them."""


_IS_PLAIN = re.compile(r"[0-9A-Za-z]([0-9A-Za-z._-]*[0-9A-Za-z])?").fullmatch
"""Most cells; a list has hundreds of thousands, and nothing can be taken off these."""


def as_seen(text: str) -> str:
    """Return text without what nobody sees: invisible characters, the apostrophe and ``="…"`` that force text, quotes
    around the whole. Full-width characters become usual ones, spaces of any kind one plain space."""
    if _IS_PLAIN(text):
        return text
    if not text.isascii():
        text = "".join(letter for letter in text if unicodedata.category(letter) != "Cf").translate(_WIDE)
    text = " ".join(text.split())
    forced = _FORCED.fullmatch(text)
    if forced:
        text = forced[1].replace('""', '"').strip()
    if len(text) > 1 and text[0] in _APOSTROPHES and text[-1] not in _APOSTROPHES:
        text = text[1:].lstrip()
    if len(text) > 2 and any(text[0] in marks and text[-1] in marks for marks in (_QUOTES, _APOSTROPHES)):
        text = text[1:-1].strip()
    return text
