"""Pure: what an uploaded file is once it is read: sheets of numbered rows of cells, or why it cannot be used."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Context, Decimal

from dashboard.lib.numbers import EXACT_IN_SPREADSHEETS, SPREADSHEET_DIGITS


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or time in a cell of a workbook; which digits the person sees there is not known."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Shown:
    """A number in a workbook whose format shows more than its digits: 00123, ORD-7, 11.73 €, 50%.

    An id is its ``text``, an amount its ``value``. The text is empty where it is not known.
    """

    value: Decimal
    text: str

    def __str__(self) -> str:
        return self.text or str(self.value)


@dataclass(frozen=True, slots=True)
class NoValue:
    """A cell of a workbook that shows no value though it is not empty; ``why`` goes on from "Row 5, column B"."""

    why: str

    def __str__(self) -> str:
        return ""


Cell = str | Decimal | bool | Shown | Moment | NoValue | None
"""None: an empty cell. Text is as it stands in the file, spaces and invisible characters included."""


class FileProblem(ValueError):
    """A file that cannot be used. Each of ``sentences`` is whole and says where and what to do."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


Row = tuple[int, list[Cell]]
"""A row's number as a spreadsheet shows it, and its cells."""


@dataclass(frozen=True)
class Sheet:
    """One way to read a file: a sheet of a workbook, or a text file cut at one delimiter.

    ``rows`` leave out empty ones; they are read once, and before the next sheet is asked for. A hidden sheet has none.
    ``notes`` say in whole sentences what was left out or guessed in reading; rows add to them while they are read.
    """

    name: str
    rows: Iterator[Row]
    delimiter: str = ""
    encoding: str = ""
    is_hidden: bool = False
    notes: list[str] = field(default_factory=list)


_SHOWN = Context(prec=SPREADSHEET_DIGITS)


def decimal_of(number: str) -> Decimal:
    """Return a spreadsheet's binary number, written out in full, as it shows it: 11.73 for 11.729999999999999.

    Larger ones than money keep their digits, so that it shows where a spreadsheet had to round them.
    """
    value = Decimal(number.removesuffix(".0"))
    if len(number) <= SPREADSHEET_DIGITS + 1 or value.copy_abs() >= EXACT_IN_SPREADSHEETS:
        return value
    return Decimal(f"{_SHOWN.plus(value).normalize():f}")


def letters(place: int) -> str:
    """Return a column's name in a spreadsheet: A, B, …, Z, AA."""
    name, number = "", place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
