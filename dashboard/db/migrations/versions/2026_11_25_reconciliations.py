"""reconciliations and their rows in blocks

Revision ID: 0006_reconciliations
Revises: alerts_and_health
Create Date: 2026-11-25 10:30:00
"""

import sqlalchemy as sa
from alembic import op

from dashboard.db.columns import Money, UtcDateTime

revision = "0006_reconciliations"
down_revision = "alerts_and_health"
branch_labels = None
depends_on = None

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    op.create_table(
        "reconciliations",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("file_name", sa.String(255), nullable=False),
        sa.Column("made_by_email", sa.String(254), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=True),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.Column("period_is_chosen", sa.Boolean(), nullable=False),
        sa.Column("has_amounts", sa.Boolean(), nullable=False),
        sa.Column("sums", sa.Text(), nullable=False),
        sa.Column("completed_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconciliations")),
    )
    op.create_index(op.f("ix_reconciliations_made_at"), "reconciliations", ["made_at"])
    op.create_table(
        "reconciliation_blocks",
        sa.Column("reconciliation_id", _ROW_ID, nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("first_place", sa.Integer(), nullable=False),
        sa.Column("rows", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reconciliation_id"],
            ["reconciliations.id"],
            name=op.f("fk_reconciliation_blocks_reconciliation_id_reconciliations"),
        ),
        sa.PrimaryKeyConstraint("reconciliation_id", "outcome", "first_place", name=op.f("pk_reconciliation_blocks")),
    )


def downgrade():
    op.drop_table("reconciliation_blocks")
    op.drop_table("reconciliations")
