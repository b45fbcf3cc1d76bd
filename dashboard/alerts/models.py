"""Rules that look for trouble, the alerts they opened, why, what people did about them, and the messages about them."""

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
    """What it is about: a Steam ID, an item; empty for a rule that is about everything."""
    kind: Mapped[str] = mapped_column(String(32), default="")
    severity: Mapped[str] = mapped_column(String(16), default="")
    """Both of the newest cause that is still there, or was there last; see ``kinds``."""
    open_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    """Rule and subject while the alert is open, empty afterwards: so there is never a second open one."""
    sentence: Mapped[str] = mapped_column(Text)
    figures: Mapped[str] = mapped_column(Text)
    """The evidence at the opening: a JSON list of [label, value]."""
    buy_ids: Mapped[str] = mapped_column(Text)
    """Some of the purchases behind it, as a JSON list."""
    link: Mapped[str] = mapped_column(Text)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When a cause of it was last there."""
    calm_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when none of its causes is there any more."""
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_because: Mapped[str] = mapped_column(String(200), default="")
    acknowledged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    acknowledged_by: Mapped[str] = mapped_column(String(254), default="")
    assignee: Mapped[str] = mapped_column(String(254), default="")
    """The e-mail address of the account that takes care of it; empty while none does."""
    snoozed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Until then its messages wait."""
    snoozed_by: Mapped[str] = mapped_column(String(254), default="")
    is_silent: Mapped[bool] = mapped_column(Boolean, default=False)
    """Opened while its rule was muted, so nobody has been told."""


class AlertCause(Model):
    """Why an alert is open, or was: one row for each cause that came while it was open. Rows are never deleted."""

    __tablename__ = "alert_causes"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    alert_id: Mapped[int] = mapped_column(RowId, ForeignKey("alerts.id"))
    cause: Mapped[str] = mapped_column(String(64))
    """Tells causes of one alert apart, such as ``timeout`` and ``invalid_client_secret``; else its kind."""
    kind: Mapped[str] = mapped_column(String(32), index=True)
    severity: Mapped[str] = mapped_column(String(16))
    sentence: Mapped[str] = mapped_column(Text)
    """What was found when it came; so are the figures (a JSON list of [label, value]), buy_ids and link."""
    figures: Mapped[str] = mapped_column(Text)
    buy_ids: Mapped[str] = mapped_column(Text)
    link: Mapped[str] = mapped_column(Text)
    latest: Mapped[str] = mapped_column(Text, default="")
    """What the rule last said of it, where that differs."""
    first_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    gone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Empty while it is there."""

    __table_args__ = (UniqueConstraint("alert_id", "cause"),)


class AlertSighting(Model):
    """What a rule has found and not told yet, since it must hold first: kept here, so that no change of the lead and
    no kill loses the time. A row is written when something is first seen, and deleted when it is told or has gone."""

    __tablename__ = "alert_sightings"

    rule_id: Mapped[int] = mapped_column(RowId, ForeignKey("alert_rules.id"), primary_key=True)
    subject: Mapped[str] = mapped_column(String(200), primary_key=True)
    cause: Mapped[str] = mapped_column(String(64), primary_key=True)
    first_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AlertFreeze(Model):
    """While its only row is there, rules that need current data are not judged, or have not been for long."""

    __tablename__ = "alert_freezes"

    name: Mapped[str] = mapped_column(String(16), primary_key=True)
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    over_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the copy was first seen to be current again; empty while it is not."""


class AlertComment(Model):
    """What somebody wrote about an alert."""

    __tablename__ = "alert_comments"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    alert_id: Mapped[int] = mapped_column(RowId, ForeignKey("alerts.id"), index=True)
    author: Mapped[str] = mapped_column(String(254))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    text: Mapped[str] = mapped_column(Text)


class AlertDelivery(Model):
    """A message about an alert to one receiver: one for each cause (the first is the opening), one for its end."""

    __tablename__ = "alert_deliveries"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    alert_id: Mapped[int] = mapped_column(RowId, ForeignKey("alerts.id"))
    receiver: Mapped[str] = mapped_column(String(300))
    """``webhook`` or ``email:ADDRESS``."""
    occasion: Mapped[str] = mapped_column(String(16))
    """``opened``, ``cause`` (a further one) or ``closed``."""
    cause_id: Mapped[int] = mapped_column(RowId, default=0)
    """The cause that it tells of; 0 for its end. No foreign key, and never empty: so no message is doubled."""
    tries: Mapped[int] = mapped_column(Integer, default=0)
    next_try_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    """Empty once it is sent or given up."""
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str] = mapped_column(String(500), default="")
    """Why the last try failed."""

    __table_args__ = (UniqueConstraint("alert_id", "receiver", "occasion", "cause_id"),)
