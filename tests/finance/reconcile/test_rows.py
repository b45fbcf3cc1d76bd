"""Rows that are none of the list are left out and named; those that cannot be read only when a person says so."""

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.finance.reconcile.cells import id_text
from dashboard.finance.reconcile.choices import Choices, SheetChoice
from dashboard.finance.reconcile.column_names import Meaning
from dashboard.finance.reconcile.shop_list import Asked, TheirList
from dashboard.spreadsheets.sheets import Cell, Shown
from tests.finance.reconcile.test_shop_list import read_list, read_or_asked, refusal


def left_out(text: str) -> list[tuple[int, str]]:
    return [(row.row, row.why) for row in read_list(text.encode()).left_out]


def ids(text: str) -> list[str | None]:
    return [line.custom_id for line in read_list(text.encode()).lines]


HEAD = "custom_id,item,amount\n"
TWO = HEAD + "a,x,1.50\nb,y,2.50\n"


@pytest.mark.parametrize(
    "row",
    [
        "Total,,4", "TOTAL:,,4.00", "Sum,,4", "Итого,,4", "Gesamt,,4", "Razem,,4", "Всего:,,4", "Grand Total,,4",
        "Totale,,4", "Toplam,,4", "Total USD,,4", ",Total,4", ",,4", "合计,,4",
    ],
)  # fmt: skip
def test_a_row_that_adds_up_those_above_is_left_out(row: str) -> None:
    assert (ids(TWO + row + "\n"), left_out(TWO + row + "\n")) == (["a", "b"], [(4, "is the total of the rows above")])


def test_a_total_that_is_wrong_is_left_out_and_says_so() -> None:
    assert left_out(TWO + "Total,,5\n") == [(4, "is a total of $5.00, but the rows above add up to $4.00")]


def test_totals_of_parts_and_of_all_are_both_totals() -> None:
    text = TWO + "Subtotal,,4\nc,z,3\nSubtotal,,3\nTotal,,7\n"
    assert ids(text) == ["a", "b", "c"]
    assert [why for _, why in left_out(text)] == ["is the total of the rows above"] * 3


@pytest.mark.parametrize("order", ["Total-5", "Total 5", "sum1", "Summary", "Итого-7", "total_x9"])
def test_an_order_that_is_only_named_like_a_total_stays(order: str) -> None:
    assert ids(f"{TWO}{order},x,4\n") == ["a", "b", order]


def test_an_amount_without_id_that_is_no_total_is_named_and_not_left_out() -> None:
    asked = read_or_asked((TWO + ",z,3\n").encode())
    assert isinstance(asked, Asked)
    assert asked.problems == ["Row 4, column A (custom_id): no id."]


def test_a_lone_row_above_makes_no_total() -> None:
    assert isinstance(read_or_asked((HEAD + "a,x,4\n,z,4\n").encode()), Asked)


@pytest.mark.parametrize("blank", ["-", "–", "--", "n/a", "N/A", "n.a.", "NULL", "null", "None", "NaN", "nil"])
def test_what_stands_for_no_id_is_none(blank: str) -> None:
    asked = read_or_asked((TWO + f"{blank},z,3\n").encode())
    assert isinstance(asked, Asked)
    assert asked.problems == ["Row 4, column A (custom_id): no id."]
    (line,) = read_list(f"buy_id,custom_id,amount\n{blank},a,1.5\n".encode()).lines
    assert (line.buy_id, line.custom_id) == (None, "a")


def test_all_rows_and_columns_that_are_noted_are_named() -> None:
    names = "".join(f",note of the {number}th kind" for number in range(90))
    their = read_list((f"custom_id,amount{names}\n" + "".join(f"a{number},-1.5\n" for number in range(59))).encode())
    columns, negative = their.read.notes
    assert all(f"note of the {number}th kind" in columns for number in range(90))
    assert negative.endswith(", 59, 60); it is compared as it stands.")


def test_notes_below_the_table_are_left_out() -> None:
    assert left_out(TWO + ",checked by A.,\n") == [(4, "has no ID and no amount")]


def test_titles_above_and_names_that_stand_again_are_left_out() -> None:
    text = "Orders of October\ncustom_id;amount\na;1\nCustom_ID;Amount\nb;2\n"
    assert ids(text) == ["a", "b"]
    assert left_out(text) == [
        (1, "stands above the names of the columns"), (4, "repeats the names of the columns"),
    ]  # fmt: skip


