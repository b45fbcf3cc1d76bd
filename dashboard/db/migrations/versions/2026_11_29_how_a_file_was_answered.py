"""a file that waited notes how it was answered, so that another answer is not taken for the same

Revision ID: 0016_how_answered
Revises: 0015_unreadable
Create Date: 2026-11-29 18:26:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0016_how_answered"
down_revision = "0015_unreadable"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("reconciliation_uploads", sa.Column("answer", sa.String(64), nullable=False, server_default=""))


def downgrade():
    op.drop_column("reconciliation_uploads", "answer")
