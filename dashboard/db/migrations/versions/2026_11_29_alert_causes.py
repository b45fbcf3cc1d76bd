"""alerts have causes, a kind and a severity; what was found waits whether it holds; people comment, assign and snooze

An alert of the version before gets the one cause that it had. Two kinds of rules now look at everything at once, so
their open alerts, one for each value and each job, end without a message: the rule opens one for all of them.

Revision ID: 0018_alert_causes
Revises: 0017_job_counts
Create Date: 2026-11-29 20:10:00
"""

import json

import sqlalchemy as sa
from alembic import op

from dashboard.db.columns import UtcDateTime

revision = "0018_alert_causes"
down_revision = "0017_job_counts"
branch_labels = None
depends_on = None

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_UNIQUE = "uq_alert_deliveries_alert_id_receiver_occasion"
_TOLD_AS = {
    "failure_rate": ("failure", "warning"), "item_failing": ("item", "warning"), "stuck": ("stuck", "warning"),
    "user_reversals": ("reversals", "warning"), "unknown_values": ("unknown_value", "warning"),
    "refresh_stopped": ("jobs", "critical"), "balance_low": ("balance", "warning"),
    "api_errors": ("connection", "critical"),
}
_JOINED = "'unknown_values', 'refresh_stopped'"
_FROM_NOW_ON = "One alert tells of all of these now."
_NAMES = {
    ("api-errors", "SkinsBack does not answer"): "SkinsBack cannot be asked",
    ("refresh-stopped", "Statuses are not being refreshed"): "The copy is not kept current",
}


def upgrade():
    _tables()
    for column in (
        sa.Column("kind", sa.String(32), nullable=False, server_default=""),
        sa.Column("severity", sa.String(16), nullable=False, server_default=""),
        sa.Column("assignee", sa.String(254), nullable=False, server_default=""),
        sa.Column("snoozed_until", UtcDateTime(), nullable=True),
        sa.Column("snoozed_by", sa.String(254), nullable=False, server_default=""),
    ):
        op.add_column("alerts", column)
    op.add_column("alert_deliveries", sa.Column("cause_id", _ROW_ID, nullable=False, server_default="0"))
    with op.batch_alter_table("alert_deliveries") as batch:
        batch.drop_constraint(_UNIQUE, type_="unique")
        batch.create_unique_constraint(f"{_UNIQUE}_cause_id", ["alert_id", "receiver", "occasion", "cause_id"])
    _name_kinds()
    _join()
    _give_causes()
    # Not in a batch: SQLite would make the table anew, and other tables point at its rows.
    op.drop_column("alerts", "latest")
    _change_rules()


def _tables():
    op.create_table(
        "alert_causes",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("alert_id", _ROW_ID, nullable=False),
        sa.Column("cause", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("severity", sa.String(16), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("buy_ids", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("latest", sa.Text(), nullable=False),
        sa.Column("first_seen_at", UtcDateTime(), nullable=False),
        sa.Column("last_seen_at", UtcDateTime(), nullable=False),
        sa.Column("gone_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_causes")),
        sa.UniqueConstraint("alert_id", "cause", name=op.f("uq_alert_causes_alert_id_cause")),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name=op.f("fk_alert_causes_alert_id_alerts")),
    )
    op.create_index(op.f("ix_alert_causes_kind"), "alert_causes", ["kind"])
    op.create_table(
        "alert_sightings",
        sa.Column("rule_id", _ROW_ID, nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("cause", sa.String(64), nullable=False),
        sa.Column("first_seen_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("rule_id", "subject", "cause", name=op.f("pk_alert_sightings")),
        sa.ForeignKeyConstraint(["rule_id"], ["alert_rules.id"], name=op.f("fk_alert_sightings_rule_id_alert_rules")),
    )
    op.create_table(
        "alert_freezes",
        sa.Column("name", sa.String(16), nullable=False),
        sa.Column("began_at", UtcDateTime(), nullable=False),
        sa.Column("over_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_alert_freezes")),
    )
    op.create_table(
        "alert_comments",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("alert_id", _ROW_ID, nullable=False),
        sa.Column("author", sa.String(254), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_comments")),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name=op.f("fk_alert_comments_alert_id_alerts")),
    )
    op.create_index(op.f("ix_alert_comments_alert_id"), "alert_comments", ["alert_id"])


def _name_kinds():
    name = sa.text("UPDATE alerts SET kind = :told_as, severity = :severity WHERE rule_id = :rule_id")
    for rule in op.get_bind().execute(sa.text("SELECT id, kind, settings FROM alert_rules")).all():
        told_as, severity = _TOLD_AS.get(rule.kind, (rule.kind, "warning"))
        if rule.kind == "failure_rate" and json.loads(rule.settings).get("side", "skinsback") == "skinsback":
            severity = "critical"
        op.get_bind().execute(name, {"told_as": told_as, "severity": severity, "rule_id": rule.id})
    op.execute("UPDATE alerts SET kind = 'unreadable' WHERE kind = 'unknown_value' AND subject LIKE 'set!_aside: %' ESCAPE '!'")
    op.execute("UPDATE alerts SET kind = 'refused' WHERE kind = 'connection' AND sentence LIKE 'SkinsBack refuses%'")


def _join():
    op.get_bind().execute(
        sa.text(
            "UPDATE alerts SET open_key = NULL, closed_at = seen_at, closed_because = :because WHERE open_key IS NOT NULL"
            f" AND rule_id IN (SELECT id FROM alert_rules WHERE kind IN ({_JOINED}))"
        ),
        {"because": _FROM_NOW_ON},
    )


def _give_causes():
    op.execute(
        "INSERT INTO alert_causes (alert_id, cause, kind, severity, sentence, figures, buy_ids, link, latest,"
        " first_seen_at, last_seen_at, gone_at)"
        " SELECT id, kind, kind, severity, sentence, figures, buy_ids, link, latest, opened_at, seen_at, calm_since"
        " FROM alerts ORDER BY id"
    )


def _change_rules():
    """Give the rules that nobody has changed the shorter quiet time and the names of what they tell of now."""
    connection = op.get_bind()
    chosen = "SELECT id, key, name, settings FROM alert_rules WHERE kind IN ('api_errors', 'refresh_stopped')"
    change = sa.text("UPDATE alert_rules SET name = :name, settings = :settings WHERE id = :id")
    for rule in connection.execute(sa.text(f"{chosen} AND updated_by = ''")).all():
        settings = json.loads(rule.settings) | {"quiet_minutes": 2}
        settings.pop("minutes", None)
        name = _NAMES.get((rule.key, rule.name), rule.name)
        connection.execute(change, {"name": name, "settings": json.dumps(settings), "id": rule.id})


def downgrade():
    op.execute("DELETE FROM alert_deliveries WHERE occasion NOT IN ('opened', 'closed')")
    with op.batch_alter_table("alert_deliveries") as batch:
        batch.drop_constraint(f"{_UNIQUE}_cause_id", type_="unique")
        batch.create_unique_constraint(_UNIQUE, ["alert_id", "receiver", "occasion"])
        batch.drop_column("cause_id")
    op.add_column("alerts", sa.Column("latest", sa.Text(), nullable=False, server_default=""))
    for column in ("kind", "severity", "assignee", "snoozed_until", "snoozed_by"):
        op.drop_column("alerts", column)
    for table in ("alert_comments", "alert_freezes", "alert_sightings", "alert_causes"):
        op.drop_table(table)
