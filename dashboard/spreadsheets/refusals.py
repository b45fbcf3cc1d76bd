"""Pure: what is said of files where several modules say it."""

from collections.abc import Sequence

TOO_LARGE = "The file holds far more than a list does, or a cell is far outside the list; save the list alone, as CSV."
DAMAGED = "The file is damaged, or is neither a CSV nor an .xlsx file; save the list again as one of them."
PASSWORD = "The workbook has a password; save it without one, or save the list as CSV."  # noqa: S105 - Says so only.

NAMED = 5


def named(one: str, several: str, names: Sequence[object]) -> str:
    """Return what there is of a kind, with the names of the first few: ``Lines 5, 9 and 3 more``."""
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    return f"{one if len(names) == 1 else several} {', '.join(map(str, names[:NAMED]))}{more}"
