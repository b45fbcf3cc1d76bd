"""counters for machines; a request that succeeded is counted as ok

Revision ID: 0021_counters
Revises: 0020_hold_round
Create Date: 2026-11-30 09:40:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0021_counters"
down_revision = "0020_hold_round"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "metric_counters",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("labels", sa.String(255), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", "labels", name=op.f("pk_metric_counters")),
    )
    _rename("success", "ok")


def downgrade():
    _rename("ok", "success")
    op.drop_table("metric_counters")


def _rename(old, new):
    # An error of SkinsBack without a code we know was counted by its text, which may have been the very word.
    op.execute(sa.text("DELETE FROM request_minutes WHERE outcome = :new").bindparams(new=new))
    op.execute(sa.text("UPDATE request_minutes SET outcome = :new WHERE outcome = :old").bindparams(new=new, old=old))
