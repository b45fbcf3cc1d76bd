"""The monthly report: when it is due, that it is sent once, what it says, and what happens when the mail fails."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from email.message import EmailMessage

import pytest
import time_machine
from flask import Flask
from sqlalchemy import insert, select, update

from dashboard.db.database import Fence, LeadLost, writing
from dashboard.db.extensions import db
from dashboard.db.outbox_store import Outbox
from dashboard.finance.models import SentReport
from dashboard.finance.monthly import sending as monthly_report
from dashboard.finance.monthly.sending import first_working_day, send_due_reports
from dashboard.sync.models import HistoryImport
from tests.conftest import MakeApp
from tests.mailbox import Mailbox, mail_server
from tests.purchases.samples import store_purchase

TO = ["finance@shop.example", "owner@shop.example"]
MADE = datetime(2026, 10, 30, 12, tzinfo=UTC)
HELD = {"in_hold": True, "in_hold_until": MADE + timedelta(days=8)}
# The first of November 2026 is a Sunday.
MONDAY = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mail_server() as running:
        yield running


@pytest.fixture
def desk(make_app: MakeApp, mailbox: Mailbox) -> Iterator[Flask]:
    """The application with recipients of the report, inside its context."""
    app = make_app(
        SMTP_HOST="127.0.0.1", SMTP_PORT=str(mailbox.port), SMTP_SECURITY="none", MAIL_FROM="desk@shop.example",
        REPORT_RECIPIENTS=",".join(TO),
    )  # fmt: skip
    with app.app_context():
        yield app


def text_of(message: EmailMessage) -> str:
    body = message.get_body()
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def attached_rows(message: EmailMessage) -> list[dict[str, str]]:
    (file,) = message.iter_attachments()
    return list(csv.DictReader(io.StringIO(file.get_payload(decode=True).decode(), newline="")))  # type: ignore[union-attr] # Decoded it is bytes.


def store_october() -> None:
    store_purchase(buy_id=1, date=MADE, asked_at=MADE, balance_debited_sum=Decimal("10.125"), **HELD)
    store_purchase(buy_id=2, date=MADE, asked_at=MADE, balance_debited_sum=Decimal("5"), offer_status="timeout")
    store_purchase(buy_id=3, date=MADE - timedelta(days=40), asked_at=MADE, balance_debited_sum=Decimal("99"))


def release(**fields: object) -> None:
    """Tell that the hold of purchase 1 has ended, or what became of it instead."""
    values: dict[str, object] = {"balance_debited_sum": Decimal("10.125"), "in_hold": False} | fields
    store_purchase(buy_id=1, date=MADE, asked_at=LATER - timedelta(hours=1), **values)


@pytest.mark.parametrize(
    ("month", "day"),
    [
        (date(2026, 10, 1), date(2026, 11, 2)), (date(2026, 7, 1), date(2026, 8, 3)),
        (date(2026, 12, 1), date(2027, 1, 1)), (date(2026, 11, 1), date(2026, 12, 1)),
    ],
)  # fmt: skip
def test_the_first_working_day_is_a_monday_to_friday_of_the_month_after(month: date, day: date) -> None:
    assert first_working_day(month) == day


def test_nothing_is_sent_before_the_morning_of_the_first_working_day(desk: Flask, mailbox: Mailbox) -> None:
    store_october()
    assert not send_due_reports(MONDAY - timedelta(seconds=1)).did_something
    assert send_due_reports(MONDAY).sent == ["the first report of October 2026"]
    assert mailbox.recipients == [TO]


def test_the_working_day_is_that_of_the_settings_zone(make_app: MakeApp, mailbox: Mailbox) -> None:
    app = make_app(
        SMTP_HOST="127.0.0.1", SMTP_PORT=str(mailbox.port), SMTP_SECURITY="none", MAIL_FROM="desk@shop.example",
        REPORT_RECIPIENTS=TO[0], TIMEZONE="Asia/Kathmandu",
    )  # fmt: skip
    due = MONDAY - timedelta(hours=5, minutes=45)
    with app.app_context():
        assert not send_due_reports(due - timedelta(seconds=1)).did_something
        assert send_due_reports(due).sent
    assert "in days of Asia/Kathmandu" in text_of(mailbox.messages[0])


def test_a_report_is_sent_once_however_often_the_job_runs(desk: Flask, mailbox: Mailbox) -> None:
    store_october()
    for minutes in range(0, 3000, 50):
        send_due_reports(MONDAY + timedelta(minutes=minutes))
    assert len(mailbox.messages) == 1


def test_the_message_and_its_file_have_the_months_figures(desk: Flask, mailbox: Mailbox) -> None:
    store_october()
    send_due_reports(MONDAY)
    (message,) = mailbox.messages
    assert message["Subject"] == "October 2026: $15.125 debited (can still change)"
    assert message["Message-ID"] == "<debited-2026-10-first@shop.example>"
    text = text_of(message)
    assert "as of 2026-11-02T06:00:00Z" in text
    assert "$10.125 of this, for 1 purchase, is open or on hold" in text
    assert "The month before: $99.00 debited for 1 purchase," in text
    assert "has not been imported" in text
    rows = attached_rows(message)
    assert [row["day"] for row in rows] == [f"2026-10-{day:02}" for day in range(1, 32)] + [""]
    assert rows[-1]["debited"] == "15.125"
    assert (rows[29]["reversible"], rows[29]["failed"], rows[29]["count"]) == ("10.125", "5.00", "2")
    for column in ("debited", "failed", "price", "difference"):
        assert sum(Decimal(row[column]) for row in rows[:-1]) == Decimal(rows[-1][column])


def test_when_nothing_of_the_month_moves_any_more_it_is_sent_again(desk: Flask, mailbox: Mailbox) -> None:
    store_october()
    send_due_reports(MONDAY)
    assert not send_due_reports(LATER).did_something
    release(offer_status="rollback_supplier", balance_debited_sum=Decimal("0.125"))
    assert send_due_reports(LATER).sent == ["the final report of October 2026"]
    assert not send_due_reports(LATER + timedelta(days=1)).did_something
    final = mailbox.messages[1]
    assert final["Subject"] == "October 2026: $5.125 debited (final)"
    text = text_of(final)
    assert "these figures are final" in text
    assert "Since the report of 2026-11-02T06:00:00Z:" in text
    assert "Reversible, on hold \u2212$10.125" in text
    assert "Reversed by supplier +$0.125" in text
    assert "Debited in all \u2212$10.00" in text


def test_a_month_that_is_final_at_once_is_sent_once(desk: Flask, mailbox: Mailbox) -> None:
    store_purchase(buy_id=1, date=MADE, asked_at=MADE)
    send_due_reports(MONDAY)
    send_due_reports(LATER)
    assert [message["Subject"] for message in mailbox.messages] == ["October 2026: $10.50 debited (final)"]


def test_a_month_is_not_final_while_the_copy_does_not_reach_its_end(desk: Flask, mailbox: Mailbox) -> None:
    store_october()
    walk = {"since": MADE - timedelta(days=90), "started_at": MADE, "updated_at": MADE, "completed_at": MADE}
    with writing() as connection:
        connection.execute(insert(HistoryImport).values(until=MADE, pages=1, items=3, **walk))
    send_due_reports(MONDAY)
    release()
    assert not send_due_reports(LATER).did_something
    with writing() as connection:
        connection.execute(update(HistoryImport).values(until=LATER))
    assert send_due_reports(LATER).sent == ["the final report of October 2026"]
    assert "The copy holds every purchase from" in text_of(mailbox.messages[1])


def record_walk(**values: datetime | None) -> None:
    walk = {"since": MADE - timedelta(days=90), "until": LATER, "completed_at": MADE} | values
    with writing() as connection:
        connection.execute(insert(HistoryImport).values(pages=1, items=3, started_at=MADE, updated_at=MADE, **walk))


@pytest.mark.parametrize(
    "walk", [{"until": MADE}, {"since": MADE - timedelta(days=10)}, {"completed_at": None}],
    ids=["ends before the month", "begins within it", "is not complete"],
)  # fmt: skip
def test_a_settled_month_is_not_called_final_while_the_copy_may_not_hold_all_of_it(
    desk: Flask, mailbox: Mailbox, walk: dict[str, datetime | None]
) -> None:
    store_purchase(buy_id=1, date=MADE, asked_at=MADE)
    record_walk(**walk)
    send_due_reports(MONDAY)
    assert mailbox.messages[0]["Subject"] == "October 2026: $10.50 debited (can still change)"
    assert "purchases of this month may be missing from the copy" in text_of(mailbox.messages[0])
    store_purchase(buy_id=2, date=MADE, asked_at=LATER)
    record_walk()
    assert send_due_reports(LATER).sent == ["the final report of October 2026"]
    assert mailbox.messages[1]["Subject"] == "October 2026: $21.00 debited (final)"


LONG_AFTER = datetime(2026, 12, 9, tzinfo=UTC)
"""38 days after the end of October: 8 of protection, and 30."""


def test_a_purchase_that_keeps_a_month_from_being_final_is_named_once(desk: Flask, mailbox: Mailbox) -> None:
    desk.config["DASHBOARD_URL"] = "https://desk.shop.example"
    store_october()
    send_due_reports(MONDAY)
    _send_november()
    assert not send_due_reports(LONG_AFTER - timedelta(seconds=1)).did_something
    assert send_due_reports(LONG_AFTER).sent == ["the overdue report of October 2026"]
    assert not send_due_reports(LONG_AFTER + timedelta(days=9)).did_something
    message = mailbox.messages[-1]
    assert message["Subject"] == "October 2026: $15.125 debited (still not final)"
    text = text_of(message)
    assert "1 purchase for $10.125 still open or on hold" in text
    assert "  1, accepted, bought 2026-10-30T12:00:00Z, debited $10.125" in text
    assert (
        "https://desk.shop.example/purchases?from=2026-10-01&to=2026-10-31&tz=UTC&part=open&part=reversible\n" in text
    )


def test_the_final_report_still_follows_the_overdue_one(desk: Flask, mailbox: Mailbox) -> None:
    store_october()
    send_due_reports(MONDAY)
    _send_november()
    send_due_reports(LONG_AFTER)
    store_purchase(buy_id=1, date=MADE, asked_at=LONG_AFTER, balance_debited_sum=Decimal("10.125"), in_hold=False)
    assert send_due_reports(LONG_AFTER + timedelta(hours=1)).sent == ["the final report of October 2026"]


def test_an_overdue_month_that_the_copy_does_not_hold_says_so(desk: Flask, mailbox: Mailbox) -> None:
    walk = {"since": MADE - timedelta(days=90), "started_at": MADE, "updated_at": MADE, "completed_at": MADE}
    with writing() as connection:
        connection.execute(insert(HistoryImport).values(until=MADE, pages=1, items=3, **walk))
    store_october()
    send_due_reports(MONDAY)
    _send_november()
    send_due_reports(LONG_AFTER)
    assert "Purchases of this month may be missing from the copy" in text_of(mailbox.messages[-1])


def _send_november() -> None:
    send_due_reports(datetime(2026, 12, 1, 6, tzinfo=UTC))


def test_months_that_were_missed_are_caught_up_after_the_newest_sent(desk: Flask, mailbox: Mailbox) -> None:
    send_due_reports(MONDAY)
    send_due_reports(datetime(2027, 2, 10, tzinfo=UTC))
    assert [message["Subject"].partition(":")[0] for message in mailbox.messages] == [
        "October 2026", "November 2026", "December 2026", "January 2027",
    ]  # fmt: skip


def test_a_failed_try_is_repeated_later_and_later(desk: Flask, mailbox: Mailbox) -> None:
    mailbox.answers = ["451 try later", "451 try later"]
    done = send_due_reports(MONDAY)
    assert (done.sent, "451 try later" in done.problems[0]) == ([], True)
    assert not send_due_reports(MONDAY + timedelta(minutes=4)).did_something
    assert send_due_reports(MONDAY + timedelta(minutes=5)).problems
    assert not send_due_reports(MONDAY + timedelta(minutes=14)).did_something
    assert send_due_reports(MONDAY + timedelta(minutes=15)).sent
    assert len(mailbox.messages) == 1


def test_a_refused_recipient_is_told_and_the_others_are_not_sent_it_again(desk: Flask, mailbox: Mailbox) -> None:
    mailbox.refused = {TO[0]}
    done = send_due_reports(MONDAY)
    assert (len(done.sent), TO[0] in done.problems[0]) == (1, True)
    assert not send_due_reports(MONDAY + timedelta(days=1)).did_something
    assert mailbox.recipients == [[TO[1]]]


def test_killed_before_sending_it_is_sent_when_the_claim_has_run_out(
    desk: Flask, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as killing:
        killing.setattr(monthly_report.mail, "send_mail", _killed)
        with pytest.raises(KeyboardInterrupt):
            send_due_reports(MONDAY)
    assert not send_due_reports(MONDAY + timedelta(minutes=14)).did_something
    assert send_due_reports(MONDAY + timedelta(minutes=15)).sent


def test_killed_after_sending_a_second_copy_has_the_same_name(
    desk: Flask, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as killing:
        killing.setattr(Outbox, "mark_sent", _killed)
        with pytest.raises(KeyboardInterrupt):
            send_due_reports(MONDAY)
    send_due_reports(MONDAY + timedelta(minutes=15))
    assert len({message["Message-ID"] for message in mailbox.messages}) == 1
    assert len(mailbox.messages) == 2


def _killed(*_arguments: object, **_more: object) -> None:
    raise KeyboardInterrupt


def test_while_somebody_sends_it_nobody_else_does(desk: Flask, mailbox: Mailbox) -> None:
    in_between: list[bool] = []
    original = monthly_report.mail.send_mail

    def send_and_look(*arguments: object, **more: object) -> dict[str, str]:
        if not in_between:
            in_between.append(send_due_reports(MONDAY + timedelta(minutes=1)).did_something)
        return original(*arguments, **more)  # type: ignore[arg-type] # As they came.

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(monthly_report.mail, "send_mail", send_and_look)
        send_due_reports(MONDAY)
    assert (in_between, len(mailbox.messages)) == ([False], 1)


def test_a_process_that_lost_the_lead_sends_nothing(desk: Flask, mailbox: Mailbox) -> None:
    with pytest.raises(LeadLost):
        send_due_reports(MONDAY, fence=Fence("jobs", 3))
    assert mailbox.messages == []


def test_without_recipients_nothing_is_done(app: Flask) -> None:
    assert not send_due_reports(MONDAY).did_something
    assert db.session.execute(select(SentReport)).all() == []


def test_the_command_sends_what_is_due_and_says_what_it_did(desk: Flask, mailbox: Mailbox) -> None:
    with time_machine.travel(MONDAY, tick=False):
        result = desk.test_cli_runner().invoke(args=["reports", "send"])
    assert (result.exit_code, result.output) == (0, "sent the first report of October 2026\n")
    assert len(mailbox.messages) == 1


def test_the_command_names_the_setting_that_is_missing(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["reports", "send"])
    assert (result.exit_code, "REPORT_RECIPIENTS" in result.output) == (1, True)
