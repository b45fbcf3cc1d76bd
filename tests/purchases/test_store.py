"""The only writer: what an answer changes, and what it must not."""

from datetime import timedelta
from decimal import Decimal
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, insert, select, text, update

from dashboard.db.database import Fence, LeadLost, writing
from dashboard.db.extensions import db
from dashboard.db.models import Lease
from dashboard.purchases import queries as purchases
from dashboard.purchases import store
from dashboard.purchases.finality import HOLD_LENGTH
from dashboard.purchases.models import Purchase, PurchaseAnswer, PurchaseVersion, RejectedRecord
from dashboard.purchases.store import Source
from dashboard.skinsback.records import PurchasesAnswer, RejectedItem
from tests.purchases.samples import ASKED_AT, DATE, a_record, an_answer, store_purchase

LATER = ASKED_AT + timedelta(minutes=5)


def whole_database() -> list[list[tuple[Any, ...]]]:
    tables = (Purchase, PurchaseVersion, PurchaseAnswer, RejectedRecord)
    return [[tuple(row) for row in db.session.execute(select(*table.__table__.columns))] for table in tables]


def test_a_first_answer_stores_the_purchase_and_its_first_version(app: Flask) -> None:
    assert store_purchase().new == [1]
    assert [version.offer_status for version in purchases.versions_of(1)] == ["accepted"]


def test_the_same_answer_again_changes_nothing(app: Flask) -> None:
    store_purchase()
    before = whole_database()
    assert store_purchase().outdated == [1]
    assert whole_database() == before


def test_a_later_answer_with_the_same_content_makes_no_version(app: Flask) -> None:
    store_purchase()
    assert store_purchase(asked_at=LATER).unchanged == [1]
    assert len(purchases.versions_of(1)) == 1
    assert purchases.find_purchase(1).asked_at == LATER  # type: ignore[union-attr] # It was stored above.


def test_an_unchanged_purchase_on_hold_costs_one_column_whatever_is_asked(app: Flask) -> None:
    held = {"in_hold": True, "in_hold_until": ASKED_AT + timedelta(days=7)}
    store_purchase(**held)
    with db.engine.connect() as connection:
        before = connection.execute(select(*Purchase.__table__.columns)).one()._asdict()
    written: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        written.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    store_purchase(asked_at=LATER, **held)
    event.remove(db.engine, "before_cursor_execute", note)
    with db.engine.connect() as connection:
        after = connection.execute(select(*Purchase.__table__.columns)).one()._asdict()
    assert after == before | {"asked_at": LATER}
    assert [one.split("=")[0] for one in written if one.startswith("UPDATE")] == ["UPDATE purchases SET asked_at"]
    assert [one.split("(")[0] for one in written if one.startswith("INSERT")] == ["INSERT INTO metric_counters "]


def test_an_older_answer_never_wins(app: Flask) -> None:
    store_purchase(asked_at=LATER, offer_status="accepted")
    assert store_purchase(asked_at=ASKED_AT, offer_status="waiting_accept").outdated == [1]
    assert purchases.find_purchase(1).offer_status == "accepted"  # type: ignore[union-attr] # It was stored above.


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("offer_status", "rollback_user"),
        ("error_reason", "private_inventory"),
        ("in_hold", True),
        ("in_hold_until", DATE + timedelta(days=8)),
        ("balance_debited_sum", Decimal("10.501")),
        ("price", Decimal("9.99")),
    ],
)
def test_a_change_is_kept_with_when_and_from_which_source(app: Flask, field: str, value: object) -> None:
    store_purchase()
    assert store_purchase(asked_at=LATER, source=Source.REFRESH_NOW, **{field: value}).changed == [1]
    first, second = purchases.versions_of(1)
    assert (getattr(first, field), getattr(second, field)) == (getattr(a_record(), field), value)
    assert (second.seen_at, second.source) == (LATER, "refresh_now")


def test_what_a_later_answer_leaves_out_stays_as_last_given(app: Flask) -> None:
    store_purchase()
    store_purchase(
        asked_at=LATER, custom_id=None, steamid=None, tradeofferid=None, balance_debited_sum=None, item_name=None
    )
    known = purchases.find_purchase(1)
    assert known is not None
    assert (known.custom_id, known.balance_debited_sum, known.item_name) == (
        "order-1",
        Decimal("10.50"),
        "★ Karambit | Doppler",
    )


def test_a_reason_that_is_gone_from_the_answer_is_gone(app: Flask) -> None:
    store_purchase(offer_status="trade_create_error", error_reason="skin_unavailable")
    store_purchase(asked_at=LATER, offer_status="trade_create_error", error_reason=None)
    assert purchases.find_purchase(1).error_reason is None  # type: ignore[union-attr] # It was stored above.


def test_a_hold_is_final_only_after_an_answer_past_its_end(app: Flask) -> None:
    end = DATE + timedelta(days=8)
    store_purchase(in_hold=True, in_hold_until=end)
    assert purchases.find_purchase(1).part == "reversible"  # type: ignore[union-attr] # It was stored above.
    store_purchase(asked_at=end + timedelta(seconds=1), in_hold=False, in_hold_until=None)
    known = purchases.find_purchase(1)
    assert known is not None
    assert (known.part, known.hold_ends_at, known.known_hold_until) == ("final", None, end)


def test_a_purchase_named_twice_in_an_answer_counts_with_its_last_word(app: Flask) -> None:
    store.record_answer(an_answer(a_record(offer_status="waiting_accept"), a_record()), Source.HISTORY)
    assert purchases.find_purchase(1).offer_status == "accepted"  # type: ignore[union-attr] # It was stored above.


