"""The log of the background jobs."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.db.columns import RowId, UtcDateTime
from dashboard.db.extensions import Model


class JobRun(Model):
    __tablename__ = "job_runs"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    job: Mapped[str] = mapped_column(String(32))
    holder: Mapped[str] = mapped_column(String(128))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When the run last said how far it is."""
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(String(16), default="running")
    """``running``, ``done``, ``failed``, ``unanswered`` or ``stopped``; see ``jobs.results``."""
    length_us: Mapped[int | None] = mapped_column(BigInteger)
    """How long the newest run of this row took, in microseconds: runs with nothing to do share a row."""
    detail: Mapped[str] = mapped_column(Text, default="")
    asked: Mapped[int] = mapped_column(Integer, default=0)
    answered: Mapped[int] = mapped_column(Integer, default=0)
    stored: Mapped[int] = mapped_column(Integer, default=0)
    """What the newest run of this row asked SkinsBack for, was answered, and stored; see ``jobs.results.JobResult``."""

    __table_args__ = (Index("ix_job_runs_job_started_at", "job", "started_at"),)
