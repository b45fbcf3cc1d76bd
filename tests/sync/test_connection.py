"""Every request of every process goes through the shared budget, and what came of it is noted once for all."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from dashboard.db.database import writing
from dashboard.db.extensions import db
from dashboard.observability import readiness_queries as readiness
from dashboard.simulator import Simulator
from dashboard.skinsback.client import CallReport
from dashboard.skinsback.errors import SkinsBackError, error_for_code
from dashboard.skinsback.no_answer import HttpAnswer, error_for
from dashboard.sync import freshness_queries as freshness
from dashboard.sync import health_queries as health
from dashboard.sync import state_store as skinsback_state
from dashboard.sync.cause_queries import find_causes
from dashboard.sync.causes import Cause, CauseKind
from dashboard.sync.connection import client_for_jobs, client_for_people
from dashboard.sync.frame import notices
from dashboard.sync.limits import backoff
from dashboard.sync.models import RequestMinute, RequestSlot, SkinsBackState
from tests.conftest import MakeApp
from tests.observability.test_readiness import lead_and_refresh

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def report(
    error: SkinsBackError | None = None, at: datetime = NOW, method: str = "market_getinfo", ids: int = 1
) -> None:
    skinsback_state.record_call(CallReport(method, at, 0.1, ids, error))


def state() -> Any:
    db.session.rollback()
    return freshness.find_state()


def test_people_and_jobs_take_their_requests_from_one_budget(connected_app: Flask) -> None:
    client_for_people().get_purchase(9)
    client_for_jobs().get_purchases([9])
    db.session.rollback()
    assert db.session.execute(select(func.count()).select_from(RequestSlot)).scalar_one() == 2


def test_a_success_ends_a_silence(app: Flask) -> None:
    report(error_for_code(-9, ""))
    assert state().failures_in_a_row == 1
    report()
    assert (state().failing_since, state().is_stopped, state().last_success_at) == (None, False, NOW)


def test_a_balance_that_is_answered_ends_no_silence_about_purchases(app: Flask) -> None:
    report(error_for_code(-6, ""))
    report(method="balance")
    assert state().failing_since is not None
    report(method="market_history")
    assert state().failing_since is None


def test_an_array_that_skinsback_does_not_take_keeps_nobody_waiting(app: Flask) -> None:
    report(error_for_code(1, ""), ids=100)
    assert (freshness.is_failing(), freshness.reason_to_wait()) == (False, "")


def test_a_lost_answer_does_not_end_a_refusal(app: Flask) -> None:
    report(error_for_code(-10, ""))
    report(error_for_code(-9, ""))
    assert (state().is_stopped, state().failure_code) == (True, -10)


def test_a_lost_probe_ends_a_refusal_and_is_told_for_what_it_is(app: Flask) -> None:
    report(error_for_code(-10, ""), at=datetime.now(UTC))
    report(error_for_code(-9, ""), at=datetime.now(UTC) + timedelta(seconds=20))
    assert (state().is_stopped, state().failure_name) == (False, "under_maintenance")


def test_a_lost_answer_to_a_person_does_not_end_a_refusal(app: Flask) -> None:
    report(error_for_code(-10, ""))
    late = CallReport("market_getinfo", datetime.now(UTC) + timedelta(seconds=20), 0.1, 1, error_for_code(-9, ""))
    skinsback_state.record_call(late, for_people=True)
    assert (state().is_stopped, state().failure_code) == (True, -10)


def test_the_first_probe_after_a_refusal_comes_soon_and_then_one_every_five_minutes(app: Flask) -> None:
    report(error_for_code(-10, ""))
    now = datetime.now(UTC)
    assert not skinsback_state.claim_probe(now)
    assert skinsback_state.claim_probe(now + timedelta(seconds=16))
    assert not skinsback_state.claim_probe(now + timedelta(seconds=16)), "Nobody else asks at the same time."
    report(error_for_code(-10, ""))
    assert not skinsback_state.claim_probe(now + timedelta(minutes=5))
    assert skinsback_state.claim_probe(now + timedelta(minutes=5, seconds=17))


def test_a_probe_of_before_the_clock_was_set_back_keeps_nobody_waiting(app: Flask) -> None:
    report(error_for_code(-10, ""))
    assert skinsback_state.claim_probe(datetime.now(UTC) - timedelta(hours=3))


def test_nothing_is_probed_while_skinsback_does_not_refuse(app: Flask) -> None:
    report(error_for_code(-9, ""))
    assert not skinsback_state.claim_probe(datetime.now(UTC) + timedelta(hours=1))


def test_a_wait_of_before_the_clock_was_set_back_keeps_nobody_waiting(app: Flask) -> None:
    report(error_for_code(-9, ""))
    assert freshness.reason_to_wait()
    with writing() as connection:
        connection.execute(update(SkinsBackState).values(retry_at=datetime.now(UTC) + timedelta(hours=1)))
    assert freshness.reason_to_wait() == ""


@pytest.mark.parametrize("code", [-2, -3, -4, -8, -10])
def test_a_refusal_that_only_an_administrator_can_end_stops_the_jobs(app: Flask, code: int) -> None:
    report(error_for_code(code, ""))
    assert state().is_stopped is True
    assert "refuses our requests" in freshness.reason_to_wait()


@pytest.mark.parametrize("code", [-6, -7, -9])
def test_what_passes_by_itself_only_makes_the_jobs_wait(app: Flask, code: int) -> None:
    report(error_for_code(code, ""))
    assert state().is_stopped is False
    assert state().retry_at is not None


def test_the_notice_names_its_cause_once_and_offers_to_try_again_to_those_who_may() -> None:
    causes = [
        Cause(CauseKind.REFUSED, "invalid_shopid", NOW, "SkinsBack refuses our requests.", "Change the Client ID."),
        Cause(CauseKind.JOBS, "rules_late", NOW, "The alert rules are late."),
    ]
    (of_ops,) = notices(causes, is_connected=True, may_resume=True)
    assert (of_ops.cause, of_ops.can_resume, of_ops.tone) == ("invalid_shopid", True, "bad")
    assert "Change the Client ID." in of_ops.text
    (of_support,) = notices(causes, is_connected=True, may_resume=False)
    assert (of_support.cause, of_support.can_resume) == ("invalid_shopid", False)
    assert of_support.text.endswith("Tell ops.")


def test_what_is_wrong_with_the_jobs_is_mended_by_no_question_to_skinsback() -> None:
    (notice,) = notices([Cause(CauseKind.JOBS, "no_scheduler", NOW, "No.")], is_connected=True, may_resume=True)
    assert not notice.can_resume


def test_not_found_is_an_answer(app: Flask) -> None:
    report(error_for_code(2, ""))
    assert state().failing_since is None


def test_the_wait_is_short_at_first_and_then_doubles_up_to_a_minute() -> None:
    waits = [backoff(failures) // timedelta(seconds=1) for failures in (1, 8, 9, 10, 11, 50)]
    assert waits == [5, 5, 10, 20, 40, 60]


def test_a_restart_of_the_jobs_asks_again_after_a_refusal(app: Flask) -> None:
    report(error_for_code(-8, ""))
    skinsback_state.probe_soon()
    assert state().is_stopped is True
    assert skinsback_state.claim_probe(datetime.now(UTC))


def test_no_request_is_sent_past_the_limit(make_app: MakeApp, skinsback: Simulator) -> None:
    app = make_app(
        SKINSBACK_API_URL=skinsback.api_url,
        SKINSBACK_CLIENT_ID=skinsback.client_id,
        SKINSBACK_CLIENT_SECRET=skinsback.client_secret,
        SKINSBACK_REQUESTS_PER_MINUTE="2",
    )
    with app.app_context():
        before = len(skinsback.requests)
        client = client_for_people()
        client.get_purchase(9)
        client.get_purchase(9)
        with pytest.raises(SkinsBackError, match="budget_exhausted"):
            client.get_purchase(9)
        assert len(skinsback.requests) == before + 2


# ---- what is no answer of SkinsBack's


def no_answer(status: int, **headers: str) -> SkinsBackError:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = HttpAnswer("https://skinsback.example/api.php", status, named, b"", datetime.now(UTC))
    return error_for(answer, ())


def outcomes() -> dict[str, int | None]:
    rows = db.session.execute(select(RequestMinute.outcome, RequestMinute.code))
    return {row.outcome: row.code for row in rows}


@pytest.mark.parametrize("status", [200, 204, 302, 400, 401, 403, 404, 405, 407, 413, 429, 500, 502, 503, 511])
def test_nothing_that_stands_in_between_stops_the_asking_for_good(app: Flask, status: int) -> None:
    for _ in range(50):
        report(no_answer(status, Retry_After="99999999"))
    assert state().is_stopped is False
    assert timedelta(0) < state().retry_at - datetime.now(UTC) <= timedelta(minutes=10)


@pytest.mark.parametrize(
    ("status", "outcome"), [(429, "rate_limited"), (200, "not_json"), (403, "other"), (302, "other"), (413, "other")]
)
def test_what_is_no_answer_is_counted_by_its_kind(app: Flask, status: int, outcome: str) -> None:
    report(no_answer(status))
    assert outcomes() == {outcome: None}


@pytest.mark.parametrize("code", [-7, -9, 99])
def test_an_error_of_the_api_is_counted_by_its_own_name(app: Flask, code: int) -> None:
    report(error_for_code(code, "new_error"))
    assert outcomes() == {error_for_code(code, "new_error").name: code}


@pytest.mark.parametrize("code", [98, 3_000_000_000, -3_000_000_000])
@pytest.mark.parametrize("message", ["m", "The project may not buy: " + "x" * 500])
def test_an_error_of_any_code_and_length_is_noted(app: Flask, code: int, message: str) -> None:
    error = error_for_code(code, message)
    report(error)
    assert outcomes() == {message[:64]: code if code == 98 else None}
    assert (state().failure_name, state().failure_sentence) == (message[:64], error.sentence)
    assert state().retry_at is not None


def test_jobs_wait_as_long_as_a_server_asks_them_to_and_people_may_ask(connected_app: Flask) -> None:
    report(no_answer(503, Retry_After="300"))
    assert "asked to be left alone" in freshness.reason_to_wait()
    assert state().retry_at - datetime.now(UTC) > timedelta(minutes=4)
    assert client_for_people().get_purchase(9).records


def test_a_long_wait_of_before_the_clock_was_set_back_keeps_nobody_waiting(app: Flask) -> None:
    report(no_answer(503, Retry_After="600"))
    with writing() as connection:
        ahead = datetime.now(UTC) + timedelta(minutes=3)
        connection.execute(update(SkinsBackState).values(last_failure_at=ahead))
    assert freshness.reason_to_wait() == ""


def test_a_pause_for_everybody_is_told_to_jobs_with_its_end_and_to_the_page_of_the_health(app: Flask) -> None:
    client_for_jobs().budget.pause(1800)  # type: ignore[union-attr] # The clients of an application have one.
    end = freshness.find_pause_end(db.session.connection())
    assert end is not None
    assert timedelta(minutes=29) < end - datetime.now(UTC) <= timedelta(minutes=30)
    assert freshness.reason_to_wait() == f"SkinsBack limits our requests, so none is sent until {end:%H:%M:%S} UTC"
    assert health.find_budget(450).paused_until is not None


@pytest.mark.parametrize("status", [302, 403, 404, 429, 502, 511])
def test_what_is_wrong_is_said_on_every_page_and_by_readyz(connected_app: Flask, status: int) -> None:
    error = no_answer(status)
    report(error)
    with writing() as connection:
        connection.execute(update(SkinsBackState).values(failing_since=datetime.now(UTC) - timedelta(minutes=5)))
    lead_and_refresh()
    (notice,) = notices(find_causes(datetime.now(UTC)), is_connected=True, may_resume=True)
    assert error.sentence in notice.text
    assert any(error.sentence in problem for problem in readiness.find_problems())
