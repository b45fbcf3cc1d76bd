"""Pure: the monthly report as a message and as a CSV file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from dashboard.finance.period_table import part_columns, sum_columns
from dashboard.finance.report import BySettlement, Report, Row, total_of
from dashboard.lib import formatting
from dashboard.lib.formatting import month_words
from dashboard.purchases.finality import SETTLEMENT_LABELS, SETTLEMENTS, STILL_MOVING, Settlement
from dashboard.spreadsheets.tables import csv_stream, day, table_of
from dashboard.totals.sums import NOTHING, Sums

MOST_NAMED = 50
"""Purchases that a message names one by one; its link lists all of them."""


@dataclass(frozen=True)
class Delay:
    """Why a month is not final long after it should have been.

    ``purchases`` are rows of the oldest that are still open or on hold; ``holds_all`` says whether the copy is known
    to hold all of the month.
    """

    purchases: Sequence[Any]
    holds_all: bool


@dataclass(frozen=True)
class Before:
    """The report of the same month that was sent before: when, and its debited sums by part in USD."""

    sent_at: datetime
    debited: Mapping[Settlement, Decimal]


def subject(report: Report, *, is_final: bool, delay: Delay | None = None) -> str:
    state = "still not final" if delay else "final" if is_final else "can still change"
    return f"{month_words(report.period.first)}: {_debited(report.total)} ({state})"


def body(
    report: Report, as_of: datetime, *,
    before: Before | None, reach: str, is_final: bool, dashboard_url: str = "", delay: Delay | None = None,
) -> str:  # fmt: skip
    """Return the message. ``reach`` says what the copy holds; ``dashboard_url`` is where people open it, if set.

    ``is_final`` says that nothing is open or on hold and that the copy is known to hold all of the period. With
    ``delay`` the message is the one that says what keeps the month from being final.
    """
    period = report.period
    lines = [
        f"Debited sums of {month_words(period.first)}, in days of {period.zone.key}, as of {formatting.iso_z(as_of)}.",
        "A purchase belongs to the day it was bought on. All sums are in US dollars and exact.",
        "",
        *_table(report.parts),
        "",
        f"Price      {formatting.usd(report.total.price)}{_not_known(report.total.price_missing, 'price')}",
        f"Difference {formatting.usd(report.total.difference)}",
        f"The month before: {_debited(total_of(report.before))} for "
        f"{_purchases(total_of(report.before).count)}, as known today.",
        "",
        *([_finality(report, is_final=is_final)] if delay is None else _delay(report, delay, dashboard_url)),
        *_changes(report, before),
        reach,
        *([_address(report, dashboard_url, "finance")] if dashboard_url else []),
        "",
        "The attached file has the same figures for each day.",
    ]
    return "\n".join(lines) + "\n"


def _table(parts: BySettlement) -> Iterator[str]:
    named = [(SETTLEMENT_LABELS[part], parts.get(part, NOTHING)) for part in SETTLEMENTS]
    named.append(("Debited", total_of(parts)))
    rows = [
        (label, formatting.count(sums.count), formatting.usd(sums.debited), _not_known(sums.debited_missing))
        for label, sums in named
    ]
    rows.insert(0, ("Part", "Purchases", "Debited", ""))
    widths = [max(len(row[place]) for row in rows) for place in range(3)]
    for label, count, debited, not_known in rows:
        yield f"{label:<{widths[0]}}  {count:>{widths[1]}}  {debited:>{widths[2]}}{not_known}"


def _not_known(number: int, what: str = "sum") -> str:
    return f" {formatting.not_known(number, what)}" if number else ""


def _debited(sums: Sums) -> str:
    return f"{formatting.usd(sums.debited)} debited{_not_known(sums.debited_missing)}"


def _finality(report: Report, *, is_final: bool) -> str:
    if is_final:
        unknown = {
            "status": report.parts.get(Settlement.UNKNOWN, NOTHING).count,
            "debited sum": report.total.debited_missing,
        }
        doubts = (f"The {what} of {_purchases(number)} is not known." for what, number in unknown.items() if number)
        known = "No purchase of this month is open or reversible any more: these figures are final."
        return " ".join([known, *doubts])
    if not report.moving.count:
        return (
            "No known purchase of this month is open or on hold, but purchases of this month may be missing from the "
            "copy. The report is sent again when the copy is complete."
        )
    moving = report.moving
    return (
        f"{formatting.usd(moving.debited)} of this{_not_known(moving.debited_missing)}, for "
        f"{_purchases(moving.count)}, is open or on hold and can still come back. The report is sent again when no "
        "purchase of the month is."
    )


def _delay(report: Report, delay: Delay, dashboard_url: str) -> Iterator[str]:
    count = report.moving.count
    yield "This month should be final by now, but is not: its last holds should have ended."
    if not delay.holds_all:
        yield "Purchases of this month may be missing from the copy: ask ops to import the history of the month."
    if count:
        debited = f"{formatting.usd(report.moving.debited)}{_not_known(report.moving.debited_missing)}"
        yield f"{_purchases(count)} for {debited} still open or on hold, the oldest first:"
        yield from map(_named, delay.purchases[:MOST_NAMED])
        if count > MOST_NAMED:
            yield f"  and {formatting.count(count - MOST_NAMED)} more."
        if dashboard_url:
            yield _address(report, dashboard_url, "purchases", part=[part.value for part in STILL_MOVING])
    yield "This message is sent once. The final report is sent when no purchase of the month is open or on hold."


def _named(purchase: Any) -> str:
    debited = purchase.balance_debited_sum
    sum_ = "nothing known" if debited is None else formatting.usd(debited)
    status = formatting.one_line(purchase.offer_status, 40)
    dated = "first seen" if purchase.date_is_estimate else "bought"
    return f"  {purchase.buy_id}, {status}, {dated} {formatting.iso_z(purchase.date)}, debited {sum_}"


def _changes(report: Report, before: Before | None) -> Iterator[str]:
    if before is None:
        return
    yield f"Since the report of {formatting.iso_z(before.sent_at)}:"
    changes = {
        part: report.parts.get(part, NOTHING).debited - before.debited.get(part, Decimal(0)) for part in SETTLEMENTS
    }
    for part, change in changes.items():
        if change:
            yield f"  {SETTLEMENT_LABELS[part]} {_signed(change)}"
    yield f"  Debited in all {_signed(sum(changes.values(), Decimal(0)))}"


def _purchases(number: int) -> str:
    return f"{formatting.count(number)} {'purchase' if number == 1 else 'purchases'}"


def _signed(change: Decimal) -> str:
    return f"+{formatting.usd(change)}" if change > 0 else formatting.usd(change)


def _address(report: Report, dashboard_url: str, page: str, **filters: list[str]) -> str:
    period = report.period
    parameters = {"from": period.first, "to": period.last, "tz": period.zone.key, **filters}
    return f"{dashboard_url}/{page}?{urlencode(parameters, doseq=True)}"


def csv_file(report: Report) -> bytes:
    """Return the figures of each day as CSV; the last line, without a day, is the whole month."""
    debited, count, price, difference, *missing = sum_columns("total")
    columns = (
        day("day", lambda line: line.days.first if isinstance(line, Row) else None), count, debited,
        *part_columns("parts"), price, difference, *(replace(one, name=f"count_{one.name}") for one in missing),
    )  # fmt: skip
    return b"".join(csv_stream(table_of("Report", columns, [*report.rows, report]), report.period.zone))
