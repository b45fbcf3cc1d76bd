"""When a purchase is due again, and what goes first."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.purchases import schedule
from dashboard.purchases.finality import Settlement
from dashboard.purchases.schedule import Facts, next_due, urgency, urgency_at_once

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ENDED = (Settlement.FAILED, Settlement.REVERSED_BY_USER, Settlement.REVERSED_BY_SUPPLIER)
UNSETTLED = (Settlement.OPEN, Settlement.REVERSIBLE)
lengths = st.timedeltas(timedelta(0), timedelta(days=400))
past = st.none() | lengths.map(lambda length: NOON - length)
some_facts = st.builds(
    Facts,
    part=st.sampled_from(Settlement),
    date=lengths.map(lambda length: NOON - length),
    asked_at=st.just(NOON),
    changed_at=past,
    hold_ends_at=st.none() | st.timedeltas(-30 * DAY, 30 * DAY).map(lambda length: NOON + length),
    watched_at=past,
    missing_since=past,
    is_in_doubt=st.booleans(),
    events_flowing=st.booleans(),
)


def facts(part: Settlement, **changes: Any) -> Facts:
    return Facts(**({"part": part, "date": NOON, "asked_at": NOON} | changes))


def wait(part: Settlement, **changes: Any) -> timedelta | None:
    given_facts = facts(part, **changes)
    at = next_due(given_facts, NOON).at
    return None if at is None else at - given_facts.asked_at


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (timedelta(0), 15 * SECOND),
        (5 * MINUTE - SECOND, 15 * SECOND),
        (5 * MINUTE, 30 * SECOND),
        (15 * MINUTE, 2 * MINUTE),
        (HOUR, 10 * MINUTE),
        (6 * HOUR, 30 * MINUTE),
        (DAY, 3 * HOUR),
        (7 * DAY, DAY),
        (1000 * DAY, DAY),
        (-HOUR, 15 * SECOND),
    ],
)
def test_an_open_purchase_is_asked_about_less_and_less(age: timedelta, expected: timedelta) -> None:
    assert wait(Settlement.OPEN, date=NOON - age) == expected


def test_an_open_purchase_is_young_again_when_its_status_changes() -> None:
    assert wait(Settlement.OPEN, date=NOON - DAY, changed_at=NOON - MINUTE) == 15 * SECOND


def test_events_relax_the_asking_about_open_purchases() -> None:
    assert wait(Settlement.OPEN, events_flowing=True) == MINUTE
    assert wait(Settlement.OPEN, events_flowing=True, date=NOON - DAY) == 3 * HOUR


def test_what_somebody_looks_at_is_asked_about_often_even_with_events() -> None:
    assert wait(Settlement.OPEN, watched_at=NOON, events_flowing=True) == 10 * SECOND
    assert wait(Settlement.OPEN, watched_at=NOON, date=NOON - DAY) == 10 * SECOND


def test_somebody_who_left_two_minutes_ago_no_longer_looks() -> None:
    assert wait(Settlement.OPEN, watched_at=NOON - 2 * MINUTE) == 15 * SECOND


@pytest.mark.parametrize("left", [2 * HOUR, 3 * DAY, 30 * DAY])
def test_a_purchase_on_hold_is_due_exactly_at_its_release(left: timedelta) -> None:
    assert wait(Settlement.REVERSIBLE, hold_ends_at=NOON + left) == left


@given(some_facts, lengths)
def test_asking_again_before_the_end_of_a_hold_changes_nothing_in_its_plan(some: Facts, later: timedelta) -> None:
    known = {name: getattr(some, name) for name in Facts.__slots__} | {"missing_since": None}
    plans = []
    for asked_at in (NOON, NOON + later):
        held = Facts(**known | {"part": Settlement.REVERSIBLE, "hold_ends_at": NOON + 401 * DAY, "asked_at": asked_at})
        plans.append((next_due(held, asked_at), urgency(replace(held, watched_at=None), asked_at)))
    assert plans[0] == plans[1]


@pytest.mark.parametrize(
    ("over_for", "expected"),
    [
        (timedelta(0), MINUTE),
        (10 * MINUTE, 5 * MINUTE),
        (HOUR, HOUR),
        (DAY, 6 * HOUR),
        (8 * DAY, DAY),
        (400 * DAY, DAY),
    ],
)
def test_a_hold_that_is_over_but_not_confirmed_is_asked_about_soon(over_for: timedelta, expected: timedelta) -> None:
    assert wait(Settlement.REVERSIBLE, hold_ends_at=NOON - over_for) == expected


def test_a_hold_without_an_end_is_due_every_day() -> None:
    assert wait(Settlement.REVERSIBLE) == DAY


def test_a_confirmed_delivery_is_asked_about_once_more_after_its_release() -> None:
    assert wait(Settlement.FINAL, hold_ends_at=NOON) == HOUR
    assert wait(Settlement.FINAL, hold_ends_at=NOON - HOUR) is None


def moments_of(part: Settlement) -> list[timedelta]:
    """Follow the plan from the change of status on until it ends."""
    asked_at, found = NOON, []
    while (at := next_due(facts(part, asked_at=asked_at, changed_at=NOON), NOON).at) is not None:
        found.append(at - NOON)
        asked_at = at
    return found


def test_a_delivery_without_a_hold_is_asked_about_four_times_in_a_day() -> None:
    assert moments_of(Settlement.FINAL) == [MINUTE, 5 * MINUTE, HOUR, DAY]


@pytest.mark.parametrize("part", ENDED)
def test_what_failed_or_was_reversed_is_asked_about_after_an_hour_and_a_day(part: Settlement) -> None:
    assert moments_of(part) == [HOUR, DAY]


@pytest.mark.parametrize("part", [*ENDED, Settlement.FINAL])
def test_what_ended_long_before_it_became_known_is_never_asked_about(part: Settlement) -> None:
    assert next_due(facts(part, date=NOON - 90 * DAY), NOON) == schedule.Due(None, "settled")


def test_an_old_purchase_that_failed_just_now_is_asked_about_again() -> None:
    assert wait(Settlement.FAILED, date=NOON - 90 * DAY, changed_at=NOON) == HOUR


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (timedelta(0), MINUTE),
        (15 * MINUTE, 5 * MINUTE),
        (HOUR, HOUR),
        (DAY, DAY),
        (30 * DAY - SECOND, DAY),
        (30 * DAY, None),
    ],
)
def test_an_unknown_status_is_asked_about_for_thirty_days(age: timedelta, expected: timedelta | None) -> None:
    assert wait(Settlement.UNKNOWN, date=NOON - age) == expected


@pytest.mark.parametrize(
    ("missing_for", "expected"),
    [(timedelta(0), MINUTE), (10 * MINUTE, 10 * MINUTE), (30 * DAY, DAY)],
)
def test_a_purchase_missing_from_the_answers_is_asked_about_less_and_less(
    missing_for: timedelta, expected: timedelta
) -> None:
    assert wait(Settlement.OPEN, missing_since=NOON - missing_for) == expected


def test_a_settled_purchase_that_is_missing_stays_settled() -> None:
    assert wait(Settlement.FAILED, date=NOON - 90 * DAY, missing_since=NOON) is None


@given(some_facts, lengths)
def test_the_next_question_always_lies_after_the_last_answer(some: Facts, later: timedelta) -> None:
    due = next_due(some, NOON + later)
    assert due.at is None or due.at > some.asked_at
    assert 0 < len(due.reason) <= 64


@given(some_facts.filter(lambda some: some.part in UNSETTLED or some.is_in_doubt), lengths)
def test_what_is_not_settled_is_always_due_again_within_a_day_or_at_the_end_of_its_hold(
    some: Facts, later: timedelta
) -> None:
    at = next_due(some, NOON + later).at
    assert at is not None
    ends_at = some.hold_ends_at if some.part is Settlement.REVERSIBLE else None
    assert at <= max(some.asked_at + DAY, ends_at or some.asked_at)


@given(some_facts.filter(lambda some: not (some.part in UNSETTLED or some.is_in_doubt)))
def test_what_is_settled_comes_to_rest(some: Facts) -> None:
    for _ in range(200):
        at = next_due(some, NOON).at
        if at is None:
            return
        some = Facts(**{name: getattr(some, name) for name in Facts.__slots__} | {"asked_at": at})
    pytest.fail("still asked about after 200 answers")


def overdue(part: Settlement, **changes: Any) -> int:
    return urgency(facts(part, **changes), NOON)


def test_what_is_due_together_is_taken_in_the_order_that_helps_most() -> None:
    due = NOON - MINUTE
    watched = overdue(Settlement.OPEN, asked_at=due - 10 * SECOND, date=due, watched_at=NOON)
    open_ = overdue(Settlement.OPEN, asked_at=due - 15 * SECOND, date=due)
    released = overdue(Settlement.REVERSIBLE, asked_at=due - HOUR, hold_ends_at=due)
    failed = overdue(Settlement.FAILED, asked_at=due - HOUR, changed_at=due - HOUR)
    order = [watched, open_, released, failed]
    assert order == sorted(order)
    assert len(set(order)) == len(order)


def test_a_pushed_event_goes_before_open_purchases() -> None:
    assert urgency_at_once(NOON) < overdue(Settlement.OPEN, asked_at=NOON - HOUR, date=NOON - HOUR)


@given(some_facts)
def test_nothing_waits_for_ever_behind_newer_work(some: Facts) -> None:
    due = next_due(some, NOON).at
    if due is None:
        return
    newcomer = facts(Settlement.OPEN, asked_at=due + 3 * DAY, date=due + 3 * DAY)
    assert urgency(some, NOON) < urgency(newcomer, due + 3 * DAY)


@given(some_facts, lengths)
def test_every_place_fits_into_32_bits(some: Facts, later: timedelta) -> None:
    assert 0 <= urgency(some, NOON + later) < 2**31


def test_what_is_never_due_has_the_last_place() -> None:
    assert overdue(Settlement.FAILED, date=NOON - 90 * DAY) == 2**31 - 1
