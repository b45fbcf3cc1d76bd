"""Pure: the shop's own list of purchases in an uploaded file: its lines, what was left out, and what must be asked.

Every visible sheet with IDs is read. Nothing that could be meant in two ways is guessed: the person is asked, with the
first rows before them, and what they choose is read in the same way.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from dashboard.finance.reconcile.cells import amount_in, is_blank
from dashboard.finance.reconcile.choices import Choices, SheetChoice
from dashboard.finance.reconcile.column_names import Meaning
from dashboard.finance.reconcile.sheet_look import SheetLook, SheetPlan, chosen, look_at, planned
from dashboard.finance.reconcile.table_rows import Entry, TableRows, beside_of, read_rows
from dashboard.finance.reconcile.what_was_read import DELIMITERS, WhatWasRead, some_rows
from dashboard.finance.reconcile.wording import MORE_ROWS, LeftOut, Note, Question, Refusal, RowFault
from dashboard.lib.formatting import exact, one_line, usd
from dashboard.lib.written_amounts import InTwoWays, Unreadable, currency_named, decimal_mark
from dashboard.spreadsheets.sheets import FileProblem, NoValue, Sheet, Shown
from dashboard.totals.sums import ZERO

PROBLEMS_SHOWN = 20


@dataclass(slots=True)
class TheirLine:
    """One row of the file; ``row`` is its number as a spreadsheet shows it. ``amount`` is in USD.

    ``sheet`` is empty for a file that has none.
    """

    row: int
    custom_id: str | None
    buy_id: int | None
    amount: Decimal | None = None
    sheet: str = ""
    adds_up: bool = False
    """Whether it is a total, unless its ID is that of an order here: it is the sum of the rows above."""

    @property
    def key(self) -> tuple[str, str | int]:
        """By what the purchase is looked up: its buy_id where the file gives it, else the custom_id."""
        return ("buy_id", self.buy_id) if self.buy_id is not None else ("custom_id", self.custom_id or "")

    @property
    def place(self) -> str:
        return place_of(self.sheet, self.row)


@dataclass(frozen=True, slots=True)
class NoLine:
    """A row of the file that is not compared, what it shows and why."""

    sheet: str
    row: int
    shown: str
    why: str
    amount: Decimal | None = None
    line: TheirLine | None = None
    """What the row would be if it were compared, where it has an ID."""


@dataclass
class TheirList:
    """The lines of a file. ``repeated`` are those whose id an earlier row already has, each with that row's place."""

    lines: list[TheirLine] = field(default_factory=list)
    repeated: list[tuple[TheirLine, str]] = field(default_factory=list)
    left_out: list[NoLine] = field(default_factory=list)
    has_amounts: bool = False
    read: WhatWasRead = field(default_factory=WhatWasRead)


@dataclass
class Asked:
    """A file that is not compared before a person has chosen. ``problems`` stand in the way, ``questions`` wait."""

    looks: list[SheetLook]
    plans: list[SheetPlan]
    choices: Choices
    questions: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    bad_rows: int = 0
    """How many rows can be left out so that the others are compared."""
    asks_decimals: bool = False
    notes: list[str] = field(default_factory=list)


def place_of(sheet: str, row: int) -> str:
    return f"row {row} of “{one_line(sheet, 40)}”" if sheet else f"row {row}"


def read_list(sheets: Iterable[Sheet], choices: Choices | None = None, *, must_ask: bool = False) -> TheirList | Asked:
    """Return the list in a file, or what must be asked before. Raises FileProblem, naming rows and columns."""
    looks: list[SheetLook] = []
    plans: list[SheetPlan] = []
    tables: list[TableRows] = []
    notes: list[str] = []
    is_sure = not must_ask
    for look in _looks(sheets, choices, notes):
        plan = chosen(look, _choice(choices, look)) if choices else planned(look)
        looks.append(look)
        plans.append(plan)
        is_sure = is_sure and not plan.questions and not plan.problems
        if plan.is_read and is_sure:
            tables.append(read_rows(look, plan.places))
        notes += look.sheet.notes
    asked = Asked(looks, plans, choices or Choices(), notes=list(dict.fromkeys(notes)))
    _ask_of_sheets(asked, is_chosen=choices is not None)
    if asked.questions or asked.problems or must_ask:
        return asked
    return _list_of(tables, asked)


def _choice(choices: Choices, look: SheetLook) -> SheetChoice:
    return choices.sheets.get(look.index, SheetChoice())


