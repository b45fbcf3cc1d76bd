"""Asking SkinsBack again by the button: after a refusal, or while it does not answer."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from dashboard.db.database import writing
from dashboard.db.extensions import db
from dashboard.simulator import Simulator
from dashboard.sync import freshness_queries as freshness
from dashboard.sync.import_run import import_recent
from dashboard.sync.models import SkinsBackState
from tests.conftest import signed_in
from tests.observability.test_readiness import lead_and_refresh
from tests.reader import Reader


@pytest.fixture
def ops(connected_app: Flask) -> Reader:
    return signed_in(connected_app, "ops")


def refused(skinsback: Simulator) -> None:
    """Let SkinsBack refuse a request, and let that be a minute ago."""
    skinsback.set_faults(error_code=-10)
    assert import_recent().problem
    lead_and_refresh()
    with writing() as connection:
        connection.execute(update(SkinsBackState).values(failing_since=datetime.now(UTC) - timedelta(minutes=1)))


def is_refused() -> bool:
    db.session.rollback()
    state = freshness.find_state()
    return state is not None and state.is_stopped


def test_the_button_of_the_banner_ends_a_refusal_that_is_mended(ops: Reader, skinsback: Simulator) -> None:
    refused(skinsback)
    banner = ops.get("/purchases").one('[data-banner="invalid_client_secret"]')
    assert banner.select_one("form[action='/ops/health/resume'] button") is not None
    skinsback.clear_faults()
    page = ops.post("/ops/health/resume")
    assert "SkinsBack answers" in page.text
    assert page.all("[data-banner]") == []
    assert not is_refused()
    assert import_recent().problem == ""


def test_the_button_says_why_it_did_not_help(ops: Reader, skinsback: Simulator) -> None:
    refused(skinsback)
    assert "does not accept our Client Secret" in ops.post("/ops/health/resume").text
    assert is_refused()


def test_the_button_asks_once(ops: Reader, skinsback: Simulator) -> None:
    refused(skinsback)
    before = len(skinsback.requests)
    ops.post("/ops/health/resume")
    assert len(skinsback.requests) == before + 1


def test_without_credentials_the_button_says_what_is_missing(app: Flask) -> None:
    assert "SKINSBACK_CLIENT_ID" in signed_in(app, "ops").post("/ops/health/resume").text


def test_support_reads_why_and_is_offered_no_button(connected_app: Flask, skinsback: Simulator) -> None:
    refused(skinsback)
    support = signed_in(connected_app, "support")
    banner = support.get("/purchases").one("[data-banner]")
    assert (banner.find("form"), "Tell ops" in banner.get_text()) == (None, True)
    assert support.post("/ops/health/resume").status == 403


def test_no_page_says_that_skinsback_just_answered_beneath_its_silence(ops: Reader, skinsback: Simulator) -> None:
    import_recent()
    assert "SkinsBack last answered" in ops.get("/purchases").text_of("footer")
    refused(skinsback)
    assert "SkinsBack last answered" not in ops.get("/purchases").text_of("footer")
