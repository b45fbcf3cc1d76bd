"""Wherever a debited sum is shown as a total, the number of purchases whose sum is not known stands beside it."""

import csv
import io
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from flask import Flask

from dashboard.alerts.figures import Reversal
from dashboard.alerts.wording import reversals
from dashboard.finance.closed import store as closing
from dashboard.finance.findings import store as findings
from dashboard.finance.findings.queries import totals_by_kind
from dashboard.finance.findings.rules import FindingKind
from dashboard.finance.monthly import message
from dashboard.finance.queries import find_report
from dashboard.lib.periods import By, Period, zone_by_name
from tests.conftest import signed_in
from tests.purchases.samples import STEAMID, store_purchase

NOW = datetime.now(UTC).replace(microsecond=0)
TODAY = f"from={NOW.date()}&to={NOW.date()}&tz=UTC"
PERIOD = Period(NOW.date(), NOW.date(), zone_by_name("UTC"), By.DAY)


def store_some() -> None:
    """One purchase with a known sum and two without, on hold, and the same of purchases that their user reversed."""
    for number in range(1, 7):
        is_held = number > 3
        store_purchase(
            buy_id=number, asked_at=NOW, date=NOW, custom_id=None,
            balance_debited_sum=Decimal(10) if number % 3 == 0 else None,
            offer_status="accepted" if is_held else "rollback_user", in_hold=is_held or None,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("address", "selector", "number"),
    [
        (f"/finance?{TODAY}", ".figures tbody tr:nth-of-type(2)", 2), (f"/finance?{TODAY}", '[data-row="period"]', 4),
        ("/finance/releases", '[data-row="release"]', 2), ("/holds", '[data-row="period"]', 2),
        ("/purchases?hold=1", ".sums-line", 2), (f"/users/{STEAMID}", "#on-hold", 2),
        (f"/users/{STEAMID}", 'section[aria-labelledby="outcomes"] tbody tr', 2),
        (f"/users/{STEAMID}", ".notice-block", 2), ("/ops/reversals", '[data-row="user"]', 2),
        ("/finance/wrong", '[data-kind="no_custom_id"]', 4),
    ],
)  # fmt: skip
def test_a_total_says_how_many_are_not_in_it(app: Flask, address: str, selector: str, number: int) -> None:
    store_some()
    findings.check(Decimal(0))
    page = signed_in(app, "admin").get(address)
    texts = [" ".join(found.get_text(" ").split()) for found in page.all(selector)]
    assert any(f"and {number} whose sum is not known" in text for text in texts), texts


def test_a_user_page_says_it_beside_the_sum_of_all(app: Flask) -> None:
    store_some()
    page = signed_in(app).get(f"/users/{STEAMID}")
    assert "$20.00 and 4 whose sum is not known" in page.text_of('section[aria-labelledby="who"]')


def test_nothing_is_said_where_every_sum_is_known(app: Flask) -> None:
    store_purchase(asked_at=NOW, date=NOW, in_hold=True)
    finance = signed_in(app, "admin")
    for address in (f"/finance?{TODAY}", "/finance/releases", "/holds", "/purchases", f"/users/{STEAMID}"):
        assert "not known" not in finance.get(address).text.replace("Unknown", "")


def test_the_balance_bridge_says_it(app: Flask) -> None:
    store_some()
    page = signed_in(app, "finance").get(f"/finance/balance?{TODAY}")
    assert "and 4 whose sum is not known" in page.text_of('[data-row="period"]')
    assert "and 4 whose sum is not known" in page.text_of(".equation")


def test_a_closed_report_says_it_in_the_list_on_its_page_and_on_the_period(app: Flask) -> None:
    store_some()
    report_id = closing.close_report(PERIOD, "anna@shop.example")
    finance = signed_in(app, "finance")
    words = "and 4 whose sum is not known"
    assert words in finance.get("/finance/closed").text_of('[data-row="closed"]')
    assert words in finance.get(f"/finance/closed/{report_id}").text_of('[data-part="debited"]')
    assert f"$20.00 debited {words}." in finance.get(f"/finance?{TODAY}").text_of("[data-closed]")