def _looks(sheets: Iterable[Sheet], choices: Choices | None, notes: list[str]) -> Iterator[SheetLook]:
    """Yield the visible sheets that hold something, or a text file cut at the one delimiter that fits it.

    Each is to be read to its end before the next is asked for. Raises FileProblem when there is nothing to choose from.
    """
    hidden: list[str] = []
    has_looks = False
    of_text: list[SheetLook] = []
    for index, sheet in enumerate(sheets):
        if sheet.is_hidden:
            hidden.append(sheet.name)
            notes.append(Note.HIDDEN_SHEET.of(name=one_line(sheet.name, 60)))
            continue
        if sheet.delimiter and choices and choices.delimiter not in ("", sheet.delimiter):
            continue
        at = 0 if sheet.delimiter else index
        look = look_at(at, sheet, choices.sheets.get(at) if choices else None)
        if look is None:
            continue
        if not sheet.delimiter:
            has_looks = True
            yield look
            continue
        if look.has_ids or (choices and choices.delimiter):
            yield look
            return
        of_text.append(look)
    widest = max(of_text, key=lambda look: len(look.columns), default=None)
    if widest and len(widest.top) > 1:
        yield widest
    elif not has_looks:
        raise _nothing_to_choose(widest, hidden)


def _nothing_to_choose(look: SheetLook | None, hidden: Sequence[str]) -> FileProblem:
    cells = look.top[0][1] if look else ()
    beginning = one_line(", ".join(str(cell) for cell in cells if not is_blank(cell)), 200) or "nothing"
    names = one_line(", ".join(f"“{name}”" for name in hidden), 200)
    return FileProblem(Refusal.NO_IDS.of(beginning=beginning), *([Refusal.HIDDEN.of(names=names)] if hidden else []))


def _ask_of_sheets(asked: Asked, *, is_chosen: bool) -> None:
    """Add to what is asked all that the looks and plans leave open."""
    read = [(look, plan) for look, plan in zip(asked.looks, asked.plans, strict=True) if plan.is_read]
    several = len(asked.looks) > 1
    for look, plan in read:
        before = f"Sheet “{one_line(look.sheet.name, 40)}”: " if several and look.sheet.name else ""
        asked.questions += [before + question for question in plan.questions]
        asked.problems += [before + problem for problem in plan.problems]
    if not read:
        asked.questions.append(Question.SHEET_NEEDED.of() if is_chosen and several else Question.NO_ID_COLUMN.of())
    elif not is_chosen and len({_signature(look, plan) for look, plan in read}) > 1:
        told = "; ".join(
            f"“{one_line(look.sheet.name, 40)}”: "
            + ", ".join(look.columns[place].label for place in sorted(plan.places.values()))
            for look, plan in read
        )
        asked.questions.append(Question.SHEETS_DIFFER.of(sheets=told))


def _signature(look: SheetLook, plan: SheetPlan) -> tuple[object, ...]:
    """Return what the columns of a sheet mean: sheets with the same one are parts of one list."""
    amount = plan.places.get(Meaning.AMOUNT)
    return (frozenset(plan.places), look.columns[amount].name.casefold() if amount is not None else "")


def _list_of(tables: Sequence[TableRows], asked: Asked) -> TheirList | Asked:
    """Put the rows of all sheets together, or ask about them."""
    filled = [table for table in tables if table.entries]
    if not filled:
        raise FileProblem(Refusal.NO_ROWS.of())
    mark = _mark(filled, asked)
    if asked.questions or asked.problems:
        return asked
    gathering = _Gathering(mark, asked.choices.leaves_out, len(asked.looks) > 1)
    for table in tables:
        gathering.add(table)
    if gathering.faults:
        asked.bad_rows = len(gathering.faults)
        asked.problems += gathering.faults[:PROBLEMS_SHOWN]
        more = asked.bad_rows - PROBLEMS_SHOWN
        asked.problems += [MORE_ROWS.format(count=f"{more:,}")] if more > 0 else []
        return asked
    if not gathering.their.lines:
        raise FileProblem(Refusal.NO_ROWS_LEFT.of())
    gathering.their.read = _what_was_read(tables, asked, gathering)
    return gathering.their


def _mark(tables: Sequence[TableRows], asked: Asked) -> str:
    """Return what separates the decimals of the amounts; asks when that cannot be told."""
    with_amounts = [table for table in tables if Meaning.AMOUNT in table.places]
    if asked.choices.decimals or not with_amounts:
        return asked.choices.decimals or "."
    columns = [
        [entry.amount for entry in table.entries if not entry.is_total and not entry.has_no_id]
        for table in with_amounts
    ]
    mark = decimal_mark(amount for column in columns for amount in column)
    if isinstance(mark, str):
        # What one sheet writes tells nothing of another.
        mark = next((one for one in map(decimal_mark, columns) if isinstance(one, InTwoWays)), mark)
    if isinstance(mark, InTwoWays) and "," not in mark.example and all(map(_is_ours, with_amounts)):
        return "."
    where = with_amounts[0].where(Meaning.AMOUNT)
    if isinstance(mark, Unreadable):
        asked.problems.append(Refusal.MIXED_MARKS.of(column=where, why=mark.why))
        return "."
    if isinstance(mark, InTwoWays):
        one, other = (amount_in(mark.example, one) for one in (".", ","))
        asked.questions.append(Question.DECIMALS.of(example=mark.example, one=_plain(one), other=_plain(other)))
        asked.asks_decimals = True
        return "."
    return mark


