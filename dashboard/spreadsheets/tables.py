"""Pure: tables as files: CSV, and a ZIP with a CSV of each and one about them. Streamed, with flat memory.

A table is a list of columns, each of a kind, and rows of values in their order; the kinds decide how a value is
written, so that every export of the dashboard writes alike:

- money: a plain decimal with every digit, at least two after the point; in XLSX a number. Numbers of a spreadsheet are
  binary and carry about 15 digits, so sums that must be exact are text on the sheet "About".
- times: ISO 8601 in UTC with ``Z``. A local time is another column: ISO 8601 with its offset, in XLSX a date.
- ids are text where they may have more than 15 digits. An absent value is an empty cell.
- text that a spreadsheet would run as a formula gets an apostrophe in front, in every format.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import partial
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from dashboard.lib.formatting import exact, iso_z

BLOCK = 64 * 1024
"""In bytes: what is gathered before it is sent on."""

_RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters that make a spreadsheet calculate; the wide ones do so in East Asian settings."""

_IS_NEGATIVE = re.compile(r"-[0-9]+(\.[0-9]+)?").fullmatch


class ColumnKind(StrEnum):
    """How the values of a column are written, and which Python type they have."""

    TEXT = "text"  # Of str.
    NUMBER = "number"  # Of int.
    MONEY = "money"  # Of Decimal, in USD.
    UTC = "utc"  # Of aware datetime.
    LOCAL = "local"  # Of aware datetime, written in the zone of the export.
    DAY = "day"  # Of date.
    FLAG = "flag"  # Of bool, written as yes or no.
    FACT = "fact"  # Of str on the sheet "About", where exact sums are text.


Of = str | Callable[[Any], Any]


@dataclass(frozen=True)
class TableColumn:
    """A column of a table; ``width`` is in characters, for XLSX.

    ``of`` tells ``table_of`` what to write: a record's attribute, without one that of the column's name, or a function
    of the record.
    """

    name: str
    of: Of = ""
    kind: ColumnKind = ColumnKind.TEXT
    width: int = 14


def text(name: str, width: int = 20, of: Of = "") -> TableColumn:
    return TableColumn(name, of, ColumnKind.TEXT, width)


number = partial(TableColumn, kind=ColumnKind.NUMBER, width=12)
money = partial(TableColumn, kind=ColumnKind.MONEY, width=16)
utc = partial(TableColumn, kind=ColumnKind.UTC, width=28)
local = partial(TableColumn, kind=ColumnKind.LOCAL, width=20)
day = partial(TableColumn, kind=ColumnKind.DAY, width=12)
flag = partial(TableColumn, kind=ColumnKind.FLAG, width=10)


@dataclass(frozen=True)
class Table:
    """A table to write. ``rows`` is read once. ``title`` names the sheet and, in a ZIP, the file."""

    title: str
    columns: Sequence[TableColumn]
    rows: Iterable[Sequence[Any]]


def table_of(title: str, columns: Sequence[TableColumn], records: Iterable[Any]) -> Table:
    """Return a table with a row for each record, read as its columns say."""
    readers = [attrgetter(column.of or column.name) if isinstance(column.of, str) else column.of for column in columns]
    return Table(title, columns, ([read(record) for read in readers] for record in records))


About = Sequence[tuple[str, str]]
"""What a reader should know about an export: pairs of name and text."""

ABOUT_COLUMNS = (text("name", 28), TableColumn("value", kind=ColumnKind.FACT, width=80))


def defused(text: str) -> str:
    """Return text that no spreadsheet runs as a formula: with an apostrophe in front where it would."""
    return "'" + text if text.startswith(_RUNS_AS_FORMULA) else text


def fact_text(text: str) -> str:
    """Return a text about an export, defused; a sum below zero stays as it is."""
    return text if _IS_NEGATIVE(text) else defused(text)


def file_name(what: str, as_of: datetime, extension: str) -> str:
    """Return the name of a download: what it is, and as of when in UTC. Letters, digits, dots and dashes only."""
    slug = re.sub(r"[^A-Za-z0-9]+", "-", what).strip("-")[:100]
    return f"{slug}-as-of-{as_of.astimezone(UTC):%Y%m%dT%H%M%SZ}.{extension}"


def csv_stream(table: Table, zone: ZoneInfo) -> Iterator[bytes]:
    """Yield a CSV file (RFC 4180, UTF-8 without a mark): the line of names, then the rows."""
    by_kind = _csv_writers(zone)
    writers = [by_kind[column.kind] for column in table.columns]
    buffer = io.StringIO()
    lines = csv.writer(buffer)
    lines.writerow([column.name for column in table.columns])
    for row in table.rows:
        lines.writerow(["" if value is None else write(value) for write, value in zip(writers, row, strict=True)])
        if buffer.tell() >= BLOCK:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    # A lone surrogate cannot be encoded, and must not end the export in the middle.
    data = buffer.getvalue().encode("utf-8", "replace")
    buffer.seek(0)
    buffer.truncate()
    return data


def _csv_writers(zone: ZoneInfo) -> dict[ColumnKind, Callable[[Any], str]]:
    return {
        ColumnKind.TEXT: defused,
        ColumnKind.NUMBER: str,
        ColumnKind.MONEY: exact,
        ColumnKind.UTC: iso_z,
        ColumnKind.LOCAL: lambda moment: local_iso(moment, zone),
        ColumnKind.DAY: date.isoformat,
        ColumnKind.FLAG: flag_text,
        ColumnKind.FACT: fact_text,
    }


def local_iso(moment: datetime, zone: ZoneInfo) -> str:
    """Return an aware time in a zone as ISO 8601 with its offset: ``2026-11-25T10:00:00+01:00``."""
    try:
        return moment.astimezone(zone).isoformat()
    except OverflowError:
        # A nonsense time in the year 1 or 9999 may have no name in the zone.
        return moment.isoformat()


def flag_text(value: bool) -> str:
    return "yes" if value else "no"


def about_table(about: About) -> Table:
    return Table("About", ABOUT_COLUMNS, about)


def total_text(total: Decimal | None) -> str:
    """Return an exact sum for the sheet "About"; of nothing it is 0.00."""
    return exact(total or Decimal(0))


class Sink:
    """What a ZipFile writes into when the file is sent while it grows: it can neither be read nor rewound."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self.size = 0

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """Do nothing: nothing is held back."""

    def take(self) -> bytes:
        data = b"".join(self._parts)
        self._parts.clear()
        self.size = 0
        return data


def zip_stream(tables: Sequence[Table], about: About, zone: ZoneInfo) -> Iterator[bytes]:
    """Yield a ZIP file: about.csv, then a CSV for each table."""
    sink = Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:  # type: ignore[call-overload] # It writes only.
        for table in (about_table(about), *tables):
            name = re.sub(r"[^a-z0-9]+", "-", table.title.lower()).strip("-")
            with archive.open(f"{name}.csv", "w") as file:
                for block in csv_stream(table, zone):
                    file.write(block)
                    if sink.size >= BLOCK:
                        yield sink.take()
    yield sink.take()
