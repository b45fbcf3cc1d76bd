"""Send mail through the SMTP server of the settings: one message, to a list of people.

A message counts as sent when the server has taken it; whether it arrives is for the server to say, to the sender's
address. Nothing is retried here: whoever calls knows whether a second message does harm.
"""

import io
import smtplib
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Any

from flask import current_app

from dashboard.lib.formatting import one_line

TIMEOUT = 15.0
"""In seconds, for the connection, each piece of what is sent, and each piece of an answer of the server."""

PIECE = 65_536
"""In bytes."""

LONGEST = 180.0
"""In seconds, for everything together. A report with its tables takes its time on a slow line."""

TRANSIENT = range(400, 500)
"""Answers of an SMTP server after which the same message may be taken later (RFC 5321, section 4.2.1)."""


class MailError(Exception):
    """A message that was not sent to anybody. ``can_retry`` says whether trying again later can help.

    ``is_for_all`` says that the server takes no message at all, whoever it is for. The text is a whole sentence for a
    colleague and holds no password.
    """

    def __init__(self, sentence: str, *, can_retry: bool, is_for_all: bool = True) -> None:
        super().__init__(sentence)
        self.can_retry = can_retry
        self.is_for_all = is_for_all


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a message; ``content_type`` is such as ``text/csv``."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class MailServer:
    """Where and how mail is handed over. ``security`` is ``none``, ``starttls`` or ``tls``."""

    host: str
    port: int
    security: str
    user: str
    password: str = field(repr=False)
    sender: str


def server_of_settings() -> MailServer:
    """Return the mail server that the settings name. Raises MailError when they name none."""
    config = current_app.config
    if not config["SMTP_HOST"]:
        raise MailError("No mail server is set: an administrator can set SMTP_HOST and MAIL_FROM.", can_retry=False)
    return MailServer(
        config["SMTP_HOST"], config["SMTP_PORT"], config["SMTP_SECURITY"], config["SMTP_USER"],
        config["SMTP_PASSWORD"], config["MAIL_FROM"],
    )  # fmt: skip


def send_mail(
    recipients: Sequence[str],
    subject: str,
    text: str,
    *,
    attachments: Sequence[Attachment] = (),
    name: str | None = None,
    within: float = LONGEST,
) -> dict[str, str]:
    """Hand one message to the mail server; return the recipients that it refused, with its words.

    Mail programs show two messages of one ``name``, such as ``report-2026-10``, once. Raises MailError when nobody was
    sent the message, or that took longer than ``within`` seconds.
    """
    server = server_of_settings()
    message = _message(server.sender, recipients, subject, text, attachments)
    domain = server.sender.rpartition("@")[2]
    message["Message-ID"] = f"<{name}@{domain}>" if name else make_msgid(domain=domain)
    give_up_at = time.monotonic() + within
    try:
        connection = _connection(server, give_up_at)
        try:
            refused = connection.send_message(message, server.sender, list(recipients))
        finally:
            _leave(connection)
    except (smtplib.SMTPException, OSError) as error:
        if time.monotonic() >= give_up_at:
            too_slow = f"The mail server {server.host}:{server.port} did not finish its answers in time."
            raise MailError(too_slow, can_retry=True) from None
        raise _mail_error(error, server) from None
    return {address: f"{code} {_words(answer)}" for address, (code, answer) in refused.items()}


def _message(
    sender: str, recipients: Sequence[str], subject: str, text: str, attachments: Sequence[Attachment]
) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = ", ".join(recipients)
    # Of one line, so that it cannot add headers.
    message["Subject"] = one_line(subject, 200)
    message["Date"] = format_datetime(datetime.now(UTC))
    # Tells out-of-office programs not to answer (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    for attachment in attachments:
        maintype, _, subtype = attachment.content_type.partition("/")
        message.add_attachment(attachment.content, maintype=maintype, subtype=subtype, filename=attachment.name)
    return message


