"""The tables. Columns, keys and indexes; rules about them live in the rooms that use them.

Fields of the API carry the API's own names. Money is in US dollars (``columns.Money``), times are in UTC
(``columns.UtcDateTime``).
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.columns import Money, UtcDateTime
from dashboard.extensions import Model

# SQLite numbers rows by itself only in a column whose type is exactly INTEGER.
_RowId = BigInteger().with_variant(Integer, "sqlite")


class Purchase(Model):
    """One purchase as SkinsBack last described it, and what follows from that. Written by ``store`` alone."""

    __tablename__ = "purchases"

    buy_id: Mapped[int] = mapped_column(_RowId, primary_key=True, autoincrement=False)
    custom_id: Mapped[str | None] = mapped_column(String(255))
    steamid: Mapped[str | None] = mapped_column(String(64))
    tradeofferid: Mapped[str | None] = mapped_column(String(64))
    offer_status: Mapped[str] = mapped_column(String(64))
    error_reason: Mapped[str | None] = mapped_column(String(64))
    in_hold: Mapped[bool | None] = mapped_column(Boolean)
    in_hold_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    price: Mapped[Decimal | None] = mapped_column(Money)
    balance_debited_sum: Mapped[Decimal | None] = mapped_column(Money)
    item_id: Mapped[str | None] = mapped_column(String(64))
    item_name: Mapped[str | None] = mapped_column(String(500))
    classid: Mapped[str | None] = mapped_column(String(64))
    date: Mapped[datetime] = mapped_column(UtcDateTime)

    part: Mapped[str] = mapped_column(String(24))
    """Which part of the debited money this purchase belongs to; see ``finality.Part``."""
    known_hold_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """The last hold end that SkinsBack gave; kept when a later answer leaves it out."""
    was_on_hold: Mapped[bool] = mapped_column(Boolean, default=False)
    hold_ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the running hold ends; empty unless the purchase is on hold now."""
    hold_end_is_estimate: Mapped[bool] = mapped_column(Boolean, default=False)
    status_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When ``offer_status`` was seen to become what it is; empty when it was so at first sight."""
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the purchase was seen to become ``accepted``; empty when it was so at first sight."""
    missing_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when SkinsBack, asked for this purchase, says that it does not know it."""

    first_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When the newest answer was asked for. An answer asked for earlier never overwrites this row."""
    version: Mapped[int] = mapped_column(Integer)
    """Number of the newest row in ``purchase_versions``."""
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When SkinsBack should be asked again; empty when never."""
    due_reason: Mapped[str] = mapped_column(String(64), default="")
    urgency: Mapped[int] = mapped_column(Integer, default=0)
    """Order of overdue work, the lowest first; see ``schedule.urgency``."""
    watched_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When somebody last looked at this purchase while it could still change."""

    __table_args__ = (
        Index("ix_purchases_custom_id", "custom_id"),
        Index("ix_purchases_tradeofferid", "tradeofferid"),
        Index("ix_purchases_steamid_date_buy_id", "steamid", "date", "buy_id"),
        Index("ix_purchases_date_buy_id", "date", "buy_id"),
        Index("ix_purchases_offer_status_date_buy_id", "offer_status", "date", "buy_id"),
        Index("ix_purchases_error_reason_date_buy_id", "error_reason", "date", "buy_id"),
        Index("ix_purchases_part_date_buy_id", "part", "date", "buy_id"),
        Index("ix_purchases_item_name_date_buy_id", "item_name", "date", "buy_id"),
        Index("ix_purchases_balance_debited_sum_buy_id", "balance_debited_sum", "buy_id"),
        Index("ix_purchases_hold_ends_at_buy_id", "hold_ends_at", "buy_id"),
        Index("ix_purchases_due_at_urgency", "due_at", "urgency"),
    )


_SUM_CHANGED = text("debited_change IS NOT NULL")
_WHERE_SUM_CHANGED: Any = {"sqlite_where": _SUM_CHANGED, "postgresql_where": _SUM_CHANGED}


