"""Log lines: their form, the id that ties them together, and what never stands in them."""

import io
import json
import logging
from datetime import UTC, datetime
from hashlib import md5
from typing import Any
from urllib.parse import quote, unquote

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from dashboard.config import load_settings
from dashboard.db import lease_store as lease
from dashboard.db.database import Fence
from dashboard.db.extensions import db
from dashboard.jobs.results import JobResult
from dashboard.jobs.run_store import record_run
from dashboard.lib import trace
from dashboard.observability import logs
from dashboard.observability.redaction import REDACTED, redactor
from dashboard.observability.request_log import RequestLog
from dashboard.simulator import Simulator
from dashboard.sync.refresh import refresh_now
from tests.conftest import MakeApp, signed_in
from tests.purchases.samples import STEAMID, store_purchase

SECRETS = {
    "SECRET_KEY": "key-key-key-key-key",
    "DATABASE_URL": "postgresql://desk:p%40ss%2Fword@db.example/desk",
    "SKINSBACK_CLIENT_ID": "shop-17",
    "SKINSBACK_CLIENT_SECRET": 'quote"and\\back+plus',
    "ADMIN_EMAIL": "boss@shop.example",
    "ADMIN_PASSWORD": "correct horse",
}


def a_logger(form: str, **settings: str) -> tuple[logging.Logger, io.StringIO]:
    """Return a logger of its own that writes into a text, with the formatter under test."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.formatter(load_settings(SECRETS | {"LOG_FORMAT": form} | settings)))
    logger = logging.Logger("dashboard.test")
    logger.addHandler(handler)
    return logger, stream


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG, "dashboard")
    return caplog


def fields_of(caplog: pytest.LogCaptureFixture, message: str) -> list[dict[str, object]]:
    return [record.fields for record in caplog.records if record.getMessage() == message]  # type: ignore[attr-defined] # Ours.


def test_a_json_line_holds_time_level_message_fields_and_request_id() -> None:
    logger, stream = a_logger("json")
    with trace.scope() as request_id:
        logger.warning("a %s", "word", extra={"fields": {"ms": 3.5}})
    line = json.loads(stream.getvalue())
    assert line["time"].endswith("Z")
    assert (line["level"], line["logger"], line["message"]) == ("WARNING", "dashboard.test", "a word")
    assert (line["ms"], line["request_id"]) == (3.5, request_id)


def test_a_text_line_cannot_be_split_in_two_by_what_it_says() -> None:
    logger, stream = a_logger("text")
    logger.warning("first\nsecond")
    assert stream.getvalue().count("\n") == 1


@pytest.mark.parametrize("form", ["json", "text"])
@pytest.mark.parametrize(
    "secret",
    [SECRETS["SECRET_KEY"], SECRETS["SKINSBACK_CLIENT_SECRET"], SECRETS["ADMIN_PASSWORD"], "p@ss/word"],
)
def test_no_secret_is_logged_in_any_spelling(form: str, secret: str) -> None:
    logger, stream = a_logger(form)
    logger.error("%s %s %r", secret, quote(secret, safe=""), secret, extra={"fields": {"path": f"/?q={quote(secret)}"}})
    logger.error(json.dumps({"secret": secret}))
    for spelling in (secret, quote(secret), quote(secret, safe=""), repr(secret)[1:-1], json.dumps(secret)[1:-1]):
        assert spelling not in stream.getvalue()


@pytest.mark.parametrize("form", ["json", "text"])
def test_no_secret_is_logged_within_a_traceback(form: str) -> None:
    logger, stream = a_logger(form)
    try:
        raise ValueError(f"cannot sign in with {SECRETS['SKINSBACK_CLIENT_SECRET']}")
    except ValueError:
        logger.exception("failed")
    assert "Traceback" in stream.getvalue()
    assert "quote" not in stream.getvalue()


def test_what_the_websocket_is_signed_with_is_a_secret_too() -> None:
    logger, stream = a_logger("json", SKINSBACK_CLIENT_ID="demo-client", SKINSBACK_CLIENT_SECRET="demo-secret")
    signature = md5(b"demo-clientdemo-secret").hexdigest()
    logger.warning("signature=%s", signature)
    assert signature not in stream.getvalue()


STEAM_IDS = [
    STEAMID, "STEAM_0:1:45191397", "STEAM_0%3A1%3A45191397", "[U:1:90382795]", "%5BU%3A1%3A90382795%5D", "U:1:90382795",
]  # fmt: skip


@pytest.mark.parametrize("steamid", STEAM_IDS)
def test_steam_ids_are_logged_only_where_the_setting_allows_it(steamid: str) -> None:
    logger, stream = a_logger("text")
    logger.warning("user %s asked", steamid)
    assert steamid not in stream.getvalue()
    assert "user [steam id] asked" in stream.getvalue()
    logger, stream = a_logger("text", LOG_STEAM_IDS="on")
    logger.warning("user %s asked", steamid)
    assert steamid in stream.getvalue()


@pytest.mark.parametrize(
    "address", [f"/purchases/%20{STEAMID}", f"/purchases?status=%22{STEAMID}%22&from=%20{STEAMID}"]
)
def test_a_steam_id_behind_an_escaped_letter_is_one_too(address: str) -> None:
    logger, stream = a_logger("text")
    path, _, query = address.partition("?")
    environ = {"PATH_INFO": unquote(path), "QUERY_STRING": query}
    logger.warning("request", extra={"fields": {"path": RequestLog(lambda *_: [], with_ids=False).address(environ)}})
    assert STEAMID not in stream.getvalue()
    assert "[steam id]" in stream.getvalue()


def test_a_purchase_id_is_no_steam_id() -> None:
    logger, stream = a_logger("text")
    logger.warning("purchase 4100017, offer 7656119805064852345")
    assert "purchase 4100017, offer 7656119805064852345" in stream.getvalue()


@given(st.text(min_size=3, max_size=40).filter(lambda text: text not in f"<{REDACTED}>"))
@example("://")
@example("http://[")
def test_whatever_the_secret_is_the_line_does_not_hold_it(secret: str) -> None:
    assert secret not in redactor({"SECRET_KEY": secret}, with_steam_ids=True)(f"<{secret}>")


def test_a_request_has_one_line_with_user_number_and_without_ids(app: Flask, lines: pytest.LogCaptureFixture) -> None:
    reader = signed_in(app)
    store_purchase()
    lines.clear()
    reader.client.get(f"/purchases?steamid={STEAMID}&status=accepted", buffered=True)
    (line,) = fields_of(lines, "request")
    assert line["path"] == "/purchases?steamid=…&status=accepted"
    assert (line["method"], line["status"], line["user_id"]) == ("GET", 200, 1)
    assert isinstance(line["ms"], float)
    assert "@" not in json.dumps(line)


def test_the_path_of_a_user_does_not_name_the_user(app: Flask, lines: pytest.LogCaptureFixture) -> None:
    reader = signed_in(app)
    reader.client.get("/users/some-body", buffered=True)
    assert fields_of(lines, "request")[-1]["path"] == "/users/…"


def test_with_steam_ids_allowed_the_whole_address_is_logged() -> None:
    log = RequestLog(lambda *_: [], with_ids=True)
    assert log.address({"PATH_INFO": f"/users/{STEAMID}", "QUERY_STRING": "q=1"}) == f"/users/{STEAMID}?q=1"


def test_an_address_cannot_forge_a_line() -> None:
    log = RequestLog(lambda *_: [], with_ids=False)
    assert log.address({"PATH_INFO": "/a\nb", "QUERY_STRING": "a%0A=1&status=x%0Ay"}) == "/a%0Ab?a%0A=…&status=x%0Ay"


@pytest.mark.parametrize(
    ("offered", "is_taken"),
    [("abc-123.DEF_4", True), ("short", False), ("x" * 65, False), ("a b c d e f", False), ("{jndi:ldap}", False)],
)
def test_a_request_id_is_taken_over_only_when_it_is_well_formed(
    client: FlaskClient, offered: str, is_taken: bool
) -> None:
    answered = client.get("/healthz", headers={"X-Request-ID": offered}).headers["X-Request-ID"]
    assert (answered == offered) is is_taken
    assert len(answered) >= 8


def test_the_request_id_reaches_skinsback(
    make_app: MakeApp, skinsback: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str | None] = []
    send = requests.Session.send

    def overheard(session: requests.Session, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        seen.append(request.headers.get("X-Request-ID"))
        return send(session, request, **options)

    monkeypatch.setattr(requests.Session, "send", overheard)
    app = make_app(
        SKINSBACK_API_URL=skinsback.api_url,
        SKINSBACK_CLIENT_ID=skinsback.client_id,
        SKINSBACK_CLIENT_SECRET=skinsback.client_secret,
    )
    with app.app_context():
        signed_in(app).client.get("/purchases/9", headers={"X-Request-ID": "the-request-1"}, buffered=True)
        with trace.scope() as run:
            refresh_now(9)
    assert seen == ["the-request-1", run]


def test_a_warning_of_a_library_has_the_same_form_and_no_secrets(
    make_app: MakeApp, capsys: pytest.CaptureFixture[str]
) -> None:
    hook = "https://hooks.example/services/very-secret-path"
    make_app(ALERT_WEBHOOK_URL=hook, LOG_FORMAT="json")
    logging.getLogger("urllib3.connectionpool").warning("Retrying: %s", "/services/very-secret-path")
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line)["message"] == "Retrying: [redacted]"


def test_a_line_of_the_dashboard_is_written_once(make_app: MakeApp, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        make_app(LOG_FORMAT="json")
    logging.getLogger("dashboard.somewhere").warning("once")
    assert capsys.readouterr().err.count("once") == 1


def test_an_error_of_the_database_names_no_values(app: Flask) -> None:
    with pytest.raises(SQLAlchemyError) as caught:
        db.session.execute(text("SELECT :value FROM no_such_table"), {"value": "a private note"})
    db.session.rollback()
    assert "a private note" not in str(caught.value)


def test_a_run_of_a_job_has_one_line(app: Flask, lines: pytest.LogCaptureFixture) -> None:
    fence = lease.take_or_renew("one")
    assert isinstance(fence, Fence)
    record_run("refresh", "one", datetime.now(UTC), "done", JobResult("3 asked"), fence=fence)
    (line,) = fields_of(lines, "job run")
    assert (line["job"], line["outcome"], line["detail"]) == ("refresh", "done", "3 asked")