def _is_ours(table: TableRows) -> bool:
    """Say whether a table may be a file of the dashboard itself, which writes a point in sums."""
    name = table.look.columns[table.places[Meaning.AMOUNT]].name
    return table.look.sheet.delimiter == "," and name == "balance_debited_sum"


def _plain(amount: Decimal | Unreadable) -> str:
    return "no sum" if isinstance(amount, Unreadable) else exact(amount)


@dataclass
class _Above:
    """What the rows above add up to: since the last total, and in all."""

    rows: int = 0
    part: Decimal = ZERO
    whole: Decimal = ZERO

    def add(self, amount: Decimal) -> None:
        self.rows += 1
        self.part += amount
        self.whole += amount

    def is_sum(self, amount: Decimal | None) -> bool:
        return bool(amount) and self.rows > 1 and amount in (self.part, self.whole)


class _Gathering:
    """The lines of all sheets as they come together, each row with one fate: a line, repeated, left out, or a fault."""

    def __init__(self, mark: str, leaves_out: bool, names_sheets: bool) -> None:
        self.mark = mark
        self.leaves_out = leaves_out
        self.names_sheets = names_sheets
        self.their = TheirList()
        self.faults: list[str] = []
        self.negative: list[str] = []
        self._first: dict[tuple[str, str | int], str] = {}

    def add(self, table: TableRows) -> None:
        sheet = table.look.sheet.name if self.names_sheets else ""
        self.their.left_out += [NoLine(sheet, *told) for told in table.no_rows]
        has_amounts = Meaning.AMOUNT in table.places
        self.their.has_amounts = self.their.has_amounts or (has_amounts and bool(table.entries))
        has_currency = has_amounts and Meaning.CURRENCY in table.places
        has_currency = has_currency and not all(is_blank(entry.currency) for entry in table.entries)
        above = _Above()
        for entry in table.entries:
            amount = amount_in(entry.amount, self.mark) if has_amounts else None
            why = _why_no_row(entry, amount, above)
            if why:
                self._leave_out(sheet, entry, why, amount)
                continue
            fault = entry.fault or (_fault_of(table, entry, amount, has_currency) if has_amounts else "")
            known = amount if isinstance(amount, Decimal) else None
            if not fault:
                adds_up = entry.may_be_total and above.is_sum(known)
                if adds_up:
                    above.part = ZERO
                else:
                    above.add(known or ZERO)
                self._take(TheirLine(entry.row, entry.custom_id, entry.buy_id, known, sheet, adds_up))
            elif self.leaves_out:
                self._leave_out(sheet, entry, LeftOut.CHOSEN.of(why=fault.lstrip(", ")), amount)
            else:
                place = place_of(sheet, entry.row)
                self.faults.append(f"{place[0].upper()}{place[1:]}{fault}.")

    def _leave_out(self, sheet: str, entry: Entry, why: str, amount: Decimal | Unreadable | None) -> None:
        shown = entry.custom_id or (str(entry.buy_id) if entry.buy_id is not None else "")
        known = amount if isinstance(amount, Decimal) else None
        line = TheirLine(entry.row, entry.custom_id, entry.buy_id, known, sheet) if shown else None
        self.their.left_out.append(NoLine(sheet, entry.row, shown, why, known, line))

    def _take(self, line: TheirLine) -> None:
        if line.amount is not None and line.amount < 0:
            self.negative.append(line.place.removeprefix("row "))
        first = self._first.setdefault(line.key, line.place)
        if first == line.place:
            self.their.lines.append(line)
        else:
            self.their.repeated.append((line, first))


def _why_no_row(entry: Entry, amount: Decimal | Unreadable | None, above: _Above) -> str:
    """Return why a row is none of the list, empty when it is one: totals, and notes without ID and amount."""
    sums = (above.part, above.whole)
    if entry.is_total:
        if not isinstance(amount, Decimal) or not above.rows:
            why = LeftOut.TOTAL_WITHOUT_SUM.of()
        elif amount in sums:
            why = LeftOut.TOTAL.of()
        else:
            why = LeftOut.OTHER_TOTAL.of(total=usd(amount), sum=usd(above.part))
        above.part = ZERO
        return why
    if entry.has_no_id:
        if isinstance(amount, Decimal):
            return LeftOut.TOTAL.of() if above.rows > 1 and amount in sums else ""
        return LeftOut.NOTE.of() if amount is None or is_blank(entry.amount) else ""
    return ""


