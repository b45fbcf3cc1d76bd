"""Pure: which column of a table holds what: by its name, and by its first values where names leave doubt."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from dashboard.finance.reconcile.cells import amount_in, id_text, is_blank
from dashboard.finance.reconcile.column_names import Meaning, NameSays, counts_in_cents, name_says
from dashboard.finance.reconcile.wording import Question
from dashboard.lib.formatting import one_line
from dashboard.lib.seen_text import as_seen
from dashboard.lib.written_amounts import InTwoWays, Unreadable, currency_named, decimal_mark
from dashboard.spreadsheets.sheets import Cell, Moment, Shown, letters

SMALL = Decimal(100)
"""Whole numbers up to it may be quantities."""

BESIDE_OURS = "price"
"""The other sum in the dashboard's exports of purchases."""

_TWO_DECIMALS = re.compile(r"[.,][0-9]{2}(?![0-9])")

Places = Mapping[Meaning, int]
"""Which column, from 0, holds what."""


@dataclass
class Column:
    """A column of a table: its name, and what the values of its first rows look like."""

    place: int
    name: str
    values: list[Cell] = field(default_factory=list)
    """Those that are not empty."""
    sums: list[Decimal] = field(default_factory=list)
    foreign: int = 0
    """How many values are sums in another currency."""
    money_like: int = 0
    """How many values have a currency or two decimals, as sums of money do."""
    mark: str | Unreadable | InTwoWays = "."

    @property
    def letter(self) -> str:
        return letters(self.place)

    @property
    def says(self) -> NameSays:
        return name_says(self.name)

    @property
    def where(self) -> str:
        return f"column {self.letter} ({one_line(self.name, 40)})" if self.name else f"column {self.letter}"

    @property
    def label(self) -> str:
        return f"{self.letter} ({one_line(self.name, 40)})" if self.name else self.letter

    @property
    def holds_money(self) -> bool:
        """Whether its values look like sums of money, whatever its name."""
        readable = len(self.sums) + self.foreign
        return bool(readable) and readable >= 0.8 * len(self.values) and self.money_like >= 0.5 * readable

    @property
    def may_be_amount(self) -> bool:
        return not self.values or bool(self.sums or self.foreign)

    @property
    def currencies(self) -> set[str]:
        """The currencies that it holds where each value is one. Letters too few for a code may be a country's."""
        found = {currency_named(value) if isinstance(value, str) else None for value in self.values}
        are_long = all(len(value) > 2 or not value.isalpha() for value in self.values if isinstance(value, str))
        return {one for one in found if one} if are_long and not found & {None, ""} else set()

    @property
    def is_like_a_quantity(self) -> bool:
        return (
            bool(self.sums) and not self.money_like and all(one == int(one) and 0 <= one <= SMALL for one in self.sums)
        )

    @property
    def reading(self) -> str:
        """How its values are read, for the person who chooses columns."""
        if not self.values:
            return "empty"
        if any(isinstance(value, Moment) for value in self.values):
            return "dates or times"
        if self.foreign:
            return "amounts in another currency"
        if len(self.sums) < len(self.values):
            return "text" if not self.sums else "text and numbers"
        least, most = min(self.sums), max(self.sums)
        span = f"{least.normalize():f}" if least == most else f"{least.normalize():f} to {most.normalize():f}"
        if isinstance(self.mark, InTwoWays):
            return f"numbers; “{self.mark.example}” can be read in two ways"
        return f"{'whole numbers' if all(one == int(one) for one in self.sums) else 'numbers'}, {span}"


def columns_of(header: Sequence[Cell], rows: Iterable[Sequence[Cell]]) -> list[Column]:
    """Return the columns of a table whose names are in ``header``; without one they have no names."""
    sample = list(rows)
    width = max([len(header), *map(len, sample)], default=0)
    columns = [Column(place, _name(header[place]) if place < len(header) else "") for place in range(width)]
    for row in sample:
        for column, cell in zip(columns, row, strict=False):
            if not is_blank(cell):
                column.values.append(cell)
    for column in columns:
        _look_at_values(column)
    return columns


def _name(cell: Cell) -> str:
    return "" if is_blank(cell) else as_seen(str(cell))


