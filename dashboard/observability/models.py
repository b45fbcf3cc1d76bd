"""How slow statements were."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.db.columns import UtcDateTime
from dashboard.db.extensions import Model


class SlowStatement(Model):
    """A statement of SQL that took long, and the slowest time it did on a day."""

    __tablename__ = "slow_statements"

    day: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    statement: Mapped[str] = mapped_column(Text)
    """With placeholders, so it holds no data."""
    count: Mapped[int] = mapped_column(Integer)
    microseconds: Mapped[int] = mapped_column(BigInteger)
    slowest: Mapped[int] = mapped_column(BigInteger)
    slowest_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_slow_statements_day_slowest", "day", "slowest"),)
