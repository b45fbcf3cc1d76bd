"""where the round of what is on hold is, which person a request was for, and when people kept jobs waiting

Revision ID: 0020_hold_round
Revises: 0018_alert_causes
Create Date: 2026-11-29 20:25:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0020_hold_round"
down_revision = "0018_alert_causes"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "hold_round",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("date", sa.DateTime(timezone=True), nullable=False),
        sa.Column("buy_id", sa.BigInteger(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.add_column("request_budget", sa.Column("jobs_short_us", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("request_slots", sa.Column("person", sa.String(64), nullable=False, server_default=""))

    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE purchases SET (fillfactor = 50)")


def downgrade():
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE purchases RESET (fillfactor)")
    op.drop_column("request_slots", "person")
    op.drop_column("request_budget", "jobs_short_us")
    op.drop_table("hold_round")
