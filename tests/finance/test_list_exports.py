"""The exports of what changed, what looks wrong and closed reports: equal to their pages, in every format."""

import csv
import io
import zipfile
from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask

from dashboard.finance.findings import store as findings
from dashboard.finance.findings.rules import FindingKind
from tests.conftest import signed_in
from tests.finance.closed.test_views import close_at
from tests.finance.debited.test_as_of import BOUGHT, MONTH_END, OCTOBER, REVERSED, store_at
from tests.finance.debited.test_exports import rows_of, sheets_of
from tests.finance.findings.test_views import store_failed
from tests.purchases.samples import store_purchase
from tests.reader import Page, Reader

CHANGES = f"{OCTOBER}&since=2026-11-01T00:05:00Z"
FORMATS = ("csv", "xlsx", "zip")


@pytest.fixture
def finance(app: Flask) -> Reader:
    """Somebody of finance."""
    return signed_in(app, "finance")


def store_moves(count: int = 3) -> None:
    """Purchases that were on hold at the end of October; the odd ones are reversed six days later."""
    for number in range(1, count + 1):
        store_at(
            MONTH_END - timedelta(hours=1), buy_id=number, in_hold=True, in_hold_until=BOUGHT + timedelta(days=8),
            balance_debited_sum=Decimal("10.125") * number, item_name="=1+1",
        )  # fmt: skip
    for number in range(1, count + 1, 2):
        debited = Decimal(number)
        store_at(REVERSED, buy_id=number, offer_status="rollback_user", balance_debited_sum=debited, item_name="=1+1")


def links_of(page: Page) -> list[str]:
    return [str(link["href"]) for link in page.all(".exports a")]


def test_every_page_of_finance_lists_links_to_its_exports_in_each_format(finance: Reader) -> None:
    store_moves()
    report_id = close_at(MONTH_END)
    paths = (
        f"/finance/changes?{CHANGES}", "/finance/wrong", f"/finance/wrong/{FindingKind.FAILED_DEBITED}",
        f"/finance/wrong/{FindingKind.FAILED_DEBITED}?state=resolved", "/finance/closed",
        f"/finance/closed/{report_id}",
        f"/finance/purchases?{OCTOBER}&as_of=2026-11-07T00:00:00Z",
    )  # fmt: skip
    for path in paths:
        links = links_of(finance.get(path))
        assert [link.partition("?")[0].rpartition(".")[2] for link in links] == list(FORMATS), path
        assert all(finance.get(link).status == 200 for link in links), path


def test_the_csv_of_what_changed_has_every_moved_purchase_and_their_sum(finance: Reader) -> None:
    store_moves(60)
    page = finance.get(f"/finance/changes?{CHANGES}")
    exported = finance.get(links_of(page)[0])
    rows = rows_of(exported)
    # What is on hold has moved on to the next part by itself nowhere: only the reversed ones have.
    assert len(rows) == 30 == int(str(page.one('[data-sum="count"]')["data-value"]))
    changed = sum(Decimal(row["change"]) for row in rows)
    assert changed == Decimal(str(page.one("[data-move-sum]")["data-value"])) != 0
    assert exported.response.headers["X-Export-Rows"] == "30"
    assert Decimal(exported.response.headers["X-Export-Change"]) == changed


def test_the_export_of_one_move_has_its_purchases_alone(finance: Reader) -> None:
    store_moves()
    store_at(REVERSED, buy_id=2, offer_status="timeout", balance_debited_sum=Decimal("20.25"))
    page = finance.get(f"/finance/changes?{CHANGES}")
    move = page.one('[data-row="move"][data-to="failed"] a[data-value="1"]')
    chosen = finance.get(str(move["href"]))
    assert chosen.buy_ids() == [2]
    assert [row["buy_id"] for row in rows_of(finance.get(links_of(chosen)[0]))] == ["2"]


def test_the_workbook_of_what_changed_holds_moves_and_difference_and_says_what_it_is(finance: Reader) -> None:
    store_moves()
    page = finance.get(f"/finance/changes?{CHANGES}")
    sheets = sheets_of(finance.get(links_of(page)[1]))
    about = {row["name"]: row["value"] for row in sheets["About"]}
    change = page.one('[data-row="difference"][data-part="debited"] td:last-child')["data-value"]
    assert about["Change of debited in all, in USD"] == change
    assert (about["Rows of purchases"], about["Known at"]) == ("2", "2026-11-01T00:05:00Z")
    assert [row["to_part"] for row in sheets["Changes"]] == ["reversed_by_user"]
    assert [row["item_name"] for row in sheets["Purchases"]] == ["'=1+1"] * 2
    assert len(sheets["By part"]) == 8


def test_what_cannot_be_compared_exports_nothing(finance: Reader) -> None:
    page = finance.get(f"/finance/changes/export.csv?{OCTOBER}")
    assert page.status == 400
    assert "Nothing was exported" in page.text


def test_the_export_of_purchases_as_they_were_known_equals_their_list(finance: Reader) -> None:
    store_moves(60)
    page = finance.get(f"/finance/purchases?{OCTOBER}&as_of=2026-11-01T00:05:00Z&part=reversible")
    rows = rows_of(finance.get(links_of(page)[0]))
    assert len(rows) == 60 == int(str(page.one('[data-sum="count"]')["data-value"]))
    assert sum(Decimal(row["balance_debited_sum"]) for row in rows) == Decimal(
        str(page.one('[data-sum="debited"]')["data-value"])
    )


