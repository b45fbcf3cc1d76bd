"""What looks wrong: what is found, what leaves the list and why, and what stays in the history."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from flask import Flask

from dashboard.db.extensions import db
from dashboard.finance.findings import queries as found_findings
from dashboard.finance.findings import rules as finding_rules
from dashboard.finance.findings import store as findings
from dashboard.finance.findings.rules import FindingKind, Ratio
from dashboard.purchases import store
from dashboard.purchases.store import Source
from dashboard.totals.sums import Sums
from tests.purchases.samples import ASKED_AT, DATE, a_record, a_row, an_answer, store_purchase

TOLERANCE = Decimal("0.01")
LATER = ASKED_AT + timedelta(hours=1)
FINE: dict[str, Any] = {"price": Decimal(10), "balance_debited_sum": Decimal("10.05")}


def check() -> findings.Checked:
    done = findings.check(TOLERANCE)
    db.session.rollback()
    return done


def open_ids(kind: FindingKind) -> list[int]:
    return [row.buy_id for row in found_findings.findings_of_kind(kind)[0]]


@pytest.mark.parametrize(
    ("kind", "fields", "amount"),
    [
        (FindingKind.FAILED_DEBITED, {"offer_status": "timeout"}, "10.05"),
        (FindingKind.DELIVERED_FREE, {"balance_debited_sum": Decimal(0)}, "10"),
        (FindingKind.DELIVERED_FREE, {"balance_debited_sum": None}, "10"),
        (FindingKind.DELIVERED_FREE, {"balance_debited_sum": Decimal("-0.5")}, "10"),
        (FindingKind.OFF_PRICE, {"balance_debited_sum": Decimal("10.101")}, "0.101"),
        (FindingKind.REVERSED_BY_SUPPLIER, {"offer_status": "rollback_supplier"}, "10.05"),
        (FindingKind.NO_CUSTOM_ID, {"custom_id": None}, "10.05"),
        (FindingKind.NO_CUSTOM_ID, {"custom_id": "  "}, "10.05"),
    ],
)
def test_what_looks_wrong_is_found_with_its_sum(kind: FindingKind, fields: dict[str, Any], amount: str) -> None:
    row = SimpleNamespace(**a_row(**FINE) | fields)
    found = finding_rules.findings_of(row, tolerance=TOLERANCE, ratios=())
    assert [(one.kind, one.amount) for one in found] == [(kind, Decimal(amount))]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"balance_debited_sum": Decimal("10.1")},
        {"balance_debited_sum": Decimal("9.9")},
        {"offer_status": "timeout", "balance_debited_sum": Decimal(0)},
        {"offer_status": "rollback_user"},
        {"offer_status": "brand_new"},
        {"price": None},
        {"price": Decimal(0)},
    ],
)
def test_what_is_in_order_is_not_found(fields: dict[str, Any]) -> None:
    row = SimpleNamespace(**a_row(**FINE) | fields)
    assert finding_rules.findings_of(row, tolerance=TOLERANCE, ratios=()) == []


def test_a_constant_ratio_explains_a_difference_but_not_another_one() -> None:
    ratios = (Decimal("1.05"),)
    assert not finding_rules.is_off(Decimal("0.17"), Decimal("0.16"), tolerance=TOLERANCE, ratios=ratios)
    assert not finding_rules.is_off(Decimal("105"), Decimal("100"), tolerance=TOLERANCE, ratios=ratios)
    assert finding_rules.is_off(Decimal("106"), Decimal("100"), tolerance=TOLERANCE, ratios=ratios)


def test_a_ratio_is_constant_only_when_many_purchases_share_it() -> None:
    common, rare, one = (Ratio(Decimal(text), Sums(count)) for text, count in (
        ("1.05", 60), ("1.2", 49), ("1", 900),
    ))  # fmt: skip
    assert finding_rules.recognised([common, rare, one], 1009) == [common]
    assert finding_rules.recognised([common], 10_000) == []


def test_the_same_item_to_the_same_user_within_an_hour_is_found_once_for_the_later_one(app: Flask) -> None:
    for number, minutes in ((1, 0), (2, 60), (3, 121)):
        store_purchase(buy_id=number, date=DATE + timedelta(minutes=minutes), **FINE)
    store_purchase(buy_id=4, date=DATE, item_name="AK-47 | Redline", **FINE)
    store_purchase(buy_id=5, date=DATE, steamid="76561198050648524", **FINE)
    store_purchase(buy_id=6, date=DATE, offer_status="rollback_user", **FINE)
    check()
    ((row,), _) = found_findings.findings_of_kind(FindingKind.DELIVERED_TWICE)
    assert (row.buy_id, row.other_buy_id, row.amount) == (2, 1, Decimal("10.05"))


def test_a_repeat_ends_when_the_earlier_delivery_is_reversed(app: Flask) -> None:
    for number in (1, 2):
        store_purchase(buy_id=number, date=DATE + timedelta(minutes=number), **FINE)
    check()
    assert open_ids(FindingKind.DELIVERED_TWICE) == [2]
    store_purchase(buy_id=1, date=DATE + timedelta(minutes=1), asked_at=LATER, offer_status="rollback_user", **FINE)
    assert check().corrected == 1
    assert open_ids(FindingKind.DELIVERED_TWICE) == []


def test_a_finding_that_skinsback_corrects_leaves_with_that_reason_and_a_name(app: Flask) -> None:
    store_purchase(offer_status="timeout", **FINE)
    assert check().found == 1
    store_purchase(asked_at=LATER, offer_status="timeout", price=Decimal(10), balance_debited_sum=Decimal(0))
    assert check().corrected == 1
    found = found_findings.find_finding(FindingKind.FAILED_DEBITED, 1)
    assert found is not None
    assert (found.reason, found.resolved_by) == ("corrected by SkinsBack", "the dashboard")
    actions = [entry.action for entry in found_findings.resolutions_of(FindingKind.FAILED_DEBITED, 1)]
    assert actions == ["resolved", "found"]


def test_what_a_person_resolved_stays_resolved_while_it_looks_the_same(app: Flask) -> None:
    store_purchase(offer_status="timeout", **FINE)
    check()
    assert findings.resolve(FindingKind.FAILED_DEBITED, [1], "anna@shop.example", "refunded on 24 Nov") == 1
    store_purchase(asked_at=LATER, offer_status="canceled", **FINE)
    check()
    assert open_ids(FindingKind.FAILED_DEBITED) == []


@pytest.mark.parametrize(("debited", "is_open"), [("10.00", True), ("4.00", False)])
def test_what_was_resolved_is_open_again_when_more_is_in_question(app: Flask, debited: str, is_open: bool) -> None:
    store_purchase(offer_status="timeout", balance_debited_sum=Decimal(5), price=Decimal(5))
    check()
    findings.resolve(FindingKind.FAILED_DEBITED, [1], "anna@shop.example", "five dollars will come back")
    store_purchase(LATER, offer_status="timeout", balance_debited_sum=Decimal(debited), price=Decimal(debited))
    check()
    assert open_ids(FindingKind.FAILED_DEBITED) == ([1] if is_open else [])
    newest = found_findings.resolutions_of(FindingKind.FAILED_DEBITED, 1)[0]
    assert (newest.action, newest.by_email) == (
        ("reopened", findings.ITSELF) if is_open else ("resolved", "anna@shop.example")
    )


def test_what_comes_back_after_it_was_corrected_is_open_again(app: Flask) -> None:
    store_purchase(offer_status="timeout", **FINE)
    check()
    findings.resolve(FindingKind.FAILED_DEBITED, [1], "anna@shop.example", "refunded")
    store_purchase(asked_at=LATER, offer_status="timeout", balance_debited_sum=Decimal(0))
    check()
    store_purchase(asked_at=LATER + timedelta(hours=1), offer_status="timeout", **FINE)
    check()
    assert open_ids(FindingKind.FAILED_DEBITED) == [1]
    assert found_findings.resolutions_of(FindingKind.FAILED_DEBITED, 1)[0].action == "reopened"


def test_an_order_id_that_arrives_later_ends_the_finding(app: Flask) -> None:
    store_purchase(custom_id=None, **FINE)
    check()
    assert open_ids(FindingKind.NO_CUSTOM_ID) == [1]
    store_purchase(asked_at=LATER, custom_id="order-9", **FINE)
    check()
    assert open_ids(FindingKind.NO_CUSTOM_ID) == []


def test_checking_again_finds_nothing_new(app: Flask) -> None:
    store_purchase(offer_status="timeout", custom_id=None, **FINE)
    assert check().found == 2
    again = check()
    assert (again.found, again.corrected) == (0, 0)


def test_ten_thousand_purchases_of_one_ratio_are_one_line_and_no_findings(app: Flask) -> None:
    told = [
        a_record(buy_id=number, price=Decimal(number), balance_debited_sum=Decimal(number) * Decimal("1.05"),
                 custom_id=f"o{number}", steamid=str(76561197960265728 + number))
        for number in range(1, 301)
    ]  # fmt: skip
    told.append(a_record(buy_id=999, price=Decimal(10), balance_debited_sum=Decimal(14), steamid="1"))
    store.record_answer(an_answer(*told), Source.HISTORY)
    check()
    last = found_findings.last_check()
    assert last is not None
    assert [(ratio.ratio, ratio.sums.count) for ratio in last.ratios] == [(Decimal("1.05"), 300)]
    assert open_ids(FindingKind.OFF_PRICE) == [999]


def test_a_finding_is_not_resolved_without_a_reason(app: Flask) -> None:
    store_purchase(offer_status="timeout", **FINE)
    check()
    for reason in ("", "  ", "\0", "x" * 2001):
        with pytest.raises(ValueError, match="reason"):
            findings.resolve(FindingKind.FAILED_DEBITED, [1], "anna@shop.example", reason)
    assert open_ids(FindingKind.FAILED_DEBITED) == [1]


def test_a_check_that_is_stopped_begins_again(app: Flask) -> None:
    store_purchase(offer_status="timeout", **FINE)
    assert findings.check(TOLERANCE, should_stop=lambda: True).purchases == 0
    assert check().found == 1


def test_another_tolerance_looks_at_every_purchase_again(app: Flask) -> None:
    store_purchase(price=Decimal(10), balance_debited_sum=Decimal("10.5"))
    check()
    assert open_ids(FindingKind.OFF_PRICE) == [1]
    findings.check(Decimal("0.1"))
    db.session.rollback()
    found = found_findings.find_finding(FindingKind.OFF_PRICE, 1)
    assert found is not None
    assert found.reason == "explained by the tolerance or a constant ratio"


def test_the_command_says_what_was_found(app: Flask) -> None:
    store_purchase(offer_status="timeout", **FINE)
    result = app.test_cli_runner().invoke(args=["purchases", "check"])
    assert "1 purchases checked: 1 findings, 0 corrected" in result.output


@pytest.mark.parametrize("missing", [{"steamid": None}, {"item_name": None, "item_id": None, "classid": None}])
def test_a_second_delivery_is_found_when_user_or_item_become_known_later(app: Flask, missing: dict[str, Any]) -> None:
    store_purchase(buy_id=1, custom_id="a", **FINE)
    store_purchase(buy_id=2, custom_id="b", **FINE, **missing)
    check()
    # Long after: what changed within the overlap of two checks is looked at again anyway.
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=1), tick=False):
        check()
        assert open_ids(FindingKind.DELIVERED_TWICE) == []
        store_purchase(LATER, buy_id=2, custom_id="b", **FINE)
        check()
    assert open_ids(FindingKind.DELIVERED_TWICE) == [2]
