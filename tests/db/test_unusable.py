"""A database that cannot be used: a command says in one line what happened and what to do."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from dashboard.db.extensions import db
from dashboard.db.unusable import why_unusable
from tests.conftest import BASE_ENVIRONMENT

ROOT = Path(__file__).parents[2]
UPGRADE = ("db", "upgrade")
CREATE = ("users", "create", "owner@shop.example", "--role", "admin", "--password", "a quiet owl at noon")
COMMANDS = [pytest.param(UPGRADE, id="db upgrade"), pytest.param(CREATE, id="users create")]


def complaint(database_url: str, command: tuple[str, ...], *, as_root: bool = True) -> str:
    """Run a command that must fail, and return its one line. Without ``as_root`` rights hold for root as well."""
    is_to_drop = os.geteuid() == 0 and not as_root
    drop = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if is_to_drop else []
    done = subprocess.run(
        [*drop, sys.executable, "-m", "flask", "--app", "wsgi", *command],
        cwd=ROOT, env=os.environ | BASE_ENVIRONMENT | {"DATABASE_URL": database_url},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    return line


@pytest.fixture
def migrated(migrated_sqlite: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(migrated_sqlite, tmp_path / "dashboard.sqlite"))


@pytest.fixture
def locked_directory(tmp_path: Path) -> Iterator[Path]:
    directory = tmp_path / "locked"
    directory.mkdir(mode=0o555)
    yield directory
    directory.chmod(0o755)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_that_is_no_database_is_named(tmp_path: Path, command: tuple[str, ...]) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear colleague, " * 100)
    line = complaint(f"sqlite:///{file}", command)
    assert line.startswith(f"Error: The file {file} is not an SQLite database: name another file in DATABASE_URL")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_directory_that_cannot_be_written_is_named(locked_directory: Path, command: tuple[str, ...]) -> None:
    file = locked_directory / "dashboard.sqlite"
    line = complaint(f"sqlite:///{file}", command, as_root=False)
    assert line.startswith(f"Error: The file {file} cannot be opened: name a file in DATABASE_URL")


def test_a_file_that_cannot_be_written_is_named(migrated: Path) -> None:
    migrated.chmod(0o444)
    line = complaint(f"sqlite:///{migrated}", CREATE, as_root=False)
    assert line == f"Error: The file {migrated} cannot be written: let this user write it, and to its directory."


def test_a_database_without_tables_asks_for_the_migration(tmp_path: Path) -> None:
    assert complaint(f"sqlite:///{tmp_path / 'new.sqlite'}", CREATE).endswith("run flask --app wsgi db upgrade.")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_postgresql_that_is_down_is_named_without_the_password(command: tuple[str, ...]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as briefly:
        port = briefly.getsockname()[1]
    line = complaint(f"postgresql://desk:hunter2@127.0.0.1:{port}/desk", command)
    assert line.startswith("Error: PostgreSQL cannot be used (connection failed: ")
    assert f"port {port} failed: Connection refused" in line
    assert line.endswith("check that it runs, and the address, the name and the password in DATABASE_URL.")
    assert "hunter2" not in line


def line_of(app: Flask, *statements: str) -> str | None:
    """The line for the error of the last of these statements."""
    for statement in statements[:-1]:
        db.session.execute(text(statement))
    with pytest.raises(DBAPIError) as failed:
        db.session.execute(text(statements[-1]))
    db.session.rollback()
    return why_unusable(failed.value, app.config["DATABASE_URL"])


def test_a_table_that_is_missing_asks_for_the_migration_on_either_database(app: Flask) -> None:
    assert str(line_of(app, "SELECT * FROM made_up")).endswith("run flask --app wsgi db upgrade.")


def test_a_statement_that_is_wrong_is_our_mistake_and_keeps_its_traceback(app: Flask) -> None:
    assert line_of(app, "SELECT FROM WHERE") is None


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_rights_that_are_missing_on_postgresql_are_told(app: Flask) -> None:
    line = line_of(app, "CREATE ROLE guest", "SET LOCAL ROLE guest", "SELECT * FROM leases")
    assert line == (
        "PostgreSQL cannot be used (permission denied for table leases): let an administrator of the server grant the"
        " user of DATABASE_URL what is missing."
    )


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_postgresql_that_takes_no_writes_is_told(app: Flask) -> None:
    line = line_of(app, "SET TRANSACTION READ ONLY", "DELETE FROM leases")
    assert str(line).endswith("name the server that can be written in DATABASE_URL.")
