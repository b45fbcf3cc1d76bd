"""A simulated day with an outage, an item that is gone and a user who reverses: alerted in time, once, nothing else.

"When it could first be known" is when SkinsBack shows the least evidence that the rule asks for (``alerts.kinds``
says why so much): eight failures and a quarter of fifteen minutes in the outage, the fifteenth customer in a row who
could not have the item, the reversal itself. It is worked out here from the simulator's own plans, which the rules
never see.
"""

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Row, select

from dashboard.alerts.models import Alert, AlertDelivery, AlertRule
from dashboard.alerts.queries import find_rules
from dashboard.alerts.replay import replay
from dashboard.db.extensions import db
from dashboard.factory import create_app
from tests.alerts.shop_day import DAY, SEEDS, START, ShopDay, has_trouble_of_its_own
from tests.conftest import BASE_ENVIRONMENT

IN_TIME = timedelta(minutes=2)
OUTAGE = (START + timedelta(hours=9, minutes=7), START + timedelta(hours=9, minutes=47))
PULLED_AT = START + timedelta(hours=12)
REVERSED_AT = START + timedelta(hours=21, minutes=30, seconds=20)
REVERSER = "76561198000000009"


@pytest.fixture
def sqlite_app(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Flask]:
    """The application on SQLite alone: the engine's queries are tested on both databases elsewhere."""
    database = tmp_path / "day.sqlite"
    shutil.copy(migrated_sqlite, database)
    told = {"ALERT_WEBHOOK_URL": "http://127.0.0.1:9/hook", "LOG_LEVEL": "ERROR"}
    app = create_app({**BASE_ENVIRONMENT, **told, "DATABASE_URL": f"sqlite:///{database}"})
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def alerts() -> dict[str, list[Row[Any]]]:
    """The alerts by the key of their rule."""
    found: dict[str, list[Row[Any]]] = {}
    rows = db.session.execute(
        select(AlertRule.key, *Alert.__table__.columns).join(Alert, Alert.rule_id == AlertRule.id)
    )
    for row in rows:
        found.setdefault(row.key, []).append(row)
    return found


def messages() -> list[tuple[str, str]]:
    """The messages in their order: the key of the rule, and what each is about."""
    rows = db.session.execute(
        select(AlertRule.key, AlertDelivery.occasion)
        .join(Alert, Alert.rule_id == AlertRule.id)
        .join(AlertDelivery, AlertDelivery.alert_id == Alert.id)
        .order_by(AlertDelivery.id)
    )
    return [(row.key, row.occasion) for row in rows]


def moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def outage_known_at(day: ShopDay) -> datetime:
    ended = sorted(day.plans(), key=lambda plan: plan.resolved)
    for end in (plan.resolved for plan in ended if moment(plan.resolved) > OUTAGE[0]):
        window = [plan for plan in ended if end - 900 <= plan.created and plan.resolved <= end]
        failed = [plan for plan in window if (plan.outcome, plan.error_reason) == ("trade_create_error", None)]
        if len(failed) >= 8 and len(failed) * 4 >= len(window):
            return moment(end)
    raise AssertionError("the outage was too short to be known")


def item_known_at(day: ShopDay, item: str) -> datetime:
    tried = [plan for plan in day.plans() if plan.item.name == item and moment(plan.created) >= PULLED_AT]
    customers: set[str] = set()
    for plan in sorted(tried, key=lambda plan: plan.resolved):
        customers.add(plan.steamid)
        if len(customers) == 15:
            return moment(plan.resolved)
    raise AssertionError("too few customers tried the item")


def live_with_troubles(day: ShopDay) -> str:
    """Let the day pass and the three things happen; return the item that was pulled."""
    item = Counter(plan.item.name for plan in day.plans()).most_common(1)[0][0]
    circumstances = day.world.population.circumstances
    for number in range(9):
        day.world.add(
            {"offer_status": "accepted", "in_hold": True, "in_hold_until": START + 6 * DAY, "steamid": REVERSER,
             "date": START - timedelta(days=2, hours=number), "custom_id": f"reverser-{number}"}
        )  # fmt: skip
    is_reversed = False
    for now in day.live(DAY):
        # What is set here holds for the purchases of the coming minute.
        circumstances.is_outage = OUTAGE[0] <= now < OUTAGE[1]
        if now >= PULLED_AT:
            circumstances.pulled_items.add(item)
        if now + timedelta(minutes=1) > REVERSED_AT and not is_reversed:
            is_reversed = True
            assert len(day.world.reverse_user(REVERSER)) == 9
    return item


def test_the_days_have_no_trouble_but_what_is_done_to_them() -> None:
    assert not any(has_trouble_of_its_own(seed) for seed in SEEDS)


def replayed(now: datetime) -> dict[str, int]:
    """How many alerts each rule would have opened on the day, tried on the past instead of lived through."""
    found = {}
    for rule in find_rules():
        if rule.kind.can_be_replayed:
            found[rule.key] = len(replay(rule.kind, rule.settings, START, now))
    return {key: number for key, number in found.items() if number}


@pytest.mark.parametrize("seed", SEEDS)
def test_an_outage_a_pulled_item_and_a_reversal_are_alerted_in_time_once_and_nothing_else(
    sqlite_app: Flask, seed: int
) -> None:
    day = ShopDay(seed)
    item = live_with_troubles(day)
    assert messages() == [
        ("skinsback-failures", "opened"), ("skinsback-failures", "closed"), ("item-failing", "opened"),
        ("user-reversals", "opened"),
    ]  # fmt: skip
    found = alerts()
    outage, pulled, reversal = (found[key][0] for key in ("skinsback-failures", "item-failing", "user-reversals"))
    assert OUTAGE[0] < outage.opened_at <= outage_known_at(day) + IN_TIME
    assert (pulled.subject, reversal.subject) == (item, REVERSER)
    assert PULLED_AT < pulled.opened_at <= item_known_at(day, item) + IN_TIME
    assert REVERSED_AT - timedelta(minutes=1) < reversal.opened_at <= REVERSED_AT + IN_TIME
    assert outage.closed_at is not None
    assert outage.closed_at < OUTAGE[1] + timedelta(hours=1)
    past = replayed(day.now)
    past.pop("raised-failures", None)
    assert past == {"skinsback-failures": 1, "item-failing": 1, "user-reversals": 1}


# The days with troubles are normal but for these, so few more are enough here.
@pytest.mark.parametrize("seed", SEEDS[: len(SEEDS) // 2])
def test_of_a_normal_day_of_the_same_size_nobody_is_sent_a_message(sqlite_app: Flask, seed: int) -> None:
    for _ in ShopDay(seed).live(DAY):
        pass
    assert messages() == []
    assert alerts() == {}
