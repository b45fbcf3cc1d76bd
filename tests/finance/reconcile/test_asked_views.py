"""The page that asks how a file is read: kept for the answer, compared once, dropped afterwards."""

import threading
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from dashboard.db.database import writing
from dashboard.db.extensions import db
from dashboard.finance.models import Reconciliation, ReconciliationUpload
from dashboard.finance.reconcile import upload_store
from tests.conftest import signed_in
from tests.finance.reconcile.hands import answer, asked_form, counts, questions, refused, upload
from tests.purchases.samples import DATE, store_purchase
from tests.reader import Page, Reader

ASKED = "Order ID,Amount,Price\norder-1,1,11.73\norder-2,2,5.00\n"


@pytest.fixture
def finance(app: Flask) -> Reader:
    store_purchase(buy_id=1, custom_id="order-1", balance_debited_sum=Decimal("11.73"), date=DATE)
    return signed_in(app, "finance")


def made() -> int:
    return int(db.session.execute(select(func.count()).select_from(Reconciliation)).scalar_one())


def kept() -> list[int | None]:
    sizes = db.session.execute(select(func.length(ReconciliationUpload.content))).scalars().all()
    return list(sizes)


def test_the_page_shows_the_first_rows_and_how_each_column_is_read(finance: Reader) -> None:
    page = upload(finance, ASKED)
    assert [cell.get_text(" ", strip=True) for cell in page.all("table.preview thead th")] == [
        "Row", "A · Order ID text", "B · Amount whole numbers, 1 to 2", "C · Price numbers, 5 to 11.73",
    ]  # fmt: skip
    assert page.all("table.preview tbody tr")[0].get_text(" ", strip=True) == "2 order-1 1 11.73"
    assert made() == 0


def test_the_page_can_be_opened_again_and_by_a_colleague_until_it_is_answered(finance: Reader, app: Flask) -> None:
    address = str(upload(finance, ASKED).one('form[data-state="asked"]')["action"])
    waiting = finance.get("/finance/reconcile").one("#waiting ~ ul a")
    assert str(waiting["href"]) == address
    admin = signed_in(app, "admin")
    again = admin.get(address)
    assert again.status == 200
    found = answer(admin, again, {"amount-0": "C"})
    assert counts(found) == {"agreed": 1, "only-theirs": 1}
    assert finance.get(address).response.request.path == found.response.request.path
    assert not finance.get("/finance/reconcile").all("#waiting")


def test_the_same_form_sent_twice_makes_one_comparison_and_drops_the_file(finance: Reader) -> None:
    page = upload(finance, ASKED)
    first = answer(finance, page, {"amount-0": "C"})
    second = answer(finance, page, {"amount-0": "C"})
    assert first.response.request.path == second.response.request.path
    assert (made(), kept()) == (1, [None])


def test_a_form_that_chooses_otherwise_is_not_answered_with_the_comparison_before(finance: Reader) -> None:
    page = upload(finance, "custom_id;amount\norder-1;1.234\n")
    first = answer(finance, page, {"decimals": "."})
    for choices in ({"decimals": ","}, {"decimals": ".", "from": "2026-11-20", "to": "2026-11-20"}):
        other = answer(finance, page, choices)
        assert other.status == 400
        assert f"as comparison {first.response.request.path.split('/')[-1]}" in refused(other)
    assert answer(finance, page, {"decimals": "."}).response.request.path == first.response.request.path
    assert made() == 1


def test_the_same_form_sent_by_two_processes_at_once_makes_one_comparison(app: Flask, finance: Reader) -> None:
    page = upload(finance, ASKED)
    sent = {**asked_form(page), "amount-0": "2"}
    action = str(page.one('form[data-state="asked"]')["action"])
    cookie = finance.client.get_cookie("dashboard_session")
    assert cookie is not None
    places: list[str] = []

    def send() -> None:
        client = app.test_client()
        client.set_cookie("dashboard_session", cookie.value)
        places.append(str(client.post(action, data=sent).headers.get("Location")))

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(places), len(set(places)), made()) == (4, 1, 1)


