"""What tests are made of: real databases, the real client, a SkinsBack simulator, and pages as a reader sees them."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from contextvars import Context
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Connection, create_engine, make_url, text

from dashboard.accounts import store as accounts
from dashboard.db.extensions import db
from dashboard.factory import create_app
from dashboard.observability import logs
from dashboard.simulator import Simulator
from dashboard.spreadsheets import uploads
from dashboard.sync.pushed_events import Inbox
from tests import postgresql
from tests.reader import Reader

EMAIL, PASSWORD = "agent@shop.example", "correct horse battery"

BASE_ENVIRONMENT = {
    "SECRET_KEY": "tests-only-tests-only-tests-only",
    # Nothing listens there: a test that would reach the real SkinsBack fails at once instead.
    "SKINSBACK_API_URL": "http://127.0.0.1:9/api.php",
    "SKINSBACK_WEBSOCKET_URL": "",
}


@pytest.fixture(autouse=True, scope="session")
def _no_settings_from_outside() -> None:
    for name in ("DATABASE_URL", "SKINSBACK_CLIENT_ID", "SKINSBACK_CLIENT_SECRET", "ADMIN_EMAIL", "ADMIN_PASSWORD"):
        os.environ.pop(name, None)


@pytest.fixture(autouse=True, scope="session")
def _quick_passwords() -> None:
    # Hashing is made slow on purpose; hundreds of sign-ins in tests need not pay for it.
    accounts._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(autouse=True, scope="session")
def _templates_compiled_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    # Every test makes an application of its own, and each would compile the templates again, which takes longer than
    # most tests.
    Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))}


@pytest.fixture(autouse=True, scope="session")
def _files_read_beside_other_processes() -> None:
    # One file is read at a time on a machine; the processes of a test run need not wait for each other.
    uploads.LOCK += f"-{os.getpid()}"
    # Beside them the clock runs faster than the work.
    uploads.SECONDS_TO_READ = 19


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A running PostgreSQL server, one for each process of the test run."""
    if postgresql.server_programs() is None:
        missing = "PostgreSQL is not installed, so this test did not run on it"
        if os.environ.get("REQUIRE_EVERYTHING"):
            pytest.fail(missing)
        pytest.skip(missing)
    with postgresql.server() as url:
        yield url


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty, migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.sqlite"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql_server: str) -> Iterator[tuple[str, Connection]]:
    """A migrated database on the PostgreSQL server, and a connection by which tests empty it before use."""
    url = make_url(postgresql_server)
    _on_server(url.render_as_string(hide_password=False), "CREATE DATABASE tests")
    address = url.set(database="tests").render_as_string(hide_password=False)
    _migrate(address)
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield address, connection
    engine.dispose()


# To truncate all tables takes some thirty times as long as to see which have rows.
EMPTY_POSTGRESQL = """
DO $$
DECLARE name text; filled boolean;
BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %I)', name) INTO filled;
    IF filled THEN EXECUTE format('TRUNCATE %I CASCADE', name); END IF;
  END LOOP;
  PERFORM setval(format('%I', sequencename), 1, false) FROM pg_sequences WHERE last_value IS NOT NULL;
END $$
"""


def _migrate(url: str) -> None:
    app = create_app({**BASE_ENVIRONMENT, "DATABASE_URL": url})
    with app.app_context():
        upgrade()
        db.engine.dispose()


def _on_server(url: str, statement: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty, migrated database: each test that uses it runs on SQLite and on PostgreSQL.

    Its address is the same in every test of a process, so that applications can be used again.
    """
    if request.param == "postgresql":
        url, connection = request.getfixturevalue("migrated_postgresql")
        connection.execute(text(EMPTY_POSTGRESQL))
        return str(url)
    empty = request.getfixturevalue("migrated_sqlite")
    path = empty.with_name("dashboard.sqlite")
    for rest in empty.parent.glob(f"{path.name}*"):
        rest.unlink()
    shutil.copy(empty, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def simulator() -> Iterator[Simulator]:
    """A SkinsBack that knows the documented example and what a test adds; one for each process of the test run."""
    with Simulator(port=0, purchases=0, seed=1) as running:
        yield running


@pytest.fixture
def skinsback(simulator: Simulator) -> Iterator[Simulator]:
    """The simulator, with no faults left over from the test before."""
    simulator.clear_faults()
    yield simulator
    simulator.clear_faults()


MakeApp = Callable[..., Flask]


class Client(FlaskClient):
    """A browser whose requests see nothing of the test's own application context, as with a real server.

    Flask would otherwise let them share ``g`` with the test, and with each other.
    """

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Send one request."""
        return Context().run(super().open, *args, **kwargs)


SpareApps = dict[frozenset[tuple[str, str]], Flask]
SPARE_APPS = 6
"""What most tests use: with and without SkinsBack, on two databases."""


@pytest.fixture(scope="session")
def spare_apps() -> Iterator[SpareApps]:
    """Applications of earlier tests by their settings: to make one takes longer than most tests."""
    spare: SpareApps = {}
    yield spare
    for app in spare.values():
        _dispose(app)


@pytest.fixture
def make_app(database_url: str, spare_apps: SpareApps) -> Iterator[MakeApp]:
    """Make applications on the test's database; settings as keyword arguments."""
    with ExitStack() as stack:

        def make(**settings: str) -> Flask:
            environment = {**BASE_ENVIRONMENT, "DATABASE_URL": database_url, **settings}
            key = frozenset(environment.items())
            app = spare_apps.pop(key, None) or create_app(environment)
            logs.configure(app)
            app.testing = True
            app.test_client_class = Client
            stack.callback(_put_back, app, dict(app.config), key, spare_apps)
            return app

        yield make


def _put_back(app: Flask, config: dict[str, Any], key: frozenset[tuple[str, str]], spare_apps: SpareApps) -> None:
    app.extensions["pushed_events"].end()
    app.extensions["pushed_events"] = Inbox(app)
    with app.app_context():
        db.session.remove()
        on_sqlite = db.engine.dialect.name == "sqlite"
    if app.config == config and key not in spare_apps:
        spare_apps[key] = app
    if on_sqlite or spare_apps.get(key) is not app:
        # On SQLite the next test has another file at the same place.
        _dispose(app)
    if len(spare_apps) > SPARE_APPS:
        _dispose(spare_apps.pop(next(iter(spare_apps))))


def _dispose(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(make_app: MakeApp) -> Iterator[Flask]:
    """The application without SkinsBack credentials, inside its context."""
    app = make_app()
    with app.app_context():
        yield app


@pytest.fixture
def connected_app(make_app: MakeApp, skinsback: Simulator) -> Iterator[Flask]:
    """The application connected to the simulator, inside its context."""
    app = make_app(
        SKINSBACK_API_URL=skinsback.api_url,
        SKINSBACK_CLIENT_ID=skinsback.client_id,
        SKINSBACK_CLIENT_SECRET=skinsback.client_secret,
    )
    with app.app_context():
        yield app


@pytest.fixture
def reader(app: Flask) -> Reader:
    """Somebody signed in to the application without SkinsBack."""
    return signed_in(app)


@pytest.fixture
def connected_reader(connected_app: Flask) -> Reader:
    """Somebody signed in to the application that is connected to the simulator."""
    return signed_in(connected_app)


def signed_in(app: Flask, role: str = "support") -> Reader:
    """Return a reader who is signed in with a role."""
    email = f"{role}@shop.example"
    accounts.create_user(email, PASSWORD, role)
    reader = Reader(app.test_client())
    reader.post("/login", follow=False, email=email, password=PASSWORD, next="/")
    return reader


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a session."""
    return app.test_client()
