"""What the operations pages say of little data, of time that the copy does not hold, and while nothing is known."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import insert

from dashboard.alerts import store as alert_store
from dashboard.alerts.models import Alert
from dashboard.db.database import writing
from dashboard.skinsback.client import CallReport
from dashboard.skinsback.errors import SkinsBackError, error_for_code
from dashboard.sync import state_store as skinsback_state
from dashboard.sync.models import HistoryImport
from tests.conftest import signed_in
from tests.ops.test_top import run_jobs
from tests.ops.test_views import store_all
from tests.reader import Page, Reader

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def ops(connected_app: Flask) -> Iterator[Reader]:
    with time_machine.travel(NOON, tick=False):
        yield signed_in(connected_app, "ops")


def answer(moment: datetime, error: SkinsBackError | None = None) -> None:
    skinsback_state.record_call(CallReport("market_getinfo", moment, 0.1, 1, error), for_people=False)


def all_is_well() -> None:
    run_jobs("refresh", "import", "alerts")
    answer(datetime.now(UTC))


def silence_since(moment: datetime) -> None:
    """Let SkinsBack answer for the last time then, with jobs that still run."""
    with time_machine.travel(moment, tick=False):
        answer(moment)
        answer(moment, error_for_code(-9, "under_maintenance"))
    run_jobs("alerts")


def tiles(page: Page) -> list[str]:
    return [tile.get_text(" ", strip=True) for tile in page.all(".headline-figures > div")]


def row_of(page: Page, start: str) -> str:
    return page.text_of(f'[data-row="period"][data-period="{start}"]')


def bought(hours: float, status: str = "accepted", times: int = 1) -> list[tuple[datetime, str]]:
    return [(NOON - timedelta(hours=hours) + timedelta(seconds=number), status) for number in range(times)]


def test_few_purchases_are_two_numbers_and_no_rate(ops: Reader) -> None:
    all_is_well()
    store_all(bought(0.5, "timeout") + bought(0.4))
    page = ops.get("/ops")
    assert tiles(page)[0].startswith("Failure rate 1 of 2 of decided purchases : few purchases")
    assert page.one('.headline-figures [data-rate="failure"]')["data-value"] == "0.5"
    assert "few purchases" in row_of(page, "2026-11-25T11:00:00Z")


def test_a_bar_of_few_purchases_is_faint_and_says_so(ops: Reader) -> None:
    all_is_well()
    store_all(bought(0.5, "timeout", 5) + bought(0.4, times=5) + bought(1.5, "timeout", 4) + bought(1.4, times=5))
    page = ops.get("/ops")
    bars = {
        bar.find("title").get_text(): "faint" in (bar.get("class") or ()) for bar in page.all("#chart-failure .bar")
    }  # type: ignore[union-attr] # Every bar has a title.
    assert bars["Wed 25 Nov, 11:00–12:00: failed 50.0% (5 of 10), a week earlier no data"] is False
    assert bars["Wed 25 Nov, 10:00–11:00: failed 44.4% (4 of 9, few purchases), a week earlier no data"] is True
    assert "few purchases: fewer than 10" in page.all(".rate-legend")[0].get_text()


def test_the_week_before_gets_a_line_only_where_it_says_something(ops: Reader) -> None:
    all_is_well()
    store_all(bought(0.5, times=10) + bought(168.5, "timeout", 9) + bought(169.5, "timeout", 10))
    assert len(ops.get("/ops").all("#chart-failure line.before")) == 1


def test_without_purchases_there_is_a_sentence_and_no_empty_chart(ops: Reader) -> None:
    all_is_well()
    page = ops.get("/ops")
    assert "No decided purchases yet since" in page.text
    assert page.all(".rate-chart") == []


def an_alert(opened_at: datetime, closed_at: datetime | None = None) -> None:
    alert_store.add_first_rules((), NOON, None)
    with writing() as connection:
        values = {
            "rule_id": 1, "subject": "", "kind": "failure", "severity": "critical", "sentence": "Many failed.",
            "figures": "[]", "buy_ids": "[]", "link": "/purchases", "opened_at": opened_at, "seen_at": opened_at,
            "closed_at": closed_at, "open_key": None if closed_at else "1",
        }  # fmt: skip
        connection.execute(insert(Alert).values(**values))


def test_alerts_are_marked_on_the_charts_and_told_in_the_table(ops: Reader) -> None:
    all_is_well()
    store_all(bought(5))
    an_alert(NOON - 50 * MINUTE)
    page = ops.get("/ops")
    (row,) = page.all('[data-row="alert-moment"]')
    assert "25 Nov 2026, 11:10:00 UTC" in row.get_text(" ", strip=True)
    assert "50 minutes so far" in row.get_text(" ", strip=True)
    for chart in ("failure", "reversal"):
        mark = page.one(f"#chart-{chart} a.alerted")
        assert mark["href"] == row.find("a")["href"]  # type: ignore[index] # Every row has a link.
        assert "opened 25 Nov 2026, 11:10:00 UTC, open for 50 minutes" in mark.get_text()


def test_an_alert_that_closed_before_the_window_is_not_marked(ops: Reader) -> None:
    all_is_well()
    store_all(bought(0.5))
    an_alert(NOON - 5 * HOUR, NOON - 2 * HOUR)
    assert ops.get("/ops?window=24h").all("a.alerted") != []
    assert ops.get("/ops?window=1h").all("a.alerted") == []


def hold_since(moment: datetime) -> None:
    with writing() as connection:
        connection.execute(
            HistoryImport.__table__.insert().values(
                since=moment, until=NOON, started_at=NOON, updated_at=NOON, completed_at=NOON
            )
        )


def test_time_that_the_copy_does_not_hold_is_marked_and_never_nought(ops: Reader) -> None:
    all_is_well()
    hold_since(NOON - 2 * HOUR)
    store_all(bought(1.5, times=3) + bought(0.5, times=10))
    page = ops.get("/ops")
    assert len(page.all('[data-row="period"][data-state="not-held"]')) == 22
    assert row_of(page, "2026-11-25T09:00:00Z") == "Wed 25 Nov, 09:00–10:00 not held"
    assert "10:00–11:00" in row_of(page, "2026-11-25T10:00:00Z")
    assert page.all('[data-row="period"][data-state="not-held"] [data-value]') == []
    assert "a week earlier not held" in tiles(page)[0]
    assert "holds no purchases from before 25 Nov 2026, 10:00:00" in page.text


def test_while_skinsback_is_silent_figures_say_since_when_nothing_is_known(ops: Reader) -> None:
    store_all(bought(1.5, times=11) + bought(1.4, "timeout", 9))
    silence_since(NOON - 36 * MINUTE)
    page = ops.get("/ops")
    assert tiles(page)[0].startswith("Failure rate not known since 11:24 until then 45.0%")
    assert tiles(page)[2].startswith("Purchases not known since 11:24 until then 20")
    assert page.one('.headline-figures [data-rate="failure"]')["data-value"] == "0.45"
    assert page.all('.headline-figures[data-state="not-known"]')


def test_bars_since_then_are_marked_and_never_nought(ops: Reader) -> None:
    store_all(bought(1.5, times=20))
    silence_since(NOON - 36 * MINUTE)
    page = ops.get("/ops")
    assert [row["data-period"] for row in page.all('[data-row="period"][data-state="not-known"]')] == [
        "2026-11-25T11:00:00Z", "2026-11-25T12:00:00Z",
    ]  # fmt: skip
    assert "not known since 11:24" in row_of(page, "2026-11-25T11:00:00Z")
    counts = [text.get_text() for text in page.all("#chart-failure .counted text")]
    assert counts[-3:] == ["20", "?", "?"]
    assert "not known since 11:24" in page.all(".rate-legend")[0].get_text()


def test_a_window_that_ended_before_is_known(ops: Reader) -> None:
    store_all(bought(30, times=20))
    silence_since(NOON - 36 * MINUTE)
    page = ops.get("/ops", **{"from": "2026-11-24", "to": "2026-11-24"})
    assert tiles(page)[0].startswith("Failure rate 0.0%")
    assert page.all('[data-state="not-known"]') == []


def test_lists_say_that_what_they_count_may_have_changed(ops: Reader) -> None:
    silence_since(NOON - 36 * MINUTE)
    work = ops.fragment("/ops/work")
    assert [mark.get_text() for mark in work.all("[data-work]")] == ["not known since 11:24"] * 6
    assert "last known: 0" in work.all(".works li")[0].get_text()


def test_where_nothing_was_ever_known_the_figures_say_so(ops: Reader) -> None:
    store_all(bought(0.5, times=20))
    page = ops.get("/ops")
    assert tiles(page)[0].startswith("Failure rate not known yet what is stored: 0.0%")
