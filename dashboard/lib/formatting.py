"""Pure: how values read as plain text. Exact forms are for machines (``data-value``), the others for people."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_MINUS = "\N{MINUS SIGN}"
_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def exact(value: Decimal) -> str:
    """Return an exact decimal without an exponent, with at least two decimals: ``0.16``, ``0.125``, ``1000.00``.

    No digit of the value is lost; zeros after the second decimal are dropped. Raises ValueError for NaN and infinity.
    """
    return exact_and_usd(value)[0]


def usd(value: Decimal) -> str:
    """Return a sum in US dollars for people, exact, with thousands separators and a true minus: ``−$1,234.56``."""
    return exact_and_usd(value)[1]


def exact_and_usd(value: Decimal) -> tuple[str, str]:
    """Return a sum as ``exact`` and as ``usd`` write it; for tables, where doing both at once tells."""
    if not value.is_finite():
        raise ValueError(f"not a number that can be shown: {value}")
    grouped = format(value, ",f")
    if grouped[-3:-2] != ".":
        whole, _, fraction = grouped.partition(".")
        grouped = f"{whole}.{fraction.rstrip('0').ljust(2, '0')}"
    if grouped[0] != "-":
        return grouped.replace(",", ""), f"${grouped}"
    # Zero has no sign for people, and none for machines either.
    grouped = grouped[1:]
    sign, dollars = ("-", f"{_MINUS}$") if value else ("", "$")
    return sign + grouped.replace(",", ""), dollars + grouped


def count(number: int) -> str:
    """Return a whole number with thousands separators: ``1,234,567``."""
    return f"{number:,}".replace("-", _MINUS)


def not_known(number: int, what: str = "sum") -> str:
    """Return what is said beside a total that ``number`` of its parts are not in: ``and 3 whose sum is not known``."""
    return f"and {count(number)} whose {what} is not known"


def iso_z(moment: datetime) -> str:
    """Return an aware time in UTC as ISO 8601 with ``Z``; fractions of a second only where there are any."""
    _refuse_naive(moment)
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def local_time(moment: datetime, zone: tzinfo) -> str:
    """Return an aware time in a zone, to the second: ``24 Nov 2026, 14:05:09 CET``."""
    local = _in_zone(moment, zone)
    return f"{day_words(local)}, {local:%H:%M:%S} {_zone_abbreviation(local)}"


def local_day(moment: datetime, zone: tzinfo) -> str:
    """Return the date of an aware time in a zone: ``24 November 2026``."""
    local = _in_zone(moment, zone)
    return f"{local.day} {month_words(local)}"


def day_words(day: date) -> str:
    """Return a date in words: ``2 Nov 2026``."""
    return f"{short_day(day)} {day.year}"


def short_day(day: date) -> str:
    """Return a date in words without its year: ``2 Nov``."""
    return f"{day.day} {_MONTHS[day.month - 1][:3]}"


def short_month(day: date) -> str:
    """Return the month of a date as short as it can be said: ``Nov 2026``."""
    return f"{_MONTHS[day.month - 1][:3]} {day.year}"


def days_words(first: date, last: date) -> str:
    """Return the days from one to another in words, as short as it can be said: ``2–8 Nov 2026``."""
    if first == last:
        return day_words(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_words(last)}"
    if first.year == last.year:
        return f"{short_day(first)} – {day_words(last)}"
    return f"{day_words(first)} – {day_words(last)}"


def month_words(day: date) -> str:
    """Return the month of a date in words: ``October 2026``."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def utc_words(moment: datetime) -> str:
    """Return an aware time in UTC to the minute, for a sentence: ``2 Nov 14:05 UTC``."""
    utc = _in_zone(moment, UTC)
    return f"{short_day(utc)} {utc:%H:%M} UTC"


def clock_words(moment: datetime, now: datetime, zone: tzinfo) -> str:
    """Return an aware time in a zone to the minute, with its day where that is not today: ``11:24 on 2 Nov``."""
    local = _in_zone(moment, zone)
    return f"{local:%H:%M}" if local.date() == _in_zone(now, zone).date() else f"{local:%H:%M} on {short_day(local)}"


def customer_time(moment: datetime, zone: tzinfo) -> str:
    """Return an aware time to the minute, for somebody in another country: ``24 November 2026, 14:05 UTC+1``.

    The month is a word and the zone an offset, because ``11/12`` and ``CST`` mean different things to different people.
    """
    local = _in_zone(moment, zone)
    return f"{local_day(moment, zone)}, {local:%H:%M} {utc_offset(local)}"


def utc_offset(local: datetime) -> str:
    """Return the offset of an aware time: ``UTC``, ``UTC+1``, ``UTC+5:45``, ``UTC−3``."""
    offset = local.utcoffset()
    if offset is None:
        raise ValueError("a time without a zone has no offset")
    minutes = round(abs(offset).total_seconds() / 60)
    if minutes == 0:
        return "UTC"
    hours, rest = divmod(minutes, 60)
    sign = _MINUS if offset < timedelta(0) else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def _zone_abbreviation(local: datetime) -> str:
    # Zones without an abbreviation of their own are named by their offset, such as "+0545".
    name = local.tzname() or ""
    return name if name.isalpha() else utc_offset(local)


def duration_words(length: timedelta) -> str:
    """Return a length of time in its two largest units: ``7 days 3 hours``, ``9 minutes``; a negative one as none."""
    seconds = max(0, int(length.total_seconds()))
    largest = next((index for index, (_, size) in enumerate(_UNITS) if seconds >= size), -1)
    words: list[str] = []
    for name, size in _UNITS[largest:][:2]:
        number, seconds = divmod(seconds, size)
        if number or not words:
            words.append(_number_of(number, name))
    return " ".join(words)


def ago(moment: datetime, now: datetime) -> str:
    """Return how long ago a time was, in one unit: ``just now``, ``3 minutes ago``, ``in 2 hours``."""
    seconds = int(abs(now - moment).total_seconds())
    if seconds < 2:
        return "just now"
    name, size = next(unit for unit in _UNITS if seconds >= unit[1])
    words = _number_of(seconds // size, name)
    return f"{words} ago" if moment <= now else f"in {words}"


def countdown_text(left: timedelta) -> str:
    """Return the time left as a running clock: ``7 d 03:12:09``, ``00:09:41``; never below zero."""
    seconds = max(0, int(left.total_seconds()))
    days, seconds = divmod(seconds, 86_400)
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"{days} d {clock}" if days else clock


def one_line(text: str | None, at_most: int = 120) -> str:
    """Return a stranger's text without line breaks and control characters, cut to a length that fits a sentence."""
    shown = " ".join("".join(letter if letter.isprintable() else " " for letter in text or "").split())
    return shown if len(shown) <= at_most else shown[: at_most - 1] + "…"


def _number_of(number: int, name: str) -> str:
    return f"{number:,} {name}" if number == 1 else f"{number:,} {name}s"


def _in_zone(moment: datetime, zone: tzinfo) -> datetime:
    _refuse_naive(moment)
    try:
        return moment.astimezone(zone)
    except OverflowError:
        # A nonsense time in the year 1 or 9999 may have no name in the zone; in its own it always has one.
        return moment


def _refuse_naive(moment: datetime) -> None:
    if moment.utcoffset() is None:
        raise ValueError("a time without a zone cannot be shown: it could mean any of 26 hours")
