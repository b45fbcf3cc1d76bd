"""Files that are sent while they are made: how many at once, their headers, and the end of what they were read from."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime
from typing import Any

from flask import Response, abort, url_for

from dashboard.spreadsheets import tables as exports
from dashboard.spreadsheets.tables import About, Table
from dashboard.spreadsheets.xlsx import xlsx_stream
from dashboard.web.page import zone

MOST_AT_ONCE = 3
"""In a process of eight threads. A slow connection holds its thread to the end, and pages need some too."""

TOO_MANY = "Other exports are being made right now. Try again in a minute; nothing was cut or lost."

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}

_places = threading.BoundedSemaphore(MOST_AT_ONCE)


def take_place() -> ExitStack:
    """Return a stack that holds one of the places for downloads until it is closed. Answers 503 when none is free.

    What a download is read from is put on the stack too; ``send`` closes it when the last byte has gone.
    """
    if not _places.acquire(blocking=False):
        abort(503, TOO_MANY)
    stack = ExitStack()
    stack.callback(_places.release)
    return stack


def answered(make: Callable[[ExitStack], Response]) -> Response:
    """Return the answer that ``make`` gives with a place for a download; when it fails, the place is free again."""
    stack = take_place()
    try:
        return make(stack)
    except BaseException:
        stack.close()
        raise


def links(endpoint: str, of_csv: str, of_workbook: str, **parameters: Any) -> list[tuple[str, str, str]]:
    """Return (label, what it is, address) of an export in each format; its view takes an ``extension``."""
    named = (("CSV", of_csv, "csv"), ("Excel", of_workbook, "xlsx"), ("ZIP", f"{of_workbook}, as CSV", "zip"))
    return [(label, what, url_for(endpoint, extension=extension, **parameters)) for label, what, extension in named]


def send(
    extension: str, tables: Sequence[Table], about: About, *, what: str, as_of: datetime, stack: ExitStack
) -> Response:
    """Answer with a file: ``csv`` (the one table), ``xlsx``, or ``zip`` (a CSV for each table, and what they are).

    It is sent in pieces without a length. When something fails on the way the connection is cut, which every browser
    and client reports as a failed download; a file that came to its end is whole.
    """
    makers: dict[str, Callable[[], Iterator[bytes]]] = {
        "csv": lambda: exports.csv_stream(tables[0], zone_of_file),
        "xlsx": lambda: xlsx_stream(tables, about, zone_of_file),
        "zip": lambda: exports.zip_stream(tables, about, zone_of_file),
    }
    zone_of_file = zone()
    response = Response(_to_the_end(makers[extension](), stack), content_type=CONTENT_TYPES[extension])
    name = exports.file_name(what, as_of, extension)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    # Also when nobody reads to the end, or nothing at all.
    response.call_on_close(stack.close)
    return response


def _to_the_end(pieces: Iterator[bytes], stack: ExitStack) -> Iterator[bytes]:
    with stack:
        yield from pieces
