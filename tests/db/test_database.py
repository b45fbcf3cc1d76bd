"""How connections are set up."""

import pytest
from flask import Flask
from sqlalchemy import text

from dashboard.db.extensions import db


@pytest.mark.parametrize("database_url", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True)
def test_postgresql_compiles_no_statements(app: Flask) -> None:
    assert db.session.execute(text("SHOW jit")).scalar_one() == "off"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_sqlite_lets_people_read_while_somebody_writes(app: Flask) -> None:
    assert db.session.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
