"""Pure: every sentence in which a comparison refuses a file or a row, asks, or says what it left out.

``docs/reconcile.md`` lists them all.
"""

from enum import StrEnum


class _Wording(StrEnum):
    def of(self, **values: object) -> str:
        """Return the sentence with its values filled in."""
        return self.value.format(**values)


class Refusal(_Wording):
    """Why a file is not compared at all. Whole sentences."""

    NO_FILE = "Choose a file first."
    TOO_LARGE = "The file is larger than {megabytes} MB; leave out other columns, or split it."
    ONE_DATE = "Give both dates of the period, or neither: then it spans the purchases that the file names."
    NO_IDS = (
        "No column with ids was found. The first line must name the columns: custom_id (or order id) or buy_id, and "
        "amount if there is one. This file begins with: {beginning}."
    )
    HIDDEN = "Hidden sheets are not read: {names}."
    NO_ROWS = "The file names its columns but has no rows."
    NO_ROWS_LEFT = "No row of the file is left to compare."
    GONE = "The file is no longer kept; upload it again."
    COMPARED_OTHERWISE = (
        "The file was already compared with other choices, as comparison {number}; upload it again to choose otherwise."
    )
    BUSY = "The file is being compared; reload the page in a moment."
    FAR_TOO_MANY = "The period holds {count} purchases that the file does not name; choose a shorter period."
    MIXED_MARKS = "The {column} {why}."


class RowFault(_Wording):
    """What is wrong with a row, behind where it stands: ``Row 3, column B (amount)``."""

    NO_ID = ", {columns}: no id"
    ID_IS_DATE = "the spreadsheet made a date of the id ({shown}); format the column as text and fill it again"
    ID_FORMAT = "has a number format that cannot be read; format the column as text"
    ID_IS_NONE = "“{shown}” is not an id"
    ID_IS_ROUNDED = "the spreadsheet keeps 15 digits of a number only; format the column as text and fill it again"
    ID_IS_SHORTENED = "the spreadsheet shortened the id to “{shown}”; format the column as text and fill it again"
    ID_HAS_NO_SUCH_CHARACTER = "“{shown}” holds a character that no id has"
    ID_IS_TOO_LONG = "“{shown}” is longer than an id can be"
    NOT_A_PURCHASE_ID = "“{shown}” is not a purchase ID"
    TOO_WIDE = (
        " has {count} columns where the line of names has {named}; an amount with a decimal comma must be in quotes"
    )
    CENTS_BEHIND = " has digits like cents behind a whole amount; an amount with a decimal comma must be in quotes"
    OTHER_TABLE = " begins another table with other columns; put it on a sheet or into a file of its own"
    IN_OTHER_TABLE = " belongs to the table with other columns that row {row} begins"
    CURRENCY = ", {column}: the currency is {currency}, not US dollars"
    NO_CURRENCY = ", {column}: “{shown}” is no currency that is known here"
    EMPTY_CURRENCY = ", {column}: the currency is missing"
    NO_RESULT = ", or its formula has no result"


MORE_ROWS = "And {count} more rows like these."


class Question(_Wording):
    """What a person is asked before the file is compared. Whole sentences."""

    WANTED = "Choose what is compared, then compare."
    NO_ID_COLUMN = "No column has a name that tells that it holds IDs: which one does?"
    WHICH_ID = "Several columns may hold the order ID: {columns}. Which one is it?"
    WHICH_PURCHASE_ID = "Several columns may hold the purchase ID: {columns}. Which one is it?"
    UNSURE_ID = "The {column} may hold the order ID or the purchase ID. Which one is it?"
    UNSURE_PURCHASE_ID = "Does the {column} hold SkinsBack's number of the purchase? Its name does not tell surely."
    WHICH_AMOUNT = "Several columns may hold the amount: {columns}. Which one is what the shop booked?"
    UNSURE_AMOUNT = "Is the {column} the amount? Its name does not tell surely."
    QUANTITY = "The {column} holds small whole numbers only, like a quantity. Is it the amount?"
    CUT = (
        "The {column} holds whole numbers only, and the column behind it two digits, as when commas cut amounts apart. "
        "Is it the whole amount? If not, put amounts in quotes or save the list again as .xlsx."
    )
    WHICH_CURRENCY = "Several columns may hold the currency: {columns}. Which one is it?"
    DECIMALS = "“{example}” can be read in two ways: as {one} or as {other}. Which one is meant?"
    SHEETS_DIFFER = "The columns of the sheets differ in what they hold: {sheets}. Which sheets are to be compared?"
    COLUMN_TWICE = "One column cannot be both {one} and {other}."
    ID_NEEDED = "Choose the column of the order ID, of the purchase ID, or both."
    CHOICE_NEEDED = "Choose the column of the amount, or that there is none."
    CURRENCY_NEEDED = "Choose the column of the currency, or that all amounts are US dollars."
    SHEET_NEEDED = "Choose at least one sheet."
    FOREIGN = "The {column} is in {currency}. Only US dollars are compared: convert them, or compare without amounts."
    CENTS = "The {column} seems to count cents. Only whole US dollars with decimals can be compared."


class LeftOut(_Wording):
    """Why a row is not compared though the file is. It stands beside the row."""

    ABOVE = "stands above the names of the columns"
    NAMES_AGAIN = "repeats the names of the columns"
    TOTAL = "is the total of the rows above"
    OTHER_TOTAL = "is a total of {total}, but the rows above add up to {sum}"
    TOTAL_WITHOUT_SUM = "is a total"
    NOTE = "has no ID and no amount"
    CHOSEN = "left out as chosen: {why}"


class Note(_Wording):
    """What was left out besides rows, or read in a way worth knowing. Whole sentences."""

    OTHER_COLUMNS = "Not read: {columns}."
    BESIDE = "The column {letters} has no name and was left out; {count} of it ({rows})."
    NO_IDS_ON_SHEET = "The sheet “{name}” was left out: it has no column with IDs."
    NOT_CHOSEN = "The sheet “{name}” was left out, as chosen."
    EMPTY_SHEET = "The sheet “{name}” was left out: it names its columns but has no rows."
    HIDDEN_SHEET = "The sheet “{name}” was left out: it is hidden."
    NEGATIVE = "{count} a negative amount ({rows}); it is compared as it stands."
    NOT_HELD = (
        "The copy did not hold all of the period, only purchases from {first} to {last}: what is only with us is not "
        "known whole, and rows of other days may be only in the file."
    )
    NO_CURRENCIES = "The {column} is empty, so amounts were taken as US dollars."
    CURRENCY_NOT_READ = "The {column} is not read as the currency, as chosen; amounts were taken as US dollars."
