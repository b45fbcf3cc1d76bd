"""request slots, wanted purchases, signs of life

Revision ID: 0002
Revises: 0001
Create Date: 2026-11-24 08:55:00
"""

import sqlalchemy as sa
from alembic import op

from dashboard.db.columns import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    op.create_table(
        "request_slots",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("at_us", sa.BigInteger(), nullable=False),
        sa.Column("for_people", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_slots")),
    )
    op.create_index(op.f("ix_request_slots_at_us"), "request_slots", ["at_us"])
    op.create_index("ix_request_slots_for_people_at_us", "request_slots", ["for_people", "at_us"])
    op.create_table(
        "wanted_purchases",
        sa.Column("buy_id", _ROW_ID, autoincrement=False, nullable=False),
        sa.Column("wanted_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("buy_id", name=op.f("pk_wanted_purchases")),
    )
    op.create_index(op.f("ix_wanted_purchases_due_at"), "wanted_purchases", ["due_at"])
    # The row of the budget and the log of runs hold nothing worth keeping, so they begin anew.
    op.execute(sa.text("DELETE FROM request_budget"))
    op.execute(sa.text("DELETE FROM job_runs"))
    with op.batch_alter_table("request_budget") as batch_op:
        batch_op.drop_column("next_slot_us")
        batch_op.add_column(sa.Column("people_asked_us", sa.BigInteger(), nullable=False))
    with op.batch_alter_table("job_runs") as batch_op:
        batch_op.add_column(sa.Column("updated_at", UtcDateTime(), nullable=False))
    with op.batch_alter_table("skinsback_state") as batch_op:
        batch_op.add_column(sa.Column("events_alive_at", UtcDateTime(), nullable=True))


def downgrade():
    op.execute(sa.text("DELETE FROM request_budget"))
    with op.batch_alter_table("skinsback_state") as batch_op:
        batch_op.drop_column("events_alive_at")
    with op.batch_alter_table("job_runs") as batch_op:
        batch_op.drop_column("updated_at")
    with op.batch_alter_table("request_budget") as batch_op:
        batch_op.drop_column("people_asked_us")
        batch_op.add_column(sa.Column("next_slot_us", sa.BigInteger(), nullable=False))
    op.drop_table("wanted_purchases")
    op.drop_table("request_slots")
