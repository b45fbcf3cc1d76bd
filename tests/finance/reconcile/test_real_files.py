"""Files as people really send them, through the real upload: read as meant, asked about, or refused in words."""

import io
from datetime import timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from flask import Flask

from tests.conftest import signed_in
from tests.finance.reconcile.hands import answer, counts, questions, refused, sums, upload, upload_case
from tests.purchases.samples import DATE, store_purchase
from tests.reader import Page, Reader

DEBITED = "11.73"


@pytest.fixture
def finance(app: Flask) -> Reader:
    return signed_in(app, "finance")


def store(*custom_ids: str, debited: str | None = DEBITED, first: int = 1) -> None:
    for number, custom_id in enumerate(custom_ids, start=first):
        store_purchase(
            buy_id=number, custom_id=custom_id, date=DATE + timedelta(minutes=number),
            balance_debited_sum=None if debited is None else Decimal(debited),
        )  # fmt: skip


def listed(reader: Reader, page: Page, name: str) -> Page:
    return reader.get(page.response.request.path, list=name)


def read(page: Page, what: str) -> str:
    return page.text_of(f'[data-read="{what}"]')


def test_an_amount_that_may_be_a_quantity_is_asked_about(finance: Reader) -> None:
    store("order-1")
    page = upload_case(finance, "amount-is-a-quantity.csv")
    assert page.status == 422
    assert "Several columns may hold the amount: C (Amount), D (Price)" in questions(page)
    assert counts(answer(finance, page, {"amount-0": "D"})) == {"agreed": 1}


def test_a_lone_amount_of_small_whole_numbers_beside_money_is_asked_about(finance: Reader) -> None:
    page = upload(finance, "Order ID,Amount,Zahlbetrag brutto\norder-1,1,11.73\norder-2,2,23.46\n")
    assert (page.status, "like a quantity" in questions(page)) == (422, True)


def test_whole_amounts_with_nothing_else_like_money_are_amounts(finance: Reader) -> None:
    store("order-1", debited="5")
    assert counts(upload(finance, "Order ID,Amount,Wear\norder-1,5,0.1234\n")) == {"agreed": 1}


def test_an_amount_under_another_name_is_asked_about_with_the_order_id(finance: Reader) -> None:
    store("order-1", debited="99")
    store("order-2", debited="98", first=2)
    page = upload_case(finance, "amount-under-another-name.csv")
    assert page.status == 422
    assert "the order ID: A (order_id), B (order_number)" in questions(page)
    assert "G (order_total), E (shipping_total), F (tax_total)" in questions(page)
    unfinished = answer(finance, page, {"custom_id-0": "A"})
    assert (unfinished.status, "Choose the column of the amount" in questions(unfinished)) == (422, True)
    found = answer(finance, unfinished, {"amount-0": "G"})
    assert counts(found) == {"agreed": 1, "differs": 1}
    assert read(found, "columns") == "A (order_id) as Order ID; G (order_total) as Amount"


def test_ids_alone_are_never_called_agreed(finance: Reader) -> None:
    store("order-1")
    page = upload_case(finance, "amount-is-a-quantity.csv")
    found = answer(finance, page, {"amount-0": ""})
    assert counts(found) == {"not-compared": 1}
    assert "amounts were not compared" in found.text


def test_currencies_other_than_us_dollars_are_refused_by_row_or_compared_without_amounts(finance: Reader) -> None:
    store("order-1", "order-2")
    page = upload_case(finance, "currency-column.csv")
    assert page.status == 400
    assert "Row 2, column C (Currency): the currency is EUR, not US dollars." in refused(page)
    assert "Row 3, column C (Currency): the currency is RUB, not US dollars." in refused(page)
    assert counts(answer(finance, page, {"amount-0": ""})) == {"not-compared": 2}


@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        ("11.73 €", "EUR"), ("€11.73", "EUR"), ("EUR 11.73", "EUR"), ("11.73 zł", "PLN"), ("11.73 ₽", "RUB"),
        ("11.73 руб.", "RUB"), ("£11.73", "GBP"), ("C$11.73", "CAD"), ("A$11.73", "AUD"), ("HK$11.73", "HKD"),
        ("R$ 11.73", "BRL"), ("11.73 kr", "SEK"), ("¥1173", "JPY"), ("11.73 ₺", "TRY"),
    ],
)  # fmt: skip
def test_a_currency_beside_an_amount_is_refused_unless_it_is_the_us_dollar(
    finance: Reader, amount: str, currency: str
) -> None:
    page = upload(finance, f"custom_id;amount\norder-1;{amount}\n")
    assert page.status == 400
    assert f"Row 2, column B (amount) is in {currency}" in refused(page)


