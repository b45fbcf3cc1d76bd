"""Pure: pasted text as it would be typed on a plain keyboard, line by line, without what chats and mails put around it.

Letter by letter, because normal forms of a whole text take time that grows with the square of its accents.
"""

import html
import re
import unicodedata
from collections.abc import Iterator

from dashboard.lib.seen_text import shows_nothing

_FORBIDDEN = re.compile("[\0-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""What no id can have: databases refuse NUL, and half a surrogate pair cannot be sent to one at all."""
_SINGLE_QUOTES = "'´‘’‚‛"
_NUMBER_SIGNS = "№#"

_ENTITY = re.compile("&#?[0-9A-Za-z]{1,31};")
_BROKEN_AT_HYPHEN = re.compile(r"(?<=[^\W\d_])(?:-[ \t]?\r?\n[ \t]?(?=[0-9])|=\r?\n(?=-[0-9]))")
"""Where a mail breaks the line of an ID."""
_ESCAPE = re.compile(r"\\(?=[_*~`|\[\]()#.>\"'-])")
_KEYCAP = re.compile(r"(?<![\w-])[0-9#*]\ufe0f?\u20e3")
_QUOTING = "> \t-*•·‣◦▪|~"
"""Mail and chat quote with ``>`` and ``|`` and begin the lines of a list with the rest."""
_UNSPACED = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_BORDER = re.compile(f"(?<=[{_UNSPACED}])(?=[!-~])|(?<=[!-~])(?=[{_UNSPACED}])")
"""Between an ID and the letters of a language that is written without spaces."""
_UNDERLINED = re.compile(r"(?<![^\s*~|>(\[\"'])_+|_+(?![^\s*~|<)\]\"'.,:;!?])")
"""The marks of chats that are letters to a pattern."""
_LIST_NUMBER = re.compile(
    r"(?<!\S)(?:([0-9]{1,3})[.)]|\(([0-9]{1,3})\)|\[([0-9]{1,3})\]:?|#([0-9]{1,3})[:.)])(?=\s{1,9}\S)"
)


def lines_of(text: str) -> Iterator[tuple[str, str]]:
    """Yield each line that shows something, as it was typed and in plain letters."""
    whole = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    for line in _BROKEN_AT_HYPHEN.sub(lambda broken: broken[0][0].strip("=") + " ", whole).splitlines():
        if plain := plain_of(line):
            yield _FORBIDDEN.sub("", line).strip(), plain


def plain_of(line: str) -> str:
    return " ".join(_BORDER.sub(" ", _ESCAPE.sub("", _KEYCAP.sub(" ", line)).translate(_PLAIN)).split())


def without_list_marks(plain: str) -> str:
    """Return a line without quoting, bullet and number before it, nor the numbers that follow on from that one.

    The header's box makes one line of a list, so that its second number stands in the middle.
    """
    line = _UNDERLINED.sub(" ", plain).lstrip(_QUOTING)
    last = 0

    def drop(found: re.Match[str]) -> str:
        nonlocal last
        number = int(next(filter(None, found.groups())))
        begins = found.start() == 0 or (number == 1 and line[: found.start()].rstrip().endswith(":"))
        if not begins and (last == 0 or number <= last):
            return found[0]
        last = number
        return ""

    return _LIST_NUMBER.sub(drop, line).strip()


class _PlainLetters(dict[int, str]):
    """What each letter becomes, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = plain = "".join(map(_plain_letter, unicodedata.normalize("NFKC", _sign(chr(code)))))
        return plain


def _sign(letter: str) -> str:
    return "#" if letter in _NUMBER_SIGNS else "'" if letter in _SINGLE_QUOTES else letter


def _plain_letter(letter: str) -> str:
    category = unicodedata.category(letter)
    if letter.isspace() or category in ("So", "Co", "Cn") or "←" <= letter <= "⇿":
        return " "
    if category in ("Cc", "Cs", "Me") or shows_nothing(letter):
        return ""
    if category == "Pd" or letter == "\N{MINUS SIGN}":
        return "-"
    return str(unicodedata.decimal(letter)) if letter.isdecimal() else letter


_PLAIN = _PlainLetters()
