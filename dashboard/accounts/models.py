"""Who may sign in, and where they are signed in."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.db.columns import RowId, UtcDateTime
from dashboard.db.extensions import Model


class User(Model):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    """In lower case."""
    password_hash: Mapped[str] = mapped_column(String(255))
    role: Mapped[str] = mapped_column(String(16))
    is_active: Mapped[bool] = mapped_column(Boolean, default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_sign_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class UserSession(Model):
    """A signed-in browser. Deleting the row signs it out, wherever a copy of its cookie may be."""

    __tablename__ = "user_sessions"

    token_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of the token in the cookie, so that a copy of the database opens no session."""
    user_id: Mapped[int] = mapped_column(RowId, ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SignInFailure(Model):
    """A failed sign-in, kept as long as it counts against further tries."""

    __tablename__ = "sign_in_failures"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    subject: Mapped[str] = mapped_column(String(320))
    """``email:…`` or ``address:…``: whom the failure counts against."""
    failed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_sign_in_failures_subject_failed_at", "subject", "failed_at"),)
