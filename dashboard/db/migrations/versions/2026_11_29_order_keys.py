"""order IDs are found by their keys, in any spelling that SkinsBack takes for the same

Revision ID: 0012_order_keys
Revises: 0011_no_slow_statements
Create Date: 2026-11-29 16:45:00
"""

import sqlalchemy as sa
from alembic import op

from dashboard.purchases.order_ids import order_key

revision = "0012_order_keys"
down_revision = "0011_no_slow_statements"
branch_labels = None
depends_on = None

ROWS_AT_ONCE = 5000

_PURCHASES = sa.table("purchases", sa.column("buy_id"), sa.column("custom_id"), sa.column("order_key"))


def upgrade():
    key = sa.String(255).with_variant(sa.String(255, collation="C"), "postgresql")
    op.add_column("purchases", sa.Column("order_key", key, nullable=True))
    _fill(op.get_bind())
    op.create_index("ix_purchases_order_key_custom_id", "purchases", ["order_key", "custom_id"])
    op.drop_index("ix_purchases_custom_id", table_name="purchases")


def _fill(connection):
    # By the rule as it is when this runs: the code that looks for keys knows no other.
    p, behind = _PURCHASES.c, 0
    one = _PURCHASES.update().where(p.buy_id == sa.bindparam("id")).values(order_key=sa.bindparam("key"))
    while True:
        block = sa.select(p.buy_id, p.custom_id).where(p.buy_id > behind).order_by(p.buy_id).limit(ROWS_AT_ONCE)
        rows = connection.execute(block).all()
        if not rows:
            return
        behind = rows[-1].buy_id
        keys = [{"id": row.buy_id, "key": order_key(row.custom_id)} for row in rows if row.custom_id is not None]
        if keys:
            connection.execute(one, keys)


def downgrade():
    op.create_index("ix_purchases_custom_id", "purchases", ["custom_id"])
    op.drop_index("ix_purchases_order_key_custom_id", table_name="purchases")
    op.drop_column("purchases", "order_key")
