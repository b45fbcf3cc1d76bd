"""Pure: what a person chose on the page that asks how a file is to be read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from dashboard.finance.reconcile.column_names import Meaning

UNDECIDED = "?"
"""What a list of columns sends while nothing was chosen in it."""

_FIELD = re.compile(r"(use|header|custom_id|buy_id|amount|currency)-(0|[1-9][0-9]{0,3})")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,6}")


@dataclass
class SheetChoice:
    """How one sheet is to be read. ``header_row`` is 0 where no line names the columns, None where nothing was said."""

    is_read: bool = False
    header_row: int | None = None
    places: dict[Meaning, int] = field(default_factory=dict)
    undecided: set[Meaning] = field(default_factory=set)


@dataclass
class Choices:
    """How a file is to be read. Sheets are known by their place in it, a text file is one."""

    sheets: dict[int, SheetChoice] = field(default_factory=dict)
    delimiter: str = ""
    decimals: str = ""
    """What separates the decimals of amounts; empty where the amounts themselves are to tell."""
    leaves_out: bool = False
    """Whether rows that cannot be compared are left out."""


def choices_in(form: Mapping[str, str]) -> Choices:
    """Return what a form says. Fields that say nothing that can be are left alone."""
    decimals = form.get("decimals", "")
    choices = Choices(
        delimiter=form.get("delimiter", ""), decimals=decimals if decimals in (".", ",") else "",
        leaves_out="leave_out" in form,
    )  # fmt: skip
    for name, value in form.items():
        known = _FIELD.fullmatch(name)
        if not known:
            continue
        sheet = choices.sheets.setdefault(int(known[2]), SheetChoice())
        number = int(value) if _NUMBER.fullmatch(value) else None
        if known[1] == "use":
            sheet.is_read = True
        elif known[1] == "header":
            sheet.header_row = number
        elif value == UNDECIDED:
            sheet.undecided.add(Meaning(known[1]))
        elif number is not None:
            sheet.places[Meaning(known[1])] = number
    return choices
