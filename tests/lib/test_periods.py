"""Local days in UTC, in every zone and on the days when clocks change."""

import itertools
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.lib import periods
from dashboard.lib.periods import By, PeriodError

HOUR = timedelta(hours=1)
zones = st.sampled_from(sorted(periods.zone_names())).map(ZoneInfo)
days = st.dates(date(1971, 1, 1), date(2100, 12, 31))


def hours_of(day: date, zone: str) -> float:
    start, end = periods.day_bounds(day, day, ZoneInfo(zone))
    return (end - start) / HOUR


def test_a_zone_is_found_by_its_iana_name() -> None:
    assert periods.zone_by_name(" Europe/Berlin ").key == "Europe/Berlin"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Mars/Olympus",
        "../../etc/passwd",
        "/etc/passwd",
        "Europe",
        "europe/berlin\0",
        "UTC+1",
        "Europe/../UTC",
        "x" * 10_000,
    ],
)
def test_any_other_name_is_refused_in_a_short_sentence(name: str) -> None:
    with pytest.raises(PeriodError, match="is not a time zone") as refusal:
        periods.zone_by_name(name)
    assert len(str(refusal.value)) < 200


@given(st.text())
def test_a_zone_name_of_any_text_is_found_or_refused(name: str) -> None:
    try:
        assert periods.zone_by_name(name).key in periods.zone_names()
    except PeriodError:
        assert name.strip() not in periods.zone_names()


def test_a_date_is_written_year_month_day() -> None:
    assert periods.parse_date(" 2026-11-24 ") == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "is not a date"),
        ("24.11.2026", "is not a date"),
        ("20261124", "is not a date"),
        ("2026-W48-2", "is not a date"),
        ("２０２６-11-24", "is not a date"),
        ("2026-11-24T00:00", "is not a date"),
        ("2026-02-30", "does not exist"),
        ("0001-01-01", "out of range"),
        ("9999-12-31", "out of range"),
        ("x" * 10_000, "is not a date"),
    ],
)
def test_any_other_text_is_refused_with_what_is_wrong(text: str, complaint: str) -> None:
    with pytest.raises(PeriodError, match=complaint) as refusal:
        periods.parse_date(text)
    assert len(str(refusal.value)) < 200


@pytest.mark.parametrize(
    ("text", "usable"), [("1969-12-31", False), ("1970-01-01", True), ("2199-12-31", True), ("2200-01-01", False)]
)
def test_dates_are_taken_from_1970_to_2199(text: str, usable: bool) -> None:
    if usable:
        assert periods.parse_date(text).isoformat() == text
    else:
        with pytest.raises(PeriodError, match="out of range"):
            periods.parse_date(text)


@given(st.dates(periods.EARLIEST, periods.LATEST))
def test_a_written_date_reads_back(day: date) -> None:
    assert periods.parse_date(day.isoformat()) == day


def test_a_day_in_utc_is_from_midnight_to_midnight() -> None:
    start, end = periods.day_bounds(date(2026, 11, 24), date(2026, 11, 24), ZoneInfo("UTC"))
    assert (start, end) == (datetime(2026, 11, 24, tzinfo=UTC), datetime(2026, 11, 25, tzinfo=UTC))


def test_both_dates_are_included() -> None:
    start, end = periods.day_bounds(date(2026, 11, 1), date(2026, 11, 30), ZoneInfo("Asia/Kolkata"))
    assert start == datetime(2026, 10, 31, 18, 30, tzinfo=UTC)
    assert end == datetime(2026, 11, 30, 18, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "zone", "hours"),
    [
        (date(2026, 3, 29), "Europe/Berlin", 23),
        (date(2026, 10, 25), "Europe/Berlin", 25),
        (date(2026, 11, 24), "Europe/Berlin", 24),
        (date(2026, 4, 5), "Australia/Lord_Howe", 24.5),
        (date(2018, 11, 4), "America/Sao_Paulo", 23),
        (date(2018, 2, 17), "America/Sao_Paulo", 25),
        (date(2026, 4, 24), "Africa/Cairo", 23),
        (date(2026, 11, 24), "Asia/Kathmandu", 24),
        (date(2011, 12, 30), "Pacific/Apia", 0),
    ],
)
def test_a_day_is_as_long_as_the_clocks_make_it(day: date, zone: str, hours: float) -> None:
    assert hours_of(day, zone) == hours


def test_a_day_without_midnight_starts_when_the_clock_jumps() -> None:
    start = periods.day_start(date(2018, 11, 4), ZoneInfo("America/Sao_Paulo"))
    assert start == datetime(2018, 11, 4, 3, tzinfo=UTC)


