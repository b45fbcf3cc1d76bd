"""Pure: Sums of money as people and programs write them: ``11.73``, ``1,234.50``, ``1.234,50``, ``$11``, ``(5.00)``.

Whether a comma is a decimal comma is decided for a whole column: ``1,234`` alone could be either, but beside ``11,73``
it is 1.234, and beside ``11.73`` it is 1234. What stays open is refused, never guessed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.lib.numbers import EXACT_IN_SPREADSHEETS, SPREADSHEET_DIGITS, six_decimals

_NOISE = re.compile(r"[\s\u00a0\u202f'’]|USD|US\$|\$", re.IGNORECASE)
_POINT = re.compile(r"[+-]?([1-9][0-9]{0,2}(,[0-9]{3})+|[0-9]+)?(\.[0-9]*)?")
_COMMA = re.compile(r"[+-]?([1-9][0-9]{0,2}(\.[0-9]{3})+|[0-9]+)?(,[0-9]*)?")
_EITHER = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}")
LARGEST = Decimal(10**12)


@dataclass(frozen=True)
class Unreadable:
    """Why a value is no sum: the rest of a sentence that begins with where it stands."""

    why: str


def decimal_mark(values: Iterable[object]) -> str | Unreadable:
    """Return what separates the decimals of a column, or why it cannot be read: values contradict each other."""
    point = comma = either = ""
    for value in values:
        if not isinstance(value, str):
            continue
        text = cleaned(value)
        if "," not in text and "." not in text:
            continue
        if _EITHER.fullmatch(text):
            either = either or value
        elif _POINT.fullmatch(text) and not _COMMA.fullmatch(text):
            point = point or value
        elif _COMMA.fullmatch(text) and not _POINT.fullmatch(text):
            comma = comma or value
    if point and comma:
        return Unreadable(f"mixes decimal points (“{point}”) and decimal commas (“{comma}”); use one of them")
    if either and not point and not comma:
        return Unreadable(f"holds “{either}”, which can be read in two ways; write amounts with a decimal point")
    return "," if comma else "."


def cleaned(text: str) -> str:
    """Return an amount without currency, spaces and brackets; a sum in brackets or with a minus behind is negative."""
    bare = _NOISE.sub("", text).replace("\N{MINUS SIGN}", "-")
    if bare.startswith("(") and bare.endswith(")"):
        return "-" + bare[1:-1]
    return "-" + bare[:-1] if bare.endswith("-") and len(bare) > 1 else bare


def amount_of(value: object, mark: str) -> Decimal | Unreadable:
    """Return the sum that a cell holds, in USD and exact, or why it holds none."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return Unreadable("is empty")
    if isinstance(value, Decimal):
        is_large = value.is_finite() and EXACT_IN_SPREADSHEETS <= value.copy_abs() <= LARGEST
        if is_large and len(value.as_tuple().digits) > SPREADSHEET_DIGITS:
            return Unreadable(f"has more digits than a spreadsheet keeps; write it as text: “{value}”")
        return _rounded(value, str(value))
    if not isinstance(value, str):
        return Unreadable(f"is not a sum: “{str(value)[:40]}”")
    text = cleaned(value)
    if not (_POINT if mark == "." else _COMMA).fullmatch(text) or not re.search(r"[0-9]", text):
        return Unreadable(f"is not a sum: “{value[:40]}”")
    bare = text.replace(",", "") if mark == "." else text.replace(".", "").replace(",", ".")
    return _rounded(Decimal(bare), value)


def _rounded(value: Decimal, shown: str) -> Decimal | Unreadable:
    # Not ``abs``, which calculates, and cannot do so with a number that is beyond all measure.
    if not value.is_finite() or value.copy_abs() > LARGEST:
        return Unreadable(f"is larger than any amount allowed: “{shown[:40]}”")
    rounded = six_decimals(value)
    if rounded is None:
        return Unreadable(f"has more than six decimals: “{shown[:40]}”")
    return rounded.normalize() + Decimal("0.00")


def amounts_of(column: Sequence[object]) -> Iterator[Decimal | Unreadable] | Unreadable:
    """Return the sums of a column in its order, or why the column as a whole cannot be read."""
    mark = decimal_mark(column)
    if isinstance(mark, Unreadable):
        return mark
    return (amount_of(value, mark) for value in column)
