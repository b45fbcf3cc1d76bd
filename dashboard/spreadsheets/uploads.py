"""An uploaded CSV or XLSX file as rows of cells, whatever program wrote it. Nothing in a file is executed."""

import codecs
import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import IO, Any

import charset_normalizer

from dashboard.spreadsheets.sheets import Cell, FileProblem, Moment, Row, Sheet
from dashboard.spreadsheets.workbook_process import HAS_PASSWORD, TOO_LARGE

MOST_ROWS = 200_000

SECONDS_FOR_WORKBOOK = 8
"""By the clock; the process that reads it may use a little less on the processor."""

DELIMITERS = (",", ";", "\t")

LINES_TO_TELL_BY = 2000
"""How many lines that are not plain ASCII are looked at to find the encoding."""

_DAMAGED = "The workbook is damaged or not an .xlsx file; save it again, or save it as CSV."
_TOO_LONG = "Reading the workbook takes too long; leave out other sheets and columns, or save the list as CSV."
_UNPACKS_TO_TOO_MUCH = (
    "The workbook unpacks to far more than such a list can hold, or a cell is far outside the list; save the list "
    "as CSV."
)
_PASSWORD = "The workbook has a password; save it without one, or save the list as CSV."  # noqa: S105 - Says so only.
_REFUSALS = {
    TOO_LARGE: _UNPACKS_TO_TOO_MUCH,
    -signal.SIGABRT: _UNPACKS_TO_TOO_MUCH,  # So Rust ends where memory ends.
    -signal.SIGKILL: _TOO_LONG,
    -signal.SIGXCPU: _TOO_LONG,
    HAS_PASSWORD: _PASSWORD,
}


def sheets_of(file: IO[bytes]) -> Iterator[Sheet]:
    """Yield every way to read a file. Raises FileProblem, also while rows are read."""
    file.seek(0)
    data = file.read()
    if not data.strip():
        raise FileProblem("The file is empty.")
    if data.startswith(b"PK\x03\x04"):
        yield from _sheets_of_workbook(data)
        return
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise FileProblem(_PASSWORD)
        raise FileProblem("This is a workbook of the old kind (.xls) or one with a password; save it as .xlsx or CSV.")
    text, encoding = decoded(data)
    if "\0" in text:
        raise FileProblem("This is neither a CSV nor an .xlsx file; save the list as one of them.")
    text, given = _without_separator_line(text)
    for delimiter in (given,) if given else _fitting(text):
        yield Sheet("", _rows_of_text(text, delimiter, 2 if given else 1), delimiter, encoding)


def decoded(data: bytes) -> tuple[str, str]:
    """Return the text of a file and its encoding: UTF-16, UTF-8 or, when it is neither, one of old Windows or DOS."""
    encoding = _utf_16(data)
    if encoding:
        return data.decode(encoding, "replace"), encoding
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        encoding = _old_cyrillic(data) or "cp1252"
        return data.decode(encoding, "replace"), encoding


