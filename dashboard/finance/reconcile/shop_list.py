"""Pure: the shop's own list of purchases in an uploaded file: ids, amounts, and what is wrong with it, by row."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice

from dashboard.lib.formatting import one_line
from dashboard.lib.numbers import LARGEST_BIGINT, SPREADSHEET_DIGITS
from dashboard.lib.written_amounts import Unreadable, amounts_of
from dashboard.purchases.identify import LONGEST_ID
from dashboard.spreadsheets.sheets import Cell, FileProblem, Moment, NoValue, Sheet, Shown, letters

SYNONYMS = {
    "buy_id": ("buyid", "purchaseid", "skinsbackid", "skinsbackbuyid", "purchase"),
    "custom_id": (
        "customid", "orderid", "ordernumber", "orderno", "ordernr", "order", "merchantid", "merchantorderid",
        "externalid", "reference", "ref",
    ),
    "amount": (
        "amount", "balancedebitedsum", "debited", "debitedsum", "debit", "amountusd", "sum", "total", "paid", "cost",
        "value", "usd", "price",
    ),
}  # fmt: skip
"""Names of columns, in small letters and without spaces and marks; of several in a file, the first one here counts."""

HEADER_WITHIN = 10
"""The line of names may come below a title."""

PROBLEMS_SHOWN = 20


@dataclass(slots=True)
class TheirLine:
    """One row of the file; ``row`` is its number as a spreadsheet shows it. ``amount`` is in USD."""

    row: int
    custom_id: str | None
    buy_id: int | None
    amount: Decimal | None = None

    @property
    def key(self) -> tuple[str, str | int]:
        """By what the purchase is looked up: its buy_id where the file gives it, else the custom_id."""
        return ("buy_id", self.buy_id) if self.buy_id is not None else ("custom_id", self.custom_id or "")


@dataclass
class TheirList:
    """The lines of a file. ``repeated`` are those whose id an earlier row already has."""

    lines: list[TheirLine] = field(default_factory=list)
    repeated: list[tuple[TheirLine, int]] = field(default_factory=list)
    """Each with the row of the first one."""
    has_amounts: bool = False


def read_list(sheets: Iterable[Sheet]) -> TheirList:
    """Return the list in a file. Raises FileProblem, naming rows and columns. Hidden sheets are not read."""
    seen: list[str] = []
    hidden: list[str] = []
    for sheet in sheets:
        top: list[list[Cell]] = []
        layout = _find_names(sheet, top)
        if layout:
            return _read_rows(layout)
        hidden += [f"“{sheet.name}”"] if sheet.is_hidden else []
        seen += [str(cell) for row in top[:1] for cell in row if cell not in (None, "")]
    names = one_line(", ".join(dict.fromkeys(seen)), 200)
    raise FileProblem(
        "No column with ids was found. The first line must name the columns: custom_id (or order id) or buy_id, and "
        f"amount if there is one. This file begins with: {names or 'nothing'}.",
        *([f"Hidden sheets are not read: {one_line(', '.join(hidden), 200)}."] if hidden else []),
    )


def columns_of(row: Sequence[Cell]) -> dict[str, int]:
    """Return the place of each of our columns in a line of names. Raises FileProblem for one named twice."""
    names = [_bare_name(cell) for cell in row]
    found: dict[str, int] = {}
    for column, synonyms in SYNONYMS.items():
        name = next((synonym for synonym in synonyms if synonym in names), None)
        if name is None:
            continue
        places = [place for place, one in enumerate(names) if one == name]
        if len(places) > 1:
            where = " and ".join(letters(place) for place in places)
            raise FileProblem(f"Two columns are named “{row[places[0]]}” ({where}); leave one of them out.")
        found[column] = places[0]
    return found


def _bare_name(cell: Cell) -> str:
    # What holds another delimiter is a line that was cut at the wrong one.
    if not isinstance(cell, str) or ";" in cell or "\t" in cell:
        return ""
    return re.sub(r"[\W_]", "", cell.lower())


_NO_IDS = (None, None)


@dataclass
class _Layout:
    columns: dict[str, int]
    header: Sequence[Cell]
    sheet: Sheet

    def cell(self, row: Sequence[Cell], column: str) -> Cell:
        place = self.columns.get(column)
        return row[place] if place is not None and place < len(row) else None

    def where(self, column: str) -> str:
        place = self.columns[column]
        return f"column {letters(place)} ({one_line(str(self.header[place]), 40)})"


def _find_names(sheet: Sheet, top: list[list[Cell]]) -> _Layout | None:
    """Read rows down to the line of names, and add them to ``top``."""
    for _, row in islice(sheet.rows, HEADER_WITHIN):
        top.append(row)
        columns = columns_of(row)
        if "buy_id" in columns or "custom_id" in columns:
            return _Layout(columns, row, sheet)
    return None


def _read_rows(layout: _Layout) -> TheirList:
    problems: list[tuple[int, str]] = []
    lines: list[TheirLine] = []
    amounts: list[Cell] = []
    for number, row in layout.sheet.rows:
        if all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in row):
            continue
        ids, problem = _read_ids(row, layout)
        problem = _too_wide(row, layout) or problem
        if problem:
            problems.append((number, f"Row {number}{problem}."))
        lines.append(TheirLine(number, *ids))
        amount = layout.cell(row, "amount")
        amounts.append(amount.value if isinstance(amount, Shown) else amount)
    if not lines:
        raise FileProblem("The file names its columns but has no rows.")
    has_amounts = "amount" in layout.columns
    if has_amounts:
        _read_amounts(lines, amounts, layout, problems)
    _refuse([sentence for _, sentence in sorted(problems)])
    return _gathered(lines, has_amounts)


def _too_wide(row: Sequence[Cell], layout: _Layout) -> str:
    if len(row) <= len(layout.header) or not any(cell not in (None, "") for cell in row[len(layout.header) :]):
        return ""
    hint = "; an amount with a decimal comma must be in quotes" if layout.sheet.delimiter == "," else ""
    return f" has {len(row)} columns where the first line names {len(layout.header)}{hint}"


def _read_ids(row: Sequence[Cell], layout: _Layout) -> tuple[tuple[str | None, int | None], str]:
    """Return the row's custom_id and buy_id, and what is wrong with them."""
    found = {"buy_id": "", "custom_id": ""}
    for column in found:
        found[column], problem = id_text(layout.cell(row, column))
        if problem:
            return _NO_IDS, f", {layout.where(column)}: {problem}"
    buy_id = found["buy_id"]
    if buy_id and not (buy_id.isascii() and buy_id.isdigit() and int(buy_id[:20]) <= LARGEST_BIGINT):
        return _NO_IDS, f", {layout.where('buy_id')}: “{one_line(buy_id, 40)}” is not a purchase ID"
    if not buy_id and not found["custom_id"]:
        named = " and ".join(layout.where(column) for column in found if column in layout.columns)
        return _NO_IDS, f", {named}: no id"
    return (found["custom_id"] or None, int(buy_id) if buy_id else None), ""


