"""Uploaded text files as rows: delimiters, quotes, line ends."""

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.spreadsheets.reading.texts import sheets_of_text
from dashboard.spreadsheets.sheets import FileProblem
from tests.spreadsheets.files import case, cells_of, notes_of, read, refusal, rows_of

DELIMITERS = [",", ";", "\t", "|"]


def delimiters(text: str) -> list[str]:
    return [sheet.delimiter for sheet in sheets_of_text(io.BytesIO(text.encode()))]


@pytest.mark.parametrize("name", ["unclosed-quote.csv", "unclosed-quote.tsv"])
def test_a_quote_that_is_never_closed_is_named_with_the_row_where_it_opens(name: str) -> None:
    assert "Row 3 cannot be read: a quote in it is never closed" in refusal(case(name))


@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", ""])
@pytest.mark.parametrize(
    ("rows", "row"),
    [
        (["id,note", "1,fine", '2,"late', "3,fine"], 3), (["id,note", '1,"two\nlines"', '2,"late'], 3),
        (['"id,note', "1,fine"], 1), (["id,note", "1,fine", '2,"'], 3), (["id,note", '1,"late', "2,3", '3,"4"'], 2),
        (["id,note", "1,fine", '2,"late""'], 3),
    ],
)  # fmt: skip
def test_an_open_quote_is_found_whatever_separates_the_cells(
    rows: list[str], row: int, delimiter: str, ending: str
) -> None:
    text = (ending or "\n").join(rows) + ending
    assert f"Row {row} cannot be read" in refusal(text.replace(",", delimiter).encode())


def test_an_open_quote_that_swallows_a_long_list_is_named_with_its_row() -> None:
    rows = "".join(f"order-{n},11.73,fine\n" for n in range(100_000))
    assert "Row 2 cannot be read: it is far longer" in refusal(b'id,amount,note\norder-x,1,"late\n' + rows.encode())


def test_a_row_without_end_is_refused_and_not_cut() -> None:
    assert "Row 2 cannot be read: it is far longer" in refusal(b"id,amount\n" + b'"",' * 400_000 + b"\n1,2\n")


def test_rows_that_a_forgotten_quote_joins_are_noted() -> None:
    text = 'id,amount,item\n1,5.00,AK\n2,6.00,"Blacky\n3,7.00,5"\n4,8.00,M4\n'
    assert "Row 3 goes over 2 lines of the file" in notes_of(text.encode())


@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("opened", "swallowed"),
    [
        ('order-1,11.73,"late, but ok', ["order-2,11.73,x", 'order-3,99.00,6"']),
        ('order-1,11.73,"late, but ok', ["order-2,11.73", 'order-3,99.00"']),
        ('order-1,11.73,"late', ["order-2", "order-3,99.00", 'end"']),
        ('order-1,11.73,"late', ["order-2,11.73,x,y,z", 'order-3,99.00,6,7"']),
        ('order-1,"11.73,late', ['order-2,11.73",x']),
        ('"late, but ok,order-1,11.73', ["fine,order-2,11.73", 'fine",order-3,99.00']),
        ('order-1,11.73,"late, but ok', ['order-2,""fine""', 'x"']),
        ('AB,x,"late, but ok', ["CD,y,fine", 'EF,z,fine"']),
    ],
)
def test_rows_that_a_quote_closed_by_chance_swallows_are_noted(
    opened: str, swallowed: list[str], ending: str, delimiter: str
) -> None:
    rows = ["custom_id,amount,note", opened, *swallowed, "order-4,11.73,fine"]
    text = ending.join(rows).replace(",", delimiter)
    assert f"Row 2 goes over {1 + len(swallowed)} lines of the file" in notes_of(text.encode())


@pytest.mark.parametrize(
    "note",
    ["one, two\nthree, and four", "Street 5, 12345 Berlin\nGermany, 2 floors", "sent\n2026-11-01", "a\n\nb, 5 c"],
)
def test_prose_of_several_lines_is_no_row(note: str) -> None:
    assert not notes_of(f'custom_id,amount,note\norder-1,11.73,"{note}"\norder-2,5,x\n'.encode())


