"""The operations page: rates over time that equal the rows, and links that lead to exactly what was counted."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update

from dashboard.alerts import store as alert_store
from dashboard.alerts.engine import evaluate_alerts
from dashboard.alerts.models import AlertRule
from dashboard.db.database import writing
from dashboard.db.extensions import db
from dashboard.purchases import store
from dashboard.purchases.models import Purchase, PurchaseAnswer, PurchaseVersion
from dashboard.purchases.store import Source
from dashboard.totals.models import OutcomeTotal
from tests.conftest import PASSWORD, signed_in
from tests.ops.test_top import run_jobs
from tests.purchases.samples import a_record, an_answer, store_purchase
from tests.reader import Page, Reader

NOW = datetime(2026, 11, 25, 9, 40, 12, tzinfo=UTC)
STATUSES = [
    "accepted", "timeout", "canceled", "trade_create_error", "rollback_user", "rollback_supplier", "waiting_accept",
    "in_review",
]  # fmt: skip
REASONS = [None, "skin_unavailable", "private_inventory", "brand_new"]
FAILED = {"canceled", "timeout", "invalid_trade_token", "user_not_tradable", "trade_create_error"}
REVERSED = {"rollback_user", "rollback_supplier"}


@pytest.fixture
def ops(app: Flask) -> Reader:
    return signed_in(app, "ops")


@pytest.fixture
def connected_ops(connected_app: Flask) -> Reader:
    return signed_in(connected_app, "ops")


@contextmanager
def at(moment: datetime, reader: Reader) -> Iterator[None]:
    """Live at a moment, signed in then: a cookie from another time is not accepted."""
    with time_machine.travel(moment, tick=False):
        reader.sign_in("ops@shop.example", PASSWORD)
        yield


def rate_of(page: Page, name: str) -> str | None:
    """The rate of the whole period, which stands outside the rows by period."""
    (mark,) = [mark for mark in page.all(f'[data-rate="{name}"]') if not mark.find_parent(attrs={"data-row": "period"})]
    value = mark.get("data-value")
    return None if value is None else str(value)


def count_of(page: Page) -> int:
    (mark,) = [mark for mark in page.all('[data-sum="count"]') if not mark.find_parent(attrs={"data-row": "period"})]
    return int(str(mark["data-value"]))


def listed(reader: Reader, url: str) -> int:
    return int(str(reader.get(url).one('[data-sum="count"]')["data-value"]))


NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
Bought = tuple[datetime, str]


def recomputed(rows: Sequence[Bought], since: datetime, until: datetime) -> tuple[int, Decimal | None, Decimal | None]:
    statuses = [status for moment, status in rows if since <= moment < until]
    delivered = sum(status == "accepted" for status in statuses)
    failed = sum(status in FAILED for status in statuses)
    reversed_ = sum(status in REVERSED for status in statuses)
    decided, deliveries = delivered + failed + reversed_, delivered + reversed_
    return (
        len(statuses),
        Decimal(failed) / decided if decided else None,
        Decimal(reversed_) / deliveries if deliveries else None,
    )


def store_all(rows: Sequence[Bought], seed: int = 1) -> None:
    dice = Random(seed)
    records = [
        a_record(buy_id=number + 1, date=moment, offer_status=status, error_reason=dice.choice(REASONS))
        for number, (moment, status) in enumerate(rows)
    ]
    store.record_answer(an_answer(*records, asked_at=NOW), Source.HISTORY)


def empty_purchases() -> None:
    db.session.rollback()
    for model in (PurchaseVersion, PurchaseAnswer, Purchase, OutcomeTotal):
        db.session.execute(delete(model))
    db.session.commit()


def assert_rates(page: Page, expected: tuple[int, Decimal | None, Decimal | None]) -> None:
    number, failure, reversal = expected
    assert count_of(page) == number
    for name, rate in (("failure", failure), ("reversal", reversal)):
        shown = rate_of(page, name)
        assert (None if shown is None else Decimal(shown)) == rate


def local_midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)


bought = st.tuples(st.integers(0, 50 * 86_400), st.sampled_from(STATUSES))
zones = st.sampled_from(["UTC", "Europe/Berlin", "Asia/Kolkata", "Asia/Kathmandu", "America/New_York"])


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    purchases=st.lists(bought, max_size=60),
    window=st.sampled_from([("1h", 1), ("24h", 24), ("7d", 168), ("30d", 720)]),
    zone=zones,
    shift=st.integers(0, 400 * 86_400),
)
def test_rates_of_a_window_equal_what_the_rows_say(
    ops: Reader, purchases: list[tuple[int, str]], window: tuple[str, int], zone: str, shift: int
) -> None:
    now = NOW - timedelta(seconds=shift)
    empty_purchases()
    # Half of them lie close to now, so that short windows are not always empty.
    rows = [(now - timedelta(seconds=ago // (40 if i % 2 else 1)), status) for i, (ago, status) in enumerate(purchases)]
    store_all(rows)
    with at(now, ops):
        page = ops.get("/ops", window=window[0], tz=zone)
    end = now + timedelta(seconds=1)
    assert_rates(page, recomputed(rows, end - timedelta(hours=window[1]), end))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(purchases=st.lists(bought, max_size=60), first=st.integers(0, 50), days=st.integers(1, 40), zone=zones)
def test_rates_between_two_dates_equal_what_the_rows_say_bar_by_bar(
    ops: Reader, purchases: list[tuple[int, str]], first: int, days: int, zone: str
) -> None:
    empty_purchases()
    rows = [(NOW - timedelta(seconds=ago), status) for ago, status in purchases]
    store_all(rows)
    from_date = NOW.date() - timedelta(days=first)
    to_date = from_date + timedelta(days=days - 1)
    with at(NOW, ops):
        page = ops.get("/ops", **{"from": from_date, "to": to_date, "tz": zone})
    since, until = (local_midnight(day, ZoneInfo(zone)) for day in (from_date, to_date + timedelta(days=1)))
    assert_rates(page, recomputed(rows, since, until))
    in_bars = [int(str(mark["data-value"])) for mark in page.all('[data-row="period"] [data-sum="count"]')]
    assert sum(in_bars) == recomputed(rows, since, until)[0]
    if 7 < days <= 31:
        each_day = [from_date + timedelta(days=number) for number in range(days)]
        midnights = [local_midnight(day, ZoneInfo(zone)) for day in [*each_day, to_date + timedelta(days=1)]]
        assert in_bars == [recomputed(rows, *pair)[0] for pair in pairwise(midnights)]


def test_without_purchases_there_is_no_data_and_never_nought_percent(ops: Reader) -> None:
    page = ops.get("/ops")
    assert (rate_of(page, "failure"), rate_of(page, "reversal"), count_of(page)) == (None, None, 0)
    assert "0.0%" not in page.text
    assert page.one("[data-verdict]")["data-verdict"] == "unknown"


@pytest.fixture
def mixed(ops: Reader) -> Reader:
    dice = Random(5)
    now = datetime.now(UTC).replace(microsecond=0)
    store_all([(now - timedelta(seconds=dice.randrange(14 * 86_400)), dice.choice(STATUSES)) for _ in range(300)])
    return ops


def test_every_bar_leads_to_the_failures_that_it_shows(mixed: Reader) -> None:
    page = mixed.get("/ops?window=7d")
    bars = page.all("svg a.bar")
    assert len(bars) == 2 * len(page.all('[data-row="period"]'))
    for bar in bars:
        said = bar.find("title").get_text()  # type: ignore[union-attr] # Every bar has a title.
        number = int(said.rpartition("(")[0] and said.split("(")[1].split(" of ")[0])
        assert listed(mixed, str(bar["href"])) == number, said


def test_a_bar_says_its_rate_its_count_and_the_week_before(ops: Reader) -> None:
    now = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
    week_ago = now - timedelta(days=7, minutes=5)
    rows = [(now - timedelta(minutes=5), status) for status in ["timeout"] + ["accepted"] * 7]
    store_all(rows + [(week_ago, status) for status in ["canceled"] + ["accepted"] * 3])
    with at(now, ops):
        run_jobs("refresh", "alerts")
        page = ops.get("/ops?window=24h")
    last = page.all("svg a.bar title")[24].get_text()
    assert last == "Wed 25 Nov, 09:00–09:30: failed 12.5% (1 of 8, few purchases), a week earlier 25.0% of 4"


def test_a_table_says_whose_fault_it_was(ops: Reader) -> None:
    now = datetime.now(UTC)
    cases = [("trade_create_error", None), ("trade_create_error", "private_inventory"), ("rollback_supplier", None)]
    for number, (status, reason) in enumerate(cases):
        store_purchase(buy_id=number + 1, date=now, asked_at=now, offer_status=status, error_reason=reason)
    page = ops.get("/ops?window=1h")
    by_fault = {str(row["data-fault"]): row.find("a")["data-count"] for row in page.all('[data-row="fault"]')}  # type: ignore[index,union-attr] # Every row has a link.
    assert by_fault == {"customer": "1", "supplier": "2", "mixed": "0", "unknown": "0"}


def test_an_outage_is_said_first_with_its_beginning_cause_and_fault(connected_ops: Reader) -> None:
    now = datetime(2026, 11, 25, 14, 50, tzinfo=UTC)
    usual = [(now - timedelta(days=7, minutes=minute), "accepted") for minute in range(60)]
    today = [(now - timedelta(minutes=minute), "accepted") for minute in range(31, 60)]
    outage = [(now - timedelta(minutes=minute, seconds=5), "trade_create_error") for minute in range(31)]
    records = [
        a_record(buy_id=number + 1, date=moment, offer_status=status)
        for number, (moment, status) in enumerate([*usual, *today, *outage])
    ]
    store.record_answer(an_answer(*records, asked_at=now), Source.HISTORY)
    alert_store.add_first_rules((), now, None)
    for seconds in (150, 120):
        evaluate_alerts(now - timedelta(seconds=seconds))
    with at(now, connected_ops):
        run_jobs("refresh", "alerts")
        page = connected_ops.get("/ops")
    said = page.text_of("[data-verdict] .headline")
    assert said == (
        "Failing since 14:48: 100.0% of the decided purchases of the last 15 minutes failed at SkinsBack "
        "(15 of 15; normal is 0.0%). Most often: Offer not made, no reason given (15) – "
        "trade_create_error, the supplier's fault."
    )
    leads = {link.get_text(): str(link["href"]) for link in page.all("[data-verdict] .sub a")}
    with at(now, connected_ops):
        assert listed(connected_ops, leads["What “SkinsBack cannot make trades” found"]) == 15
        assert connected_ops.get(leads["Alert “SkinsBack cannot make trades”"]).status == 200
    assert page.one("[data-verdict]")["data-verdict"] == "failing"


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (
            "too_many_failed_attempts",
            "“Offer not made, Too many failed attempts” (trade_create_error, too_many_failed_attempts), "
            "partly the customer's fault.",
        ),
        ("brand new\u202e", "“Offer not made, brand new” (trade_create_error), fault unknown."),
    ],
)
def test_the_cause_is_named_as_the_tables_name_it_with_the_values_of_the_api(
    ops: Reader, reason: str, words: str
) -> None:
    for number in range(20):
        failed = {"offer_status": "trade_create_error", "error_reason": reason} if number < 10 else {}
        store_purchase(buy_id=number + 1, date=NOON - timedelta(minutes=number), asked_at=NOON, **failed)
    with at(NOON, ops):
        run_jobs("refresh")
        assert ops.get("/ops").text_of("[data-verdict] .headline").endswith(f"; mostly {words}")


def said_of(reader: Reader, now: datetime, outcomes: Sequence[Bought]) -> str:
    """What the page says at noon of so many purchases, beside four weeks in which a tenth of twenty an hour failed."""
    usual = [
        (now - timedelta(days=7 * week, minutes=number), "timeout" if number % 10 == 0 else "accepted")
        for week in range(1, 5)
        for number in range(20)
    ]
    store_all([*usual, *outcomes])
    with at(now, reader):
        run_jobs("refresh")
        return reader.get("/ops").text_of("[data-verdict] .headline")


def minutes_ago(*minutes: int, status: str = "accepted") -> list[Bought]:
    return [(NOON - timedelta(minutes=minute), status) for minute in minutes]


def test_a_usual_hour_is_said_to_be_usual(ops: Reader) -> None:
    outcomes = minutes_ago(*range(1, 40)) + minutes_ago(2, 12, status="timeout")
    assert said_of(ops, NOON, outcomes) == (
        "Deliveries work as usual: 4.9% failed of 41 in the last hour, normal is 10.0%."
    )


def test_an_outage_that_has_ended_is_said_to_be_over(ops: Reader) -> None:
    store_all(minutes_ago(*range(16, 40), status="trade_create_error"))
    alert_store.add_first_rules((), NOON, None)
    with writing() as connection:
        connection.execute(update(AlertRule).where(AlertRule.kind == "raised_failures").values(is_enabled=False))
    for minutes in (16, 15, 1, 0):
        evaluate_alerts(NOON - timedelta(minutes=minutes))
    with at(NOON, ops):
        run_jobs("refresh")
        page = ops.get("/ops")
    assert page.text_of("[data-verdict] .headline").startswith("“SkinsBack cannot make trades” is over: ")
    assert "Alert “SkinsBack cannot make trades”" in page.text_of("[data-verdict]")


@pytest.mark.parametrize(("failed", "state"), [(0, "ok"), (40, "degraded")])
def test_programs_read_how_deliveries_do_and_that_it_is_unknown_while_the_copy_is_not_current(
    connected_ops: Reader, failed: int, state: str
) -> None:
    store_all(minutes_ago(*range(16, 56)) + minutes_ago(*range(16, 16 + failed), status="timeout"))
    alert_store.add_first_rules((), NOON, None)
    with writing() as connection:
        by_rate = AlertRule.kind == "failure_rate"
        connection.execute(update(AlertRule).where(by_rate).values(is_enabled=False))
    for minutes in (11, 0):
        evaluate_alerts(NOON - timedelta(minutes=minutes))
    with at(NOON, connected_ops):
        assert connected_ops.get("/ops").one("[data-verdict]")["data-verdict"] == "unknown"
        run_jobs("refresh", "alerts")
        assert connected_ops.get("/ops").one("[data-verdict]")["data-verdict"] == state
    with at(NOON + timedelta(minutes=2), connected_ops):
        page = connected_ops.get("/ops")
        assert page.one("[data-verdict]")["data-verdict"] == "unknown"
        assert page.text_of("[data-verdict] .headline") == "Cannot tell: no data since 12:00."
        assert len(page.all("[data-banner]")) == 1


def test_a_small_shop_gets_a_verdict_on_a_longer_time_and_told_when_that_is_too_short(ops: Reader) -> None:
    assert said_of(ops, NOON, minutes_ago(10, 400)) == "Too few for a verdict: 0 of 2 failed in the last 24 hours."


def test_what_no_rate_can_see_is_said(ops: Reader) -> None:
    assert "never gets a purchase ID" in ops.get("/ops").text


@pytest.mark.parametrize(
    "query", ["window=2h", "from=yesterday", "from=2026-11-02&to=2026-11-01", "from=1970-01-01&to=2199-12-31"]
)
def test_a_period_that_cannot_be_shown_is_explained_and_the_last_day_shown(ops: Reader, query: str) -> None:
    page = ops.get(f"/ops?{query}")
    assert page.status == 200
    assert page.all(".field-error")
    assert page.text_of(".segments [aria-current]") == "24 hours"


@pytest.mark.parametrize(("role", "status"), [("support", 403), ("finance", 403), ("ops", 200), ("admin", 200)])
def test_only_ops_and_administrators_see_it_and_its_link(app: Flask, role: str, status: int) -> None:
    reader = signed_in(app, role)
    assert reader.get("/ops").status == status
    assert bool(reader.get("/").all('nav a[href="/ops"]')) == (status == 200)


def test_the_panel_is_the_very_part_of_the_page(mixed: Reader) -> None:
    panel = mixed.fragment("/ops/rates?window=7d&poll=1")
    assert not panel.all("h1")
    assert count_of(panel) == count_of(mixed.get("/ops?window=7d"))
    assert mixed.get("/ops/rates?window=7d").one("h1")
