"""Reconciling a file through its pages: four lists that hold every row and every purchase once, kept and exported."""

import csv
import io
import random
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import func, insert, select, update

from dashboard.db.database import writing
from dashboard.db.extensions import db
from dashboard.finance.models import Reconciliation, ReconciliationBlock
from dashboard.finance.reconcile import matching
from dashboard.finance.reconcile import store as reconciling
from dashboard.finance.reconcile import views as reconcile_view
from dashboard.purchases.models import Purchase
from dashboard.sync.models import HistoryImport
from tests.conftest import signed_in
from tests.finance.reconcile.hands import answer, sums, upload
from tests.purchases.samples import DATE, store_purchase
from tests.reader import Page, Reader


@pytest.fixture
def finance(app: Flask) -> Reader:
    return signed_in(app, "finance")


def store_four() -> None:
    for number, debited in ((1, "10.50"), (2, "11.733"), (3, "5"), (4, "7.25")):
        store_purchase(
            buy_id=number, custom_id=f"order-{number}", balance_debited_sum=Decimal(debited),
            date=DATE + timedelta(hours=number),
        )  # fmt: skip


def test_the_four_lists_hold_what_they_say_with_their_sums(finance: Reader) -> None:
    store_four()
    page = upload(finance, "order id;amount\norder-1;10,50\norder-2;11,73\norder-9;4\norder-4;7,25\n")
    assert sums(page) == {
        "agreed": ("2", "17.75", "17.75"), "differs": ("1", "11.73", "11.733"), "only-ours": ("1", "", "5.00"),
        "only-theirs": ("1", "4.00", ""),
    }  # fmt: skip
    assert page.buy_ids() == [2]  # What differs is shown first.
    assert page.values("difference") == ["0.003"]
    links = {str(a.get_text()): str(a["href"]) for a in page.all('[data-row="list"] a')}
    assert finance.get(links["Only with us"]).buy_ids() == [3]
    assert finance.get(links["Agreed"]).buy_ids() == [1, 4]
    assert finance.get(links["Only in the file"]).values("custom_id") == ["order-9"]


def test_only_with_us_keeps_to_the_period_chosen(finance: Reader) -> None:
    store_four()
    store_purchase(buy_id=5, custom_id="later", date=DATE + timedelta(days=3))
    chosen = {"from": "2026-11-20", "to": "2026-11-23"}
    assert sums(upload(finance, "custom_id\norder-1\n"))["only-ours"][0] == "0"
    assert sums(upload(finance, "custom_id\norder-1\n", **chosen))["only-ours"][0] == "4"
    page = upload(finance, "custom_id\nunknown\n")
    assert (sums(page)["only-ours"][0], sums(page)["only-theirs"][0]) == ("0", "1")
    assert "names no purchase that is known here" in page.text


def test_a_repeated_row_is_named_and_counted_once(finance: Reader) -> None:
    store_four()
    page = upload(finance, "buy_id,custom_id,amount\n1,,10.50\n,order-1,10.50\n1,,3\n")
    assert sums(page)["agreed"] == ("1", "10.50", "10.50")
    assert sums(page)["repeated"] == ("2", "13.50", "")
    again = finance.get(page.response.request.path + "?list=repeated")
    assert "row 2 already names the same purchase" in again.text


@pytest.mark.parametrize(
    ("rows", "lists"),
    [
        ("21,,5.00\n,dup,6.00\n23,,1\n", {"agreed": [21, 22], "repeated": []}),
        ("21,,5.00\n,dup,5.00\n23,,1\n", {"agreed": [21], "differs": [22], "repeated": []}),
        ("21,,5.00\n22,,6.00\n,dup,11.00\n", {"agreed": [21, 22], "repeated": [None]}),
        (",dup,11.00\n21,,5.00\n22,,6.00\n", {"agreed": [21], "repeated": [21, 22]}),
    ],
)  # fmt: skip
def test_a_purchase_whose_order_has_another_that_an_earlier_row_names_is_compared(
    finance: Reader, rows: str, lists: dict[str, list[int | None]]
) -> None:
    for number, debited in ((21, "5"), (22, "6")):
        store_purchase(buy_id=number, custom_id="dup", balance_debited_sum=Decimal(debited), date=DATE)
    path = upload(finance, "buy_id,custom_id,amount\n" + rows).response.request.path
    found = list(csv.DictReader(io.StringIO(finance.client.get(f"{path}/export.csv").get_data(as_text=True))))
    label = {"agreed": "Agreed", "differs": "Amount differs", "repeated": "Repeated in the file"}
    for name, buy_ids in lists.items():
        assert [int(row["buy_id"] or 0) or None for row in found if row["list"] == label[name]] == buy_ids


