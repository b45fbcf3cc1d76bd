"""Pure: Excel workbooks written while they are sent: no temporary file, flat memory, any number of rows.

A workbook is a ZIP of XML files (ECMA-376, part 1, SpreadsheetML). Text stands in its cell (``inlineStr``), since a
table of shared strings would have to be kept in memory. A sheet that is full goes on in a further one.

It is written here because no library fits: xlsxwriter 3.3 and openpyxl 3.1 turn a Decimal into a float on its way (of
1234567890123.123456 the file holds …123.123 and …123.124), and both send their first byte only after the last row.
"""

import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import chain, islice
from typing import Any
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from dashboard.lib.formatting import exact, iso_z
from dashboard.spreadsheets.tables import (
    BLOCK,
    About,
    Column,
    Kind,
    Sink,
    Table,
    about_table,
    defused,
    fact_text,
    flag_text,
)

ROWS_A_SHEET = 1_048_575
"""Excel's limit of 1,048,576, less the line of names."""
BYTES_A_SHEET = 2_000_000_000
"""A larger file inside a ZIP needs an extension of the format that makes Excel ask whether to repair it."""

ROWS_A_PIECE = 200

LONGEST_TEXT = 32_767
"""Excel's limit for one cell, in characters."""

_MIDNIGHT_OF_EXCEL = datetime(1899, 12, 30)  # noqa: DTZ001 - A day of Excel's calendar has no zone.
_DAY_IN_MICROSECONDS = Decimal(86_400_000_000)

_TEXT, _MONEY, _TIME, _DAY, _HEAD = 0, 1, 2, 3, 4
"""Places in the list of formats of _STYLES."""

_STYLES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<numFmts count="3"><numFmt numFmtId="164" formatCode="#,##0.00####"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/>'
    '<numFmt numFmtId="166" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="166" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_ROOT_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>'
)
_SHEET_START = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews>'
    '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    "</sheetView></sheetViews>"
)

Cell = Callable[[str, Any], str]
"""Takes the cell's place and its value; returns its XML."""


def xlsx_stream(tables: Sequence[Table], about: About, zone: ZoneInfo) -> Iterator[bytes]:
    """Yield a workbook: the sheet "About", then one for each table, and further ones where a table is longer."""
    sink = Sink()
    titles: list[str] = []
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:  # type: ignore[call-overload] # It writes only.
        archive.writestr("_rels/.rels", _ROOT_RELATIONS)
        for table in (about_table(about), *tables):
            for _ in _write_table(archive, table, zone, titles):
                if sink.size >= BLOCK:
                    yield sink.take()
        for name, content in _frame(titles):
            archive.writestr(name, content)
    yield sink.take()


def _write_table(archive: zipfile.ZipFile, table: Table, zone: ZoneInfo, titles: list[str]) -> Iterator[None]:
    """Write a table's sheets, adding their titles, and come back after every piece."""
    rows = iter(table.rows)
    first = next(rows, None)
    number = 0
    while first is not None or number == 0:
        rows = rows if first is None else chain((first,), rows)
        number += 1
        titles.append(_sheet_title(table.title, number, titles))
        with archive.open(f"xl/worksheets/sheet{len(titles)}.xml", "w") as file:
            written = file.write(_head(table.columns).encode())
            for piece in _pieces(islice(rows, ROWS_A_SHEET), table.columns, zone):
                written += file.write(piece)
                yield
                if written >= BYTES_A_SHEET:
                    break
            file.write(b"</sheetData></worksheet>")
        first = next(rows, None)


def _pieces(rows: Iterator[Sequence[Any]], columns: Sequence[Column], zone: ZoneInfo) -> Iterator[bytes]:
    """Yield the XML of a sheet's rows in pieces. Only what has been yielded has been read of ``rows``."""
    cells = [(_column_letters(index), _cell(column.kind, zone)) for index, column in enumerate(columns)]
    line = 1
    while block := list(islice(rows, ROWS_A_PIECE)):
        parts: list[str] = []
        for row in block:
            line += 1
            parts.append(f'<row r="{line}">')
            parts += [
                cell(f"{letters}{line}", value)
                for (letters, cell), value in zip(cells, row, strict=True)
                if value is not None
            ]
            parts.append("</row>")
        yield "".join(parts).encode("utf-8", "replace")


def _head(columns: Sequence[Column]) -> str:
    widths = "".join(
        f'<col min="{index}" max="{index}" width="{column.width}" customWidth="1"/>'
        for index, column in enumerate(columns, start=1)
    )
    names = "".join(
        _text_cell(f"{_column_letters(index)}1", column.name, _HEAD) for index, column in enumerate(columns)
    )
    return f'{_SHEET_START}<cols>{widths}</cols><sheetData><row r="1">{names}</row>'


