"""where the next page of the history starts may be said at any length

Revision ID: 0009_start_from
Revises: 0008_finance
Create Date: 2026-11-25 14:15:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0009_start_from"
down_revision = "0008_finance"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("history_imports") as table:
        table.alter_column("start_from", existing_type=sa.String(64), type_=sa.Text(), existing_nullable=True)


def downgrade():
    with op.batch_alter_table("history_imports") as table:
        table.alter_column("start_from", existing_type=sa.Text(), type_=sa.String(64), existing_nullable=True)