def test_a_table_below_with_the_same_columns_in_another_order_is_read() -> None:
    their = read_list(b"custom_id;amount;item\na;1.5;x\nItem;Custom_ID;Amount\ny;b;2.5\n")
    assert [(line.custom_id, line.amount) for line in their.lines] == [("a", Decimal("1.50")), ("b", Decimal("2.50"))]


def test_a_table_below_with_other_columns_is_named_by_its_rows() -> None:
    asked = read_or_asked(b"custom_id;amount\na;1.5\nOrder ID;Price;Item\nb;2.5;x\n")
    assert isinstance(asked, Asked)
    assert asked.problems == [
        "Row 3 begins another table with other columns; put it on a sheet or into a file of its own.",
        "Row 4 belongs to the table with other columns that row 3 begins.",
    ]


def test_negative_amounts_are_read_as_they_stand_and_told() -> None:
    their = read_list(b"custom_id;amount\na;-1.50\nb;2.50-\nc;(3.50)\nd;4\n")
    assert [line.amount for line in their.lines] == [Decimal(text) for text in ("-1.50", "-2.50", "-3.50", "4.00")]
    assert their.read.notes == ("3 rows have a negative amount (rows 2, 3, 4); it is compared as it stands.",)


@pytest.mark.parametrize(
    "text",
    [
        "custom_id,amount\na,11,73\n", "custom_id,amount,,note\na,11,73,fine\n",
        "custom_id,amount,note\na,11,73,fine\n",
        "amount,custom_id\n11,73,a\n", "custom_id,amount,note\na,11,73,\nb,5.00,fine\n",
        "custom_id,date,amount,status\na,2026-11-20,11,5,\nb,2026-11-20,5.00,fine\n",
    ],
)  # fmt: skip
def test_an_amount_that_a_comma_cut_in_two_is_never_read_as_half_of_it(text: str) -> None:
    asked = read_or_asked(text.encode())
    assert isinstance(asked, Asked)
    assert "an amount with a decimal comma must be in quotes" in asked.problems[0]


@pytest.mark.parametrize(
    "text",
    [
        "custom_id,amount,note\norder-1,11,73,\norder-3,11,73,\n",
        "custom_id,amount,note,item\na,11,73,,\nb,7,5,,\nc,5,00\n",
        "custom_id,date,amount,status\norder-1,2026-11-20,11,73,\n",
    ],
)
def test_whole_amounts_with_two_digits_behind_each_are_asked_about(text: str) -> None:
    assert "as when commas cut amounts apart. Is it the whole amount?" in refusal(text)


@pytest.mark.parametrize(
    "text",
    [
        "custom_id,amount,\na,11,\n", "custom_id,amount,,\na,11,,fine\n", "custom_id,amount,,note\na,11,,fine\n",
        "custom_id,amount,,note\na,11,see,fine\n", "custom_id,amount\na,11.00,checked by A.\n",
        "custom_id,amount,count\na,11,7\n", "custom_id,amount,count\na,11.00,73,\n", "custom_id,amount\na,11,\n",
    ],
)  # fmt: skip
def test_a_note_behind_an_amount_cuts_nothing(text: str) -> None:
    assert read_list(text.encode()).lines[0].amount == 11


@pytest.mark.parametrize(("written", "buy_id"), [("1,280", 1280), ("1.280", 1280), ("1 280", 1280), ("1280.0", 1280)])
def test_a_purchase_id_is_read_with_its_thousands_apart(written: str, buy_id: int) -> None:
    assert read_list(f"buy_id;amount\n{written};1.5\n".encode()).lines[0].buy_id == buy_id


@pytest.mark.parametrize("written", ["1,000", "1.000", '="1,000"', "1'000", "1 000", "'1.000"])
@pytest.mark.parametrize("name", ["buy_id", "Order ID"])
def test_round_thousands_are_no_other_purchase(written: str, name: str) -> None:
    (line,) = read_list(f"{name};amount\n{written};1.5\n".encode()).lines
    as_written = re.sub("[=\"]|^'", "", written)
    assert (line.custom_id, line.buy_id) == ((None, 1000) if name == "buy_id" else (as_written, None))


@pytest.mark.parametrize(
    ("cell", "seen"),
    [
        (Shown(Decimal(5000), "5.000"), ("5.000", "")), (Shown(Decimal(5), "5.000"), ("5", "")),
        (Shown(Decimal(5), "5,000"), ("5", "")), (Shown(Decimal(12000), "12,000"), ("12,000", "")),
        (Shown(Decimal(5), "5.00"), ("5", "")), ("5.000", ("5.000", "")), ("1000.000", ("1000.000", "")),
    ],
)  # fmt: skip
def test_a_number_with_three_zeros_behind_its_mark_is_what_it_is(cell: Cell, seen: tuple[str, str]) -> None:
    assert id_text(cell) == seen