def _fault_of(table: TableRows, entry: Entry, amount: Decimal | Unreadable | None, has_currency: bool) -> str:
    """Return what is wrong with the amount of a row, empty when nothing is."""
    if isinstance(amount, Unreadable):
        # A workbook's reader gives nothing for a formula that was never calculated.
        is_workbook = not table.look.sheet.delimiter and entry.amount is None
        return f", {table.where(Meaning.AMOUNT)} {amount.why}{RowFault.NO_RESULT.of() if is_workbook else ''}"
    if not has_currency:
        return ""
    where = table.where(Meaning.CURRENCY)
    if is_blank(entry.currency):
        return RowFault.EMPTY_CURRENCY.of(column=where)
    currency = currency_named(str(entry.currency))
    if currency is None:
        return RowFault.NO_CURRENCY.of(column=where, shown=one_line(str(entry.currency), 40))
    return "" if currency == "USD" else RowFault.CURRENCY.of(column=where, currency=currency)


def _what_was_read(tables: Sequence[TableRows], asked: Asked, gathering: _Gathering) -> WhatWasRead:
    sheet = tables[0].look.sheet
    their = gathering.their
    names = ", ".join(one_line(table.look.sheet.name, 60) for table in tables if table.entries)
    has_amounts = their.has_amounts
    return WhatWasRead(
        names if not sheet.delimiter else "the file is one table", _columns_text(tables),
        _amounts_text(tables, gathering.mark) if has_amounts else "not compared: no column holds them",
        f"{sheet.encoding}, cut at every {DELIMITERS.get(sheet.delimiter, sheet.delimiter)}" if sheet.delimiter
        else "Excel workbook",
        len(their.lines) + len(their.repeated), tuple(_notes(tables, asked, gathering)),
    )  # fmt: skip


def _columns_text(tables: Sequence[TableRows]) -> str:
    told = {}
    for table in tables:
        columns = [(place, f"{table.look.columns[place].label} as {one.label}") for one, place in table.places.items()]
        told[one_line(table.look.sheet.name, 40)] = "; ".join(text for _, text in sorted(columns))
    if len(set(told.values())) == 1:
        return next(iter(told.values()))
    return ". ".join(f"{name}: {text}" for name, text in told.items())


def _amounts_text(tables: Sequence[TableRows], mark: str) -> str:
    cells = [entry.amount for table in tables for entry in table.entries]
    has_text = any(isinstance(cell, str) for cell in cells)
    are_numbers = not has_text and any(not isinstance(cell, str | NoValue | None) for cell in cells)
    has_dollar = any(
        "$" in (cell.text if isinstance(cell, Shown) else cell) for cell in cells if isinstance(cell, str | Shown)
    )
    written = "numbers of the workbook" if are_numbers else f"with a decimal {'point' if mark == '.' else 'comma'}"
    return f"{written}, in US dollars{' ($ alone was taken for them)' if has_dollar else ''}"


def _notes(tables: Sequence[TableRows], asked: Asked, gathering: _Gathering) -> Iterator[str]:
    yield from asked.notes
    read = {id(table.look) for table in tables}
    for look in asked.looks:
        if id(look) not in read:
            note = Note.NOT_CHOSEN if look.has_ids else Note.NO_IDS_ON_SHEET
            yield note.of(name=one_line(look.sheet.name, 60))
    for table in tables:
        if not table.entries:
            yield Note.EMPTY_SHEET.of(name=one_line(table.look.sheet.name, 60))
        if Meaning.CURRENCY in table.places and all(is_blank(entry.currency) for entry in table.entries):
            yield Note.NO_CURRENCIES.of(column=table.where(Meaning.CURRENCY))
        for column, rows in beside_of(table):
            count = f"{len(rows):,} {'cell' if len(rows) == 1 else 'cells'}"
            yield Note.BESIDE.of(letters=column, count=count, rows=some_rows(rows))
    others = dict.fromkeys(
        column.label for table in tables for column in table.look.columns
        if column.name and column.place not in table.places.values()
    )  # fmt: skip
    if others:
        yield Note.OTHER_COLUMNS.of(columns=one_line("; ".join(others), 30_000))
    if gathering.negative:
        number = len(gathering.negative)
        has = "1 row has" if number == 1 else f"{number:,} rows have"
        yield Note.NEGATIVE.of(count=has, rows=some_rows(gathering.negative))
