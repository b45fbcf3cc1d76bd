"""Figures as of a moment, and what changed between two: equal to what was shown then, and to each other."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import time_machine
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.db.extensions import db
from dashboard.finance import history_queries as history
from dashboard.finance import queries as reports
from dashboard.finance.report import BySettlement, added
from dashboard.lib.periods import By, Interval, Period
from dashboard.purchases import store
from dashboard.purchases.finality import Settlement
from dashboard.purchases.store import Source
from dashboard.totals.sums import NOTHING, Sums
from tests.purchases.samples import a_record, an_answer
from tests.totals.test_store import empty_tables, records

PERIOD = Period(date(2026, 10, 31), date(2026, 11, 1), ZoneInfo("Asia/Kathmandu"), By.DAY)
START = datetime(2026, 11, 20, 13, tzinfo=UTC)


def tell(told: list[Any], at: datetime) -> None:
    with time_machine.travel(at, tick=False):
        store.record_answer(an_answer(*told, asked_at=at), Source.SCHEDULED)


def difference(after: BySettlement, before: BySettlement) -> dict[Settlement, Sums]:
    parts = {part: after.get(part, NOTHING) - before.get(part, NOTHING) for part in Settlement}
    return {part: sums for part, sums in parts.items() if sums != NOTHING}


def sum_of(changes: list[history.ChangeBetween]) -> dict[Settlement, Sums]:
    after = added([{change.to_part: change.after} for change in changes if change.to_part])
    before = added([{change.from_part: change.before} for change in changes if change.from_part])
    return difference(after, before)


@given(st.lists(st.lists(records, min_size=1, max_size=4), min_size=1, max_size=6))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_report_as_of_any_moment_is_the_one_that_was_shown_then(app: Flask, answers: list[list[Any]]) -> None:
    empty_tables()
    shown = [reports.find_report(PERIOD)]
    for number, told in enumerate(answers, 1):
        tell(told, START + timedelta(hours=number))
        shown.append(reports.find_report(PERIOD))
    for number, report in enumerate(shown):
        again = reports.find_report(PERIOD, START + timedelta(hours=number))
        assert [row.parts for row in again.rows] == [row.parts for row in report.rows]
        assert again.before == report.before
    for first in range(len(shown)):
        for last in range(first, len(shown)):
            known = Interval(START + timedelta(hours=first), START + timedelta(hours=last))
            changes = history.changes_between(known, PERIOD.interval)
            assert sum_of(changes) == difference(shown[last].parts, shown[first].parts)


@given(st.lists(st.lists(records, min_size=1, max_size=4), min_size=1, max_size=4))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_purchases_behind_figures_and_changes_add_up_to_them(app: Flask, answers: list[list[Any]]) -> None:
    empty_tables()
    for number, told in enumerate(answers, 1):
        tell(told, START + timedelta(hours=number))
    as_of = START + timedelta(hours=len(answers) - 1)
    parts = reports.find_report(PERIOD, as_of).parts
    for part in Settlement:
        rows, _ = history.purchases_as_of(as_of, PERIOD.interval, part=part.value).page()
        assert len(rows) == parts.get(part, NOTHING).count
        assert sum((row.balance_debited_sum or 0 for row in rows), Decimal(0)) == parts.get(part, NOTHING).debited
    known = Interval(as_of, START + timedelta(days=1))
    for change in history.changes_between(known, PERIOD.interval):
        names = [part.value if part else "" for part in (change.from_part, change.to_part)]
        behind, _ = history.changed_purchases(known, PERIOD.interval, from_part=names[0], to_part=names[1]).page()
        assert len(behind) == change.count
        assert sum((row.to_debited or 0) - (row.from_debited or 0) for row in behind) == change.change


def test_long_lists_of_changes_come_in_pages(app: Flask) -> None:
    told = [a_record(buy_id=number, custom_id=None) for number in range(1, 121)]
    tell(told, START)
    known = Interval(START - timedelta(hours=1), START)
    bought = Interval(datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC))
    seen, after = [], 0
    while after is not None:
        rows, after = history.changed_purchases(known, bought).page(after)
        seen += [row.buy_id for row in rows]
    assert seen == list(range(1, 121))


def test_before_anything_was_recorded_every_figure_was_nothing(app: Flask) -> None:
    tell([a_record()], START)
    assert reports.find_report(PERIOD, START - timedelta(microseconds=1)).total == NOTHING
    db.session.rollback()
    assert history.first_recorded_at() == START
