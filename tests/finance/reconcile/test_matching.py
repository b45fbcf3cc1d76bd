"""A line of the shop's list against the purchases of its id."""

import json
import zlib
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from dashboard.finance.reconcile.matching import (
    MatchOutcome,
    MatchSums,
    OurPurchase,
    compare,
    of_order,
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
        ("11.73", "11.730", MatchOutcome.AGREED), ("11.73", "11.733", MatchOutcome.DIFFERS),
        (None, "11.73", MatchOutcome.NOT_COMPARED), ("11.73", None, MatchOutcome.NOT_COMPARED),
        (None, None, MatchOutcome.NOT_COMPARED), ("0", "0.00", MatchOutcome.AGREED),
        ("0", None, MatchOutcome.NOT_COMPARED),
    ],
)  # fmt: skip
def test_a_line_agrees_only_when_its_amount_is_exactly_what_is_known_to_be_debited(
    amount: str | None, debited: str | None, outcome: MatchOutcome
) -> None:
    assert compare(line(amount), [ours(debited=debited)]).outcome is outcome


def test_a_line_without_a_purchase_is_only_with_them() -> None:
    compared = compare(line("5"), [])
    assert (compared.outcome, compared.theirs, compared.ours) == (MatchOutcome.ONLY_THEIRS, Decimal(5), None)


def test_several_purchases_with_one_id_are_compared_by_their_sum_and_named() -> None:
    compared = compare(line("3"), [ours(1, "1"), ours(2, "2")])
    assert (compared.outcome, compared.ours) == (MatchOutcome.AGREED, Decimal(3))
    assert compared.remark == "2 purchases carry this id (1, 2)"


def test_another_custom_id_with_us_is_remarked() -> None:
    compared = compare(line("11.73", buy_id=9, custom_id="b"), [ours(custom_id="a")])
    assert (compared.outcome, compared.remark) == (MatchOutcome.AGREED, "here its order ID is a")


@pytest.mark.parametrize(
    ("stored", "asked", "named", "words"),
    [
        (["Abc-1"], "abc-1", [1], ""), (["Abc-1", "abc-1"], "abc-1", [2], ""),
        (["abc-1", "abc-1"], "ABC-1", [1, 2], ""),
        (["Abc-1", "abc-1"], "ABC-1", [], "2 order IDs here differ from it in spelling only (Abc-1, abc-1)"),
    ],
)  # fmt: skip
def test_an_order_id_is_meant_exactly_then_in_its_only_other_spelling_and_never_guessed(
    stored: list[str], asked: str, named: list[int], words: str
) -> None:
    purchases, remark = of_order(asked, [ours(number, custom_id=one) for number, one in enumerate(stored, start=1)])
    assert [purchase.buy_id for purchase in purchases] == named
    assert remark.startswith(words)


def test_the_spelling_here_is_remarked() -> None:
    compared = compare(line("11.73", custom_id="ABC"), [ours(custom_id="abc")])
    assert (compared.outcome, compared.remark) == (MatchOutcome.AGREED, "here its order ID is abc")


def test_sums_survive_being_stored() -> None:
    sums = {outcome: MatchSums() for outcome in MatchOutcome}
    for _ in range(2):
        sums[MatchOutcome.DIFFERS].add(compare(line("11.731"), [ours()]))
    sums[MatchOutcome.ONLY_OURS].add(only_with_us(ours(debited="0.000001")))
    read = sums_from_json(sums_as_json(sums))
    assert read == sums
    assert read[MatchOutcome.DIFFERS] == MatchSums(2, Decimal("23.462"), Decimal("23.46"))
    assert read[MatchOutcome.ONLY_OURS] == MatchSums(1, Decimal("0.00"), Decimal("0.000001"), theirs_missing=1)
    assert read[MatchOutcome.ONLY_OURS].difference is None
    assert read[MatchOutcome.DIFFERS].difference == Decimal("-0.002")


def test_rows_survive_being_packed() -> None:
    rows = [compare(line("5", custom_id="★\n"), [ours(debited=None)]), compare(line(None), [ours(1), ours(2)])]
    assert unpacked(MatchOutcome.NOT_COMPARED, packed(rows)) == rows


def test_a_block_that_an_earlier_version_stored_is_read_alike() -> None:
    row = [3, "order-3", 17, "accepted", "final", "2026-11-20T12:00:00+00:00", "11.73", "11.730001", ""]
    (read,) = unpacked(MatchOutcome.DIFFERS, zlib.compress(json.dumps([row]).encode()))
    assert (read.date, read.ours) == (datetime(2026, 11, 20, 12, 0, tzinfo=UTC), Decimal("11.730001"))
    assert unpacked(MatchOutcome.DIFFERS, packed([read])) == [read]
