"""The pages of what looks wrong: sums that equal their lists, owners, reasons, history."""

from decimal import Decimal

import pytest
from flask import Flask

from dashboard.finance.findings import store as findings
from dashboard.finance.findings.rules import FindingKind
from tests.conftest import signed_in
from tests.purchases.samples import store_purchase
from tests.reader import Reader


@pytest.fixture
def finance(app: Flask) -> Reader:
    """Somebody of finance."""
    return signed_in(app, "finance")


def store_failed(count: int = 3) -> None:
    for number in range(1, count + 1):
        store_purchase(
            buy_id=number, offer_status="timeout", price=Decimal(number), balance_debited_sum=Decimal(number),
            steamid=str(76561197960265728 + number),
        )  # fmt: skip
    findings.check(Decimal("0.01"))


def test_each_kind_shows_count_and_sum_that_its_list_has_too(finance: Reader) -> None:
    store_failed()
    page = finance.get("/finance/wrong")
    row = page.one(f'[data-kind="{FindingKind.FAILED_DEBITED}"]')
    assert [str(link["data-value"]) for link in row.select("a[data-value]")] == ["3", "6.00"]
    found = finance.get(str(row.select("a")[0]["href"]))
    assert found.buy_ids() == [3, 2, 1]
    assert sum(Decimal(str(cell["data-value"])) for cell in found.all("[data-amount]")) == 6
    assert found.one("[data-finding-sum]")["data-value"] == "6.00"


def test_every_kind_has_a_page_even_when_nothing_is_open(finance: Reader) -> None:
    for kind in FindingKind:
        assert "Nothing of this kind is open" in finance.get(f"/finance/wrong/{kind}").text
        assert "Nothing was resolved" in finance.get(f"/finance/wrong/{kind}?state=resolved").text


def test_a_long_list_comes_in_pages(finance: Reader) -> None:
    store_failed(60)
    page = finance.get(f"/finance/wrong/{FindingKind.FAILED_DEBITED}")
    following = finance.get(str(page.one('a[rel="next"]')["href"]))
    assert page.buy_ids() + following.buy_ids() == list(range(60, 0, -1))


def test_findings_are_taken_and_resolved_with_a_reason_and_a_name(finance: Reader) -> None:
    store_failed()
    path = f"/finance/wrong/{FindingKind.FAILED_DEBITED}"
    page = finance.post(path, buy_id="2", action="own")
    assert "finance@shop.example" in page.text_of('[data-buy-id="2"]')
    page = finance.post(path, buy_id="2", action="resolve", reason="SkinsBack returned it on 24 November")
    assert page.buy_ids() == [3, 1]
    resolved = finance.get(f"{path}?state=resolved")
    assert "SkinsBack returned it on 24 November" in resolved.text_of('[data-buy-id="2"]')
    history = finance.get(f"{path}/2")
    assert [row["data-action"] for row in history.all('[data-row="resolution"]')] == ["resolved", "owned", "found"]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"buy_id": "1", "action": "resolve", "reason": " "}, "Give a reason"),
        ({"action": "own"}, "Choose at least one"),
    ],
)
def test_a_decision_that_cannot_be_made_is_explained(finance: Reader, fields: dict[str, str], says: str) -> None:
    store_failed()
    page = finance.post(f"/finance/wrong/{FindingKind.FAILED_DEBITED}", **fields)
    assert page.status == 422
    assert says in page.text_of("#error-reason")
    assert page.buy_ids() == [3, 2, 1]


def test_a_reason_is_shown_as_it_was_written_and_nothing_else(finance: Reader) -> None:
    store_failed()
    path = f"/finance/wrong/{FindingKind.FAILED_DEBITED}"
    finance.post(path, buy_id="1", action="resolve", reason="<script>alert(1)</script>")
    page = finance.get(f"{path}/1")
    assert "<script>alert(1)</script>" in page.text


def test_lists_and_findings_that_do_not_exist_are_not_found(finance: Reader) -> None:
    for path in (
        "/finance/wrong/nonsense",
        f"/finance/wrong/{FindingKind.OFF_PRICE}/7",
        f"/finance/wrong/off_price/{2**70}",
    ):
        assert finance.get(path).status == 404


def test_only_finance_decides(app: Flask) -> None:
    support = signed_in(app, "support")
    assert support.get("/finance/wrong").status == 403
    assert support.post(f"/finance/wrong/{FindingKind.OFF_PRICE}", buy_id="1", action="own").status == 403
