"""what SkinsBack sends that is not documented

Revision ID: ops_drift
Revises: ops_item_index
Create Date: 2026-11-25 10:20:00
"""

import sqlalchemy as sa
from alembic import op

from dashboard.db.columns import UtcDateTime

revision = "ops_drift"
down_revision = "ops_item_index"
branch_labels = None
depends_on = None


def upgrade():
    # It begins empty: when something stored long ago was first seen cannot be told any more.
    op.create_table(
        "drift",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.Column("times", sa.BigInteger(), nullable=False),
        sa.Column("first_seen_at", UtcDateTime(), nullable=False),
        sa.Column("last_seen_at", UtcDateTime(), nullable=False),
        sa.Column("first_buy_id", sa.BigInteger(), nullable=True),
        sa.Column("first_raw", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "value", name=op.f("pk_drift")),
    )
    op.create_index(op.f("ix_drift_first_seen_at"), "drift", ["first_seen_at"])


def downgrade():
    op.drop_table("drift")