def test_a_cell_of_several_lines_is_a_cell() -> None:
    text = 'id,note\n1,"two\nlines, and\n""quotes"""\n2,x\n'
    assert rows_of(text.encode()) == [(1, ["id", "note"]), (2, ["1", 'two\nlines, and\n"quotes"']), (3, ["2", "x"])]
    assert not notes_of(text.encode())


def test_text_behind_a_closed_quote_is_an_error_with_its_row() -> None:
    assert "Row 2 cannot be read: text follows a closing quote" in refusal(b'id,note\n1,"Blacky" foil\n')


def test_a_quote_inside_a_cell_is_read_as_it_stands() -> None:
    assert cells_of(b'id,item\n1,5" screen\n2,AK "Redline"\n3,x"\n')[1:] == [
        ["1", '5" screen'], ["2", 'AK "Redline"'], ["3", 'x"'],
    ]  # fmt: skip


def test_empty_rows_are_left_out_and_counted_in_the_numbers_of_the_others() -> None:
    assert rows_of(b"id,a\n\n,,\n1,2\n\n") == [(1, ["id", "a"]), (4, ["1", "2"])]


def test_the_line_in_which_excel_notes_the_delimiter_is_no_row() -> None:
    assert rows_of(b"sep=;\r\nid;a\r\n1,5;2\r\n") == [(2, ["id", "a"]), (3, ["1,5", "2"])]
    assert delimiters('"sep=^"\nid^a\n1^2\n') == ["^"]
    assert delimiters("sep=\t\nid\ta\n") == ["\t"]


@pytest.mark.parametrize("line", ["sep=", "sep=a", 'sep="', "sep= ", "sep=;;", "separator=;"])
def test_a_first_line_that_notes_no_delimiter_is_a_row(line: str) -> None:
    assert read(f"{line}\n1|2\n3|4\n".encode())[0][1][0][0] == 1


@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize("decimal", [".", ","])
@pytest.mark.parametrize("title", ["", "Report of November\n\n", "Report, of: November; 2026\n"])
def test_the_delimiter_is_the_one_at_which_rows_agree(delimiter: str, decimal: str, title: str) -> None:
    if delimiter == decimal:
        return
    rows = [["id", "amount", "item"]] + [[f"order-{n}", f"{n}{decimal}50", "AK-47, or (x)"] for n in range(9)]
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    assert delimiters(title + buffer.getvalue())[0] == delimiter
    if "," not in title:
        assert len(delimiters(title + buffer.getvalue())) == 1


def test_a_list_of_one_column_is_offered_once() -> None:
    assert delimiters("custom_id\norder-1\norder-2\n") == [","]


def test_both_delimiters_are_offered_where_either_may_be_meant() -> None:
    assert sorted(delimiters("a;b,c\n1;2,3\n")) == [",", ";"]


def test_a_delimiter_at_which_the_file_cannot_be_cut_is_not_offered() -> None:
    assert delimiters('"Title, ""of it"";";"x"\n"custom_id";"note, with comma"\n"a";"b"\n') == [";"]


cell = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)


@settings(deadline=None, max_examples=300)
@given(st.lists(st.lists(cell, min_size=2, max_size=2), min_size=3, max_size=6), st.sampled_from(DELIMITERS))
def test_what_a_program_writes_is_read_as_it_was(rows: list[list[str]], delimiter: str) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerow(["id", "amount"])
    writer.writerows(rows)
    wanted = [["id", "amount"], *([text or None for text in row] for row in rows if any(row))]
    data = io.BytesIO(b"\xef\xbb\xbf" + buffer.getvalue().encode())
    found = [[cells for _, cells in sheet.rows] for sheet in sheets_of_text(data) if sheet.delimiter == delimiter]
    assert found == [wanted]


some_bytes = st.binary(max_size=200).map(lambda some: some.replace(b"\0", b""))
some_marks = st.text('",;\t|\n\r aé€1', max_size=60).map(str.encode)


@settings(deadline=None, max_examples=300)
@given(some_bytes | some_marks)
def test_any_bytes_are_rows_or_are_refused(data: bytes) -> None:
    with suppress(FileProblem):
        for sheet in sheets_of_text(io.BytesIO(data)):
            assert all(isinstance(cells, list) for _, cells in sheet.rows)
