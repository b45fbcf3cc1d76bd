"""The list's cursor and filters, also where the address was tampered with."""

import base64
import json

import pytest
from flask import Flask

from dashboard.purchases import list_queries as lists
from dashboard.purchases import queries as purchases
from dashboard.purchases.filters import Filters
from dashboard.purchases.list_queries import CursorError
from dashboard.support import lookup
from tests.purchases.samples import store_purchase


def cursor(*values: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    ("sort", "value"),
    [
        ("-balance_debited_sum", "NaN"), ("-balance_debited_sum", "Infinity"), ("-balance_debited_sum", "1e300"),
        ("-balance_debited_sum", "1.1234567"), ("-date", "0001-01-01T00:00:00+23:00"),
        ("-date", "9999-12-31T23:59:59-23:00"), ("-date", 5), ("-balance_debited_sum", [1]), ("-date", None),
    ],
)  # fmt: skip
def test_a_tampered_cursor_is_refused_by_name(app: Flask, sort: str, value: object) -> None:
    with pytest.raises(CursorError):
        lists.search_purchases(Filters(), sort=sort, after=cursor(sort, value, 1))


def test_a_status_named_twice_shows_its_purchases_once(app: Flask) -> None:
    store_purchase(buy_id=1, offer_status="timeout")
    page = lists.search_purchases(Filters(statuses=("timeout", "timeout")))
    assert [row.buy_id for row in page.rows] == [1]


@pytest.mark.parametrize(("stored", "is_more"), [(50, False), (51, True)])
def test_more_matches_are_said_to_exist_only_where_they_do(app: Flask, stored: int, is_more: bool) -> None:
    for number in range(stored):
        store_purchase(buy_id=1000 + number)
    (answer,) = lookup.answer_text("76561198050648523", ask=False, batch_size=100).answers
    assert (len(answer.matches), answer.is_more) == (purchases.MATCHES_SHOWN, is_more)
