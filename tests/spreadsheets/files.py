"""Files as people upload them, and what is read of them."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from dashboard.spreadsheets.sheets import FileProblem, Sheet
from dashboard.spreadsheets.uploads import sheets_of

CASES = Path(__file__).parent / "cases"


def case(name: str) -> bytes:
    return (CASES / name).read_bytes()


def workbook(fill: Callable[[Any], object], **options: Any) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, options) as book:
        fill(book)
    return buffer.getvalue()


def sheet_of_cells(*rows: list[Any], formats: dict[int, str] | None = None) -> bytes:
    """Return a workbook of one sheet, with number formats for some of its columns."""

    def fill(book: Any) -> None:
        sheet = book.add_worksheet("One")
        for place, code in (formats or {}).items():
            sheet.set_column(place, place, None, book.add_format({"num_format": code}))
        styles = {place: book.add_format({"num_format": code}) for place, code in (formats or {}).items()}
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write(number, place, cell, styles.get(place))

    return workbook(fill)


def changed(data: bytes, part: str, old: str, new: str) -> bytes:
    """Return a workbook with something else in one of its parts."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            target.writestr(name, content)
    return result.getvalue()


def read(data: bytes) -> list[tuple[Sheet, list[Any]]]:
    """Return the ways to read a file, with their rows."""
    return [(sheet, list(sheet.rows)) for sheet in sheets_of(io.BytesIO(data))]


def rows_of(data: bytes) -> list[tuple[int, list[Any]]]:
    """Return the rows of the only way to read a file."""
    [(_, rows)] = read(data)
    return rows


def cells_of(data: bytes) -> list[list[Any]]:
    return [cells for _, cells in rows_of(data)]


def notes_of(data: bytes) -> str:
    return " ".join(note for sheet, _ in read(data) for note in sheet.notes)


def refusal(data: bytes) -> str:
    with pytest.raises(FileProblem) as refused:
        read(data)
    return str(refused.value)