def id_text(cell: Cell) -> tuple[str, str]:
    """Return the id in a cell, empty for none, and what is wrong with it where it cannot be used."""
    if cell is None:
        return "", ""
    if isinstance(cell, Shown):
        cell = cell.text or NoValue("has a number format that cannot be read; format the column as text")
    if isinstance(cell, str):
        return _id_in_text(cell.strip())
    if isinstance(cell, Moment):
        return "", f"the spreadsheet made a date of the id ({cell}); format the column as text and fill it again"
    if isinstance(cell, bool | NoValue) or cell.is_nan():
        return "", cell.why if isinstance(cell, NoValue) else f"“{cell}” is not an id"
    if cell.copy_abs() >= 10**SPREADSHEET_DIGITS:
        return "", "the spreadsheet keeps 15 digits of a number only; format the column as text and fill it again"
    return (str(int(cell)), "") if cell == cell.to_integral_value() else ("", f"“{cell}” is not an id")


def _id_in_text(text: str) -> tuple[str, str]:
    if re.fullmatch(r"\d([.,]\d+)?E\+\d+", text, re.IGNORECASE):
        return "", f"the spreadsheet shortened the id to “{text}”; format the column as text and fill it again"
    # Our own exports put an apostrophe before what a spreadsheet would run as a formula.
    text = text[1:] if re.match(r"'[=+\-@＝＋－＠]", text) else text
    if "\0" in text:
        return "", f"“{one_line(text, 40)}” holds a character that no id has"
    if len(text) > LONGEST_ID:
        return "", f"“{one_line(text, 40)}” is longer than an id can be"
    return text, ""


def _read_amounts(
    lines: Sequence[TheirLine], cells: Sequence[Cell], layout: _Layout, problems: list[tuple[int, str]]
) -> None:
    """Give each line its amount, adding to the problems where there is none."""
    amounts = amounts_of(cells)
    if isinstance(amounts, Unreadable):
        raise FileProblem(f"The {layout.where('amount')} {amounts.why}.")
    for line, cell, value in zip(lines, cells, amounts, strict=True):
        if isinstance(value, Unreadable):
            why = cell.why if isinstance(cell, NoValue) else value.why
            problems.append((line.row, f"Row {line.row}, {layout.where('amount')} {why}."))
        else:
            line.amount = value


def _refuse(problems: Sequence[str]) -> None:
    if not problems:
        return
    more = len(problems) - PROBLEMS_SHOWN
    raise FileProblem(*problems[:PROBLEMS_SHOWN], *([f"And {more:,} more rows like these."] if more > 0 else []))


def _gathered(lines: Sequence[TheirLine], has_amounts: bool) -> TheirList:
    their = TheirList(has_amounts=has_amounts)
    first_rows: dict[tuple[str, str | int], int] = {}
    for line in lines:
        first_row = first_rows.setdefault(line.key, line.row)
        if first_row == line.row:
            their.lines.append(line)
        else:
            their.repeated.append((line, first_row))
    return their
