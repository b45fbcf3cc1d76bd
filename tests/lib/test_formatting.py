"""Plain text forms of money, times, lengths of time and counts."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.lib import formatting

MOMENT = datetime(2026, 11, 24, 13, 5, 9, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
money = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=6)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("11.73", "11.73"),
        ("11.730", "11.73"),
        ("0.160", "0.16"),
        ("0.125", "0.125"),
        ("1000", "1000.00"),
        ("1E+3", "1000.00"),
        ("1E-6", "0.000001"),
        ("-0.5", "-0.50"),
        ("0", "0.00"),
        ("-0.00", "0.00"),
    ],
)
def test_an_exact_sum_is_a_plain_decimal(value: str, text: str) -> None:
    assert formatting.exact(Decimal(value)) == text


@given(money)
def test_an_exact_sum_loses_no_digit(value: Decimal) -> None:
    assert Decimal(formatting.exact(value)) == value


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=Decimal("-1E30"), max_value=Decimal("1E30")))
def test_an_exact_sum_has_no_exponent_and_at_least_two_decimals(value: Decimal) -> None:
    whole, _, fraction = formatting.exact(value).partition(".")
    assert whole.lstrip("-").isdigit()
    assert fraction.isdigit()
    assert len(fraction) >= 2


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        formatting.exact(Decimal(value))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("11.73", "$11.73"),
        ("1234567.5", "$1,234,567.50"),
        ("0.125", "$0.125"),
        ("-11.73", "−$11.73"),
        ("0", "$0.00"),
    ],
)
def test_dollars_are_exact_with_separators_and_a_true_minus(value: str, text: str) -> None:
    assert formatting.usd(Decimal(value)) == text


@given(money)
def test_dollars_read_back_as_the_same_sum(value: Decimal) -> None:
    text = formatting.usd(value).replace("−", "-").replace("$", "").replace(",", "")
    assert Decimal(text) == value


@pytest.mark.parametrize(("number", "text"), [(0, "0"), (999, "999"), (1234567, "1,234,567"), (-1000, "−1,000")])
def test_counts_have_separators(number: int, text: str) -> None:
    assert formatting.count(number) == text


def test_a_time_for_machines_is_utc_with_z() -> None:
    assert formatting.iso_z(MOMENT.astimezone(BERLIN)) == "2026-11-24T13:05:09Z"


def test_a_time_for_machines_keeps_its_fraction() -> None:
    assert formatting.iso_z(MOMENT.replace(microsecond=689998)) == "2026-11-24T13:05:09.689998Z"


@given(st.datetimes(timezones=st.timezones()).filter(lambda moment: 1 < moment.year < 9999))
def test_a_time_for_machines_reads_back_as_the_same_instant(moment: datetime) -> None:
    assert datetime.fromisoformat(formatting.iso_z(moment)) == moment.astimezone(UTC)


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("Europe/Berlin", "24 Nov 2026, 14:05:09 CET"),
        ("UTC", "24 Nov 2026, 13:05:09 UTC"),
        ("Asia/Kathmandu", "24 Nov 2026, 18:50:09 UTC+5:45"),
        ("America/Sao_Paulo", "24 Nov 2026, 10:05:09 UTC−3"),
    ],
)
def test_a_local_time_names_its_zone(zone: str, text: str) -> None:
    assert formatting.local_time(MOMENT, ZoneInfo(zone)) == text


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("Europe/Berlin", "24 November 2026, 14:05 UTC+1"),
        ("UTC", "24 November 2026, 13:05 UTC"),
        ("Pacific/Kiritimati", "25 November 2026, 03:05 UTC+14"),
        ("America/St_Johns", "24 November 2026, 09:35 UTC−3:30"),
    ],
)
def test_a_time_for_a_customer_is_unambiguous(zone: str, text: str) -> None:
    assert formatting.customer_time(MOMENT, ZoneInfo(zone)) == text


def test_a_time_in_a_sentence_is_in_utc_whatever_its_zone() -> None:
    assert formatting.utc_words(datetime(2026, 11, 5, 0, 30, tzinfo=BERLIN)) == "4 Nov 23:30 UTC"


def test_a_local_day_is_the_day_in_the_zone() -> None:
    assert formatting.local_day(MOMENT, ZoneInfo("Pacific/Kiritimati")) == "25 November 2026"


@pytest.mark.parametrize("function", [formatting.iso_z, formatting.local_time, formatting.customer_time])
def test_a_time_without_a_zone_is_refused(function: object) -> None:
    naive = MOMENT.replace(tzinfo=None)
    arguments = (naive,) if function is formatting.iso_z else (naive, BERLIN)
    with pytest.raises(ValueError, match="without a zone"):
        function(*arguments)  # type: ignore[operator]  # Three functions of two shapes.


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 seconds"),
        (1, "1 second"),
        (59, "59 seconds"),
        (60, "1 minute"),
        (541, "9 minutes 1 second"),
        (3600, "1 hour"),
        (3659, "1 hour"),
        (90_000, "1 day 1 hour"),
        (7 * 86_400 + 3 * 3600, "7 days 3 hours"),
        (-5, "0 seconds"),
    ],
)
def test_a_length_of_time_is_told_in_its_two_largest_units(seconds: int, text: str) -> None:
    assert formatting.duration_words(timedelta(seconds=seconds)) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "just now"),
        (1, "just now"),
        (2, "2 seconds ago"),
        (59, "59 seconds ago"),
        (60, "1 minute ago"),
        (7199, "1 hour ago"),
        (86_400 * 3, "3 days ago"),
        (-7200, "in 2 hours"),
    ],
)
def test_an_age_is_told_in_one_unit(seconds: int, text: str) -> None:
    assert formatting.ago(MOMENT - timedelta(seconds=seconds), MOMENT) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (7 * 86_400 + 3 * 3600 + 12 * 60 + 9, "7 d 03:12:09"),
        (86_400, "1 d 00:00:00"),
        (86_399, "23:59:59"),
        (581, "00:09:41"),
        (3599, "00:59:59"),
        (7199, "01:59:59"),
        (0, "00:00:00"),
        (-1, "00:00:00"),
        (-86_400, "00:00:00"),
    ],
)
def test_a_countdown_never_goes_below_zero(seconds: int, text: str) -> None:
    assert formatting.countdown_text(timedelta(seconds=seconds)) == text


@given(st.timedeltas())
def test_every_length_of_time_has_its_texts(length: timedelta) -> None:
    assert "-" not in formatting.duration_words(length)
    assert "-" not in formatting.countdown_text(length)


@pytest.mark.parametrize(
    ("minutes", "text"), [(0, "UTC"), (60, "UTC+1"), (345, "UTC+5:45"), (-180, "UTC−3"), (-210, "UTC−3:30")]
)
def test_an_offset_is_told_in_hours_and_minutes(minutes: int, text: str) -> None:
    assert formatting.utc_offset(MOMENT.astimezone(timezone(timedelta(minutes=minutes)))) == text


@given(st.datetimes(timezones=st.timezones()), st.timezones())
def test_every_time_has_its_texts_even_at_the_ends_of_the_calendar(moment: datetime, zone: ZoneInfo) -> None:
    assert formatting.local_time(moment, zone)
    assert formatting.customer_time(moment, zone)


def test_the_last_second_of_the_calendar_is_shown_where_the_zone_has_no_name_for_it() -> None:
    last = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert formatting.customer_time(last, ZoneInfo("Asia/Tokyo")) == "31 December 9999, 23:59 UTC"


@pytest.mark.parametrize(
    ("text", "line"),
    [("a\nb", "a b"), ("a\0\u202eb", "a b"), (" ★ x ", "★ x"), (None, ""), ("", ""), ("x" * 5, "x" * 5)],
)
def test_a_strangers_text_becomes_one_line(text: str | None, line: str) -> None:
    assert formatting.one_line(text) == line


@pytest.mark.parametrize(("length", "shown"), [(10, "x" * 10), (11, "x" * 9 + "…")])
def test_a_strangers_text_is_cut_to_fit(length: int, shown: str) -> None:
    assert formatting.one_line("x" * length, at_most=10) == shown
