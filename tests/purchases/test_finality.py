"""Which part of the debited money a purchase belongs to, and when its hold ends."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.purchases.finality import HOLD_LENGTH, HoldEnd, HoldFacts, Settlement, hold_end, settlement_of

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis wants naive bounds.


def part(asked_at: datetime = NOON, **changes: Any) -> Settlement:
    return settlement_of(HoldFacts(**{"offer_status": "accepted"} | changes), asked_at)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("creating_trade", Settlement.OPEN),
        ("waiting_accept", Settlement.OPEN),
        ("canceled", Settlement.FAILED),
        ("timeout", Settlement.FAILED),
        ("invalid_trade_token", Settlement.FAILED),
        ("user_not_tradable", Settlement.FAILED),
        ("trade_create_error", Settlement.FAILED),
        ("rollback_user", Settlement.REVERSED_BY_USER),
        ("rollback_supplier", Settlement.REVERSED_BY_SUPPLIER),
        ("something_new", Settlement.UNKNOWN),
        ("", Settlement.UNKNOWN),
    ],
)
@pytest.mark.parametrize("in_hold", [None, False, True])
def test_what_was_not_delivered_is_placed_by_its_status_alone(
    status: str, expected: Settlement, in_hold: bool | None
) -> None:
    assert part(offer_status=status, in_hold=in_hold, in_hold_until=NOON, was_on_hold=True) is expected


@pytest.mark.parametrize("in_hold", [None, False])
def test_a_delivery_that_was_never_on_hold_is_final(in_hold: bool | None) -> None:
    assert part(in_hold=in_hold) is Settlement.FINAL


def test_a_delivery_on_hold_is_reversible() -> None:
    assert part(in_hold=True, in_hold_until=NOON + timedelta(days=3), was_on_hold=True) is Settlement.REVERSIBLE


@pytest.mark.parametrize("in_hold", [None, False])
def test_an_answer_asked_for_exactly_at_the_end_confirms_it(in_hold: bool | None) -> None:
    assert part(in_hold=in_hold, in_hold_until=NOON, was_on_hold=True) is Settlement.FINAL


@pytest.mark.parametrize("in_hold", [None, False])
def test_an_answer_asked_for_a_second_before_the_end_confirms_nothing(in_hold: bool | None) -> None:
    assert part(in_hold=in_hold, in_hold_until=NOON + SECOND, was_on_hold=True) is Settlement.REVERSIBLE


def test_still_on_hold_after_the_date_stays_reversible() -> None:
    assert part(in_hold=True, in_hold_until=NOON - timedelta(days=30), was_on_hold=True) is Settlement.REVERSIBLE


def test_no_longer_on_hold_before_the_date_stays_reversible() -> None:
    assert part(in_hold=False, in_hold_until=NOON + timedelta(days=2), was_on_hold=True) is Settlement.REVERSIBLE


def test_on_hold_without_any_date_stays_reversible() -> None:
    assert part(in_hold=True, was_on_hold=True, accepted_at=NOON - timedelta(days=90)) is Settlement.REVERSIBLE


@pytest.mark.parametrize(("days", "expected"), [(7, Settlement.REVERSIBLE), (8, Settlement.FINAL)])
def test_a_hold_without_a_date_is_over_eight_days_after_acceptance(days: int, expected: Settlement) -> None:
    assert part(in_hold=False, was_on_hold=True, accepted_at=NOON - timedelta(days=days)) is expected


def test_a_past_hold_that_nothing_dates_stays_reversible() -> None:
    assert part(in_hold=False, was_on_hold=True) is Settlement.REVERSIBLE


@given(
    in_hold=st.sampled_from([None, False, True]),
    until=st.none() | moments,
    asked_at=moments,
    accepted_at=st.none() | moments,
    was_on_hold=st.booleans(),
    unreadable=st.sets(st.sampled_from(["in_hold", "in_hold_until", "custom_id"])),
)
def test_a_delivery_is_never_final_before_its_hold_can_have_ended(
    in_hold: bool | None,
    until: datetime | None,
    asked_at: datetime,
    accepted_at: datetime | None,
    was_on_hold: bool,
    unreadable: set[str],
) -> None:
    found = part(
        in_hold=in_hold, in_hold_until=until, asked_at=asked_at, accepted_at=accepted_at, was_on_hold=was_on_hold,
        unreadable=unreadable,
    )  # fmt: skip
    assert found in (Settlement.FINAL, Settlement.REVERSIBLE)
    if found is Settlement.FINAL:
        assert in_hold is not True
        assert until is None or asked_at >= until
        assert in_hold is False or unreadable <= {"custom_id"}


def end(**changes: Any) -> HoldEnd | None:
    facts: dict[str, Any] = {"offer_status": "accepted", "in_hold": True, "in_hold_until": None}
    return hold_end(HoldFacts(**(facts | changes)))


def test_the_date_that_skinsback_gives_is_the_end() -> None:
    assert end(in_hold_until=NOON, accepted_at=NOON, date=NOON) == HoldEnd(NOON, is_estimate=False)


def test_a_hold_without_a_date_is_estimated_from_acceptance() -> None:
    estimate = end(accepted_at=NOON, date=NOON - timedelta(hours=1))
    assert estimate == HoldEnd(NOON + HOLD_LENGTH, is_estimate=True)


def test_a_hold_without_a_date_or_acceptance_is_estimated_from_the_purchase() -> None:
    assert end(date=NOON) == HoldEnd(NOON + timedelta(days=8), is_estimate=True)


def test_a_hold_that_nothing_dates_has_no_end() -> None:
    assert end() is None


def test_a_delivery_without_a_hold_has_no_end() -> None:
    assert end(in_hold=None, accepted_at=NOON, date=NOON) is None


def test_the_end_is_remembered_after_the_release() -> None:
    assert end(in_hold=False, in_hold_until=NOON, was_on_hold=True) == HoldEnd(NOON, is_estimate=False)


@pytest.mark.parametrize("status", ["waiting_accept", "rollback_user", "timeout", "something_new"])
def test_what_was_not_delivered_has_no_hold_end(status: str) -> None:
    assert end(offer_status=status, in_hold_until=NOON) is None
