"""A process of its own that reads an uploaded workbook from standard input: a line of JSON for each sheet and row out.

Its time, memory and answer are limited, so a file made to exhaust them ends this process and nothing else. ``uploads``
starts it as a file, and it imports nothing of the house: the pages would take longer to load than a list to read.
"""

import json
import resource
import sys
import zipfile
from contextlib import suppress
from datetime import date, time, timedelta
from itertools import islice
from typing import BinaryIO

SECONDS = 7
"""On the processor. 100,000 rows of ten columns take three."""
MEMORY = 300 * 1024 * 1024
"""In bytes. 200,000 rows of ten columns take 230 MB."""
LARGEST_ANSWER = 200 * 1024 * 1024
LARGEST_UNPACKED = 400 * 1024 * 1024
"""In bytes. 100,000 rows of ten columns unpack to some 65 MB."""
MOST_PARTS = 2000
MOST_COLUMNS = 100
"""Cells further to the right are left alone."""
LONGEST_CELL = 1_000_000
"""In characters; Excel's own limit is 32,767."""

TOO_LARGE, HAS_PASSWORD = 3, 4
"""Statuses with which it ends; any other but 0 means a damaged file."""

PIECE = 64 * 1024


class TooLarge(Exception):
    """The workbook holds far more than a list can."""


class HasPassword(Exception):
    """The workbook is encrypted."""


def main(most_rows: int) -> None:
    """Write every sheet, with at most so many rows."""
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: SECONDS,
        resource.RLIMIT_FSIZE: LARGEST_ANSWER,
        resource.RLIMIT_CORE: 0,
    }
    for what, most in limits.items():
        with suppress(ValueError):  # A stricter limit holds already.
            resource.setrlimit(what, (most, most))
    try:
        _measure(sys.stdin.buffer)
        _write_sheets(sys.stdin.buffer, most_rows)
        sys.stdout.flush()
    except (TooLarge, MemoryError):
        sys.exit(TOO_LARGE)
    except HasPassword:
        sys.exit(HAS_PASSWORD)


def _measure(file: BinaryIO) -> None:
    """Refuse what unpacks to too much, by what it announces and by what really comes out."""
    unpacked = 0
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
            raise TooLarge
        for part in parts:
            if part.flag_bits & 1:
                raise HasPassword
            # zipfile stops at the size that is announced; the other reader does not, so a lie must show here.
            part.file_size = 2 * LARGEST_UNPACKED
            with archive.open(part) as content:
                while piece := content.read(PIECE):
                    unpacked += len(piece)
                    if unpacked > LARGEST_UNPACKED:
                        raise TooLarge
                    if b"<!DOCTYPE" in piece:
                        raise ValueError("no spreadsheet program declares a document type; XML bombs do")


def _write_sheets(file: BinaryIO, most_rows: int) -> None:
    from python_calamine import (  # noqa: PLC0415 - Only this process loads it, and under its limits.
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    try:
        file.seek(0)
        book = CalamineWorkbook.from_filelike(file)
    except PasswordError:
        raise HasPassword from None
    for sheet in book.sheets_metadata:
        if sheet.typ != SheetTypeEnum.WorkSheet:
            continue
        if sheet.visible != SheetVisibleEnum.Visible:
            _write({"name": sheet.name, "is_hidden": True})
            continue
        try:
            cells = book.get_sheet_by_name(sheet.name)
        except CalamineError:
            _write({"name": sheet.name, "is_damaged": True})
            continue
        _write({"name": sheet.name})
        # Rows begin at the first one, but with the first column that holds anything.
        left_out: list[object] = [None] * (cells.start[1] if cells.start else 0)
        for row in islice(cells.iter_rows(), most_rows):
            _write([_plain(cell) for cell in (left_out + row)[:MOST_COLUMNS]])


def _write(line: object) -> None:
    try:
        sys.stdout.write(json.dumps(line) + "\n")
    except OSError:
        raise TooLarge from None


def _plain(cell: object) -> object:
    """Return a cell as JSON has it: nothing as null, a whole number without a point, a date or time as an object."""
    if isinstance(cell, str):
        if len(cell) > LONGEST_CELL:
            raise TooLarge
        return cell or None
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return {"moment": str(cell)} if isinstance(cell, date | time | timedelta) else cell


if __name__ == "__main__":
    main(int(sys.argv[1]))
