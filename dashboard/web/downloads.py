"""Files that are sent while they are made: how many at once, their headers, and the end of what they were read from."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

from flask import Response, abort, url_for
from sqlalchemy import Connection

from dashboard.db.database import snapshot
from dashboard.lib.formatting import iso_z
from dashboard.spreadsheets import tables as exports
from dashboard.spreadsheets.tables import About, Table
from dashboard.spreadsheets.xlsx import xlsx_stream
from dashboard.web.page import zone

EXPORT = "export.<any(csv, xlsx, zip):extension>"
"""The end of the address of every export."""

Snapshot = Connection
"""One consistent look at the database, as ``make`` gets it."""

MOST_AT_ONCE = 3
"""In a process of eight threads. A slow connection holds its thread to the end, and pages need some too."""

TOO_MANY = "Other exports are being made right now. Try again in a minute; nothing was cut or lost."

ExportLink = tuple[str, str, str]
"""The label of a file's format, what the file holds, its address."""

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}

_places = threading.BoundedSemaphore(MOST_AT_ONCE)


@dataclass(frozen=True)
class Export:
    """What a page offers as a file. A CSV is the first table alone; workbook and ZIP hold all of them and ``about``."""

    title: str
    file: str
    """What the name of the file begins with."""
    as_of: datetime
    tables: Sequence[Table]
    about: About
    page: str
    """The address that shows the same."""
    facts: Mapping[str, object]
    """For scripts: header ``X-Export-<name>`` -> value."""


def send(extension: str, make: Callable[[Connection], Export]) -> Response:
    """Answer with the export that ``make`` reads from one consistent look at the database.

    It is sent in pieces without a length, a workbook once it is whole. When something fails on the way the connection
    is cut, which every browser and client reports as a failed download, so a file that arrives to its end is whole. 503
    when too many are being made.
    """
    if not _places.acquire(blocking=False):
        abort(503, TOO_MANY)
    stack = ExitStack()
    stack.callback(_places.release)
    try:
        return _response(extension, make(stack.enter_context(snapshot())), stack)
    except BaseException:
        stack.close()
        raise


def _response(extension: str, export: Export, stack: ExitStack) -> Response:
    zone_of_file = zone()
    about = [
        ("Export", export.title),
        *export.about,
        ("As of", iso_z(export.as_of)),
        ("Time zone of columns named local", zone_of_file.key),
        ("The same as a page", export.page),
        ("Text that would run as a formula", "has an apostrophe in front"),
    ]
    makers: dict[str, Callable[[], Iterator[bytes]]] = {
        "csv": lambda: exports.csv_stream(export.tables[0], zone_of_file),
        "xlsx": lambda: xlsx_stream(export.tables, about, zone_of_file),
        "zip": lambda: exports.zip_stream(export.tables, about, zone_of_file),
    }
    response = Response(_to_the_end(makers[extension](), stack), content_type=CONTENT_TYPES[extension])
    name = exports.file_name(export.file, export.as_of, extension)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    facts = {"As-Of": iso_z(export.as_of), "Zone": zone_of_file.key, **export.facts}
    response.headers.update({f"X-Export-{fact}": str(value) for fact, value in facts.items()})
    # Also when nobody reads to the end, or nothing at all.
    response.call_on_close(stack.close)
    return response


def _to_the_end(pieces: Iterator[bytes], stack: ExitStack) -> Iterator[bytes]:
    with stack:
        yield from pieces


def refuse(what: str, errors: Mapping[str, str]) -> NoReturn:
    """Answer 400, because the address does not say what to export."""
    abort(400, f"Nothing was exported, because {what} cannot be used. " + " ".join(errors.values()))


def links(endpoint: str, of_csv: str, of_workbook: str, **parameters: Any) -> list[ExportLink]:
    """Return the links of an export in each format; its view takes an ``extension``."""
    named = (("CSV", of_csv, "csv"), ("Excel", of_workbook, "xlsx"), ("ZIP", f"{of_workbook}, as CSV", "zip"))
    return [(label, what, url_for(endpoint, extension=extension, **parameters)) for label, what, extension in named]
