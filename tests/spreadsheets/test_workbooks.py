"""Uploaded workbooks as the person sees them: formats, what is hidden, cells without a value."""

import io
import zipfile
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from dashboard.spreadsheets.reading.workbook_parts import PIECE
from dashboard.spreadsheets.sheets import Moment, NoValue, Shown
from tests.spreadsheets.files import case, cells_of, changed, notes_of, read, refusal, rows_of, sheet_of_cells, workbook

SHEET = "xl/worksheets/sheet1.xml"
HIDDEN = NoValue("is hidden by its number format; give it the format “General”")
NO_RESULT = NoValue(
    "has a formula whose result the file does not hold; open it in a spreadsheet program, save it and upload it again"
)


def saved(book: Any) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def of_rows(*rows: list[Any]) -> Any:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return book


def test_cells_come_as_what_they_are() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["text", 1280.0, 11.73, True, 123456789012345, None, "'x"])
        sheet.write_datetime(2, 1, datetime(2026, 11, 1), book.add_format({"num_format": "yyyy-mm-dd"}))  # noqa: DTZ001 - A day has no zone.

    assert rows_of(workbook(fill)) == [
        (1, ["text", Decimal(1280), Decimal("11.73"), True, Decimal(123456789012345), None, "'x"]),
        (3, [None, Moment("2026-11-01")]),
    ]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("11.729999999999999", "11.73"), ("0.1", "0.1"), ("299.99999999999997", "300"), ("1E-7", "1E-7"),
        ("-0.5", "-0.5"),
        ("1280.0", "1280"), ("999999999.123456", "999999999.123456"), ("123456789012.12346", "123456789012.12346"),
    ],
)  # fmt: skip
def test_a_number_has_the_digits_that_a_spreadsheet_shows(written: str, value: str) -> None:
    [[cell]] = cells_of(changed(sheet_of_cells([7]), SHEET, "<v>7</v>", f"<v>{written}</v>"))
    assert (cell, "E+" in str(cell)) == (Decimal(value), False)


def test_lengths_of_time_and_times_of_day_are_no_numbers() -> None:
    assert [type(cell) for cell in cells_of(saved(of_rows([timedelta(hours=30)])))[0]] == [Moment]


def test_rows_and_columns_count_from_the_first_ones_of_the_sheet() -> None:
    assert rows_of(workbook(lambda book: book.add_worksheet().write(2, 1, "x"))) == [(3, [None, "x"])]


def test_a_note_beside_the_table_is_a_cell_to_the_right() -> None:
    assert cells_of(case("note-right-of-table.xlsx"))[1] == ["order-1", Decimal("11.73"), None, "checked by A."]


def test_parts_named_in_capitals_are_found() -> None:
    assert [cells[0] for cells in cells_of(case("part-names-in-capitals.xlsx"))] == ["Order ID", "order-1", "order-2"]


def test_every_visible_sheet_is_read_and_no_hidden_one() -> None:
    def fill(book: Any) -> None:
        for name in ("One", "Old", "Very old", "Two"):
            book.add_worksheet(name).write_column(0, 0, [name, "more"])
        book.get_worksheet_by_name("Old").hide()
        book.get_worksheet_by_name("Very old").very_hidden()

    assert [(sheet.name, sheet.is_hidden, rows) for sheet, rows in read(workbook(fill))] == [
        ("One", False, [(1, ["One"]), (2, ["more"])]), ("Old", True, []), ("Very old", True, []),
        ("Two", False, [(1, ["Two"]), (2, ["more"])]),
    ]  # fmt: skip
    assert [(sheet.name, sheet.is_hidden, len(rows)) for sheet, rows in read(case("hidden-sheet.xlsx"))] == [
        ("old", True, 0), ("Report", False, 3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("00000", 123, "00123"), ('"ORD-"0000', 7, "ORD-0007"), ("0-00", 123, "1-23"), ("0%", 0.5, "50%"),
        ("000-00-0000", 123456789, "123-45-6789"), ('General" kg"', 2.5, "2.5 kg"), (r"\#0", 5, "#5"),
        ('#,##0.00 "€"', 1234.5, "1,234.50 €"), ("[$€-407] #,##0.00", 11.73, "€ 11.73"),
        ('"$"#,##0', 1000000, "$1,000,000"),
        ("#,##0,", 12345678, "12,346"), ('0.00;[Red]"minus "0.00', -3, "minus 3.00"), ('0;-0;"nil"', 0, "nil"),
        ('0.0"x"', -0.25, "-0.3x"), ("0 00", 12345, "123 45"),
        (r'_-* #,##0.00\ "zł"_-;\-* #,##0.00\ "zł"_-;_-* "-"??\ "zł"_-;_-@_-', -1234.5, "-1,234.50 zł"),
    ],
)  # fmt: skip
def test_a_number_whose_format_says_more_is_what_it_shows(code: str, value: float, shown: str) -> None:
    assert cells_of(sheet_of_cells(["id"], [value], formats={0: code}))[1] == [Shown(Decimal(str(value)), shown)]


