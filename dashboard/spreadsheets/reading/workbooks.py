"""Lists in .xlsx workbooks: rows of cells as the person sees them who opens the workbook.

python-calamine reads the values, quickly and whatever program wrote the file; ``workbook_parts`` knows the rest.
"""

import zipfile
from bisect import bisect_left
from collections.abc import Iterator
from itertools import chain
from typing import Any, BinaryIO
from xml.parsers.expat import ExpatError

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from dashboard.spreadsheets.reading.number_formats import NumberFormat
from dashboard.spreadsheets.reading.workbook_parts import Marks, RowMarks, Workbook, plain_name, rows_merged
from dashboard.spreadsheets.refusals import DAMAGED, PASSWORD, TOO_LARGE, named
from dashboard.spreadsheets.sheets import Cell, FileProblem, Moment, NoValue, Row, Sheet, Shown, decimal_of, letters

LARGEST_UNPACKED = 400 * 1024 * 1024
"""In bytes. 100,000 rows of ten columns unpack to some 65 MB."""
MOST_PARTS = 2000
PIECE = 64 * 1024
_HIDDEN = NoValue("is hidden by its number format; give it the format “General”")

_OTHERS = {
    "content.xml": "This is a workbook of LibreOffice or OpenOffice (.ods)",
    "xl/workbook.bin": "This is a binary workbook (.xlsb)",
    "index/document.iwa": "This is a workbook of Numbers",
    "index.zip": "This is a workbook of Numbers",
    "word/document.xml": "This is a text document",
    "ppt/presentation.xml": "This is a presentation",
}


def sheets_of_workbook(file: BinaryIO) -> Iterator[Sheet]:
    """Yield every worksheet. Raises FileProblem, and whatever damaged files lead to."""
    with zipfile.ZipFile(file) as archive:
        _refuse_others(archive)
        _measure(archive)
        workbook = Workbook(archive)
        try:
            file.seek(0)
            book = CalamineWorkbook.from_filelike(file)
        except PasswordError:
            raise FileProblem(PASSWORD) from None
        for place, sheet in enumerate(book.sheets_metadata):
            if sheet.typ != SheetTypeEnum.WorkSheet:
                continue
            if sheet.visible != SheetVisibleEnum.Visible:
                yield Sheet(sheet.name, iter(()), is_hidden=True)
                continue
            notes: list[str] = []
            yield Sheet(sheet.name, _rows(book, workbook, place, notes), notes=notes)


def _refuse_others(archive: zipfile.ZipFile) -> None:
    if len(archive.infolist()) > MOST_PARTS:
        raise FileProblem(TOO_LARGE)
    names = {plain_name(part.filename) for part in archive.infolist()}
    for name, what in _OTHERS.items():
        if name in names:
            raise FileProblem(f"{what}; save the list as .xlsx or CSV.")
    if "xl/workbook.xml" not in names:
        if "[content_types].xml" in names:
            raise FileProblem(DAMAGED)
        raise FileProblem("This is a ZIP archive and no list; unpack it and upload the list in it.")


def _measure(archive: zipfile.ZipFile) -> None:
    """Refuse what unpacks to too much, by what it announces and by what really comes out."""
    unpacked = 0
    parts = archive.infolist()
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise FileProblem(TOO_LARGE)
    for part in parts:
        if part.flag_bits & 1:
            raise FileProblem(PASSWORD)
        # zipfile stops at the size that is announced; the other reader does not, so a lie must show here.
        part.file_size = 2 * LARGEST_UNPACKED
        with archive.open(part) as content:
            while piece := content.read(PIECE):
                unpacked += len(piece)
                if unpacked > LARGEST_UNPACKED:
                    raise FileProblem(TOO_LARGE)


