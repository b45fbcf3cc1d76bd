"""The history is imported to its end, can be stopped and resumed, and says how far back the copy reaches."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
import responses
from flask import Flask
from sqlalchemy import func, select

from dashboard.db.extensions import db
from dashboard.purchases.models import Purchase
from dashboard.simulator import Simulator, answers
from dashboard.sync import freshness_queries as freshness
from dashboard.sync import import_run as history_import
from dashboard.sync import state_store as skinsback_state
from dashboard.sync.models import HistoryImport
from tests.conftest import MakeApp
from tests.purchases.samples import EXAMPLE

NOW = datetime.now(UTC)
SINCE = NOW - timedelta(days=60)


def stored() -> int:
    db.session.rollback()
    return db.session.execute(select(func.count()).select_from(Purchase)).scalar_one()


@pytest.fixture
def crowded_app(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The application connected to a SkinsBack whose history has several pages."""
    monkeypatch.setattr(answers, "PAGE_SIZE", 100)
    with Simulator(port=0, purchases=600, seed=3) as crowded:
        app = make_app(
            SKINSBACK_API_URL=crowded.api_url,
            SKINSBACK_CLIENT_ID=crowded.client_id,
            SKINSBACK_CLIENT_SECRET=crowded.client_secret,
        )
        with app.app_context():
            yield app


def test_a_run_of_several_pages_stores_every_purchase(crowded_app: Flask) -> None:
    stop = Event()
    first = history_import.import_period(SINCE, NOW, on_page=lambda _: stop.set(), stop=stop)
    assert (first.pages, stored()) == (1, 100)
    assert freshness.find_reach() is None
    done = history_import.import_period(SINCE, NOW)
    assert (done.problem, done.items) == ("", done.total_count)
    assert stored() == done.total_count


def test_where_the_next_page_starts_may_be_said_at_any_length(
    crowded_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "START_FROM_ENDS", "=" * 300)
    done = history_import.import_period(SINCE, NOW)
    assert (done.problem, stored()) == ("", done.total_count)


def test_a_complete_run_says_how_far_back_the_copy_reaches(connected_app: Flask) -> None:
    history_import.import_period(SINCE, NOW)
    reach = freshness.find_reach()
    assert reach is not None
    assert (reach.since, reach.until) == (SINCE, NOW)


def test_the_next_run_overlaps_and_joins_the_last_one(connected_app: Flask) -> None:
    history_import.import_period(SINCE, NOW - timedelta(hours=1))
    assert history_import.import_recent().problem == ""
    db.session.rollback()
    assert db.session.execute(select(func.count()).select_from(HistoryImport)).scalar_one() == 1
    reach = freshness.find_reach()
    assert reach is not None
    assert reach.since == SINCE
    assert reach.until >= NOW


def test_a_silence_leaves_the_run_unfinished_and_says_so(connected_app: Flask, skinsback: Simulator) -> None:
    skinsback.set_faults(error_code=-10)
    assert "Client Secret" in history_import.import_period(SINCE, NOW).problem
    assert freshness.find_reach() is None
    skinsback.clear_faults()
    skinsback_state.probe_soon()
    assert history_import.import_recent().problem == ""
    db.session.rollback()
    assert freshness.find_reach() is not None


def test_a_run_inside_a_longer_one_leaves_the_reach_as_it_was(connected_app: Flask) -> None:
    history_import.import_period(SINCE, NOW)
    history_import.import_period(SINCE + timedelta(days=10), NOW - timedelta(days=10))
    reach = freshness.find_reach()
    assert reach is not None
    assert (reach.since, reach.until) == (SINCE, NOW)


def import_one_page(crowded_app: Flask, since: datetime, until: datetime) -> None:
    stop = Event()
    history_import.import_period(since, until, on_page=lambda _: stop.set(), stop=stop)