def test_a_claim_of_a_process_that_was_killed_holds_nobody_up_for_ever(
    finance: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = upload(finance, ASKED)
    with writing() as connection:
        connection.execute(update(ReconciliationUpload).values(claimed_until=datetime.now(UTC) + timedelta(minutes=1)))
    monkeypatch.setattr(upload_store, "WAIT_SECONDS", 0)
    busy = answer(finance, page, {"amount-0": "C"})
    assert (busy.status, "is being compared" in refused(busy), made()) == (409, True, 0)
    with writing() as connection:
        connection.execute(update(ReconciliationUpload).values(claimed_until=datetime.now(UTC) - timedelta(minutes=1)))
    assert counts(answer(finance, page, {"amount-0": "C"})) == {"agreed": 1, "only-theirs": 1}


def test_an_answer_that_is_not_complete_is_asked_again_with_what_was_chosen(finance: Reader) -> None:
    page = answer(finance, upload(finance, ASKED), {"custom_id-0": "", "amount-0": "?"})
    assert page.status == 422
    assert "Choose the column of the order ID, of the purchase ID, or both." in questions(page)
    assert "Choose the column of the amount, or that there is none." in questions(page)
    twice = answer(finance, page, {"custom_id-0": "A", "amount-0": "A"})
    assert "One column cannot be both Order ID and Amount." in questions(twice)
    assert asked_form(twice)["amount-0"] == "0"
    assert made() == 0


def test_rows_that_cannot_be_compared_are_left_out_only_when_chosen(finance: Reader) -> None:
    page = upload(finance, "custom_id,amount\norder-1,11.73\norder-2,x\n")
    assert (page.status, "Row 3, column B (amount) is not a sum" in refused(page)) == (400, True)
    found = answer(finance, page, {"leave_out": "1"})
    assert counts(found) == {"agreed": 1}
    assert "row 3 left out as chosen: column B (amount) is not a sum: “x”" in found.text_of('[data-read="left-out"]')


def test_whoever_wants_to_choose_is_asked_always(finance: Reader) -> None:
    page = upload(finance, "custom_id,amount\norder-1,11.73\n", choose="1")
    assert (page.status, questions(page)) == (422, "Choose what is compared, then compare.")
    assert counts(answer(finance, page, {})) == {"agreed": 1}


def test_the_period_is_kept_for_the_answer_and_can_be_changed_with_it(finance: Reader) -> None:
    store_purchase(buy_id=2, custom_id="other", date=DATE + timedelta(hours=1))
    days = {"from": "2026-11-20", "to": "2026-11-20"}
    page = upload(finance, ASKED, **days)
    assert {name: asked_form(page)[name] for name in days} == days
    wrong = answer(finance, page, {"amount-0": "C", "to": ""})
    assert (wrong.status, "Give both dates" in refused(wrong), asked_form(wrong)["amount-0"]) == (400, True, "2")
    assert counts(answer(finance, page, {"amount-0": "C"})) == {"agreed": 1, "only-ours": 1, "only-theirs": 1}
    without = answer(finance, upload(finance, ASKED, **days), {"amount-0": "C", "from": "", "to": ""})
    assert counts(without) == {"agreed": 1, "only-theirs": 1}


def test_a_file_waits_for_a_day_and_the_newest_ten_of_a_person_do(finance: Reader) -> None:
    pages = [upload(finance, ASKED, f"{number}.csv") for number in range(12)]
    assert len(kept()) == upload_store.MOST_KEPT
    gone = finance.get(str(pages[0].one('form[data-state="asked"]')["action"]))
    assert (gone.status, "no longer kept" in gone.text) == (404, True)
    with writing() as connection:
        assert upload_store.drop_old(connection, datetime.now(UTC) + timedelta(hours=23)) == 0
        assert upload_store.drop_old(connection, datetime.now(UTC) + timedelta(hours=25)) == 10


@pytest.mark.parametrize("role", ["support", "ops"])
def test_only_finance_and_administrators_may_choose(app: Flask, finance: Reader, role: str) -> None:
    address = str(upload(finance, ASKED).one('form[data-state="asked"]')["action"])
    reader = signed_in(app, role)
    assert (reader.get(address).status, reader.post(address).status) == (403, 403)


@pytest.mark.parametrize(
    "fields",
    [
        {"custom_id-0": "99"}, {"custom_id-0": "x"}, {"custom_id-0": "-1"}, {"header-0": "7"}, {"header-0": "x"},
        {"delimiter": "\t"}, {"delimiter": "xx"}, {"decimals": "x"}, {"custom_id-99999": "0"}, {"use-0": ""},
    ],
)  # fmt: skip
def test_fields_that_no_browser_would_send_are_answered_with_a_page(finance: Reader, fields: dict[str, str]) -> None:
    page: Page = answer(finance, upload(finance, ASKED), fields)
    assert page.status in (200, 400, 422)


def test_a_file_of_megabytes_is_kept_whole_for_the_answer(finance: Reader) -> None:
    rows = "".join(f"order-{number},{number},{number}.50,{'x' * 60}\n" for number in range(40_000))
    page = upload(finance, f"order_id,order_number,amount,note\n{rows}")
    assert (page.status, len(rows) > 3_000_000) == (422, True)
    found = answer(finance, page, {"custom_id-0": "A"})
    assert counts(found) == {"differs": 1, "only-theirs": 39_999}