@pytest.mark.parametrize("code", ["# ?/?", "0.00E+00", "[<=9999999]###-####;(###) ###-####"])
def test_what_a_rare_format_shows_is_not_known(code: str) -> None:
    assert cells_of(sheet_of_cells([1.5], formats={0: code})) == [[Shown(Decimal("1.5"), "")]]


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ('[=0]"-";#,##0.00 "€"', "11.73 €"), ('[Red][<0]-0.00 "€";0.00 "€"', "11.73 €"),
        ('[>=1000]#,##0.0,"K €";0.00 "€"', "11.73 €"), ('0.00E+00 "€"', "11.73 €"), ("# ?/? EUR", "11.73 EUR"),
        ("[$zł-415]0.0E+0", "11.73 zł"), ("[>9]0.00\\ \\k\\r;0.00", "11.73 kr"), ('[DBNum1]"C$"0.00', "11.73 C$"),
        ('[<0]-0.00 "$";0.00 "Euro"', "11.73 Euro"), ('[>=1000]0.0,"K€";0', "11.73 K€"),
        ('[=0]"-";0.00 "$"', ""), ('[<0]"minus "0.00;0.00 "pieces"', ""),
    ],
)  # fmt: skip
def test_a_currency_in_a_format_that_is_not_understood_is_still_seen(code: str, shown: str) -> None:
    assert cells_of(sheet_of_cells([11.73], formats={0: code})) == [[Shown(Decimal("11.73"), shown)]]


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("0.00,", 11730, "11.73"), ("(0.00)", 11.73, "(11.73)"), ("-0.00", 11.73, "-11.73"), ("0.00-", 11.73, "11.73-"),
        ("-General", 11.73, "-11.73"), ("-0.00;0.00", 11.73, "-11.73"), ("0.00;0.00", -11.73, "11.73"),
        ("0;-0;(0)", 0, "(0)"),
    ],
)  # fmt: skip
def test_a_format_that_changes_the_number_is_no_plain_one(code: str, value: float, shown: str) -> None:
    assert cells_of(sheet_of_cells([value], formats={0: code})) == [[Shown(Decimal(str(value)), shown)]]


def test_a_number_below_nought_that_is_only_coloured_keeps_its_minus() -> None:
    assert cells_of(sheet_of_cells([-11.73, -5], formats={0: "0.00;[Red]0.00", 1: '0 "$";[Color 3]0 "$"'})) == [
        [Decimal("-11.73"), Shown(Decimal(-5), "-5 $")]
    ]


@pytest.mark.parametrize(
    "code",
    [
        "General", "@", "0", "0.00", "#,##0.00", r"#,##0.00_);[Red]\(#,##0.00\)",
        '_-* #,##0.00_-;\\-* #,##0.00_-;_-* "-"??_-;_-@_-',
    ],
)  # fmt: skip
def test_a_format_that_adds_nothing_leaves_the_number(code: str) -> None:
    assert cells_of(sheet_of_cells([11.73], formats={0: code})) == [[Decimal("11.73")]]


@pytest.mark.parametrize(("code", "value"), [(";;;", 5), (";;;", "x"), ("0;;", -5), ("0;-0;", 0)])
def test_a_cell_whose_format_hides_its_value_has_none(code: str, value: object) -> None:
    assert cells_of(sheet_of_cells([value, "seen"], formats={0: code})) == [[HIDDEN, "seen"]]


def test_a_text_is_shown_with_what_its_format_adds() -> None:
    assert cells_of(sheet_of_cells(["7"], formats={0: '0;0;0;"ORD-"@'})) == [["ORD-7"]]


def test_formats_of_many_styles_are_known() -> None:
    formats = {place: "0" * (place + 2) for place in range(20)}
    assert cells_of(sheet_of_cells([1] * 20, formats=formats)) == [
        [Shown(Decimal(1), "1".zfill(place + 2)) for place in range(20)]
    ]


def test_a_format_is_known_wherever_in_the_file_its_cell_stands() -> None:
    data = sheet_of_cells([7], formats={0: "000"})
    place = zipfile.ZipFile(io.BytesIO(data)).read(SHEET).index(b' s="1"')
    gap = "x" * (PIECE - place - len("<!---->") - 3)
    assert cells_of(changed(data, SHEET, "<sheetData>", f"<sheetData><!--{gap}-->")) == [[Shown(Decimal(7), "007")]]


