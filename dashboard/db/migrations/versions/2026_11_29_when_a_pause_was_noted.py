"""when a pause of the requests was noted, so that it outlasts a clock that is set back

Revision ID: 0013_pause_noted
Revises: 0012_order_keys
Create Date: 2026-11-29 17:05:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0013_pause_noted"
down_revision = "0012_order_keys"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("request_budget", sa.Column("paused_at_us", sa.BigInteger(), nullable=True))
    op.execute("UPDATE request_budget SET paused_at_us = 0")
    with op.batch_alter_table("request_budget") as batch:
        batch.alter_column("paused_at_us", existing_type=sa.BigInteger(), nullable=False)


def downgrade():
    with op.batch_alter_table("request_budget") as batch:
        batch.drop_column("paused_at_us")
