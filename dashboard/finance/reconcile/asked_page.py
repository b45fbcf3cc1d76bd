"""The page on which a person chooses how an uploaded file is read: the first rows, and a choice for each meaning."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request, url_for

from dashboard.finance.reconcile.choices import UNDECIDED
from dashboard.finance.reconcile.column_names import Meaning
from dashboard.finance.reconcile.columns import Column
from dashboard.finance.reconcile.intake import Asking
from dashboard.finance.reconcile.sheet_look import HEADER_WITHIN, SheetLook, SheetPlan
from dashboard.finance.reconcile.wording import Question
from dashboard.lib.formatting import one_line
from dashboard.spreadsheets.sheets import Cell

ROWS_SHOWN = 6
LONGEST_SHOWN = 40
"""Characters of a cell; the beginning is enough to know it by."""

Option = tuple[str, str, bool]
"""Value, text, whether it is chosen."""

_NONE = {Meaning.AMOUNT: "No column: compare without amounts", Meaning.CURRENCY: "No column: all are US dollars"}


@dataclass(frozen=True)
class Pick:
    """A list to choose a column from."""

    name: str
    label: str
    hint: str
    options: Sequence[Option]
    is_open: bool


@dataclass(frozen=True)
class AskedSheet:
    """A sheet as the page shows it; ``columns`` are letter, name and how its values are read."""

    index: int
    name: str
    is_read: bool
    names_options: Sequence[Option]
    columns: Sequence[tuple[str, str, str]]
    rows: Sequence[tuple[int, Sequence[str]]]
    picks: Sequence[Pick]


@dataclass(frozen=True)
class AskedForm:
    """What the page shows. ``problems`` stand in the way, ``questions`` wait for a choice."""

    file_name: str
    action: str
    from_: str
    to: str
    problems: Sequence[str]
    questions: Sequence[str]
    notes: Sequence[str]
    sheets: Sequence[AskedSheet]
    has_sheets: bool
    delimiter: str
    decimals: str
    asks_decimals: bool
    bad_rows: int
    leaves_out: bool


def form(asking: Asking) -> AskedForm:
    asked = asking.asked
    sheets = [_sheet(look, plan) for look, plan in zip(asked.looks, asked.plans, strict=True)]
    action = url_for("reconcile.answer", key=asking.kept.key, tz=request.args.get("tz"))
    questions = asked.questions or ([] if asked.problems else [Question.WANTED.of()])
    return AskedForm(
        asking.kept.file_name, action, asking.from_, asking.to, asked.problems, questions, asked.notes, sheets,
        len(sheets) > 1, asked.looks[0].sheet.delimiter if asked.looks else "", asked.choices.decimals,
        asked.asks_decimals, asked.bad_rows, asked.choices.leaves_out,
    )  # fmt: skip


def _sheet(look: SheetLook, plan: SheetPlan) -> AskedSheet:
    first = [(number, f"Row {number}: {_line(cells)}", number == look.names_row) for number, cells in look.top]
    names = [(str(number), text, is_chosen) for number, text, is_chosen in first[:HEADER_WITHIN]]
    names.append(("0", "No row: the list begins at once", not look.names_row))
    return AskedSheet(
        look.index, look.sheet.name, plan.is_read, names,
        [(column.letter, one_line(column.name, LONGEST_SHOWN), column.reading) for column in look.columns],
        [(number, _cells(cells, len(look.columns))) for number, cells in look.body[:ROWS_SHOWN]],
        [_pick(look, plan, meaning) for meaning in Meaning],
    )  # fmt: skip


def _line(cells: Sequence[Cell]) -> str:
    return one_line(", ".join(str(cell) for cell in cells if cell is not None), 60)


def _cells(cells: Sequence[Cell], width: int) -> list[str]:
    texts = ["" if cell is None else one_line(str(cell), LONGEST_SHOWN) for cell in cells[:width]]
    return texts + [""] * (width - len(texts))


def _pick(look: SheetLook, plan: SheetPlan, meaning: Meaning) -> Pick:
    place = plan.places.get(meaning)
    is_open = place is None and meaning in plan.undecided
    options: list[Option] = [(UNDECIDED, "Choose…", True)] if is_open else []
    options.append(("", _NONE.get(meaning, "No column"), place is None and not is_open))
    options += [(str(column.place), _option(column), column.place == place) for column in look.columns]
    return Pick(f"{meaning.value}-{look.index}", meaning.label, meaning.meaning, options, is_open)


def _option(column: Column) -> str:
    return f"{column.label}: {column.reading}"
