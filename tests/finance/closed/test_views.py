"""Closed reports: their figures stay, and what has changed since is shown beside them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from threading import Thread
from typing import Any

import pytest
import time_machine
from bs4 import Tag
from flask import Flask
from sqlalchemy import insert, text

from dashboard.db.database import writing
from dashboard.db.extensions import db
from dashboard.finance import history_queries as history
from dashboard.finance import queries as reports
from dashboard.finance.closed import queries as closings
from dashboard.finance.closed import store as closing
from dashboard.finance.models import SentReport
from dashboard.lib.periods import By, Interval, Period, parse_date, zone_by_name
from dashboard.purchases import store
from tests.conftest import signed_in
from tests.finance.debited.test_as_of import BOUGHT, MONTH_END, OCTOBER, REVERSED, store_at
from tests.purchases.samples import store_purchase
from tests.reader import Page, Reader

PERIOD = Period(parse_date("2026-10-01"), parse_date("2026-10-31"), zone_by_name("UTC"), By.WEEK)


@pytest.fixture
def finance(app: Flask) -> Reader:
    """Somebody of finance."""
    return signed_in(app, "finance")


def close_at(moment: datetime) -> int:
    with time_machine.travel(moment, tick=False):
        return closing.close_report(PERIOD, "anna@shop.example")


def figures(page: Page) -> dict[str, tuple[Decimal, ...]]:
    def numbers(row: Tag) -> tuple[Decimal, ...]:
        return tuple(Decimal(str(cell["data-value"])) for cell in row.select("td"))

    return {str(row["data-part"]): numbers(row) for row in page.all('[data-row="closed-part"]')}


def test_a_reversal_six_days_after_month_end_moves_its_parts_and_leaves_the_closed_report(finance: Reader) -> None:
    for number in (1, 2):
        store_at(
            MONTH_END - timedelta(hours=1), buy_id=number, in_hold=True, in_hold_until=BOUGHT + timedelta(days=8),
            balance_debited_sum=Decimal("10.125") * number,
        )  # fmt: skip
    report_id = close_at(MONTH_END)
    before = closings.find_closed(report_id)
    store_at(REVERSED, buy_id=1, offer_status="rollback_user", balance_debited_sum=Decimal("10.125"))
    after = closings.find_closed(report_id)
    assert before is not None
    assert after is not None
    assert after.report == before.report

    shown = figures(finance.get(f"/finance/closed/{report_id}"))
    ten, thirty = Decimal("10.125"), Decimal("30.375")
    assert shown.pop("reversible") == (thirty, thirty - ten, -ten)
    assert shown.pop("reversed_by_user") == (0, ten, ten)
    assert shown.pop("debited") == (thirty, thirty, 0)
    assert set(shown.values()) == {(Decimal(0), Decimal(0), Decimal(0))}

    changes = finance.get(str(finance.get(f"/finance?{OCTOBER}").one("[data-closed] a:last-of-type")["href"]))
    (move,) = changes.all('[data-row="move"]')
    assert (move["data-from"], move["data-to"]) == ("reversible", "reversed_by_user")
    assert changes.buy_ids() == [1]


def test_closed_figures_can_be_worked_out_again_from_the_history(app: Flask) -> None:
    for number in range(1, 20):
        store_purchase(
            buy_id=number, date=BOUGHT - timedelta(days=number), balance_debited_sum=Decimal(number).scaleb(-3),
            price=None if number % 3 else Decimal(1),
        )  # fmt: skip
    closed = closings.find_closed(closing.close_report(PERIOD, "anna@shop.example"))
    store_purchase(buy_id=3, asked_at=BOUGHT + timedelta(days=40), date=BOUGHT, balance_debited_sum=Decimal(7))
    assert closed is not None
    again = reports.find_report(PERIOD, closed.as_of)
    assert [row.parts for row in again.rows] == [row.parts for row in closed.report.rows]
    current = reports.find_report(PERIOD).total.debited
    known = Interval(closed.as_of, closed.as_of + timedelta(days=1))
    changes = history.changes_between(known, PERIOD.interval)
    assert sum(change.change for change in changes) == current - closed.report.total.debited


@pytest.mark.parametrize("database_url", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True)
def test_a_report_waits_for_a_purchase_that_is_being_written(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    closed_ids: list[int] = []

    def close() -> None:
        with app.app_context():
            closed_ids.append(closing.close_report(PERIOD, "anna@shop.example"))

    thread, row_after = Thread(target=close), store.row_after

    def close_in_between(*arguments: Any, **more: Any) -> dict[str, Any]:
        thread.start()
        wait_until(lambda: bool(closed_ids) or is_somebody_waiting_for_a_lock())
        return row_after(*arguments, **more)

    monkeypatch.setattr(store, "row_after", close_in_between)
    store_purchase(date=BOUGHT)
    thread.join()
    closed = closings.find_closed(closed_ids[0])
    assert closed is not None
    assert closed.report.total == reports.find_report(PERIOD, closed.as_of).total
    assert closed.report.total.count == 1


def is_somebody_waiting_for_a_lock() -> bool:
    with db.engine.connect() as connection:
        return bool(connection.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted")).scalar_one())


def wait_until(holds: Callable[[], bool]) -> None:
    for _ in range(1000):
        if holds():
            return
    raise AssertionError("it never came to hold")


def test_a_report_is_closed_with_a_button_and_listed_with_its_closer(finance: Reader) -> None:
    store_purchase(date=BOUGHT)
    page = finance.post("/finance/close", **{"from": "2026-10-01", "to": "2026-10-31", "by": "day"})
    assert page.response.request.path.startswith("/finance/closed/")
    assert "finance@shop.example" in page.text
    listed = finance.get("/finance/closed")
    assert "2026-10-01 to 2026-10-31" in listed.text_of('[data-row="closed"]')
    assert "Closed by finance@shop.example" in finance.get(f"/finance?{OCTOBER}").text_of("[data-closed]")


def test_a_period_that_cannot_be_shown_cannot_be_closed(finance: Reader) -> None:
    assert finance.post("/finance/close", **{"from": "nonsense"}).status == 400
    assert "No report has been closed yet" in finance.get("/finance/closed").text


def test_a_report_is_not_closed_without_the_pages_token(finance: Reader) -> None:
    assert finance.post("/finance/close", csrf_token="wrong", **{"from": "2026-10-01"}).status == 400
    assert "No report has been closed yet" in finance.get("/finance/closed").text


def test_a_number_that_was_never_closed_is_not_found(finance: Reader) -> None:
    assert finance.get("/finance/closed/99").status == 404
    assert finance.get(f"/finance/closed/{2**64}").status == 404


def test_only_finance_closes_reports(app: Flask) -> None:
    support = signed_in(app, "support")
    assert support.post("/finance/close", **{"from": "2026-10-01"}).status == 403
    assert support.get("/finance/closed").status == 403


def test_the_page_says_what_a_monthly_report_waits_for_and_its_list_has_the_same_sum(finance: Reader) -> None:
    store_at(
        MONTH_END - timedelta(hours=1), buy_id=1, in_hold=True, in_hold_until=BOUGHT + timedelta(days=8),
        balance_debited_sum=Decimal("10.125"),
    )  # fmt: skip
    sent = {"month": "2026-10", "zone": "UTC", "tries": 1, "claimed_until": MONTH_END, "sent_at": MONTH_END}
    with writing() as connection:
        connection.execute(insert(SentReport).values(kind="first", is_final=False, **sent))
    row = finance.get("/finance/closed").one('[data-row="monthly"]')
    link = row.select_one('a[data-sum="debited"]')
    assert link is not None
    listed = finance.get(str(link["href"]))
    assert listed.buy_ids() == [1]
    assert listed.one('[data-sum="debited"]')["data-value"] == link["data-value"] == "10.125"
