"""Pure: the cells of an uploaded Excel workbook, as a spreadsheet program stored them.

Only what a list needs is read: texts and numbers, with their exact digits. Formulas are not calculated; a cell counts
as the result that is stored beside its formula, and as empty where there is none. A workbook is a ZIP of XML files
(ECMA-376, part 1): what it unpacks to is bounded before anything is unpacked, and document types, which XML bombs are
made of, are refused; no spreadsheet program writes any.

openpyxl is not used, because it gives every number as a float (90071992547409.93 comes back as …409.94), and takes four
times as long, since it reads all of a cell's format.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from xml.parsers import expat

Cell = str | Decimal | bool | None

LARGEST_UNPACKED = 400 * 1024 * 1024
"""In bytes. A hundred thousand rows of ten columns unpack to some 50 MB."""
LARGEST_IN_MEMORY = 64 * 1024 * 1024
"""In bytes: the table of a workbook's texts, and the lists of its parts."""
LONGEST_CELL = 1_000_000
"""In characters; Excel's own limit is 32,767."""
MOST_PARTS = 2000
MOST_COLUMNS = 100
"""Cells further to the right are left alone."""

PIECE = 64 * 1024


class UnreadableWorkbook(ValueError):
    """The file is no workbook, or a damaged one."""


class TooLarge(UnreadableWorkbook):
    """The workbook would unpack to far more than a list can hold."""


_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, OSError, RuntimeError, NotImplementedError, ValueError)
"""What zipfile raises for archives that are not as they should be, ``ValueError`` and ours included."""


