"""When the pages are not current, and why: one judgement for the banner, ``/readyz``, the verdict and the alerts."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.sync.causes import HELD, Answers, CauseKind, LastRuns, Situation, causes_of
from dashboard.sync.limits import QUICK_TRIES, backoff

NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)


def ago(**length: float) -> datetime:
    return NOW - timedelta(**length)


DONE = LastRuns("done", "3 asked", ago(seconds=1), ago(seconds=1), ago(seconds=1))
RUNS = {"refresh": DONE, "import": DONE, "alerts": DONE}
ANSWERING = Answers(last_at=ago(seconds=2))
WELL = Situation(
    NOW, is_connected=True, is_led=True, led_since=ago(hours=2), runs=RUNS, answers=ANSWERING,
    reach_until=ago(seconds=10),
)  # fmt: skip


def with_run(job: str, **changes: Any) -> Mapping[str, LastRuns]:
    return RUNS | {job: replace(DONE, **changes)}


def failing(since: datetime, name: str = "timeout", **changes: Any) -> Answers:
    return Answers(since - timedelta(seconds=3), since, ago(seconds=1), name=name, sentence="So it is.", **changes)


def names(situation: Situation) -> list[str]:
    return [cause.name for cause in causes_of(situation)]


def test_nothing_is_said_while_all_is_well() -> None:
    assert causes_of(WELL) == []


@pytest.mark.parametrize(
    ("answers", "kind", "name"),
    [
        (failing(ago(minutes=1)), CauseKind.CONNECTION, "timeout"),
        (failing(ago(minutes=1), "market_disabled"), CauseKind.CONNECTION, "market_disabled"),
        (failing(ago(minutes=1), "invalid_client_secret", is_refused=True), CauseKind.REFUSED, "invalid_client_secret"),
        (failing(ago(minutes=1), "request_limit_reached"), CauseKind.LIMIT, "request_limit_reached"),
        (failing(ago(minutes=1), "rate_limited"), CauseKind.LIMIT, "rate_limited"),
    ],
)
def test_a_silence_is_told_as_what_it_is_since_the_last_answer(answers: Answers, kind: CauseKind, name: str) -> None:
    (cause,) = causes_of(replace(WELL, answers=answers))
    assert (cause.kind, cause.name, cause.since) == (kind, name, answers.last_at)
    assert "So it is." in cause.sentence


def test_a_silence_is_told_when_it_has_held() -> None:
    assert names(replace(WELL, answers=failing(NOW - HELD + timedelta(seconds=1)))) == []
    assert names(replace(WELL, answers=failing(NOW - HELD))) == ["timeout"]


def test_the_first_tries_come_often_enough_to_see_the_end_of_what_lasts_under_half_a_minute() -> None:
    tries, moment = [timedelta(0)], timedelta(0)
    for failures in range(1, QUICK_TRIES + 1):
        moment += backoff(failures)
        tries.append(moment)
    first_answered = next(one for one in tries if one >= timedelta(seconds=29))
    assert first_answered < HELD
    assert moment >= HELD


def test_what_follows_from_a_silence_is_not_told_beside_it() -> None:
    runs = {
        job: LastRuns("unanswered", "no", ago(seconds=1), ago(minutes=9), ago(minutes=9))
        for job in ("refresh", "import")
    }
    situation = replace(WELL, answers=failing(ago(minutes=9)), runs=runs | {"alerts": DONE}, reach_until=ago(minutes=9))
    assert names(situation) == ["timeout"]


def test_a_job_that_breaks_by_itself_is_told_beside_a_silence() -> None:
    broken = with_run("refresh", outcome="failed", detail="KeyError", not_failed_at=ago(minutes=2))
    assert names(replace(WELL, answers=failing(ago(minutes=9)), runs=broken)) == ["timeout", "refresh_failed"]


@pytest.mark.parametrize("job", ["refresh", "import"])
def test_one_failed_run_among_good_ones_is_not_told_and_a_row_of_them_is(job: str) -> None:
    once = with_run(job, outcome="failed", detail="KeyError", not_failed_at=ago(seconds=15))
    assert names(replace(WELL, runs=once)) == []
    again = with_run(job, outcome="failed", detail="KeyError", done_at=ago(minutes=3), not_failed_at=ago(seconds=45))
    (cause,) = causes_of(replace(WELL, runs=again))
    assert (cause.kind, cause.name, cause.since) == (CauseKind.JOBS, f"{job}_failed", ago(minutes=3))
    assert "KeyError" in cause.sentence


@pytest.mark.parametrize("job", ["refresh", "import"])
def test_a_job_that_gets_no_answer_while_others_do_is_told_after_two_minutes(job: str) -> None:
    def unanswered(done_at: datetime) -> Situation:
        return replace(WELL, runs=with_run(job, outcome="unanswered", detail="No page.", done_at=done_at))

    assert names(unanswered(ago(seconds=119))) == []
    (cause,) = causes_of(unanswered(ago(seconds=121)))
    assert (cause.name, cause.since) == (f"{job}_unanswered", ago(seconds=121))
    assert cause.sentence.endswith(": No page.")


def test_a_refresh_without_a_sign_is_told() -> None:
    silent = with_run("refresh", sign_at=ago(seconds=91), done_at=ago(seconds=91))
    assert names(replace(WELL, runs=silent)) == ["refresh_silent"]


def test_a_sign_of_before_the_clock_was_set_back_is_none() -> None:
    assert names(replace(WELL, runs=with_run("refresh", sign_at=ago(hours=-1)))) == ["refresh_silent"]


def test_a_refresh_that_waits_long_for_skinsback_is_not_said_to_be_stuck() -> None:
    silent = with_run("refresh", outcome="running", sign_at=ago(seconds=120))
    assert names(replace(WELL, answers=failing(ago(seconds=100)), runs=silent)) == ["timeout"]


def test_a_process_that_has_just_taken_the_lead_gets_time() -> None:
    situation = replace(WELL, led_since=ago(seconds=30), runs={"alerts": replace(DONE, done_at=ago(hours=1))})
    assert names(situation) == []


def test_without_a_leader_only_that_is_told_and_not_for_a_restart() -> None:
    gone = replace(WELL, is_led=False, answers=failing(ago(minutes=9)), reach_until=ago(hours=1))
    assert names(replace(gone, led_until=ago(seconds=39))) == []
    assert names(replace(gone, led_until=ago(seconds=40))) == ["no_scheduler"]
    assert names(replace(gone, led_until=None)) == ["no_scheduler"]
    assert names(replace(gone, led_until=ago(seconds=-900))) == ["no_scheduler"]


def test_a_locked_database_is_told_as_the_reason_why_nobody_leads() -> None:
    assert names(replace(WELL, is_led=False, led_until=None, is_locked=True)) == ["database_locked"]


def test_an_import_that_is_late_is_told_while_skinsback_is_asked() -> None:
    assert names(replace(WELL, reach_until=ago(minutes=5))) == []
    assert names(replace(WELL, reach_until=ago(minutes=6))) == ["import_late"]
    assert names(replace(WELL, reach_until=ago(minutes=6), answers=Answers())) == []


def test_rules_that_are_not_applied_are_told_with_the_reason() -> None:
    late = with_run("alerts", outcome="failed", detail="1 of them failed", done_at=ago(seconds=121))
    (cause,) = causes_of(replace(WELL, runs=late))
    assert cause.name == "rules_late"
    assert "1 of them failed" in cause.sentence


def test_without_credentials_no_answer_is_missed() -> None:
    runs = {job: LastRuns("unanswered", "not connected", ago(seconds=1)) for job in ("refresh", "import")}
    situation = replace(
        WELL, is_connected=False, runs=runs | {"alerts": DONE}, answers=failing(ago(hours=1)), reach_until=ago(days=2)
    )
    assert names(situation) == []


moments = st.none() | st.integers(-200_000, 200_000).map(lambda seconds: NOW + timedelta(seconds=seconds))
outcomes = st.sampled_from(["done", "failed", "unanswered", "running", "stopped", ""])
some_runs = st.builds(LastRuns, outcomes, st.text(max_size=5), moments, moments, moments)
some_answers = st.builds(
    Answers, moments, moments, moments, st.booleans(), st.sampled_from(["timeout", "rate_limited", ""]), st.just("No.")
)
some_jobs = st.dictionaries(st.sampled_from(["refresh", "import", "alerts"]), some_runs)


situations = st.builds(
    Situation, st.just(NOW), st.booleans(), st.booleans(), moments, moments, st.booleans(), some_jobs, some_answers,
    moments,
)  # fmt: skip


@given(situations)
def test_whatever_the_facts_are_each_cause_is_told_once_and_those_of_skinsback_are_one(situation: Situation) -> None:
    causes = causes_of(situation)
    assert len({cause.name for cause in causes}) == len(causes)
    assert sum(cause.is_about_skinsback for cause in causes) <= 1
    assert all(cause.sentence.endswith(".") for cause in causes)
