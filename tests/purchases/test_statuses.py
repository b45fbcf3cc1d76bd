"""The catalogue of statuses and reasons, row by row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.purchases import statuses
from dashboard.purchases.statuses import Badge, Fault, Phase, Tone, badge_of, fault_of, phase_of, reason_of, status_of

PHASES = {
    "creating_trade": Phase.OPEN,
    "waiting_accept": Phase.OPEN,
    "accepted": Phase.DELIVERED,
    "canceled": Phase.FAILED,
    "timeout": Phase.FAILED,
    "invalid_trade_token": Phase.FAILED,
    "user_not_tradable": Phase.FAILED,
    "trade_create_error": Phase.FAILED,
    "rollback_user": Phase.REVERSED,
    "rollback_supplier": Phase.REVERSED,
}
STATUS_FAULTS = {
    "creating_trade": Fault.UNKNOWN,
    "waiting_accept": Fault.UNKNOWN,
    "accepted": Fault.UNKNOWN,
    "canceled": Fault.CUSTOMER,
    "timeout": Fault.CUSTOMER,
    "invalid_trade_token": Fault.CUSTOMER,
    "user_not_tradable": Fault.CUSTOMER,
    "trade_create_error": Fault.SUPPLIER,
    "rollback_user": Fault.CUSTOMER,
    "rollback_supplier": Fault.SUPPLIER,
}
REASON_FAULTS = {
    "user_cant_trade": Fault.CUSTOMER,
    "private_inventory": Fault.CUSTOMER,
    "user_trade_ban": Fault.CUSTOMER,
    "user_inventory_is_full": Fault.CUSTOMER,
    "too_many_failed_attempts": Fault.MIXED,
    "skin_unavailable": Fault.SUPPLIER,
}


@pytest.mark.parametrize(("value", "phase"), PHASES.items())
def test_each_documented_status_has_its_phase(value: str, phase: Phase) -> None:
    assert phase_of(value) is phase


@pytest.mark.parametrize(("value", "fault"), STATUS_FAULTS.items())
def test_each_documented_status_without_a_reason_has_its_fault(value: str, fault: Fault) -> None:
    assert fault_of(value, None) is fault


@pytest.mark.parametrize(("value", "fault"), REASON_FAULTS.items())
@pytest.mark.parametrize("status", PHASES)
def test_a_reason_decides_the_fault_before_the_status(status: str, value: str, fault: Fault) -> None:
    assert fault_of(status, value) is fault


def test_the_catalogue_lists_exactly_the_documented_values() -> None:
    assert [status.value for status in statuses.STATUSES] == list(PHASES)
    assert [reason.value for reason in statuses.REASONS] == list(REASON_FAULTS)


def test_the_groups_hold_every_known_status_once() -> None:
    groups = (statuses.OPEN, statuses.DELIVERED, statuses.FAILED, statuses.REVERSED)
    assert frozenset().union(*groups) == statuses.KNOWN_STATUSES
    assert sum(len(group) for group in groups) == len(statuses.KNOWN_STATUSES) == 10


@pytest.mark.parametrize("status", statuses.STATUSES, ids=lambda status: status.value)
def test_every_status_has_all_its_texts(status: statuses.Status) -> None:
    assert status.label
    assert status.meaning.endswith(".")
    assert status.is_known


@pytest.mark.parametrize("reason", statuses.REASONS, ids=lambda reason: reason.value)
def test_every_reason_has_all_its_texts(reason: statuses.Reason) -> None:
    assert reason.label
    assert reason.meaning.endswith(".")
    assert reason.is_known


def test_labels_tell_the_statuses_apart() -> None:
    assert len({status.label for status in statuses.STATUSES}) == len(statuses.STATUSES)
    assert len({reason.label for reason in statuses.REASONS}) == len(statuses.REASONS)


def test_each_tone_has_a_shape_of_its_own() -> None:
    assert len({Badge("", tone).shape for tone in Tone}) == len(Tone)


@given(st.text().filter(lambda text: text not in PHASES))
def test_an_unknown_status_is_a_member_that_carries_its_raw_value(value: str) -> None:
    status = status_of(value)
    assert status.value == value
    assert status.phase is Phase.UNKNOWN
    assert badge_of(value, is_reversible=False).tone is Tone.UNKNOWN
    assert not status.is_known


def test_an_unknown_status_is_shown_raw() -> None:
    assert status_of("trade_sent_<b>").label == "trade_sent_<b>"


def test_a_status_in_another_case_is_another_status() -> None:
    assert phase_of("Accepted") is Phase.UNKNOWN


@pytest.mark.parametrize("value", [None, ""])
def test_a_missing_status_says_so(value: str | None) -> None:
    assert status_of(value).label == "No status"
    assert phase_of(value) is Phase.UNKNOWN


def test_an_unknown_reason_is_shown_raw_and_nobodys_known_fault() -> None:
    reason = reason_of("new_reason")
    assert reason is not None
    assert (reason.value, reason.label, reason.is_known) == ("new_reason", "new_reason", False)
    assert fault_of("canceled", "new_reason") is Fault.UNKNOWN


@pytest.mark.parametrize("value", [None, ""])
def test_no_reason_is_none_and_leaves_the_status_to_decide(value: str | None) -> None:
    assert reason_of(value) is None
    assert fault_of("canceled", value) is Fault.CUSTOMER


def test_a_delivered_purchase_that_can_be_undone_looks_unsettled() -> None:
    badge = badge_of("accepted", is_reversible=True)
    assert (badge.label, badge.tone, badge.shape) == ("Delivered, on hold", Tone.HOLD, "lock")


def test_a_settled_delivery_looks_good() -> None:
    assert badge_of("accepted", is_reversible=False).tone is Tone.GOOD


def test_only_a_delivery_changes_its_look_with_the_hold() -> None:
    assert badge_of("canceled", is_reversible=True) == badge_of("canceled", is_reversible=False)
