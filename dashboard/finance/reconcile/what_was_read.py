"""Pure: what a comparison read of its file: sheets, columns, amounts, encoding, and what it left out besides rows."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}

NO_AMOUNTS_CHOSEN = "not compared, as chosen"


@dataclass(frozen=True)
class WhatWasRead:
    """Texts for people. ``notes`` are whole sentences."""

    sheets: str = ""
    columns: str = ""
    amounts: str = ""
    encoding: str = ""
    rows: int = 0
    """How many rows were compared."""
    notes: Sequence[str] = ()
    not_held: str = ""
    """A sentence when the copy did not hold all of the period; sums of what is only with us are not known then."""

    def as_json(self) -> str:
        return json.dumps(asdict(self))


def from_json(text: str) -> WhatWasRead | None:
    """Return what was stored; None for a comparison of a version that did not note it."""
    if not text:
        return None
    values = json.loads(text)
    return WhatWasRead(**{**values, "notes": tuple(values["notes"])})


def some_rows(rows: Sequence[int | str], at_most: int = 500) -> str:
    """Return rows for a sentence: ``row 3``, ``rows 3, 5 and 20 more``. So many fit into a cell of a spreadsheet."""
    shown = ", ".join(map(str, rows[:at_most]))
    more = len(rows) - at_most
    return f"{'row' if len(rows) == 1 else 'rows'} {shown}{f' and {more:,} more' if more > 0 else ''}"
