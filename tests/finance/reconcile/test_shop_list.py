"""Uploaded lists: whatever wrote them, read whole or refused with row and column."""

import io
import zipfile
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.finance.reconcile import shop_list
from dashboard.finance.reconcile.choices import Choices
from dashboard.finance.reconcile.shop_list import Asked, TheirLine, TheirList
from dashboard.spreadsheets import uploads as sheet_files
from dashboard.spreadsheets.sheets import FileProblem, letters
from dashboard.spreadsheets.tables import ColumnKind, Table, TableColumn, csv_stream
from dashboard.spreadsheets.uploads import sheets_of
from dashboard.spreadsheets.xlsx import xlsx_stream

UTC_ZONE = ZoneInfo("UTC")


def read_or_asked(data: bytes, choices: Choices | None = None) -> TheirList | Asked:
    return shop_list.read_list(sheets_of(io.BytesIO(data)), choices)


def read_list(data: bytes) -> TheirList:
    read = read_or_asked(data)
    assert isinstance(read, TheirList), (read.questions, read.problems)
    return read


def lines(text: str, encoding: str = "utf-8") -> list[TheirLine]:
    return read_list(text.encode(encoding)).lines


def workbook(*rows: list[Any], title: str = "Sheet1", before: list[list[Any]] | None = None) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    if before is not None:
        sheet = book.create_sheet("About")
        for row in before:
            sheet.append(row)
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def refusal(data: bytes | str) -> str:
    """What stands in the way of a file: its refusal, or the problems and questions that a person is shown."""
    try:
        asked = read_or_asked(data.encode() if isinstance(data, str) else data)
    except FileProblem as refused:
        return str(refused)
    assert isinstance(asked, Asked)
    return " ".join([*asked.problems, *asked.questions])


