"""closed reports, what looks wrong, versions by date

Revision ID: 0008_finance
Revises: 0007_sent_reports
Create Date: 2026-11-25 11:00:00
"""

import sqlalchemy as sa
from alembic import op

from dashboard.db.columns import Money, UtcDateTime

revision = "0008_finance"
down_revision = "0007_sent_reports"
branch_labels = None
depends_on = None

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    op.create_index("ix_purchase_versions_date_buy_id", "purchase_versions", ["date", "buy_id"])
    op.create_table(
        "closed_reports",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("closed_by_email", sa.String(254), nullable=False),
        sa.Column("as_of", UtcDateTime(), nullable=False),
        sa.Column("first_day", sa.String(10), nullable=False),
        sa.Column("last_day", sa.String(10), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("cut_by", sa.String(8), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("debited", Money(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closed_reports")),
    )
    op.create_index("ix_closed_reports_period", "closed_reports", ["first_day", "last_day", "zone", "id"])
    op.create_table(
        "findings",
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("buy_id", _ROW_ID, autoincrement=False, nullable=False),
        sa.Column("found_at", UtcDateTime(), nullable=False),
        sa.Column("amount", Money(), nullable=False),
        sa.Column("other_buy_id", sa.BigInteger(), nullable=True),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.Column("owner_email", sa.String(254), nullable=True),
        sa.Column("resolved_at", UtcDateTime(), nullable=True),
        sa.Column("resolved_by", sa.String(254), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["buy_id"], ["purchases.buy_id"], name=op.f("fk_findings_buy_id_purchases")),
        sa.PrimaryKeyConstraint("kind", "buy_id", name=op.f("pk_findings")),
    )
    op.create_index("ix_findings_kind_resolved_at_buy_id", "findings", ["kind", "resolved_at", "buy_id"])
    op.create_index("ix_findings_buy_id", "findings", ["buy_id"])
    op.create_table(
        "finding_resolutions",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("buy_id", sa.BigInteger(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("by_email", sa.String(254), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_resolutions")),
    )
    op.create_index("ix_finding_resolutions_kind_buy_id", "finding_resolutions", ["kind", "buy_id"])
    op.create_table(
        "finding_checks",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("checked_until", UtcDateTime(), nullable=False),
        sa.Column("ratios", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_finding_checks")),
    )


def downgrade():
    op.drop_table("finding_checks")
    op.drop_table("finding_resolutions")
    op.drop_table("findings")
    op.drop_table("closed_reports")
    op.drop_index("ix_purchase_versions_date_buy_id", table_name="purchase_versions")
