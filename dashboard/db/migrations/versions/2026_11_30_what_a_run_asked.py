"""what a run of a job asked SkinsBack for, was answered and stored

Revision ID: 0017_job_counts
Revises: 0016_how_answered
Create Date: 2026-11-30 09:00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0017_job_counts"
down_revision = "0016_how_answered"
branch_labels = None
depends_on = None

COUNTS = ("asked", "answered", "stored")


def upgrade():
    for name in COUNTS:
        op.add_column("job_runs", sa.Column(name, sa.Integer(), nullable=True))
    op.execute("UPDATE job_runs SET asked = 0, answered = 0, stored = 0")
    with op.batch_alter_table("job_runs") as batch:
        for name in COUNTS:
            batch.alter_column(name, existing_type=sa.Integer(), nullable=False)


def downgrade():
    with op.batch_alter_table("job_runs") as batch:
        for name in COUNTS:
            batch.drop_column(name)
