"""Workbooks, read back by another program's reader."""

import io
import tempfile
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from xlsxwriter.exceptions import DuplicateWorksheetName

from dashboard.lib.formatting import exact
from dashboard.spreadsheets import xlsx
from dashboard.spreadsheets.tables import About, ColumnKind, Table, TableColumn, defused
from dashboard.spreadsheets.xlsx import xlsx_stream

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def workbook(*tables: Table, about: About = ()) -> Any:
    return openpyxl.load_workbook(io.BytesIO(b"".join(xlsx_stream(tables, about, BERLIN))))


def cell(kind: ColumnKind, value: object) -> Any:
    return workbook(Table("T", [TableColumn("first"), TableColumn("c", kind=kind)], [("x", value)]))["T"]["B2"]


def read_back(rows: list[tuple[str, Any]], kind: ColumnKind) -> list[list[Any]]:
    data = b"".join(xlsx_stream([Table("T", [TableColumn("first"), TableColumn("c", kind=kind)], rows)], (), BERLIN))
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("T").to_python()[1:]


def test_the_first_sheet_says_what_the_file_is() -> None:
    book = workbook(Table("Purchases", [TableColumn("a")], [("x",)]), about=[("Rows", "1"), ("Filter", "none")])
    assert book.sheetnames == ["About", "Purchases"]
    assert [[one.value for one in row] for row in book["About"]] == [
        ["name", "value"],
        ["Rows", "1"],
        ["Filter", "none"],
    ]


def test_money_is_a_number() -> None:
    found = cell(ColumnKind.MONEY, Decimal("11.733"))
    assert (found.data_type, found.value, found.number_format) == ("n", 11.733, "#,##0.00####")


micro_dollars = st.integers(-(10**15) + 1, 10**15 - 1)


@settings(deadline=None, max_examples=60)
@given(st.lists(micro_dollars, min_size=1, max_size=40))
def test_a_sum_below_a_thousand_million_is_a_number_and_read_back_to_the_last_decimal(micros: list[int]) -> None:
    sums = [Decimal(micro).scaleb(-6) for micro in micros]
    found = [cell for _, cell in read_back([("x", one) for one in sums], ColumnKind.MONEY)]
    assert {type(cell) for cell in found} == {float}
    assert [round(Decimal(cell), 6) for cell in found] == sums


@settings(deadline=None, max_examples=60)
@given(
    st.decimals(10**9, 10**18, places=6) | st.decimals(-(10**18), -(10**9), places=6) | st.just(Decimal("0.0000001"))
)
def test_a_sum_of_more_digits_than_a_spreadsheet_keeps_is_text_with_all_of_them(value: Decimal) -> None:
    assert read_back([("x", value)], ColumnKind.MONEY) == [["x", exact(value)]]


def test_a_workbook_that_breaks_off_leaves_no_file_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def rows() -> Iterator[tuple[int]]:
        yield (1,)
        raise RuntimeError("the database went away")

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(RuntimeError, match="went away"):
        workbook(Table("T", [TableColumn("n", kind=ColumnKind.NUMBER)], rows()))
    assert list(tmp_path.iterdir()) == []


def test_memory_stays_flat_however_many_rows_there_are() -> None:
    def growth(rows: int) -> int:
        table = Table(
            "T",
            [TableColumn("n", kind=ColumnKind.NUMBER), TableColumn("t")],
            ((n, f"text {n}" * 20) for n in range(rows)),
        )
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
        for _ in xlsx_stream([table], [], BERLIN):
            pass
        return tracemalloc.get_traced_memory()[1] - before

    tracemalloc.start()
    try:
        growth(10)
        assert growth(5000) < growth(500) + 1_000_000
    finally:
        tracemalloc.stop()


def test_names_are_bold_and_stay_in_sight_and_columns_have_their_widths() -> None:
    sheet = workbook(Table("T", [TableColumn("a", width=30)], [("x",)]))["T"]
    assert (sheet["A1"].font.bold, sheet.freeze_panes) == (True, "A2")
    assert 30 <= sheet.column_dimensions["A"].width < 31


