"""Pure: what a cell of a workbook shows, by its number format: 00123 for 123, ORD-7 for 7, nothing at all for ``;;;``.

As an English spreadsheet shows it. Dates are told by whoever reads the workbook, and are none of its business.
"""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

from dashboard.lib.written_amounts import currency_named

BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: '"$"#,##0', 6: '"$"#,##0', 7: '"$"#,##0.00',
    8: '"$"#,##0.00', 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 37: "#,##0", 38: "#,##0",
    39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 42: '"$"#,##0', 43: "#,##0.00", 44: '"$"#,##0.00', 48: "##0.0E+0",
    49: "@",
}  # fmt: skip
"""What workbooks name by number alone, without the brackets and colours of negative numbers."""

_PART = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<nothing>[_*].)|\[(?P<bracket>[^\]]*)\]|(?P<general>General)'
    r"|(?P<digit>[0#?])|(?P<unknown>/|[eE][+-])|(?P<mark>[.,;%@])|(?P<other>.)",
    re.DOTALL | re.IGNORECASE,
)
_COLOUR = re.compile(r"black|blue|cyan|green|magenta|red|white|yellow|colou?r ?\d+", re.IGNORECASE)
_PLAIN = re.compile(r"G|@|(#,##|#*)0(\.[0#?]+)?")
_MOST_PLACES = 400
"""The smallest number of a spreadsheet has 340 places after the point."""


_WIDE = Context(prec=2 * _MOST_PLACES, rounding=ROUND_HALF_UP)


class _Part(NamedTuple):
    kind: str
    text: str


_GENERAL, _TEXT, _POINT, _COMMA, _PERCENT, _COLOUR_PART = (
    _Part("general", "General"), _Part("mark", "@"), _Part("mark", "."), _Part("mark", ","), _Part("mark", "%"),
    _Part("colour", ""),
)  # fmt: skip


class NumberFormat:
    """A format, taken apart for many cells."""

    def __init__(self, code: str) -> None:
        sections = _sections_of(code)
        for_text = sections[3:4] or [one for one in sections[-1:] if _TEXT in one]
        self._for_text = for_text[0] if for_text else None
        is_for_text_alone = len(sections) == 1 and bool(for_text)
        self._for_numbers = [
            _Section(one) for one in (sections[:3] if code and not is_for_text_alone else [[_GENERAL]])
        ]
        self.is_plain = not code or all(_is_plain(place, section) for place, section in enumerate(sections))
        """Whether cells can be read as if it were not there: it changes nothing, and names no currency."""
        self._is_unknown = any(section.is_unknown for section in self._for_numbers)
        self._foreign = _foreign_currency(sections) if self._is_unknown else ""

    def of_text(self, text: str) -> str:
        """Return what it shows of a text."""
        if self._for_text is None:
            return text
        return "".join(text if part == _TEXT else part.text for part in self._for_text).strip()

    def of_number(self, value: Decimal) -> str | None:
        """Return what it shows of a number, None where that is not known: fractions, powers, conditions.

        There at least a currency is seen, so that nobody takes what it shows for US dollars.
        """
        if self._is_unknown:
            return f"{value:f} {self._foreign}" if self._foreign else None
        # The first section is for numbers above nought, the second for those below, the third for nought.
        place = 1 if value < 0 else 2 if value == 0 else 0
        place = place if place < len(self._for_numbers) else 0
        section = self._for_numbers[place]
        shown = section.of(abs(value)).strip()
        # Where nothing but a colour tells them apart, people know the numbers below nought by it.
        is_told_by_colour = section.is_coloured and shown == self._for_numbers[0].of(abs(value)).strip()
        needs_minus = value < 0 and (place == 0 or is_told_by_colour)
        return f"-{shown}" if needs_minus and re.search("[1-9]", shown) else shown


