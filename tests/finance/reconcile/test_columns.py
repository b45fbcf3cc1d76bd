"""What the columns of a list hold: told by names and values, asked where either leaves a doubt."""

from decimal import Decimal

import pytest

from dashboard.finance.reconcile.choices import choices_in
from dashboard.finance.reconcile.shop_list import Asked, TheirList
from tests.finance.reconcile.test_shop_list import lines, read_or_asked, refusal, workbook


@pytest.mark.parametrize(
    "name",
    [
        "Order Currency", "order_currency", "Payment currency", "Transaction Currency", "Billing currency",
        "Currency ISO", "Currency (ISO)", "Currency Symbol", "Cur", "ISO code", "Währung des Betrags", "Bestellwährung",
        "Вал.",
        "Валюта заказа", "Валюта платежа", "Код валюты", "Waluta zamówienia", "Döviz", "", "Amount currency", "Code",
    ],
)  # fmt: skip
def test_a_column_in_which_each_value_is_a_currency_is_one_whatever_its_name(name: str) -> None:
    assert "the currency is EUR, not US dollars" in refusal(f"Order ID,Amount,{name}\norder-1,11.73,EUR\n")
    assert lines(f"Order ID,Amount,{name}\norder-1,11.73,USD\n")[0].amount == Decimal("11.73")


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Country", "FR"), ("Country", "TRY it"), ("Currency rate", "1.08"), ("Exchange currency rate", "1"),
        ("Note", "paid in EUR"), ("Currency,Settled in", "USD,usd"),
    ],
)  # fmt: skip
def test_a_column_that_holds_no_currency_is_none(header: str, row: str) -> None:
    assert lines(f"Order ID,Amount,{header}\norder-1,11.73,{row}\n")[0].amount == Decimal("11.73")


@pytest.mark.parametrize("header", ["Currency,Curr", "Currency,Order Currency", "Curr,Settled in", "Paid in,Booked in"])
def test_two_columns_that_may_be_the_currency_are_asked_about(header: str) -> None:
    text = f"Order ID,Amount,{header}\norder-1,11.73,USD,EUR\n"
    assert "Several columns may hold the currency" in refusal(text)


@pytest.mark.parametrize(
    "header",
    [
        "balance_debited_sum,amount", "amount,balance_debited_sum", "balance_debited_sum,Booked",
        "balance_debited_sum,Order total",
    ],
)  # fmt: skip
def test_what_skinsback_debited_is_never_taken_where_another_column_is_money(header: str) -> None:
    assert "Several columns may hold the amount" in refusal(f"custom_id,{header}\norder-1,11.73,99.00\n")


def test_the_price_of_our_own_export_is_no_rival_of_what_was_debited() -> None:
    assert lines("custom_id,price,balance_debited_sum\na,9.50,11.73\n")[0].amount == Decimal("11.73")


def test_what_1_234_means_is_asked_under_skinsbacks_own_name_as_well() -> None:
    assert "can be read in two ways" in refusal("custom_id;balance_debited_sum\nsmall-1;1,234\n")
    assert lines("custom_id;balance_debited_sum\na;11,73\n")[0].amount == Decimal("11.73")
    # As the dashboard writes it.
    assert lines("custom_id,balance_debited_sum\na,1.234\n")[0].amount == Decimal("1.234")


@pytest.mark.parametrize("last", ["x;7,50 EUR", "x;€ 7,50", "Total;3.734,00", ";3.734,00"])
def test_what_1_234_means_is_not_told_by_rows_that_do_not_count(last: str) -> None:
    assert "can be read in two ways" in refusal(f"Order ID;Amount\norder-1;1.234\norder-2;2.500\n{last}\n")


def test_what_1_234_means_on_one_sheet_is_not_told_by_another() -> None:
    head = ["Order ID", "Amount"]
    book = workbook(head, ["order-1", "1.234"], before=[head, ["order-2", "11,73"]])
    assert "can be read in two ways" in refusal(book)


CURRENCIES = b"Order ID,Amount,Currency,Curr\norder-1,11.73,EUR,USD\n"


