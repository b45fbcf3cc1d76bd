"""Pure: the columns of a pasted table whose first line names them, so that an amount is not taken for an ID."""

import re
from dataclasses import dataclass

from dashboard.purchases import labels
from dashboard.purchases.plain_text import plain_of

_SEPARATORS = "\t;|,"
_MOST = 50
_MOST_WORDS = 3
_NAMES_AN_ID = re.compile(r"(?:id|no|nr|num|number|code|ref)s?(?:[ _-]?64)?\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Columns:
    """What separates the cells of each line, and a label for each column."""

    separator: str
    labels: tuple[str, ...]


def columns_of(typed: str) -> Columns | None:
    """Return the columns that a line names, or None where it is no such line: one of its cells must name an ID."""
    for separator in _SEPARATORS:
        cells = typed.split(separator)
        names = [plain_of(cell).strip("\"'*_ ") for cell in cells] if 1 < len(cells) <= _MOST else []
        if any(labels.is_field_name(name) and _NAMES_AN_ID.search(name) for name in names):
            is_header = all(len(name.split()) <= _MOST_WORDS and not re.search("[0-9]{3}", name) for name in names)
            return Columns(separator, tuple(f"{name}:" for name in names)) if is_header else None
    return None


def cells_of(typed: str, columns: Columns | None) -> list[tuple[str, str]]:
    """Return the label of each cell with what is in it; nothing where a line has not these columns."""
    cells = typed.split(columns.separator) if columns is not None else []
    if columns is None or len(cells) != len(columns.labels):
        return []
    return [(label, plain_of(cell)) for label, cell in zip(columns.labels, cells, strict=True)]