def _rows(book: CalamineWorkbook, workbook: Workbook, place: int, notes: list[str]) -> Iterator[Row]:
    name, part = workbook.sheets[place]
    try:
        values = book.get_sheet_by_index(place)
        marks = workbook.marks(part)
        rows = _plain_rows(values)
        width = values.end[1] + 1 if values.end else 0
        yield from _seen_rows(rows, marks, width, notes) if marks else rows
    except (CalamineError, ValueError, LookupError, ExpatError) as error:
        raise FileProblem(f"The sheet “{name}” is damaged; save the file again, or save it as CSV.") from error


def _plain_rows(values: CalamineSheet) -> Iterator[tuple[int, list[Any]]]:
    """Yield rows with numbers as they are: there may be millions, and who asks for the rows makes decimals of them."""
    # Rows begin at the first one of the sheet, but with the first column that holds anything.
    left_out = [None] * (values.start[1] if values.start else 0)
    for number, cells in enumerate(values.iter_rows(), start=1):
        yield number, left_out + [cell if type(cell) is float else _plain(cell) for cell in cells]


def _plain(cell: object) -> Cell:
    if isinstance(cell, str):
        return cell or None
    return cell if isinstance(cell, bool) else Moment(str(cell))


def _seen_rows(rows: Iterator[Row], marks: Marks, width: int, notes: list[str]) -> Iterator[Row]:
    """Yield the rows that are not hidden, with their cells as the person sees them.

    Hidden rows are left out as hidden sheets and columns are: who filters a list means the rows that are left, and sees
    their sum. The note says how many others there are, so that nobody misses them unawares.
    """
    by_number = _together(rows, marks)
    first = next(by_number, None)
    hidden_columns = [place for place, is_hidden in enumerate(marks.hidden_columns) if is_hidden]
    named_columns = [letters(place) for place in hidden_columns if place < width]
    if named_columns:
        notes.append(_hidden("column", named_columns, "unhide them"))
    hidden_rows = []
    for number, cells, mark in chain([first] if first else [], by_number):
        for place in hidden_columns[: bisect_left(hidden_columns, len(cells))]:
            cells[place] = None
        if mark and mark.is_hidden:
            hidden_rows += [str(number)] if any(cell is not None for cell in cells) else []
            continue
        yield number, cells
    if hidden_rows:
        notes.append(_hidden("row", hidden_rows, "unhide them or clear the filter"))
    merged = [reference for reference in marks.merged if rows_merged(reference)]
    if merged:
        notes.append(_merged(merged))


def _together(rows: Iterator[Row], marks: Marks) -> Iterator[tuple[int, list[Cell], RowMarks | None]]:
    """Yield rows with their marks, and those that have nothing but marks: of errors and formulas without a result."""
    mark = next(marks, None)
    for number, cells in rows:
        while mark and mark.number < number:
            yield mark.number, _marked([], mark), mark
            mark = next(marks, None)
        if mark and mark.number == number:
            yield number, _marked(cells, mark), mark
            mark = next(marks, None)
        else:
            yield number, cells, None
    while mark:
        yield mark.number, _marked([], mark), mark
        mark = next(marks, None)


def _marked(cells: list[Cell], mark: RowMarks) -> list[Cell]:
    for place, what in mark.cells:
        cells += [None] * (place + 1 - len(cells))
        cells[place] = what if isinstance(what, NoValue) else _shown(cells[place], what)
    return cells


def _shown(cell: Cell, form: NumberFormat) -> Cell:
    if isinstance(cell, str):
        return form.of_text(cell) or _HIDDEN
    if not isinstance(cell, float):
        return cell
    value = decimal_of(repr(cell))
    text = form.of_number(value)
    return _HIDDEN if text == "" else Shown(value, text or "")


def _hidden(kind: str, names: list[str], how: str) -> str:
    was = "was" if len(names) == 1 else "were"
    return f"{named(f'Hidden {kind}', f'Hidden {kind}s', names)} {was} not read; {how} if the list needs it."


def _merged(references: list[str]) -> str:
    return f"{named('Merged cells', 'Merged cells', references)} have their value in their first row only."
