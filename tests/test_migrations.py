"""Migrations make exactly the tables of the models, on a new database and on one with data."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade

from dashboard.extensions import db
from dashboard.queries import purchases
from tests.purchases import store_purchase


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
