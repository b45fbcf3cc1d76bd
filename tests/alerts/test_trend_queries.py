"""The figures of the rules about trends: from what the database holds, now and at moments of the past."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert

from dashboard.alerts import trend_queries
from dashboard.alerts.engine import evaluate_alerts
from dashboard.alerts.kinds import FIRST_RULES, KIND_BY_NAME
from dashboard.alerts.models import AlertRule
from dashboard.alerts.queries import find_rules, open_alerts
from dashboard.alerts.replay import replay
from dashboard.alerts.store import switch
from dashboard.alerts.trend_figures import AnsweredMinute, ReversalFigures, VolumeFigures
from dashboard.db.database import writing
from dashboard.db.extensions import db
from dashboard.purchases import store
from dashboard.purchases.store import Source
from dashboard.sync.balance_store import SCHEDULE, record_balance
from dashboard.sync.models import SUCCESS, HistoryImport, RequestMinute
from tests.alerts.rounds import judge
from tests.purchases.samples import a_record, an_answer, store_purchase

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
MINUTE, HOUR, DAY, WEEK = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)


def buy(dates: Iterable[datetime], first: int = 1, **fields: Any) -> None:
    records = [a_record(buy_id=first + number, date=date, **fields) for number, date in enumerate(dates)]
    store.record_answer(an_answer(*records, asked_at=NOW), Source.HISTORY)
    db.session.rollback()


def hold_since(since: datetime) -> None:
    row = {"since": since, "until": NOW, "started_at": NOW, "updated_at": NOW, "completed_at": NOW}
    with writing() as connection:
        connection.execute(insert(HistoryImport).values(**row))
    db.session.rollback()


def requests(minute: datetime, count: int, seconds: float, outcome: str = SUCCESS, *, for_people: bool = False) -> None:
    row = {
        "minute": minute, "outcome": outcome, "for_people": for_people, "count": count,
        "microseconds": int(count * seconds * 1e6), "slowest": int(seconds * 1e6),
    }  # fmt: skip
    with writing() as connection:
        connection.execute(insert(RequestMinute).values(**row))
    db.session.rollback()


def answers(*moments: datetime) -> list[list[AnsweredMinute]]:
    return list(trend_queries.slow_answers({"window_minutes": 5}, moments))


def test_the_answers_of_jobs_and_people_are_counted_by_minute_and_no_others(app: Flask) -> None:
    requests(NOW - 2 * MINUTE, 4, 2)
    requests(NOW - 2 * MINUTE, 1, 7, for_people=True)
    requests(NOW - 2 * MINUTE, 9, 20, outcome="timeout")
    assert answers(NOW) == [[AnsweredMinute(NOW - 2 * MINUTE, 5, 15.0, 7.0)]]


def test_a_minute_counts_when_it_is_over_and_for_as_long_as_the_window(app: Flask) -> None:
    requests(NOW, 10, 1)
    seen = answers(NOW, NOW + MINUTE - timedelta(seconds=1), NOW + MINUTE, NOW + 5 * MINUTE, NOW + 6 * MINUTE)
    assert [bool(minutes) for minutes in seen] == [False, False, True, True, False]


def volume(*moments: datetime) -> list[VolumeFigures]:
    return list(trend_queries.volume_drop({"window_minutes": 60}, moments))


def test_the_window_ends_with_the_last_whole_quarter_and_is_compared_with_the_same_hours(app: Flask) -> None:
    hold_since(NOW - 3 * WEEK)
    inside = [NOW - HOUR, NOW - MINUTE]
    buy([*inside, NOW - HOUR - MINUTE, NOW, *(moment - 2 * WEEK for moment in inside), NOW - 2 * WEEK])
    (figures,) = volume(NOW + 14 * MINUTE)
    assert (figures.since, figures.until, figures.purchases) == (NOW - HOUR, NOW, 2)
    # Of the third week, which the copy does not hold whole, and of the fourth nothing is known.
    assert figures.weeks == [0, 2]


def test_what_was_loaded_where_nothing_was_imported_is_the_whole_copy(app: Flask) -> None:
    buy([NOW - 4 * WEEK - 2 * HOUR])
    assert volume(NOW)[0].weeks == [0, 0, 0, 0]


def test_while_an_import_has_not_been_complete_nothing_is_usual(app: Flask) -> None:
    buy([NOW - 4 * WEEK - 2 * HOUR])
    with writing() as connection:
        row = {"since": NOW - 5 * WEEK, "until": NOW, "started_at": NOW, "updated_at": NOW}
        connection.execute(insert(HistoryImport).values(**row))
    db.session.rollback()
    assert volume(NOW)[0].weeks == []


def reversals(*moments: datetime, least: int = 2) -> list[ReversalFigures]:
    return list(trend_queries.reversal_rate({"least_customers": least}, moments))


def reverse(buy_id: int, seen_at: datetime, steamid: str | None, status: str = "rollback_user") -> None:
    fields: dict[str, Any] = {"buy_id": buy_id, "date": seen_at - 2 * DAY, "steamid": steamid}
    store_purchase(asked_at=seen_at - HOUR, **fields)
    store_purchase(asked_at=seen_at, offer_status=status, **fields)
    db.session.rollback()


def test_customers_are_counted_once_and_unknown_ones_each_by_itself(app: Flask) -> None:
    reverse(1, NOW - HOUR, "76561198050648523")
    reverse(2, NOW - 2 * HOUR, "76561198050648523")
    reverse(3, NOW - 3 * HOUR, "76561198050648524", "rollback_supplier")
    reverse(4, NOW - 4 * HOUR, None)
    reverse(5, NOW - 5 * HOUR, None)
    (figures,) = reversals(NOW)
    assert figures.today.customers == 4
    assert figures.newest == (1, 2, 3, 4, 5)


def test_a_reversal_counts_on_the_day_it_was_seen(app: Flask) -> None:
    hold_since(NOW - 60 * DAY)
    for buy_id, hours in ((1, 1), (2, 23), (3, 25), (4, 24 * 28 + 1)):
        reverse(buy_id, NOW - hours * HOUR, str(76561198050648523 + buy_id))
    (figures,) = reversals(NOW)
    assert figures.today.customers == 2
    assert [day.customers for day in figures.before] == [1, *[0] * 26, 1]


def test_only_what_steam_could_still_reverse_counts_as_delivered(app: Flask) -> None:
    buy([NOW - 7 * DAY, NOW - 9 * DAY])
    buy([NOW - DAY], first=100, offer_status="timeout")
    for buy_id in (200, 201):
        reverse(buy_id, NOW - HOUR, str(76561198050648523 + buy_id))
    (figures,) = reversals(NOW)
    assert figures.today.deliveries == 3


def test_only_days_that_the_copy_holds_are_compared_with(app: Flask) -> None:
    hold_since(NOW - 20 * DAY)
    for buy_id in (1, 2):
        reverse(buy_id, NOW - HOUR, str(76561198050648523 + buy_id))
    assert len(reversals(NOW)[0].before) == 12


def test_where_few_reversed_at_all_the_days_before_are_not_read(app: Flask) -> None:
    reverse(1, NOW - HOUR, "76561198050648524")
    assert reversals(NOW, least=3)[0].before == ()


def a_shops_weeks(seed: int, weeks: int = 5) -> list[datetime]:
    """Purchases of weeks that end now: forty an hour by day, ten by night."""
    dice = Random(seed)
    moment, dates = NOW - weeks * WEEK, []
    while True:
        moment += timedelta(hours=dice.expovariate(40 if 8 <= moment.hour < 23 else 10))
        if moment >= NOW:
            return dates
        dates.append(moment)


@pytest.mark.parametrize("seed", range(2))
def test_a_week_of_normal_sales_is_no_alert_and_an_afternoon_without_is_one(app: Flask, seed: int) -> None:
    broken = NOW - 2 * DAY
    buy(date for date in a_shops_weeks(seed) if not broken <= date < broken + 2 * HOUR)
    kind = KIND_BY_NAME["volume_drop"]
    (alert,) = replay(kind, kind.defaults, NOW - WEEK, NOW)
    assert broken + 30 * MINUTE <= alert.opened_at <= broken + 75 * MINUTE
    assert alert.closed_at is not None
    assert alert.closed_at <= broken + 4 * HOUR


def test_what_a_rule_about_slow_answers_would_have_done_is_kept(app: Flask) -> None:
    for minute in range(60):
        requests(NOW - minute * MINUTE, 20, 9 if 20 <= minute < 30 else 0.2)
    kind = KIND_BY_NAME["slow_answers"]
    (alert,) = replay(kind, kind.defaults, NOW - HOUR, NOW)
    assert alert.opened_at <= NOW - 27 * MINUTE
    assert alert.closed_at is not None


def test_what_a_rule_about_the_balance_would_have_done_is_kept(app: Flask) -> None:
    buy(NOW - hours * HOUR for hours in range(1, 100))
    record_balance(Decimal(10_000), NOW - 80 * HOUR, SCHEDULE)
    record_balance(Decimal(50), NOW - 50 * HOUR, SCHEDULE)
    record_balance(Decimal(10_000), NOW - 20 * HOUR, SCHEDULE)
    kind = KIND_BY_NAME["balance_runway"]
    (alert,) = replay(kind, kind.defaults, NOW - 3 * DAY, NOW)
    assert abs(alert.opened_at - (NOW - 50 * HOUR)) <= 2 * HOUR


def test_every_kind_is_alerted_by_the_rules_that_exist_from_the_start(app: Flask) -> None:
    judge(NOW)
    hold_since(NOW - 5 * WEEK)
    buy([NOW - week * WEEK - number * MINUTE for week in range(1, 5) for number in range(1, 51)])
    buy([NOW - HOUR - number * MINUTE for number in range(30)], first=1000)
    record_balance(Decimal(1), NOW, SCHEDULE)
    requests(NOW - MINUTE, 20, 9)
    judge(NOW)
    db.session.rollback()
    assert {"latency", "volume", "balance"} <= {alert.kind for alert in open_alerts()}


def test_rules_that_a_newer_version_brings_are_made_and_what_somebody_switched_off_stays_off(app: Flask) -> None:
    evaluate_alerts(NOW)
    off, gone = (next(rule for rule in find_rules() if rule.key == key) for key in ("balance-low", "volume-drop"))
    switch(off.id, False, "ops@shop.example")
    with writing() as connection:
        connection.execute(AlertRule.__table__.delete().where(AlertRule.id == gone.id))
    evaluate_alerts(NOW)
    rules = {rule.key: rule for rule in find_rules()}
    assert rules.keys() == {first.key for first in FIRST_RULES}
    assert rules["volume-drop"].is_enabled
    assert not rules["balance-low"].is_enabled
