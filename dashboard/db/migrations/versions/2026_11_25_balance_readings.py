"""balance readings; by how much a debited sum changed

Revision ID: 0005_balance
Revises: 0004_totals
Create Date: 2026-11-25 10:20:00
"""

import sqlalchemy as sa
from alembic import op

from dashboard.db.columns import Money, UtcDateTime

revision = "0005_balance"
down_revision = "0004_totals"
branch_labels = None
depends_on = None

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_CHANGED = {name: sa.text("debited_change IS NOT NULL") for name in ("sqlite_where", "postgresql_where")}
_INDEXES = {
    "ix_purchase_versions_changes_recorded": ["recorded_at", "debited_change"],
    "ix_purchase_versions_changes_dated": ["date", "debited_change"],
}


def upgrade():
    op.create_table(
        "balance_readings",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=False),
        sa.Column("amount", Money(), nullable=False),
        sa.Column("source", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_balance_readings")),
    )
    op.create_index(op.f("ix_balance_readings_read_at"), "balance_readings", ["read_at"])
    op.add_column("purchase_versions", sa.Column("debited_change", Money(), nullable=True))
    op.execute(
        "UPDATE purchase_versions SET debited_change = balance_debited_sum - (SELECT before.balance_debited_sum "
        "FROM purchase_versions before WHERE before.buy_id = purchase_versions.buy_id "
        "AND before.version = purchase_versions.version - 1) WHERE version > 1"
    )
    op.execute("UPDATE purchase_versions SET debited_change = NULL WHERE debited_change = 0")
    for name, columns in _INDEXES.items():
        op.create_index(name, "purchase_versions", columns, **_CHANGED)


def downgrade():
    for name in _INDEXES:
        op.drop_index(name, table_name="purchase_versions")
    with op.batch_alter_table("purchase_versions") as batch_op:
        batch_op.drop_column("debited_change")
    op.drop_table("balance_readings")
