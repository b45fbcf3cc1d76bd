"""The history is walked to its end, can be stopped and resumed, and says how far back the copy reaches."""

from datetime import UTC, datetime, timedelta
from threading import Event

from flask import Flask
from sqlalchemy import func, select

from dashboard import history_import, skinsback_state
from dashboard.extensions import db
from dashboard.factory import create_app
from dashboard.models import HistoryImport, Purchase
from dashboard.queries import freshness
from dashboard.simulator import Simulator
from tests.conftest import BASE_ENVIRONMENT

NOW = datetime.now(UTC)
SINCE = NOW - timedelta(days=60)


def stored() -> int:
    db.session.rollback()
    return db.session.execute(select(func.count()).select_from(Purchase)).scalar_one()


def test_a_walk_of_several_pages_stores_every_purchase(database_url: str) -> None:
    with Simulator(port=0, purchases=2300, seed=3) as crowded:
        app = create_app(
            {
                **BASE_ENVIRONMENT,
                "DATABASE_URL": database_url,
                "SKINSBACK_API_URL": crowded.api_url,
                "SKINSBACK_CLIENT_ID": crowded.client_id,
                "SKINSBACK_CLIENT_SECRET": crowded.client_secret,
            }
        )
        with app.app_context():
            stop = Event()
            first = history_import.import_period(SINCE, NOW, on_page=lambda _: stop.set(), stop=stop)
            assert (first.pages, stored()) == (1, 1000)
            assert freshness.find_reach() is None
            done = history_import.import_period(SINCE, NOW)
            assert (done.problem, done.items) == ("", done.total_count)
            assert stored() == done.total_count
            db.session.remove()
            db.engine.dispose()


def test_a_complete_walk_says_how_far_back_the_copy_reaches(connected_app: Flask) -> None:
    history_import.import_period(SINCE, NOW)
    reach = freshness.find_reach()
    assert reach is not None
    assert (reach.since, reach.until) == (SINCE, NOW)


def test_the_next_walk_overlaps_and_joins_the_last_one(connected_app: Flask) -> None:
    history_import.import_period(SINCE, NOW - timedelta(hours=1))
    assert history_import.import_recent().problem == ""
    db.session.rollback()
    assert db.session.execute(select(func.count()).select_from(HistoryImport)).scalar_one() == 1
    reach = freshness.find_reach()
    assert reach is not None
    assert reach.since == SINCE
    assert reach.until >= NOW


def test_a_silence_leaves_the_walk_unfinished_and_says_so(connected_app: Flask, skinsback: Simulator) -> None:
    skinsback.set_faults(error_code=-10)
    assert "Client Secret" in history_import.import_period(SINCE, NOW).problem
    assert freshness.find_reach() is None
    skinsback.clear_faults()
    skinsback_state.resume()
    assert history_import.import_recent().problem == ""
    db.session.rollback()
    assert freshness.find_reach() is not None


def test_a_walk_inside_a_longer_one_leaves_the_reach_as_it_was(connected_app: Flask) -> None:
    history_import.import_period(SINCE, NOW)
    history_import.import_period(SINCE + timedelta(days=10), NOW - timedelta(days=10))
    reach = freshness.find_reach()
    assert reach is not None
    assert (reach.since, reach.until) == (SINCE, NOW)


def test_after_a_refusal_the_job_asks_no_more(connected_app: Flask, skinsback: Simulator) -> None:
    skinsback.set_faults(error_code=-10)
    history_import.import_recent()
    asked = len(skinsback.requests)
    assert "refuses our requests" in history_import.import_recent().problem
    assert len(skinsback.requests) == asked
