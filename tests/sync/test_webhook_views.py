"""SkinsBack pushes events to the webhook: only what it signed is taken, at once, and the work is done later."""

import hashlib
import hmac
import time
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from dashboard.db.database import writing
from dashboard.db.extensions import db
from dashboard.purchases import priority_store as priority
from dashboard.simulator import Simulator
from dashboard.skinsback.events import PushedEvent
from dashboard.sync import due_queries as due
from dashboard.sync import freshness_queries as freshness
from dashboard.sync import pushed_events
from dashboard.sync.models import BalanceReading
from dashboard.sync.pushed_events import WEBSOCKET, Received
from tests.conftest import MakeApp
from tests.purchases.samples import ASKED_AT, store_purchase

EVENT = b'{"event":"status_change","data":{"buy_id":"1","offer_status":"accepted"}}'
LONG_AFTER = ASKED_AT.replace(year=2100)


@pytest.fixture
def webhook_app(make_app: MakeApp, skinsback: Simulator) -> Any:
    app = make_app(SKINSBACK_CLIENT_ID=skinsback.client_id, SKINSBACK_CLIENT_SECRET=skinsback.client_secret)
    with app.app_context():
        yield app


def push(app: Flask, body: bytes = EVENT, signature: str | None = None, **headers: str) -> TestResponse:
    if signature is None:
        signature = hmac.new(app.config["SKINSBACK_CLIENT_SECRET"].encode(), body, hashlib.sha256).hexdigest()
    client: FlaskClient = app.test_client()
    return client.post("/webhooks/skinsback", data=body, headers={"Signature": signature, **headers})


def written(app: Flask) -> None:
    """Let the inbox write what it has taken."""
    app.extensions["pushed_events"].end()
    app.extensions["pushed_events"] = pushed_events.Inbox(app)
    db.session.rollback()


def test_a_signed_event_makes_its_purchase_due(webhook_app: Flask) -> None:
    store_purchase(offer_status="accepted", asked_at=LONG_AFTER.replace(year=2098))
    assert push(webhook_app).status_code == 204
    written(webhook_app)
    assert list(due.find_due(LONG_AFTER, limit=5)) == [1]


def test_an_event_shows_that_events_arrive(webhook_app: Flask) -> None:
    push(webhook_app)
    written(webhook_app)
    state = freshness.find_state()
    assert state is not None
    assert freshness.are_events_flowing(state, state.events_alive_at)


@pytest.mark.parametrize("signature", ["", "0" * 64, "Bearer x"])
def test_an_event_that_skinsback_did_not_sign_is_refused_and_does_nothing(webhook_app: Flask, signature: str) -> None:
    assert push(webhook_app, signature=signature).status_code == 401
    written(webhook_app)
    assert due.find_wanted(LONG_AFTER, limit=5) == []


def test_the_sign_of_older_senders_is_taken(webhook_app: Flask) -> None:
    joined = webhook_app.config["SKINSBACK_CLIENT_ID"] + webhook_app.config["SKINSBACK_CLIENT_SECRET"]
    sign = hashlib.md5(joined.encode(), usedforsecurity=False).hexdigest()
    answer = webhook_app.test_client().post("/webhooks/skinsback", data=EVENT, headers={"X-SIGN": sign})
    assert answer.status_code == 204


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_only_a_post_is_an_event(webhook_app: Flask, method: str) -> None:
    assert webhook_app.test_client().open("/webhooks/skinsback", method=method).status_code == 401


def test_without_credentials_everything_is_refused(client: FlaskClient) -> None:
    assert client.post("/webhooks/skinsback", data=EVENT).status_code == 401


def test_a_body_that_no_event_can_have_is_refused(webhook_app: Flask) -> None:
    assert push(webhook_app, b"x" * 70_000).status_code == 401


def test_an_event_that_cannot_be_read_is_taken_and_ignored(webhook_app: Flask) -> None:
    assert push(webhook_app, b"[]").status_code == 204


def test_it_needs_neither_a_session_nor_a_form_token(webhook_app: Flask) -> None:
    webhook_app.config["WTF_CSRF_ENABLED"] = True
    assert push(webhook_app).status_code == 204


def test_it_answers_at_once_while_the_database_is_locked(webhook_app: Flask) -> None:
    push(webhook_app)
    with writing():
        started = time.perf_counter()
        answers = [push(webhook_app).status_code for _ in range(5)]
        seconds = time.perf_counter() - started
    assert answers == [204] * 5
    # The lock lasts as long as this block, so whoever waited for it would still be waiting.
    assert seconds < 5


@pytest.mark.parametrize("name", ["\\ud800", "a\\u0000b"])
def test_an_event_whose_name_no_database_can_keep_holds_up_no_other(webhook_app: Flask, name: str) -> None:
    push(webhook_app, f'{{"event":"{name}","data":{{"buy_id":7}}}}'.encode())
    push(webhook_app)
    written(webhook_app)
    assert sorted(due.find_wanted(LONG_AFTER, limit=5)) == [1, 7]


def test_what_cannot_be_written_holds_up_no_other(webhook_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def is_too_much(*_args: object) -> None:
        raise OverflowError

    inbox: pushed_events.Inbox = webhook_app.extensions["pushed_events"]
    with monkeypatch.context() as patch:
        patch.setattr(priority, "record_pushed", is_too_much)
        assert inbox._write([Received(WEBSOCKET, ASKED_AT, PushedEvent("buy_item", buy_id=7))])
    push(webhook_app)
    written(webhook_app)
    assert due.find_wanted(LONG_AFTER, limit=5) == [1]


def test_only_so_many_events_wait(webhook_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pushed_events.Inbox, "put", lambda *_args: False)
    assert push(webhook_app).status_code == 503


def test_a_balance_that_a_webhook_tells_is_not_used_since_it_may_come_late(webhook_app: Flask) -> None:
    push(webhook_app, b'{"event":"balance_change","data":{"balance_value":"758.93"}}')
    written(webhook_app)
    assert db.session.execute(select(func.count()).select_from(BalanceReading)).scalar_one() == 0


def test_the_last_balance_that_the_websocket_tells_is_kept(app: Flask) -> None:
    told = [PushedEvent("balance_change", balance=Decimal(amount)) for amount in ("10.5", "758.931")]
    pushed_events.record([Received(WEBSOCKET, ASKED_AT, event) for event in told])
    assert db.session.execute(select(BalanceReading.amount)).scalars().all() == [Decimal("758.931")]