@pytest.mark.parametrize("amount", ["$11.73", "11.73 $", "US$11.73", "11.73 USD", "usd 11.73", "US-$ 11.73"])
def test_every_spelling_of_us_dollars_is_read(finance: Reader, amount: str) -> None:
    store("order-1")
    assert counts(upload(finance, f"custom_id;amount\norder-1;{amount}\n")) == {"agreed": 1}


@pytest.mark.parametrize("name", ["Amount (EUR)", "amount_eur", "Betrag €", "Сумма, руб.", "Kwota PLN", "£"])
def test_a_currency_in_the_name_of_a_column_is_refused(finance: Reader, name: str) -> None:
    page = upload(finance, f'custom_id,"{name}"\norder-1,11.73\n')
    assert (page.status, "Only US dollars are compared" in refused(page)) == (400, True)


def test_amounts_in_cents_are_refused(finance: Reader) -> None:
    page = upload(finance, "custom_id,amount_cents\norder-1,1173\n")
    assert page.status in (400, 422)
    assert "agreed" not in counts(page)


def test_a_currency_that_is_missing_in_a_row_is_named(finance: Reader) -> None:
    store("order-1")
    page = upload(finance, "custom_id,amount,currency\norder-1,11.73,USD\norder-2,5,\n")
    assert "Row 3, column C (currency): the currency is missing." in refused(page)
    assert counts(upload(finance, "custom_id,amount,currency\norder-1,11.73,usd\n")) == {"agreed": 1}
    assert "so amounts were taken as US dollars" in upload(finance, "custom_id,amount,currency\norder-1,1,\n").text


def test_ids_that_were_forced_to_be_text_are_read_as_they_are_seen(finance: Reader) -> None:
    for number, (custom_id, debited) in enumerate([("00123", "5"), ("00124", "6"), ("1280", "9")], start=1):
        store(custom_id, debited=debited, first=number)
    assert counts(upload_case(finance, "forced-text.csv")) == {"agreed": 3}


@pytest.mark.parametrize(
    "written",
    [
        "order-1", " order-1 ", "\u200border-1\ufeff", "\u00a0order-1\u202f", '"order-1"', "“order-1”", "«order-1»",
        "'order-1", '="order-1"', "ｏｒｄｅｒ－１", "order-1\u200e", "'order-1'", "ORDER-1",
    ],
)  # fmt: skip
def test_an_order_id_is_found_however_it_is_dressed(finance: Reader, written: str) -> None:
    store("order-1")
    quoted = written.replace('"', '""')
    assert counts(upload(finance, f'custom_id,amount\n"{quoted}",11.73\n')) == {"agreed": 1}


def test_what_1_234_means_is_asked(finance: Reader) -> None:
    store("big-1", debited="1234")
    store("big-2", debited="2.5", first=2)
    page = upload_case(finance, "thousands-with-points.csv")
    assert (page.status, "as 1.234 or as 1234.00" in questions(page)) == (422, True)
    as_thousands = answer(finance, page, {"decimals": ","})
    assert counts(as_thousands) == {"agreed": 1, "differs": 1}
    assert listed(finance, as_thousands, "differs").values("amount_in_file") == ["2500.00"]
    assert "with a decimal comma" in read(as_thousands, "amounts")
    again = upload_case(finance, "thousands-with-points.csv")
    assert listed(finance, answer(finance, again, {"decimals": "."}), "differs").values("amount_in_file") == ["1.234"]


def test_points_and_commas_mixed_are_refused_until_one_is_chosen(finance: Reader) -> None:
    store("order-1")
    page = upload(finance, "custom_id;amount\norder-1;11.73\norder-2;9,50\n")
    assert (page.status, "mixes decimal points (“11.73”) and decimal commas (“9,50”)" in refused(page)) == (400, True)
    by_point = answer(finance, page, {"decimals": "."})
    assert "Row 3, column B (amount) is not a sum: “9,50”." in refused(by_point)
    assert counts(answer(finance, by_point, {"leave_out": "1"})) == {"agreed": 1}


def test_a_totals_row_is_left_out_and_named(finance: Reader) -> None:
    store("order-1", "order-2")
    page = upload_case(finance, "totals-row.csv")
    assert counts(page) == {"agreed": 2}
    assert read(page, "left-out") == "1 row : row 4 is the total of the rows above"
    assert page.one('[data-read="rows"]')["data-value"] == "2"


