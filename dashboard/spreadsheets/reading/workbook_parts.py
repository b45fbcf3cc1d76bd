"""What a reader of values leaves out of an .xlsx workbook: number formats, what is hidden, cells without a value.

A workbook is a ZIP of XML parts. Most lists need none of this, so a sheet is only looked through for signs of it, and
taken apart where there are some.
"""

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from xml.parsers import expat

from dashboard.spreadsheets.reading.number_formats import BUILT_IN, NumberFormat
from dashboard.spreadsheets.sheets import NoValue

PIECE = 64 * 1024
MOST_STYLES_LOOKED_FOR = 12
"""Looking for more takes longer than taking the sheet apart."""
COLUMNS = 16_384
"""So many a sheet has."""
LONGEST_FORMAT = 1000
"""In characters; Excel's own limit is 255."""

SIGNS = (
    b'hidden="1"',
    b'hidden="true"',
    b' width="0"',
    b't="e"',
    b"<f>",
    b"<f ",
    b":f>",
    b":f ",
    b"mergeCell ",
    b"='",
    b"<!DOCTYPE",
)
"""What is hidden, errors, formulas, merged cells, and an unusual way to write all of them."""

NO_RESULT = NoValue(
    "has a formula whose result the file does not hold; open it in a spreadsheet program, save it and upload it again"
)

Attributes = dict[str, str]


