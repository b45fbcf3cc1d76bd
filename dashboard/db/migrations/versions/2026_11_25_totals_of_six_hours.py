"""totals of six hours, filled from those of the hours

Revision ID: 0010_six_hours
Revises: 0009_start_from
Create Date: 2026-11-25 14:30:00
"""

from alembic import op

revision = "0010_six_hours"
down_revision = "0009_start_from"
branch_labels = None
depends_on = None

# As it is today; later changes of the code must not change what this migration does. A colon would begin a parameter.
_START = {
    "sqlite": (
        "substr(starts_at, 1, 11) || substr('00061218', substr(starts_at, 12, 2) / 6 * 2 + 1, 2) || '\\:00\\:00.000000'"
    ),
    "postgresql": "to_timestamp(floor(extract(epoch FROM starts_at) / 21600) * 21600)",
}
_KEYS = {"money_totals": ["part"], "outcome_totals": ["offer_status", "error_reason"]}
_SUMS = ["count", "debited", "price", "price_missing", "debited_missing"]


def upgrade():
    start = _START[op.get_bind().dialect.name]
    sums = ", ".join(f"sum({name})" for name in _SUMS)
    for table, keys in _KEYS.items():
        by = ", ".join(str(number) for number in range(2, 3 + len(keys)))
        op.execute(
            f"INSERT INTO {table} (span, starts_at, {', '.join(keys + _SUMS)}) "
            f"SELECT '6 hours', {start}, {', '.join(keys)}, {sums} FROM {table} WHERE span = 'hour' GROUP BY {by}"
        )


def downgrade():
    for table in _KEYS:
        op.execute(f"DELETE FROM {table} WHERE span = '6 hours'")
