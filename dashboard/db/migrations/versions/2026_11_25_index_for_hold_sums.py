"""index for the sums of holds by day

Revision ID: 0003
Revises: 0002
Create Date: 2026-11-25 07:30:00
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_COLUMNS = ["hold_ends_at", "balance_debited_sum", "hold_end_is_estimate"]


def upgrade():
    op.create_index("ix_purchases_hold_sums", "purchases", _COLUMNS)


def downgrade():
    op.drop_index("ix_purchases_hold_sums", table_name="purchases")
