"""Sums of purchases kept by period; written by ``store`` here as purchases change."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.db.columns import Money, UtcDateTime
from dashboard.db.extensions import Model


class _SumColumns:
    """The fields of ``sums.Sums``."""

    count: Mapped[int] = mapped_column(BigInteger, sort_order=1)
    debited: Mapped[Decimal] = mapped_column(Money, sort_order=1)
    price: Mapped[Decimal] = mapped_column(Money, sort_order=1)
    price_missing: Mapped[int] = mapped_column(BigInteger, sort_order=1)
    debited_missing: Mapped[int] = mapped_column(BigInteger, sort_order=1)


class MoneyTotal(_SumColumns, Model):
    """Sums of the purchases whose ``date`` lies in a span of time, by settlement. Kept by ``store``."""

    __tablename__ = "money_totals"

    span: Mapped[str] = mapped_column(String(8), primary_key=True)
    """``quarter`` (15 minutes), ``hour``, ``6 hours``, ``day`` or ``month``, in UTC; see ``spans.Span``."""
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    part: Mapped[str] = mapped_column(String(24), primary_key=True)

    # The key is the table itself on SQLite: nothing is stored twice.
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 # SQLAlchemy's own way to pass options.


class OutcomeTotal(_SumColumns, Model):
    """The same sums by ``offer_status`` and ``error_reason`` instead of by settlement."""

    __tablename__ = "outcome_totals"

    span: Mapped[str] = mapped_column(String(8), primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    offer_status: Mapped[str] = mapped_column(String(64), primary_key=True)
    error_reason: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Empty for none."""

    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 # SQLAlchemy's own way to pass options.


class HoldTotal(_SumColumns, Model):
    """Sums of the running holds that end within a quarter of an hour. Quarters without any have no row."""

    __tablename__ = "hold_totals"

    starts_at: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    estimates: Mapped[int] = mapped_column(BigInteger, sort_order=2)
    """How many of them have an estimated end."""

    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 # SQLAlchemy's own way to pass options.
