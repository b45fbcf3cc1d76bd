"""Rules that look for trouble, the alerts they opened, and the messages about them."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.db.columns import RowId, UtcDateTime
from dashboard.db.extensions import Model


class AlertRule(Model):
    """Something to look for, with its thresholds; see ``alerts.kinds``."""

    __tablename__ = "alert_rules"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    """Names a rule that exists from the start, so that it is made once; anything for the others."""
    kind: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(120))
    settings: Mapped[str] = mapped_column(Text)
    """The thresholds, as a JSON object."""
    is_enabled: Mapped[bool] = mapped_column(Boolean)
    muted_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Until then its alerts are opened and shown, but nobody is told."""
    muted_by: Mapped[str] = mapped_column(String(254), default="")
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_by: Mapped[str] = mapped_column(String(254), default="")
    """Empty while it is as it was made."""


class Alert(Model):
    """Something that a rule found. Rows are never deleted: they are the history."""

    __tablename__ = "alerts"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    rule_id: Mapped[int] = mapped_column(RowId, ForeignKey("alert_rules.id"), index=True)
    subject: Mapped[str] = mapped_column(String(200))
    """What it is about: a Steam ID, an item, a value; empty for a rule that is about everything."""
    open_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    """Rule and subject while the alert is open, empty afterwards: so there is never a second open one."""
    sentence: Mapped[str] = mapped_column(Text)
    figures: Mapped[str] = mapped_column(Text)
    """The evidence at the opening: a JSON list of [label, value]."""
    buy_ids: Mapped[str] = mapped_column(Text)
    """Some of the purchases behind it, as a JSON list."""
    link: Mapped[str] = mapped_column(Text)
    latest: Mapped[str] = mapped_column(Text, default="")
    """What the rule last said, where that differs from the opening."""
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When its cause was last there."""
    calm_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_because: Mapped[str] = mapped_column(String(200), default="")
    acknowledged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    acknowledged_by: Mapped[str] = mapped_column(String(254), default="")
    is_silent: Mapped[bool] = mapped_column(Boolean, default=False)
    """Opened while its rule was muted, so nobody has been told."""


class AlertDelivery(Model):
    """A message about an alert to one receiver: one for its opening and one for its end."""

    __tablename__ = "alert_deliveries"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    alert_id: Mapped[int] = mapped_column(RowId, ForeignKey("alerts.id"))
    receiver: Mapped[str] = mapped_column(String(300))
    """``webhook`` or ``email:ADDRESS``."""
    occasion: Mapped[str] = mapped_column(String(16))
    """``opened`` or ``closed``."""
    tries: Mapped[int] = mapped_column(Integer, default=0)
    next_try_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    """Empty once it is sent or given up."""
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str] = mapped_column(String(500), default="")
    """Why the last try failed."""

    __table_args__ = (UniqueConstraint("alert_id", "receiver", "occasion"),)