def test_hidden_rows_are_left_out_and_counted() -> None:
    book = of_rows(["id"], *[[f"order-{n}"] for n in range(9)])
    for row in (3, 4, 5, 6, 7, 8, 40):
        book.active.row_dimensions[row].hidden = True
    data = saved(book)
    assert [number for number, _ in rows_of(data)] == [1, 2, 9, 10]
    assert "Hidden rows 3, 4, 5, 6, 7 and 1 more were not read; unhide them or clear the filter" in notes_of(data)


def test_hidden_columns_are_left_out_and_named() -> None:
    book = of_rows(["id", "old id", "amount", "old"], ["a", "b", 5, "c"])
    for column in ("B", "D", "F"):
        book.active.column_dimensions[column].hidden = True
    data = saved(book)
    assert cells_of(data) == [["id", None, "amount"], ["a", None, Decimal(5)]]
    assert "Hidden columns B, D were not read; unhide them" in notes_of(data)


def test_columns_hidden_beside_the_list_are_no_matter() -> None:
    book = of_rows(["id"], ["a"])
    book.active["D2"] = "=1/0"
    book.active.column_dimensions.group("C", "XFD", hidden=True)
    assert (cells_of(saved(book)), notes_of(saved(book))) == ([["id"], ["a"]], "")


def test_errors_and_formulas_without_a_result_have_no_value_also_where_a_row_has_nothing_else() -> None:
    book = of_rows(["id", "amount"], ["a", "=1/0"], ["=B9", "=A9"], ["b", 5])
    book.active["A4"], book.active["A4"].data_type = "#N/A", "e"
    assert rows_of(saved(book))[1:] == [
        (2, ["a", NO_RESULT]), (3, [NO_RESULT, NO_RESULT]), (4, [NoValue("shows the error #N/A"), Decimal(5)]),
    ]  # fmt: skip


def test_a_formula_is_its_result_but_for_one_that_its_program_left_to_others() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.write_formula(0, 0, "=1+1", value=2)
        sheet.write_formula(0, 1, "=1+1")
        sheet.write_formula(0, 2, '=""', value="nothing")
        sheet.write(0, 3, "end")

    data = changed(workbook(fill), SHEET, "<v>nothing</v>", "<v></v>")
    assert cells_of(data) == [[Decimal(2), NO_RESULT, None, "end"]]
    assert cells_of(changed(data, "xl/workbook.xml", ' fullCalcOnLoad="1"', "")) == [
        [Decimal(2), Decimal(0), None, "end"]
    ]


def test_cells_merged_over_several_rows_are_noted() -> None:
    book = of_rows(["Report", None], ["id", "amount"], ["a", 1], [None, 2])
    book.active.merge_cells("A1:B1")
    assert not notes_of(saved(book))
    book.active.merge_cells("A3:A4")
    assert "Merged cells A3:A4 have their value in their first row only." in notes_of(saved(book))


def test_empty_cells_and_rows_to_the_end_of_the_sheet_cost_nothing() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(900_000, 1_048_577))
    data = changed(sheet_of_cells(["id"], ["a"], formats={0: "00"}), SHEET, "</sheetData>", f"{rows}</sheetData>")
    assert rows_of(data) == [(1, ["id"]), (2, ["a"])]


def test_rows_that_are_empty_do_not_count_to_the_limit() -> None:
    book = of_rows(["id"])
    book.active["A1000000"] = "below"
    assert rows_of(saved(book)) == [(1, ["id"]), (1_000_000, ["below"])]


def test_columns_far_to_the_right_are_left_out_and_it_is_said() -> None:
    data = sheet_of_cells([f"c{n}" for n in range(120)])
    assert [len(cells) for cells in cells_of(data)] == [100]
    assert notes_of(data) == "Columns to the right of CV were not read."


@pytest.mark.parametrize("old", ["xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_formats_are_known_whatever_the_parts_are_called(old: str) -> None:
    data = sheet_of_cells([7], formats={0: "000"})
    moved = old.replace("xl/", "xl\\").upper().encode()
    assert cells_of(data.replace(old.encode(), moved)) == [[Shown(Decimal(7), "007")]]


def test_elements_with_a_prefix_are_known() -> None:
    data = changed(sheet_of_cells([7], formats={0: "000"}), SHEET, "<c ", "<x:c ")
    data = changed(data, SHEET, "</c>", "</x:c>")
    data = changed(
        data, SHEET, "<worksheet ", '<worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    )
    assert cells_of(data) == [[Shown(Decimal(7), "007")]]


def test_a_workbook_with_a_password_says_so() -> None:
    old_frame = b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    assert "has a password" in refusal(old_frame)
    data = bytearray(sheet_of_cells(["x"]))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "has a password" in refusal(bytes(data))
