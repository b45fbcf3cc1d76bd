"""What a rule would have done: past days, read in a few statements, say what a look at all purchases would say."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from flask import Flask

from dashboard.alerts.figures import Attempt, Settings
from dashboard.alerts.kinds import KIND_BY_NAME
from dashboard.alerts.replay import PastAlert, replay
from dashboard.db.extensions import db
from dashboard.purchases import store
from dashboard.purchases.store import Source
from dashboard.skinsback.records import PurchaseRecord
from tests.purchases.samples import a_record, an_answer, store_purchase

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
SINCE = NOW - timedelta(days=30)


def tried(kind: str, **settings: int) -> list[PastAlert]:
    chosen = KIND_BY_NAME[kind].defaults | settings
    return replay(KIND_BY_NAME[kind], chosen, SINCE, NOW)


def attempts(seed: int) -> list[PurchaseRecord]:
    """Two days of an item that nobody can have for some hours, and of another that fails as often as it works."""
    dice = Random(seed)
    records = []
    for number in range(400):
        date = NOW - timedelta(days=20) + timedelta(minutes=7 * number)
        is_gone = 100 <= number <= 100 + dice.randrange(30, 90)
        fails = dice.random() < (0.97 if is_gone else 0.5)
        fields: dict[str, Any] = {"offer_status": dice.choice(["accepted", "timeout", "creating_trade"])}
        if fails:
            fields = {"offer_status": "trade_create_error", "error_reason": "skin_unavailable"}
        item = "Gone" if is_gone and dice.random() < 0.8 else dice.choice(["Gone", "Case"])
        records.append(
            a_record(buy_id=number + 1, date=date, item_name=item, steamid=f"user {dice.randrange(60)}", **fields)
        )
    return records


def all_of(records: list[PurchaseRecord]) -> Callable[[Settings, Sequence[datetime]], Iterator[list[Attempt]]]:
    """A reader that leaves out no item."""
    known = [
        Attempt(one.buy_id, one.date, one.item_name or "", one.steamid or "", one.offer_status, one.error_reason)
        for one in records
    ]

    def read(settings: Settings, moments: Sequence[datetime]) -> Iterator[list[Attempt]]:
        window = timedelta(minutes=settings["window_minutes"])
        for now in moments:
            yield [one for one in known if now - window <= one.date <= now]

    return read


@pytest.mark.parametrize("seed", range(6))
def test_an_item_is_found_at_the_very_step_at_which_a_look_at_all_purchases_finds_it(app: Flask, seed: int) -> None:
    records = attempts(seed)
    store.record_answer(an_answer(*records, asked_at=NOW), Source.HISTORY)
    # Alerts that stay open for a day cannot open twice, whenever it is seen that their cause has gone.
    settings = KIND_BY_NAME["item_failing"].defaults | {"least_customers": 8, "quiet_minutes": 1440}
    looking_at_all = replace(KIND_BY_NAME["item_failing"], read=all_of(records))
    expected = replay(looking_at_all, settings, SINCE, NOW)
    found = tried("item_failing", least_customers=8, quiet_minutes=1440)
    assert [(one.opened_at, one.finding.subject) for one in found] == [
        (one.opened_at, one.finding.subject) for one in expected
    ]
    assert [one.finding.sentence for one in found] == [one.finding.sentence for one in expected]
    assert found


def test_an_alert_about_an_item_closes_soon_after_its_cause_has_gone(app: Flask) -> None:
    start = NOW - timedelta(days=2)
    for number in range(10):
        fields = {"offer_status": "trade_create_error", "error_reason": "skin_unavailable", "steamid": f"u{number}"}
        store_purchase(asked_at=NOW, buy_id=number + 1, date=start + timedelta(minutes=number), **fields)
    for number in range(10):
        date = start + timedelta(minutes=30 + 20 * number)
        store_purchase(asked_at=NOW, buy_id=50 + number, date=date, offer_status="accepted")
    (alert,) = tried("item_failing", least_customers=10, quiet_minutes=30)
    # The tenth fails in the ninth minute; the rule is applied every five.
    assert alert.opened_at == start + timedelta(minutes=10)
    assert alert.closed_at is not None
    assert timedelta(minutes=60) <= alert.closed_at - start <= timedelta(minutes=95)


def hang(buy_id: int, date: datetime, minutes: int, *, ends: str | None = "accepted") -> None:
    store_purchase(asked_at=date + timedelta(minutes=1), buy_id=buy_id, date=date, offer_status="creating_trade")
    asked_at = date + timedelta(minutes=minutes)
    store_purchase(asked_at=asked_at, buy_id=buy_id, date=date, offer_status=ends or "creating_trade")


def test_purchases_that_hung_together_would_have_opened_an_alert_until_they_ended(app: Flask) -> None:
    start = NOW - timedelta(days=3)
    for number in range(3):
        hang(number + 1, start, 60)
    hang(9, start, 14)
    (alert,) = tried("stuck", least_purchases=3)
    # For more than fifteen minutes, and the rule is applied every five.
    assert alert.opened_at == start + timedelta(minutes=20)
    assert alert.finding.buy_ids == (1, 2, 3)
    assert alert.closed_at == start + timedelta(minutes=70)
    assert tried("stuck", least_purchases=4) == []


def test_purchases_that_still_hang_would_have_opened_an_alert_that_is_still_open(app: Flask) -> None:
    for number in range(3):
        hang(number + 1, NOW - timedelta(hours=1), 50, ends=None)
    (alert,) = tried("stuck", least_purchases=3)
    assert alert.closed_at is None


def test_purchases_that_were_delivered_at_first_sight_and_reversed_later_never_hung(app: Flask) -> None:
    for number in range(5):
        date = NOW - timedelta(days=3)
        store_purchase(asked_at=date + timedelta(hours=1), buy_id=number + 1, date=date, offer_status="accepted")
        store_purchase(asked_at=NOW, buy_id=number + 1, date=date, offer_status="rollback_user")
    assert tried("stuck") == []


def test_a_failure_rate_is_compared_with_normal_in_the_past_too(app: Flask) -> None:
    burst = NOW - timedelta(days=1)
    weeks = [timedelta(weeks=number) for number in range(5)]
    records = [
        a_record(buy_id=100 * week + number + 1, date=burst - ago, offer_status="trade_create_error", error_reason=None)
        for week, ago in enumerate(weeks)
        for number in range(30)
    ]
    store.record_answer(an_answer(*records, asked_at=NOW), Source.HISTORY)
    # The first of them had nothing to be compared with; every later one was as bad as ever.
    assert [one.opened_at.date() for one in tried("failure_rate")] == [(burst - timedelta(weeks=4)).date()]


def many(number: int, at: datetime, first: int, **fields: Any) -> None:
    """Purchases that were all made within some minutes."""
    records = [a_record(buy_id=first + one, date=at + timedelta(seconds=one), **fields) for one in range(number)]
    store.record_answer(an_answer(*records, asked_at=NOW), Source.HISTORY)


def test_more_failures_than_usual_are_looked_for_in_the_shortest_stretch_that_is_telling(app: Flask) -> None:
    many(10, NOW - timedelta(minutes=40), 1, offer_status="trade_create_error", error_reason=None)
    many(9, NOW - timedelta(minutes=30), 100, offer_status="accepted")
    kind = KIND_BY_NAME["raised_failures"]
    (figures,) = kind.read(kind.defaults, [NOW])
    assert (figures.until - figures.since, sum(figures.counts.values())) == (timedelta(hours=24), 19)
    many(1, NOW - timedelta(hours=2), 200, offer_status="accepted")
    db.session.rollback()
    (figures,) = kind.read(kind.defaults, [NOW])
    assert (figures.until - figures.since, sum(figures.counts.values())) == (timedelta(hours=3), 20)


def test_more_failures_than_usual_would_have_been_told_from_the_weeks_before(app: Flask) -> None:
    burst = NOW - timedelta(days=1)
    for week in range(5):
        failures = 30 if week == 0 else 5
        at = burst - timedelta(weeks=week)
        many(failures, at, 1000 * week + 1, offer_status="trade_create_error", error_reason=None)
        many(100 - failures, at, 1000 * week + 500, offer_status="accepted")
    (alert,) = tried("raised_failures")
    assert timedelta(0) <= alert.opened_at - burst <= timedelta(minutes=15)
    assert "30.0% of the decided purchases of the last 1 hour (30 of 100; normal is 5.0%)" in alert.finding.sentence
