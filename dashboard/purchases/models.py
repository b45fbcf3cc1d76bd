"""Purchases as SkinsBack answers them, their history, and what people and machines note about them."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Boolean, ForeignKey, Index, Integer, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.db.columns import Money, RowId, UtcDateTime
from dashboard.db.extensions import Model
from dashboard.purchases.order_ids import LONGEST_KEY

ORDER_KEY = String(LONGEST_KEY).with_variant(String(LONGEST_KEY, collation="C"), "postgresql")
"""In the order of its code points, as SQLite has it, so that what begins alike is a range of an index."""


class Purchase(Model):
    """One purchase as SkinsBack last described it, and what follows from that. Written by ``store`` alone.

    PostgreSQL fills its pages by half (a migration says so): the round of what is on hold updates all rows of a page in
    one transaction, and without room for the new ones beside the old, each would need a new entry in every index.
    """

    __tablename__ = "purchases"

    buy_id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=False)
    custom_id: Mapped[str | None] = mapped_column(String(255))
    order_key: Mapped[str | None] = mapped_column(ORDER_KEY)
    """``order_ids.order_key`` of ``custom_id``, by which order IDs are found."""
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
    date_is_estimate: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    """Whether SkinsBack has given no ``date`` that can be read, and it is when its first answer was asked for."""
    unreadable: Mapped[str] = mapped_column(String(255), default="", server_default="")
    """The API's names of the fields of the newest answer that could not be read, with blanks between them; of sums also
    those that were left out since."""

    part: Mapped[str] = mapped_column(String(24))
    """Which part of the debited money this purchase belongs to; see ``finality.Settlement``."""
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
        Index("ix_purchases_order_key_custom_id", "order_key", "custom_id"),
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

    buy_id: Mapped[int] = mapped_column(RowId, ForeignKey("purchases.buy_id"), primary_key=True, autoincrement=False)
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
    date_is_estimate: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    debited_change: Mapped[Decimal | None] = mapped_column(Money)
    """By how much the debited sum differs from the last one that was known; empty where it does not, where none was, or
    where it is not known itself, and 0 where only the date differs."""

    __table_args__ = (
        # Small, since few sums ever change: what came back on a day, and how it changed the debits of another day.
        Index("ix_purchase_versions_changes_recorded", "recorded_at", "debited_change", **_WHERE_SUM_CHANGED),
        Index("ix_purchase_versions_changes_dated", "date", "debited_change", **_WHERE_SUM_CHANGED),
        Index("ix_purchase_versions_date_buy_id", "date", "buy_id"),
    )


class PurchaseAnswer(Model):
    """The newest answer about a purchase, as received. Apart from the purchase, so that lists read narrow rows."""

    __tablename__ = "purchase_answers"

    buy_id: Mapped[int] = mapped_column(RowId, ForeignKey("purchases.buy_id"), primary_key=True, autoincrement=False)
    raw: Mapped[str] = mapped_column(Text)
    oddities: Mapped[str] = mapped_column(Text, default="")
    """What in it was not as documented and yet could be used, a line each."""
    unreadable: Mapped[str] = mapped_column(Text, default="", server_default="")
    """What the fields that could not be read held, as a JSON object; empty where all could."""


class Drift(Model):
    """Something that SkinsBack sends and its documentation does not have. Kept by ``store``; see ``DriftKind``."""

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
    __tablename__ = "purchase_notes"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    buy_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("purchases.buy_id"), index=True)
    author_email: Mapped[str] = mapped_column(String(254))
    """Kept as written, so that a note outlives its author's account."""
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class WantedPurchase(Model):
    """A purchase that a pushed event named and that is not stored yet; it is asked for at the next round."""

    __tablename__ = "wanted_purchases"

    buy_id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=False)
    wanted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class RejectedRecord(Model):
    """An object that SkinsBack sent and that could not be used. The same object again only counts up."""

    __tablename__ = "set_aside_records"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    buy_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    raw: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(32))
    first_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    times: Mapped[int] = mapped_column(Integer, default=1)