def test_a_run_that_was_broken_off_is_resumed_and_goes_on_to_the_end_that_is_asked_for(crowded_app: Flask) -> None:
    import_one_page(crowded_app, SINCE, NOW - timedelta(days=10))
    done = history_import.import_period(SINCE, NOW)
    reach = freshness.find_reach()
    assert reach is not None
    assert (done.problem, reach.since, reach.until) == ("", SINCE, NOW)
    assert stored() == history_import.import_period(SINCE, NOW).total_count


def test_a_run_keeps_its_place_while_something_else_answers_for_skinsback(crowded_app: Flask) -> None:
    import_one_page(crowded_app, SINCE, NOW)
    right_address = crowded_app.config["SKINSBACK_API_URL"]
    crowded_app.config["SKINSBACK_API_URL"] = right_address.removesuffix("api.php") + "nowhere.php"
    assert "compare SKINSBACK_API_URL" in history_import.import_period(SINCE, NOW).problem
    run = freshness.find_unfinished_run(SINCE)
    assert run is not None
    assert (run.pages, run.start_from) != (0, None)
    crowded_app.config["SKINSBACK_API_URL"] = right_address
    assert history_import.import_period(SINCE, NOW).problem == ""


def test_two_that_run_the_same_period_at_once_leave_it_complete(crowded_app: Flask) -> None:
    history_import.import_period(SINCE - timedelta(days=30), SINCE)
    stop = Event()
    pages: list[int] = []

    def another_is_faster(so_far: history_import.Imported) -> None:
        pages.append(so_far.pages)
        if len(pages) == 1:
            history_import.import_period(SINCE, NOW)
        else:
            stop.set()

    history_import.import_period(SINCE, NOW, stop=stop, on_page=another_is_faster)
    reach = freshness.find_reach()
    assert reach is not None
    assert (reach.since, reach.until) == (SINCE - timedelta(days=30), NOW)


def test_after_the_clock_was_set_back_what_is_bought_now_is_still_found(
    connected_app: Flask, skinsback: Simulator
) -> None:
    history_import.import_period(SINCE, NOW + timedelta(days=1))
    buy_id = skinsback.add_purchase(date=str(int(NOW.timestamp())))
    history_import.import_recent()
    db.session.rollback()
    assert db.session.get(Purchase, buy_id) is not None


def test_after_a_refusal_the_job_asks_no_more(connected_app: Flask, skinsback: Simulator) -> None:
    skinsback.set_faults(error_code=-10)
    history_import.import_recent()
    asked = len(skinsback.requests)
    assert "refuses our requests" in history_import.import_recent().problem
    assert len(skinsback.requests) == asked


def test_a_history_whose_end_cannot_be_read_does_not_count_as_whole(connected_app: Flask, skinsback: Simulator) -> None:
    answer = {"status": "success", "items": [EXAMPLE], "has_more": "perhaps", "total_count": []}
    with responses.RequestsMock() as wire:
        wire.post(skinsback.api_url, json=answer)
        outcome = history_import.import_period(NOW - timedelta(days=1), NOW)
    assert (outcome.items, outcome.total_count) == (1, None)
    assert "nor that it ends" in outcome.problem
    assert freshness.find_last_complete_run() is None


@pytest.mark.parametrize("place", [b"a\\ud800", b"a\xff", b"a\\u0000", b"9" * 200_000])
def test_a_place_that_no_database_keeps_is_a_named_problem_and_loses_no_page(
    connected_app: Flask, skinsback: Simulator, place: bytes
) -> None:
    item = json.dumps(EXAMPLE).encode()
    body = b'{"status": "success", "items": [' + item + b'], "has_more": true, "start_from": "' + place + b'"}'
    with responses.RequestsMock() as wire:
        wire.post(skinsback.api_url, body=body)
        outcome = history_import.import_period(NOW - timedelta(days=1), NOW)
    assert "neither where its history goes on" in outcome.problem
    assert stored() == 1
    assert freshness.find_last_complete_run() is None
