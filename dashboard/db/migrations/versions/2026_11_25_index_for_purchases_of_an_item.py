"""index for the purchases of an item

Revision ID: ops_item_index
Revises: 0005_balance
Create Date: 2026-11-25 10:05:00
"""

from alembic import op

revision = "ops_item_index"
down_revision = "0005_balance"
branch_labels = None
depends_on = None


def upgrade():
    op.create_index("ix_purchases_item_name_date_buy_id", "purchases", ["item_name", "date", "buy_id"])


def downgrade():
    op.drop_index("ix_purchases_item_name_date_buy_id", table_name="purchases")
