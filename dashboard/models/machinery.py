"""What the processes share: the requests of a minute, how SkinsBack answers, the lead, and the jobs."""

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.columns import RowId, UtcDateTime
from dashboard.extensions import Model


class RequestBudget(Model):
    """The one row that every process locks while it takes a request of the minute they share; see ``budget``.

    Times are in microseconds of UNIX time, by the database's clock.
    """

    __tablename__ = "request_budget"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    paused_until_us: Mapped[int] = mapped_column(BigInteger, default=0)
    """Until when nobody may ask, after SkinsBack answered -7."""
    people_asked_us: Mapped[int] = mapped_column(BigInteger, default=0)
    """When a person last asked, whether or not there was a request left."""


class RequestSlot(Model):
    """A request that somebody was given leave for. Kept while it can matter for the minute, and a little longer."""

    __tablename__ = "request_slots"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    at_us: Mapped[int] = mapped_column(BigInteger, index=True)
    """When it may be sent, in microseconds of UNIX time by the database's clock; seconds ahead at most."""
    for_people: Mapped[bool] = mapped_column(Boolean)

    __table_args__ = (Index("ix_request_slots_for_people_at_us", "for_people", "at_us"),)


class SkinsBackState(Model):
    """The one row that says how SkinsBack has been answering lately, whoever asked."""

    __tablename__ = "skinsback_state"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    last_success_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_failure_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failing_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when no answer has succeeded; empty when the last one did."""
    failures_in_a_row: Mapped[int] = mapped_column(Integer, default=0)
    failure_code: Mapped[int | None] = mapped_column(Integer)
    failure_name: Mapped[str] = mapped_column(String(64), default="")
    failure_sentence: Mapped[str] = mapped_column(Text, default="")
    is_stopped: Mapped[bool] = mapped_column(Boolean, default=False)
    """The refusal is one that only an administrator can end, so the jobs no longer ask."""
    retry_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Before this time the jobs do not ask again."""
    events_alive_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When pushed events were last known to arrive: the websocket answered, or the webhook was called."""
    events_problem: Mapped[str] = mapped_column(Text, default="")
    """Why the websocket brings no events; empty when it does, or when it is switched off."""


class HistoryImport(Model):
    """A period walked through ``market_history``, and how far the walk has come; it can be resumed."""

    __tablename__ = "history_imports"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime] = mapped_column(UtcDateTime)
    start_from: Mapped[str | None] = mapped_column(Text)
    """Where SkinsBack said the next page starts; empty before the first."""
    pages: Mapped[int] = mapped_column(Integer, default=0)
    items: Mapped[int] = mapped_column(Integer, default=0)
    total_count: Mapped[int | None] = mapped_column(Integer)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    completed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)


class Lease(Model):
    """Which process leads. ``epoch`` grows with every change of the lead and fences off a leader that woke up late."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    holder: Mapped[str] = mapped_column(String(128), default="")
    epoch: Mapped[int] = mapped_column(Integer, default=0)
    expires_us: Mapped[int] = mapped_column(BigInteger, default=0)
    """By the database's clock, in microseconds of UNIX time."""
    taken_us: Mapped[int] = mapped_column(BigInteger, default=0)


class JobRun(Model):
    """One run of a background job."""

    __tablename__ = "job_runs"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    job: Mapped[str] = mapped_column(String(32))
    holder: Mapped[str] = mapped_column(String(128))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When the run last said how far it is."""
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(String(16), default="running")
    """``running``, ``done``, ``failed`` or ``stopped``."""
    length_us: Mapped[int | None] = mapped_column(BigInteger)
    """How long the newest run of this row took, in microseconds: runs with nothing to do share a row."""
    detail: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (Index("ix_job_runs_job_started_at", "job", "started_at"),)
