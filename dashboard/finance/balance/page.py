"""What the pages of the balance bridge show: days turned into words, links and marks. No figure is decided here."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from dashboard.finance.balance.bridge import BridgeDay, Reading, Stretch, whole
from dashboard.finance.balance.queries import DebitChange
from dashboard.finance.links import ListLinks
from dashboard.finance.page import day_words, days_words
from dashboard.lib import periods

MOST_DAYS = 92
USUAL_DAYS = 14
READ_SHORTLY_BEFORE = timedelta(hours=1)
"""A reading that is older at the edge of a day may miss much of what happened, so its time is shown."""


@dataclass
class Form:
    """The period as it was typed, the days it means, and what is wrong with it."""

    from_: str
    to: str
    first: date
    last: date
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class DayLine:
    """A day of the bridge: its label, its figures, and where what is behind them is shown."""

    label: str
    day: date
    bridge: BridgeDay
    is_running: bool
    is_opening_old: bool
    is_closing_old: bool
    url: str
    purchases_url: str


def read_form(args: MultiDict[str, str], today: date) -> Form:
    """Read the period from the address; days that have not begun yet are left out. Errors are explained by field."""
    from_, to = (args.get(name, "").strip()[:40] for name in ("from", "to"))
    form = Form(from_, to, today - timedelta(days=USUAL_DAYS - 1), today)
    given: dict[str, date] = {}
    for name, text in (("from", from_), ("to", to)):
        if text:
            try:
                given[name] = periods.parse_date(text)
            except ValueError as error:
                form.errors[name] = str(error)
    form.last = min(given.get("to", today), today)
    form.first = given.get("from", form.last - timedelta(days=USUAL_DAYS - 1))
    form.from_, form.to = from_ or form.first.isoformat(), to or form.last.isoformat()
    if not form.errors:
        _check(form, today)
    return form


def _check(form: Form, today: date) -> None:
    if form.first > today:
        form.errors["from"] = "This day has not begun yet."
    elif form.first > form.last:
        form.errors["to"] = "The last day is before the first one."
    elif (days := (form.last - form.first).days + 1) > MOST_DAYS:
        form.errors["to"] = f"This period has {days:,} days; at most {MOST_DAYS} are shown. Choose a shorter one."
    elif form.first <= periods.EARLIEST:
        form.errors["from"] = "The bridge begins after 1 January 1970."


def frame(form: Form, latest: Reading | None, zone: ZoneInfo, today: date) -> dict[str, Any]:
    """Return what the page shows whatever the period."""
    month = periods.month_start(today)
    spans = [
        ("Last 14 days", today - timedelta(days=USUAL_DAYS - 1), today),
        ("This month", month, today),
        ("Last month", periods.month_start(month - timedelta(days=1)), month - timedelta(days=1)),
        ("Last 90 days", today - timedelta(days=89), today),
    ]
    usual = [
        (label, _bridge_url(first, last), (first, last) == (form.first, form.last)) for label, first, last in spans
    ]
    return {"form": form, "latest": latest, "usual_periods": usual, "lines": []}


def _bridge_url(first: date, last: date) -> str:
    parameters: dict[str, Any] = {"from": first.isoformat(), "to": last.isoformat(), "tz": request.args.get("tz")}
    return url_for("balance.bridge", **parameters)


def figures(days: Sequence[BridgeDay], zone: ZoneInfo, today: date) -> dict[str, Any]:
    """Return what the page shows of a period, newest day first."""
    return {
        "title": days_words(days[0].day, days[-1].day),
        "whole": whole(days),
        "without_reading": sum(day.unexplained is None for day in days),
        "lines": [_line(day, zone, today) for day in reversed(days)],
        "purchases_url": ListLinks(zone).days(days[0].day, days[-1].day),
    }


def _line(day: BridgeDay, zone: ZoneInfo, today: date) -> DayLine:
    start, end = periods.day_bounds(day.day, day.day, zone)
    return DayLine(
        label=f"{day.day:%a} {day_words(day.day)}",
        day=day.day,
        bridge=day,
        is_running=day.day >= today,
        is_opening_old=_is_old(day.opening, start),
        is_closing_old=_is_old(day.closing, end) and day.day < today,
        url=url_for("balance.bridge_day", day=day.day.isoformat(), tz=zone.key),
        purchases_url=ListLinks(zone).days(day.day, day.day) if day.purchases else "",
    )


def _is_old(reading: Reading | None, edge: datetime) -> bool:
    return reading is not None and edge - reading.read_at > READ_SHORTLY_BEFORE


@dataclass(frozen=True)
class ChangeLine:
    """A change of a debited sum: below zero is what came back, given here without its sign."""

    change: DebitChange
    amount: Decimal


def day_context(day: BridgeDay, changes: Sequence[DebitChange], zone: ZoneInfo, today: date) -> dict[str, Any]:
    """Return what the page of one day shows."""
    links = ListLinks(zone)
    in_doubt = "&part=failed&part=reversed_by_user&part=reversed_by_supplier"
    return {
        "title": day_words(day.day),
        "line": _line(day, zone, today),
        "whole": Stretch(day.opening, day.closing, day.debited, day.returned),
        "returned": [ChangeLine(change, -change.amount) for change in changes if change.amount < 0],
        "debited_later": [ChangeLine(change, change.amount) for change in changes if change.amount > 0],
        "in_doubt_url": links.days(day.day, day.day) + in_doubt,
        "back_url": url_for("balance.bridge", tz=request.args.get("tz")),
    }
