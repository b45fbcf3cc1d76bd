"""The period of a finance report, read from the address and written back into it."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from dashboard.finance.report import Period, row_count
from dashboard.lib import formatting, periods
from dashboard.lib.periods import By
from dashboard.purchases.finality import Settlement
from dashboard.purchases.list_queries import MISSING

MOST_ROWS = 400
"""A year of days and a little more. Nobody reads longer tables, and a browser draws them slowly."""


@dataclass
class Form:
    """What stands in the form: the texts as they came, the period they mean if any, and what is wrong with them."""

    from_: str
    to: str
    by: str
    as_of_text: str = ""
    period: Period | None = None
    as_of: datetime | None = None
    errors: dict[str, str] = field(default_factory=dict)

    def as_parameters(self, zone: ZoneInfo, **changes: str | None) -> dict[str, Any]:
        """Return the address parameters that show the same report to anybody; with changes, empty ones left out."""
        values = {
            "from": self.from_, "to": self.to, "by": self.by, "tz": zone.key,
            "as_of": formatting.iso_z(self.as_of) if self.as_of else "",
        }  # fmt: skip
        return {name: value for name, value in {**values, **changes}.items() if value}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of the purchases of a period are listed: of a part, and those that came without something; or all."""

    part: str
    missing: str
    """``debited``, ``price`` or nothing."""


def read_form(args: MultiDict[str, str], zone: ZoneInfo, now: datetime) -> Form:
    """Read the period from the address: this month where none is given. What cannot be used is explained."""
    from_, to, by_text, as_of = (args.get(name, "").strip()[:40] for name in ("from", "to", "by", "as_of"))
    form = Form(from_, to, by_text, as_of)
    today = periods.local_date(now, zone)
    form.as_of = read_moment(form.errors, "as_of", as_of, zone, now)
    first, last = _date(form, "from", form.from_), _date(form, "to", form.to)
    if form.by and form.by not in tuple(By):
        form.errors["by"] = "A report is cut by day, week or month."
    if form.errors:
        return form
    first, last = _completed(first, last, today)
    if first > last:
        form.errors["to"] = "The last day is before the first one."
        return form
    form.from_, form.to = first.isoformat(), last.isoformat()
    by = By(form.by) if form.by else usual_cut(first, last)
    form.by = by.value
    rows = row_count(first, last, by)
    if rows > MOST_ROWS:
        form.errors["by"] = _too_many(rows, by)
        return form
    form.period = Period(first, last, zone, by)
    return form


def read_moment(errors: dict[str, str], name: str, text: str, zone: ZoneInfo, now: datetime) -> datetime | None:
    """Return a past moment from the address, or None; what cannot be used is explained in ``errors``."""
    if not text:
        return None
    try:
        moment = periods.parse_moment(text, zone)
    except ValueError as error:
        errors[name] = str(error)
        return None
    if moment > now:
        errors[name] = "This moment lies in the future; leave it empty for the figures as they are now."
        return None
    return moment


def read_wanted(form: Form, args: MultiDict[str, str]) -> Wanted:
    """Return which of the purchases of the period are asked for; what is unknown is explained."""
    part, missing = args.get("part", ""), args.get("missing", "")
    if part and part not in tuple(Settlement):
        form.errors["part"] = f"There is no part “{part[:40]}”."
    if missing and missing not in MISSING:
        form.errors["missing"] = f"There is nothing called “{missing[:40]}” that a purchase could come without."
    return Wanted(part, missing)


def usual_cut(first: date, last: date) -> By:
    """Return how a period is cut when nobody says: days up to two months, weeks up to half a year, else months."""
    days = (last - first).days + 1
    return By.DAY if days <= 62 else By.WEEK if days <= 184 else By.MONTH


def _date(form: Form, name: str, text: str) -> date | None:
    if not text:
        return None
    try:
        return periods.parse_date(text)
    except ValueError as error:
        form.errors[name] = str(error)
        return None


def _completed(first: date | None, last: date | None, today: date) -> tuple[date, date]:
    if first is None:
        first = periods.month_start(last or today)
    if last is None:
        last = periods.month_end(max(first, today)) if first == periods.month_start(today) else max(first, today)
    return first, last


def _too_many(rows: int, by: By) -> str:
    longer = {By.DAY: "week or month", By.WEEK: "month"}.get(by)
    advice = f"Choose {longer}, or a shorter period." if longer else "Choose a shorter period."
    return f"By {by.value} this period has {rows:,} rows; at most {MOST_ROWS} are shown. {advice}"


def usual_periods(today: date, tz: str | None) -> list[tuple[str, tuple[str, str], str]]:
    """Return (label, first and last day, address parameters) of the periods that people ask for most."""
    month = periods.month_start(today)
    before = periods.period_before(month, periods.month_end(today))
    spans = [("This month", (month, periods.month_end(today))), ("Last month", before)]
    spans += [(f"Last {days} days", (today - timedelta(days=days - 1), today)) for days in (7, 30, 90)]
    zone = f"&tz={quote(tz)}" if tz else ""
    return [
        (label, (first.isoformat(), last.isoformat()), f"from={first}&to={last}{zone}")
        for label, (first, last) in spans
    ]
