"""Pure: the chart of a finance report: debited by part over time, with words for those who cannot see it."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from dashboard.finance.lines import PeriodLine
from dashboard.finance.report import Report
from dashboard.lib import charts, formatting
from dashboard.lib.charts import StackedChart
from dashboard.lib.periods import By, Days
from dashboard.purchases.finality import SETTLEMENT_LABELS, SETTLEMENTS
from dashboard.totals.sums import NOTHING

MOST_TAB_STOPS = 62
"""With more columns than this the keyboard goes past the chart to the table, which has the same links."""


@dataclass(frozen=True, slots=True)
class ChartColumn:
    """A column as it is drawn: its link, what a screen reader says, and its boxes as they stand in the SVG."""

    column: charts.StackedColumn
    short_label: str
    title: str
    url: str
    boxes: Markup


@dataclass(frozen=True, slots=True)
class DebitedChart:
    geometry: StackedChart
    title: str
    columns: Sequence[ChartColumn]
    legend: Sequence[tuple[str, str]]
    in_tab_order: bool


def chart(report: Report, lines: Sequence[PeriodLine]) -> DebitedChart | None:
    """Return the chart of a report whose rows read like these lines, or None where there is nothing to draw."""
    values = [[row.parts.get(part, NOTHING).debited for part in SETTLEMENTS] for row in report.rows]
    if not any(value > 0 for column in values for value in column):
        return None
    drawn = charts.stacked(values, lambda value: formatting.usd(value).removesuffix(".00"))
    columns = [
        _column(column, line, row.days, report.period.by)
        for column, line, row in zip(drawn.columns, lines, report.rows, strict=True)
    ]
    seen = [part for index, part in enumerate(SETTLEMENTS) if any(column[index] > 0 for column in values)]
    return DebitedChart(
        geometry=drawn,
        title=f"Debited by part, by {report.period.by.value}",
        columns=columns,
        legend=[(part.value, SETTLEMENT_LABELS[part]) for part in seen],
        in_tab_order=len(columns) <= MOST_TAB_STOPS,
    )


def _column(column: charts.StackedColumn, line: PeriodLine, days: Days, by: By) -> ChartColumn:
    whole, *parts = line.figures
    boxes = "".join(_drawn(box, line.label, parts[box.series].text) for box in column.boxes)
    return ChartColumn(
        column,
        _axis_label(days, by),
        f"{line.label}: {whole.text} debited",
        whole.url,
        Markup(boxes),  # noqa: S704 - Our own words and digits, in one piece as the cells of a row are.
    )


def _drawn(box: charts.Box, label: str, amount: str) -> str:
    part = SETTLEMENTS[box.series]
    title = f"{label}, {SETTLEMENT_LABELS[part]}: {amount}"
    return f'<path class="part-{part.value}" d="{box.path}"><title>{title}</title></path>'


def _axis_label(days: Days, by: By) -> str:
    if by is By.MONTH:
        return formatting.short_month(days.starts)
    return formatting.short_day(days.first)
