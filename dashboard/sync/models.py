"""How far the copy reaches, how SkinsBack answers, the requests of a minute, and the balance."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import BigInteger, Boolean, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.db.columns import Money, RowId, UtcDateTime
from dashboard.db.extensions import Model

NAME = "skinsback"
"""The name of the one row of ``request_budget``, and of that of ``skinsback_state``."""

SUCCESS = "success"
ANSWERED = (SUCCESS, "offer_not_found")
"""The outcomes of requests that SkinsBack answered: "not found" is an answer too."""


class BalanceReading(Model):
    """What SkinsBack said is left on the balance; only the last of a quarter hour is kept, see ``balance_store``."""

    __tablename__ = "balance_readings"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    read_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    amount: Mapped[Decimal] = mapped_column(Money)
    source: Mapped[str] = mapped_column(String(16))
    """``schedule`` or ``event``."""


class RequestBudget(Model):
    """The one row that every process locks while it takes a request of the minute they share; see ``budget_store``.

    Times are in microseconds of UNIX time, by the database's clock.
    """

    __tablename__ = "request_budget"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    paused_at_us: Mapped[int] = mapped_column(BigInteger, default=0)
    """When the newest pause was noted."""
    paused_until_us: Mapped[int] = mapped_column(BigInteger, default=0)
    """Until when nobody may ask, after SkinsBack answered -7 or HTTP 429."""
    people_asked_us: Mapped[int] = mapped_column(BigInteger, default=0)
    """When a person last asked, whether or not there was a request left."""


class RequestSlot(Model):
    """A request that somebody may send. Kept while it can matter for the minute, and a little longer."""

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
    """The refusal is one that only an administrator can end, so the jobs ask no more than a probe now and then."""
    retry_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Before this time the jobs do not ask again; after a refusal, when the next probe may."""
    events_alive_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When pushed events were last known to arrive: the websocket answered, or the webhook was called."""
    events_problem: Mapped[str] = mapped_column(Text, default="")
    """Why the websocket brings no events; empty when it does, or when it is switched off."""


class HistoryImport(Model):
    """An import run: a period of ``market_history``, and how far its import has come; it can be resumed."""

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


class RequestMinute(Model):
    """Requests to SkinsBack that ended within a minute in one way."""

    __tablename__ = "request_minutes"

    minute: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    outcome: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SUCCESS, the API's word for an error, or one of ``state_store`` where no answer came."""
    for_people: Mapped[bool] = mapped_column(Boolean, primary_key=True)
    code: Mapped[int | None] = mapped_column(Integer)
    """SkinsBack's own error code, where it gave one."""
    count: Mapped[int] = mapped_column(Integer)
    microseconds: Mapped[int] = mapped_column(BigInteger)
    """How long they took, all together."""
    slowest: Mapped[int] = mapped_column(BigInteger)
    """In microseconds."""


class PushedEventMinute(Model):
    """Pushed events received within a minute."""

    __tablename__ = "pushed_events_minutes"

    minute: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    source: Mapped[str] = mapped_column(String(16), primary_key=True)
    """``websocket`` or ``webhook``."""
    event: Mapped[str] = mapped_column(String(32), primary_key=True)
    count: Mapped[int] = mapped_column(Integer)
