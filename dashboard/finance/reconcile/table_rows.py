"""Pure: the rows of one sheet below its line of names: their IDs, the cells of their amounts, and what is no row."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.finance.reconcile.cells import id_text, is_blank, purchase_id
from dashboard.finance.reconcile.column_names import Meaning, is_total, name_says
from dashboard.finance.reconcile.sheet_look import IDS, SheetLook
from dashboard.finance.reconcile.wording import LeftOut, RowFault
from dashboard.lib.formatting import one_line
from dashboard.lib.seen_text import as_seen
from dashboard.spreadsheets.sheets import Cell, letters

_NO_IDS = frozenset(
    ["-", "--", "–", "—", "n/a", "n.a.", "#n/a", "null", "(null)", "\\n", "nil", "none", "nan", "undefined"]
)
"""What programs and people write where there is no ID."""


@dataclass(slots=True)
class Entry:
    """A row as it stands. ``fault`` goes on from "Row 3"."""

    row: int
    custom_id: str | None
    buy_id: int | None
    amount: Cell
    currency: Cell
    fault: str = ""
    has_no_id: bool = False
    is_total: bool = False
    may_be_total: bool = False
    """Its ID may be a word for a total, in whatever language: it has no digits, or a known one among its words."""


@dataclass
class TableRows:
    """What a sheet holds. ``beside``: rows with something in a column that has no name, by place of the column."""

    look: SheetLook
    places: Mapping[Meaning, int]
    entries: list[Entry] = field(default_factory=list)
    no_rows: list[tuple[int, str, str]] = field(default_factory=list)
    """Rows that are none of the list: number, what they show, why."""
    beside: dict[int, list[int]] = field(default_factory=dict)

    def where(self, meaning: Meaning) -> str:
        return self.look.where(meaning, self.places)


def read_rows(look: SheetLook, places: Mapping[Meaning, int]) -> TableRows:
    """Return all rows of a sheet whose columns are known."""
    table = TableRows(look, places)
    table.no_rows = [(number, _shown(cells), LeftOut.ABOVE.of()) for number, cells in look.above]
    names = {place: look.columns[place].name for place in places.values()}
    current = dict(places)
    """Further down a table may begin anew with its columns elsewhere."""
    nameless = (
        frozenset(column.place for column in look.columns if not column.name) if look.names_at is not None else ()
    )
    other_table = 0
    for number, cells in look.rows():
        if all(map(is_blank, cells)):
            continue
        ids = [_id_in(cells[current[one]]) if one in current and current[one] < len(cells) else ("", "") for one in IDS]
        if look.names_at is not None and not any(map(str.isdigit, ids[0][0] + ids[1][0])):
            moved = _names_again(cells, names)
            if moved is not None:
                current = {meaning: moved[place] for meaning, place in places.items()}
                table.no_rows.append((number, _shown(cells), LeftOut.NAMES_AGAIN.of()))
                continue
            other_table = other_table or (number if _begins_other_table(cells) else 0)
        entry = _entry(number, cells, ids, current, table)
        if other_table:
            entry.fault = (
                RowFault.OTHER_TABLE.of() if other_table == number else RowFault.IN_OTHER_TABLE.of(row=other_table)
            )
        table.entries.append(entry)
        _note_beside(table, number, cells, nameless)
    return table


def _id_in(cell: Cell) -> tuple[str, str]:
    text, why = id_text(cell)
    return ("", "") if not why and text.casefold() in _NO_IDS else (text, why)


def _names_again(cells: Sequence[Cell], names: Mapping[int, str]) -> dict[int, int] | None:
    """Return where the columns that are read stand in a line that names them all again, None for any other row."""
    seen = [as_seen(cell).casefold() if isinstance(cell, str) else "" for cell in cells]
    wanted = {place: name.casefold() for place, name in names.items()}
    if not all(name and seen.count(name) == 1 for name in wanted.values()):
        return None
    return {place: seen.index(name) for place, name in wanted.items()}


def _begins_other_table(cells: Sequence[Cell]) -> bool:
    texts = [cell for cell in cells if not is_blank(cell)]
    if len(texts) < 2 or not all(isinstance(cell, str) and not any(map(str.isdigit, cell)) for cell in texts):
        return False
    names = [name_says(as_seen(str(cell))) for cell in texts]
    # A bare "purchase" is more often what an order is.
    has_ids = any(says.meaning in IDS and (says.meaning is Meaning.CUSTOM_ID or says.rank < 2) for says in names)
    return has_ids and len({says.meaning for says in names} - {None}) > 1


def _entry(
    number: int, cells: Sequence[Cell], ids: Sequence[tuple[str, str]], places: Mapping[Meaning, int], table: TableRows
) -> Entry:
    (custom_id, _), (buy_id, _) = ids
    entry = Entry(
        number, custom_id or None, None, _cell(cells, places, Meaning.AMOUNT), _cell(cells, places, Meaning.CURRENCY)
    )
    problem = next(((one, why) for one, (_, why) in zip(IDS, ids, strict=True) if why), None)
    too_wide = _too_wide(cells, table) or _cents_behind(cells, table)
    if too_wide:
        entry.fault = too_wide
    elif problem:
        entry.fault = f", {table.where(problem[0])}: {problem[1]}"
    elif buy_id and purchase_id(buy_id) is None:
        entry.is_total = not custom_id and is_total(buy_id)
        entry.fault = f", {table.where(Meaning.BUY_ID)}: {RowFault.NOT_A_PURCHASE_ID.of(shown=one_line(buy_id, 40))}"
    elif not buy_id and not custom_id:
        entry.has_no_id = True
        entry.is_total = any(isinstance(cell, str) and is_total(as_seen(cell)) for cell in cells)
        named = " and ".join(table.where(one) for one in reversed(IDS) if one in places)
        entry.fault = RowFault.NO_ID.of(columns=named)
    else:
        entry.buy_id = purchase_id(buy_id) if buy_id else None
        entry.is_total = not buy_id and is_total(custom_id)
        entry.may_be_total = not buy_id and _may_be_total(custom_id)
    return entry


def _may_be_total(text: str) -> bool:
    words = [one for one in re.findall(r"[^\W_]+", text) if not one.isdigit()]
    return not any(map(str.isdigit, text)) or any(map(is_total, words))


def _cell(cells: Sequence[Cell], places: Mapping[Meaning, int], meaning: Meaning) -> Cell:
    place = places.get(meaning)
    return cells[place] if place is not None and place < len(cells) else None


def _too_wide(cells: Sequence[Cell], table: TableRows) -> str:
    """Return what is wrong with a row that a comma too many cut apart.

    What stands behind a gap, or beside an amount with its decimals, is a note. At other delimiters it always is.
    """
    named = len(table.look.names)
    if not named or table.look.sheet.delimiter != ",":
        return ""
    place = table.places.get(Meaning.AMOUNT, -1)
    amount = str(cells[place] or "") if 0 <= place < len(cells) else ""
    beyond = cells[named] if named < len(cells) else None
    is_note = bool(re.search(r"[.,][0-9]", amount)) and any(map(str.isalpha, str(beyond)))
    is_nameless = 0 < place + 1 < min(len(cells), named) and is_blank(table.look.names[place + 1])
    is_cut = is_nameless and str(cells[place + 1]).strip().isdigit()
    if (is_blank(beyond) or is_note) and not is_cut:
        return ""
    return RowFault.TOO_WIDE.of(count=len(cells), named=named)


def _cents_behind(cells: Sequence[Cell], table: TableRows) -> str:
    """Return what is wrong with a row whose amount was cut at its decimal comma, and fits as another cell is empty."""
    behind = table.places.get(Meaning.AMOUNT, len(cells)) + 1
    if table.look.sheet.delimiter != "," or not 0 < behind < len(cells):
        return ""
    column = table.look.columns[behind] if behind < len(table.look.columns) else None
    is_cut = str(cells[behind - 1]).strip().isdigit() and bool(re.fullmatch("[0-9]{1,2}", str(cells[behind]).strip()))
    # Where the column holds nothing else, it may be a quantity, and was asked about.
    return RowFault.CENTS_BEHIND.of() if is_cut and column and len(column.sums) < len(column.values) else ""


def _note_beside(
    table: TableRows, number: int, cells: Sequence[Cell], nameless: Sequence[int] | frozenset[int]
) -> None:
    named = len(table.look.names)
    if table.look.names_at is None:
        return
    for place in (*nameless, *range(named, len(cells))):
        if place < len(cells) and not is_blank(cells[place]) and place not in table.places.values():
            rows = table.beside.setdefault(place, [])
            if not rows or rows[-1] != number:
                rows.append(number)


def _shown(cells: Sequence[Cell]) -> str:
    return one_line(" ".join(str(cell) for cell in cells if not is_blank(cell)), 120)


def beside_of(table: TableRows) -> Iterator[tuple[str, list[int]]]:
    """Yield the letters of each column without a name that holds something, and the rows in which it does."""
    yield from ((letters(place), rows) for place, rows in sorted(table.beside.items()))
