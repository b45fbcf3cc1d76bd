"""The pages of the balance bridge."""

import csv
import io
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import openpyxl
import pytest
from flask import Flask

from dashboard.finance.balance import page as balance_page
from dashboard.sync.balance_store import SCHEDULE, record_balance
from dashboard.web import downloads
from tests.conftest import signed_in
from tests.finance.balance.test_bridge import NOON, read, store_at
from tests.reader import Page, Reader

NAMES = ("opening", "debited", "returned", "unexplained", "closing")


@pytest.fixture
def finance(app: Flask) -> Reader:
    return signed_in(app, "finance")


def rows(page: Page) -> dict[str, dict[str, str]]:
    """The sums of each day by name; a missing one is left out."""
    return {
        str(row["data-period"]): {str(tag["data-sum"]): str(tag["data-value"]) for tag in row.select("[data-sum]")}
        for row in page.all('[data-row="period"]')
    }


def outside_rows(page: Page) -> dict[str, str]:
    marked = [tag for tag in page.all("[data-sum]") if tag.find_parent(attrs={"data-row": "period"}) is None]
    return {str(tag["data-sum"]): str(tag["data-value"]) for tag in marked}


def store_two_days() -> None:
    read(NOON - timedelta(hours=13), "1000")
    store_at(NOON, 1, NOON, "10.125")
    store_at(NOON, 2, NOON, "5", offer_status="timeout")
    read(NOON + timedelta(hours=10), "984.875")
    store_at(NOON + timedelta(days=1), 2, NOON, "0", offer_status="timeout")
    read(NOON + timedelta(days=1, hours=1), "1489.875")


PERIOD = "from=2026-10-25&to=2026-10-26"


def test_each_day_is_an_equation_and_so_is_the_whole(finance: Reader) -> None:
    store_two_days()
    page = finance.get(f"/finance/balance?{PERIOD}")
    assert rows(page) == {
        "2026-10-26": dict(zip(NAMES, ("984.875", "0.00", "5.00", "500.00", "1489.875"), strict=True)),
        "2026-10-25": dict(zip(NAMES, ("1000.00", "15.125", "0.00", "0.00", "984.875"), strict=True)),
    }
    assert outside_rows(page) == dict(zip(NAMES, ("1000.00", "15.125", "5.00", "500.00", "1489.875"), strict=True))


def test_debited_leads_to_the_purchases_of_the_day(finance: Reader) -> None:
    store_two_days()
    page = finance.get(f"/finance/balance?{PERIOD}&tz=Asia/Kathmandu")
    address = page.one('[data-period="2026-10-25"] a[data-sum="debited"]')["href"]
    assert sorted(finance.get(str(address)).buy_ids()) == [1, 2]


def test_the_page_of_a_day_names_what_came_back_and_what_is_in_doubt(finance: Reader) -> None:
    store_two_days()
    store_at(NOON, 3, NOON + timedelta(days=1), "7", offer_status="trade_create_error")
    overview = finance.get(f"/finance/balance?{PERIOD}")
    page = finance.get(str(overview.one('[data-period="2026-10-26"] a[data-sum="unexplained"]')["href"]))
    assert page.buy_ids() == [2]
    assert page.value("returned") == "5.00"
    in_doubt = next(link for link in page.all("a") if "$7.00 debited" in link.get_text())
    assert finance.get(str(in_doubt["href"])).buy_ids() == [3]


def test_a_day_without_a_reading_says_so_and_guesses_nothing(finance: Reader) -> None:
    store_at(NOON, 1, NOON, "10")
    page = finance.get(f"/finance/balance?{PERIOD}")
    assert rows(page)["2026-10-25"] == {"debited": "10.00", "returned": "0.00"}
    assert page.text_of('[data-period="2026-10-25"]').count("no reading") == 3
    assert "2 days lack a reading" in page.text


def test_the_newest_reading_stands_on_top(finance: Reader) -> None:
    assert "has not been read yet" in finance.get("/finance/balance").text
    record_balance(Decimal("12.345"), datetime.now(UTC) - timedelta(minutes=3), SCHEDULE)
    page = finance.get("/finance/balance")
    assert page.value("balance") == "12.345"
    assert "3 minutes ago" in page.text


def test_two_weeks_are_shown_and_the_running_day_says_so_far(finance: Reader) -> None:
    page = finance.get("/finance/balance")
    assert len(page.all('[data-row="period"]')) == 14
    assert "so far" in page.all('[data-row="period"]')[0].get_text()


@pytest.mark.parametrize(
    ("query", "field", "sentence"),
    [
        ("from=yesterday", "from", "is not a date"), ("from=2026-10-26&to=2026-10-25", "to", "before the first"),
        ("from=2025-01-01&to=2026-10-25", "to", "at most 92"), ("from=2199-01-01", "from", "not begun"),
        ("from=1970-01-01&to=1970-01-02", "from", "begins after"),
    ],
)  # fmt: skip
def test_a_period_that_cannot_be_shown_is_explained_beside_its_field(
    finance: Reader, query: str, field: str, sentence: str
) -> None:
    page = finance.get(f"/finance/balance?{query}")
    assert (page.status, sentence in page.text_of(f"#error-{field}")) == (400, True)


@pytest.mark.parametrize("path", ["/finance/balance", "/finance/balance/2026-10-25"])
@pytest.mark.parametrize("role", ["support", "ops"])
def test_only_finance_and_administrators_see_the_balance(app: Flask, role: str, path: str) -> None:
    assert signed_in(app, role).get(path).status == 403


@pytest.mark.parametrize("day", ["soon", "2026-02-30", "0001-01-01"])
def test_what_is_no_day_is_not_found(finance: Reader, day: str) -> None:
    assert finance.get(f"/finance/balance/{day}").status == 404


def test_the_files_hold_the_days_of_the_page_and_the_changes_behind_them(finance: Reader) -> None:
    store_two_days()
    page = finance.get(f"/finance/balance?{PERIOD}")
    links = [str(link["href"]) for link in page.all(".exports a")]
    lines = list(csv.DictReader(io.StringIO(finance.client.get(links[0]).get_data(as_text=True))))
    shown = rows(page)
    assert [line["day"] for line in lines] == list(shown)
    for line in lines:
        assert {name: line[name] for name in NAMES if line[name]} == shown[line["day"]]
    book = openpyxl.load_workbook(io.BytesIO(finance.client.get(links[1]).get_data()))
    assert book.sheetnames == ["About", "Days", "Changes"]
    assert [cell.value for cell in book["Changes"][2]][0::5] == [2, -5]
    about = {row[0].value: row[1].value for row in book["About"]}
    assert about["Unexplained, USD"] == outside_rows(page)["unexplained"]
    assert finance.client.get(links[2]).mimetype == "application/zip"


def test_a_period_that_cannot_be_shown_is_not_exported(finance: Reader) -> None:
    page = finance.get("/finance/balance/export.csv?from=yesterday")
    assert (page.status, "is not a date" in page.text) == (400, True)


def test_an_export_that_fails_gives_its_place_back(finance: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as failing:
        failing.setattr(balance_page, "whole", lambda *_: 1 / 0)
        for _ in range(downloads.MOST_AT_ONCE):
            assert finance.get("/finance/balance/export.csv").status == 500
    assert finance.get("/finance/balance/export.csv").status == 200
