"""A line of the shop's list against the purchases of its id."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from dashboard.finance.reconcile.matching import (
    ListSums,
    OurPurchase,
    Outcome,
    compare,
    only_with_us,
    packed,
    sums_as_json,
    sums_from_json,
    unpacked,
)
from dashboard.finance.reconcile.shop_list import TheirLine

DATE = datetime(2026, 11, 20, tzinfo=UTC)


def ours(buy_id: int = 9, debited: str | None = "11.73", custom_id: str | None = "a") -> OurPurchase:
    return OurPurchase(buy_id, custom_id, "accepted", "final", DATE, None if debited is None else Decimal(debited))


def line(amount: str | None, *, buy_id: int | None = None, custom_id: str | None = "a") -> TheirLine:
    return TheirLine(2, custom_id, buy_id, None if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    ("amount", "debited", "outcome"),
    [
        ("11.73", "11.730", Outcome.AGREED), ("11.73", "11.733", Outcome.DIFFERS), (None, "11.73", Outcome.AGREED),
        ("11.73", None, Outcome.DIFFERS), (None, None, Outcome.AGREED), ("0", "0.00", Outcome.AGREED),
    ],
)  # fmt: skip
def test_a_line_agrees_when_its_amount_is_exactly_what_was_debited(
    amount: str | None, debited: str | None, outcome: Outcome
) -> None:
    assert compare(line(amount), [ours(debited=debited)]).outcome is outcome


def test_a_line_without_a_purchase_is_only_with_them() -> None:
    compared = compare(line("5"), [])
    assert (compared.outcome, compared.theirs, compared.ours) == (Outcome.ONLY_THEM, Decimal(5), None)


def test_several_purchases_with_one_id_are_compared_by_their_sum_and_named() -> None:
    compared = compare(line("3"), [ours(1, "1"), ours(2, "2")])
    assert (compared.outcome, compared.ours) == (Outcome.AGREED, Decimal(3))
    assert compared.remark == "2 purchases carry this id (1, 2)"


def test_another_custom_id_with_us_is_remarked() -> None:
    compared = compare(line("11.73", buy_id=9, custom_id="b"), [ours(custom_id="a")])
    assert (compared.outcome, compared.remark) == (Outcome.AGREED, "with us its custom_id is a")


def test_sums_survive_being_stored() -> None:
    sums = {outcome: ListSums() for outcome in Outcome}
    for _ in range(2):
        sums[Outcome.DIFFERS].add(compare(line("11.731"), [ours()]))
    sums[Outcome.ONLY_US].add(only_with_us(ours(debited="0.000001")))
    read = sums_from_json(sums_as_json(sums))
    assert read == sums
    assert read[Outcome.DIFFERS] == ListSums(2, Decimal("23.462"), Decimal("23.46"))
    assert read[Outcome.DIFFERS].difference == Decimal("-0.002")


def test_rows_survive_being_packed() -> None:
    rows = [compare(line("5", custom_id="★\n"), [ours(debited=None)]), compare(line(None), [ours(1), ours(2)])]
    assert unpacked(Outcome.DIFFERS, packed(rows[:1])) == rows[:1]
    assert unpacked(Outcome.AGREED, packed(rows[1:])) == rows[1:]
