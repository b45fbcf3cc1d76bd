"""Migrations make exactly the tables of the models, on a new database and on one with data."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Select, bindparam, select, text

from dashboard.alerts import queries as alerts_queries
from dashboard.alerts import store as alert_store
from dashboard.alerts.models import AlertCause
from dashboard.db.columns import UtcDateTime
from dashboard.db.database import snapshot
from dashboard.db.extensions import db
from dashboard.finance.reconcile import queries
from dashboard.finance.reconcile.matching import Compared, MatchOutcome
from dashboard.finance.reconcile.shop_list import TheirLine, TheirList
from dashboard.finance.reconcile.store import reconcile
from dashboard.purchases import queries as purchases
from dashboard.purchases import store
from dashboard.purchases.models import Purchase, PurchaseVersion, WantedPurchase
from dashboard.purchases.store import Source
from dashboard.skinsback.client import CallReport
from dashboard.skinsback.errors import SkinsBackError
from dashboard.skinsback.records import PurchasesAnswer, RejectedItem
from dashboard.sync import state_store as skinsback_state
from dashboard.sync.due_queries import find_due, find_wanted
from tests.purchases.samples import ASKED_AT, DATE, store_purchase
from tests.totals.recomputed import totals_from_rows, totals_kept


def test_the_migrated_database_has_the_tables_of_the_models(app: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_migrating_again_changes_nothing_and_keeps_the_data(app: Flask) -> None:
    store_purchase()
    db.session.commit()
    upgrade()
    assert purchases.find_purchase(1) is not None


def test_a_migration_can_be_taken_back_to_the_start_and_made_again(app: Flask) -> None:
    store_purchase()
    db.session.commit()
    downgrade(revision="base")
    upgrade()
    assert purchases.find_purchase(1) is None


def test_totals_and_dates_of_versions_are_made_from_what_was_stored_before(app: Flask) -> None:
    for number in range(1, 40):
        store_purchase(
            buy_id=number, date=DATE + timedelta(minutes=7 * number), balance_debited_sum=Decimal(number).scaleb(-3),
            offer_status="accepted" if number % 3 else "trade_create_error", price=None if number % 5 else Decimal(1),
            error_reason=None if number % 2 else "private_inventory", in_hold=number % 4 == 0,
        )  # fmt: skip
    store_purchase(asked_at=ASKED_AT + timedelta(days=1), offer_status="rollback_user", buy_id=1)
    db.session.commit()
    downgrade(revision="0003")
    upgrade()
    assert totals_kept() == totals_from_rows()
    copied = db.session.execute(select(PurchaseVersion.date).where(PurchaseVersion.buy_id == 1)).scalars().all()
    assert copied == [DATE, DATE]


def test_totals_of_six_hours_are_made_from_those_of_the_hours(app: Flask) -> None:
    for number in range(1, 60):
        store_purchase(
            buy_id=number, date=DATE + timedelta(minutes=47 * number), balance_debited_sum=Decimal(number).scaleb(-3),
            offer_status="accepted" if number % 3 else "trade_create_error", price=None if number % 5 else Decimal(1),
            error_reason=None if number % 2 else "private_inventory",
        )  # fmt: skip
    db.session.commit()
    downgrade(revision="0009_start_from")
    assert {span for _, span, *_ in totals_kept()} == {"quarter", "hour", "day", "month"}
    db.session.rollback()
    upgrade()
    assert totals_kept() == totals_from_rows()


def test_order_keys_are_made_of_the_purchases_stored_before(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    stored = ["Abc-1", "007", "\ufdfa" * 255, None, None, None, "Straße 1"]
    for number, custom_id in enumerate(stored, 1):
        store_purchase(buy_id=number, custom_id=custom_id)
    keys = select(Purchase.order_key).order_by(Purchase.buy_id)
    told = db.session.execute(keys).scalars().all()
    db.session.commit()
    downgrade(revision="0011_no_slow_statements")
    monkeypatch.setattr("sqlalchemy.sql.selectable.Select.limit", lambda query, _: Select.slice(query, 0, 2))
    upgrade()
    assert db.session.execute(keys).scalars().all() == told
    assert told[:2] == ["abc-1", "7"]
    assert told[3:] == [None, None, None, "strasse 1"]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_order_keys_are_sorted_by_code_point_whatever_the_language_of_the_server(app: Flask) -> None:
    collation = "SELECT collation_name FROM information_schema.columns WHERE column_name = 'order_key'"
    assert db.session.execute(text(collation)).scalars().all() == ["C"]


def test_without_purchases_there_are_no_totals_of_six_hours(app: Flask) -> None:
    downgrade(revision="0009_start_from")
    upgrade()
    assert totals_kept() == {}


def test_changes_of_debited_sums_are_found_in_the_versions_stored_before(app: Flask) -> None:
    sums = [None, "10.50", "10.50", "0.125", "12"]
    for number, debited in enumerate(sums):
        store_purchase(
            buy_id=1, asked_at=ASKED_AT + timedelta(hours=number), price=Decimal(number),
            balance_debited_sum=None if debited is None else Decimal(debited),
        )  # fmt: skip
    changes = select(PurchaseVersion.debited_change).order_by(PurchaseVersion.version)
    told = db.session.execute(changes).scalars().all()
    db.session.commit()
    downgrade(revision="0004_totals")
    upgrade()
    assert db.session.execute(changes).scalars().all() == told
    assert told == [None, None, None, Decimal("-10.375"), Decimal("11.875")]


def test_requests_that_the_version_before_counted_as_a_success_are_ok(app: Flask) -> None:
    skinsback_state.record_call(CallReport("balance", ASKED_AT, 0.1, 0, None))
    refused = SkinsBackError("invalid_method", "No.", code=-5)
    skinsback_state.record_call(CallReport("balance", ASKED_AT, 0.1, 0, refused))
    outcomes = text("SELECT outcome, count FROM request_minutes ORDER BY outcome")
    downgrade(revision="0018_alert_causes")
    assert db.session.execute(outcomes).all() == [("invalid_method", 1), ("success", 1)]
    db.session.rollback()
    upgrade()
    assert db.session.execute(outcomes).all() == [("invalid_method", 1), ("ok", 1)]


SETTLED = ASKED_AT + timedelta(days=100)
OLD_WARNINGS = {
    1: 'in_hold_until is not a time: {"date": "2026-12-24"}', 2: 'in_hold is neither true nor false: "yes"',
    3: "unknown field 'warranty'", 4: 'in_hold is neither true nor false: "yes"',
}  # fmt: skip


def as_the_version_before_left_it() -> None:
    """Store purchases as final, with the warnings of the version before, and objects that it set aside."""
    for buy_id in (*OLD_WARNINGS, 5):
        status = "timeout" if buy_id == 4 else "accepted"
        store_purchase(buy_id=buy_id, asked_at=SETTLED, offer_status=status)
    rejected = [RejectedItem("{}", f"date is {number}", buy_id) for number, buy_id in enumerate((5, 7, 7, 8, None))]
    store.record_answer(PurchasesAnswer((), tuple(rejected), SETTLED), Source.HISTORY)
    db.session.rollback()
    downgrade(revision="0011_no_slow_statements")
    with db.engine.begin() as connection:
        for buy_id, warning in OLD_WARNINGS.items():
            values = {"buy_id": buy_id, "oddities": f"unknown field 'x'\n{warning}"}
            connection.execute(text("UPDATE purchase_answers SET oddities = :oddities WHERE buy_id = :buy_id"), values)


def test_what_the_version_before_could_not_read_is_asked_for_at_once(app: Flask) -> None:
    as_the_version_before_left_it()
    upgrade()
    assert set(find_due(datetime.now(UTC), limit=99)) == {1, 2, 5}
    assert set(find_wanted(datetime.now(UTC), limit=99)) == {7, 8}


def test_fields_that_the_version_before_could_not_read_are_named_as_today(app: Flask) -> None:
    as_the_version_before_left_it()
    upgrade()
    found = {buy_id: (purchases.find_purchase(buy_id), purchases.find_answer(buy_id)) for buy_id in OLD_WARNINGS}
    told = {buy_id: (row and row.unreadable, kept and kept.unreadable) for buy_id, (row, kept) in found.items()}
    assert told == {
        1: ("in_hold_until", '{"in_hold_until": "{\\"date\\": \\"2026-12-24\\"}"}'),
        2: ("in_hold", '{"in_hold": "\\"yes\\""}'), 3: ("", ""), 4: ("in_hold", '{"in_hold": "\\"yes\\""}'),
    }  # fmt: skip
    assert [kept and kept.oddities for _, kept in found.values()] == [
        "unknown field 'x'", "unknown field 'x'", "unknown field 'x'\nunknown field 'warranty'", "unknown field 'x'",
    ]  # fmt: skip


def test_to_ask_for_them_twice_asks_for_no_more(app: Flask) -> None:
    as_the_version_before_left_it()
    for _ in range(2):
        upgrade()
        db.session.rollback()
        downgrade(revision="0011_no_slow_statements")
    upgrade()
    assert set(find_due(datetime.now(UTC), limit=99)) == {1, 2, 5}
    assert sorted(db.session.execute(select(WantedPurchase.buy_id)).scalars()) == [7, 8]


def test_comparisons_of_the_version_before_are_sorted_anew_and_lose_no_row(app: Flask) -> None:
    store_purchase(buy_id=1, custom_id="a", balance_debited_sum=Decimal("11.73"))
    store_purchase(buy_id=2, custom_id="b", balance_debited_sum=None)
    lines = [TheirLine(2, "a", None, Decimal("11.73")), TheirLine(3, "b", None, Decimal(0))]
    lines += [TheirLine(row, f"b-{row}", 2, Decimal(1)) for row in range(4, 6)]
    lines += [TheirLine(row, f"unknown-{row}", None, Decimal("0.5")) for row in range(6, 1300)]
    number = reconcile(TheirList(lines, has_amounts=True), None, file_name="f", made_by_email="e", zone="UTC")
    stored = queries.find_reconciliation(number)
    assert stored is not None
    before = {outcome: list(_rows(number, outcome)) for outcome in MatchOutcome}
    db.session.commit()
    downgrade(revision="0013_pause_noted")
    outcomes = text("SELECT outcome, count(*) FROM reconciliation_blocks GROUP BY outcome ORDER BY outcome")
    assert db.session.execute(outcomes).all() == [("agreed", 1), ("differs", 1), ("only_them", 3), ("repeated", 1)]
    db.session.rollback()
    upgrade()
    assert {outcome: list(_rows(number, outcome)) for outcome in MatchOutcome} == before
    migrated = queries.find_reconciliation(number)
    assert migrated is not None
    assert migrated.sums == stored.sums
    assert queries.what_was_read(number) is None


def _rows(number: int, outcome: MatchOutcome) -> Iterator[Compared]:
    with snapshot() as connection:
        yield from queries.iter_rows(connection, number, outcome)


def _as_before_causes() -> None:
    """Alerts of four rules as the version before left them: one each, all open."""
    alert_store.add_first_rules((), ASKED_AT, None)
    db.session.rollback()
    downgrade(revision="0017_job_counts")
    insert = (
        "INSERT INTO alerts (id, rule_id, subject, open_key, sentence, figures, buy_ids, link, latest, opened_at, "
        "seen_at, closed_because, acknowledged_by, is_silent) SELECT :id, id, :subject, key, :sentence, '[]', '[]', "
        "'/ops', '', :at, :at, '', '', :is_silent FROM alert_rules WHERE key = :key"
    )
    rows = (
        ("skinsback-failures", "", "Failing."), ("unknown-values", "set_aside: no date", "Odd."),
        ("refresh-stopped", "refresh", "Stopped."), ("api-errors", "", "SkinsBack refuses our requests since."),
    )  # fmt: skip
    with db.engine.begin() as connection:
        for number, (key, subject, sentence) in enumerate(rows, 1):
            values = {"id": number, "key": key, "subject": subject, "sentence": sentence, "is_silent": False}
            connection.execute(text(insert).bindparams(bindparam("at", ASKED_AT, UtcDateTime())), values)
        changed = 'UPDATE alert_rules SET settings = \'{"minutes": 5, "quiet_minutes": 10}\''
        connection.execute(text(f"{changed} WHERE key IN ('api-errors', 'refresh-stopped')"))
        connection.execute(text("UPDATE alert_rules SET updated_by = 'ops' WHERE key = 'refresh-stopped'"))


def test_an_alert_of_before_has_the_one_cause_that_it_had(app: Flask) -> None:
    _as_before_causes()
    upgrade()
    causes = db.session.execute(select(AlertCause.alert_id, AlertCause.kind, AlertCause.severity, AlertCause.sentence))
    assert sorted(map(tuple, causes)) == [
        (1, "failure", "critical", "Failing."), (2, "unreadable", "warning", "Odd."),
        (3, "jobs", "critical", "Stopped."), (4, "refused", "critical", "SkinsBack refuses our requests since."),
    ]  # fmt: skip


def test_open_alerts_on_single_values_and_jobs_end_when_one_tells_of_all(app: Flask) -> None:
    _as_before_causes()
    upgrade()
    assert sorted(alert.id for alert in alerts_queries.open_alerts()) == [1, 4]


def test_only_a_rule_that_nobody_changed_gets_the_shorter_quiet_time(app: Flask) -> None:
    _as_before_causes()
    upgrade()
    quiet = {rule.key: rule.settings["quiet_minutes"] for rule in alerts_queries.find_rules()}
    assert (quiet["api-errors"], quiet["refresh-stopped"]) == (2, 10)
