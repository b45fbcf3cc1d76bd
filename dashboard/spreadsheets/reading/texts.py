"""Lists in text files: rows of cells, whatever separates them and however they are encoded."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from typing import BinaryIO, NamedTuple

from dashboard.spreadsheets.reading.encodings import Encoding, guessed_encoding, marked_encoding
from dashboard.spreadsheets.refusals import named
from dashboard.spreadsheets.sheets import FileProblem, Row, Sheet

DELIMITERS = (",", ";", "\t", "|")

LONGEST_ROW = 1_000_000
"""In characters, line breaks in its cells included. A cell is bounded by ``csv`` itself."""

PIECE = 1024 * 1024
ROWS_TO_TELL_BY = 300
"""How many rows are looked at to find the delimiter."""
TO_TELL_BY = 256 * 1024
"""In characters or bytes: so much of the file is looked at for its delimiter, and of its lines beyond ASCII for their
encoding."""

MOST_NOTES = 10
"""More would hide the others."""

NO_LIST = "This is neither a CSV nor an .xlsx file; save the list as one of them."
SAVE_AS_UTF_8 = "save the list as “CSV UTF-8” or .xlsx"


def sheets_of_text(file: BinaryIO) -> Iterator[Sheet]:
    """Yield the ways to read a text file: one, where it is certain what separates its cells."""
    encoding = _encoding_of(file)
    with _text_of(file, encoding.codec) as text:
        beginning = text.read(TO_TELL_BY)
    # Excel notes the delimiter in a line of its own.
    noted = re.match(r'"?sep=([^\w\s"]|\t)"?(\r\n?|\n)', beginning, re.IGNORECASE)
    for delimiter in [noted.group(1)] if noted else _fitting(beginning):
        notes = [_guessed(encoding)] if encoding.is_guess else []
        rows = _rows(file, encoding.codec, delimiter, notes, lines_before=1 if noted else 0)
        yield Sheet("", rows, delimiter, encoding.name, notes=notes)


@contextmanager
def _text_of(file: BinaryIO, codec: str) -> Iterator[io.TextIOWrapper]:
    file.seek(0)
    text = io.TextIOWrapper(file, codec, newline="")
    try:
        yield text
    finally:
        text.detach()


def _guessed(encoding: Encoding) -> str:
    return (
        f"The file does not say how its letters are encoded; they were read as {encoding.name}. Where letters of the "
        f"list look wrong, {SAVE_AS_UTF_8} and upload it again."
    )


def _encoding_of(file: BinaryIO) -> Encoding:
    """Return the encoding in which the whole file can be read. Raises FileProblem, naming the lines that cannot."""
    file.seek(0)
    beginning = file.read(4096)
    encoding = marked_encoding(beginning) or Encoding("utf_8")
    if _can_be_read(file, encoding):
        return encoding
    if encoding.codec == "utf_8":
        telling = _telling_lines(file)
        if not _is_damaged_utf_8(b"".join(telling)):
            encoding = guessed_encoding(telling, is_of_mac=b"\r" in beginning and b"\n" not in beginning)
            if _can_be_read(file, encoding):
                return encoding
    raise FileProblem(f"{_bad_lines(file, encoding)}; correct it, or {SAVE_AS_UTF_8}.")


def _telling_lines(file: BinaryIO) -> list[bytes]:
    """Return some lines that are not plain ASCII."""
    file.seek(0)
    telling = []
    left = TO_TELL_BY
    while left > 0 and (line := file.readline(TO_TELL_BY)):
        if not line.isascii():
            telling.append(line)
            left -= len(line)
    return telling


def _can_be_read(file: BinaryIO, encoding: Encoding) -> bool:
    """Return whether all of a file is text in an encoding. Raises FileProblem for what no text has."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding.codec)()
    try:
        while piece := file.read(PIECE):
            if "\0" in decoder.decode(piece):
                raise FileProblem(NO_LIST)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _is_damaged_utf_8(text: bytes) -> bool:
    """Return whether nearly all beyond ASCII is UTF-8. In other encodings hardly any of it looks so."""
    shown = text.decode("utf_8", "replace")
    bad = shown.count("\N{REPLACEMENT CHARACTER}")
    return sum(not character.isascii() for character in shown) > 2 * bad


def _bad_lines(file: BinaryIO, encoding: Encoding) -> str:
    if encoding.codec.startswith(("utf_16", "utf_32")):
        return f"The file is cut off or damaged: its encoding is {encoding.name}, but not all of it can be read so"
    file.seek(0)
    bad = []
    for number, line in enumerate(file, start=1):
        try:
            line.decode(encoding.codec)
        except UnicodeError:
            bad.append(number)
    return (
        f"{named('Line', 'Lines', bad)} cannot be read: not all of its letters are {encoding.name}, as the others are"
    )


