"""The requests of a minute: never one more than the limit in any sliding minute, and a share kept for people."""

from collections.abc import Iterator
from itertools import count

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from dashboard.db.database import writing
from dashboard.lib.numbers import SECOND
from dashboard.skinsback.errors import SkinsBackError
from dashboard.sync.budget_store import SharedBudget
from dashboard.sync.models import RequestBudget, RequestSlot

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


def a_budget(time: Time, limit: int, *, for_people: bool = False, person: str | None = None) -> SharedBudget:
    return SharedBudget(
        limit, for_people=for_people or person is not None, person=person or "",
        sleep=time.sleep, clock=time.now_us, monotonic=time.monotonic,
    )  # fmt: skip


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
    for person in ("1", "2", "3"):
        a_budget(time, 3, person=person).acquire(wait_at_most=2)
    with pytest.raises(SkinsBackError, match="All requests of this minute are used up"):
        a_budget(time, 3, person="4").acquire(wait_at_most=2)


def is_let_through(time: Time, limit: int, person: str | None) -> bool:
    try:
        a_budget(time, limit, person=person).acquire(wait_at_most=0)
    except SkinsBackError:
        return False
    return True


def press(time: Time, limit: int, seconds: int, people: int, *, jobs: bool) -> dict[str | None, int]:
    """Let so many people, and the jobs, ask once a second each; return how often each was let through."""
    came: dict[str | None, int] = {None: 0} | {str(number): 0 for number in range(people)}
    for _ in range(seconds):
        for who in [str(number) for number in range(people)] + [None] * jobs:
            came[who] += is_let_through(time, limit, who)
        time.sleep(1)
    return came


def test_sixteen_people_who_ask_again_and_again_leave_jobs_their_share(app: Flask, time: Time) -> None:
    press(time, 50, 10, 16, jobs=False)
    assert press(time, 50, 20, 16, jobs=True)[None] >= 10
    press(time, 50, 40, 16, jobs=True)
    assert press(time, 50, 60, 16, jobs=True)[None] >= 28


def test_jobs_that_use_all_they_may_leave_people_their_share(app: Flask, time: Time) -> None:
    press(time, 20, 70, 0, jobs=True)
    came = press(time, 20, 65, 6, jobs=True)
    assert sum(number for who, number in came.items() if who is not None) >= 4


def test_people_borrow_what_jobs_leave_unused(app: Flask, time: Time) -> None:
    assert sum(press(time, 50, 10, 16, jobs=False).values()) >= 36


def test_one_person_does_not_get_all_that_is_there_for_people(app: Flask, time: Time) -> None:
    assert press(time, 100, 50, 1, jobs=False)["0"] <= 41
    assert is_let_through(time, 100, "somebody else")


def test_a_person_who_used_up_their_part_is_told_so_and_for_how_long(app: Flask, time: Time) -> None:
    while is_let_through(time, 10, "1"):
        pass
    with pytest.raises(SkinsBackError, match=r"Your part of this minute's requests is used up.*in 1 minute"):
        a_budget(time, 10, person="1").acquire(wait_at_most=2)


def test_a_person_over_their_part_is_let_through_when_they_were_told(app: Flask, time: Time) -> None:
    while is_let_through(time, 10, "1"):
        time.sleep(1)
    reservation = a_budget(time, 10, person="1")._take(0)
    time.sleep(reservation.wait / SECOND - 0.01)
    assert not is_let_through(time, 10, "1")
    time.sleep(0.01)
    assert is_let_through(time, 10, "1")


asks = st.lists(
    st.tuples(st.sampled_from([None, None, "1", "2", "3"]), st.sampled_from([0.0, 0.0, 0.1, 1.0, 7.0])),
    min_size=20,
    max_size=60,
)


@given(limit=st.integers(1, 12), schedule=asks)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whoever_asks_whenever_no_sliding_minute_holds_more_than_the_limit(
    app: Flask, limit: int, schedule: list[tuple[str | None, float]]
) -> None:
    with writing() as connection:
        connection.execute(delete(RequestSlot))
        connection.execute(delete(RequestBudget))
    time, sent = Time(), []
    for who, pause in schedule:
        time.sleep(pause)
        try:
            a_budget(time, limit, person=who).acquire(wait_at_most=2)
        except SkinsBackError:
            continue
        sent.append(time.seconds)
    assert max((sum(start <= other < start + 60 for other in sent) for start in sent), default=0) <= limit


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
