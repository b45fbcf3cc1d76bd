"""What the finance page shows: a report turned into words, links and marks. No figure is decided here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from markupsafe import Markup

from dashboard.finance.links import ListLinks, of_part
from dashboard.finance.report import Report, Row, Stretch, total_of
from dashboard.lib import formatting
from dashboard.lib.formatting import exact_and_usd
from dashboard.lib.periods import By
from dashboard.purchases.finality import SETTLEMENT_LABELS, SETTLEMENTS, Settlement
from dashboard.totals.sums import NOTHING, Sums

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
NOWHERE = Markup("")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


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
    """A row of the table by day, week or month."""

    label: str
    starts: str
    figures: tuple[Figure, ...]


def money(name: str, value: Decimal, url: Markup = NOWHERE) -> Figure:
    """Return a sum in USD as a figure."""
    return Figure(name, *exact_and_usd(value), url)


def number(name: str, value: int, url: Markup = NOWHERE) -> Figure:
    """Return a count as a figure."""
    return Figure(name, str(value), formatting.count(value), url)


# Most parts of most rows are empty. The names stand here, because an enum's own look-up tells in thousands of cells.
_CELLS = [(part, part.value, money(part.value, NOTHING.debited)) for part in SETTLEMENTS]


def part_lines(report: Report, links: ListLinks) -> list[SettlementLine]:
    """Return a line for each part, in their order, and one for the whole."""
    parts = report.parts
    lines = [
        _part_line(report, links, part, parts.get(part, NOTHING), report.before.get(part, NOTHING))
        for part in SETTLEMENTS
    ]
    return [*lines, _part_line(report, links, None, report.total, total_of(report.before))]


def _part_line(report: Report, links: ListLinks, part: Settlement | None, sums: Sums, before: Sums) -> SettlementLine:
    here = links.days(report.period.first, report.period.last, part) if sums.count else NOWHERE
    period_before = report.period.before()
    there = links.days(period_before.first, period_before.last, part) if before.count else NOWHERE
    mark = "" if part else "{}"
    return SettlementLine(
        part.value if part else "",
        SETTLEMENT_LABELS[part] if part else "Debited",
        (
            money(part.value if part else "debited", sums.debited, here),
            number(mark.format("count"), sums.count, here),
            money(mark.format("price"), sums.price, here),
            money(mark.format("difference"), sums.difference, here),
            money("", before.debited, there),
            money("", sums.debited - before.debited),
        ),
    )


def period_lines(report: Report, links: ListLinks) -> list[PeriodLine]:
    """Return the rows of the table, oldest first."""
    return [_period_line(row, report.period.by, links) for row in report.rows]


def _period_line(row: Row, by: By, links: ListLinks) -> PeriodLine:
    stretch, total, parts = row.stretch, row.total, row.parts
    url = links.days(stretch.first, stretch.last) if total.count else NOWHERE
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
    return PeriodLine(stretch_label(stretch, by), stretch.starts.isoformat(), figures)


def stretch_label(stretch: Stretch, by: By) -> str:
    """Return the words for a row: a day, a week with its number, or a month; the days where it is not whole."""
    if by is By.DAY:
        return f"{WEEKDAYS[stretch.first.weekday()]} {day_words(stretch.first)}"
    if by is By.WEEK:
        return f"{days_words(stretch.first, stretch.last)} · week {stretch.starts.isocalendar().week}"
    whole = Stretch(stretch.starts, stretch.starts, stretch.last)
    is_whole = stretch.first == whole.starts and _is_month_end(stretch.last)
    return (
        f"{MONTHS[stretch.starts.month - 1]} {stretch.starts.year}"
        if is_whole
        else days_words(stretch.first, stretch.last)
    )


def day_words(day: date) -> str:
    """Return a date in words: ``2 Nov 2026``."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def days_words(first: date, last: date) -> str:
    """Return a stretch of days in words, as short as it can be said: ``2–8 Nov 2026``."""
    if first == last:
        return day_words(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_words(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1][:3]} – {day_words(last)}"
    return f"{day_words(first)} – {day_words(last)}"


def _is_month_end(day: date) -> bool:
    return date.fromordinal(day.toordinal() + 1).day == 1


def headings() -> Sequence[tuple[str, str]]:
    """Return (name, label) of the columns of the table by period."""
    parts = [(part.value, SETTLEMENT_LABELS[part]) for part in SETTLEMENTS]
    return [("debited", "Debited"), *parts, ("count", "Purchases"), ("price", "Price"), ("difference", "Difference")]
