"""Windows of the operations page and the bars they are cut into."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.lib.periods import PeriodError
from dashboard.ops import windows as ops_windows
from dashboard.ops.windows import LENGTHS, BarLength, between, recent

NOW = datetime(2026, 11, 25, 9, 40, 12, 345678, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")

moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 # Hypothesis adds the zone.
zones = st.sampled_from(
    [
        "UTC",
        "Europe/Berlin",
        "Asia/Kolkata",
        "Asia/Kathmandu",
        "America/Sao_Paulo",
        "America/Santiago",
        "Africa/Cairo",
        "Australia/Lord_Howe",
        "Pacific/Apia",
    ]
).map(ZoneInfo)


@given(moments, zones, st.sampled_from(list(LENGTHS)))
def test_the_bars_fill_the_window_without_gap_or_overlap(now: datetime, zone: ZoneInfo, name: str) -> None:
    window = recent(name, now, zone)
    assert window.bars[0].since == window.since
    assert window.bars[-1].until == window.until
    assert all(first.until == second.since for first, second in pairwise(window.bars))
    assert all(bar.since < bar.until and bar.before.since <= bar.before.until for bar in window.bars)
    assert len(window.bars) <= 33


@given(moments, zones, st.sampled_from(list(LENGTHS)))
def test_a_window_reaches_back_from_the_second_that_has_begun(now: datetime, zone: ZoneInfo, name: str) -> None:
    window = recent(name, now, zone)
    assert window.until - window.since == LENGTHS[name]
    assert now < window.until <= now + timedelta(seconds=1)


def test_bars_of_an_hour_begin_at_full_hours_of_the_zones_clocks() -> None:
    inner = recent("24h", NOW, ZoneInfo("Asia/Kathmandu")).bars[1:]
    assert {bar.since.minute for bar in inner} == {15}


def test_a_bar_is_compared_with_the_same_clock_times_across_a_change_of_the_clocks() -> None:
    window = between(date(2026, 10, 26), date(2026, 10, 26), NOW, BERLIN)
    assert window.bars[0].since == datetime(2026, 10, 25, 23, tzinfo=UTC)
    assert window.bars[0].before.since == datetime(2026, 10, 18, 22, tzinfo=UTC)


def test_the_running_bar_is_compared_with_as_much_of_the_week_before() -> None:
    today = between(date(2026, 11, 25), date(2026, 11, 25), NOW, ZoneInfo("UTC"))
    running = next(bar for bar in today.bars if bar.since <= NOW < bar.until)
    assert running.before.until == NOW - timedelta(days=7)
    assert today.bars[-1].before.since == today.bars[-1].before.until


@pytest.mark.parametrize(
    ("days", "length"),
    [(1, "HOUR"), (2, "SIX_HOURS"), (7, "SIX_HOURS"), (8, "DAY"), (31, "DAY"),
     (32, "WEEK"), (217, "WEEK"), (218, "MONTH")],
)  # fmt: skip
def test_longer_periods_have_longer_bars(days: int, length: str) -> None:
    first = date(2025, 1, 1)
    assert between(first, first + timedelta(days=days - 1), NOW, BERLIN).length is BarLength[length]


def test_more_days_than_can_be_read_are_refused() -> None:
    first = date(2020, 1, 1)
    with pytest.raises(PeriodError, match="closer together"):
        between(first, first + timedelta(days=ops_windows.LONGEST_DAYS), NOW, BERLIN)


def test_a_window_knows_its_own_address() -> None:
    assert recent("7d", NOW, BERLIN).as_parameters() == {"window": "7d"}
    window = between(date(2026, 11, 1), date(2026, 11, 2), NOW, BERLIN)
    assert window.as_parameters() == {"from": "2026-11-01", "to": "2026-11-02"}