class PurchaseVersion(Model):
    """What was known of a purchase from ``recorded_at`` on: one row at first sight and one for each change.

    The version before is (buy_id, version - 1). Rows are only ever added.
    """

    __tablename__ = "purchase_versions"

    buy_id: Mapped[int] = mapped_column(_RowId, ForeignKey("purchases.buy_id"), primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When the answer that said so was asked for."""
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    source: Mapped[str] = mapped_column(String(32))
    offer_status: Mapped[str] = mapped_column(String(64))
    error_reason: Mapped[str | None] = mapped_column(String(64))
    in_hold: Mapped[bool | None] = mapped_column(Boolean)
    in_hold_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    balance_debited_sum: Mapped[Decimal | None] = mapped_column(Money)
    price: Mapped[Decimal | None] = mapped_column(Money)
    part: Mapped[str] = mapped_column(String(24))
    date: Mapped[datetime] = mapped_column(UtcDateTime)
    debited_change: Mapped[Decimal | None] = mapped_column(Money)
    """By how much the debited sum differs from the version before; empty where it does not, or was unknown before."""

    __table_args__ = (
        # Small, since few sums ever change: what came back on a day, and how it changed the debits of another day.
        Index("ix_purchase_versions_changes_recorded", "recorded_at", "debited_change", **_WHERE_SUM_CHANGED),
        Index("ix_purchase_versions_changes_dated", "date", "debited_change", **_WHERE_SUM_CHANGED),
        Index("ix_purchase_versions_date_buy_id", "date", "buy_id"),
    )


class MoneyTotal(Model):
    """Sums of the purchases whose ``date`` lies in a span of time and that are in a part. Kept by ``store``.

    A purchase without a sum counts as 0 in it and is counted in ``debited_missing`` or ``price_missing``.
    """

    __tablename__ = "money_totals"

    span: Mapped[str] = mapped_column(String(8), primary_key=True)
    """``quarter`` (15 minutes), ``hour``, ``day`` or ``month``, in UTC; see ``totals.Span``."""
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    part: Mapped[str] = mapped_column(String(24), primary_key=True)
    count: Mapped[int] = mapped_column(BigInteger)
    debited: Mapped[Decimal] = mapped_column(Money)
    price: Mapped[Decimal] = mapped_column(Money)
    price_missing: Mapped[int] = mapped_column(BigInteger)
    debited_missing: Mapped[int] = mapped_column(BigInteger)

    # The key is the table itself on SQLite: nothing is stored twice.
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 # SQLAlchemy's own way to pass options.


class OutcomeTotal(Model):
    """The same sums by ``offer_status`` and ``error_reason`` instead of by part."""

    __tablename__ = "outcome_totals"

    span: Mapped[str] = mapped_column(String(8), primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    offer_status: Mapped[str] = mapped_column(String(64), primary_key=True)
    error_reason: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Empty for none."""
    count: Mapped[int] = mapped_column(BigInteger)
    debited: Mapped[Decimal] = mapped_column(Money)
    price: Mapped[Decimal] = mapped_column(Money)
    price_missing: Mapped[int] = mapped_column(BigInteger)
    debited_missing: Mapped[int] = mapped_column(BigInteger)

    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 # SQLAlchemy's own way to pass options.


class HoldTotal(Model):
    """Sums of the running holds that end within a quarter of an hour. Quarters without any have no row."""

    __tablename__ = "hold_totals"

    starts_at: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    count: Mapped[int] = mapped_column(BigInteger)
    debited: Mapped[Decimal] = mapped_column(Money)
    price: Mapped[Decimal] = mapped_column(Money)
    price_missing: Mapped[int] = mapped_column(BigInteger)
    debited_missing: Mapped[int] = mapped_column(BigInteger)
    estimates: Mapped[int] = mapped_column(BigInteger)
    """How many of them have an estimated end."""

    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 # SQLAlchemy's own way to pass options.


class PurchaseAnswer(Model):
    """The newest answer about a purchase, as received. Apart from the purchase, so that lists read narrow rows."""

    __tablename__ = "purchase_answers"

    buy_id: Mapped[int] = mapped_column(_RowId, ForeignKey("purchases.buy_id"), primary_key=True, autoincrement=False)
    raw: Mapped[str] = mapped_column(Text)
    oddities: Mapped[str] = mapped_column(Text, default="")
    """What in it was not as documented, a line each."""


class SetAsideRecord(Model):
    """An object that SkinsBack sent and that could not be used. The same object again only counts up."""

    __tablename__ = "set_aside_records"

    id: Mapped[int] = mapped_column(_RowId, primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    buy_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    raw: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(32))
    first_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    times: Mapped[int] = mapped_column(Integer, default=1)


class Drift(Model):
    """Something that SkinsBack sends and its documentation does not have. Kept by ``store``; see ``drift.Kind``."""

    __tablename__ = "drift"

    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    value: Mapped[str] = mapped_column(String(200), primary_key=True)
    times: Mapped[int] = mapped_column(BigInteger)
    """In how many different answers."""
    first_seen_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    first_buy_id: Mapped[int | None] = mapped_column(BigInteger)
    first_raw: Mapped[str] = mapped_column(Text)


class PurchaseNote(Model):
    """What a colleague wrote about a purchase."""

    __tablename__ = "purchase_notes"

    id: Mapped[int] = mapped_column(_RowId, primary_key=True)
    buy_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("purchases.buy_id"), index=True)
    author_email: Mapped[str] = mapped_column(String(254))
    """Kept as written, so that a note outlives its author's account."""
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class User(Model):
    """Somebody who may sign in."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(_RowId, primary_key=True)
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
    user_id: Mapped[int] = mapped_column(_RowId, ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SignInFailure(Model):
    """A failed sign-in, kept as long as it counts against further tries."""

    __tablename__ = "sign_in_failures"

    id: Mapped[int] = mapped_column(_RowId, primary_key=True)
    subject: Mapped[str] = mapped_column(String(320))
    """``email:…`` or ``address:…``: whom the failure counts against."""
    failed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_sign_in_failures_subject_failed_at", "subject", "failed_at"),)


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

    id: Mapped[int] = mapped_column(_RowId, primary_key=True)
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


class WantedPurchase(Model):
    """A purchase that a pushed event named and that is not stored yet; it is asked for at the next round."""

    __tablename__ = "wanted_purchases"

    buy_id: Mapped[int] = mapped_column(_RowId, primary_key=True, autoincrement=False)
    wanted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class BalanceReading(Model):
    """What SkinsBack said is left on the balance; of a quarter of an hour only the last is kept, see ``balance``."""

    __tablename__ = "balance_readings"

    id: Mapped[int] = mapped_column(_RowId, primary_key=True)
    read_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    amount: Mapped[Decimal] = mapped_column(Money)
    source: Mapped[str] = mapped_column(String(16))
    """``schedule`` or ``event``."""


class Reconciliation(Model):
    """An uploaded list compared with the purchases, as they were known when it was made."""

    __tablename__ = "reconciliations"

    id: Mapped[int] = mapped_column(_RowId, primary_key=True)
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
    """JSON: for each list its number of rows and the sums of both sides, as text."""
    completed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Empty until every row is stored; such a comparison was broken off and is not shown."""


