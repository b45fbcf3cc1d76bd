"""What the finance page shows: a report turned into words, links and marks. No figure is decided here."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from markupsafe import Markup

from dashboard.finance.links import ListLinks, of_part
from dashboard.finance.report import Report, Row, SettlementChange, compared
from dashboard.lib import formatting
from dashboard.lib.formatting import day_words, days_words, exact_and_usd, month_words
from dashboard.lib.periods import By, Days, Period, month_end
from dashboard.purchases.finality import SETTLEMENT_LABELS, SETTLEMENTS
from dashboard.totals.sums import NOTHING

NOWHERE = Markup("")


class Figure(NamedTuple):
    """A number as it is shown, its exact value, and where the purchases that make it are; empty where none do."""

    name: str
    exact: str
    text: str
    url: Markup = NOWHERE

    def __html__(self) -> str:
        """Return it as a template shows it. The name is one of our own words, and the rest digits."""
        mark = f' data-sum="{self.name}" data-value="{self.exact}"' if self.name else ""
        if not self.url:
            return f'<span class="none"{mark}>{self.text}</span>'
        return f'<a href="{self.url}"{mark}>{self.text}</a>'


@dataclass(frozen=True, slots=True)
class SettlementLine:
    """A part of the whole period, or the whole itself: debited, count, price, difference, the period before, change.

    Figures without a name are not marked: the marks ``count``, ``price`` and ``difference`` are the whole's.
    """

    part: str
    label: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class PeriodLine:
    label: str
    starts: str
    figures: tuple[Figure, ...]

    @property
    def cells(self) -> Markup:
        """The figures as cells, in one piece: a year by day has thousands, and each piece of a page is escaped."""
        return Markup("".join(f"<td>{figure.__html__()}</td>" for figure in self.figures))  # noqa: S704 - See Figure.


def money(name: str, value: Decimal, url: Markup = NOWHERE) -> Figure:
    return Figure(name, *exact_and_usd(value), url)


def number(name: str, value: int, url: Markup = NOWHERE) -> Figure:
    return Figure(name, str(value), formatting.count(value), url)


# Most parts of most rows are empty. The names stand here, because an enum's own look-up tells in thousands of cells.
_CELLS = [(part, part.value, money(part.value, NOTHING.debited)) for part in SETTLEMENTS]


def settlement_lines(report: Report, links: ListLinks) -> list[SettlementLine]:
    return [_settlement_line(one, report.period, links) for one in compared(report.before, report.parts)]


def _settlement_line(one: SettlementChange, period: Period, links: ListLinks) -> SettlementLine:
    sums, before, earlier = one.after, one.before, period.before()
    here = links.days(period.first, period.last, one.part) if sums.count else NOWHERE
    there = links.days(earlier.first, earlier.last, one.part) if before.count else NOWHERE
    count, price, difference = ("", "", "") if one.part else ("count", "price", "difference")
    figures = (
        money(one.name, sums.debited, here),
        number(count, sums.count, here),
        money(price, sums.price, here),
        money(difference, sums.difference, here),
        money("", before.debited, there),
        money("", one.change),
    )
    return SettlementLine(one.part or "", one.label, figures)


def period_lines(report: Report, links: ListLinks) -> list[PeriodLine]:
    return [_period_line(row, report.period.by, links) for row in report.rows]


def _period_line(row: Row, by: By, links: ListLinks) -> PeriodLine:
    days, total, parts = row.days, row.total, row.parts
    url = links.days(days.first, days.last) if total.count else NOWHERE
    of_parts = (
        money(name, parts[part].debited, of_part(url, name)) if part in parts else nothing
        for part, name, nothing in _CELLS
    )
    figures = (
        money("debited", total.debited, url),
        *of_parts,
        number("count", total.count, url),
        money("price", total.price, url),
        money("difference", total.difference, url),
    )
    return PeriodLine(row_label(days, by), days.starts.isoformat(), figures)


def row_label(days: Days, by: By) -> str:
    """Return the words for a row: a day, a week with its number, or a month; the days where it is not whole."""
    if by is By.DAY:
        return f"{days.first:%a} {day_words(days.first)}"
    if by is By.WEEK:
        return f"{days_words(days.first, days.last)} · week {days.starts.isocalendar().week}"
    is_whole = days.first == days.starts and days.last == month_end(days.last)
    return month_words(days.first) if is_whole else days_words(days.first, days.last)


def headings() -> Sequence[tuple[str, str]]:
    """Return (name, label) of the columns of the table by period."""
    parts = [(part.value, SETTLEMENT_LABELS[part]) for part in SETTLEMENTS]
    return [("debited", "Debited"), *parts, ("count", "Purchases"), ("price", "Price"), ("difference", "Difference")]