def test_a_rejected_item_keeps_its_raw_text_and_counts_up(app: Flask) -> None:
    broken = PurchasesAnswer((), (RejectedItem('{"buy_id": "x"}', "buy_id is not a number"),), ASKED_AT)
    store.record_answer(broken, Source.SCHEDULED)
    store.record_answer(broken, Source.SCHEDULED)
    kept = db.session.execute(select(RejectedRecord.raw, RejectedRecord.reason, RejectedRecord.times)).one()
    assert tuple(kept) == ('{"buy_id": "x"}', "buy_id is not a number", 2)


def test_a_bad_item_does_not_keep_the_good_ones_out(app: Flask) -> None:
    answer = PurchasesAnswer((a_record(),), (RejectedItem("{}", "no buy_id"),), ASKED_AT)
    outcome = store.record_answer(answer, Source.SCHEDULED)
    assert (outcome.new, outcome.rejected) == ([1], 1)


def test_thousands_of_records_are_stored_in_short_transactions(app: Flask) -> None:
    records = [a_record(buy_id=number, custom_id=None) for number in range(1, 1202)]
    assert len(store.record_answer(an_answer(*records), Source.HISTORY).new) == 1201
    assert db.session.execute(select(func.count()).select_from(PurchaseVersion)).scalar_one() == 1201


def test_a_purchase_that_skinsback_no_longer_knows_keeps_what_was_stored(app: Flask) -> None:
    store_purchase()
    store.record_missing([1], LATER)
    known = purchases.find_purchase(1)
    assert known is not None
    assert (known.missing_since, known.offer_status) == (LATER, "accepted")


def test_a_purchase_that_is_answered_again_is_no_longer_missing(app: Flask) -> None:
    store_purchase()
    store.record_missing([1], LATER)
    store_purchase(asked_at=LATER + timedelta(minutes=1))
    assert purchases.find_purchase(1).missing_since is None  # type: ignore[union-attr] # It was stored above.


def test_a_leader_whose_lead_passed_on_cannot_write(app: Flask) -> None:
    db.session.execute(insert(Lease).values(name="scheduler", holder="other", epoch=2, expires_us=0, taken_us=0))
    db.session.commit()
    with pytest.raises(LeadLost):
        store.record_answer(an_answer(a_record()), Source.SCHEDULED, fence=Fence("scheduler", 1))
    assert purchases.find_purchase(1) is None


def test_the_leader_can_write(app: Flask) -> None:
    db.session.execute(insert(Lease).values(name="scheduler", holder="me", epoch=2, expires_us=0, taken_us=0))
    db.session.commit()
    store.record_answer(an_answer(a_record()), Source.SCHEDULED, fence=Fence("scheduler", 2))
    assert purchases.find_purchase(1) is not None


def test_a_note_is_kept_with_its_author(app: Flask) -> None:
    store_purchase()
    store.add_note(1, "agent@shop.example", "  Customer says it never arrived.\r\nCalled back. ")
    (note,) = purchases.notes_of(1)
    assert (note.author_email, note.text) == ("agent@shop.example", "Customer says it never arrived.\nCalled back.")


@pytest.mark.parametrize("text", ["", "  \n ", "\0", "x" * 4001])
def test_an_empty_or_endless_note_is_refused(app: Flask, text: str) -> None:
    store_purchase()
    with pytest.raises(ValueError, match="note"):
        store.add_note(1, "agent@shop.example", text)


def test_an_item_name_of_any_script_is_kept_as_it_is(app: Flask) -> None:
    name = "Сувенирный <b>'Dragon' & \"Lore\"</b> ★ 龍™"
    store_purchase(item_name=name)
    assert purchases.find_purchase(1).item_name == name  # type: ignore[union-attr] # It was stored above.


def test_two_processes_that_see_a_new_purchase_at_once_store_it_once(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_purchase()
    # The first try reads the state from before the other process wrote, as a race would have it.
    real, calls = store._known_rows, []

    def late(*arguments: Any) -> Any:
        calls.append(1)
        return {} if len(calls) == 1 else real(*arguments)

    monkeypatch.setattr(store, "_known_rows", late)
    assert store_purchase(asked_at=LATER).unchanged == [1]
    db.session.execute(update(Purchase).values(watched_at=None))
    assert len(purchases.versions_of(1)) == 1


def test_after_an_estimated_end_of_a_hold_it_is_asked_once_more(app: Flask) -> None:
    end = DATE + HOLD_LENGTH
    store_purchase(in_hold=True)
    for asked_at, due_at in ((end, end + timedelta(hours=1)), (end + timedelta(hours=1), None)):
        store_purchase(in_hold=False, asked_at=asked_at)
        known = db.session.execute(select(Purchase.part, Purchase.due_at)).one()
        assert known == ("final", due_at)


@pytest.mark.parametrize("database_url", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True)
def test_a_silence_never_overwrites_a_newer_answer_that_is_being_written(app: Flask) -> None:
    store_purchase()
    newer, older = ASKED_AT + timedelta(minutes=2), ASKED_AT + timedelta(minutes=1)

    def say_missing() -> None:
        with app.app_context():
            store.record_missing([1], older)

    thread = Thread(target=say_missing)
    with writing() as connection:
        connection.execute(update(Purchase).values(asked_at=newer))
        thread.start()
        wait_until_somebody_waits_for_a_lock()
    thread.join()
    db.session.rollback()
    assert db.session.execute(select(Purchase.asked_at, Purchase.missing_since)).one() == (newer, None)


def wait_until_somebody_waits_for_a_lock() -> None:
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    for _ in range(1000):
        with db.engine.connect() as connection:
            if connection.execute(waiting).scalar_one():
                return
    raise AssertionError("nobody waits")
