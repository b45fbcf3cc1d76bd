"""How connections are set up."""

from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import text

from dashboard.db.extensions import db
from dashboard.factory import create_app
from tests.conftest import BASE_ENVIRONMENT


@pytest.mark.parametrize("database_url", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True)
def test_postgresql_compiles_no_statements(app: Flask) -> None:
    assert db.session.execute(text("SHOW jit")).scalar_one() == "off"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_sqlite_lets_people_read_while_somebody_writes(app: Flask) -> None:
    assert db.session.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"


def test_the_directory_of_an_sqlite_file_is_made(tmp_path: Path) -> None:
    app = create_app({**BASE_ENVIRONMENT, "DATABASE_URL": f"sqlite:///{tmp_path / 'instance' / 'new.sqlite'}"})
    with app.app_context():
        upgrade()
        db.engine.dispose()
    assert (tmp_path / "instance" / "new.sqlite").exists()
