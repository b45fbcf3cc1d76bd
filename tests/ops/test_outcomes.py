"""Counts of outcomes by phase, reason and fault."""

from decimal import Decimal

from dashboard.ops.outcomes import Outcomes, total
from dashboard.purchases.statuses import Fault, Phase

MIXED = Outcomes(
    {
        ("accepted", ""): 6, ("timeout", ""): 1, ("trade_create_error", ""): 2,
        ("trade_create_error", "private_inventory"): 1, ("user_not_tradable", "too_many_failed_attempts"): 1,
        ("canceled", "brand_new_reason"): 1, ("rollback_user", ""): 2, ("rollback_supplier", ""): 1,
        ("waiting_accept", ""): 4, ("in_review", "skin_unavailable"): 3,
    }
)  # fmt: skip


def test_open_and_unknown_purchases_are_in_no_rate() -> None:
    assert (MIXED.count, MIXED.decided, MIXED.failed, MIXED.once_delivered) == (22, 15, 6, 9)
    assert MIXED.failure_rate == Decimal(6) / 15
    assert MIXED.reversal_rate == Decimal(3) / 9


def test_nothing_has_no_rate_and_no_cause() -> None:
    nothing = Outcomes()
    assert (nothing.failure_rate, nothing.reversal_rate, nothing.main_cause(), nothing.count) == (None, None, None, 0)


def test_the_reason_decides_whose_fault_a_failure_is_and_an_unknown_reason_is_nobodys() -> None:
    assert MIXED.by_fault(Phase.FAILED) == {Fault.CUSTOMER: 2, Fault.SUPPLIER: 2, Fault.MIXED: 1, Fault.UNKNOWN: 1}
    assert MIXED.by_fault(Phase.REVERSED) == {Fault.CUSTOMER: 2, Fault.SUPPLIER: 1, Fault.MIXED: 0, Fault.UNKNOWN: 0}


def test_reasons_stand_by_frequency_and_leave_out_what_has_not_failed() -> None:
    assert list(MIXED.by_reason(Phase.FAILED).items()) == [
        ("", 3), ("brand_new_reason", 1), ("private_inventory", 1), ("too_many_failed_attempts", 1),
    ]  # fmt: skip


def test_statuses_stand_in_the_order_of_a_life_and_undocumented_ones_last() -> None:
    assert list(MIXED.by_status())[:3] == ["waiting_accept", "accepted", "canceled"]
    assert list(MIXED.by_status())[-1] == "in_review"


def test_the_main_cause_is_the_most_frequent_pair_of_status_and_reason() -> None:
    assert MIXED.main_cause() == ("trade_create_error", "")


def test_what_adds_up_to_nothing_is_gone() -> None:
    assert total([Outcomes({("accepted", ""): 2}), Outcomes({("accepted", ""): -2})]).counts == {}
