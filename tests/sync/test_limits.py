"""Whose turn it is among the requests of a minute."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.sync.limits import GivenSlot, limit_for_jobs, limit_for_people, turn_of

WINDOW = 60
NOW = 1000

slots = st.lists(
    st.builds(GivenSlot, at=st.integers(NOW - WINDOW + 1, NOW + 1), person=st.sampled_from([None, "1", "2", "3"])),
    max_size=40,
).map(lambda some: sorted(some, key=lambda slot: slot.at))


def may_ask(person: str, given_slots: list[GivenSlot], limit: int, moment: int, *, are_jobs_short: bool) -> bool:
    still = [slot.person for slot in given_slots if slot.at > moment - WINDOW]
    allowed = limit_for_people(limit, still.count(None), are_jobs_short=are_jobs_short)
    left = allowed - (len(still) - still.count(None))
    return left > 0 and still.count(person) <= left


@given(slots, st.integers(1, 50), st.booleans())
def test_a_persons_turn_is_the_first_moment_at_which_they_take_no_more_than_they_leave(
    some: list[GivenSlot], limit: int, short: bool
) -> None:
    moments = range(NOW, NOW + 2 * WINDOW)
    first = next(moment for moment in moments if may_ask("1", some, limit, moment, are_jobs_short=short))
    assert turn_of("1", some, limit, NOW, WINDOW, are_jobs_short=short) == first


@given(st.integers(1, 500), st.integers(0, 500), st.booleans())
def test_people_and_jobs_always_keep_a_share(limit: int, used_by_jobs: int, short: bool) -> None:
    share = limit - limit_for_jobs(limit, have_people_asked=True)
    assert share <= limit_for_people(limit, used_by_jobs, are_jobs_short=short) <= limit


@pytest.mark.parametrize(("used_by_jobs", "for_people"), [(0, 360), (150, 210), (360, 90), (445, 90)])
def test_people_may_use_what_jobs_leave_but_for_a_part_that_jobs_can_grow_into(
    used_by_jobs: int, for_people: int
) -> None:
    assert limit_for_people(450, used_by_jobs, are_jobs_short=False) == for_people


def test_people_keep_to_their_fifth_while_jobs_come_short() -> None:
    assert limit_for_people(450, 10, are_jobs_short=True) == 90