def _cell(kind: Kind, zone: ZoneInfo) -> Cell:
    cells: dict[Kind, Cell] = {
        Kind.TEXT: lambda place, value: _text_cell(place, defused(value)),
        Kind.FACT: lambda place, value: _text_cell(place, fact_text(value)),
        Kind.NUMBER: _number_cell,
        Kind.MONEY: lambda place, value: f'<c r="{place}" s="{_MONEY}"><v>{exact(value)}</v></c>',
        Kind.UTC: lambda place, value: f'<c r="{place}" t="inlineStr"><is><t>{iso_z(value)}</t></is></c>',
        Kind.LOCAL: lambda place, value: _time_cell(place, value, zone),
        Kind.DAY: _day_cell,
        Kind.FLAG: lambda place, value: f'<c r="{place}" t="inlineStr"><is><t>{flag_text(value)}</t></is></c>',
    }
    return cells[kind]


def _text_cell(place: str, text: str, style: int = _TEXT) -> str:
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{xml_text(text)}</t></is></c>'


def _number_cell(place: str, value: int) -> str:
    # A spreadsheet keeps 15 digits of a number; an id must keep all of them.
    if abs(value) >= 10**15:
        return _text_cell(place, str(value))
    return f'<c r="{place}"><v>{value}</v></c>'


def _time_cell(place: str, moment: datetime, zone: ZoneInfo) -> str:
    try:
        serial = excel_serial(moment.astimezone(zone).replace(tzinfo=None))
    except OverflowError:
        serial = None
    if serial is None:
        return _text_cell(place, iso_z(moment))
    return f'<c r="{place}" s="{_TIME}"><v>{serial}</v></c>'


def _day_cell(place: str, day: date) -> str:
    serial = excel_serial(datetime(day.year, day.month, day.day))  # noqa: DTZ001 - A day has no zone.
    if serial is None:
        return _text_cell(place, day.isoformat())
    return f'<c r="{place}" s="{_DAY}"><v>{serial}</v></c>'


def excel_serial(local: datetime) -> str | None:
    """Return a local time as Excel counts it, in days since the end of 1899; None before March 1900.

    Excel believes in a 29 February 1900, so its count is right only after that day.
    """
    passed = local - _MIDNIGHT_OF_EXCEL
    if passed < timedelta(days=61):
        return None
    microseconds = passed // timedelta(microseconds=1)
    return format((Decimal(microseconds) / _DAY_IN_MICROSECONDS).quantize(Decimal("1e-11")).normalize(), "f")


_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PLAIN = re.compile(r"[A-Za-z0-9 .:|()+★™'/-]*").fullmatch
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def xml_text(text: str) -> str:
    """Return text as it may stand in a cell's XML.

    Characters that XML cannot hold are shown as U+FFFD. Excel reads ``_x0041_`` as an escaped letter, so text that
    merely looks so is escaped itself.
    """
    if _PLAIN(text) and len(text) <= LONGEST_TEXT:
        return text
    shown = _LOOKS_ESCAPED.sub("_x005F_", _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text[:LONGEST_TEXT]))
    return escape(shown).replace("\r", "_x000D_")


def _column_letters(index: int) -> str:
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _sheet_title(title: str, number: int, taken: Sequence[str]) -> str:
    suffix = "" if number == 1 else f" {number}"
    wanted = re.sub(r"[\[\]:*?/\\']", " ", title)[: 31 - len(suffix)] + suffix
    if wanted.lower() in {one.lower() for one in taken}:
        raise ValueError(f"two sheets of a workbook cannot both be called {wanted!r}")
    return wanted


def _frame(titles: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the name and content of the files that hold the sheets together."""
    declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    numbered = list(enumerate(titles, start=1))
    sheets = "".join(
        f'<sheet name="{escape(title, {chr(34): "&quot;"})}" sheetId="{number}" r:id="rId{number}"/>'
        for number, title in numbered
    )
    yield (
        "xl/workbook.xml",
        f'{declaration}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{office}">'
        f"<sheets>{sheets}</sheets></workbook>",
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{office}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number, _ in numbered
    )
    yield (
        "xl/_rels/workbook.xml.rels",
        f'{declaration}<Relationships xmlns="{package}/relationships">{relations}'
        f'<Relationship Id="rId{len(titles) + 1}" Type="{office}/styles" Target="styles.xml"/></Relationships>',
    )
    yield "xl/styles.xml", _STYLES
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{spreadsheet}.worksheet+xml"/>'
        for number, _ in numbered
    )
    yield (
        "[Content_Types].xml",
        f'{declaration}<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{spreadsheet}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{spreadsheet}.styles+xml"/>{overrides}</Types>',
    )