def test_what_changed_says_of_how_many_the_sum_is_not_known_any_more(app: Flask) -> None:
    with time_machine.travel(NOW, tick=False):
        store_purchase(asked_at=NOW, date=NOW)
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        store_purchase(
            asked_at=NOW + timedelta(hours=1), date=NOW, balance_debited_sum=None,
            unreadable=(("balance_debited_sum", '"lots"'),),
        )  # fmt: skip
        since = f"{NOW + timedelta(minutes=1):%Y-%m-%dT%H:%M:%SZ}"
        page = signed_in(app, "finance").get(f"/finance/changes?{TODAY}&since={since}")
    assert "and 1 whose sum is not known" in page.text_of('[data-row="move"]')
    assert "$0.00 and 1 whose sum is not known" in page.text_of('[data-part="debited"]')


def test_the_monthly_mail_says_it_in_subject_table_and_sentences(app: Flask) -> None:
    store_some()
    report = find_report(PERIOD)
    assert "$20.00 debited and 4 whose sum is not known (can" in message.subject(report, is_final=False)
    text = message.body(report, NOW, before=None, reach="", is_final=False)
    assert "$20.00 and 4 whose sum is not known\n" in text
    assert "$10.00 of this and 2 whose sum is not known, for 3 purchases, is open" in text


def test_the_final_monthly_mail_names_the_sums_that_are_not_known(app: Flask) -> None:
    store_some()
    text = message.body(find_report(PERIOD), NOW, before=None, reach="", is_final=True)
    assert "these figures are final. The debited sum of 4 purchases is not known." in text


def test_an_alert_about_reversals_says_it() -> None:
    undone = [Reversal(1, STEAMID, NOW, Decimal(5)), Reversal(2, STEAMID, NOW, None), Reversal(3, STEAMID, NOW, None)]
    assert "$5.00 debited and 2 whose sum is not known, seen" in reversals(STEAMID, undone).sentence


@pytest.mark.parametrize(
    "address",
    [f"/finance/export.csv?{TODAY}", f"/finance/balance/export.csv?{TODAY}", "/finance/closed/export.csv"],
)
def test_an_export_has_the_number(app: Flask, address: str) -> None:
    store_some()
    closing.close_report(PERIOD, "anna@shop.example")
    text = signed_in(app, "finance").client.get(address).get_data(as_text=True)
    assert [row["without_debited"] for row in csv.DictReader(io.StringIO(text, newline=""))] == ["4"]


def test_a_finding_whose_amount_is_not_known_shows_none(app: Flask) -> None:
    store_purchase(custom_id=None, balance_debited_sum=None, offer_status="timeout")
    findings.check(Decimal(0))
    totals = totals_by_kind()[FindingKind.NO_CUSTOM_ID]
    assert (totals.count, totals.amount, totals.not_known) == (1, 0, 1)
    page = signed_in(app, "finance").get(f"/finance/wrong/{FindingKind.NO_CUSTOM_ID}")
    assert page.one("[data-amount]")["data-value"] == ""


def unread(name: str) -> dict[str, object]:
    return {"balance_debited_sum" if name == "balance_debited_sum" else "price": None, "unreadable": ((name, "[]"),)}


@pytest.mark.parametrize(
    ("kind", "name", "status"),
    [
        (FindingKind.FAILED_DEBITED, "balance_debited_sum", "timeout"),
        (FindingKind.OFF_PRICE, "balance_debited_sum", "accepted"),
        (FindingKind.OFF_PRICE, "item.price", "accepted"),
    ],
)
def test_a_sum_that_cannot_be_read_any_more_corrects_no_finding(
    app: Flask, kind: FindingKind, name: str, status: str
) -> None:
    known = {"asked_at": NOW, "offer_status": status, "balance_debited_sum": Decimal(20), "price": Decimal(10)}
    store_purchase(**known)  # type: ignore[arg-type] # Each field has its own type.
    findings.check(Decimal(0))
    store_purchase(**known | {"asked_at": NOW + timedelta(hours=1)} | unread(name))  # type: ignore[arg-type] # As above.
    findings.check(Decimal(0))
    assert totals_by_kind()[kind].count == 1


def test_a_finding_ends_when_the_status_alone_rules_it_out(app: Flask) -> None:
    store_purchase(asked_at=NOW, offer_status="timeout", balance_debited_sum=Decimal(20))
    findings.check(Decimal(0))
    later = {"asked_at": NOW + timedelta(hours=1), "offer_status": "accepted"}
    store_purchase(**later | unread("balance_debited_sum"))  # type: ignore[arg-type] # Each field has its own type.
    findings.check(Decimal(0))
    assert totals_by_kind()[FindingKind.FAILED_DEBITED].count == 0
