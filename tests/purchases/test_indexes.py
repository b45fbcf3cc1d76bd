"""Every look-up is answered from an index, however many purchases there are.

Shown on SQLite, whose plans do not depend on the number of rows; PostgreSQL reads small tables without their indexes.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from dashboard.db.extensions import db
from dashboard.finance.reconcile import queries as reconciled
from dashboard.lib.periods import Interval
from dashboard.ops import outcome_queries as outcomes
from dashboard.ops import queries as ops_lists
from dashboard.purchases import queries as purchases
from dashboard.purchases.models import Purchase
from dashboard.support import user_queries as users
from tests.purchases.samples import DATE

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@on_sqlite
@pytest.mark.parametrize(
    "read",
    [
        lambda: purchases.search_by_ids("buy_id", ["1", "2"]),
        lambda: purchases.search_by_ids("custom_id", ["order-1", "order-2"]),
        lambda: purchases.search_by_ids("tradeofferid", ["1", "2"]),
        lambda: purchases.find_orders_beginning("order-", 5),
        lambda: users.purchases_of_user("76561198050648523", most=5),
        lambda: list(reconciled.find_by_ids(db.session.connection(), "order_key", ["order-1", "order-2"])),
    ],
)
def test_a_look_up_by_any_id_searches_an_index(app: Flask, read: Callable[[], object]) -> None:
    plans = _plans_of(read)
    assert plans
    assert all("SEARCH purchases USING" in plan for plan in plans)
    assert not any("SCAN" in plan for plan in plans)


@on_sqlite
def test_a_users_purchases_come_in_order_from_an_index(app: Flask) -> None:
    plan = _plan(users._NEWEST)
    assert "ix_purchases_steamid_date_buy_id" in plan
    assert "TEMP B-TREE" not in plan


@on_sqlite
def test_a_part_of_the_list_comes_in_order_from_an_index(app: Flask) -> None:
    plan = _plan(purchases.ROWS.where(Purchase.part == "failed").order_by(Purchase.date.desc(), Purchase.buy_id.desc()))
    assert "ix_purchases_part_date_buy_id" in plan
    assert "TEMP B-TREE" not in plan


@on_sqlite
def test_the_purchases_of_an_item_come_in_order_from_an_index(app: Flask) -> None:
    plan = _plan(purchases.ROWS.where(Purchase.item_name == "x").order_by(Purchase.date.desc(), Purchase.buy_id.desc()))
    assert "ix_purchases_item_name_date_buy_id" in plan
    assert "TEMP B-TREE" not in plan


def _plan(query: Any) -> str:
    compiled = query.compile(db.engine, compile_kwargs={"render_postcompile": True})
    names = compiled.positiontup or []
    values = tuple(compiled.params.get(name) for name in names)
    with db.engine.connect() as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", values)
        return " ".join(str(row) for row in rows)


@on_sqlite
@pytest.mark.parametrize(
    "read",
    [
        lambda: ops_lists.stuck_purchases(DATE),
        lambda: ops_lists.purchases_of_window(DATE, DATE),
        lambda: ops_lists.failures_of_window(DATE, DATE),
        lambda: ops_lists.reversals_of_window(DATE, DATE),
        lambda: ops_lists.repeating_users(DATE, DATE),
        lambda: ops_lists.decided_by("item", ["x"], DATE, DATE),
        lambda: ops_lists.decided_by("steamid", ["x"], DATE, DATE),
        lambda: outcomes.outcomes_of([Interval(DATE, DATE + timedelta(days=9, hours=3, minutes=20, seconds=5))]),
    ],
)
def test_what_ops_works_from_is_read_from_ranges_of_indexes(app: Flask, read: Callable[[], object]) -> None:
    steps = " / ".join(_plans_of(read)).split(" / ")
    assert any("SEARCH" in step for step in steps)
    assert [step for step in steps if step.startswith(("SCAN purchases", "SCAN outcome_totals"))] == []


def _plans_of(read: Callable[[], object]) -> list[str]:
    plans = []
    with _watched() as statements:
        read()
    for statement, parameters in statements:
        with db.engine.connect() as connection:
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            plans.append(" / ".join(str(row[-1]) for row in rows))
    return plans


@contextmanager
def _watched() -> Iterator[list[tuple[str, Any]]]:
    seen: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        if statement.startswith("SELECT"):
            seen.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    event.remove(db.engine, "before_cursor_execute", note)