def _utf_16(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for place, encoding in ((0, "utf-16-le"), (1, "utf-16-be")):
        # Without a mark UTF-16 is known by its line of names, which is ASCII: every other byte is nothing.
        shown, nothing = data[place:8:2], data[1 - place : 8 : 2]
        if len(shown) == len(nothing) == 4 and not any(nothing) and all(32 <= byte < 127 for byte in shown):
            return encoding
    return ""


def _old_cyrillic(data: bytes) -> str:
    """Return which Cyrillic encoding a text has, empty when its letters are Western.

    charset-normalizer guesses short lists wrongly, so their words decide: a letter with an accent has plain ones beside
    it (für), Cyrillic words consist of nothing else (заказ).
    """
    telling = (line for line in io.BytesIO(data) if not line.isascii())
    sample = b"".join(islice(telling, LINES_TO_TELL_BY))
    western = re.findall(rb"[A-Za-z][\xc0-\xff]|[\xc0-\xff][A-Za-z]", sample)
    foreign = re.findall(rb"(?<![A-Za-z\x80-\xff])[\x80-\xff]{2,}(?![A-Za-z\x80-\xff])", sample)
    if len(western) >= len(foreign):
        return ""
    best = charset_normalizer.from_bytes(sample, cp_isolation=["cp1251", "koi8_r", "cp866"]).best()
    return best.encoding if best else "cp1251"


def _without_separator_line(text: str) -> tuple[str, str]:
    """Take off the line in which Excel notes the delimiter."""
    hint = re.match(r'"?sep=(.)"?\r?\n', text, re.IGNORECASE)
    return (text[hint.end() :], hint.group(1)) if hint else (text, "")


def _fitting(text: str) -> list[str]:
    """Return the delimiters at which the first row can be cut, all when none fits."""
    fitting = []
    for delimiter in DELIMITERS:
        with suppress(FileProblem):
            next(_rows_of_text(text, delimiter, 1), None)
            fitting.append(delimiter)
    return fitting or list(DELIMITERS)


def _rows_of_text(text: str, delimiter: str, first_row: int) -> Iterator[Row]:
    # Not strict, a quote that is never closed would swallow the rows below it without a word.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    row = first_row - 1
    try:
        for row, cells in enumerate(reader, start=first_row):
            _refuse_too_many(row)
            if any(cells):
                yield row, list(cells)
    except csv.Error as error:
        why = str(error).replace("unexpected end of data", "a quote in it is never closed")
        raise FileProblem(f"Row {row + 1} cannot be read: {why}. Check its quotes, or save the file again.") from None


def _refuse_too_many(row: int) -> None:
    if row > MOST_ROWS + 1:
        raise FileProblem(f"The file has more than {MOST_ROWS:,} rows; split it by period.")


def _sheets_of_workbook(data: bytes) -> Iterator[Sheet]:
    for _, lines in groupby(_numbered(data), key=itemgetter(0)):
        yield _sheet_of(line for _, line in lines)


def _read_workbook(data: bytes, answer: IO[bytes]) -> None:
    program = Path(__file__).with_name("workbook_process.py")
    # The paths find the library wherever it is installed; secrets of the environment are none of its business.
    environment = {"PYTHONPATH": os.pathsep.join(sys.path)}
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        try:
            status = subprocess.run(
                [sys.executable, "-P", str(program), str(MOST_ROWS + 2)],
                stdin=file, stdout=answer, stderr=subprocess.DEVNULL, env=environment, timeout=SECONDS_FOR_WORKBOOK,
                check=False,
            ).returncode  # fmt: skip
        except subprocess.TimeoutExpired:
            raise FileProblem(_TOO_LONG) from None
    answer.seek(0)
    if status:
        raise FileProblem(_REFUSALS.get(status, _DAMAGED))


def _numbered(data: bytes) -> Iterator[tuple[int, Any]]:
    """Yield the lines of the process's answer with the number of their sheet; a sheet begins with an object."""

    def object_of(pairs: dict[str, Any]) -> object:
        return Moment(pairs["moment"]) if "moment" in pairs else pairs

    decode = json.JSONDecoder(
        object_hook=object_of, parse_float=Decimal, parse_int=Decimal, parse_constant=Decimal
    ).decode
    number = 0
    with tempfile.TemporaryFile() as answer:
        _read_workbook(data, answer)
        for text in answer:
            line = decode(text.decode())
            number += isinstance(line, dict)
            yield number, line


def _sheet_of(lines: Iterator[Any]) -> Sheet:
    head = next(lines)
    return Sheet(head["name"], _rows_of_sheet(head, lines), is_hidden="is_hidden" in head)


def _rows_of_sheet(head: dict[str, Any], rows: Iterator[list[Cell]]) -> Iterator[Row]:
    if "is_damaged" in head:
        raise FileProblem(f"The sheet “{head['name']}” is damaged; save the file again, or save it as CSV.")
    for number, cells in enumerate(rows, start=1):
        _refuse_too_many(number)
        if any(cell is not None for cell in cells):
            yield number, cells
