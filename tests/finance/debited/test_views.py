"""The finance page: parts that add up, links that lead to exactly the purchases of a figure, and designed errors."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from bs4 import Tag
from flask import Flask

from tests.conftest import PASSWORD, signed_in
from tests.purchases.samples import store_purchase
from tests.reader import Page, Reader

NOVEMBER = "from=2026-11-01&to=2026-11-30"
SETTLEMENTS = ("final", "reversible", "open", "failed", "reversed_by_user", "reversed_by_supplier", "unknown")
STATES = {
    "final": "accepted", "open": "waiting_accept", "failed": "timeout", "reversed_by_user": "rollback_user",
    "reversed_by_supplier": "rollback_supplier", "unknown": "brand_new",
}  # fmt: skip


@pytest.fixture
def finance(app: Flask) -> Reader:
    """Somebody of finance."""
    return signed_in(app, "finance")


def store_all_parts() -> None:
    """Two purchases of each part in November, on different days; sums with three decimals."""
    for number, part in enumerate(SETTLEMENTS * 2, 1):
        date = datetime(2026, 11, number, 23, 30, tzinfo=UTC)
        store_purchase(
            buy_id=number, date=date, asked_at=date + timedelta(hours=1), offer_status=STATES.get(part, "accepted"),
            in_hold=part == "reversible" or None, price=Decimal(number),
            balance_debited_sum=Decimal(number * 1_001).scaleb(-3),
        )  # fmt: skip


def whole(page: Page, name: str) -> Tag:
    """The one mark of a sum that stands outside the rows."""
    outside = [tag for tag in page.all(f'[data-sum="{name}"]') if tag.find_parent(attrs={"data-row": True}) is None]
    assert len(outside) == 1, f"{name} stands {len(outside)} times"
    return outside[0]


def value_of(page: Page, name: str) -> Decimal:
    return Decimal(str(whole(page, name)["data-value"]))


def test_the_parts_add_up_to_the_whole_in_total_and_in_every_row(finance: Reader) -> None:
    store_all_parts()
    page = finance.get(f"/finance?{NOVEMBER}&by=week")
    assert value_of(page, "debited") == sum(value_of(page, part) for part in SETTLEMENTS) == Decimal("105.105")
    for row in page.all('[data-row="period"]'):
        sums = {str(tag["data-sum"]): Decimal(str(tag["data-value"])) for tag in row.select("[data-sum]")}
        assert sums["debited"] == sum(sums[part] for part in SETTLEMENTS)
        assert sums["difference"] == sums["debited"] - sums["price"]


@pytest.mark.parametrize("name", [*SETTLEMENTS, "debited", "price", "difference", "count"])
def test_the_rows_add_up_to_the_whole(finance: Reader, name: str) -> None:
    store_all_parts()
    page = finance.get(f"/finance?{NOVEMBER}&by=day&tz=Asia/Kathmandu")
    rows = [Decimal(str(tag["data-value"])) for tag in page.all(f'[data-row="period"] [data-sum="{name}"]')]
    assert sum(rows) == value_of(page, name)
    assert len(rows) == 30


def test_every_linked_figure_is_the_sum_of_the_list_it_leads_to(finance: Reader) -> None:
    store_all_parts()
    page = finance.get(f"/finance?{NOVEMBER}&by=week&tz=Asia/Kolkata")
    linked = page.all("a[data-sum]")
    assert len(linked) > 30
    for link in linked:
        name = str(link["data-sum"])
        found = finance.get(str(link["href"]))
        assert value_of(found, "debited" if name in SETTLEMENTS else name) == Decimal(str(link["data-value"])), link


def test_the_list_behind_a_figure_shows_exactly_its_purchases(finance: Reader) -> None:
    store_all_parts()
    page = finance.get(f"/finance?{NOVEMBER}")
    assert finance.get(str(whole(page, "failed")["href"])).buy_ids() == [11, 4]
    assert finance.get(str(whole(page, "reversible")["href"])).buy_ids() == [9, 2]


def test_a_purchase_at_the_edge_of_a_month_counts_in_the_zone_of_the_page(finance: Reader) -> None:
    store_purchase(date=datetime(2026, 10, 31, 23, 30, tzinfo=UTC))
    assert value_of(finance.get(f"/finance?{NOVEMBER}&tz=UTC"), "count") == 0
    assert value_of(finance.get(f"/finance?{NOVEMBER}&tz=Europe/Berlin"), "count") == 1


def test_the_period_before_stands_beside_the_period(finance: Reader) -> None:
    store_purchase(buy_id=1, date=datetime(2026, 10, 3, tzinfo=UTC), balance_debited_sum=Decimal("1.125"))
    store_purchase(buy_id=2, date=datetime(2026, 11, 3, tzinfo=UTC), balance_debited_sum=Decimal("2.5"))
    page = finance.get(f"/finance?{NOVEMBER}")
    whole_line = page.text_of("tr.whole")
    assert "$2.50" in whole_line
    assert "$1.125" in whole_line
    assert "$1.375" in whole_line
    assert "1–31 Oct 2026" in page.text


def test_a_week_is_an_iso_week_and_a_month_begins_on_its_first(finance: Reader) -> None:
    store_all_parts()
    weeks = finance.get("/finance?from=2026-11-04&to=2026-11-17&by=week").all('[data-row="period"]')
    assert [row["data-period"] for row in weeks] == ["2026-11-02", "2026-11-09", "2026-11-16"]
    months = finance.get("/finance?from=2026-10-20&to=2026-11-17&by=month").all('[data-row="period"]')
    assert [row["data-period"] for row in months] == ["2026-10-01", "2026-11-01"]


def test_without_a_period_the_page_is_about_this_month(finance: Reader) -> None:
    store_purchase(date=datetime.now(UTC), asked_at=datetime.now(UTC))
    page = finance.get("/finance")
    assert value_of(page, "count") == 1
    assert page.text_of('.usual [aria-current="true"]') == "This month"


def test_two_usual_periods_of_the_same_days_are_one_place(finance: Reader) -> None:
    with time_machine.travel(datetime(2026, 11, 30, 12, tzinfo=UTC), tick=False):
        finance.sign_in("finance@shop.example", PASSWORD)
        assert finance.get("/finance").text_of('.usual [aria-current="true"]') == "This month"


def test_each_usual_period_leads_to_a_page(finance: Reader) -> None:
    for link in finance.get("/finance").all(".usual a"):
        assert finance.get(str(link["href"])).status == 200


@pytest.mark.parametrize(
    ("parameters", "field", "says"),
    [
        ("from=yesterday", "from", "is not a date"),
        ("to=2026-02-30", "to", "does not exist"),
        ("from=2026-11-30&to=2026-11-01", "to", "before the first"),
        ("by=year", "by", "day, week or month"),
        ("from=2020-01-01&to=2026-11-30&by=day", "by", "Choose week or month"),
        ("from=1970-01-01&to=2199-12-31", "by", "Choose a shorter period"),
    ],
)
def test_a_period_that_cannot_be_used_is_explained_and_no_figure_is_shown(
    finance: Reader, parameters: str, field: str, says: str
) -> None:
    page = finance.get(f"/finance?{parameters}")
    assert page.status == 400
    assert says in page.text_of(f"#error-{field}")
    assert page.all("[data-sum]") == []


def test_an_empty_period_says_so(finance: Reader) -> None:
    page = finance.get("/finance?from=2020-01-01&to=2020-01-31")
    assert value_of(page, "debited") == 0
    assert "Nothing was bought" in page.text_of('[data-state="empty"]')


def test_purchases_without_a_sum_are_counted_and_said(finance: Reader) -> None:
    store_purchase(date=datetime(2026, 11, 3, tzinfo=UTC), balance_debited_sum=None, price=None)
    page = finance.get(f"/finance?{NOVEMBER}")
    assert page.text_of('[data-missing="debited"]') == "and 1 whose sum is not known"
    assert "$0.00 and 1 whose sum is not known" in page.text_of('[data-row="period"][data-period="2026-11-03"]')
    assert (value_of(page, "count"), value_of(page, "debited")) == (1, 0)


def test_the_calendar_shows_what_becomes_final_by_day_and_links_to_it(finance: Reader) -> None:
    now = datetime.now(UTC)
    for number, days in ((1, 3), (2, 3), (3, 5), (4, -2)):
        store_purchase(
            buy_id=number, date=now - timedelta(days=9), asked_at=now, in_hold=True,
            in_hold_until=now + timedelta(days=days), balance_debited_sum=Decimal("1.005"),
        )  # fmt: skip
    page = finance.get("/finance/releases")
    rows = page.all('[data-row="release"]')
    assert [[str(link["data-value"]) for link in row.select("a")] for row in rows] == [
        ["1", "1.005"], ["2", "2.01"], ["1", "1.005"],
    ]  # fmt: skip
    behind = [finance.get(str(row.select("a")[0]["href"])) for row in rows]
    assert [found.buy_ids() for found in behind] == [[4], [1, 2], [3]]
    assert [value_of(found, "debited") for found in behind] == [Decimal("1.005"), Decimal("2.01"), Decimal("1.005")]


def test_the_calendar_is_fetched_by_the_page_and_can_be_reached_without_javascript(finance: Reader) -> None:
    panel = finance.get("/finance?tz=Asia/Kolkata").one("#releases-panel")
    assert "Nothing is on hold" in finance.fragment(str(panel["hx-get"])).text
    assert "Nothing is on hold" in finance.get(str(panel.select("a")[0]["href"])).text


def test_the_chart_names_every_part_of_every_column(finance: Reader) -> None:
    store_all_parts()
    page = finance.get(f"/finance?{NOVEMBER}&by=month")
    titles = [title.get_text() for title in page.all("svg title")]
    assert len(titles) == 1 + len(SETTLEMENTS)
    assert "November 2026, Failed: $15.015" in titles


@pytest.mark.parametrize(("role", "status"), [("support", 403), ("ops", 403), ("finance", 200), ("admin", 200)])
def test_only_finance_and_administrators_see_the_page_and_its_entry(app: Flask, role: str, status: int) -> None:
    reader = signed_in(app, role)
    assert reader.get("/finance").status == status
    assert reader.get("/finance/releases").status == status
    entries = [link.get_text(strip=True) for link in reader.get("/").all("nav a")]
    assert ("Finance" in entries) == (status == 200)


def test_signed_out_the_page_asks_for_the_sign_in(app: Flask) -> None:
    response = app.test_client().get("/finance?by=week")
    assert (response.status_code, response.headers["Location"]) == (302, "/login?next=/finance?by%3Dweek")