def chosen(**fields: object) -> Choices:
    places = {Meaning.CUSTOM_ID: 0, Meaning.AMOUNT: 2}
    return Choices(sheets={0: SheetChoice(is_read=True, header_row=1, places=places)}, **fields)  # type: ignore[arg-type] # As given.


def test_rows_that_cannot_be_compared_are_left_out_when_chosen_counted_and_named() -> None:
    text = (TWO + "c,z,abc\n,z,9\n1.23E+05,z,1\n").encode()
    asked = read_or_asked(text, chosen())
    assert isinstance(asked, Asked)
    assert (asked.bad_rows, len(asked.problems)) == (3, 3)
    their = read_or_asked(text, chosen(leaves_out=True))
    assert isinstance(their, TheirList)
    assert [line.custom_id for line in their.lines] == ["a", "b"]
    assert [(row.row, row.why.split(":")[0]) for row in their.left_out] == [
        (4, "left out as chosen"), (5, "left out as chosen"), (6, "left out as chosen"),
    ]  # fmt: skip


def test_a_list_without_names_can_be_chosen_from() -> None:
    text = b"order-1,AK,11.73\norder-2,AWP,5.00\n"
    asked = read_or_asked(text)
    assert isinstance(asked, Asked)
    assert asked.looks[0].names_row == 0
    choices = chosen()
    choices.sheets[0].header_row = 0
    their = read_or_asked(text, choices)
    assert isinstance(their, TheirList)
    assert [(line.row, line.custom_id, line.amount) for line in their.lines] == [
        (1, "order-1", Decimal("11.73")), (2, "order-2", Decimal("5.00")),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "row", "is_asked"),
    [
        ("order_id,order_number,amount", "a,1,1.5", True), ("order_number,id,amount", "1001,5123,1.5", True),
        ("order_number,id,amount", "A-1001,5,1.5", False), ("custom_id,order_number,id,amount", "a,1,2,1.5", False),
        ("id,amount", "5,1.5", True), ("buy_id,id,amount", "5,6,1.5", False),
        ("buy_id,custom_id,amount", "5,a,1.5", False),
        ("order_id,reference,amount", "a,b,1.5", False), ("custom_id,amount,total", "a,1.5,2.5", True),
        ("custom_id,shipping_total", "a,1.5", True), ("custom_id,date_paid,amount", "a,2026-11-01,1.5", False),
        ("custom_id,Zahlbetrag brutto", "a,1.55", True), ("custom_id,balance_debited_sum,price", "a,1.5,2.5", False),
        ("custom_id,is_paid,amount", "a,yes,1.5", False), ("custom_id,note", "a,hello", False),
        ("custom_id,amount,amount", "a,1.5,1.5", True), ("custom_id,amount,currency,currency", "a,1.5,USD,USD", True),
        ("custom_id,fee,amount", "a,0.35,1.5", False), ("custom_id,wear", "a,0.1234", False),
    ],
)  # fmt: skip
def test_columns_are_taken_only_where_one_alone_can_be_meant(header: str, row: str, is_asked: bool) -> None:
    assert isinstance(read_or_asked(f"{header}\n{row}\n".encode()), Asked) is is_asked


IDS = st.sampled_from(["", "a", "b", "c", "A", "Total", "Итого", "1.23E+05", "custom_id", "12.0", "x" * 300, "Order 7"])
AMOUNTS = st.sampled_from(["", "1", "1.5", "2.50", "-1", "x", "5 €", "4", "amount", "1,234.5"])


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(IDS, st.sampled_from(["", "x", "Total"]), AMOUNTS), min_size=1, max_size=12))
def test_every_row_of_a_file_has_exactly_one_fate(rows: list[tuple[str, str, str]]) -> None:
    text = HEAD + "z,z,0.25\n" + "".join(f'{one},{item},"{amount}"\n' for one, item, amount in rows)
    filled = [number for number, row in enumerate(rows, start=3) if any(row)]
    asked = read_or_asked(text.encode(), chosen())
    their = read_or_asked(text.encode(), chosen(leaves_out=True))
    assert isinstance(their, TheirList)
    compared = [line.row for line in their.lines] + [line.row for line, _ in their.repeated]
    left = [row.row for row in their.left_out]
    assert sorted([*compared, *left]) == [2, *filled]
    bad = sum(row.why.startswith("left out as chosen") for row in their.left_out)
    assert bad == (asked.bad_rows if isinstance(asked, Asked) else 0)
