"""The period of a finance report, read from the address and written back into it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from dashboard.lib import formatting, periods
from dashboard.lib.periods import By, Period
from dashboard.web.page import named_zone, now, today, zone

MOST_ROWS = 400
"""A year of days and a little more. Nobody reads longer tables, and a browser draws them slowly."""


@dataclass
class PeriodForm:
    """The fields of the form as they were typed, the period they mean if any, and what is wrong with them."""

    from_: str
    to: str
    by: str
    as_of_text: str
    period: Period | None = None
    as_of: datetime | None = None
    errors: dict[str, str] = field(default_factory=dict)

    def as_parameters(self, **changes: str | None) -> dict[str, Any]:
        """Return the address parameters that show the same report to anybody; with changes, empty ones left out."""
        values = {
            "from": self.from_, "to": self.to, "by": self.by, "tz": zone().key,
            "as_of": formatting.iso_z(self.as_of) if self.as_of else "",
        }  # fmt: skip
        return {name: value for name, value in {**values, **changes}.items() if value}


def read_days(args: MultiDict[str, str]) -> tuple[PeriodForm, date | None, date | None]:
    """Read the form from the address, and the first and last day if they are given; what is wrong is explained."""
    from_, to, by, as_of = (args.get(name, "").strip()[:40] for name in ("from", "to", "by", "as_of"))
    form = PeriodForm(from_, to, by, as_of)
    return form, _date(form, "from", form.from_), _date(form, "to", form.to)


def read_form(args: MultiDict[str, str]) -> PeriodForm:
    """Read the period from the address: this month where none is given. What cannot be used is explained."""
    form, first, last = read_days(args)
    form.as_of = read_moment(form.errors, "as_of", form.as_of_text)
    if form.by and form.by not in tuple(By):
        form.errors["by"] = "A report is cut by day, week or month."
    if form.errors:
        return form
    first, last = _completed(first, last)
    if first > last:
        form.errors["to"] = "The last day is before the first one."
        return form
    period = Period(first, last, zone(), By(form.by) if form.by else usual_cut(first, last))
    form.from_, form.to, form.by = first.isoformat(), last.isoformat(), period.by.value
    if period.row_count > MOST_ROWS:
        form.errors["by"] = _too_many(period)
    else:
        form.period = period
    return form


def read_moment(errors: dict[str, str], name: str, text: str) -> datetime | None:
    """Return a past moment from the address, or None; what cannot be used is explained in ``errors``."""
    if not text:
        return None
    try:
        moment = periods.parse_moment(text, zone())
    except ValueError as error:
        errors[name] = str(error)
        return None
    if moment > now():
        errors[name] = "This moment lies in the future; leave it empty for the figures as they are now."
        return None
    return moment


def usual_cut(first: date, last: date) -> By:
    """Return how a period is cut when nobody says: days up to two months, weeks up to half a year, else months."""
    days = (last - first).days + 1
    return By.DAY if days <= 62 else By.WEEK if days <= 184 else By.MONTH


def _date(form: PeriodForm, name: str, text: str) -> date | None:
    if not text:
        return None
    try:
        return periods.parse_date(text)
    except ValueError as error:
        form.errors[name] = str(error)
        return None


def _completed(first: date | None, last: date | None) -> tuple[date, date]:
    if first is None:
        first = periods.month_start(last or today())
    if last is None:
        last = max(first, today())
        last = periods.month_end(last) if first == periods.month_start(today()) else last
    return first, last


def _too_many(period: Period) -> str:
    longer = {By.DAY: "week or month", By.WEEK: "month"}.get(period.by)
    advice = f"Choose {longer}, or a shorter period." if longer else "Choose a shorter period."
    return f"By {period.by.value} this period has {period.row_count:,} rows; at most {MOST_ROWS} are shown. {advice}"


def usual_periods(
    form: PeriodForm, endpoint: str, usual: Sequence[tuple[str, date, date]]
) -> list[tuple[str, str, bool]]:
    """Return (label, address, whether it is the one shown) of periods that people ask for: (label, first, last).

    Where two of them are the same days, such as this month on its 30th day and the last 30 days, the first is shown.
    """
    shown = form.period and (form.period.first, form.period.last)
    links: list[tuple[str, str, bool]] = []
    for label, first, last in usual:
        days: dict[str, Any] = {"from": first.isoformat(), "to": last.isoformat(), "tz": named_zone()}
        is_first = not any(is_shown for *_, is_shown in links)
        links.append((label, url_for(endpoint, **days), is_first and (first, last) == shown))
    return links


def last_days(number: int) -> tuple[str, date, date]:
    """Return the period of the last days for ``usual_periods``, today included."""
    return f"Last {number} days", today() - timedelta(days=number - 1), today()
