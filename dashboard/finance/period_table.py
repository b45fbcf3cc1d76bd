"""Pure: the columns of a report in files: of sums, of the parts, and of the table by day, week or month."""

from functools import partial
from operator import attrgetter
from typing import Any

from dashboard.finance.lines import row_label
from dashboard.finance.report import Report
from dashboard.purchases.finality import SETTLEMENTS, Settlement
from dashboard.spreadsheets.tables import Table, TableColumn, day, money, number, table_of, text
from dashboard.totals.sums import NOTHING


def sum_columns(of: str) -> tuple[TableColumn, ...]:
    """Return a column for each figure of the Sums that a record has under this name; the debited sum comes first."""
    return (
        money("debited", f"{of}.debited"), number("count", f"{of}.count"), money("price", f"{of}.price"),
        money("difference", f"{of}.difference"), number("without_debited", f"{of}.debited_missing"),
        number("without_price", f"{of}.price_missing"),
    )  # fmt: skip


def part_columns(of: str, figure: str = "debited") -> list[TableColumn]:
    """Return a column for each part, with a figure of the sums by part that a record has under this name."""
    make = number if figure == "count" else money
    ending = "" if figure == "debited" else f"_{figure}"
    return [make(part.value + ending, partial(_of_part, attrgetter(of), part, figure)) for part in SETTLEMENTS]


def _of_part(read: Any, part: Settlement, figure: str, record: Any) -> Any:
    return getattr(read(record).get(part, NOTHING), figure)


def by_period(report: Report) -> Table:
    """Return a row for each day, week or month; ``starts`` is a week's Monday or a month's first day."""
    debited, *others = sum_columns("total")
    columns = (
        text("period", 26, lambda row: row_label(row.days, report.period.by)),
        day("starts", "days.starts"), day("first_day", "days.first"), day("last_day", "days.last"),
        debited, *part_columns("parts"), *others, *part_columns("parts", "count"), *part_columns("parts", "price"),
    )  # fmt: skip
    return table_of("By period", columns, report.rows)