def test_the_export_of_findings_equals_their_list(finance: Reader) -> None:
    store_failed(60)
    page = finance.get(f"/finance/wrong/{FindingKind.FAILED_DEBITED}")
    exported = finance.get(links_of(page)[0])
    rows = rows_of(exported)
    assert [row["buy_id"] for row in rows] == [str(number) for number in range(60, 0, -1)]
    total = Decimal(str(page.one("[data-finding-sum]")["data-value"]))
    assert sum(Decimal(row["amount"]) for row in rows) == total == Decimal(exported.response.headers["X-Export-Amount"])


def test_the_export_of_resolved_findings_has_reasons_and_names_and_nothing_that_runs(finance: Reader) -> None:
    store_failed()
    path = f"/finance/wrong/{FindingKind.FAILED_DEBITED}"
    finance.post(path, buy_id="2", action="resolve", reason="=HYPERLINK(1)")
    page = finance.get(f"{path}?state=resolved")
    (row,) = rows_of(finance.get(links_of(page)[0]))
    assert (row["buy_id"], row["reason"], row["resolved_by"]) == ("2", "'=HYPERLINK(1)", "finance@shop.example")
    assert page.one("[data-finding-sum]")["data-value"] == row["amount"] == "2.00"


def test_the_workbook_of_what_looks_wrong_holds_kinds_ratios_and_all_open_findings(finance: Reader) -> None:
    for number in range(1, 61):
        store_purchase(
            buy_id=number, price=Decimal(10), balance_debited_sum=Decimal("10.50"), custom_id=None,
            steamid=str(76561197960265728 + number),
        )  # fmt: skip
    findings.check(Decimal("0.01"))
    page = finance.get("/finance/wrong")
    sheets = sheets_of(finance.get(links_of(page)[1]))
    shown = {
        str(row["data-kind"]): str(row.select("a[data-value]")[0]["data-value"]) for row in page.all("[data-kind]")
    }
    assert {row["kind"]: str(row["open"]) for row in sheets["Kinds"]} == shown
    assert [(row["ratio"], row["count"]) for row in sheets["Ratios"]] == [(1.05, 60)]
    assert len(sheets["Open findings"]) == sum(map(int, shown.values())) == 60
    about = {row["name"]: row["value"] for row in sheets["About"]}
    assert (about["Findings"], about["Amount, sum in USD"]) == ("60", "630.00")
    exported = finance.get(links_of(page)[0])
    assert exported.response.headers["X-Export-Rows"] == str(len(rows_of(exported)))
    assert exported.response.headers["X-Export-Findings"] == "60"


def test_the_export_of_closed_reports_has_the_figures_of_each(finance: Reader) -> None:
    store_moves()
    first, second = close_at(MONTH_END), close_at(REVERSED + timedelta(hours=1))
    page = finance.get("/finance/closed")
    rows = rows_of(finance.get(links_of(page)[0]))
    assert [row["report"] for row in rows] == [str(second), str(first)]
    assert [(row["reversible"], row["reversed_by_user"]) for row in rows] == [("20.25", "4.00"), ("60.75", "0.00")]
    shown = [str(cell["data-value"]) for cell in page.all('[data-row="closed"] td[data-value]')]
    assert [row["debited"] for row in rows] == shown


def test_the_export_of_a_closed_report_holds_its_figures_and_those_of_now(finance: Reader) -> None:
    store_moves()
    report_id = close_at(MONTH_END)
    store_at(REVERSED + timedelta(days=1), buy_id=1, offer_status="rollback_user", balance_debited_sum=Decimal(3))
    page = finance.get(f"/finance/closed/{report_id}")
    sheets = sheets_of(finance.get(links_of(page)[1]))
    for row in sheets["Parts"]:
        shown = page.one(f'[data-row="closed-part"][data-part="{row["part"]}"]').select("td")
        exported = (row["closed_debited"], row["now_debited"], row["change"])
        assert [Decimal(str(value)) for value in exported] == [Decimal(str(cell["data-value"])) for cell in shown]
    by_week = [str(row["data-period"]) for row in page.all('[data-row="period"]')]
    assert [f"{row['starts']:%Y-%m-%d}" for row in sheets["By period"]] == by_week
    archive = zipfile.ZipFile(io.BytesIO(finance.get(links_of(page)[2]).response.get_data()))
    lines = list(csv.DictReader(io.StringIO(archive.read("by-period.csv").decode())))
    assert sum(Decimal(line["debited"]) for line in lines) == Decimal("60.75")


def test_exports_of_what_does_not_exist_are_not_found(finance: Reader) -> None:
    for path in ("/finance/wrong/nonsense/export.csv", "/finance/closed/7/export.csv", "/finance/wrong/export.pdf"):
        assert finance.get(path).status == 404


def test_only_finance_may_export_them(app: Flask) -> None:
    support = signed_in(app, "support")
    for path in (
        f"changes/export.csv?{CHANGES}", "wrong/export.csv", f"wrong/{FindingKind.OFF_PRICE}/export.csv",
        "closed/export.csv", "closed/1/export.csv", f"purchases/export.csv?{OCTOBER}",
    ):  # fmt: skip
        assert support.get(f"/finance/{path}").status == 403