def test_a_note_beside_the_table_is_named(finance: Reader) -> None:
    store("order-1")
    page = upload_case(finance, "note-right-of-table.xlsx")
    assert counts(page) == {"agreed": 1}
    assert "The column D has no name and was left out; 1 cell of it (row 2)." in read(page, "left-out")


def test_a_hidden_sheet_is_left_out_and_named(finance: Reader) -> None:
    store("multi-1", debited="10")
    store("multi-2", debited="20", first=2)
    page = upload_case(finance, "hidden-sheet.xlsx")
    assert counts(page) == {"agreed": 2}
    assert (read(page, "sheet"), "“old”" in read(page, "left-out")) == ("Report", True)


def test_a_workbook_with_parts_in_capitals_is_read(finance: Reader) -> None:
    store("order-1", "order-2")
    assert counts(upload_case(finance, "part-names-in-capitals.xlsx")) == {"agreed": 2}


def test_a_list_of_an_old_russian_windows_is_read_and_its_encoding_told(finance: Reader) -> None:
    store("заказ-1", debited="7.5")
    store("заказ-2", debited="8.5", first=2)
    page = upload_case(finance, "cp1251.csv")
    assert (counts(page), "1251" in read(page, "encoding")) == ({"agreed": 2}, True)


@pytest.mark.parametrize("name", ["unclosed-quote.csv", "unclosed-quote.tsv"])
def test_a_quote_that_is_never_closed_is_refused_with_its_row(finance: Reader, name: str) -> None:
    page = upload_case(finance, name)
    assert (page.status, "Row 3" in refused(page), "quote" in refused(page)) == (400, True, True)


def test_a_debit_that_is_not_known_is_no_difference(finance: Reader) -> None:
    store("order-1", debited=None)
    store("order-2", debited="5", first=2)
    page = upload(finance, "custom_id,amount\norder-1,0.00\norder-2,4\n")
    assert counts(page) == {"differs": 1, "not-compared": 1}
    rows = listed(finance, page, "not-compared")
    assert rows.one('[data-row="purchase"] [data-field="difference"]')["data-value"] == ""
    assert rows.one('[data-list="not-compared"] [data-sum="difference"]')["data-value"] == ""
    assert rows.one('[data-list="not-compared"] [data-sum="debited"]')["data-value"] == ""
    assert page.one('[data-list="differs"] [data-sum="difference"]')["data-value"] == "1.00"


