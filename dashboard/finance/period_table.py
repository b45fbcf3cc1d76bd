"""The table of a report by day, week or month, as files hold it."""

from collections.abc import Iterator
from typing import Any

from dashboard.finance import page as finance_page
from dashboard.finance.report import Report
from dashboard.purchases.finality import PARTS
from dashboard.spreadsheets.tables import Column, Kind
from dashboard.totals.sums import NOTHING, Sums

SUMS = (
    Column("debited", Kind.MONEY, 16), Column("count", Kind.NUMBER, 10), Column("price", Kind.MONEY, 16),
    Column("difference", Kind.MONEY, 16), Column("without_debited", Kind.NUMBER, 10),
    Column("without_price", Kind.NUMBER, 10),
)  # fmt: skip

BY_PERIOD = (
    Column("period", width=26), Column("starts", Kind.DAY, 12), Column("first_day", Kind.DAY, 12),
    Column("last_day", Kind.DAY, 12), Column("debited", Kind.MONEY, 16),
    *(Column(part.value, Kind.MONEY, 16) for part in PARTS), *SUMS[1:],
    *(Column(f"{part.value}_count", Kind.NUMBER, 10) for part in PARTS),
    *(Column(f"{part.value}_price", Kind.MONEY, 16) for part in PARTS),
)  # fmt: skip
"""A row for each day, week or month; ``starts`` is a week's Monday or a month's first day."""


def sums_of(sums: Sums) -> tuple[Any, ...]:
    """Return the values of SUMS."""
    return (sums.debited, sums.count, sums.price, sums.difference, sums.debited_missing, sums.price_missing)


def period_rows(report: Report) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of BY_PERIOD."""
    for row in report.rows:
        of_parts = [row.parts.get(part, NOTHING) for part in PARTS]
        stretch = row.stretch
        debited, *others = sums_of(row.total)
        yield (
            finance_page.stretch_label(stretch, report.period.by), stretch.starts, stretch.first, stretch.last, debited,
            *(sums.debited for sums in of_parts), *others,
            *(sums.count for sums in of_parts), *(sums.price for sums in of_parts),
        )  # fmt: skip
