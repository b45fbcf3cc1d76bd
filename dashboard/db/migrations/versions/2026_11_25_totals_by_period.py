"""totals by period, filled from the purchases; the date in every version

Revision ID: 0004_totals
Revises: 0004
Create Date: 2026-11-25 10:05:00
"""

import sqlalchemy as sa
from alembic import op

from dashboard.db.columns import Money, UtcDateTime

revision = "0004_totals"
down_revision = "0004"
branch_labels = None
depends_on = None

# As they are today; later changes of the code must not change what this migration does. A colon would begin a parameter.
_STARTS = {
    "sqlite": {
        "quarter": "substr({0}, 1, 14) || substr('00153045', substr({0}, 15, 2) / 15 * 2 + 1, 2) || '\\:00.000000'",
        "hour": "substr({0}, 1, 13) || '\\:00\\:00.000000'",
        "day": "substr({0}, 1, 10) || ' 00\\:00\\:00.000000'",
        "month": "substr({0}, 1, 7) || '-01 00\\:00\\:00.000000'",
    },
    "postgresql": {
        "quarter": "to_timestamp(floor(extract(epoch FROM {0}) / 900) * 900)",
        "hour": "date_trunc('hour', {0}, 'UTC')",
        "day": "date_trunc('day', {0}, 'UTC')",
        "month": "date_trunc('month', {0}, 'UTC')",
    },
}
_DEBITED = "sum(coalesce(balance_debited_sum, 0))"


def upgrade():
    _create_tables()
    with op.batch_alter_table("purchase_versions") as batch_op:
        batch_op.add_column(sa.Column("date", UtcDateTime(), nullable=True))
    op.execute(
        "UPDATE purchase_versions SET date = (SELECT p.date FROM purchases p WHERE p.buy_id = purchase_versions.buy_id)"
    )
    with op.batch_alter_table("purchase_versions") as batch_op:
        batch_op.alter_column("date", existing_type=UtcDateTime(), nullable=False)
    # Sums of holds come from the totals now.
    op.drop_index("ix_purchases_hold_sums", table_name="purchases")
    op.create_index("ix_purchases_part_date_buy_id", "purchases", ["part", "date", "buy_id"])
    _fill(op.get_bind().dialect.name)


def _create_tables():
    op.create_table(
        "money_totals",
        sa.Column("span", sa.String(8), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("part", sa.String(24), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("debited", Money(), nullable=False),
        sa.Column("price", Money(), nullable=False),
        sa.Column("price_missing", sa.BigInteger(), nullable=False),
        sa.Column("debited_missing", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("span", "starts_at", "part", name=op.f("pk_money_totals")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "outcome_totals",
        sa.Column("span", sa.String(8), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("offer_status", sa.String(64), nullable=False),
        sa.Column("error_reason", sa.String(64), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("debited", Money(), nullable=False),
        sa.Column("price", Money(), nullable=False),
        sa.Column("price_missing", sa.BigInteger(), nullable=False),
        sa.Column("debited_missing", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "span", "starts_at", "offer_status", "error_reason", name=op.f("pk_outcome_totals")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "hold_totals",
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("debited", Money(), nullable=False),
        sa.Column("price", Money(), nullable=False),
        sa.Column("price_missing", sa.BigInteger(), nullable=False),
        sa.Column("debited_missing", sa.BigInteger(), nullable=False),
        sa.Column("estimates", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("starts_at", name=op.f("pk_hold_totals")),
        sqlite_with_rowid=False,
    )


_KEYS = {"money_totals": ["part"], "outcome_totals": ["offer_status", "error_reason"]}
_SUMS = ["count", "debited", "price", "price_missing", "debited_missing"]
_FROM_ROWS = (
    "count(*), sum(coalesce(balance_debited_sum, 0)), sum(coalesce(price, 0)), count(*) - count(price), "
    "count(*) - count(balance_debited_sum)"
)


def _fill(dialect):
    start = _STARTS[dialect]["quarter"]
    for table, keys in _KEYS.items():
        into = f"INSERT INTO {table} (span, starts_at, {', '.join(keys + _SUMS)})"
        keys_of_rows = ", ".join(keys).replace("error_reason", "coalesce(error_reason, '')")
        by = ", ".join(str(number) for number in range(2, 3 + len(keys)))
        op.execute(
            f"{into} SELECT 'quarter', {start.format('date')}, {keys_of_rows}, {_FROM_ROWS} FROM purchases GROUP BY {by}"
        )
        sums = ", ".join(f"sum({name})" for name in _SUMS)
        for span in ("hour", "day", "month"):
            op.execute(
                f"{into} SELECT '{span}', {_STARTS[dialect][span].format('starts_at')}, {', '.join(keys)}, {sums} "
                f"FROM {table} WHERE span = 'quarter' GROUP BY {by}"
            )
    op.execute(
        f"INSERT INTO hold_totals (starts_at, {', '.join(_SUMS)}, estimates) "
        f"SELECT {start.format('hold_ends_at')}, {_FROM_ROWS}, sum(CASE WHEN hold_end_is_estimate THEN 1 ELSE 0 END) "
        "FROM purchases WHERE hold_ends_at IS NOT NULL GROUP BY 1"
    )


def downgrade():
    hold_sums = ["hold_ends_at", "balance_debited_sum", "hold_end_is_estimate"]
    op.create_index("ix_purchases_hold_sums", "purchases", hold_sums)
    op.drop_index("ix_purchases_part_date_buy_id", table_name="purchases")
    with op.batch_alter_table("purchase_versions") as batch_op:
        batch_op.drop_column("date")
    op.drop_table("hold_totals")
    op.drop_table("outcome_totals")
    op.drop_table("money_totals")