def test_a_jump_over_midnight_starts_the_day_after_the_jump() -> None:
    # At 23:30 on 30 March 1919 the clocks of Toronto were put forward to 00:30 on the 31st.
    toronto = ZoneInfo("America/Toronto")
    start = periods.day_start(date(1919, 3, 31), toronto)
    assert start.astimezone(toronto).time().isoformat() == "00:30:00"


def test_a_day_without_midnight_starts_at_the_very_second_of_the_jump() -> None:
    # Kwajalein crossed the date line in 1993 and left out 21 August.
    kwajalein = ZoneInfo("Pacific/Kwajalein")
    start = periods.day_start(date(1993, 8, 22), kwajalein)
    assert periods.day_start(date(1993, 8, 21), kwajalein) == start
    assert periods.local_date(start - timedelta(seconds=1), kwajalein) == date(1993, 8, 20)


def test_a_midnight_that_comes_twice_starts_the_day_the_first_time() -> None:
    havana = ZoneInfo("America/Havana")
    assert periods.day_start(date(2026, 11, 1), havana) == datetime(2026, 11, 1, 4, tzinfo=UTC)


@given(days, zones)
def test_a_day_starts_with_its_first_instant(day: date, zone: ZoneInfo) -> None:
    start = periods.day_start(day, zone)
    assert periods.local_date(start, zone) >= day
    assert periods.local_date(start - timedelta(microseconds=1), zone) < day


@given(days, st.integers(0, 40), zones)
def test_days_in_a_row_leave_no_gap_and_do_not_overlap(first: date, more: int, zone: ZoneInfo) -> None:
    last = first + timedelta(days=more)
    start, end = periods.day_bounds(first, last, zone)
    single = [periods.day_bounds(day, day, zone) for day in periods.days_between(first, last)]
    assert single[0].since == start
    assert single[-1].until == end
    assert all(before.until == after.since for before, after in itertools.pairwise(single))


@given(st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)), zones)  # noqa: DTZ001 - Hypothesis wants naive bounds.
def test_an_instant_lies_in_the_bounds_of_its_local_date(instant: datetime, zone: ZoneInfo) -> None:
    day = periods.local_date(instant, zone)
    start, end = periods.day_bounds(day, day, zone)
    # Newfoundland's clocks went back over midnight until 2011, so an hour of the old date follows the new one's start.
    assert start <= instant < end + HOUR


def test_an_instant_has_the_date_of_its_zone() -> None:
    instant = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    assert periods.local_date(instant, ZoneInfo("Europe/Berlin")) == date(2026, 11, 25)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        periods.local_date(datetime(2026, 11, 24), ZoneInfo("UTC"))  # noqa: DTZ001 - The missing zone is the point.


@pytest.mark.parametrize("function", [periods.day_bounds, lambda a, b, _: list(periods.days_between(a, b))])
def test_a_period_that_ends_before_it_begins_is_refused(function: object) -> None:
    with pytest.raises(PeriodError, match="before it begins"):
        function(date(2026, 11, 2), date(2026, 11, 1), ZoneInfo("UTC"))  # type: ignore[operator]  # Any of them.


def test_a_period_of_one_day_has_one_day() -> None:
    assert list(periods.days_between(date(2026, 11, 1), date(2026, 11, 1))) == [date(2026, 11, 1)]


@given(days)
def test_a_week_starts_on_its_monday(day: date) -> None:
    start = periods.week_start(day)
    assert start.weekday() == 0
    assert timedelta(0) <= day - start < timedelta(days=7)
    assert start.isocalendar()[:2] == day.isocalendar()[:2]


@given(days)
def test_a_month_starts_on_its_first(day: date) -> None:
    assert periods.month_start(day) == date(day.year, day.month, 1)


@given(days, st.sampled_from(By))
def test_the_next_period_begins_where_this_one_ends(day: date, by: By) -> None:
    start = periods.period_start(day, by)
    after = periods.next_period(start, by)
    assert start <= day < after
    assert periods.period_start(after, by) == after
    assert periods.period_start(after - timedelta(days=1), by) == start


def test_the_periods_of_a_report_begin_with_the_one_its_first_day_lies_in() -> None:
    starts = list(periods.period_starts(date(2026, 11, 24), date(2027, 1, 1), By.MONTH))
    assert starts == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)]


def test_the_weeks_of_a_report_begin_on_mondays() -> None:
    starts = list(periods.period_starts(date(2026, 11, 24), date(2026, 12, 1), By.WEEK))
    assert starts == [date(2026, 11, 23), date(2026, 11, 30)]
