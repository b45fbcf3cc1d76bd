"""A process of its own that reads an uploaded file from standard input, and writes what is in it to standard output.

A line of JSON for the head of each sheet, for some rows, for new notes; then one that says how it ended. Time, memory
and answer are limited, so a file made to exhaust them ends this process and nothing else. It imports little of the
house: the pages would take longer to load than a list to read.
"""

import json
import re
import resource
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import BinaryIO

from dashboard.spreadsheets.reading.encodings import marked_encoding
from dashboard.spreadsheets.refusals import PASSWORD, TOO_LARGE
from dashboard.spreadsheets.sheets import FileProblem, Moment, NoValue, Row, Sheet, Shown, letters

SECONDS = 7
"""On the processor. 100,000 rows of ten columns take two."""
SECONDS_WITHOUT_A_READER = 20
"""By the clock, long after the one that asked has given up or is gone."""
LARGEST_ANSWER = 100 * 1024 * 1024
"""In bytes. A file of 32 MB that is nothing but short cells makes some 90 MB."""
LONGEST_LINE = 8 * 1024 * 1024
"""In bytes: so much the one that asked holds at once."""
ROWS_TOGETHER = 20
"""In one line of the answer, for speed."""

MOST_COLUMNS = 100

PIECE = 1024 * 1024

OLD_WORKBOOK = "This is a workbook of the old kind (.xls); save it as .xlsx or CSV."

_OTHER_KINDS = (
    (rb"%PDF", "This is a PDF"),
    (rb"\x89PNG|\xff\xd8\xff|GIF8|BM....\0\0|II\*\0|MM\0\*", "This is a picture"),
    (rb"\{\\rtf", "This is a text document"),
    (rb"\x1f\x8b|7z\xbc\xaf|Rar!|BZh|\xfd7zXZ", "This is a packed file; unpack it"),
    (
        rb"\s*<(html|!doctype|\?xml|table|head|meta|body|div|style)\b|MIME-Version:",
        "This is a web page or XML, whatever its name says; open it in a spreadsheet program",
    ),
    (rb'\s*[\[{][\s\[{]*["\]}]', "This is JSON"),
)
"""How files begin that are no lists, and what they are."""


def main(most_rows: int, memory: int) -> None:
    """Read the file, with at most so many rows in a sheet and so many bytes of memory."""
    _limit(memory)
    writer = _Writer(most_rows)
    try:
        for sheet in _sheets_of(sys.stdin.buffer):
            writer.add_sheet(sheet)
        writer.add({"is_whole": True})
    except FileProblem as problem:
        writer.add({"refused": problem.sentences})
    except MemoryError:
        writer.add({"refused": [TOO_LARGE]})
    sys.stdout.flush()


def _limit(memory: int) -> None:
    signal.alarm(SECONDS_WITHOUT_A_READER)
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
        with suppress(ValueError, OSError):  # A stricter limit holds already, or this system has none of the kind.
            # The second for the processor comes later: a signal that tells why comes first.
            resource.setrlimit(what, (most, most + (what == resource.RLIMIT_CPU)))


def _sheets_of(file: BinaryIO) -> Iterator[Sheet]:
    file.seek(0)
    beginning = file.read(4096)
    if not beginning.strip() and not any(piece.strip() for piece in iter(lambda: file.read(PIECE), b"")):
        raise FileProblem("The file is empty.")
    if beginning.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        from dashboard.spreadsheets.reading.workbooks import sheets_of_workbook  # noqa: PLC0415 - A CSV needs none of it.

        return sheets_of_workbook(file)
    if beginning.startswith(b"\xd0\xcf\x11\xe0"):
        file.seek(0)
        has_password = "EncryptedPackage".encode("utf-16-le") in file.read()
        raise FileProblem(PASSWORD if has_password else OLD_WORKBOOK)
    _refuse_other_kinds(beginning)
    from dashboard.spreadsheets.reading.texts import sheets_of_text  # noqa: PLC0415 - A workbook needs none of it.

    return sheets_of_text(file)


def _refuse_other_kinds(beginning: bytes) -> None:
    encoding = marked_encoding(beginning)
    shown = beginning.decode(encoding.codec, "ignore").encode() if encoding else beginning
    for pattern, what in _OTHER_KINDS:
        if re.match(pattern, shown, re.IGNORECASE | re.DOTALL):
            raise FileProblem(f"{what}; save the list as .xlsx or CSV.")


class _Writer:
    """Writes the answer, and keeps to its limits."""

    def __init__(self, most_rows: int) -> None:
        self._most_rows = most_rows
        self._size = 0
        self._encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_as_json).encode

    def add(self, line: object) -> None:
        data = self._encode(line).encode()
        self._size += len(data)
        if len(data) > LONGEST_LINE or self._size > LARGEST_ANSWER:
            raise FileProblem(TOO_LARGE)
        sys.stdout.buffer.write(data + b"\n")

    def add_sheet(self, sheet: Sheet) -> None:
        self.add({
            "name": sheet.name, "delimiter": sheet.delimiter, "encoding": sheet.encoding, "is_hidden": sheet.is_hidden,
        })  # fmt: skip
        rows = self._counted(self._narrowed(sheet))
        while block := list(islice(rows, ROWS_TOGETHER)):
            self._add_notes(sheet)
            self.add(block)
        self._add_notes(sheet)
        self.add({"is_read": True})

    def _narrowed(self, sheet: Sheet) -> Iterator[Row]:
        """Yield the rows that hold anything, without what is empty or too far to the right."""
        is_wide = False
        for number, cells in sheet.rows:
            if len(cells) > MOST_COLUMNS:
                is_wide |= any(cell is not None for cell in cells[MOST_COLUMNS:])
                del cells[MOST_COLUMNS:]
            while cells and cells[-1] is None:
                cells.pop()
            if cells:
                yield number, cells
        if is_wide:
            sheet.notes.append(f"Columns to the right of {letters(MOST_COLUMNS - 1)} were not read.")

    def _counted(self, rows: Iterator[Row]) -> Iterator[Row]:
        for count, row in enumerate(rows):  # The first has the names of the columns.
            if count > self._most_rows:
                raise FileProblem(f"The file has more than {self._most_rows:,} rows; split it by period.")
            yield row

    def _add_notes(self, sheet: Sheet) -> None:
        if sheet.notes:
            self.add({"notes": sheet.notes})
            sheet.notes.clear()


def _as_json(cell: object) -> object:
    """Return what JSON has no form of as objects."""
    match cell:
        case Moment(text):
            return {"moment": text}
        case Shown(value, text):
            return {"text": text, "value": str(value)}
        case NoValue(why):
            return {"why": why}
    raise TypeError(f"no cell: {cell!r}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
