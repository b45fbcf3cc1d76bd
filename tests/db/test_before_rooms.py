"""A database as the version before the rooms left it: it migrates, and nothing in it is lost."""

import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import create_engine, func, make_url, select, text

from dashboard.db.extensions import db
from dashboard.factory import create_app
from dashboard.purchases import queries as purchases
from dashboard.purchases.models import Purchase
from tests import postgresql
from tests.conftest import BASE_ENVIRONMENT, Client, signed_in
from tests.reader import Reader
from tests.totals.recomputed import totals_from_rows, totals_kept

DUMPS = Path(__file__).parent / "before_rooms"
KEPT = {
    "purchases": 60, "purchase_versions": 71, "purchase_answers": 60, "purchase_notes": 1, "findings": 30,
    "finding_resolutions": 32, "closed_reports": 1, "reconciliations": 1, "reconciliation_blocks": 3, "alerts": 1,
    "alert_rules": 10, "alert_deliveries": 1, "balance_readings": 2, "sent_reports": 1, "history_imports": 1,
    "money_totals": 295, "outcome_totals": 305, "hold_totals": 4, "drift": 1, "job_runs": 1, "users": 1,
}  # fmt: skip
"""How many rows each table held when it was dumped."""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def old_database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of the version before, filled from its dump and not yet migrated."""
    if request.param == "sqlite":
        path = tmp_path / "before.sqlite"
        connection = sqlite3.connect(path)
        connection.executescript((DUMPS / "sqlite.sql").read_text())
        connection.close()
        return f"sqlite:///{path}"
    server = make_url(request.getfixturevalue("postgresql_server"))
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as on_server:
        on_server.execute(text("DROP DATABASE IF EXISTS before_rooms"))
        on_server.execute(text("CREATE DATABASE before_rooms"))
    engine.dispose()
    programs = postgresql.server_programs()
    assert programs is not None
    arguments = ["-q", "-v", "ON_ERROR_STOP=1", "-h", str(server.query["host"]), "-U", str(server.username)]
    dump = str(DUMPS / "postgresql.sql")
    subprocess.run([programs / "psql", *arguments, "-d", "before_rooms", "-f", dump], check=True, capture_output=True)
    return server.set(database="before_rooms").render_as_string(hide_password=False)


@pytest.fixture
def migrated(old_database: str) -> Iterator[Flask]:
    """The application on that database after the migrations, inside its context."""
    app = create_app({**BASE_ENVIRONMENT, "DATABASE_URL": old_database})
    app.testing = True
    app.test_client_class = Client
    with app.app_context():
        upgrade()
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def admin(migrated: Flask) -> Reader:
    with db.engine.begin() as connection:
        connection.execute(text("DELETE FROM user_sessions"))
        connection.execute(text("DELETE FROM users"))
    return signed_in(migrated, "admin")


def test_an_old_database_gets_exactly_the_tables_of_the_models(migrated: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_no_row_of_an_old_database_is_lost(migrated: Flask) -> None:
    tables = db.metadata.tables
    held = {name: db.session.execute(select(func.count()).select_from(tables[name])).scalar() for name in KEPT}
    assert held == KEPT


def test_every_order_of_an_old_database_is_found_by_its_key(migrated: Flask) -> None:
    order_ids = db.session.execute(select(Purchase.custom_id).where(Purchase.custom_id.is_not(None))).scalars().all()
    assert order_ids
    found = purchases.search_by_ids("custom_id", [order_id.upper() for order_id in order_ids])
    assert all(found[order_id.upper()] for order_id in order_ids)


def test_the_totals_of_an_old_database_are_those_of_its_purchases(migrated: Flask) -> None:
    assert totals_kept() == totals_from_rows()


@pytest.mark.parametrize(
    "address",
    [
        "/purchases", "/purchases/7", "/purchases/8", "/holds", "/users/76561198050648525", "/finance",
        "/finance/closed", "/finance/closed/1", "/finance/wrong", "/finance/balance", "/finance/reconcile/1", "/ops",
        "/ops/alerts",
        "/ops/alerts/1", "/ops/health",
    ],
)  # fmt: skip
def test_a_page_shows_what_an_old_database_holds(admin: Reader, address: str) -> None:
    assert admin.get(address).status == 200
