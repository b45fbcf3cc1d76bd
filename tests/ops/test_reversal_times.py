"""Hours from acceptance to reversal, and the honesty about where they are counted from."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from dashboard.ops.reversal_times import BINS, UNKNOWN, ReversalGroup, bin_of, histogram

DATE = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def reversal(hours: float | None, *, accepted: bool = True, status: str = "rollback_user") -> Any:
    accepted_at = DATE + timedelta(minutes=6) if accepted else None
    start = accepted_at or DATE
    seen = None if hours is None else start + timedelta(hours=hours)
    return SimpleNamespace(date=DATE, accepted_at=accepted_at, status_since=seen, offer_status=status)


@pytest.mark.parametrize(
    ("hours", "name"),
    [
        (0, "0-1"),
        (0.99, "0-1"),
        (1, "1-6"),
        (24, "24-48"),
        (191.9, "168-192"),
        (192, "192-"),
        (999, "192-"),
        (-5, "0-1"),
    ],
)
def test_a_reversal_belongs_to_the_hours_after_its_acceptance(hours: float, name: str) -> None:
    assert bin_of(reversal(hours)).name == name


def test_bins_follow_one_another_without_gap() -> None:
    assert [first.until for first in BINS[:-1]] == [second.since for second in BINS[1:]]


def test_without_a_seen_acceptance_the_hours_are_counted_from_the_purchase_and_said_to_be() -> None:
    found = next(count for count in histogram([reversal(2), reversal(3, accepted=False)]) if count.bin.name == "1-6")
    assert (found.count, len(found.of(ReversalGroup.FROM_PURCHASE))) == (2, 1)


def test_what_was_reversed_at_first_sight_is_not_known() -> None:
    assert bin_of(reversal(None)) is UNKNOWN
    assert histogram([reversal(None)])[-1].count == 1


def test_reversals_are_counted_by_whose_they_were() -> None:
    first = histogram([reversal(0), reversal(0, status="rollback_supplier"), reversal(0, status="rollback_supplier")])[
        0
    ]
    assert (len(first.of(ReversalGroup.BY_USER)), len(first.of(ReversalGroup.BY_SUPPLIER))) == (1, 2)