def test_a_local_time_is_a_date_of_the_spreadsheet_and_utc_is_text() -> None:
    assert cell(ColumnKind.LOCAL, NOON).value == datetime(2026, 11, 20, 13, 0)  # noqa: DTZ001 - As a spreadsheet has it.
    assert cell(ColumnKind.UTC, NOON).value == "2026-11-20T12:00:00Z"
    assert cell(ColumnKind.DAY, date(2026, 11, 20)).value == datetime(2026, 11, 20)  # noqa: DTZ001 - As above.


@pytest.mark.parametrize("moment", [datetime(1, 1, 1, tzinfo=UTC), datetime(1899, 12, 31, tzinfo=UTC)])
def test_a_time_that_excel_cannot_count_is_text(moment: datetime) -> None:
    assert cell(ColumnKind.LOCAL, moment).value.endswith("Z")


def test_ids_keep_all_their_digits() -> None:
    assert cell(ColumnKind.TEXT, "76561198050648523").value == "76561198050648523"
    assert cell(ColumnKind.NUMBER, 2**62).value == str(2**62)
    assert cell(ColumnKind.NUMBER, 4_000_001).value == 4_000_001


@pytest.mark.parametrize("text", ["=1+1", "@x", "-1", "+1"])
def test_no_text_is_a_formula(text: str) -> None:
    found = cell(ColumnKind.TEXT, text)
    assert (found.data_type, found.value) == ("s", "'" + text)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")), max_size=8))
def test_any_text_is_read_back_as_it_was(texts: list[str]) -> None:
    sheet = workbook(Table("T", [TableColumn("n", kind=ColumnKind.NUMBER), TableColumn("c")], list(enumerate(texts))))[
        "T"
    ]
    assert [row[1].value or "" for row in sheet.iter_rows(min_row=2)] == [defused(text) for text in texts]


@pytest.mark.parametrize("text", ["<b>&amp;</b>", "_x", "  spaces  ", "two\nlines", 'a"b', "★ 中文 🎮"])
def test_hostile_names_survive(text: str) -> None:
    assert cell(ColumnKind.TEXT, text).value == text


@pytest.mark.parametrize("text", ["_x0041_ a", "a\rb", "<r>x</r>", "<r><t>x</t></r>", "'<r>'"])
def test_text_that_looks_like_markup_or_an_escaped_letter_is_read_as_it_was(text: str) -> None:
    # openpyxl takes escapes literally; this reader turns them back as Excel does.
    ((_, found),) = read_back([("x", text)], ColumnKind.TEXT)
    assert found == ("'" + text if text.startswith("<r>") else text)


def test_characters_that_xml_cannot_hold_are_shown_as_replaced() -> None:
    assert cell(ColumnKind.TEXT, "a\x01b\ud800c\uffff").value == "a\ufffdb\ufffdc\ufffd"


@pytest.mark.parametrize(("rows", "sheets"), [(0, 1), (9, 1), (10, 1), (11, 2), (20, 2), (25, 3)])
def test_what_does_not_fit_on_a_sheet_goes_on_in_a_further_one(
    monkeypatch: pytest.MonkeyPatch, rows: int, sheets: int
) -> None:
    monkeypatch.setattr(xlsx, "ROWS_A_SHEET", 10)
    book = workbook(Table("T", [TableColumn("n", kind=ColumnKind.NUMBER)], [(n,) for n in range(rows)]))
    assert book.sheetnames == ["About", *(["T", "T 2", "T 3"][:sheets])]
    found = [row[0].value for name in book.sheetnames[1:] for row in book[name].iter_rows(min_row=2)]
    assert found == list(range(rows))


def test_a_sheet_also_ends_before_its_file_grows_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "BYTES_A_SHEET", 30_000)
    book = workbook(Table("T", [TableColumn("n", kind=ColumnKind.NUMBER)], [(n,) for n in range(1001)]))
    found = [row[0].value for name in book.sheetnames[1:] for row in book[name].iter_rows(min_row=2)]
    assert (len(book.sheetnames) > 2, found) == (True, list(range(1001)))


def test_two_tables_of_one_name_are_refused() -> None:
    table = Table("About", [TableColumn("n", kind=ColumnKind.NUMBER)], [])
    with pytest.raises(DuplicateWorksheetName):
        workbook(table)
