"""What finance keeps: closed and sent reports, compared lists, and what looks wrong."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import BigInteger, Boolean, ForeignKey, Index, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.db.columns import Money, RowId, UtcDateTime
from dashboard.db.extensions import Model


class Reconciliation(Model):
    """An uploaded list compared with the purchases, as they were known when it was made."""

    __tablename__ = "reconciliations"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    file_name: Mapped[str] = mapped_column(String(255))
    made_by_email: Mapped[str] = mapped_column(String(254))
    """Kept as written, so that it outlives the account."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    """Also the moment as of which the purchases were compared."""
    zone: Mapped[str] = mapped_column(String(64))
    since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Purchases of [since, until) that the file does not name are "only with us"; empty when there was no period."""
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    period_is_chosen: Mapped[bool] = mapped_column(Boolean)
    """Whether somebody chose the period; else it spans the purchases that the file names."""
    has_amounts: Mapped[bool] = mapped_column(Boolean)
    sums: Mapped[str] = mapped_column(Text, default="")
    """JSON: for each list its number of rows, the sums of both sides as text, and how many rows lack them."""
    reading: Mapped[str] = mapped_column(Text, default="")
    """JSON: what was read of the file; see ``what_was_read.WhatWasRead``. Empty for those of earlier versions."""
    completed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Empty until every row is stored; such a comparison was broken off and is not shown."""


class ReconciliationBlock(Model):
    """Some hundred rows of one of the lists of a reconciliation, packed: they are only ever read in their order."""

    __tablename__ = "reconciliation_blocks"

    reconciliation_id: Mapped[int] = mapped_column(RowId, ForeignKey("reconciliations.id"), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(16), primary_key=True)
    """Which list it is in; see ``matching.MatchOutcome``."""
    first_place: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    """The place of its first row in the list, from 1."""
    rows: Mapped[bytes] = mapped_column(LargeBinary)
    """See ``matching.packed``."""


class ReconciliationUpload(Model):
    """An uploaded file that waits until somebody chose how it is to be read. Dropped when compared, or after a day."""

    __tablename__ = "reconciliation_uploads"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    key: Mapped[str] = mapped_column(String(43), unique=True)
    """Names it in addresses; nobody can guess it."""
    file_name: Mapped[str] = mapped_column(String(255))
    uploaded_by_email: Mapped[str] = mapped_column(String(254))
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    zone: Mapped[str] = mapped_column(String(64))
    since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """The period that was chosen with it, [since, until); empty for none."""
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The file, compressed; empty once it was compared."""
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Before this moment somebody is comparing it, and the same form sent again waits for the outcome."""
    answer: Mapped[str] = mapped_column(String(64), default="", server_default="")
    """Marks the form that whoever claimed it last sent; see ``intake.answer``."""
    reconciliation_id: Mapped[int | None] = mapped_column(BigInteger)
    """The comparison that it became."""


class SentReport(Model):
    """A monthly report that is being or was sent, one for each month and kind. Written by ``monthly.store``."""

    __tablename__ = "sent_reports"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    month: Mapped[str] = mapped_column(String(7))
    """Such as ``2026-10``, in the zone of TIMEZONE."""
    kind: Mapped[str] = mapped_column(String(8))
    """``first``, ``final`` or ``overdue``; see ``monthly.sending``."""
    zone: Mapped[str] = mapped_column(String(64))
    tries: Mapped[int] = mapped_column(Integer)
    claimed_until: Mapped[datetime] = mapped_column(UtcDateTime)
    """Before this moment nobody else tries: somebody is sending it, or the last try failed a short while ago."""
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_final: Mapped[bool] = mapped_column(Boolean)
    """Whether the figures that were sent can no longer change."""
    figures: Mapped[str] = mapped_column(Text, default="")
    """JSON: the debited sum that was sent of each part, as text."""
    recipients: Mapped[str] = mapped_column(Text, default="")
    problem: Mapped[str] = mapped_column(Text, default="")
    """Why the last try failed, or who was refused; empty when all is well."""

    __table_args__ = (UniqueConstraint("month", "kind"),)


class ClosedReport(Model):
    """A finance report that somebody closed: its figures as they were, which nothing changes any more."""

    __tablename__ = "closed_reports"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    closed_by_email: Mapped[str] = mapped_column(String(254))
    """Kept as written, so that it outlives the account."""
    as_of: Mapped[datetime] = mapped_column(UtcDateTime)
    """When it was closed, and the moment as of which its figures are."""
    first_day: Mapped[str] = mapped_column(String(10))
    last_day: Mapped[str] = mapped_column(String(10))
    zone: Mapped[str] = mapped_column(String(64))
    cut_by: Mapped[str] = mapped_column(String(8))
    count: Mapped[int] = mapped_column(BigInteger)
    debited: Mapped[Decimal] = mapped_column(Money)
    debited_missing: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    """How many purchases are not in ``debited``, because their sum was not known."""
    figures: Mapped[str] = mapped_column(Text)
    """JSON, sums as text; see ``closed.figures``."""

    __table_args__ = (Index("ix_closed_reports_period", "first_day", "last_day", "zone", "id"),)


class Finding(Model):
    """Something about a purchase that looks wrong. It leaves the list only with a reason and a name."""

    __tablename__ = "findings"

    kind: Mapped[str] = mapped_column(String(24), primary_key=True)
    """See ``findings.rules.FindingKind``."""
    buy_id: Mapped[int] = mapped_column(RowId, ForeignKey("purchases.buy_id"), primary_key=True, autoincrement=False)
    found_at: Mapped[datetime] = mapped_column(UtcDateTime)
    amount: Mapped[Decimal] = mapped_column(Money)
    """The money in question, in USD; what it is depends on the kind."""
    other_buy_id: Mapped[int | None] = mapped_column(BigInteger)
    """The purchase that this one repeats."""
    holds: Mapped[bool] = mapped_column(Boolean)
    """Whether the purchase still looks so."""
    owner_email: Mapped[str | None] = mapped_column(String(254))
    resolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Empty while it is open."""
    resolved_by: Mapped[str | None] = mapped_column(String(254))
    reason: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        Index("ix_findings_kind_resolved_at_buy_id", "kind", "resolved_at", "buy_id"),
        Index("ix_findings_buy_id", "buy_id"),
    )


class FindingResolution(Model):
    """Whatever was decided about a finding, in its order. Rows are only ever added."""

    __tablename__ = "finding_resolutions"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(24))
    buy_id: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    action: Mapped[str] = mapped_column(String(16))
    """``found``, ``owned``, ``resolved`` or ``reopened``."""
    by_email: Mapped[str] = mapped_column(String(254))
    """Who; the dashboard itself signs with its own name."""
    reason: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (Index("ix_finding_resolutions_kind_buy_id", "kind", "buy_id"),)


class FindingCheck(Model):
    """The one row that says up to when purchases were checked for what looks wrong."""

    __tablename__ = "finding_checks"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    checked_until: Mapped[datetime] = mapped_column(UtcDateTime)
    """Changes recorded until then have been looked at."""
    ratios: Mapped[str] = mapped_column(Text, default="[]")
    """JSON: the constant ratios of debited to price that were recognised; see ``findings.rules.Ratio``."""
