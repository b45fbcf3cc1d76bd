"""slow statements are no longer kept: the histogram of requests and pg_stat_statements tell them

Revision ID: 0011_no_slow_statements
Revises: 0010_six_hours
Create Date: 2026-11-28 15:30:00
"""

import sqlalchemy as sa
from alembic import op

from dashboard.db.columns import UtcDateTime

revision = "0011_no_slow_statements"
down_revision = "0010_six_hours"
branch_labels = None
depends_on = None


def upgrade():
    op.drop_index("ix_slow_statements_day_slowest", "slow_statements")
    op.drop_table("slow_statements")


def downgrade():
    op.create_table(
        "slow_statements",
        sa.Column("day", UtcDateTime(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("microseconds", sa.BigInteger(), nullable=False),
        sa.Column("slowest", sa.BigInteger(), nullable=False),
        sa.Column("slowest_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("day", "digest", name=op.f("pk_slow_statements")),
    )
    op.create_index("ix_slow_statements_day_slowest", "slow_statements", ["day", "slowest"])
