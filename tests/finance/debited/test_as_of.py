"""Figures as of a past moment, and what has changed since."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from flask import Flask

from tests.conftest import signed_in
from tests.finance.debited.test_views import SETTLEMENTS, value_of, whole
from tests.purchases.samples import store_purchase
from tests.reader import Reader

OCTOBER = "from=2026-10-01&to=2026-10-31&tz=UTC"
BOUGHT = datetime(2026, 10, 30, 12, tzinfo=UTC)
MONTH_END = datetime(2026, 11, 1, 0, 5, tzinfo=UTC)
REVERSED = datetime(2026, 11, 6, 12, tzinfo=UTC)


@pytest.fixture
def finance(app: Flask) -> Reader:
    """Somebody of finance."""
    return signed_in(app, "finance")


def store_at(moment: datetime, **fields: object) -> None:
    with time_machine.travel(moment, tick=False):
        store_purchase(asked_at=moment, date=BOUGHT, **fields)


def store_october() -> None:
    """Two purchases on hold at the end of October; one is reversed six days later, the other becomes final."""
    for number in (1, 2):
        store_at(
            MONTH_END - timedelta(hours=1), buy_id=number, in_hold=True, in_hold_until=BOUGHT + timedelta(days=8),
            balance_debited_sum=Decimal("10.125") * number,
        )  # fmt: skip
    store_at(REVERSED, buy_id=1, offer_status="rollback_user", balance_debited_sum=Decimal("10.125"))


def test_figures_as_of_a_moment_are_those_of_that_moment(finance: Reader) -> None:
    store_october()
    now = finance.get(f"/finance?{OCTOBER}")
    then = finance.get(f"/finance?{OCTOBER}&as_of=2026-11-01T00:05:00Z")
    assert (value_of(now, "reversible"), value_of(now, "reversed_by_user")) == (Decimal("20.25"), Decimal("10.125"))
    assert (value_of(then, "reversible"), value_of(then, "reversed_by_user")) == (Decimal("30.375"), 0)
    assert value_of(then, "debited") == sum(value_of(then, part) for part in SETTLEMENTS)
    assert then.one('[data-field="as_of"]')["datetime"] == "2026-11-01T00:05:00Z"


def test_a_local_moment_is_one_of_the_pages_zone(finance: Reader) -> None:
    store_october()
    just_before = finance.get(f"/finance?{OCTOBER}&as_of=2026-11-06T11:59")
    assert value_of(just_before, "reversed_by_user") == 0
    in_kolkata = finance.get("/finance?from=2026-10-01&to=2026-10-31&tz=Asia/Kolkata&as_of=2026-11-06T17:29:59")
    assert value_of(in_kolkata, "reversed_by_user") == 0
    in_kolkata = finance.get("/finance?from=2026-10-01&to=2026-10-31&tz=Asia/Kolkata&as_of=2026-11-06T17:30:00")
    assert value_of(in_kolkata, "reversed_by_user") == Decimal("10.125")


def test_the_links_of_past_figures_lead_to_the_purchases_as_they_were(finance: Reader) -> None:
    store_october()
    page = finance.get(f"/finance?{OCTOBER}&as_of=2026-11-01T00:05:00Z")
    for link in page.all("a[data-sum]"):
        name = str(link["data-sum"])
        found = finance.get(str(link["href"]))
        assert value_of(found, "debited" if name in SETTLEMENTS else name) == Decimal(str(link["data-value"]))
        assert found.buy_ids() == [1, 2]
    assert finance.get(str(whole(page, "reversible")["href"])).values("offer_status") == ["accepted", "accepted"]


def test_what_changed_names_the_purchase_its_parts_and_the_sum(finance: Reader) -> None:
    store_october()
    page = finance.get(f"/finance/changes?{OCTOBER}&since=2026-11-01T00:05:00Z&as_of=2026-11-07T00:00:00Z")
    changed = {
        str(row["data-part"]): str(row.select("td")[2]["data-value"]) for row in page.all('[data-row="difference"]')
    }
    assert {part: change for part, change in changed.items() if Decimal(change)} == {
        "reversible": "-10.125", "reversed_by_user": "10.125",
    }  # fmt: skip
    (move,) = page.all('[data-row="move"]')
    assert (move["data-from"], move["data-to"]) == ("reversible", "reversed_by_user")
    assert page.buy_ids() == [1]
    assert finance.get(str(move.select("a")[0]["href"])).buy_ids() == [1]


def test_the_moves_add_up_to_the_difference(finance: Reader) -> None:
    store_october()
    store_at(REVERSED, buy_id=3, balance_debited_sum=Decimal("0.001"))
    store_at(REVERSED, buy_id=2, balance_debited_sum=Decimal("19.999"))
    page = finance.get(f"/finance/changes?{OCTOBER}&since=2026-11-01T00:05:00Z")
    total = page.all('[data-row="difference"][data-part="debited"] td')[2]["data-value"]
    changes = [Decimal(str(row.select("a")[1]["data-value"])) for row in page.all('[data-row="move"]')]
    assert sum(changes) == Decimal(str(total)) == Decimal(str(page.one("[data-move-sum]")["data-value"]))
    assert Decimal(str(total)) == Decimal("-0.25")


def test_two_equal_reports_say_that_nothing_changed(finance: Reader) -> None:
    store_october()
    page = finance.get(f"/finance/changes?{OCTOBER}&since=2026-11-07T00:00:00Z")
    assert "Nothing changed" in page.text_of('[data-state="empty"]')


@pytest.mark.parametrize(
    ("path", "field", "says"),
    [
        ("/finance?as_of=last+week", "as_of", "is not a time"),
        ("/finance?as_of=2199-01-01T00:00", "as_of", "in the future"),
        ("/finance?as_of=0001-01-01T00:00", "as_of", "out of range"),
        ("/finance/changes?since=", "since", "Choose the moment"),
        ("/finance/changes?since=2026-01-02T00:00&as_of=2026-01-01T00:00", "since", "before the second"),
        ("/finance/changes?since=2026-01-02T00:00&moved_to=nonsense", "part", "There is no part"),
        ("/finance/changes?since=2026-01-02T00:00&moved_from=%00", "part", "There is no part"),
        ("/finance/changes?since=2026-01-02T00:00&from=nonsense", "from", "is not a date"),
    ],
)
def test_a_moment_that_cannot_be_used_is_explained_and_no_figure_is_shown(
    finance: Reader, path: str, field: str, says: str
) -> None:
    page = finance.get(path)
    assert page.status == 400
    assert says in page.text_of(f"#error-{field}")
    assert page.all("[data-sum]") == []


def test_the_tab_of_what_changed_asks_for_the_moment_to_compare_with(finance: Reader) -> None:
    page = finance.get("/finance/changes")
    assert page.status == 200
    assert page.all("#error-since") == []
    assert "Choose a period and the moment" in page.text_of('[data-state="empty"]')
    assert page.all("[data-sum]") == []


@pytest.mark.parametrize("path", ["/finance/changes", "/finance/purchases"])
def test_only_finance_sees_past_figures(app: Flask, path: str) -> None:
    assert signed_in(app, "support").get(path).status == 403


def test_an_address_for_known_purchases_that_cannot_be_used_says_why(finance: Reader) -> None:
    page = finance.get("/finance/purchases?part=imaginary")
    assert page.status == 400
    assert "no part" in page.text


def test_a_moment_before_anything_was_known_is_not_called_a_period_without_purchases(finance: Reader) -> None:
    store_october()
    page = finance.get(f"/finance?{OCTOBER}&as_of=2026-10-30T13:00:00Z")
    assert page.status == 200
    assert value_of(page, "debited") == 0
    assert "No purchase was known here yet" in page.text_of('[data-state="not-known-yet"]')


def test_a_period_that_was_empty_as_it_was_known_says_so(finance: Reader) -> None:
    store_october()
    page = finance.get("/finance?from=2026-09-01&to=2026-09-30&as_of=2026-11-02T13:00:00Z")
    assert "At that moment no purchase of this period was known" in page.text_of('[data-state="empty"]')
