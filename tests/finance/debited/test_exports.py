"""The exports of the finance page: equal to it to the last decimal, in every format."""

import csv
import io
import zipfile
from datetime import timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from flask import Flask

from tests.conftest import signed_in
from tests.finance.debited.test_as_of import MONTH_END, OCTOBER, store_october
from tests.finance.debited.test_views import SETTLEMENTS, store_all_parts, value_of
from tests.reader import Page, Reader

REPORT = "from=2026-11-01&to=2026-11-30&by=week&tz=Asia/Kathmandu"
NAMES = ("debited", *SETTLEMENTS, "count", "price", "difference")


@pytest.fixture
def finance(app: Flask) -> Reader:
    """Somebody of finance."""
    return signed_in(app, "finance")


def rows_of(page: Page) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(page.response.get_data().decode(), newline="")))


def shown_rows(page: Page) -> list[dict[str, str]]:
    return [
        {"starts": str(row["data-period"])}
        | {str(t["data-sum"]): str(t["data-value"]) for t in row.select("[data-sum]")}
        for row in page.all('[data-row="period"]')
    ]


def test_the_csv_has_exactly_the_rows_and_sums_of_the_page(finance: Reader) -> None:
    store_all_parts()
    exported = rows_of(finance.get(f"/finance/export.csv?{REPORT}"))
    shown = shown_rows(finance.get(f"/finance?{REPORT}"))
    assert [{name: row[name] for name in ("starts", *NAMES)} for row in exported] == shown
    assert len(shown) == 6


def test_the_csv_holds_count_and_price_of_every_part(finance: Reader) -> None:
    store_all_parts()
    for row in rows_of(finance.get(f"/finance/export.csv?{REPORT}")):
        assert sum(int(row[f"{part}_count"]) for part in SETTLEMENTS) == int(row["count"])
        assert sum(Decimal(row[f"{part}_price"]) for part in SETTLEMENTS) == Decimal(row["price"])


def test_the_headers_say_what_the_csv_is(finance: Reader) -> None:
    store_all_parts()
    headers = finance.get(f"/finance/export.csv?{REPORT}").response.headers
    assert headers["X-Export-Debited"] == "105.105"
    assert (headers["X-Export-Count"], headers["X-Export-Zone"]) == ("14", "Asia/Kathmandu")
    assert headers["Content-Disposition"].startswith('attachment; filename="finance-2026-11-01-to-2026-11-30-by-week-')


def sheets_of(page: Page) -> dict[str, list[dict[str, Any]]]:
    book = openpyxl.load_workbook(io.BytesIO(page.response.get_data()))
    assert book.sheetnames[0] == "About"
    tables = {}
    for sheet in book.worksheets:
        head, *rows = sheet.iter_rows(values_only=True)
        tables[sheet.title] = [dict(zip(head, row, strict=True)) for row in rows]
    return tables


def test_the_workbook_holds_the_page_in_numbers_and_the_totals_as_text(finance: Reader) -> None:
    store_all_parts()
    page = finance.get(f"/finance?{REPORT}")
    sheets = sheets_of(finance.get(f"/finance/export.xlsx?{REPORT}"))
    for row, shown in zip(sheets["By period"], shown_rows(page), strict=True):
        assert {name: Decimal(str(row[name])) for name in NAMES} == {name: Decimal(shown[name]) for name in NAMES}
    parts = {row["part"]: row for row in sheets["Parts"]}
    for name in (*SETTLEMENTS, "debited"):
        assert isinstance(parts[name]["debited"], (int, float))
        assert Decimal(str(parts[name]["debited"])) == value_of(page, name)
    about = {row["name"]: row["value"] for row in sheets["About"]}
    assert about["Debited, sum in USD"] == "105.105"
    assert about["Time zone of all days"] == "Asia/Kathmandu"
    assert about["Rows by period"] == "6"


def test_the_zip_holds_every_table_as_csv_and_what_they_are(finance: Reader) -> None:
    store_all_parts()
    archive = zipfile.ZipFile(io.BytesIO(finance.get(f"/finance/export.zip?{REPORT}").response.get_data()))
    assert archive.namelist() == ["about.csv", "by-period.csv", "parts.csv", "releases.csv"]
    assert b"105.105" in archive.read("about.csv")


def test_the_export_of_past_figures_holds_them_as_they_were(finance: Reader) -> None:
    store_october()
    then = f"{OCTOBER}&as_of={(MONTH_END + timedelta(seconds=1)).strftime('%Y-%m-%dT%H:%M:%SZ')}"
    page = finance.get(f"/finance/export.csv?{then}&by=month")
    (row,) = rows_of(page)
    assert (row["reversible"], row["reversed_by_user"]) == ("30.375", "0.00")
    assert page.response.headers["X-Export-As-Of"] == "2026-11-01T00:05:01Z"


def test_the_page_links_to_the_exports_of_what_it_shows(finance: Reader) -> None:
    store_all_parts()
    for link in finance.get(f"/finance?{REPORT}").all(".exports a"):
        export = finance.get(str(link["href"]))
        assert export.status == 200
        assert export.response.headers["X-Export-Debited"] == "105.105"


def test_a_period_that_cannot_be_used_exports_nothing(finance: Reader) -> None:
    page = finance.get("/finance/export.csv?from=yesterday")
    assert page.status == 400
    assert "Nothing was exported" in page.text


def test_only_finance_may_export(app: Flask) -> None:
    assert signed_in(app, "support").get(f"/finance/export.csv?{REPORT}").status == 403
