"""Pages in a real browser: the dashboard behind gunicorn's stand-in, a simulator, and the system's Chromium."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from dashboard.accounts import store as accounts
from dashboard.db.extensions import db
from dashboard.factory import create_app
from dashboard.simulator import Simulator
from tests.conftest import BASE_ENVIRONMENT, PASSWORD

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test in this directory needs a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    if CHROMIUM is None:
        missing = "Chromium is not installed, so this test did not run"
        if os.environ.get("REQUIRE_EVERYTHING"):
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = _launch(playwright)
        yield browser
        browser.close()


def _launch(playwright: Playwright) -> Browser:
    # Chromium's own sandbox does not work for root inside a container.
    return playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@dataclass
class Desk:
    """A running dashboard and the simulator it is connected to."""

    url: str
    app: Flask
    skinsback: Simulator


@pytest.fixture
def desk(migrated_sqlite: Path, tmp_path: Path, skinsback: Simulator) -> Iterator[Desk]:
    """A running dashboard on an empty database, connected to the simulator."""
    database = tmp_path / "dashboard.sqlite"
    shutil.copy(migrated_sqlite, database)
    app = create_app(
        {
            **BASE_ENVIRONMENT,
            "DATABASE_URL": f"sqlite:///{database}",
            "SKINSBACK_API_URL": skinsback.api_url,
            "SKINSBACK_CLIENT_ID": skinsback.client_id,
            "SKINSBACK_CLIENT_SECRET": skinsback.client_secret,
        }
    )
    with app.app_context():
        accounts.create_user("agent@shop.example", PASSWORD, "admin")
    server = make_server("127.0.0.1", 0, app, server_class=_Server, handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Desk(f"http://127.0.0.1:{server.server_port}", app, skinsback)
    server.shutdown()
    server.server_close()
    thread.join(timeout=5)
    with app.app_context():
        db.engine.dispose()


OpenPage = Callable[..., Page]


def sign_in(page: Page) -> None:
    page.goto("/login")
    page.fill('input[name="email"]', "agent@shop.example")
    page.fill('input[name="password"]', PASSWORD)
    page.click('form[action="/login"] button')
    page.wait_for_url("**/")


@pytest.fixture
def open_page(chromium: Browser, desk: Desk) -> Iterator[OpenPage]:
    """Open a page of the desk in a fresh browser, signed in unless told otherwise; context options as keywords."""
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def open_it(path: str, *, signed_in: bool = True, **options: object) -> Page:
        context = chromium.new_context(base_url=desk.url, **options)  # type: ignore[arg-type] # Options of the caller.
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "console",
            lambda message: problems.append(message.text) if "Content Security Policy" in message.text else None,
        )
        if signed_in:
            sign_in(page)
        page.goto(path)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert problems == [], "the browser reported errors"
