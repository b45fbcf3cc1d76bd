"""A real SMTP server on a port of its own, which keeps what it is sent and can be told to refuse."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from ssl import SSLContext
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.ports import two_free_ports


@dataclass
class Mailbox:
    """What arrived. ``answers`` are what the server says to the next messages instead of taking them."""

    port: int = 0
    messages: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    users: list[str] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name.
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.refused:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - As above.
        if self.answers:
            return self.answers.pop(0)
        assert isinstance(envelope.content, bytes)
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        self.recipients.append(list(envelope.rcpt_tos))
        self.users.append(str(session.auth_data or ""))
        return "250 OK"


@contextmanager
def mail_server(tls: SSLContext | None = None, *, password: str | None = None, **options: Any) -> Iterator[Mailbox]:
    """Run a server: with ``tls`` it offers STARTTLS, with ``password`` it asks for one."""
    # aiosmtpd knocks at the port that it was given, so it must be given a real one.
    mailbox = Mailbox(two_free_ports())

    def check(_smtp: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: LoginPassword) -> AuthResult:
        good = data.password.decode() == password
        return AuthResult(success=good, handled=False, auth_data=data.login.decode() if good else None)

    controller = Controller(
        mailbox, hostname="127.0.0.1", port=mailbox.port, tls_context=tls,
        authenticator=check if password else None, auth_required=bool(password),
        **options,
    )  # fmt: skip
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()
