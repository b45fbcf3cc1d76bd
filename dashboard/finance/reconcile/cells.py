"""Pure: the ID or the amount in a cell, as the person sees it, or why there is none that can be used."""

import re
from decimal import Decimal

from dashboard.finance.reconcile.wording import RowFault
from dashboard.lib.formatting import one_line
from dashboard.lib.numbers import LARGEST_BIGINT, SPREADSHEET_DIGITS
from dashboard.lib.seen_text import as_seen
from dashboard.lib.written_amounts import Unreadable, amount_of, amount_shown
from dashboard.purchases.candidates import LONGEST_ID
from dashboard.spreadsheets.sheets import Cell, Moment, NoValue, Shown

_SHORTENED = re.compile(r"-?\d([.,]\d+)?E[+-]?\d+", re.IGNORECASE)
_WHOLE_NUMBER = re.compile(r"([0-9]+)[.,](0{1,2}|0{4,})")
"""A number that a program wrote as if it had decimals. Three zeros may as well be thousands: ``1,000`` is not 1."""

_GROUPED = re.compile(r"[1-9][0-9]{0,2}([,.'’ ][0-9]{3})+")


def is_blank(cell: Cell) -> bool:
    if not isinstance(cell, str):
        return cell is None
    is_plain = cell.isascii() and not cell.startswith("=")
    return (not cell or cell.isspace()) if is_plain else not as_seen(cell)


def id_text(cell: Cell) -> tuple[str, str]:
    """Return the ID in a cell, empty for none, and what is wrong with it where it cannot be used."""
    if isinstance(cell, Decimal):
        return _id_in_number(cell)
    if isinstance(cell, Shown) and not cell.text:
        return "", RowFault.ID_FORMAT.of()
    if isinstance(cell, Shown) and _decimals_of(cell) == "000":
        return _id_in_number(cell.value)
    if isinstance(cell, str | Shown | None):
        return _id_in_text(as_seen(str(cell or "")))
    if isinstance(cell, Moment):
        return "", RowFault.ID_IS_DATE.of(shown=cell)
    return "", cell.why if isinstance(cell, NoValue) else RowFault.ID_IS_NONE.of(shown=cell)


def _decimals_of(cell: Shown) -> str:
    """Return what stands behind the mark of a whole number that is shown with decimals, as 5 is by ``0.000``."""
    whole, _, decimals = cell.text.replace(",", ".").partition(".")
    return decimals if whole == str(cell.value) else ""


def _id_in_number(cell: Decimal) -> tuple[str, str]:
    if cell.is_nan() or (cell.is_finite() and cell != cell.to_integral_value()):
        return "", RowFault.ID_IS_NONE.of(shown=cell)
    if cell.copy_abs() >= 10**SPREADSHEET_DIGITS:
        return "", RowFault.ID_IS_ROUNDED.of()
    return str(int(cell)), ""


def _id_in_text(text: str) -> tuple[str, str]:
    if _SHORTENED.fullmatch(text):
        return "", RowFault.ID_IS_SHORTENED.of(shown=text)
    if "\0" in text:
        return "", RowFault.ID_HAS_NO_SUCH_CHARACTER.of(shown=one_line(text, 40))
    if len(text) > LONGEST_ID:
        return "", RowFault.ID_IS_TOO_LONG.of(shown=one_line(text, 40))
    whole = _WHOLE_NUMBER.fullmatch(text)
    return (whole[1] if whole else text), ""


def purchase_id(text: str) -> int | None:
    """Return the number that a text is as a purchase ID, None when it can be none."""
    text = re.sub("[,.'’ ]", "", text) if _GROUPED.fullmatch(text) else text
    is_number = text.isascii() and text.isdigit() and int(text[:20]) <= LARGEST_BIGINT
    return int(text) if is_number and len(text) < 20 else None


def amount_in(cell: Cell, mark: str) -> Decimal | Unreadable:
    """Return the sum in a cell, in USD and exact, or why it holds none; ``mark`` separates the decimals of a text."""
    if isinstance(cell, NoValue):
        return Unreadable(cell.why)
    if isinstance(cell, Shown):
        return amount_shown(cell.value, cell.text)
    return amount_of(cell, mark)