class ReconciliationBlock(Model):
    """Some hundred rows of one of the lists of a reconciliation, packed: they are only ever read in their order."""

    __tablename__ = "reconciliation_blocks"

    reconciliation_id: Mapped[int] = mapped_column(_RowId, ForeignKey("reconciliations.id"), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(16), primary_key=True)
    """Which list it is in; see ``matching.Outcome``."""
    first_place: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    """The place of its first row in the list, from 1."""
    rows: Mapped[bytes] = mapped_column(LargeBinary)
    """See ``matching.packed``."""


class SentReport(Model):
    """A monthly report that is being or was sent, one for each month and kind. Written by ``monthly_report``."""

    __tablename__ = "sent_reports"

    id: Mapped[int] = mapped_column(_RowId, primary_key=True)
    month: Mapped[str] = mapped_column(String(7))
    """Such as ``2026-10``, in the zone of TIMEZONE."""
    kind: Mapped[str] = mapped_column(String(8))
    """``first`` or ``final``."""
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


class HistoryImport(Model):
    """A period walked through ``market_history``, and how far the walk has come; it can be resumed."""

    __tablename__ = "history_imports"

    id: Mapped[int] = mapped_column(_RowId, primary_key=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime] = mapped_column(UtcDateTime)
    start_from: Mapped[str | None] = mapped_column(String(64))
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

    id: Mapped[int] = mapped_column(_RowId, primary_key=True)
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


class ClosedReport(Model):
    """A finance report that somebody closed: its figures as they were, which nothing changes any more."""

    __tablename__ = "closed_reports"

    id: Mapped[int] = mapped_column(_RowId, primary_key=True)
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
    figures: Mapped[str] = mapped_column(Text)
    """JSON, sums as text; see ``closed_figures``."""

    __table_args__ = (Index("ix_closed_reports_period", "first_day", "last_day", "zone", "id"),)


class Finding(Model):
    """Something about a purchase that looks wrong. It leaves the list only with a reason and a name."""

    __tablename__ = "findings"

    kind: Mapped[str] = mapped_column(String(24), primary_key=True)
    """See ``finding_rules.Kind``."""
    buy_id: Mapped[int] = mapped_column(_RowId, ForeignKey("purchases.buy_id"), primary_key=True, autoincrement=False)
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

    id: Mapped[int] = mapped_column(_RowId, primary_key=True)
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
    """JSON: the constant ratios of debited to price that were recognised; see ``finding_rules.Ratio``."""