def _fitting(beginning: str) -> list[str]:
    """Return the delimiter at which the rows agree best on their width and soonest; several, where that differs."""
    widths = {delimiter: _widths(beginning, delimiter) for delimiter in DELIMITERS}
    most = max(map(len, widths.values()))
    fits = []
    for delimiter, found in widths.items():
        usual = Counter(width for width in found if width > 1).most_common(1)
        if usual:
            width, count = usual[0]
            # Where the line of names is cut like the rows below it, the delimiter is right.
            fits.append(_Fit(count / most, width, found.index(width), delimiter))
    best = [one for one in fits if not any(other.is_better_than(one) for other in fits)]
    return [one.delimiter for one in sorted(best, reverse=True)] or [DELIMITERS[0]]


class _Fit(NamedTuple):
    """How well a delimiter fits: the share of rows of the usual width, and where the first of them is."""

    share: float
    width: int
    first: int
    delimiter: str

    def is_better_than(self, other: "_Fit") -> bool:
        if self.first > other.first or self.share < other.share:
            return False
        return self.share > other.share or (self.first < other.first and self.width >= other.width)


def _widths(beginning: str, delimiter: str) -> list[int]:
    """Return how many cells the first rows have, as far as they can be cut at a delimiter."""
    widths = []
    with suppress(csv.Error):
        rows = csv.reader(io.StringIO(beginning, newline=""), delimiter=delimiter, strict=True)
        for cells in islice(rows, ROWS_TO_TELL_BY):
            widths += [len(cells)] if any(cells) else []
    return widths


def _rows(file: BinaryIO, codec: str, delimiter: str, notes: list[str], *, lines_before: int) -> Iterator[Row]:
    row = lines_before
    with _text_of(file, codec) as text:
        lines = _Lines(text)
        for _ in range(lines_before):
            next(lines)
            lines.next_row()
        # Not strict, a quote that is never closed would swallow the rows below it without a word.
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        try:
            for row, cells in enumerate(reader, start=lines_before + 1):
                if len(lines.of_row) > 1 and lines.look_like_rows(len(cells), delimiter) and len(notes) < MOST_NOTES:
                    notes.append(_several_lines(row, len(lines.of_row)))
                lines.next_row()
                if any(cells):
                    yield row, [cell or None for cell in cells]
        except csv.Error as error:
            raise FileProblem(_why_not_cut(row + 1, str(error))) from None
        except _RowTooLong:
            raise FileProblem(_why_not_cut(row + 1, "limit")) from None


def _several_lines(row: int, lines: int) -> str:
    return (
        f"Row {row:,} goes over {lines:,} lines of the file, because a quotation mark in it is closed only there, and "
        "some of these lines look like rows of their own. If they are, a quotation mark in them is one too many."
    )


def _why_not_cut(row: int, error: str) -> str:
    if "limit" in error:
        return (
            f"Row {row:,} cannot be read: it is far longer than a row of a list, perhaps since a quote in it is never "
            "closed. Close or delete the quotation mark, or save the list again as .xlsx."
        )
    if "end of data" in error:
        return (
            f"Row {row:,} cannot be read: a quote in it is never closed. Close or delete the quotation mark, or save "
            "the list again as .xlsx."
        )
    return (
        f"Row {row:,} cannot be read: text follows a closing quote in it, or a quote in it is never closed. Write a "
        "quotation mark inside a cell twice, or save the list again as .xlsx."
    )


def _is_one_word_with_a_digit(cell: str) -> bool:
    word = cell.rstrip("\r\n").strip('"')
    return not re.search(r'[\s"]', word) and any(map(str.isdigit, word))


class _RowTooLong(Exception):
    """A row goes on and on."""


class _Lines(Iterator[str]):
    """The lines of a text with their ends; those of the row that is being read are kept."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self.next_row()

    def next_row(self) -> None:
        self.of_row: list[str] = []
        self._left = LONGEST_ROW

    def __next__(self) -> str:
        line = self._text.readline(self._left)
        if not line:
            raise StopIteration
        self.of_row.append(line)
        self._left -= len(line)
        if self._left <= 0:
            raise _RowTooLong
        return line

    def look_like_rows(self, width: int, delimiter: str) -> bool:
        """Return whether all can be cut like rows, or one has an ID or a number alone in a cell, as prose has not."""
        below = [line.split(delimiter) for line in self.of_row[1:] if delimiter in line]
        return width > 1 and (
            all(line.count(delimiter) >= width - 1 for line in self.of_row)
            or any(_is_one_word_with_a_digit(cell) for cells in below for cell in cells)
        )
