"""The purchases that an uploaded list is compared with, read on a connection of one consistent look."""

from collections.abc import Iterator, Sequence, Set
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from dashboard.finance.reconcile.matching import OurPurchase
from dashboard.purchases.models import Purchase

IDS_AT_ONCE = 1000

_P = Purchase.__table__.c
_COLUMNS = (_P.buy_id, _P.custom_id, _P.offer_status, _P.part, _P.date, _P.balance_debited_sum)


def find_by_ids(connection: Connection, kind: str, values: Sequence[Any]) -> Iterator[OurPurchase]:
    """Yield the purchases with these ids, by buy_id within each thousand; ``kind`` is buy_id or custom_id."""
    column = {"buy_id": _P.buy_id, "custom_id": _P.custom_id}[kind]
    for start in range(0, len(values), IDS_AT_ONCE):
        wanted = values[start : start + IDS_AT_ONCE]
        for row in connection.execute(select(*_COLUMNS).where(column.in_(wanted)).order_by(_P.buy_id)):
            yield OurPurchase(*row)


def others_between(connection: Connection, since: datetime, until: datetime, named: Set[int]) -> list[int]:
    """Return the buy_ids of the purchases made in [since, until) that are not among ``named``, oldest first."""
    ids = connection.execute(
        select(_P.buy_id).where(_P.date >= since, _P.date < until).order_by(_P.date, _P.buy_id),
        execution_options={"stream_results": True, "yield_per": 10_000},
    )
    return [buy_id for (buy_id,) in ids if buy_id not in named]


def iter_in_order(connection: Connection, buy_ids: Sequence[int]) -> Iterator[OurPurchase]:
    """Yield purchases in the order of their ids here, with flat memory."""
    for start in range(0, len(buy_ids), IDS_AT_ONCE):
        wanted = buy_ids[start : start + IDS_AT_ONCE]
        found = {purchase.buy_id: purchase for purchase in find_by_ids(connection, "buy_id", wanted)}
        yield from (found[buy_id] for buy_id in wanted)
