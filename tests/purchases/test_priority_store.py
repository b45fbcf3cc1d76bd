"""What makes a purchase due ahead of its plan: events, a reversal by the user, somebody looking."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from dashboard.db.database import writing
from dashboard.db.extensions import db
from dashboard.purchases import priority_store, store
from dashboard.purchases import queries as purchases
from dashboard.purchases.models import Purchase, WantedPurchase
from dashboard.purchases.store import Source
from dashboard.sync import due_queries as due
from tests.purchases.samples import ASKED_AT, STEAMID, a_record, an_answer, store_purchase
from tests.reader import Reader

LATER = ASKED_AT + timedelta(seconds=5)
RELEASE = ASKED_AT + timedelta(days=7)


def purchase(buy_id: int = 1) -> Any:
    db.session.rollback()
    return db.session.execute(select(*Purchase.__table__.columns).where(Purchase.buy_id == buy_id)).one()


def first_due(now: datetime) -> int:
    return next(iter(due.find_due(now, limit=1)))


def test_an_event_makes_its_purchase_due_now(app: Flask) -> None:
    store_purchase(offer_status="waiting_accept")
    priority_store.record_pushed([1], LATER)
    assert (purchase().due_at, purchase().due_reason) == (LATER, "a pushed event named it")


def test_an_event_about_a_settled_purchase_makes_it_due_too(app: Flask) -> None:
    store_purchase(offer_status="accepted", asked_at=ASKED_AT + timedelta(days=30))
    assert purchase().due_at is None
    priority_store.record_pushed([1], ASKED_AT + timedelta(days=31))
    assert purchase().due_at is not None


def test_what_an_event_named_goes_first(app: Flask) -> None:
    store_purchase(buy_id=1, offer_status="waiting_accept")
    store_purchase(buy_id=2, in_hold=True, in_hold_until=RELEASE)
    priority_store.record_pushed([2], ASKED_AT + timedelta(hours=1))
    assert first_due(ASKED_AT + timedelta(hours=1)) == 2


def test_an_event_changes_nothing_of_the_purchase_itself(app: Flask) -> None:
    store_purchase(offer_status="waiting_accept")
    before = purchase()
    priority_store.record_pushed([1], LATER)
    assert purchase()[:22] == before[:22]


def test_an_answer_asked_for_before_the_event_leaves_the_purchase_due(app: Flask) -> None:
    store_purchase(offer_status="waiting_accept")
    priority_store.record_pushed([1], LATER)
    store_purchase(offer_status="waiting_accept", asked_at=LATER - timedelta(seconds=1))
    assert purchase().due_at == LATER


def test_an_answer_asked_for_after_the_event_ends_it(app: Flask) -> None:
    store_purchase(offer_status="waiting_accept")
    priority_store.record_pushed([1], LATER)
    store_purchase(offer_status="waiting_accept", asked_at=LATER + timedelta(seconds=1))
    assert purchase().due_at > LATER + timedelta(seconds=1)


def test_a_silence_asked_for_before_the_event_leaves_the_purchase_due(app: Flask) -> None:
    store_purchase(offer_status="waiting_accept")
    priority_store.record_pushed([1], LATER)
    store.record_missing([1], LATER - timedelta(seconds=1))
    assert purchase().due_at == LATER


def test_a_repeated_event_changes_nothing_more(app: Flask) -> None:
    priority_store.record_pushed([5, 5], LATER)
    priority_store.record_pushed([5], LATER)
    assert due.find_wanted(LATER, limit=10) == [5]


def test_a_purchase_that_is_not_stored_is_wanted_until_it_is(app: Flask) -> None:
    priority_store.record_pushed([1], ASKED_AT - timedelta(seconds=1))
    assert due.find_wanted(ASKED_AT, limit=10) == [1]
    store_purchase(offer_status="waiting_accept")
    assert due.find_wanted(LATER, limit=10) == []


def test_a_purchase_stored_by_an_older_answer_than_the_event_is_due_at_once(app: Flask) -> None:
    priority_store.record_pushed([1], LATER)
    store_purchase(offer_status="waiting_accept")
    assert purchase().due_at == LATER


def test_a_wanted_purchase_that_skinsback_does_not_know_is_asked_for_later_and_then_no_more(app: Flask) -> None:
    priority_store.record_pushed([1], ASKED_AT)
    store.record_missing([1], ASKED_AT)
    assert due.find_wanted(ASKED_AT + timedelta(seconds=9), limit=10) == []
    assert due.find_wanted(ASKED_AT + timedelta(seconds=10), limit=10) == [1]
    store.record_missing([1], ASKED_AT + timedelta(days=1, seconds=1))
    db.session.rollback()
    assert db.session.execute(select(func.count()).select_from(WantedPurchase)).scalar_one() == 0


def test_a_reversal_puts_the_users_other_protected_purchases_at_the_head(app: Flask) -> None:
    for buy_id in (1, 2):
        store_purchase(buy_id=buy_id, in_hold=True, in_hold_until=RELEASE)
    store_purchase(buy_id=3, offer_status="waiting_accept", steamid="76561198000000001")
    at = ASKED_AT + timedelta(minutes=10)
    store_purchase(buy_id=1, offer_status="rollback_user", in_hold_until=RELEASE, asked_at=at)
    assert first_due(at) == 2
    assert purchase(2).due_reason == "another purchase of this user was reversed"


def test_a_reversal_hurries_those_that_the_same_answer_still_called_protected(app: Flask) -> None:
    at = ASKED_AT + timedelta(minutes=10)
    for buy_id in (1, 2):
        store_purchase(buy_id=buy_id, in_hold=True, in_hold_until=RELEASE)
    reversed_one = a_record(buy_id=1, offer_status="rollback_user", in_hold_until=RELEASE)
    still_protected = a_record(buy_id=2, in_hold=True, in_hold_until=RELEASE)
    store.record_answer(an_answer(reversed_one, still_protected, asked_at=at), Source.SCHEDULED)
    assert first_due(at) == 2


def test_a_reversal_that_is_known_already_hurries_nobody_again(app: Flask) -> None:
    store_purchase(buy_id=1, offer_status="rollback_user")
    store_purchase(buy_id=2, in_hold=True, in_hold_until=RELEASE, asked_at=LATER)
    store_purchase(buy_id=1, offer_status="rollback_user", asked_at=LATER + timedelta(seconds=5))
    assert purchase(2).due_reason == "hold ends"


def test_a_reversal_by_the_supplier_hurries_nobody(app: Flask) -> None:
    store_purchase(buy_id=2, in_hold=True, in_hold_until=RELEASE)
    store_purchase(buy_id=1, offer_status="rollback_supplier", asked_at=LATER)
    assert purchase(2).due_reason == "hold ends"


def test_other_users_purchases_are_left_alone_by_a_reversal(app: Flask) -> None:
    store_purchase(buy_id=2, in_hold=True, in_hold_until=RELEASE, steamid="76561198000000001")
    store_purchase(buy_id=1, offer_status="rollback_user", steamid=STEAMID, asked_at=LATER)
    assert purchase(2).due_reason == "hold ends"


def watch(buy_id: int, at: datetime) -> None:
    db.session.rollback()
    priority_store.note_watched([purchases.find_purchase(buy_id)], at)  # type: ignore[list-item] # It is stored.


def test_an_open_purchase_that_somebody_looks_at_is_asked_for_sooner(app: Flask) -> None:
    store_purchase(offer_status="waiting_accept")
    planned = purchase().due_at
    watch(1, LATER)
    assert purchase().due_at < planned
    assert purchase().watched_at == LATER


def test_looking_never_delays_what_an_event_named(app: Flask) -> None:
    store_purchase(offer_status="waiting_accept")
    priority_store.record_pushed([1], LATER)
    watch(1, LATER)
    assert (purchase().due_at, purchase().due_reason) == (LATER, "a pushed event named it")


def test_looking_at_a_settled_purchase_writes_nothing(app: Flask) -> None:
    store_purchase(offer_status="timeout")
    watch(1, LATER)
    assert purchase().watched_at is None


def test_a_page_that_refreshes_itself_writes_only_now_and_then_that_somebody_looks(app: Flask) -> None:
    store_purchase(offer_status="waiting_accept")
    watch(1, LATER)
    watch(1, LATER + timedelta(seconds=2))
    assert purchase().watched_at == LATER


def test_looking_again_does_not_shorten_the_wait_to_nothing(app: Flask) -> None:
    store_purchase(offer_status="waiting_accept")
    watch(1, LATER)
    with writing() as connection:
        connection.execute(update(Purchase).values(due_at=LATER + timedelta(hours=1)))
    watch(1, LATER + timedelta(minutes=1))
    assert purchase().due_at == ASKED_AT + timedelta(seconds=10)


@contextmanager
def somebody_else_writing() -> Iterator[None]:
    """Hold what a writer of purchase 1 holds: on SQLite the whole file, on PostgreSQL its row."""
    with db.engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection, connection.begin():
        connection.execute(update(Purchase).where(Purchase.buy_id == 1).values(item_name="not committed"))
        yield


@pytest.mark.parametrize("address", ["/purchases", "/purchases/1", f"/users/{STEAMID}"])
def test_no_page_waits_to_note_that_somebody_looks(
    reader: Reader, caplog: pytest.LogCaptureFixture, address: str
) -> None:
    store_purchase(offer_status="waiting_accept")
    with somebody_else_writing(), caplog.at_level(logging.WARNING):
        caplog.clear()
        assert reader.get(address).status == 200
        assert caplog.messages == []
    assert purchase().watched_at is None
    reader.get(address)
    assert purchase().watched_at is not None
