"""Pure: text as the person sees it: without letters that show nothing, and what a program put around a cell."""

import re
import unicodedata

_FILLERS = frozenset(
    map(chr, (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10),
              *range(0xE0100, 0xE01F0)))
)  # fmt: skip
"""What Unicode counts as a mark or a letter and yet shows nothing: fillers, and selectors of a glyph's variant."""

_FORCED = re.compile(r'=\s*"((?:[^"]|"")*)"')
_QUOTES = '"“”„‟«»`'
_APOSTROPHES = "'‘’‚"
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""Full-width letters, digits and marks, as East Asian keyboards write them."""


_IS_PLAIN = re.compile(r"[0-9A-Za-z]([0-9A-Za-z._-]*[0-9A-Za-z])?").fullmatch
"""Most cells; a list has hundreds of thousands, and nothing can be taken off these."""


def shows_nothing(letter: str) -> bool:
    """Say whether a letter is there and cannot be seen; blanks are seen as the room they take."""
    return unicodedata.category(letter) == "Cf" or letter in _FILLERS


def as_seen(text: str) -> str:
    """Return text without what nobody sees: invisible characters, the apostrophe and ``="…"`` that force text, quotes
    around the whole. Full-width characters become usual ones, spaces of any kind one plain space."""
    if _IS_PLAIN(text):
        return text
    if not text.isascii():
        text = "".join(letter for letter in text if not shows_nothing(letter)).translate(_WIDE)
    text = " ".join(text.split())
    forced = _FORCED.fullmatch(text)
    if forced:
        text = forced[1].replace('""', '"').strip()
    if len(text) > 1 and text[0] in _APOSTROPHES and text[-1] not in _APOSTROPHES:
        text = text[1:].lstrip()
    if len(text) > 2 and any(text[0] in marks and text[-1] in marks for marks in (_QUOTES, _APOSTROPHES)):
        text = text[1:-1].strip()
    return text
