"""The exports of the list: equal to the page to the last decimal, whole, in its order."""

import csv
import io
import zipfile
from datetime import timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from flask import Flask

from dashboard.db.database import snapshot
from dashboard.db.extensions import db
from dashboard.purchases import export_queries as purchase_export
from dashboard.purchases.filters import Filters
from dashboard.purchases.list_sum_queries import sums_of_list
from dashboard.web import downloads
from tests.purchases.samples import ASKED_AT, DATE, store_purchase
from tests.reader import Page, Reader

HELD = {"in_hold": True, "in_hold_until": DATE + timedelta(days=8)}


def rows_of(page: Page) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(page.response.get_data().decode(), newline="")))


def book_of(page: Page) -> Any:
    return openpyxl.load_workbook(io.BytesIO(page.response.get_data()))


def walk(reader: Reader, address: str) -> list[Page]:
    """Every page of a list, one after the other."""
    pages = [reader.get(address)]
    while following := pages[-1].all('a[rel="next"]'):
        pages.append(reader.get(str(following[0]["href"])))
    return pages


def store_some(number: int = 120) -> None:
    statuses = ("accepted", "timeout", "canceled", "rollback_user", "brand_new")
    for buy_id in range(1, number + 1):
        store_purchase(
            buy_id=buy_id, offer_status=statuses[buy_id % 5], date=DATE + timedelta(minutes=buy_id // 3),
            balance_debited_sum=None if buy_id % 17 == 0 else Decimal(buy_id % 7) + Decimal("0.125"),
            price=None if buy_id % 13 == 0 else Decimal("0.333333"), custom_id=f"order-{buy_id}",
            **(HELD if buy_id % 10 == 0 else {}),
        )  # fmt: skip


@pytest.mark.parametrize(
    "query",
    [
        "", "status=timeout", "status=timeout&status=accepted", "status=unknown", "hold=1&sort=hold_ends_at",
        "sort=balance_debited_sum", "sort=-balance_debited_sum&min=1", "sort=date&from=2026-11-20&tz=Asia/Kathmandu",
        "steamid=76561198050648523&max=3.125", "sort=hold_ends_at", "reason=none&from=2026-11-21",
    ],
)  # fmt: skip
def test_the_file_holds_what_the_pages_show_in_their_order(reader: Reader, query: str) -> None:
    store_some()
    pages = walk(reader, f"/purchases?{query}")
    rows = rows_of(reader.get(f"/purchases/export.csv?{query}"))
    assert [int(row["buy_id"]) for row in rows] == [buy_id for page in pages for buy_id in page.buy_ids()]
    shown = [tag for page in pages for tag in page.all('[data-row="purchase"]')]
    for field in ("offer_status", "balance_debited_sum", "price", "item_name", "steamid", "custom_id", "date"):
        on_pages = [tag.select(f'[data-field="{field}"]') for tag in shown]
        assert [row[field] for row in rows] == [str(found[0]["data-value"]) if found else "" for found in on_pages]


def test_headers_give_number_and_sums_of_the_very_rows(reader: Reader) -> None:
    store_some()
    page = reader.get("/purchases/export.csv?status=timeout&status=brand_new")
    rows, headers = rows_of(page), page.response.headers
    assert int(headers["X-Export-Rows"]) == len(rows) > 0
    for name, field in (("Debited", "balance_debited_sum"), ("Price", "price")):
        assert Decimal(headers[f"X-Export-{name}"]) == sum(Decimal(row[field]) for row in rows if row[field])
        assert int(headers[f"X-Export-Without-{name}"]) == sum(not row[field] for row in rows)
    assert parse_qs(headers["X-Export-Filter"]) == {"status": ["timeout", "brand_new"]}


def test_the_workbook_says_what_it_is_and_holds_the_same_rows(reader: Reader) -> None:
    store_some(60)
    query = "status=accepted&status=timeout&tz=Europe/Berlin"
    book, rows = (
        book_of(reader.get(f"/purchases/export.xlsx?{query}")),
        rows_of(reader.get(f"/purchases/export.csv?{query}")),
    )
    about = {row[0].value: row[1].value for row in book["About"].iter_rows(min_row=2)}
    assert about["Filter: Status"] == "accepted or timeout"
    assert about["Rows"] == str(len(rows))
    debited = sum(Decimal(row["balance_debited_sum"]) for row in rows if row["balance_debited_sum"])
    assert Decimal(about["Debited, sum in USD"]) == debited
    assert about["Time zone of columns named local"] == "Europe/Berlin"
    head, *lines = [[cell.value for cell in row] for row in book["Purchases"]]
    assert head == list(rows[0])
    assert [str(line[0]) for line in lines] == [row["buy_id"] for row in rows]
    sums = [("" if line[8] is None else Decimal(str(line[8]))) for line in lines]
    assert sums == [(Decimal(row["balance_debited_sum"]) if row["balance_debited_sum"] else "") for row in rows]
    assert {type(line[2]) for line in lines} == {str}


def test_the_zip_holds_the_csv_and_what_it_is(reader: Reader) -> None:
    store_some(10)
    with zipfile.ZipFile(io.BytesIO(reader.get("/purchases/export.zip?status=timeout").response.get_data())) as archive:
        table = archive.read("purchases.csv").decode()
        about = dict(csv.reader(io.StringIO(archive.read("about.csv").decode(), newline="")))
    assert len(table.splitlines()) == 1 + int(about["Rows"])


def test_hostile_names_come_back_and_run_nowhere(reader: Reader) -> None:
    names = ['=HYPERLINK("http://evil.example","x")', "@SUM(1)", '"quoted", ★\nline', "<script>alert(1)</script>", "-1"]
    for number, name in enumerate(names, start=1):
        store_purchase(buy_id=number, item_name=name, custom_id=f"+{number}")
    rows = rows_of(reader.get("/purchases/export.csv?sort=date"))
    assert [row["item_name"].removeprefix("'") for row in rows] == names
    assert all(row["custom_id"].startswith("'+") for row in rows)
    assert not any(value.startswith(("=", "@", "-", "+")) for row in rows for value in row.values())
    sheet = book_of(reader.get("/purchases/export.xlsx?sort=date"))["Purchases"]
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "n", "d"}