class Workbook:
    """The parts of a workbook, found whatever program named them: in capitals, with backslashes."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._parts = {plain_name(part.filename): part for part in archive.infolist()}
        self._targets: dict[str, str] = {}
        self._styles = "xl/styles.xml"
        self._codes = dict(BUILT_IN)
        self._is_in_cell_formats = False
        self._format_ids: list[int] = []
        self.sheets: list[tuple[str, str]] = []
        """The name and the part of each, in their order."""
        self.recalculates = False
        """Whether its program left calculating to the one that opens it; results are then missing or 0."""
        self._read("xl/_rels/workbook.xml.rels", self._relation)
        self._read("xl/workbook.xml", self._book)
        self._read(self._styles, self._style)

    def special_formats(self) -> dict[str, NumberFormat]:
        """Return the formats that show more than the digits of a number, by the number of the style in a cell."""
        format_of = cache(lambda code: NumberFormat(code[:LONGEST_FORMAT]))
        formats = [format_of(self._codes.get(one, "General")) for one in self._format_ids]
        return {str(style): form for style, form in enumerate(formats) if not form.is_plain}

    def marks(self, part: str) -> "Marks | None":
        """Return what is to be known of a sheet beside its values, None when there is nothing."""
        formats = self.special_formats()
        signs = list(SIGNS)
        if len(formats) <= MOST_STYLES_LOOKED_FOR:
            signs += [f' s="{style}"'.encode() for style in formats]
        else:
            signs.append(b' s="')
        overlap, before = max(map(len, signs)), b""
        for piece in self.pieces(part):
            text = before + piece
            if any(sign in text for sign in signs) or (not before and text.startswith((b"\xff\xfe", b"\xfe\xff"))):
                return Marks(self.pieces(part), formats, recalculates=self.recalculates)
            before = piece[-overlap:]
        return None

    def pieces(self, part: str) -> Iterator[bytes]:
        with self._archive.open(self._parts[plain_name(part)]) as content:
            while piece := content.read(PIECE):
                yield piece

    def _read(self, part: str, started: Callable[[str, Attributes], None]) -> None:
        if plain_name(part) in self._parts:
            parser = parser_for(started)
            for piece in self.pieces(part):
                parser.Parse(piece, False)
            parser.Parse(b"", True)

    def _relation(self, name: str, attributes: Attributes) -> None:
        if local(name) == "Relationship" and "Target" in attributes:
            target = posixpath.join("/xl", attributes["Target"].replace("\\", "/"))
            target = posixpath.normpath(target).lstrip("/")
            self._targets[attributes.get("Id", "")] = target
            if attributes.get("Type", "").endswith("/styles"):
                self._styles = target

    def _book(self, name: str, attributes: Attributes) -> None:
        if local(name) == "sheet":
            relation = next((value for name, value in attributes.items() if local(name) == "id"), "")
            self.sheets.append((attributes.get("name", ""), self._targets.get(relation, "")))
        elif local(name) == "calcPr":
            self.recalculates = attributes.get("fullCalcOnLoad") in ("1", "true")

    def _style(self, name: str, attributes: Attributes) -> None:
        name = local(name)
        if name == "numFmt":
            self._codes[int(attributes["numFmtId"])] = attributes["formatCode"]
        elif name in ("cellXfs", "cellStyleXfs", "cellStyles"):
            self._is_in_cell_formats = name == "cellXfs"
        elif name == "xf" and self._is_in_cell_formats:
            self._format_ids.append(int(attributes.get("numFmtId", "0")))


def plain_name(part: str) -> str:
    return part.replace("\\", "/").lstrip("/").lower()


@cache
def local(name: str) -> str:
    """Return a name without its namespace."""
    return name.rpartition(":")[2]


def parser_for(started: Callable[[str, Attributes], None]) -> expat.XMLParserType:
    """Return a parser that tells of the beginning of each element."""

    def refuse(*_: object) -> None:
        raise ValueError("no spreadsheet program declares a document type; XML bombs do")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = started
    return parser


@dataclass(slots=True)
class RowMarks:
    """What is to be known of a row; its cells by their place in it."""

    number: int
    is_hidden: bool
    cells: list[tuple[int, NumberFormat | NoValue]] = field(default_factory=list)


class Marks(Iterator[RowMarks]):
    """The rows of a sheet that have something to be known, in their order.

    Hidden columns stand before the rows and merged cells behind them: they are known once the first row is, or the
    last.
    """

    def __init__(self, pieces: Iterator[bytes], formats: dict[str, NumberFormat], *, recalculates: bool) -> None:
        self.hidden_columns = bytearray(COLUMNS)
        """1 for each that is hidden."""
        self.merged: list[str] = []
        self._pieces = pieces
        self._formats = formats
        self._recalculates = recalculates
        self._done: list[RowMarks] = []
        self._row = RowMarks(0, is_hidden=False)
        self._column = -1
        self._type: str | None = None
        self._has_formula = False
        self._value = ""
        self._parser = parser_for(self._started)
        self._rows = self._iterate()

    def __next__(self) -> RowMarks:
        return next(self._rows)

    def _iterate(self) -> Iterator[RowMarks]:
        for piece in self._pieces:
            self._parser.Parse(piece, False)
            yield from self._done
            self._done.clear()
        self._parser.Parse(b"", True)
        self._end_row()
        yield from self._done

    def _started(self, name: str, attributes: Attributes) -> None:
        self._parser.CharacterDataHandler = None
        name = local(name)
        if name == "c":
            self._end_cell()
            self._begin_cell(attributes)
        elif name == "f":
            self._has_formula = True
        elif name == "v":
            if self._has_formula or self._type == "e":
                self._parser.CharacterDataHandler = self._add
        elif name == "row":
            self._end_row()
            number = int(attributes.get("r", self._row.number + 1))
            if number <= self._row.number:
                raise ValueError("the rows of a sheet are in order")
            self._row = RowMarks(number, is_hidden=attributes.get("hidden") in ("1", "true"))
            self._column = -1
        elif name == "col":
            if attributes.get("hidden") in ("1", "true") or attributes.get("width") == "0":
                first, last = max(int(attributes["min"]) - 1, 0), min(int(attributes["max"]), COLUMNS)
                self.hidden_columns[first:last] = b"\1" * (last - first)
        elif name == "mergeCell":
            self.merged.append(attributes["ref"])

    def _begin_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        self._column = self._column + 1 if reference is None else _column_of(reference.rstrip("0123456789"))
        self._type = attributes.get("t")
        form = self._formats.get(attributes.get("s", ""))
        if form is not None:
            self._row.cells.append((self._column, form))

    def _add(self, text: str) -> None:
        self._value += text

    def _end_cell(self) -> None:
        value = self._value.strip()
        if self._type == "e":
            self._row.cells.append((self._column, NoValue(f"shows the error {value[:20]}".rstrip())))
        elif self._has_formula and self._type != "str" and (not value or (self._recalculates and value == "0")):
            self._row.cells.append((self._column, NO_RESULT))
        self._type, self._has_formula, self._value = None, False, ""

    def _end_row(self) -> None:
        self._end_cell()
        if self._row.is_hidden or self._row.cells:
            self._done.append(self._row)


@cache
def _column_of(letters: str) -> int:
    if not re.fullmatch("[A-Z]{1,3}", letters):
        raise ValueError("no such column")
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def rows_merged(reference: str) -> bool:
    """Return whether merged cells, such as A2:A4, span several rows."""
    rows = re.findall("[0-9]+", reference)
    return len(set(rows)) > 1