def _look_at_values(column: Column) -> None:
    column.mark = decimal_mark(column.values)
    mark = column.mark if isinstance(column.mark, str) else "."
    for value in column.values:
        amount = amount_in(value, mark)
        if isinstance(amount, Decimal):
            column.sums.append(amount)
        elif amount.is_foreign:
            column.foreign += 1
        column.money_like += _is_money_like(value, amount)


def _is_money_like(value: Cell, amount: Decimal | Unreadable) -> bool:
    if isinstance(amount, Unreadable):
        return amount.is_foreign
    shown = value.text if isinstance(value, Shown) else value
    if isinstance(shown, str) and shown:
        return "$" in shown or bool(_TWO_DECIMALS.search(shown))
    return amount != int(amount) and amount == round(amount, 2)


@dataclass(frozen=True)
class Doubt:
    """What cannot be told of a table's columns. ``meaning`` is what it is about."""

    meaning: Meaning
    sentence: str
    is_refusal: bool = False
    """Whether the column that seems to be meant cannot be compared."""


@dataclass(frozen=True)
class Guess:
    places: Places
    doubts: Sequence[Doubt]


def guessed(columns: Sequence[Column]) -> Guess:
    """Return which column holds what, and every doubt about it. What is in doubt has no place."""
    places: dict[Meaning, int] = {}
    doubts: list[Doubt] = []
    for found in (_ids(columns), _currency(columns)):
        for meaning, choice in found.items():
            if isinstance(choice, Doubt):
                doubts.append(choice)
            else:
                places[meaning] = choice.place
    taken = set(places.values())
    amount = _amount([column for column in columns if column.place not in taken])
    if isinstance(amount, Doubt):
        doubts.append(amount)
    elif amount:
        places[Meaning.AMOUNT] = amount.place
        foreign = _foreign(amount)
        if foreign:
            doubts.append(foreign)
    return Guess(places, doubts)


def _foreign(amount: Column) -> Doubt | None:
    if amount.says.currency not in ("", "USD"):
        sentence = Question.FOREIGN.of(column=amount.where, currency=amount.says.currency)
        return Doubt(Meaning.AMOUNT, sentence, is_refusal=True)
    if counts_in_cents(amount.name):
        return Doubt(Meaning.AMOUNT, Question.CENTS.of(column=amount.where), is_refusal=True)
    return None


def unusable_amount(columns: Sequence[Column], place: int) -> str:
    """Return why a column that a person chose as the amount cannot be compared, empty when it can."""
    doubt = _foreign(columns[place])
    return doubt.sentence if doubt else ""


def named_with(columns: Iterable[Column], meaning: Meaning) -> list[list[Column]]:
    """Return the columns whose names say so, in groups from the surest on."""
    found: dict[int, list[Column]] = {}
    for column in columns:
        if column.says.meaning is meaning:
            found.setdefault(column.says.rank, []).append(column)
    return [found[rank] for rank in sorted(found)]


def _ids(columns: Sequence[Column]) -> dict[Meaning, Column | Doubt]:
    found: dict[Meaning, Column | Doubt] = {}
    for meaning, question in (
        (Meaning.BUY_ID, Question.WHICH_PURCHASE_ID), (Meaning.CUSTOM_ID, Question.WHICH_ID),
    ):  # fmt: skip
        groups = named_with(columns, meaning)
        if not groups:
            continue
        surest = groups[0]
        rivals = [one for group in groups[1:] for one in group if _may_be_meant_as_well(one, surest[0])]
        if len(surest) + len(rivals) == 1:
            found[meaning] = surest[0]
        else:
            named = _listed([*surest, *rivals])
            found[meaning] = Doubt(meaning, question.of(columns=named))
    by_purchase = found.get(Meaning.BUY_ID)
    if isinstance(by_purchase, Column) and by_purchase.says.rank > 1:
        found[Meaning.BUY_ID] = Doubt(Meaning.BUY_ID, Question.UNSURE_PURCHASE_ID.of(column=by_purchase.where))
    by_order = found.get(Meaning.CUSTOM_ID)
    if isinstance(by_order, Column) and by_order.name.casefold() == "id":
        # It may as well be SkinsBack's; beside a purchase ID it is most likely neither.
        del found[Meaning.CUSTOM_ID]
        if Meaning.BUY_ID not in found:
            found[Meaning.CUSTOM_ID] = Doubt(Meaning.CUSTOM_ID, Question.UNSURE_ID.of(column=by_order.where))
    return found


