"""Pure: the first rows of a sheet, which of them names the columns, and what can be told of the columns."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from dashboard.finance.reconcile.cells import is_blank
from dashboard.finance.reconcile.choices import SheetChoice
from dashboard.finance.reconcile.column_names import Meaning, NameSays, currency_in, name_says
from dashboard.finance.reconcile.columns import Column, Doubt, Guess, Places, columns_of, guessed, unusable_amount
from dashboard.finance.reconcile.wording import Note, Question
from dashboard.lib.seen_text import as_seen
from dashboard.spreadsheets.sheets import Cell, Row, Sheet

HEADER_WITHIN = 10
"""The line of names may come below a title."""

LOOKED_AT = 200
"""So many rows below the line of names tell what a column holds."""

CHOICES_NEEDED = {Meaning.AMOUNT: Question.CHOICE_NEEDED, Meaning.CURRENCY: Question.CURRENCY_NEEDED}
"""What is said of a column of which nothing was chosen, though it was asked."""

IDS = (Meaning.CUSTOM_ID, Meaning.BUY_ID)


@dataclass
class SheetLook:
    """The top of a sheet. ``index`` is its place in the file; ``names_at`` that of the line of names in ``top``."""

    index: int
    sheet: Sheet
    top: list[Row]
    names_at: int | None
    columns: list[Column]
    guess: Guess

    @property
    def names_row(self) -> int:
        """The row of the line of names as a spreadsheet numbers it, 0 without one."""
        return 0 if self.names_at is None else self.top[self.names_at][0]

    @property
    def names(self) -> list[Cell]:
        return [] if self.names_at is None else self.top[self.names_at][1]

    @property
    def above(self) -> list[Row]:
        return self.top[: self.names_at or 0]

    @property
    def body(self) -> list[Row]:
        return self.top[0 if self.names_at is None else self.names_at + 1 :]

    def rows(self) -> Iterator[Row]:
        """Yield the rows below the line of names, to be read once."""
        return chain(self.body, self.sheet.rows)

    @property
    def has_ids(self) -> bool:
        return any(column.says.meaning in IDS for column in self.columns)

    def where(self, meaning: Meaning, places: Places) -> str:
        return self.columns[places[meaning]].where


def look_at(index: int, sheet: Sheet, choice: SheetChoice | None) -> SheetLook | None:
    """Read the top of a sheet; None when it holds nothing."""
    top = [row for row in islice(sheet.rows, HEADER_WITHIN + LOOKED_AT) if not all(map(is_blank, row[1]))]
    if not top:
        return None
    names_at = _names_at(top)
    if choice and choice.header_row is not None:
        names_at = next((at for at, (number, _) in enumerate(top) if number == choice.header_row), None)
    look = SheetLook(index, sheet, top, names_at, [], Guess({}, ()))
    look.columns = columns_of(look.names, (cells for _, cells in look.body[:LOOKED_AT]))
    look.guess = guessed(look.columns)
    return look


def _names_at(top: list[Row]) -> int | None:
    """Return the place of the line of names, else of the widest line that has no digits.

    It is where an ID has its surest name and nothing has digits, then where most names are known: words of an order's
    row, as "purchase" and "total", are names too.
    """
    first = [[cell for cell in cells if not is_blank(cell)] for _, cells in top[:HEADER_WITHIN]]
    known = [[name_says(as_seen(cell)) for cell in cells if isinstance(cell, str)] for cells in first]
    with_ids = [at for at, names in enumerate(known) if any(says.meaning in IDS for says in names)]
    if with_ids:
        return max(with_ids, key=lambda at: (_surest(known[at]), all(map(_is_word, first[at])), _told(known[at]), -at))
    words = [at for at, cells in enumerate(first) if all(_is_word(cell) for cell in cells)]
    return max(words, key=lambda at: (len(first[at]), -at), default=None)


def _surest(names: list[NameSays]) -> int:
    return max(-says.rank for says in names if says.meaning in IDS)


def _told(names: list[NameSays]) -> int:
    return sum(says.meaning is not None for says in names)


def _is_word(cell: Cell) -> bool:
    return isinstance(cell, str) and not any(map(str.isdigit, cell))


@dataclass(frozen=True)
class SheetPlan:
    """How a sheet is read, what must be asked before, and why it cannot be read so."""

    is_read: bool
    places: Places
    questions: list[str]
    problems: list[str]
    undecided: frozenset[Meaning] = frozenset()


def planned(look: SheetLook) -> SheetPlan:
    """Return how a sheet is read when nobody chose."""
    doubts = [*look.guess.doubts, *_doubts_by_titles(look)]
    return SheetPlan(
        look.has_ids, look.guess.places, [doubt.sentence for doubt in doubts if not doubt.is_refusal],
        [doubt.sentence for doubt in doubts if doubt.is_refusal], frozenset(doubt.meaning for doubt in doubts),
    )  # fmt: skip


def _doubts_by_titles(look: SheetLook) -> Iterator[Doubt]:
    """Yield that a line above the names tells another currency: "All amounts in EUR"."""
    titles = (as_seen(cell) for _, cells in look.above for cell in cells if isinstance(cell, str))
    currency = next(filter(None, map(currency_in, titles)), "")
    if currency and Meaning.AMOUNT in look.guess.places and Meaning.CURRENCY not in look.guess.places:
        yield Doubt(Meaning.AMOUNT, Question.FOREIGN.of(column="list, by a line above it,", currency=currency))


def chosen(look: SheetLook, choice: SheetChoice) -> SheetPlan:
    """Return how a sheet is read as a person chose."""
    places = {meaning: place for meaning, place in choice.places.items() if place < len(look.columns)}
    if not choice.is_read:
        return SheetPlan(False, places, [], [], frozenset(choice.undecided))
    questions = []
    is_open = not choice.undecided.isdisjoint(IDS)
    if is_open or not any(meaning in places for meaning in IDS):
        questions.append(Question.ID_NEEDED.of())
    needed = [one for one in CHOICES_NEEDED if one is Meaning.AMOUNT or Meaning.AMOUNT in places]
    questions += [CHOICES_NEEDED[one].of() for one in needed if one in choice.undecided]
    meanings = list(places)
    questions += [
        Question.COLUMN_TWICE.of(one=one.label, other=other.label)
        for at, one in enumerate(meanings)
        for other in meanings[at + 1 :]
        if places[one] == places[other]
    ]
    if Meaning.AMOUNT in places and Meaning.CURRENCY not in places:
        notes = [Note.CURRENCY_NOT_READ.of(column=one.where) for one in look.columns if one.currencies - {"USD"}]
        look.sheet.notes.extend(notes)
    unusable = unusable_amount(look.columns, places[Meaning.AMOUNT]) if Meaning.AMOUNT in places else ""
    return SheetPlan(True, places, questions, [unusable] if unusable else [], frozenset(choice.undecided))
