"""Who may sign in: users, passwords, and the brake on guessing them."""

import hashlib
import logging
import secrets
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, delete, exists, func, insert, select, update

from dashboard.accounts.models import SignInFailure, User, UserSession
from dashboard.config import SHORTEST_PASSWORD
from dashboard.db.database import writing
from dashboard.db.extensions import db

logger = logging.getLogger(__name__)

LONGEST_PASSWORD = 1024
LONGEST_EMAIL = 254

FAILURES_KEPT = timedelta(days=1)
SESSIONS_KEPT = timedelta(days=30)


class Role(StrEnum):
    """What somebody is here for; an administrator may do everything."""

    SUPPORT = "support"
    FINANCE = "finance"
    OPS = "ops"
    ADMIN = "admin"


class AccountError(ValueError):
    """A user cannot be made as asked; the message says why."""


@dataclass(frozen=True)
class SignedIn:
    id: int
    email: str
    role: Role

    def may(self, *roles: Role | str) -> bool:
        return self.role == Role.ADMIN or self.role in roles


class SignIn(StrEnum):
    DONE = "done"
    REFUSED = "refused"
    THROTTLED = "throttled"


SESSION_LIMIT = timedelta(days=7)
"""Nobody stays signed in longer than this without giving the password again."""

THROTTLE_WINDOW = timedelta(minutes=15)
# Failures within the window after which the next try is refused unseen. An attacker who knows an address can lock out
# only the pair of it and his own network address, not its owner; the wider limits slow down a spread attack.
FAILURES_ALLOWED = {"pair": 5, "address": 20, "email": 50}

# 110 ms and 64 MiB each: two at a time keep a burst of sign-ins from taking the machine's memory.
_hashing = threading.BoundedSemaphore(2)
_hasher = PasswordHasher()


@cache
def _dummy_hash() -> str:
    return _hasher.hash("no account has this password")


def create_user(email: str, password: str, role: str) -> None:
    """Make a user. Raises AccountError when the address, password or role will not do, or the address is taken."""
    address = normal_email(email)
    if role not in set(Role):
        raise AccountError(f"unknown role {role!r}; known are: {', '.join(Role)}")
    password_hash = _hash_of(password)
    with writing() as connection:
        if connection.execute(select(exists().where(User.email == address))).scalar():
            raise AccountError(f"there is already a user {address}")
        connection.execute(
            insert(User).values(
                email=address, password_hash=password_hash, role=role, is_active=True, created_at=datetime.now(UTC)
            )
        )


def normal_email(email: str) -> str:
    """Return the address in the form it is stored in. Raises AccountError when it cannot be one."""
    address = email.strip().lower()
    name, at, host = address.rpartition("@")
    if not (at and name and host) or len(address) > LONGEST_EMAIL or not address.isprintable() or " " in address:
        raise AccountError("that is not an e-mail address")
    return address


def _hash_of(password: str) -> str:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise AccountError(f"the password must have {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters")
    with _hashing:
        return _hasher.hash(password)


def set_password(email: str, password: str) -> None:
    """Change a password and end every session of the user. Raises AccountError."""
    address = normal_email(email)
    password_hash = _hash_of(password)
    with writing() as connection:
        user_id = connection.execute(select(User.id).where(User.email == address)).scalar()
        if user_id is None:
            raise AccountError(f"there is no user {address}")
        connection.execute(update(User).where(User.id == user_id).values(password_hash=password_hash))
        connection.execute(delete(UserSession).where(UserSession.user_id == user_id))


def has_users() -> bool:
    return bool(db.session.execute(select(exists().where(User.id.is_not(None)))).scalar())


def start_session(user: SignedIn) -> str:
    """Begin a session and return its token, which only the browser keeps. Sessions past their end are tidied away."""
    token, now = secrets.token_urlsafe(32), datetime.now(UTC)
    with writing() as connection:
        connection.execute(delete(UserSession).where(UserSession.created_at < now - SESSION_LIMIT))
        connection.execute(insert(UserSession).values(token_digest=_digest(token), user_id=user.id, created_at=now))
    return token


def find_signed_in(token: str) -> SignedIn | None:
    """Return the user of a session, or None when the session has ended or the user is barred."""
    row = db.session.execute(
        select(User.id, User.email, User.role)
        .join(UserSession, UserSession.user_id == User.id)
        .where(
            UserSession.token_digest == _digest(token),
            UserSession.created_at > datetime.now(UTC) - SESSION_LIMIT,
            User.is_active.is_(True),
        )
    ).one_or_none()
    if row is None or row.role not in set(Role):
        return None
    return SignedIn(row.id, row.email, Role(row.role))


def end_session(token: str) -> None:
    """End a session, also for whoever may hold a copy of its cookie."""
    with writing() as connection:
        connection.execute(delete(UserSession).where(UserSession.token_digest == _digest(token)))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def sign_in(email: str, password: str, address: str) -> tuple[SignIn, SignedIn | None]:
    """Check a password, counting failures against the e-mail address and the network address it came from."""
    # PostgreSQL refuses NUL in text, and no address that is in use holds a control character.
    email = "".join(character for character in email.strip().lower() if character.isprintable())[:LONGEST_EMAIL]
    subjects = {"pair": f"pair:{email}|{address}"[:320], "address": f"address:{address}", "email": f"email:{email}"}
    if _is_throttled(subjects):
        return SignIn.THROTTLED, None
    user = db.session.execute(select(User).where(User.email == email, User.is_active.is_(True))).scalar_one_or_none()
    if not _is_right_password(user.password_hash if user else None, password) or user is None:
        _note_failure(subjects)
        return SignIn.REFUSED, None
    with writing() as connection:
        connection.execute(update(User).where(User.id == user.id).values(last_sign_in_at=datetime.now(UTC)))
        connection.execute(delete(SignInFailure).where(SignInFailure.subject == subjects["pair"]))
    return SignIn.DONE, SignedIn(user.id, user.email, Role(user.role))


def _is_right_password(password_hash: str | None, password: str) -> bool:
    # An unknown account costs as much time as a known one, so that the answer's delay does not tell them apart.
    with _hashing:
        try:
            return (
                _hasher.verify(password_hash or _dummy_hash(), password[:LONGEST_PASSWORD])
                and password_hash is not None
            )
        except (VerificationError, InvalidHashError):
            return False


def _is_throttled(subjects: dict[str, str]) -> bool:
    since = datetime.now(UTC) - THROTTLE_WINDOW
    failures = db.session.execute(
        select(SignInFailure.subject, func.count().label("failures"))
        .where(SignInFailure.subject.in_(subjects.values()), SignInFailure.failed_at > since)
        .group_by(SignInFailure.subject)
    )
    counts = {row.subject: row.failures for row in failures}
    return any(counts.get(subject, 0) >= FAILURES_ALLOWED[kind] for kind, subject in subjects.items())


def _note_failure(subjects: dict[str, str]) -> None:
    now = datetime.now(UTC)
    with writing() as connection:
        connection.execute(delete(SignInFailure).where(SignInFailure.failed_at < now - THROTTLE_WINDOW))
        connection.execute(
            insert(SignInFailure), [{"subject": subject, "failed_at": now} for subject in subjects.values()]
        )


def drop_old(connection: Connection, now: datetime) -> int:
    """Delete failed sign-ins that no longer count, and sessions that have long ended; return how many."""
    failures = delete(SignInFailure).where(SignInFailure.failed_at < now - FAILURES_KEPT)
    sessions = delete(UserSession).where(UserSession.created_at < now - SESSIONS_KEPT)
    return sum(connection.execute(statement).rowcount for statement in (failures, sessions))