def _may_be_meant_as_well(plain_id: Column, surest: Column) -> bool:
    """Say whether a plain "id" beside the number of the order may be what was sent to SkinsBack: both are numbers."""
    are_numbers = all(id_text(value)[0].isdigit() for value in surest.values)
    return plain_id.name.casefold() == "id" and surest.says.rank > 0 and are_numbers


def _currency(columns: Sequence[Column]) -> dict[Meaning, Column | Doubt]:
    """Return the column of the currency: by its name, and whatever its name where each value is a currency."""
    ids = (Meaning.CUSTOM_ID, Meaning.BUY_ID)
    named = [column for group in named_with(columns, Meaning.CURRENCY) for column in group]
    named = [column for column in named if column.says.rank < 2 or column.currencies]
    others = [one for one in columns if one not in named and one.says.meaning not in ids and one.currencies]
    # Beside a column that is one by its name, dollars tell nothing new.
    found = named + ([one for one in others if one.currencies != {"USD"}] if named else others)
    if len(found) > 1:
        return {Meaning.CURRENCY: Doubt(Meaning.CURRENCY, Question.WHICH_CURRENCY.of(columns=_listed(found)))}
    return {Meaning.CURRENCY: found[0]} if found else {}


def _amount(columns: Sequence[Column]) -> Column | Doubt | None:
    """Return the column of the amount, None where nothing looks like one.

    It is sure only where one column has a name for it. SkinsBack's own name is no surer: its column may stand in the
    dashboard's own export, to which the shop's has been added.
    """
    named = [column for group in named_with(columns, Meaning.AMOUNT) for column in group]
    readable = [column for column in named if column.values and column.may_be_amount] or [
        column for column in named if column.says.rank < 2
    ]
    are_named = any(column.name for column in columns)
    by_value = [one for one in columns if one not in named and one.holds_money and (one.name or not are_named)]
    if readable and readable[0].says.rank == 0:
        readable = [one for one in readable if one.name.casefold() != BESIDE_OURS] + by_value
    if len(readable) > 1:
        return Doubt(Meaning.AMOUNT, Question.WHICH_AMOUNT.of(columns=_listed(readable)))
    if not readable:
        return Doubt(Meaning.AMOUNT, _unsure(by_value)) if by_value else None
    (only,) = readable
    if only.is_like_a_quantity and by_value:
        return Doubt(Meaning.AMOUNT, Question.QUANTITY.of(column=only.where))
    behind = next((one for one in columns if one.place == only.place + 1), None)
    # In a row that is wider than the names, the cut shows by itself.
    if behind and all(column.name for column in columns) and _may_be_cut(only, behind):
        return Doubt(Meaning.AMOUNT, Question.CUT.of(column=only.where))
    return only if only.says.rank < 2 or _foreign(only) else Doubt(Meaning.AMOUNT, _unsure([only]))


def _may_be_cut(amount: Column, behind: Column) -> bool:
    """Say whether a comma that separates decimals may have cut all amounts of a text file into these two columns."""
    texts = [str(value).strip() for value in behind.values if isinstance(value, str)]
    two_digits = sum(len(text) == 2 for text in texts)
    are_whole = all(isinstance(value, str) and value.strip().isdigit() for value in amount.values)
    are_cents = len(texts) == len(behind.values) and all(text.isdigit() and len(text) < 3 for text in texts)
    return are_whole and are_cents and len(texts) == len(amount.values) and two_digits * 2 > len(texts)


def _unsure(columns: Sequence[Column]) -> str:
    if len(columns) == 1:
        return Question.UNSURE_AMOUNT.of(column=columns[0].where)
    return Question.WHICH_AMOUNT.of(columns=_listed(columns))


def _listed(columns: Iterable[Column]) -> str:
    return ", ".join(column.label for column in columns)
