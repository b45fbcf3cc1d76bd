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

    def now_us(self, _connection: object) -> int:
        return START + int(self.seconds * SECOND)

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