def test_an_empty_list_is_a_file_with_its_header_line(reader: Reader) -> None:
    page = reader.get("/purchases/export.csv?status=timeout")
    assert page.response.get_data().decode().startswith("buy_id,custom_id,steamid")
    assert (rows_of(page), page.response.headers["X-Export-Rows"]) == ([], "0")
    assert page.response.headers["X-Export-Debited"] == "0.00"
    assert book_of(reader.get("/purchases/export.xlsx?status=timeout"))["Purchases"].max_row == 1


@pytest.mark.parametrize("extension", ["csv", "xlsx", "zip"])
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("from=yesterday", "is not a date"), ("min=lots", "is not a sum"), ("sort=colour", "not a sort order"),
        ("from=2026-11-02&to=2026-11-01", "last day is before"), ("tz=Mars/Olympus", "time zone"),
    ],
)  # fmt: skip
def test_filters_that_cannot_be_used_export_nothing_and_say_why(
    reader: Reader, extension: str, query: str, sentence: str
) -> None:
    page = reader.get(f"/purchases/export.{extension}?{query}")
    assert page.status == 400
    assert sentence in page.text


def test_times_are_utc_and_local(reader: Reader) -> None:
    store_purchase(buy_id=1, **HELD)
    (row,) = rows_of(reader.get("/purchases/export.csv?tz=Asia/Kathmandu"))
    assert (row["date"], row["date_local"]) == ("2026-11-20T12:00:00Z", "2026-11-20T17:45:00+05:45")
    assert row["in_hold_until_local"] == "2026-11-28T17:45:00+05:45"


def test_the_download_is_named_by_filter_and_moment(reader: Reader) -> None:
    name = reader.get("/purchases/export.csv?status=timeout&from=2026-11-01").response.headers["Content-Disposition"]
    assert name.startswith('attachment; filename="purchases-status-timeout-from-2026-11-01-as-of-20')
    assert name.endswith('Z.csv"')


def test_the_list_and_the_holds_link_to_their_exports_with_filters_and_zone(reader: Reader) -> None:
    for path, wanted in (
        (
            "/purchases?status=timeout&min=1&tz=Asia/Kolkata",
            {"status": ["timeout"], "min": ["1"], "tz": ["Asia/Kolkata"]},
        ),
        ("/holds", {"hold": ["1"], "sort": ["hold_ends_at"], "tz": ["UTC"]}),
    ):
        addresses = [urlsplit(str(link["href"])) for link in reader.get(path).all(".exports a")]
        assert [address.path for address in addresses] == [
            f"/purchases/export.{name}" for name in ("csv", "xlsx", "zip")
        ]
        assert all(parse_qs(address.query) == wanted for address in addresses)


def test_a_list_whose_filters_cannot_be_read_offers_no_export(reader: Reader) -> None:
    assert reader.get("/purchases?from=yesterday").all(".exports a") == []


def test_signed_out_nothing_is_exported(app: Flask) -> None:
    assert app.test_client().get("/purchases/export.csv").status_code == 302


def test_rows_and_sums_are_of_one_moment_though_purchases_change_meanwhile(app: Flask) -> None:
    for buy_id in range(1, 4):
        store_purchase(buy_id=buy_id, balance_debited_sum=Decimal(1))
    with snapshot() as connection:
        totals = purchase_export.totals_of(connection, Filters())
        store_purchase(buy_id=4, balance_debited_sum=Decimal(1))
        store_purchase(buy_id=1, asked_at=ASKED_AT + timedelta(hours=1), balance_debited_sum=Decimal(5))
        rows = list(purchase_export.iter_purchases(connection, Filters(), "date"))
    assert (
        (totals.count, totals.debited) == (len(rows), sum(row.balance_debited_sum for row in rows)) == (3, Decimal(3))
    )
    assert sums_of_list(Filters()).count == 4
    assert db.session.is_active


def test_when_every_place_is_taken_the_answer_says_so_and_later_works(reader: Reader) -> None:
    store_some(30)
    running = [reader.client.get("/purchases/export.csv", buffered=False) for _ in range(downloads.MOST_AT_ONCE)]
    page = reader.get("/purchases/export.csv")
    assert (page.status, downloads.TOO_MANY in page.text) == (503, True)
    for response in running:
        response.close()
    for _ in range(downloads.MOST_AT_ONCE + 1):
        assert reader.get("/purchases/export.csv").status == 200


def test_a_download_that_nobody_finishes_gives_its_place_back(reader: Reader) -> None:
    store_some(30)
    for _ in range(downloads.MOST_AT_ONCE + 1):
        response = reader.client.get("/purchases/export.csv", buffered=False)
        assert response.status_code == 200
        response.close()