@pytest.mark.parametrize(
    ("left_open", "sentence"),
    [
        ("currency", "Choose the column of the currency"), ("amount", "Choose the column of the amount"),
        ("custom_id", "Choose the column of the order ID"), ("buy_id", "Choose the column of the order ID"),
    ],
)  # fmt: skip
def test_a_question_that_was_left_open_is_asked_again(left_open: str, sentence: str) -> None:
    sent = {"use-0": "1", "header-0": "1", "custom_id-0": "0", "buy_id-0": "", "amount-0": "1", "currency-0": "3"}
    asked = read_or_asked(CURRENCIES, choices_in({**sent, f"{left_open}-0": "?"}))
    assert isinstance(asked, Asked)
    assert sentence in " ".join(asked.questions)


def test_a_column_of_currencies_that_is_not_read_as_chosen_is_named() -> None:
    sent = {"use-0": "1", "header-0": "1", "custom_id-0": "0", "amount-0": "1", "currency-0": ""}
    their = read_or_asked(CURRENCIES, choices_in(sent))
    assert isinstance(their, TheirList)
    assert their.read.notes[0].startswith("The column C (Currency) is not read as the currency, as chosen;")


@pytest.mark.parametrize("purchase", ["12.00", "12", "order-1"])
@pytest.mark.parametrize("header", ["Order ID,Purchase,Amount", "Note,Purchase,Amount", "custom_id,purchase,amount"])
def test_a_bare_purchase_is_no_sure_purchase_id(header: str, purchase: str) -> None:
    assert "hold SkinsBack's number of the purchase?" in refusal(f"{header}\norder-1,{purchase},11.73\n")


@pytest.mark.parametrize(
    "text",
    [
        "order id,what,status\norder-1,purchase,total\n", "order id,what,status\norder-1,order,total\n",
        "custom_id,type,kind\nx,purchase,price\ny,purchase,price\n", "Order\nOctober\ncustom_id,type\nx,order\n",
        "October,Order\nOrder ID,Amount\norder-1,5\n", "custom_id,h1,h2\nx,purchase,price\n",
    ],
)  # fmt: skip
def test_the_line_of_names_is_never_taken_from_the_rows_below_it(text: str) -> None:
    assert lines(text)[0].custom_id in ("order-1", "x")


@pytest.mark.parametrize(
    "name",
    [
        "Amount (CAD $)", "Amount MXN $", "Amount EUR/USD", "Amount USD/EUR", "Betrag in Euro", "Price (Euro)",
        "Importe (euros)", "Сумма в рублях", "Cena (zł)", "Amount (kr)", "金额（元）", "Prix en euros", "Сумма, евро",
        "Amount (Canadian dollars)", "Amount €",
    ],
)  # fmt: skip
def test_a_name_that_tells_of_another_currency_in_any_way_is_refused(name: str) -> None:
    assert "Only US dollars are compared" in refusal(f'Order ID,"{name}"\norder-1,11.73\n')


@pytest.mark.parametrize("name", ["Amount_ct", "amount_cents", "Betrag (Cent)"])
def test_a_name_that_counts_cents_is_refused(name: str) -> None:
    assert "seems to count cents" in refusal(f"Order ID,{name}\norder-1,1173\n")


@pytest.mark.parametrize("name", ["Amount (USD $)", "Amount US$", "Amount ($ USD)", "Betrag USD", "Amount dollars"])
def test_a_name_that_tells_of_us_dollars_is_read(name: str) -> None:
    assert lines(f"Order ID,{name}\norder-1,11.73\n")[0].amount == Decimal("11.73")


@pytest.mark.parametrize("title", ["Currency: EUR", "All amounts in EUR", "Orders, PLN", "Сумма в EUR"])
def test_a_line_above_the_list_that_tells_another_currency_is_asked_about(title: str) -> None:
    text = f'"{title}"\n\nOrder ID,Amount\norder-1,11.73\n'
    assert "The list, by a line above it, is in" in refusal(text)


@pytest.mark.parametrize(
    "title", ["Orders of March 2026", "Currency: USD", "All amounts in US$", "ORDERS FOR THE SHOP"]
)
def test_a_line_above_the_list_that_tells_no_other_currency_asks_nothing(title: str) -> None:
    assert lines(f'"{title}"\n\nOrder ID,Amount\norder-1,11.73\n')[0].amount == Decimal("11.73")
