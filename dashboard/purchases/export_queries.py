"""The whole filtered list, read in one consistent look at the database: rows, their number and their sums agree."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, case, false, select

from dashboard.purchases import list_queries as lists
from dashboard.purchases.filters import Filters
from dashboard.purchases.list_queries import SORTS
from dashboard.purchases.models import Purchase
from dashboard.totals.queries import sum_columns
from dashboard.totals.sums import Sums, from_kept

ROWS_AT_ONCE = 1000
"""How many rows are in memory at a time."""

_P = Purchase.__table__.c
_GIVEN_DATE = case((_P.date_is_estimate.is_(false()), _P.date))
"""``present.given_date``."""

COLUMNS = (
    _P.buy_id, _P.custom_id, _P.steamid, _P.tradeofferid, _P.item_name, _P.offer_status, _P.error_reason, _P.part,
    _P.balance_debited_sum, _P.price, _GIVEN_DATE.label("date"), _GIVEN_DATE.label("date_local"), _P.hold_ends_at,
    _P.hold_ends_at.label("hold_ends_at_local"), _P.hold_end_is_estimate, _P.asked_at, _P.first_seen_at, _P.unreadable,
)  # fmt: skip


def totals_of(connection: Connection, filters: Filters) -> Sums:
    """Return number and sums of the purchases that match."""
    statement = select(*sum_columns()).select_from(Purchase).where(*lists.conditions(filters))
    return from_kept(*connection.execute(statement).one())


def iter_purchases(connection: Connection, filters: Filters, sort: str) -> Iterator[Row[Any]]:
    """Yield COLUMNS of every purchase that matches, in the order of the list.

    One statement that the database answers bit by bit. Asking for block after block by key, as the list's pages do,
    would make it sort all matches again for each block wherever no index has the order.
    """
    column, descending = SORTS[sort]
    query = (
        select(*COLUMNS)
        .where(*lists.conditions(filters))
        .execution_options(stream_results=True, yield_per=ROWS_AT_ONCE)
    )
    known = query if lists.is_required(column) else query.where(column.is_not(None))
    yield from connection.execute(lists.ordered(known, (column, Purchase.buy_id), descending))
    if not lists.is_required(column):
        yield from connection.execute(lists.ordered(query.where(column.is_(None)), (Purchase.buy_id,), descending))