class _Section:
    """The part of a format that is for some numbers."""

    def __init__(self, parts: list[_Part]) -> None:
        self.is_coloured = _COLOUR_PART in parts
        parts = [part for part in parts if part != _COLOUR_PART]
        self._parts = parts
        self.is_unknown = any(part.kind == "unknown" for part in parts)
        point = parts.index(_POINT) if _POINT in parts else len(parts)
        self._before, self._after, self._point = parts[:point], parts[point + 1 :], "." if point < len(parts) else ""
        digits = [place for place, part in enumerate(parts) if part.kind == "digit"]
        self._has_digits = bool(digits)
        whole = [place for place in digits if place < point]
        commas = [place for place, part in enumerate(parts) if part == _COMMA]
        self._is_grouped = any(place < max(whole, default=0) for place in commas)
        self._power = 2 * parts.count(_PERCENT) - 3 * sum(place > max(whole, default=-1) for place in commas)
        # What stands before and behind a number whose digits are only grouped: ``#,##0.00 "€"``.
        usual = re.fullmatch(r"([^#0?.,]*)(?:#,##|#*)0(?:\.0+)?([^#0?.,]*)", "".join(map(_shape, parts)))
        texts = [part.text for part in parts]
        self._around = usual and ("".join(texts[: usual.end(1)]), "".join(texts[usual.start(2) :]))
        self._quantum = Decimal(1).scaleb(-min(len(digits) - len(whole), _MOST_PLACES))

    def of(self, value: Decimal) -> str:
        """Return what it shows of a number that is not negative."""
        if not self._has_digits:
            return "".join(f"{value.normalize():f}" if part == _GENERAL else part.text for part in self._parts)
        rounded = _WIDE.quantize(_WIDE.scaleb(value, self._power) if self._power else value, self._quantum)
        if self._around:  # As with most formats, and a sheet may have very many such cells.
            return (f"{rounded:,f}" if self._is_grouped else f"{rounded:f}").join(self._around)
        whole, _, decimals = f"{rounded:f}".partition(".")
        left = _whole_shown(self._before, whole.lstrip("0"), is_grouped=self._is_grouped)
        return left + self._point + _decimals_shown(self._after, decimals)


def _is_plain(place: int, section: list[_Part]) -> bool:
    """Return whether a section, the first of a format at place 0, shows a number of its kind as it is."""
    shape = "".join(map(_shape, section)).strip()
    if place == 1:
        return bool(_PLAIN.fullmatch(shape.strip("(-)"))) and ("-" in shape or "(" in shape or _COLOUR_PART in section)
    # In the third section, for nought, bookkeepers write a dash.
    return bool(_PLAIN.fullmatch(shape)) or (place == 2 and shape.rstrip("?") == "-")


def _foreign_currency(sections: Sequence[Sequence[_Part]]) -> str:
    """Return the first currency that a format names and that is not the US dollar, empty for none."""
    words = " ".join("".join(one.text if one.kind == "text" else " " for one in parts) for parts in sections).split()
    return next((word for word in words if currency_named(word) not in ("", "USD", None)), "")


def _shape(part: _Part) -> str:
    """Return one character for a part, where what merely is shown is told from places for digits."""
    if part.kind == "text" and part.text not in ("(", ")", "-", " "):
        return "x"
    return "G" if part == _GENERAL else part.text[:1]


def _sections_of(code: str) -> list[list[_Part]]:
    sections: list[list[_Part]] = [[]]
    for match in _PART.finditer(code):
        kind, text = str(match.lastgroup), match[str(match.lastgroup)]
        if kind == "bracket":
            kind, text = _bracket(text)
        text = "General" if kind == "general" else text
        if (kind, text) == ("mark", ";"):
            sections.append([])
        elif kind != "nothing":
            sections[-1].append(
                _Part(kind if kind in ("general", "digit", "mark", "unknown", "colour") else "text", text)
            )
    return sections


def _bracket(text: str) -> tuple[str, str]:
    """Return what stands for a bracket: a currency ([$€-407]), a colour, else something unknown."""
    if text.startswith("$"):
        return "text", text[1:].partition("-")[0]
    return _COLOUR_PART if _COLOUR.fullmatch(text) else ("unknown", text)


def _whole_shown(parts: Sequence[_Part], digits: str, *, is_grouped: bool) -> str:
    """Fill the places before the point from the right; the leftmost one takes all digits that are left."""
    left_to_fill = sum(part.kind == "digit" for part in parts)
    shown: list[str] = []
    filled = 0

    def fill(digit: str) -> None:
        nonlocal filled
        shown.append("," if is_grouped and filled and filled % 3 == 0 else "")
        shown.append(digit)
        filled += 1

    for part in reversed(parts):
        if part.kind != "digit":
            shown.append("" if part == _COMMA else part.text)
            continue
        left_to_fill -= 1
        if digits:
            fill(digits[-1])
        elif part.text == "0":
            fill("0")
        digits = digits[:-1]
        while digits and not left_to_fill:
            fill(digits[-1])
            digits = digits[:-1]
    return "".join(reversed(shown))


def _decimals_shown(parts: Sequence[_Part], digits: str) -> str:
    needed = digits.rstrip("0")
    shown = []
    place = 0
    for part in parts:
        if part.kind != "digit":
            shown.append("" if part == _COMMA else part.text)
            continue
        shown.append(digits[place] if place < len(needed) or part.text == "0" else "")
        place += 1
    return "".join(shown)