class Workbook:
    """An opened workbook. Raises UnreadableWorkbook, also while rows are read."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            self._refuse_bomb()
            self._sheets, texts = self._parts()
            self._texts = self._shared_texts(texts) if texts else []
        except UnreadableWorkbook:
            raise
        except (*_DAMAGED, expat.ExpatError) as error:
            raise UnreadableWorkbook(str(error)) from None

    @property
    def titles(self) -> list[str]:
        """The names of the sheets, in their order."""
        return [title for title, _ in self._sheets]

    def rows(self, title: str) -> Iterator[tuple[int, list[Cell]]]:
        """Yield the rows of a sheet that are not left out, with their numbers."""
        part = dict(self._sheets)[title]
        found: list[tuple[int, list[Cell]]] = []
        reader = _SheetReader(self._texts, found.append)
        try:
            for piece in self._pieces(part):
                reader.feed(piece)
                yield from found
                found.clear()
        except UnreadableWorkbook:
            raise
        except (*_DAMAGED, expat.ExpatError) as error:
            raise UnreadableWorkbook(str(error)) from None

    def _refuse_bomb(self) -> None:
        parts = self._archive.infolist()
        # A part never unpacks to more than it announces: reading it stops there.
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
            raise TooLarge("it unpacks to too much")

    def _pieces(self, part: str) -> Iterator[bytes]:
        with self._archive.open(part) as file:
            while piece := file.read(PIECE):
                yield piece

    def _whole(self, part: str) -> bytes:
        if self._archive.getinfo(part).file_size > LARGEST_IN_MEMORY:
            raise TooLarge(f"{part} unpacks to too much")
        return self._archive.read(part)

    def _parts(self) -> tuple[list[tuple[str, str]], str | None]:
        """Return the sheets as (title, part), and the part with the shared texts if there is one."""
        (book,) = _relations(self._whole("_rels/.rels"), "", "/officeDocument").values()
        folder, name = posixpath.split(book)
        relations = self._whole(posixpath.join(folder, "_rels", f"{name}.rels"))
        sheets = _relations(relations, folder, "/worksheet")
        texts = next(iter(_relations(relations, folder, "/sharedStrings").values()), None)
        titles: list[tuple[str, str]] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            number = next((value for key, value in attributes.items() if _local(key) == "id"), "")
            if _local(name) == "sheet" and number in sheets:
                titles.append((attributes.get("name", ""), sheets[number]))

        _parser(start).Parse(self._whole(book), True)
        return titles, texts

    def _shared_texts(self, part: str) -> list[str]:
        texts: list[str] = []
        reader = _TextReader(texts.append)
        reader.feed(self._whole(part))
        return texts


def _relations(xml: bytes, folder: str, kind: str) -> dict[str, str]:
    """Return the parts of one kind that a part refers to, by the name of the reference."""
    found: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "Relationship" and attributes.get("Type", "").endswith(kind):
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            found[attributes.get("Id", "")] = posixpath.normpath(path)

    _parser(start).Parse(xml, True)
    return found


def _parser(start: Callable[[str, dict[str, str]], None]) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _refuse_document_type
    return parser


def _refuse_document_type(*_declared: object) -> None:
    raise UnreadableWorkbook("it declares a document type")


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


class _TextReader:
    """Reads the table of shared texts; a text may come in several runs, and phonetic help is none of it."""

    def __init__(self, on_text: Callable[[str], object]) -> None:
        self._on_text = on_text
        self._runs: list[str] = []
        self._is_text = self._is_phonetic = False
        self._parser = _parser(self._start)
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def feed(self, data: bytes) -> None:
        self._parser.Parse(data, True)

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        local = _local(name)
        if local == "t":
            self._is_text = not self._is_phonetic
        elif local == "rPh":
            self._is_phonetic = True

    def _text(self, text: str) -> None:
        if self._is_text:
            self._runs.append(text)

    def _end(self, name: str) -> None:
        local = _local(name)
        if local == "t":
            self._is_text = False
        elif local == "rPh":
            self._is_phonetic = False
        elif local == "si":
            self._on_text(_unescaped("".join(self._runs)))
            self._runs.clear()


class _SheetReader:
    """Reads the rows of a sheet as its XML arrives."""

    def __init__(self, texts: list[str], on_row: Callable[[tuple[int, list[Cell]]], object]) -> None:
        self._texts = texts
        self._on_row = on_row
        self._row = 0
        self._cells: list[Cell] = []
        self._column = -1
        self._kind = ""
        self._value: list[str] = []
        self._length = 0
        self._is_value = self._is_phonetic = False
        self._parser = _parser(self._start)
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def feed(self, piece: bytes) -> None:
        self._parser.Parse(piece, False)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if local == "c":
            place = attributes.get("r")
            self._column = _column_of(place) if place else self._column + 1
            self._kind = attributes.get("t", "n")
            self._value.clear()
            self._length = 0
        elif local in ("v", "t"):
            self._is_value = not self._is_phonetic
        elif local == "row":
            number = attributes.get("r")
            self._row = int(number) if number else self._row + 1
            self._cells, self._column = [], -1
        elif local == "rPh":
            self._is_phonetic = True

    def _text(self, text: str) -> None:
        if self._is_value:
            self._length += len(text)
            if self._length > LONGEST_CELL:
                raise TooLarge("a cell holds too much")
            self._value.append(text)

    def _end(self, name: str) -> None:
        local = _local(name)
        if local == "c":
            if self._value and 0 <= self._column < MOST_COLUMNS:
                self._cells += [None] * (self._column + 1 - len(self._cells))
                self._cells[self._column] = self._cell("".join(self._value))
        elif local in ("v", "t"):
            self._is_value = False
        elif local == "row":
            self._on_row((self._row, self._cells))
        elif local == "rPh":
            self._is_phonetic = False

    def _cell(self, value: str) -> Cell:
        if self._kind == "s":
            place = int(value)
            if not 0 <= place < len(self._texts):
                raise UnreadableWorkbook("a cell refers to a text that is not there")
            return self._texts[place]
        if self._kind == "n":
            try:
                return Decimal(value)
            except InvalidOperation:
                return value
        return value == "1" if self._kind == "b" else _unescaped(value)


def _column_of(place: str) -> int:
    column = 0
    for letter in place:
        if not "A" <= letter <= "Z":
            break
        column = column * 26 + ord(letter) - 64
    return column - 1


_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def _unescaped(text: str) -> str:
    """Return text as Excel shows it: it writes characters that XML cannot hold as ``_x000D_``."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(escaped: re.Match[str]) -> str:
    code = int(escaped.group(1), 16)
    # Half a character stands for nothing, and neither a database nor a page can take it.
    return "\N{REPLACEMENT CHARACTER}" if 0xD800 <= code <= 0xDFFF else chr(code)
