"""Pure: an uploaded CSV or XLSX file as rows of cells, whatever program wrote it. Nothing in a file is executed."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dashboard.spreadsheets.xlsx_reader import TooLarge, UnreadableWorkbook, Workbook

MOST_ROWS = 200_000

_UNPACKS_TO_TOO_MUCH = "The workbook unpacks to far more than such a list can hold; save the list as CSV."

DELIMITERS = (",", ";", "\t")

Cell = Any
"""What stands in a cell: str, Decimal, bool or None."""


class FileProblem(ValueError):
    """A file that cannot be used. Each of ``sentences`` is whole and says where and what to do."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True)
class Sheet:
    """One way to read a file: a sheet of a workbook, or a text file cut at one delimiter. ``rows`` are read once."""

    name: str
    rows: Iterator[list[Cell]]
    delimiter: str = ""


def sheets_of(data: bytes) -> Iterator[Sheet]:
    """Yield every way to read a file. Raises FileProblem, also while rows are read."""
    if not data.strip():
        raise FileProblem("The file is empty.")
    if data.startswith(b"PK\x03\x04"):
        yield from _sheets_of_workbook(data)
        return
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileProblem("This is a workbook of the old kind (.xls) or one with a password; save it as .xlsx or CSV.")
    text = decoded(data)
    if "\0" in text:
        raise FileProblem("This is neither a CSV nor an .xlsx file; save the list as one of them.")
    text, given = _without_separator_line(text)
    for delimiter in (given,) if given else DELIMITERS:
        yield Sheet("", _rows_of_text(text, delimiter, 2 if given else 1), delimiter)


def decoded(data: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 or, when it is neither, Windows-1252."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    for place, encoding in ((0, "utf-16-le"), (1, "utf-16-be")):
        # Without a mark UTF-16 is known by its line of names, which is ASCII: every other byte is nothing.
        shown, nothing = data[place:8:2], data[1 - place : 8 : 2]
        if len(shown) == len(nothing) == 4 and not any(nothing) and all(32 <= byte < 127 for byte in shown):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("windows-1252", "replace")


def _without_separator_line(text: str) -> tuple[str, str]:
    """Take off the line by which Excel tells itself the delimiter."""
    hint = re.match(r'"?sep=(.)"?\r?\n', text, re.IGNORECASE)
    return (text[hint.end() :], hint.group(1)) if hint else (text, "")


def _rows_of_text(text: str, delimiter: str, first_row: int) -> Iterator[list[Cell]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    row = first_row - 1
    if first_row > 1:
        yield []  # So that rows are numbered as a spreadsheet numbers them.
    try:
        for row, cells in enumerate(reader, start=first_row):
            _refuse_too_many(row)
            yield list(cells)
    except csv.Error as error:
        raise FileProblem(f"Row {row + 1} cannot be read: {error}.") from None


def _refuse_too_many(row: int) -> None:
    if row > MOST_ROWS + 1:
        raise FileProblem(f"The file has more than {MOST_ROWS:,} rows; split it by period.")


def _sheets_of_workbook(data: bytes) -> Iterator[Sheet]:
    try:
        book = Workbook(data)
    except TooLarge:
        raise FileProblem(_UNPACKS_TO_TOO_MUCH) from None
    except UnreadableWorkbook:
        raise FileProblem("The workbook is damaged or not an .xlsx file; save it again, or save it as CSV.") from None
    for title in book.titles:
        yield Sheet(title, _rows_of_sheet(book, title))


def _rows_of_sheet(book: Workbook, title: str) -> Iterator[list[Cell]]:
    expected = 1
    try:
        for number, cells in book.rows(title):
            _refuse_too_many(number)
            # Rows without anything may be left out of the file.
            yield from ([] for _ in range(expected, number))
            yield list(cells)
            expected = number + 1
    except TooLarge:
        raise FileProblem(_UNPACKS_TO_TOO_MUCH) from None
    except UnreadableWorkbook:
        raise FileProblem(f"The sheet “{title}” is damaged; save the file again, or save it as CSV.") from None
