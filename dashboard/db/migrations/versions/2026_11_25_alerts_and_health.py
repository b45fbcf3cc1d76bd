"""alerts, and how the dashboard itself is doing

Revision ID: alerts_and_health
Revises: ops_drift
Create Date: 2026-11-25 10:20:00
"""

import sqlalchemy as sa
from alembic import op

from dashboard.db.columns import UtcDateTime

revision = "alerts_and_health"
down_revision = "ops_drift"
branch_labels = None
depends_on = None

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    _alerts()
    with op.batch_alter_table("job_runs") as batch_op:
        batch_op.add_column(sa.Column("length_us", sa.BigInteger(), nullable=True))
    op.create_table(
        "request_minutes",
        sa.Column("minute", UtcDateTime(), nullable=False),
        sa.Column("outcome", sa.String(64), nullable=False),
        sa.Column("for_people", sa.Boolean(), nullable=False),
        sa.Column("code", sa.Integer(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("microseconds", sa.BigInteger(), nullable=False),
        sa.Column("slowest", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("minute", "outcome", "for_people", name=op.f("pk_request_minutes")),
    )
    op.create_table(
        "pushed_events_minutes",
        sa.Column("minute", UtcDateTime(), nullable=False),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("event", sa.String(32), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("minute", "source", "event", name=op.f("pk_pushed_events_minutes")),
    )
    op.create_table(
        "slow_statements",
        sa.Column("day", UtcDateTime(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("microseconds", sa.BigInteger(), nullable=False),
        sa.Column("slowest", sa.BigInteger(), nullable=False),
        sa.Column("slowest_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("day", "digest", name=op.f("pk_slow_statements")),
    )
    op.create_index("ix_slow_statements_day_slowest", "slow_statements", ["day", "slowest"])


def _alerts():
    op.create_table(
        "alert_rules",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("is_enabled", sa.Boolean(), nullable=False),
        sa.Column("muted_until", UtcDateTime(), nullable=True),
        sa.Column("muted_by", sa.String(254), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("updated_by", sa.String(254), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_rules")),
        sa.UniqueConstraint("key", name=op.f("uq_alert_rules_key")),
    )
    op.create_table(
        "alerts",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("rule_id", _ROW_ID, nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("open_key", sa.String(64), nullable=True),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("buy_ids", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("latest", sa.Text(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.Column("calm_since", UtcDateTime(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("closed_because", sa.String(200), nullable=False),
        sa.Column("acknowledged_at", UtcDateTime(), nullable=True),
        sa.Column("acknowledged_by", sa.String(254), nullable=False),
        sa.Column("is_silent", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
        sa.UniqueConstraint("open_key", name=op.f("uq_alerts_open_key")),
        sa.ForeignKeyConstraint(["rule_id"], ["alert_rules.id"], name=op.f("fk_alerts_rule_id_alert_rules")),
    )
    op.create_index(op.f("ix_alerts_rule_id"), "alerts", ["rule_id"])
    op.create_index(op.f("ix_alerts_opened_at"), "alerts", ["opened_at"])
    op.create_table(
        "alert_deliveries",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("alert_id", _ROW_ID, nullable=False),
        sa.Column("receiver", sa.String(300), nullable=False),
        sa.Column("occasion", sa.String(16), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", UtcDateTime(), nullable=True),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("error", sa.String(500), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_deliveries")),
        sa.UniqueConstraint("alert_id", "receiver", "occasion", name=op.f("uq_alert_deliveries_alert_id_receiver_occasion")),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name=op.f("fk_alert_deliveries_alert_id_alerts")),
    )
    op.create_index(op.f("ix_alert_deliveries_next_try_at"), "alert_deliveries", ["next_try_at"])


def downgrade():
    with op.batch_alter_table("job_runs") as batch_op:
        batch_op.drop_column("length_us")
    for table in (
        "slow_statements", "pushed_events_minutes", "request_minutes", "alert_deliveries", "alerts", "alert_rules"
    ):
        op.drop_table(table)
