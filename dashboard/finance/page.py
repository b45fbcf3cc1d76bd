"""What the finance page shows: a report turned into words, links and marks. No figure is decided here."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from dashboard.finance.lines import NOWHERE, Figure, PeriodLine, row_label
from dashboard.finance.links import ListLinks, of_part
from dashboard.finance.report import Report, Row, SettlementChange, compared
from dashboard.lib import formatting
from dashboard.lib.formatting import exact_and_usd
from dashboard.lib.periods import By, Period
from dashboard.purchases.finality import SETTLEMENT_LABELS, SETTLEMENTS
from dashboard.totals.sums import NOTHING


@dataclass(frozen=True, slots=True)
class SettlementLine:
    """A part of the whole period, or the whole itself: debited, count, price, difference, the period before, change.

    Figures without a name are not marked: the marks ``count``, ``price`` and ``difference`` are the whole's.
    """

    part: str
    label: str
    figures: tuple[Figure, ...]


def money(name: str, value: Decimal, url: Markup = NOWHERE, not_known: int = 0) -> Figure:
    return Figure(name, *exact_and_usd(value), url, not_known)


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
        money(one.name, sums.debited, here, sums.debited_missing),
        number(count, sums.count, here),
        money(price, sums.price, here),
        money(difference, sums.difference, here),
        money("", before.debited, there, before.debited_missing),
        money("", one.change),
    )
    return SettlementLine(one.part or "", one.label, figures)


def period_lines(report: Report, links: ListLinks) -> list[PeriodLine]:
    return [_period_line(row, report.period.by, links) for row in report.rows]


def _period_line(row: Row, by: By, links: ListLinks) -> PeriodLine:
    days, total, parts = row.days, row.total, row.parts
    url = links.days(days.first, days.last) if total.count else NOWHERE
    of_parts = (
        money(name, parts[part].debited, of_part(url, name), parts[part].debited_missing) if part in parts else nothing
        for part, name, nothing in _CELLS
    )
    figures = (
        money("debited", total.debited, url, total.debited_missing),
        *of_parts,
        number("count", total.count, url),
        money("price", total.price, url),
        money("difference", total.difference, url),
    )
    return PeriodLine(row_label(days, by), days.starts.isoformat(), figures)


def headings() -> Sequence[tuple[str, str]]:
    """Return (name, label) of the columns of the table by period."""
    parts = [(part.value, SETTLEMENT_LABELS[part]) for part in SETTLEMENTS]
    return [("debited", "Debited"), *parts, ("count", "Purchases"), ("price", "Price"), ("difference", "Difference")]
