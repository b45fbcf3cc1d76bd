"""why the websocket brings no events

Revision ID: 0004
Revises: 0003
Create Date: 2026-11-25 10:10:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("skinsback_state", sa.Column("events_problem", sa.Text(), nullable=True))
    op.execute("UPDATE skinsback_state SET events_problem = ''")
    with op.batch_alter_table("skinsback_state") as batch:
        batch.alter_column("events_problem", existing_type=sa.Text(), nullable=False)


def downgrade():
    with op.batch_alter_table("skinsback_state") as batch:
        batch.drop_column("events_problem")
