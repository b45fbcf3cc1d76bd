"""CSV and ZIP: exact, harmless in a spreadsheet, and readable again."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.spreadsheets.tables import ColumnKind, Table, TableColumn, csv_stream, defused, file_name, zip_stream

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)

money = st.decimals(-(10**9), 10**9, places=6, allow_nan=False, allow_infinity=False)
any_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


def written(kind: ColumnKind, value: object, zone: ZoneInfo = BERLIN) -> str:
    rows = read_csv(
        b"".join(csv_stream(Table("t", [TableColumn("first"), TableColumn("c", kind=kind)], [("x", value)]), zone))
    )
    return rows[1][1]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1", "\n=1", '=HYPERLINK("http://x","y")', "＝1", "=cmd|'!A0"],
)
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert defused(text) == "'" + text


@pytest.mark.parametrize("text", ["", "AK-47 | Redline", "★ Karambit", "a=b", "'quoted", " =1"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert defused(text) == text


@given(money)
def test_a_sum_is_read_back_to_the_last_decimal(value: Decimal) -> None:
    assert Decimal(written(ColumnKind.MONEY, value)) == value


def test_a_sum_below_zero_is_a_number_and_not_defused() -> None:
    assert written(ColumnKind.MONEY, Decimal("-1.005")) == "-1.005"


@given(any_text)
def test_any_text_is_read_back_as_it_was(text: str) -> None:
    assert written(ColumnKind.TEXT, text) == defused(text)


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (ColumnKind.UTC, NOON, "2026-11-20T12:00:00Z"), (ColumnKind.LOCAL, NOON, "2026-11-20T13:00:00+01:00"),
        (ColumnKind.DAY, date(2026, 11, 20), "2026-11-20"), (ColumnKind.FLAG, True, "yes"),
        (ColumnKind.FLAG, False, "no"),
        (ColumnKind.NUMBER, 2**62, str(2**62)), (ColumnKind.MONEY, None, ""), (ColumnKind.TEXT, None, ""),
        (ColumnKind.LOCAL, datetime(9999, 12, 31, 23, 59, tzinfo=UTC), "9999-12-31T23:59:00+00:00"),
    ],
)  # fmt: skip
def test_each_kind_of_value_has_one_form(kind: ColumnKind, value: object, text: str) -> None:
    assert written(kind, value) == text


def test_a_lone_surrogate_does_not_end_the_file() -> None:
    assert written(ColumnKind.TEXT, "a\ud800b") == "a?b"


def test_a_long_table_comes_in_pieces_and_whole() -> None:
    table = Table(
        "t", [TableColumn("n", kind=ColumnKind.NUMBER), TableColumn("t")], ((n, "x" * 50) for n in range(20_000))
    )
    pieces = list(csv_stream(table, BERLIN))
    assert len(pieces) > 10
    assert [row[0] for row in read_csv(b"".join(pieces))[1:]] == [str(n) for n in range(20_000)]


def test_the_zip_holds_the_table_and_what_is_known_about_it() -> None:
    table = Table("Only with us", [TableColumn("n", kind=ColumnKind.NUMBER)], [(1,), (2,)])
    data = b"".join(zip_stream([table], [("Rows", "2"), ("Filter", "=1")], BERLIN))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["about.csv", "only-with-us.csv"]
        assert read_csv(archive.read("about.csv")) == [["name", "value"], ["Rows", "2"], ["Filter", "'=1"]]
        assert read_csv(archive.read("only-with-us.csv")) == [["n"], ["1"], ["2"]]


def test_a_download_is_named_by_what_and_when() -> None:
    assert (
        file_name("purchases status-timeout/../x", NOON, "csv")
        == "purchases-status-timeout-x-as-of-20261120T120000Z.csv"
    )


@pytest.mark.parametrize(("text", "fact"), [("-36.50", "-36.50"), ("-5+1", "'-5+1"), ("-1e5", "'-1e5"), ("=1", "'=1")])
def test_a_sum_below_zero_stays_one_on_the_sheet_about_and_nothing_more_passes_as_one(text: str, fact: str) -> None:
    assert written(ColumnKind.FACT, text) == fact
