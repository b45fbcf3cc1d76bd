"""Mail through a real SMTP server: taken, refused, protected, and silent servers."""

import socket
import ssl
import time
from pathlib import Path

import pytest
import trustme

from dashboard.lib import mail
from dashboard.lib.mail import Attachment, MailError
from tests.conftest import MakeApp
from tests.dripping import dripping
from tests.mailbox import mail_server

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

TO = ["finance@shop.example", "owner@shop.example"]


def settings(port: int, **more: str) -> dict[str, str]:
    return {
        "SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(port), "SMTP_SECURITY": "none", "MAIL_FROM": "desk@shop.example",
    } | more  # fmt: skip


@pytest.fixture
def authority(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> trustme.CA:
    """A certificate authority that this process trusts."""
    authority = trustme.CA()
    path = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(path))
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    return authority


def server_context(authority: trustme.CA, name: str = "127.0.0.1") -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


def test_a_message_arrives_with_its_text_and_attachment_byte_for_byte(make_app: MakeApp) -> None:
    with mail_server() as mailbox, make_app(**settings(mailbox.port)).app_context():
        file = Attachment("october.csv", "text/csv", "date,debited\r\n2026-10-01,★ 11.733\r\n".encode())
        refused = mail.send_mail(TO, "October", "Debited: $11.733\n", attachments=[file], name="r")
    (message,) = mailbox.messages
    assert (refused, mailbox.recipients) == ({}, [TO])
    assert (message["Subject"], message["From"], message["Message-ID"]) == (
        "October", "desk@shop.example", "<r@shop.example>",
    )  # fmt: skip
    (attached,) = message.iter_attachments()
    assert (attached.get_filename(), attached.get_payload(decode=True)) == ("october.csv", file.content)
    body = message.get_body()
    assert body is not None
    assert body.get_content().splitlines() == ["Debited: $11.733"]


def test_a_subject_of_two_lines_adds_no_header(make_app: MakeApp) -> None:
    with mail_server() as mailbox, make_app(**settings(mailbox.port)).app_context():
        mail.send_mail(TO, "October\r\nBcc: other@example.com", "text")
    assert mailbox.messages[0]["Bcc"] is None
    assert mailbox.recipients == [TO]


def test_a_refused_recipient_is_named_and_the_others_get_the_message(make_app: MakeApp) -> None:
    with mail_server() as mailbox, make_app(**settings(mailbox.port)).app_context():
        mailbox.refused = {TO[0]}
        refused = mail.send_mail(TO, "October", "text")
    assert refused == {TO[0]: "550 5.1.1 no such mailbox"}
    assert mailbox.recipients == [[TO[1]]]


@pytest.mark.parametrize(("answer", "can_retry"), [("451 4.3.0 try later", True), ("554 5.7.1 looks like spam", False)])
def test_a_message_that_is_not_taken_says_so_and_whether_to_try_again(
    make_app: MakeApp, answer: str, can_retry: bool
) -> None:
    with mail_server() as mailbox, make_app(**settings(mailbox.port)).app_context():
        mailbox.answers = [answer]
        with pytest.raises(MailError, match=answer) as failed:
            mail.send_mail(TO, "October", "text")
    assert failed.value.can_retry is can_retry


def test_when_every_recipient_is_refused_the_message_was_not_sent(make_app: MakeApp) -> None:
    with mail_server() as mailbox, make_app(**settings(mailbox.port)).app_context():
        mailbox.refused = set(TO)
        with pytest.raises(MailError, match="refused every recipient.*owner@shop.example") as failed:
            mail.send_mail(TO, "October", "text")
    assert not failed.value.can_retry


def test_starttls_protects_the_password(make_app: MakeApp, authority: trustme.CA) -> None:
    secured = {"SMTP_SECURITY": "starttls", "SMTP_USER": "desk", "SMTP_PASSWORD": "pass word"}
    with (
        mail_server(server_context(authority), password="pass word") as mailbox,
        make_app(**settings(mailbox.port, **secured)).app_context(),
    ):
        mail.send_mail(TO, "October", "text")
    assert mailbox.users == ["desk"]


def test_a_wrong_password_is_said_without_repeating_it(make_app: MakeApp, authority: trustme.CA) -> None:
    secured = {"SMTP_SECURITY": "starttls", "SMTP_USER": "desk", "SMTP_PASSWORD": "hunter2"}
    with (
        mail_server(server_context(authority), password="another") as mailbox,
        make_app(**settings(mailbox.port, **secured)).app_context(),
        pytest.raises(MailError, match="SMTP_USER and SMTP_PASSWORD") as failed,
    ):
        mail.send_mail(TO, "October", "text")
    assert "hunter2" not in str(failed.value)


def test_a_certificate_for_another_name_is_refused(make_app: MakeApp, authority: trustme.CA) -> None:
    with (
        mail_server(server_context(authority, "other.example")) as mailbox,
        make_app(**settings(mailbox.port, SMTP_SECURITY="starttls")).app_context(),
        pytest.raises(MailError, match="certificate"),
    ):
        mail.send_mail(TO, "October", "text")
    assert mailbox.messages == []


def test_a_server_without_starttls_gets_no_message_when_it_is_asked_for(make_app: MakeApp) -> None:
    with (
        mail_server() as mailbox,
        make_app(**settings(mailbox.port, SMTP_SECURITY="starttls")).app_context(),
        pytest.raises(MailError, match="SMTP_SECURITY"),
    ):
        mail.send_mail(TO, "October", "text")
    assert mailbox.messages == []


def test_a_server_that_says_nothing_is_given_up(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with make_app(**settings(port)).app_context(), pytest.raises(MailError, match="cannot be reached") as failed:
            mail.send_mail(TO, "October", "text")
    assert failed.value.can_retry


@pytest.mark.parametrize("begins_with", [b"", b"220 hello\r\n250-"])
def test_a_server_that_drips_its_answers_is_left_when_the_time_for_all_is_over(
    make_app: MakeApp, begins_with: bytes
) -> None:
    with dripping(begins_with) as port, make_app(**settings(port)).app_context():
        began = time.monotonic()
        with pytest.raises(MailError, match="did not finish its answers in time") as failed:
            mail.send_mail(TO, "October", "text", within=0.4)
    assert failed.value.can_retry
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("security", ["none", "tls"])
def test_a_server_that_says_nothing_is_left_when_the_time_for_all_is_over(make_app: MakeApp, security: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        made = settings(silent.getsockname()[1], SMTP_SECURITY=security)
        began = time.monotonic()
        with make_app(**made).app_context(), pytest.raises(MailError, match="did not finish its answers in time"):
            mail.send_mail(TO, "October", "text", within=0.4)
    assert time.monotonic() - began < 2


def test_a_server_that_takes_nothing_more_is_left_when_the_time_for_all_is_over(make_app: MakeApp) -> None:
    with (
        dripping(b"220 hello\r\n250 hello\r\n250 sender\r\n250 one\r\n250 two\r\n354 go on\r\n") as port,
        make_app(**settings(port)).app_context(),
    ):
        began = time.monotonic()
        with pytest.raises(MailError, match="did not finish its answers in time"):
            mail.send_mail(TO, "October", "text " * 4_000_000, within=0.8)
    assert time.monotonic() - began < 5


def test_without_a_mail_server_the_error_names_the_settings(make_app: MakeApp) -> None:
    with make_app().app_context(), pytest.raises(MailError, match="SMTP_HOST"):
        mail.send_mail(TO, "October", "text")
