"""a field that cannot be read loses itself, not its purchase: which could not, and what they held

SkinsBack is asked at once for what the version before took wrongly: deliveries that count as final because their hold
could not be read, and purchases whose object was set aside whole.

Revision ID: 0015_unreadable
Revises: 0014_what_a_file_meant
Create Date: 2026-11-29 17:00:00
"""

import json
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

from dashboard.db.columns import UtcDateTime

revision = "0015_unreadable"
down_revision = "0014_what_a_file_meant"
branch_labels = None
depends_on = None

_OLD_WORDS = {
    "in_hold is neither true nor false": "in_hold",
    "in_hold_until is not a time": "in_hold_until",
    "item is not an object": "item",
}
"""How the version before began a line of ``oddities`` about a field that it could not read; what it held follows."""

_ADDED = (("purchases", "date_is_estimate"), ("purchases", "unreadable"), ("purchase_versions", "date_is_estimate"),
          ("purchase_answers", "unreadable"), ("closed_reports", "debited_missing"))  # fmt: skip

_answers = sa.table("purchase_answers", sa.column("buy_id"), sa.column("oddities"), sa.column("unreadable"))
_purchases = sa.table(
    "purchases", sa.column("buy_id"), sa.column("offer_status"), sa.column("unreadable"),
    sa.column("due_at", UtcDateTime()), sa.column("due_reason"), sa.column("urgency"),
)  # fmt: skip
_set_aside = sa.table("set_aside_records", sa.column("buy_id"))
_closed = sa.table("closed_reports", sa.column("id"), sa.column("figures"), sa.column("debited_missing"))
_wanted = sa.table(
    "wanted_purchases", sa.column("buy_id"), sa.column("wanted_at", UtcDateTime()), sa.column("due_at", UtcDateTime())
)


def upgrade():
    op.add_column("purchases", sa.Column("date_is_estimate", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("purchases", sa.Column("unreadable", sa.String(255), nullable=False, server_default=""))
    op.add_column(
        "purchase_versions", sa.Column("date_is_estimate", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("purchase_answers", sa.Column("unreadable", sa.Text(), nullable=False, server_default=""))
    op.add_column("closed_reports", sa.Column("debited_missing", sa.BigInteger(), nullable=False, server_default="0"))
    connection, now = op.get_bind(), datetime.now(UTC)
    _count_unknown_sums(connection)
    _name_unreadable_fields(connection)
    ask_again(connection, now)


def _count_unknown_sums(connection):
    for report_id, figures in connection.execute(sa.select(_closed.c.id, _closed.c.figures)).all():
        sums = [part for row in json.loads(figures)["rows"] for part in row["parts"].values()]
        missing = sum(part["debited_missing"] for part in sums)
        connection.execute(sa.update(_closed).where(_closed.c.id == report_id).values(debited_missing=missing))


def _name_unreadable_fields(connection):
    has_old_words = sa.or_(*(_answers.c.oddities.contains(words) for words in _OLD_WORDS))
    rows = connection.execute(sa.select(_answers.c.buy_id, _answers.c.oddities).where(has_old_words)).all()
    for buy_id, oddities in rows:
        lines = [line.partition(": ") for line in oddities.splitlines()]
        held = {_OLD_WORDS[words]: value for words, _, value in lines if words in _OLD_WORDS}
        kept = "\n".join("".join(line) for line in lines if line[0] not in _OLD_WORDS)
        connection.execute(
            sa.update(_answers)
            .where(_answers.c.buy_id == buy_id)
            .values(oddities=kept, unreadable=json.dumps(held) if held else "")
        )
        connection.execute(
            sa.update(_purchases).where(_purchases.c.buy_id == buy_id).values(unreadable=" ".join(held))
        )


def ask_again(connection, now):
    at_once = {
        "due_at": now,
        "due_reason": "the version before could not read its answer",
        # As what has just got priority: before everything that is overdue by less than a day.
        "urgency": int((now - timedelta(days=1) - datetime(2020, 1, 1, tzinfo=UTC)).total_seconds()),
    }
    of_set_aside = sa.select(_set_aside.c.buy_id).where(_set_aside.c.buy_id.is_not(None))
    hold_is_unreadable = sa.and_(_purchases.c.offer_status == "accepted", _purchases.c.unreadable.contains("in_hold"))
    connection.execute(
        sa.update(_purchases)
        .where(sa.or_(hold_is_unreadable, _purchases.c.buy_id.in_(of_set_aside)))
        .values(**at_once)
    )
    known = (sa.select(_purchases.c.buy_id), sa.select(_wanted.c.buy_id))
    missing = of_set_aside.where(*(_set_aside.c.buy_id.not_in(ids) for ids in known)).distinct()
    times = sa.literal(now, UtcDateTime())
    chosen = missing.add_columns(times.label("wanted_at"), times.label("due_at"))
    connection.execute(sa.insert(_wanted).from_select(["buy_id", "wanted_at", "due_at"], chosen))


def downgrade():
    for table, column in _ADDED:
        op.drop_column(table, column)