class _Connection(smtplib.SMTP):
    """A connection that ends at a deadline: time-outs are for each piece, which a server could drip for ever."""

    def __init__(self, give_up_at: float, *arguments: Any, **options: Any) -> None:
        self._give_up_at = give_up_at
        super().__init__(*arguments, **options)

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:
            self.file = io.BufferedReader(_Answers(self.sock, self._limit))
        return super().getreply()

    def send(self, s: Any) -> None:
        data = s.encode(self.command_encoding) if isinstance(s, str) else bytes(s)
        for start in range(0, len(data), PIECE):
            if self.sock is not None:
                self._limit(self.sock)
            super().send(data[start : start + PIECE])

    def _limit(self, sock: socket.socket) -> None:
        left = self._give_up_at - time.monotonic()
        if left <= 0:
            raise TimeoutError
        sock.settimeout(min(TIMEOUT, left))


class _Answers(io.RawIOBase):
    def __init__(self, sock: socket.socket, limit: Callable[[socket.socket], None]) -> None:
        self._sock = sock
        self._limit = limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._limit(self._sock)
        return self._sock.recv_into(buffer)


class _TlsConnection(_Connection, smtplib.SMTP_SSL):
    """The same, encrypted from the start."""


def _connection(server: MailServer, give_up_at: float) -> smtplib.SMTP:
    at = (give_up_at, server.host, server.port)
    timeout = min(TIMEOUT, give_up_at - time.monotonic())
    if server.security == "tls":
        connection: _Connection = _TlsConnection(*at, timeout=timeout, context=ssl.create_default_context())
    else:
        connection = _Connection(*at, timeout=timeout)
    try:
        if server.security == "starttls":
            connection.starttls(context=ssl.create_default_context())
        if server.user:
            _sign_in(connection, server)
    except BaseException:
        connection.close()
        raise
    return connection


def _sign_in(connection: smtplib.SMTP, server: MailServer) -> None:
    try:
        connection.login(server.user, server.password)
    except smtplib.SMTPServerDisconnected:
        # Some servers hang up on a wrong password instead of saying so.
        raise smtplib.SMTPAuthenticationError(535, b"the server hung up") from None


def _leave(connection: smtplib.SMTP) -> None:
    # The message has been taken or refused by now: a parting word that fails must not make it look unsent.
    with suppress(smtplib.SMTPException, OSError):
        connection.quit()
    connection.close()


def _mail_error(error: Exception, server: MailServer) -> MailError:
    where = f"mail server {server.host}:{server.port}"
    if isinstance(error, ssl.SSLCertVerificationError):
        sentence = f"The certificate of the {where} cannot be checked ({error.verify_message}); see SMTP_HOST."
        return MailError(sentence, can_retry=True)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return MailError(f"The {where} does not accept SMTP_USER and SMTP_PASSWORD.", can_retry=True)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = {address: f"{code} {_words(answer)}" for address, (code, answer) in error.recipients.items()}
        told = "; ".join(f"{address}: {answer}" for address, answer in answers.items())
        can_retry = any(code in TRANSIENT for code, _ in error.recipients.values())
        return MailError(
            f"The {where} refused every recipient ({one_line(told, 300)}).", can_retry=can_retry, is_for_all=False
        )
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return MailError(f"The {where} cannot do what SMTP_SECURITY or SMTP_USER asks for.", can_retry=True)
    if isinstance(error, smtplib.SMTPResponseException):
        answer = f"{error.smtp_code} {_words(error.smtp_error)}"
        can_retry = error.smtp_code not in range(500, 600)
        return MailError(f"The {where} did not take the message ({answer}).", can_retry=can_retry, is_for_all=False)
    return MailError(f"The {where} cannot be reached ({type(error).__name__}).", can_retry=True)


def _words(answer: bytes | str) -> str:
    return one_line(answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer, 120)
