"""What the pages of the balance bridge show: days turned into words, links and marks. No figure is decided here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce

from flask import url_for
from werkzeug.datastructures import MultiDict

from dashboard.finance.balance import queries as balance
from dashboard.finance.balance.bridge import Bridge, BridgeDay, Reading, whole
from dashboard.finance.balance.queries import DebitChange
from dashboard.finance.form import PeriodForm, last_days, read_days, usual_periods
from dashboard.finance.links import ListLinks, days_of, of_part
from dashboard.lib import periods
from dashboard.lib.formatting import day_words, days_words, exact
from dashboard.lib.periods import By, Period, days_between
from dashboard.spreadsheets.tables import day, local, money, number, table_of, total_text, utc
from dashboard.web import downloads
from dashboard.web.downloads import Export
from dashboard.web.page import named_zone, now, today, zone

MOST_DAYS = 92
USUAL_DAYS = 14
READ_SHORTLY_BEFORE = timedelta(hours=1)
"""A reading that is older at the edge of a day may miss much of what happened, so its time is shown."""


@dataclass(frozen=True)
class DayLine:
    label: str
    bridge: BridgeDay
    is_running: bool
    is_opening_old: bool
    is_closing_old: bool
    url: str
    purchases_url: str


@dataclass(frozen=True, slots=True)
class ShownBridge:
    """What the page shows of a period, newest day first."""

    title: str
    whole: Bridge
    without_reading: int
    lines: list[DayLine]
    purchases_url: str
    export_links: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class BalancePage:
    form: PeriodForm
    latest: Reading | None
    usual_periods: list[tuple[str, str, bool]]
    shown: ShownBridge | None


def read_form(args: MultiDict[str, str]) -> PeriodForm:
    """Read the period from the address; days that have not begun yet are left out. Errors are explained by field."""
    form, first, last = read_days(args)
    last = min(last or today(), today())
    first = first or last - timedelta(days=USUAL_DAYS - 1)
    form.from_, form.to = form.from_ or first.isoformat(), form.to or last.isoformat()
    if not form.errors:
        _check(form, first, last)
    if not form.errors:
        form.period = Period(first, last, zone(), By.DAY)
    return form


def _check(form: PeriodForm, first: date, last: date) -> None:
    if first > today():
        form.errors["from"] = "This day has not begun yet."
    elif first > last:
        form.errors["to"] = "The last day is before the first one."
    elif (days := (last - first).days + 1) > MOST_DAYS:
        form.errors["to"] = f"This period has {days:,} days; at most {MOST_DAYS} are shown. Choose a shorter one."
    elif first <= periods.EARLIEST:
        form.errors["from"] = "The bridge begins after 1 January 1970."


def balance_page(form: PeriodForm, days: Sequence[BridgeDay], latest: Reading | None) -> BalancePage:
    month = periods.month_start(today())
    last_month = month - timedelta(days=1)
    usual = [
        last_days(USUAL_DAYS), ("This month", month, today()),
        ("Last month", periods.month_start(last_month), last_month), last_days(90),
    ]  # fmt: skip
    shown = _shown(form.period, days) if form.period else None
    return BalancePage(form, latest, usual_periods(form, "balance.bridge", usual), shown)


def _shown(period: Period, days: Sequence[BridgeDay]) -> ShownBridge:
    return ShownBridge(
        title=days_words(period.first, period.last),
        whole=whole(days),
        without_reading=sum(day.unexplained is None for day in days),
        lines=[_line(day) for day in reversed(days)],
        purchases_url=ListLinks(period.zone).days(period.first, period.last),
        export_links=downloads.links(
            "balance.export", "the days", "the days and every change of a debited sum", **days_of(period)
        ),
    )


def _line(day: BridgeDay) -> DayLine:
    start, end = periods.day_bounds(day.day, day.day, zone())
    return DayLine(
        label=f"{day.day:%a} {day_words(day.day)}",
        bridge=day,
        is_running=day.day >= today(),
        is_opening_old=_is_old(day.opening, start),
        is_closing_old=_is_old(day.closing, end) and day.day < today(),
        url=url_for("balance.bridge_day", day=day.day, tz=zone().key),
        purchases_url=ListLinks(zone()).days(day.day, day.day) if day.purchases else "",
    )


def _is_old(reading: Reading | None, edge: datetime) -> bool:
    return reading is not None and edge - reading.read_at > READ_SHORTLY_BEFORE


@dataclass(frozen=True, slots=True)
class DayPage:
    title: str
    line: DayLine
    returned: list[DebitChange]
    debited_later: list[DebitChange]
    in_doubt_url: str
    back_url: str


def day_page(day: BridgeDay, changes: Sequence[DebitChange]) -> DayPage:
    return DayPage(
        title=day_words(day.day),
        line=_line(day),
        returned=[change for change in changes if change.amount < 0],
        debited_later=[change for change in changes if change.amount > 0],
        in_doubt_url=reduce(of_part, balance.IN_DOUBT, ListLinks(zone()).days(day.day, day.day)),
        back_url=url_for("balance.bridge", tz=named_zone()),
    )


# An empty cell where the balance was not read, and where the figure cannot be told without it.
DAYS = (
    day("day"), money("opening", lambda of: of.opening and of.opening.amount),
    utc("opening_read_at", lambda of: of.opening and of.opening.read_at), money("debited"), money("returned"),
    money("unexplained"), money("closing", lambda of: of.closing and of.closing.amount),
    utc("closing_read_at", lambda of: of.closing and of.closing.read_at), number("purchases"),
    number("without_debited", "not_known"),
)  # fmt: skip

# Below zero, something came back.
CHANGES = (
    number("buy_id"), utc("date"), local("date_local", "date"), utc("recorded_at"),
    local("recorded_at_local", "recorded_at"), money("change_of_balance_debited_sum", "amount"),
)  # fmt: skip


def export(period: Period) -> Export:
    days = balance.find_bridge(list(days_between(period.first, period.last)), period.zone)
    changes = balance.changes_recorded(period.interval)
    total = whole(days)
    return Export(
        "Balance bridge: opening − debited + returned + unexplained = closing",
        f"balance-{period.first}-to-{period.last}",
        now(),
        [table_of("Days", DAYS, reversed(days)), table_of("Changes", CHANGES, changes)],
        [
            ("Period", f"{period.first} to {period.last}, both included"),
            ("Time zone of all days", period.zone.key),
            ("Rows", str(len(days))),
            ("Opening, USD", exact(total.opening.amount) if total.opening else "no reading"),
            ("Debited, sum in USD", total_text(total.debited)),
            ("Purchases whose debited sum is not known", str(total.not_known)),
            ("Came back, sum in USD", total_text(total.returned)),
            ("Unexplained, USD", "no reading" if total.unexplained is None else exact(total.unexplained)),
            ("Closing, USD", exact(total.closing.amount) if total.closing else "no reading"),
        ],
        url_for("balance.bridge", _external=True, **days_of(period)),
        {"Rows": len(days), "Debited": total_text(total.debited)},
    )