@pytest.mark.parametrize(
    ("id_name", "amount_name"),
    [
        ("Bestellnummer", "Betrag"), ("Bestellnr.", "Summe"), ("Номер заказа", "Сумма"), ("№ заказа", "Стоимость"),
        ("Numer zamówienia", "Kwota"), ("Numéro de commande", "Montant"), ("Número de pedido", "Importe"),
        ("Sipariş No", "Tutar"), ("Numero ordine", "Importo"), ("Bestelnummer", "Bedrag"), ("Ordernummer", "Belopp"),
        ("Číslo objednávky", "Částka"), ("订单号", "金额"), ("ORDER-ID", "Order Total"), ("order no.", "Amount (USD)"),
        ("Номер замовлення", "Сума"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_names_in_the_languages_of_shops_are_known(
    finance: Reader, id_name: str, amount_name: str, delimiter: str
) -> None:
    store("order-1")
    page = upload(finance, f"{id_name}{delimiter}{amount_name}\norder-1{delimiter}11.73\n")
    assert counts(page) == {"agreed": 1}, questions(page)


@pytest.mark.parametrize("mark", [".", ","])
@pytest.mark.parametrize("grouped", ["", "'", "\u00a0", "\u202f", "’"])
@pytest.mark.parametrize("frame", ["{}", "${}", "{} $", "{} USD", '="{}"', "+{}"])
def test_an_amount_is_exact_in_every_way_to_write_it(finance: Reader, mark: str, grouped: str, frame: str) -> None:
    store("order-1", debited="1234567.891")
    written = frame.format(f"1{grouped}234{grouped}567{mark}891").replace('"', '""')
    page = upload(finance, f'custom_id;amount\norder-1;"{written}"\norder-2;"5{mark}5"\n')
    assert counts(page) == {"agreed": 1, "only-theirs": 1}


def workbook(**sheets: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_all_sheets_that_hold_ids_are_compared_together(finance: Reader) -> None:
    store("order-1", "order-2", "order-3")
    head = ["Order ID", "Amount"]
    page = upload(
        finance, workbook(October=[head, ["order-1", 11.73]], Notes=[["Hello"]], November=[head, ["order-2", 11.73]]),
        "list.xlsx",
    )  # fmt: skip
    assert counts(page) == {"agreed": 2}
    assert read(page, "sheet") == "October, November"
    assert "The sheet “Notes” was left out: it has no column with IDs." in read(page, "left-out")
    rows = listed(finance, page, "agreed").all("[data-file-row]")
    assert [(row["data-sheet"], row["data-file-row"]) for row in rows] == [("October", "2"), ("November", "2")]


def test_a_row_that_another_sheet_repeats_names_that_sheet(finance: Reader) -> None:
    store("order-1")
    head = ["Order ID", "Amount"]
    page = upload(finance, workbook(A=[head, ["order-1", 11.73]], B=[head, ["order-1", 5]]), "list.xlsx")
    assert "row 2 of “A” already names the same purchase" in listed(finance, page, "repeated").text


def test_sheets_whose_columns_differ_are_asked_about(finance: Reader) -> None:
    store("order-1", "order-2")
    page = upload(
        finance,
        workbook(A=[["Order ID", "Amount"], ["order-1", 11.73]], B=[["Order ID", "Price"], ["order-2", 11.73]]),
        "list.xlsx",
    )
    assert (page.status, "The columns of the sheets differ" in questions(page)) == (422, True)
    assert counts(answer(finance, page, {})) == {"agreed": 2}


def formatted(rows: list[list[tuple[Any, str]]]) -> bytes:
    """Return a workbook with a line of names and cells of these values and number formats."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Order ID", "Amount"])
    for number, row in enumerate(rows, start=1):
        for place, (value, form) in enumerate(row):
            sheet.write(number, place, value, book.add_format({"num_format": form}))
    book.close()
    return buffer.getvalue()


def test_ids_and_amounts_of_a_workbook_are_what_their_formats_show(finance: Reader) -> None:
    store("00123", "ORD-0007")
    page = upload(
        finance, formatted([[(123, "00000"), (11.73, "0.00 $")], [(7, '"ORD-"0000'), (11.73, "0.00")]]), "a.xlsx"
    )
    assert counts(page) == {"agreed": 2}


def test_a_currency_that_only_the_format_of_a_cell_shows_is_refused(finance: Reader) -> None:
    page = upload(finance, formatted([[("order-1", "@"), (11.73, "0.00 [$€-407]")]]), "a.xlsx")
    assert (page.status, "Row 2, column B (Amount) is in EUR" in refused(page)) == (400, True)


@pytest.mark.parametrize(
    ("value", "code", "words"),
    [
        (11.73, '[=0]"-";#,##0.00 "€"', "is in EUR"), (11.73, '[Red][<0]-0.00 "€";0.00 "€"', "is in EUR"),
        (11.73, '0.00E+00 "€"', "is in EUR"), (11.73, '[>=1000]#,##0.0,"K €";0.00 "€"', "is in EUR"),
        (11.73, "# ?/?", "has a number format that cannot be read"),
        (11.73, "[<0]-0.00;0.00", "has a number format that cannot be read"),
        (1173, r"0\,00", "is not a sum: “11,73”"),
    ],
)  # fmt: skip
def test_an_amount_whose_format_is_not_understood_is_refused(
    finance: Reader, value: float, code: str, words: str
) -> None:
    page = upload(finance, formatted([[("order-1", "@"), (value, code)]]), "a.xlsx")
    assert (page.status, f"Row 2, column B (Amount) {words}" in refused(page)) == (400, True)


@pytest.mark.parametrize(
    ("value", "code", "found"),
    [
        (11730, "0.00,", "11.73"), (11.73, "(0.00)", "-11.73"), (11.73, "-0.00", "-11.73"), (11.73, "0", "11.73"),
        (-11.73, "0.00;[Red]0.00", "-11.73"), (-11.73, "0.00;0.00", "11.73"), (11.73, '"1"0.00', "111.73"),
        (-11.73, "0.00;(0.00)", "-11.73"), (1234567.5, "# ##0.00", "1234567.50"), (11.73, '"$"0.0', "11.73"),
    ],
)  # fmt: skip
def test_an_amount_is_what_the_person_sees_of_it(finance: Reader, value: float, code: str, found: str) -> None:
    store("order-1")
    page = upload(finance, formatted([[("order-1", "@"), (value, code)]]), "a.xlsx")
    assert sums(page)["agreed" if found == "11.73" else "differs"][:2] == ("1", found)


def test_a_cell_that_hides_its_value_is_named(finance: Reader) -> None:
    page = upload(finance, formatted([[("order-1", "@"), (11.73, ";;;")]]), "a.xlsx")
    assert (page.status, "Row 2, column B (Amount) is hidden by its number format" in refused(page)) == (400, True)
