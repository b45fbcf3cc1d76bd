"""How connections are set up."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import DBAPIError, OperationalError

from dashboard.db.database import BUSY_TIMEOUT_MS, is_busy, writing
from dashboard.db.extensions import db
from dashboard.factory import create_app
from tests.conftest import BASE_ENVIRONMENT


@pytest.mark.parametrize("database_url", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True)
def test_postgresql_compiles_no_statements(app: Flask) -> None:
    assert db.session.execute(text("SHOW jit")).scalar_one() == "off"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_sqlite_lets_people_read_while_somebody_writes(app: Flask) -> None:
    assert db.session.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"


@pytest.fixture
def waits(app: Flask) -> Iterator[list[int]]:
    """A list that fills with how long, in ms, each writer on SQLite is ready to wait for others."""
    waits: list[int] = []

    def note(connection: Connection, cursor: Any, statement: str, *_: Any) -> None:
        if statement == "BEGIN IMMEDIATE":
            driver: Any = connection.connection.driver_connection
            waits.append(driver.execute("PRAGMA busy_timeout").fetchone()[0])

    event.listen(db.engine, "before_cursor_execute", note)
    yield waits
    event.remove(db.engine, "before_cursor_execute", note)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_who_does_not_want_to_wait_on_sqlite_waits_not_at_all(waits: list[int]) -> None:
    with writing(), pytest.raises(OperationalError) as raised, writing(wait=False):
        pass
    assert is_busy(raised.value)
    assert waits == [BUSY_TIMEOUT_MS, 0]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_next_writer_on_the_same_connection_waits_again(waits: list[int]) -> None:
    with writing(wait=False):
        pass
    with writing():
        pass
    assert waits == [0, BUSY_TIMEOUT_MS]


@pytest.mark.parametrize("database_url", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True)
def test_who_does_not_want_to_wait_on_postgresql_waits_a_millisecond_for_a_row(app: Flask) -> None:
    with writing(wait=False) as connection:
        assert connection.execute(text("SHOW lock_timeout")).scalar_one() == "1ms"
    with writing() as connection:
        assert connection.execute(text("SHOW lock_timeout")).scalar_one() == "0"


def test_another_error_is_not_taken_for_a_busy_database(app: Flask) -> None:
    with pytest.raises(DBAPIError) as raised, writing(wait=False) as connection:
        connection.execute(text("SELECT * FROM no_such_table"))
    assert not is_busy(raised.value)


def test_the_directory_of_an_sqlite_file_is_made(tmp_path: Path) -> None:
    app = create_app({**BASE_ENVIRONMENT, "DATABASE_URL": f"sqlite:///{tmp_path / 'instance' / 'new.sqlite'}"})
    with app.app_context():
        upgrade()
        db.engine.dispose()
    assert (tmp_path / "instance" / "new.sqlite").exists()
