"""Excel workbooks, written by XlsxWriter into a temporary file and sent from it: flat memory, any number of rows.

A spreadsheet keeps 15 digits of a number. A sum below a thousand million with six decimals has no more and is a number,
any other is text, so that no digit is lost. A sheet that is full goes on in a further one.
"""

import os
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter

from dashboard.lib.formatting import exact, iso_z
from dashboard.lib.numbers import EXACT_IN_SPREADSHEETS, SPREADSHEET_DIGITS
from dashboard.spreadsheets.tables import BLOCK, About, ColumnKind, Table, about_table, defused, fact_text, flag_text

ROWS_A_SHEET = 1_048_575
"""Excel's limit of 1,048,576, less the line of names."""
BYTES_A_SHEET = 2_000_000_000
"""A larger file inside a ZIP needs an extension of the format that makes Excel ask whether to repair it."""
ROWS_BETWEEN_LOOKS = 500
"""How often the size of a sheet is looked at."""

LONGEST_TEXT = 32_767
"""Excel's limit for one cell, in characters."""

_FIRST_DAY = date(1900, 3, 1)
"""Excel believes in a 29 February 1900, so its days are right only after that."""
_LAST_DAY = date(9999, 12, 31)
"""A later time may not exist in the zone."""

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Write = Callable[[Any, int, int, Any], object]
"""Takes a sheet, a cell's row and column, and its value."""


def xlsx_stream(tables: Sequence[Table], about: About, zone: ZoneInfo) -> Iterator[bytes]:
    """Yield a workbook: the sheet "About", then one for each table, and further ones where a table is longer."""
    with tempfile.TemporaryDirectory(prefix="dashboard-export-") as folder:
        path = Path(folder) / "workbook.xlsx"
        with xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": folder}) as book:
            writers = _writers(book, zone)
            head = book.add_format({"bold": True})
            for table in (about_table(about), *tables):
                _write_table(book, table, [writers[column.kind] for column in table.columns], head)
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                yield block


def _write_table(book: Any, table: Table, writers: Sequence[Write], head: Any) -> None:
    number, line = 1, 0
    sheet = _new_sheet(book, table, number, head)
    for row in table.rows:
        if line == ROWS_A_SHEET or (line % ROWS_BETWEEN_LOOKS == ROWS_BETWEEN_LOOKS - 1 and _is_full(sheet)):
            number, line = number + 1, 0
            sheet = _new_sheet(book, table, number, head)
        line += 1
        for place, (write, value) in enumerate(zip(writers, row, strict=True)):
            if value is not None:
                write(sheet, line, place, value)


def _is_full(sheet: Any) -> bool:
    return os.path.getsize(sheet.row_data_filename) >= BYTES_A_SHEET


def _new_sheet(book: Any, table: Table, number: int, head: Any) -> Any:
    suffix = "" if number == 1 else f" {number}"
    sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", table.title)[: 31 - len(suffix)] + suffix)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.name, head)
    return sheet


def _writers(book: Any, zone: ZoneInfo) -> dict[ColumnKind, Write]:
    money, time, day = (
        book.add_format({"num_format": form}) for form in ("#,##0.00####", "yyyy-mm-dd hh:mm:ss", "yyyy-mm-dd")
    )

    def text(form: Callable[[Any], str]) -> Write:
        return lambda sheet, row, place, value: sheet.write_string(row, place, cell_text(form(value)))

    def where(fits: Callable[[Any], bool], write: Write, form: Callable[[Any], str]) -> Write:
        otherwise = text(form)
        return lambda *cell: (write if fits(cell[-1]) else otherwise)(*cell)

    def write_time(sheet: Any, row: int, place: int, value: datetime) -> None:
        sheet.write_datetime(row, place, value.astimezone(zone).replace(tzinfo=None), time)

    return {
        ColumnKind.TEXT: text(defused),
        ColumnKind.FACT: text(fact_text),
        # An id must keep all its digits.
        ColumnKind.NUMBER: where(
            lambda value: abs(value) < 10**SPREADSHEET_DIGITS, lambda sheet, *cell: sheet.write_number(*cell), str
        ),
        ColumnKind.MONEY: where(is_exact_as_number, lambda sheet, *cell: sheet.write_number(*cell, money), exact),
        ColumnKind.UTC: text(iso_z),
        ColumnKind.LOCAL: where(lambda value: _FIRST_DAY < value.date() < _LAST_DAY, write_time, iso_z),
        ColumnKind.DAY: where(
            lambda value: value >= _FIRST_DAY, lambda sheet, *cell: sheet.write_datetime(*cell, day), date.isoformat
        ),
        ColumnKind.FLAG: text(flag_text),
    }


def is_exact_as_number(value: Decimal) -> bool:
    """Return whether a spreadsheet's number holds a sum to its last digit."""
    return abs(value) < EXACT_IN_SPREADSHEETS and value == round(value, 6)


def cell_text(text: str) -> str:
    """Return text as a cell may hold it: cut at Excel's limit, with U+FFFD for what XML cannot hold."""
    shown = _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text[:LONGEST_TEXT])
    # XlsxWriter takes text between these marks for XML of its own and writes it as it is.
    return "'" + shown if shown.startswith("<r>") and shown.endswith("</r>") else shown
