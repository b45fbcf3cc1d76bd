"""Uploaded files as rows: encodings, quotes, and workbooks that lie, never end or want everything."""

import io
import struct
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.spreadsheets import uploads
from dashboard.spreadsheets.sheets import FileProblem, Moment
from dashboard.spreadsheets.uploads import decoded, sheets_of

any_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), min_size=1)


def workbook(fill: Callable[[Any], object], **options: Any) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, options) as book:
        fill(book)
    return buffer.getvalue()


def rows_of(data: bytes) -> list[list[Any]]:
    return [cells for _, cells in next(sheets_of(io.BytesIO(data))).rows]


def refusal(data: bytes) -> str:
    with pytest.raises(FileProblem) as refused:
        rows_of(data)
    return str(refused.value)


@settings(deadline=None, max_examples=200)
@given(any_text, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_any_text_in_utf_8_or_with_a_mark_is_read_as_it_was(text: str, encoding: str) -> None:
    assert decoded(text.encode(encoding))[0] == text


WESTERN = ("für", "bestellung-ä", "Größe", "ÜBERGRÖSSE", "señor", "commande-é", "Ærø", "5 €", "“x” – y", "StatTrak™")
CYRILLIC = ("заказ-1", "Заказ", "Сумма", "АК-47", "Итого", "клиент Иван", "ёж-1", "StatTrak™ Нож", "№ заказа")


@pytest.mark.parametrize("around", ["{}", "custom_id;amount\n{};7,50\n", "id,name\n1,AK-47 | Redline\n2,{}\n"])
@pytest.mark.parametrize(
    ("text", "encoding"), [(one, "cp1252") for one in WESTERN] + [(one, "cp1251") for one in CYRILLIC]
)
def test_a_short_list_of_an_old_windows_is_read_as_it_was(text: str, encoding: str, around: str) -> None:
    assert decoded(around.format(text).encode(encoding)) == (around.format(text), encoding)


@pytest.mark.parametrize("encoding", ["cp1251", "koi8_r", "cp866"])
def test_a_longer_cyrillic_list_is_told_from_those_of_older_systems(encoding: str) -> None:
    text = "заказ;сумма;предмет\n" + "".join(f"покупка-{n};{n},50;Нож клиента Ивана\n" for n in range(30))
    assert decoded(text.encode(encoding)) == (text, encoding)


def test_a_sheet_says_how_it_was_read() -> None:
    found = [(sheet.delimiter, sheet.encoding) for sheet in sheets_of(io.BytesIO("id;a\nü;1\n".encode("cp1252")))]
    assert found == [(",", "cp1252"), (";", "cp1252"), ("\t", "cp1252")]


@pytest.mark.parametrize(
    ("text", "row"),
    [('id,note\n1,fine\n2,"late\n3,fine\n', 3), ('id,note\n1,"two\nlines"\n2,"late', 3), ('"id\n1\n', 1)],
)
def test_a_quote_that_is_never_closed_is_named_with_its_row(text: str, row: int) -> None:
    with pytest.raises(FileProblem, match=f"Row {row} cannot be read: a quote in it is never closed"):
        rows_of(text.encode())


def test_text_behind_a_closed_quote_is_an_error() -> None:
    with pytest.raises(FileProblem, match="Row 2 cannot be read"):
        rows_of(b'id,note\n1,"Blacky" foil\n')


def test_cells_of_a_workbook_come_as_what_they_are() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        date = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["text", 1280.0, 11.73, True, 123456789012345, None, "'x"])
        sheet.write_datetime(2, 1, datetime(2026, 11, 1), date)  # noqa: DTZ001 - A day has no zone.

    assert rows_of(workbook(fill)) == [
        ["text", Decimal(1280), Decimal("11.73"), True, Decimal(123456789012345), None, "'x"],
        [None, Moment("2026-11-01"), *[None] * 5],
    ]


def test_rows_and_columns_count_from_the_first_ones_of_the_sheet() -> None:
    def fill(book: Any) -> None:
        book.add_worksheet().write(2, 1, "x")

    assert list(next(sheets_of(io.BytesIO(workbook(fill)))).rows) == [(3, [None, "x"])]


def test_every_sheet_is_there_in_its_order_and_a_hidden_one_without_rows() -> None:
    def fill(book: Any) -> None:
        for name in ("One", "Old", "Two"):
            book.add_worksheet(name).write_column(0, 0, [name, "more"])
        book.get_worksheet_by_name("Old").hide()

    data = workbook(fill)
    assert [(sheet.name, sheet.is_hidden, list(sheet.rows)) for sheet in sheets_of(io.BytesIO(data))] == [
        ("One", False, [(1, ["One"]), (2, ["more"])]),
        ("Old", True, []),
        ("Two", False, [(1, ["Two"]), (2, ["more"])]),
    ]
    assert [sheet.name for sheet in sheets_of(io.BytesIO(data))] == ["One", "Old", "Two"]


def test_a_workbook_with_a_password_says_so() -> None:
    old_frame = b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    assert "has a password" in refusal(old_frame)
    data = bytearray(workbook(lambda book: book.add_worksheet()))
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 1
    assert "has a password" in refusal(bytes(data))


def _zeros(megabytes: int) -> bytes:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/workbook.xml", "w") as part,
    ):
        for _ in range(megabytes):
            part.write(bytes(1024 * 1024))
    return buffer.getvalue()


@pytest.mark.parametrize("announced", [420 * 1024 * 1024, 100])
def test_a_workbook_that_unpacks_to_too_much_is_refused_whatever_it_announces(announced: int) -> None:
    data = _zeros(420).replace(struct.pack("<I", 420 * 1024 * 1024), struct.pack("<I", announced))
    assert "unpacks to far more" in refusal(data)


def test_a_workbook_that_wants_more_memory_than_a_list_needs_is_refused() -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "custom_id", "far away"
    buffer = io.BytesIO()
    book.save(buffer)
    assert "a cell is far outside the list" in refusal(buffer.getvalue())


def test_a_workbook_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "SECONDS_FOR_WORKBOOK", 0.001)
    assert "takes too long" in refusal(workbook(lambda book: book.add_worksheet()))


@pytest.mark.parametrize("place", ["A" * 200_000 + "1", "A" + "9" * 200_000, "", "1A"])
def test_a_nonsense_place_of_a_cell_breaks_nothing(place: str) -> None:
    source, odd = io.BytesIO(workbook(lambda book: book.add_worksheet().write(0, 0, 5))), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(odd, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'r="A1"', b'r="' + place.encode() + b'"'))
    with suppress(FileProblem):
        rows_of(odd.getvalue())


def test_lengths_of_time_and_times_of_day_are_no_numbers() -> None:
    book = openpyxl.Workbook()
    book.active.append([timedelta(hours=30)])
    buffer = io.BytesIO()
    book.save(buffer)
    assert [type(cell) for cell in rows_of(buffer.getvalue())[0]] == [Moment]
