"""The requests of a minute: never one more than the limit in any sliding minute, and a share kept for people."""

from collections.abc import Iterator
from itertools import count

import pytest
from flask import Flask

from dashboard.lib.numbers import SECOND
from dashboard.skinsback.errors import SkinsBackError
from dashboard.sync.budget_store import SharedBudget

START = 1_800_000_000 * SECOND


class Time:
    """A clock for the database and the process alike; sleeping moves it."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.set_back_by = 0.0
        """How far the database's clock was set back, in seconds."""

    def now_us(self, _connection: object) -> int:
        return START + int((self.seconds - self.set_back_by) * SECOND)

    def monotonic(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds


@pytest.fixture
def time() -> Time:
    return Time()


def a_budget(time: Time, limit: int, *, for_people: bool = False) -> SharedBudget:
    return SharedBudget(limit, for_people=for_people, sleep=time.sleep, clock=time.now_us, monotonic=time.monotonic)


def sent_at(budget: SharedBudget, time: Time) -> Iterator[float]:
    for _ in count():
        budget.acquire(wait_at_most=300)
        yield time.seconds


def test_no_sliding_minute_holds_more_than_the_limit_and_most_of_it_is_used(app: Flask, time: Time) -> None:
    moments = [moment for moment, _ in zip(sent_at(a_budget(time, 50), time), range(160), strict=False)]
    in_a_minute = [sum(start <= other < start + 60 for other in moments) for start in moments]
    assert max(in_a_minute) <= 50
    assert max(in_a_minute) >= 48


def test_two_processes_share_one_limit(app: Flask, time: Time) -> None:
    first, second = (sent_at(a_budget(time, 20), time) for _ in range(2))
    moments = sorted(next(one) for _ in range(25) for one in (first, second))
    assert max(sum(start <= other < start + 60 for other in moments) for start in moments) <= 20


def test_a_person_gets_through_while_jobs_use_all_they_may(app: Flask, time: Time) -> None:
    jobs = sent_at(a_budget(time, 50), time)
    for _ in range(100):
        next(jobs)
    before = time.seconds
    a_budget(time, 50, for_people=True).acquire(wait_at_most=2)
    assert time.seconds - before <= 2


def test_a_person_is_told_when_nothing_is_left(app: Flask, time: Time) -> None:
    people = a_budget(time, 3, for_people=True)
    for _ in range(3):
        people.acquire(wait_at_most=2)
    with pytest.raises(SkinsBackError, match="budget_exhausted"):
        people.acquire(wait_at_most=2)


def test_a_pause_stops_everybody_until_it_ends(app: Flask, time: Time) -> None:
    a_budget(time, 50).pause(60)
    with pytest.raises(SkinsBackError, match="no requests are sent"):
        a_budget(time, 50, for_people=True).acquire(wait_at_most=2)
    time.sleep(61)
    a_budget(time, 50, for_people=True).acquire(wait_at_most=2)


def may_ask(time: Time) -> bool:
    try:
        a_budget(time, 50, for_people=True).acquire(wait_at_most=0)
    except SkinsBackError:
        return False
    return True


@pytest.mark.parametrize("length", [5, 60, 600, 3600])
def test_a_pause_of_any_length_lasts_as_long_as_it_is(app: Flask, time: Time, length: int) -> None:
    a_budget(time, 50).pause(length)
    time.sleep(length - 1)
    assert not may_ask(time)
    time.sleep(1.1)
    assert may_ask(time)


@pytest.mark.parametrize("set_back_by", [1, 30, 3600, 864_000])
def test_a_clock_that_is_set_back_neither_ends_a_pause_nor_makes_it_last_for_ever(
    app: Flask, time: Time, set_back_by: int
) -> None:
    a_budget(time, 50).pause(600)
    time.sleep(300)
    time.set_back_by = set_back_by
    assert not may_ask(time)
    time.sleep(299)
    assert not may_ask(time)
    time.sleep(302)
    assert may_ask(time)


def test_a_shorter_pause_does_not_end_a_longer_one(app: Flask, time: Time) -> None:
    a_budget(time, 50).pause(600)
    a_budget(time, 50, for_people=True).pause(60)
    time.sleep(599)
    assert not may_ask(time)
    time.sleep(2)
    assert may_ask(time)


def test_a_job_that_may_not_ask_is_told_so_at_once_and_for_how_long(app: Flask, time: Time) -> None:
    a_budget(time, 50).pause(3600)
    with pytest.raises(SkinsBackError, match="no requests are sent for the next 1 hour"):
        a_budget(time, 50).acquire(wait_at_most=90)
    assert time.seconds < 1
