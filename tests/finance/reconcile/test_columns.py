"""What the columns of a list hold: told by names and values, asked where either leaves a doubt."""

from decimal import Decimal

import pytest

from tests.finance.reconcile.test_shop_list import lines, refusal


@pytest.mark.parametrize(
    "name",
    [
        "Order Currency", "order_currency", "Payment currency", "Transaction Currency", "Billing currency", "Currency ISO",
        "Currency (ISO)", "Currency Symbol", "Cur", "ISO code", "Währung des Betrags", "Bestellwährung", "Вал.",
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