@pytest.mark.parametrize(
    "text",
    [
        "custom_id,amount\norder-1,11.73\n", "Order ID;Amount\r\norder-1;11,73\r\n",
        "ORDER NUMBER\ttotal\norder-1\t11.73\n",
        '"custom_id","amount"\n"order-1","11,73"\n', "sep=;\ncustom_id;amount\norder-1;11,73\n",
        "Export of October\n\ncustom_id,note,amount\norder-1,★,11.73\n", "amount,custom_id\n$11.73, order-1 \n",
    ],
)  # fmt: skip
def test_any_delimiter_order_and_title_is_read(text: str) -> None:
    (line,) = lines(text)
    assert (line.custom_id, line.buy_id, line.amount) == ("order-1", None, Decimal("11.73"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1252"])
def test_any_usual_encoding_is_read(encoding: str) -> None:
    assert lines("custom_id,amount\nbestellung-für-ä,5\n", encoding)[0].custom_id == "bestellung-für-ä"


def test_a_line_is_known_by_its_row_in_the_spreadsheet() -> None:
    found = lines("custom_id\na\n\n,\nb\n")
    assert [(line.row, line.custom_id) for line in found] == [(2, "a"), (5, "b")]


def test_ids_alone_are_a_list_too() -> None:
    their = read_list(b"buy_id\n9\n10\n")
    assert (their.has_amounts, [line.buy_id for line in their.lines]) == (False, [9, 10])
    assert their.lines[0].key == ("buy_id", 9)


def test_the_purchase_id_goes_before_the_order_id() -> None:
    first, second = lines("custom_id,buy_id\na,9\nb,\n")
    assert (first.key, second.key) == (("buy_id", 9), ("custom_id", "b"))


def test_an_id_that_stands_twice_is_named_with_its_rows() -> None:
    their = read_list(b"custom_id,amount\na,1\nb,2\na,3\n")
    assert [line.row for line in their.lines] == [2, 3]
    assert [(line.row, line.custom_id, first) for line, first in their.repeated] == [(4, "a", "row 2")]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("custom_id,amount\na,1\nb,abc\n", "Row 3, column B (amount) is not a sum: “abc”."),
        ("custom_id,amount\na,1\nb,\n", "Row 3, column B (amount) is empty."),
        ("custom_id,amount\na,1\n,2\n", "Row 3, column A (custom_id): no id."),
        ("custom_id,amount\n,x\n", "Row 2, column A (custom_id): no id."),
        ("buy_id\n9\nnine\n", "Row 3, column A (buy_id): “nine” is not a purchase ID."),
        ("buy_id\n99999999999999999999\n", "is not a purchase ID"),
        ("custom_id,amount\na,11,73\n", "Row 2 has 3 columns where the line of names has 2; an amount with a decimal"),
        ("custom_id,amount\n7.65612E+16,1\n", "Row 2, column A (custom_id): the spreadsheet shortened the id"),
        ("custom_id;amount\na;1,234\n", "“1,234” can be read in two ways: as 1234.00 or as 1.234. Which one is meant?"),
        ("Order ID,order id,amount\na,b,1\n", "Several columns may hold the order ID: A (Order ID), B (order id)."),
        ("name,price\nx,1\n", "No column has a name that tells that it holds IDs"),
        ("name,price\n", "No column with ids was found."), ("name,price\n", "This file begins with: name, price."),
        ("custom_id,amount\n", "has no rows"), ("", "The file is empty."), ("   \n", "The file is empty."),
        ("custom_id\n" + "x" * 300 + "\n", "longer than an id can be"),
        ("custom_id\n" + "x" * 200_000 + "\n", "Row 2 cannot be read: it is far longer"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_refused_naming_row_and_column(text: str, sentence: str) -> None:
    assert sentence in refusal(text)


def test_many_bad_rows_are_counted_and_not_all_listed() -> None:
    asked = read_or_asked(("custom_id,amount\n" + "a,x\n" * 50).encode())
    assert isinstance(asked, Asked)
    assert (asked.bad_rows, len(asked.problems), asked.problems[-1]) == (50, 21, "And 30 more rows like these.")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old kind"), (b"PK\x03\x04 not a zip", "damaged"),
        (b"\x00\x01\x02\x00\x00\xff" * 50, "neither a CSV nor"), (b"%PDF-1.7\n\x00\x00\n", "This is a PDF"),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused(data: bytes, words: str) -> None:
    assert words in refusal(data)


def test_a_workbook_is_read_with_numbers_dates_and_empty_rows() -> None:
    data = workbook(
        ["Order ID", "Date", "Amount"], ["order-1", datetime(2026, 11, 1), 11.73], [], [1002, None, 5],  # noqa: DTZ001
        ["order-3", None, "1,234.50"],
    )  # fmt: skip
    assert [(line.row, line.custom_id, line.amount) for line in read_list(data).lines] == [
        (2, "order-1", Decimal("11.73")), (4, "1002", Decimal(5)), (5, "order-3", Decimal("1234.5")),
    ]  # fmt: skip


def test_the_sheet_with_ids_is_found_behind_others() -> None:
    data = workbook(["custom_id"], ["a"], before=[["name", "value"], ["Rows", "1"]])
    assert [line.custom_id for line in read_list(data).lines] == ["a"]


def test_an_id_that_a_spreadsheet_rounded_is_refused() -> None:
    assert "15 digits" in refusal(workbook(["custom_id"], [76561198050648523]))


def test_an_id_of_which_a_spreadsheet_made_a_date_is_refused() -> None:
    data = workbook(["custom_id"], [datetime(2026, 11, 1)])  # noqa: DTZ001 - A day has no zone.
    assert "Row 2, column A (custom_id): the spreadsheet made a date of the id (2026-11-01" in refusal(data)


def test_a_sum_that_a_spreadsheet_rounded_is_refused() -> None:
    row = f"<row>{_text('a')}<c><v>123456789012.123456</v></c></row>"
    assert "has more digits than a spreadsheet keeps" in refusal(raw_workbook(_row("custom_id", "amount") + row))


def test_a_hidden_sheet_is_not_read_and_said_so_where_no_other_has_ids() -> None:
    def book(*others: str) -> bytes:
        made = openpyxl.Workbook()
        for title in ("Old", *others):
            sheet = made.create_sheet(title)
            sheet.append(["custom_id", "amount"])
            sheet.append([f"{title}-1", 10])
        made["Old"].sheet_state = "hidden"
        buffer = io.BytesIO()
        made.save(buffer)
        return buffer.getvalue()

    assert [line.custom_id for line in read_list(book("Report")).lines] == ["Report-1"]
    assert "Hidden sheets are not read: “Old”." in refusal(book())


def test_parts_named_in_capitals_are_found() -> None:
    source, capitals = io.BytesIO(workbook(["custom_id"], ["a"])), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(capitals, "w") as new:
        for name in old.namelist():
            new.writestr(name.replace("xl/worksheets/sheet", "xl/worksheets/SHEET"), old.read(name))
    assert [line.custom_id for line in read_list(capitals.getvalue()).lines] == ["a"]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_quote_that_is_never_closed_names_its_row_and_swallows_none(mark: str) -> None:
    text = 'custom_id,note\norder-1,fine\norder-2,"late\norder-3,fine\n'.replace(",", mark)
    assert "Row 3 cannot be read: a quote in it is never closed" in refusal(text)
    assert "Row 1 cannot be read" in refusal('"custom_id,amount\na,1\n')


def test_quotes_are_no_error_at_the_delimiters_that_the_file_does_not_use() -> None:
    text = '"Title, ""of it"";";"x"\n"custom_id";"note, with comma"\n"a";"b"\n'
    assert [(line.row, line.custom_id) for line in lines(text)] == [(3, "a")]


def test_a_list_of_an_old_russian_windows_is_read() -> None:
    found = lines("custom_id;amount\nзаказ-1;7,50\nзаказ-2;8,50\n", "windows-1251")
    assert [(line.custom_id, line.amount) for line in found] == [
        ("заказ-1", Decimal("7.5")), ("заказ-2", Decimal("8.5")),
    ]  # fmt: skip


def test_a_formula_is_not_calculated() -> None:
    sentence = "Row 2, column B (amount) has a formula whose result the file does not hold"
    assert sentence in refusal(workbook(["custom_id", "amount"], ["a", "=1+1"]))


def test_our_own_exports_can_be_uploaded() -> None:
    columns = (
        TableColumn("buy_id", kind=ColumnKind.NUMBER),
        TableColumn("custom_id"),
        TableColumn("balance_debited_sum", kind=ColumnKind.MONEY),
        TableColumn("price", kind=ColumnKind.MONEY),
    )
    rows = [(9, "+49", Decimal("11.733"), Decimal(1))]
    expected = TheirLine(2, "+49", 9, Decimal("11.733"))
    table = Table("Purchases", columns, rows)
    assert read_list(b"".join(csv_stream(table, UTC_ZONE))).lines == [expected]
    assert read_list(b"".join(xlsx_stream([table], [("Rows", "1")], UTC_ZONE))).lines == [
        replace(expected, sheet="Purchases")
    ]


def test_a_workbook_that_unpacks_to_too_much_is_refused_unread() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(420):
                sheet.write(bytes(1024 * 1024))
    assert len(buffer.getvalue()) < 1_000_000
    assert "holds far more than a list" in refusal(buffer.getvalue())


def test_entities_in_a_workbook_are_refused() -> None:
    source, bomb = io.BytesIO(workbook(["custom_id"], ["a"])), io.BytesIO()
    entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(bomb, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode()
            new.writestr(name, entities + content if name.endswith("sheet1.xml") else content)
    assert "damaged" in refusal(bomb.getvalue())


def test_a_file_with_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_files, "MOST_ROWS", 5)
    assert "more than 5 rows" in refusal("custom_id\n" + "".join(f"{n}\n" for n in range(6)))
    assert "more than 5 rows" in refusal(workbook(["custom_id"], *[[str(n)] for n in range(6)]))
    assert len(lines("custom_id\n" + "".join(f"{n}\n" for n in range(5)))) == 5


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=400))
def test_no_file_at_all_breaks_the_reader(data: bytes) -> None:
    with suppress(FileProblem):
        assert isinstance(read_or_asked(data), TheirList | Asked)


SMALL_WORKBOOK = workbook(["custom_id", "amount"], ["a", 1.5], ["b", 2])


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_damaged_workbook_is_refused_or_read_and_never_breaks_the_reader(data: st.DataObject) -> None:
    whole = bytearray(SMALL_WORKBOOK)
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with suppress(FileProblem):
        read_or_asked(bytes(whole))


def test_columns_have_the_letters_of_a_spreadsheet() -> None:
    assert [letters(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def relations(*targets: tuple[str, str, str]) -> str:
    """The references of a part: (name, kind, target)."""
    inner = "".join(f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{to}"/>' for name, kind, to in targets)
    return f'<Relationships xmlns="{PACKAGE}">{inner}</Relationships>'


def raw_workbook(sheet: str, texts: str = "") -> bytes:
    """A workbook put together by hand: the rows of its one sheet, and its table of texts."""
    sheets = '<x:sheets><x:sheet name="One" sheetId="1" r:id="s"/></x:sheets>'
    files = {
        "_rels/.rels": relations(("a", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<x:workbook xmlns:x="{SPACE}" xmlns:r="{OFFICE}">{sheets}</x:workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            ("s", "worksheet", "/xl/one.xml"), ("t", "sharedStrings", "sharedStrings.xml")
        ),
        "xl/one.xml": f'<worksheet xmlns="{SPACE}"><sheetData>{sheet}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{SPACE}">{texts}</sst>',
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


TEXTS = (
    "<si><t>custom_id</t></si><si><r><t>order</t></r><rPh><t>x</t></rPh><r><t>-1_x005F_</t></r></si>"
    "<si><t>amount</t></si>"
)
HEADER = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>2</v></c></row>'


def test_shared_texts_runs_and_cells_that_are_left_out_are_read() -> None:
    row = '<row r="4"><c r="A4" t="s"><v>1</v></c><c r="C4" s="5"><v>1234.5</v></c></row>'
    assert read_list(raw_workbook(HEADER + row, TEXTS)).lines == [TheirLine(4, "order-1_", None, Decimal("1234.5"))]


def test_rows_and_cells_without_places_follow_each_other() -> None:
    row = '<row><c t="inlineStr"><is><t>a</t></is></c><c/><c><f>1+1</f><v>2</v></c></row>'
    assert read_list(raw_workbook(HEADER + row, TEXTS)).lines == [TheirLine(2, "a", None, Decimal(2))]


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ('<c r="C2" t="e"><v>#DIV/0!</v></c>', "shows the error #DIV/0!"),
        ('<c r="C2" t="b"><v>1</v></c>', "not a sum"),
        ('<c r="C2"><f>A1</f></c>', "has a formula whose result the file does not hold"),
        ('<c r="C2" t="s"><v>99</v></c>', "“One” is damaged"),
        ('<c r="C2"><v>1</v>', "“One” is damaged"),
        ('<c r="C2"><v>1e999999</v></c>', "in place of a number"),
    ],
)  # fmt: skip
def test_cells_that_hold_no_sum_are_refused(cell: str, sentence: str) -> None:
    row = f'<row r="2"><c r="A2" t="inlineStr"><is><t>a</t></is></c>{cell}</row>'
    assert sentence in refusal(raw_workbook(HEADER + row, TEXTS))


def test_a_row_far_below_is_not_filled_up_to() -> None:
    below = f'<row r="{{}}">{_text("a")}</row>'
    assert "Row 300000" in refusal(raw_workbook(HEADER + below.format(300_000), TEXTS))
    assert "a cell is far outside" in refusal(raw_workbook(HEADER + below.format(999_999_999), TEXTS))


def test_an_empty_cell_far_below_is_left_alone() -> None:
    rows = f'<row r="2">{_text("a")}</row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert [line.custom_id for line in read_list(raw_workbook(_row("custom_id") + rows)).lines] == ["a"]


def test_a_cell_that_holds_a_whole_book_is_refused() -> None:
    assert "longer than an id" in refusal(raw_workbook(_row("custom_id") + _row("x" * 1_000_001)))


def test_a_number_beyond_all_measure_is_refused() -> None:
    header = _row("custom_id", "amount")
    huge = "<c><v>1E+999999999</v></c>"
    assert "in place of a number" in refusal(raw_workbook(f"{header}<row>{_text('a')}{huge}</row>"))
    assert "in place of a number" in refusal(raw_workbook(f"{header}<row>{huge}<c><v>1</v></c></row>"))


def test_half_a_character_in_a_workbook_stays_as_it_is_written() -> None:
    their = read_list(raw_workbook(f"{_row('custom_id')}{_row('a_xD800_')}"))
    assert [line.custom_id for line in their.lines] == ["a_xD800_"]


def test_a_character_that_no_id_has_is_named_so() -> None:
    assert "a character that no id has" in refusal(raw_workbook(f"{_row('custom_id')}{_row('a_x0000_')}"))


def _row(*texts: str) -> str:
    return f"<row>{''.join(map(_text, texts))}</row>"


def _text(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


@pytest.mark.parametrize("text", ["custom_id;\norder-1;\n", "custom_id\t\norder-1\t\n", "order;id\norder-1;7\n"])
def test_a_line_of_names_is_not_read_across_its_delimiter(text: str) -> None:
    assert [line.custom_id for line in lines(text)] == ["order-1"]