def test_a_comparison_stays_as_it_was_made(finance: Reader) -> None:
    store_four()
    page = upload(finance, "custom_id,amount\norder-1,10.50\n")
    store_purchase(
        buy_id=1, custom_id="order-1", asked_at=DATE + timedelta(days=9), balance_debited_sum=Decimal(0),
        offer_status="rollback_user",
    )  # fmt: skip
    again = finance.get(page.response.request.path)
    assert sums(again) == sums(page)
    assert again.value("offer_status") == "accepted"
    assert "finance@shop.example" in again.text


def test_earlier_comparisons_are_listed_newest_first(finance: Reader) -> None:
    for name in ("september.csv", "../../etc/<b>october</b>.csv"):
        upload(finance, "custom_id\na\n", name)
    page = finance.get("/finance/reconcile")
    assert [row.select("a")[0].get_text() for row in page.all('[data-row="reconciliation"]')] == [
        "b>.csv", "september.csv",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "fields", "sentence"),
    [
        ("custom_id,amount\na,1\nb,abc\n", {}, "Row 3, column B (amount) is not a sum: “abc”."),
        ("", {}, "The file is empty."), ("custom_id\na\n", {"from": "2026-11-01"}, "Give both dates"),
        ("custom_id\na\n", {"from": "2026-11-02", "to": "2026-11-01"}, "before it begins"),
        ("custom_id\na\n", {"from": "x", "to": "y"}, "is not a date"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_explained_beside_the_form(
    finance: Reader, content: str, fields: dict[str, str], sentence: str
) -> None:
    page = upload(finance, content, **fields)
    assert page.status == 400
    assert sentence in page.text_of('[data-state="refused"]')
    assert page.one("#from")["value"] == fields.get("from", "")


def test_a_form_without_a_file_says_so(finance: Reader) -> None:
    page = finance.post("/finance/reconcile")
    assert (page.status, "Choose a file first." in page.text) == (400, True)


def test_files_larger_than_other_requests_are_taken_and_too_large_ones_refused(
    finance: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "custom_id\n" + "".join(f"{number}-{'x' * 200}\n" for number in range(8000))
    assert len(rows) > 1024 * 1024
    assert sums(upload(finance, rows))["only-theirs"][0] == "8000"
    monkeypatch.setattr(reconcile_view, "LARGEST_FILE", 1000)
    page = upload(finance, rows)
    assert (page.status, "larger than" in page.text_of('[data-state="refused"]')) == (413, True)


def test_without_the_token_nothing_is_compared(finance: Reader) -> None:
    response = finance.client.post("/finance/reconcile", data={"file": (io.BytesIO(b"custom_id\na\n"), "a.csv")})
    assert response.status_code == 400
    assert db.session.execute(select(func.count()).select_from(Reconciliation)).scalar() == 0


@pytest.mark.parametrize("role", ["support", "ops"])
def test_only_finance_and_administrators_may_reconcile(app: Flask, role: str) -> None:
    reader = signed_in(app, role)
    assert reader.get("/finance/reconcile").status == 403
    assert upload(reader, "custom_id\na\n").status == 403
    assert signed_in(app, "admin").get("/finance/reconcile").status == 200


@pytest.mark.parametrize("path", ["99", "99999999999999999999", "99/export.csv", "x"])
def test_a_comparison_that_is_not_there_is_not_found(finance: Reader, path: str) -> None:
    assert finance.get(f"/finance/reconcile/{path}").status == 404


def test_a_list_that_there_is_not_is_not_found(finance: Reader) -> None:
    page = upload(finance, "custom_id\na\n")
    assert finance.get(page.response.request.path + "?list=everything").status == 404


def test_a_long_list_has_pages(finance: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "BLOCK_LENGTH", 60)
    page, seen = upload(finance, "custom_id\n" + "".join(f"id-{n:03}\n" for n in range(120))), []
    for _ in range(3):
        seen += page.values("custom_id")
        following = page.all('a[rel="next"]')
        page = finance.get(str(following[0]["href"])) if following else page
    assert seen == [f"id-{n:03}" for n in range(120)]


def test_the_files_hold_every_list_and_the_same_sums(finance: Reader) -> None:
    store_four()
    page = upload(finance, "custom_id,amount\norder-1,10.50\norder-2,11.73\n=9+9,4\norder-4,7.25\norder-4,7.25\n")
    path = page.response.request.path
    rows = list(csv.DictReader(io.StringIO(finance.client.get(f"{path}/export.csv").get_data(as_text=True))))
    assert [row["list"] for row in rows] == [
        "Agreed", "Agreed", "Amount differs", "Only with us", "Only in the file", "Repeated in the file",
        *["What was read"] * 5,
    ]  # fmt: skip
    assert rows[6]["remark"] == "Sheets read: the file is one table"
    assert rows[4]["custom_id"] == "'=9+9"
    assert rows[2]["difference"] == "0.003"
    book = openpyxl.load_workbook(io.BytesIO(finance.client.get(f"{path}/export.xlsx").get_data()))
    assert book.sheetnames[1:] == [
        "Agreed", "Amount differs", "Only with us", "Only in the file", "Repeated in the file",
    ]  # fmt: skip
    about = {row[0].value: row[1].value for row in book["About"]}
    assert about["Amount differs: sum debited, USD"] == sums(page)["differs"][2]
    assert about["File"] == "october.csv"
    assert finance.client.get(f"{path}/export.zip").mimetype == "application/zip"


def random_shop(dice: random.Random) -> str:
    """Store purchases, some with unknown sums and spelled alike, and return a list that names some of them somehow."""
    for number in range(1, 90):
        store_purchase(
            buy_id=number, custom_id=f"{dice.choice(['order', 'Order'])}-{number // 2 if number < 20 else number}",
            date=DATE + timedelta(minutes=number),
            balance_debited_sum=None if number % 11 == 0 else Decimal(dice.randrange(10**6)).scaleb(-3),
        )  # fmt: skip
    lines = ["custom_id,buy_id,amount"]
    for _ in range(100):
        number = dice.randrange(1, 130)
        custom_id, buy_id = dice.choice([(f"order-{number}", ""), (f"ORDER-{number}", ""), ("", str(number))])
        lines.append(f"{custom_id},{buy_id},{Decimal(dice.randrange(10**6)).scaleb(-3):.3f}")
    return "\n".join([*lines, "x,,0.125", ""])


def total(values: Iterable[str]) -> Decimal:
    return sum((Decimal(value or 0) for value in values), Decimal(0))


@pytest.mark.parametrize("seed", [5, 6, 7])
def test_every_row_and_every_purchase_is_in_one_list_and_sums_are_those_of_the_rows(finance: Reader, seed: int) -> None:
    text = random_shop(random.Random(seed))
    page = upload(finance, text, **{"from": "2026-11-20", "to": "2026-11-21"})
    address = page.response.request.path
    exported = list(csv.DictReader(io.StringIO(finance.client.get(f"{address}/export.csv").get_data(as_text=True))))
    rows = [row for row in exported if row["list"] != "What was read"]
    assert sorted(int(row["file_row"]) for row in rows if row["file_row"]) == list(range(2, 103))
    ours = [row for row in rows if row["list"] not in ("Only in the file", "Repeated in the file")]
    several = sum(int(row["remark"].split()[0]) - 1 for row in ours if "purchases carry" in row["remark"])
    assert len(ours) + several == 89
    assert total(row["amount_in_file"] for row in rows) == total(line.split(",")[2] for line in text.split("\n")[1:-1])
    assert total(row["balance_debited_sum"] for row in ours) <= total(
        [str(db.session.execute(select(func.sum(Purchase.balance_debited_sum))).scalar())]
    )
    for one in page.all('[data-row="list"]'):
        of_list = [row for row in rows if row["list"] == one.select("a")[0].get_text()]
        told = {str(cell["data-sum"]): str(cell["data-value"]) for cell in one.select("[data-sum]")}
        assert int(told["count"]) == len(of_list)
        for name, column in (("theirs", "amount_in_file"), ("debited", "balance_debited_sum"), ("difference",) * 2):
            assert Decimal(told[name] or 0) == total(row[column] for row in of_list)
            assert (told[name] == "") == (bool(of_list) and not any(row[column] for row in of_list))
        shown = finance.get(address, list=str(one["data-list"]))
        values = [str(cell["data-value"]) for cell in shown.all('[data-field="difference"]')]
        assert total(values) == total(row["difference"] for row in of_list[: len(values)])
    assert not any(row["difference"] == "" for row in rows if row["list"] in ("Agreed", "Amount differs"))


def test_addresses_of_lists_that_people_kept_still_lead_to_them(finance: Reader) -> None:
    store_four()
    path = upload(finance, "custom_id,amount\norder-1,10.50\nx,1\norder-4,7.25\n").response.request.path
    assert finance.get(path, list="only_us").buy_ids() == [2, 3]
    assert finance.get(path, list="only_them").values("custom_id") == ["x"]


def test_what_was_read_stands_on_the_page_and_in_every_file(finance: Reader) -> None:
    store_four()
    page = upload(finance, "Title\nOrder ID;Item;Amount\norder-1;AK;10,50\nTotal;;10,50\n")
    read = {str(one["data-read"]): one.get_text(" ", strip=True) for one in page.all("[data-read]")}
    assert read["columns"] == "A (Order ID) as Order ID; C (Amount) as Amount"
    assert read["amounts"] == "with a decimal comma, in US dollars"
    assert read["encoding"] == "UTF-8, cut at every semicolon"
    assert "row 1 stands above the names of the columns; row 4 is the total of the rows above" in read["left-out"]
    assert "Not read: B (Item)." in read["left-out"]
    path = page.response.request.path
    assert [row["data-file-row"] for row in finance.get(path, list="left-out").all("[data-file-row]")] == ["1", "4"]
    text = finance.client.get(f"{path}/export.csv").get_data(as_text=True)
    assert "Columns read: A (Order ID) as Order ID; C (Amount) as Amount" in text
    assert "Left out,4,Total" in text
    book = openpyxl.load_workbook(io.BytesIO(finance.client.get(f"{path}/export.xlsx").get_data()))
    about = {row[0].value: row[1].value for row in book["About"]}
    assert about["Columns read"] == read["columns"]
    assert [row[0].value for row in book["Left out"]] == ["file_row", 1, 4]


def test_one_that_was_broken_off_is_not_shown_and_dropped_later(finance: Reader) -> None:
    page = upload(finance, "custom_id\na\n")
    with writing() as connection:
        connection.execute(update(Reconciliation).values(completed_at=None, made_at=DATE))
    assert finance.get(page.response.request.path).status == 404
    upload(finance, "custom_id\nb\n")
    assert db.session.execute(select(func.count()).select_from(Reconciliation)).scalar() == 1
    assert db.session.execute(select(func.count()).select_from(ReconciliationBlock)).scalar() == 1


def test_a_period_with_far_more_purchases_than_the_file_is_refused(
    finance: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reconciling, "MOST_ONLY_WITH_US", 2)
    store_four()
    page = upload(finance, "custom_id\norder-1\n", **{"from": "2026-11-20", "to": "2026-11-20"})
    assert (page.status, "choose a shorter period" in page.text) == (400, True)


def meaning(page: Page, name: str) -> str:
    return page.text_of(f'[data-row="list"][data-list="{name}"] td:first-child > .sub')


def test_what_is_not_compared_says_which_side_gives_no_sum(finance: Reader) -> None:
    store_four()
    store_purchase(buy_id=8, custom_id="order-8", balance_debited_sum=None, date=DATE)
    page = upload(finance, "custom_id,amount\norder-1,10.50\norder-8,1\n")
    assert meaning(page, "not-compared") == "in both; the debited sum of 1 is not known here"
    page = upload(finance, "custom_id\norder-1\norder-8\n")
    assert meaning(page, "not-compared") == "in both; amounts were not compared, since no column was read as one"
    book = openpyxl.Workbook()
    for rows in ([("custom_id", "amount"), ("order-1", 10.5)], [("custom_id",), ("order-2",), ("order-8",)]):
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    page = answer(finance, upload(finance, file.getvalue(), "two.xlsx"), {"use-1": "1", "use-2": "1"})
    told = "in both; the file gives no sum for 2, and the debited sum of 1 is not known here"
    assert meaning(page, "not-compared") == told


def test_amounts_that_were_not_to_be_compared_are_said_to_be_left_as_chosen(finance: Reader) -> None:
    store_four()
    page = answer(finance, upload(finance, "custom_id,Amount EUR\norder-1,10.50\n"), {"amount-0": ""})
    assert page.text_of('[data-read="amounts"]') == "not compared, as chosen"
    assert meaning(page, "not-compared") == "in both; amounts were not compared, since no column was read as one"


def exported(finance: Reader, page: Page) -> list[dict[str, str]]:
    path = page.response.request.path
    return list(csv.DictReader(io.StringIO(finance.client.get(f"{path}/export.csv").get_data(as_text=True))))


@pytest.mark.parametrize(
    ("row", "remark"),
    [("order-2,abc", "row 3, left out, names it"), ("Order-2,abc", "row 3, left out, names it"), ("x,abc", "")],
)
def test_a_purchase_whose_row_was_left_out_says_so_where_it_is_only_with_us(
    finance: Reader, row: str, remark: str
) -> None:
    store_four()
    page = upload(finance, f"custom_id,amount\norder-1,10.50\n{row}\norder-4,7.25\n")
    rows = exported(finance, answer(finance, page, {"leave_out": "1"}))
    ours = {row["custom_id"]: row["remark"] for row in rows if row["list"] == "Only with us"}
    assert ours == {"order-2": remark, "order-3": ""}


@pytest.mark.parametrize(
    "name",
    [
        "Ergebnis", "Gesamtergebnis", "Итог", "Общий итог", "Общая сумма", "Suma końcowa", "Totale complessivo",
        "Total Geral", "Importe total", "Eindtotaal", "Всього", "Celkový součet", "Total due", "Page total",
        "Total (2)", "Total: 2", "Kokku",
    ],
)  # fmt: skip
def test_a_row_that_adds_up_those_above_under_no_name_known_here_is_a_total(finance: Reader, name: str) -> None:
    store_four()
    page = upload(finance, f"custom_id,amount\norder-1,10.50\norder-3,5\n{name},15.50\n")
    assert [(row["list"], row["remark"]) for row in exported(finance, page) if row["custom_id"] == name] == [
        ("Left out", "is the total of the rows above")
    ]
    assert page.one('[data-read="left-out"]')["data-value"] == "1"
    assert page.one('[data-read="rows"]')["data-value"] == "2"


@pytest.mark.parametrize(("name", "amount"), [("Ergebnis", "15.51"), ("order-99", "15.50"), ("Kokku", "15.50")])
def test_a_row_that_is_no_total_or_an_order_here_is_compared(finance: Reader, name: str, amount: str) -> None:
    store_four()
    store_purchase(buy_id=9, custom_id="Kokku", balance_debited_sum=Decimal("15.50"), date=DATE)
    rows = exported(finance, upload(finance, f"custom_id,amount\norder-1,10.50\norder-3,5\n{name},{amount}\n"))
    assert [row["list"] for row in rows if row["custom_id"] == name] == [
        "Agreed" if name == "Kokku" else "Only in the file"
    ]


def test_totals_of_parts_under_no_name_known_here_are_totals_too(finance: Reader) -> None:
    store_four()
    text = "custom_id,amount\norder-1,10.50\norder-3,5\nKokku,15.50\norder-4,7.25\nKokku,7.25\nKokku,22.75\n"
    page = upload(finance, text)
    assert [row["file_row"] for row in exported(finance, page) if row["list"] == "Left out"] == ["4", "6", "7"]
    assert page.one('[data-read="rows"]')["data-value"] == "3"


def test_a_total_above_the_rows_is_a_total_without_a_sum_to_compare(finance: Reader) -> None:
    store_four()
    rows = exported(finance, upload(finance, "custom_id,amount\nTotal,15.50\norder-1,10.50\norder-3,5\n"))
    assert [row["remark"] for row in rows if row["custom_id"] == "Total"] == ["is a total"]


@pytest.mark.parametrize(
    ("since", "until", "is_held"),
    [(-9, 9, True), (-9, 0, False), (0, 9, False), (-90, -60, False), (None, None, True)],
)
def test_a_period_that_the_copy_does_not_hold_is_said_and_has_no_sum_of_what_is_only_with_us(
    finance: Reader, since: int | None, until: int | None, is_held: bool
) -> None:
    store_four()
    if since is not None and until is not None:
        walk = dict.fromkeys(("started_at", "updated_at", "completed_at"), DATE)
        walk |= {"since": DATE + timedelta(days=since), "until": DATE + timedelta(days=until)}
        with writing() as connection:
            connection.execute(insert(HistoryImport).values(pages=1, items=3, **walk))
    days = {"from": "2026-11-20", "to": "2026-11-21"}
    page = upload(finance, "custom_id,amount\norder-1,10.50\norder-4,7.25\n", **days)
    assert bool(page.all('[data-state="not-held"]')) is not is_held
    assert sums(page)["only-ours"] == ("2", "", "16.733" if is_held else "")
    path = page.response.request.path
    assert ("did not hold all" in finance.client.get(f"{path}/export.csv").get_data(as_text=True)) is not is_held
    book = openpyxl.load_workbook(io.BytesIO(finance.client.get(f"{path}/export.xlsx").get_data()))
    about = {row[0].value: row[1].value for row in book["About"]}
    assert about["Only with us: sum debited, USD"] == ("16.733" if is_held else "not known")
