"""comparisons note what they read, and compare no sum that is not known; files wait for an answer

Revision ID: 0014_what_a_file_meant
Revises: 0013_pause_noted
Create Date: 2026-11-29 17:05:00
"""

import json
import zlib
from decimal import Decimal

import sqlalchemy as sa
from alembic import op

from dashboard.db.columns import UtcDateTime

revision = "0014_what_a_file_meant"
down_revision = "0013_pause_noted"
branch_labels = None
depends_on = None

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BLOCK_LENGTH = 500
THEIRS, OURS = 6, 7
"""The places of the two sums in a packed row."""

_HEADERS = sa.table("reconciliations", sa.column("id"), sa.column("sums"))
_BLOCKS = sa.table(
    "reconciliation_blocks",
    sa.column("reconciliation_id"),
    sa.column("outcome"),
    sa.column("first_place"),
    sa.column("rows", sa.LargeBinary),
)
_NAMES = {"only_us": "only-ours", "only_them": "only-theirs"}


def upgrade():
    op.create_table(
        "reconciliation_uploads",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("key", sa.String(43), nullable=False),
        sa.Column("file_name", sa.String(255), nullable=False),
        sa.Column("uploaded_by_email", sa.String(254), nullable=False),
        sa.Column("uploaded_at", UtcDateTime(), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=True),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("claimed_until", UtcDateTime(), nullable=True),
        sa.Column("reconciliation_id", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconciliation_uploads")),
        sa.UniqueConstraint("key", name=op.f("uq_reconciliation_uploads_key")),
    )
    op.create_index(op.f("ix_reconciliation_uploads_uploaded_at"), "reconciliation_uploads", ["uploaded_at"])
    op.add_column("reconciliations", sa.Column("reading", sa.Text(), nullable=False, server_default=""))
    _sort_anew(_list_of, list)


def downgrade():
    # What was left out has no list there, and such a row is no part of any.
    op.execute(sa.delete(_BLOCKS).where(_BLOCKS.c.outcome == "left-out"))
    _sort_anew(_list_before, lambda sums: sums[:3])
    op.drop_column("reconciliations", "reading")
    op.drop_index(op.f("ix_reconciliation_uploads_uploaded_at"), "reconciliation_uploads")
    op.drop_table("reconciliation_uploads")


def _list_of(name, row):
    if name in ("agreed", "differs") and (row[THEIRS] is None or row[OURS] is None):
        return "not-compared"
    return _NAMES.get(name, name)


def _list_before(name, row):
    if name == "not-compared":
        return "agreed" if row[THEIRS] is None else "differs"
    return {after: before for before, after in _NAMES.items()}.get(name, name)


def _sort_anew(list_of, stored):
    """Put the rows of every comparison into the lists that ``list_of`` names, and count them anew."""
    connection = op.get_bind()
    headers = connection.execute(sa.select(_HEADERS.c.id).where(_HEADERS.c.sums != "")).scalars().all()
    for number in headers:
        sums = _sorted(connection, number, list_of)
        texts = {
            name: stored([count, str(theirs), str(ours), no_theirs, no_ours])
            for name, (count, theirs, ours, no_theirs, no_ours) in sums.items()
        }
        connection.execute(sa.update(_HEADERS).where(_HEADERS.c.id == number).values(sums=json.dumps(texts)))


def _sorted(connection, number, list_of):
    """Move the rows of one comparison block by block, and return the sums of its lists.

    The old blocks keep their key out of the way of the new ones until they are read: their places become negative.
    """
    mine = _BLOCKS.c.reconciliation_id == number
    connection.execute(sa.update(_BLOCKS).where(mine).values(first_place=-_BLOCKS.c.first_place))
    waiting, written, sums = {}, {}, {}

    def write(name):
        first = written.get(name, 0) + 1
        written[name] = written.get(name, 0) + len(waiting[name])
        packed = zlib.compress(json.dumps(waiting.pop(name), separators=(",", ":")).encode(), 1)
        values = {"reconciliation_id": number, "outcome": name, "first_place": first, "rows": packed}
        connection.execute(sa.insert(_BLOCKS).values(values))

    order = sa.select(_BLOCKS.c.outcome, _BLOCKS.c.first_place).where(mine, _BLOCKS.c.first_place < 0)
    for old, place in connection.execute(order.order_by(_BLOCKS.c.outcome, _BLOCKS.c.first_place.desc())).all():
        at = sa.and_(mine, _BLOCKS.c.outcome == old, _BLOCKS.c.first_place == place)
        block = connection.execute(sa.select(_BLOCKS.c.rows).where(at)).scalar_one()
        for row in json.loads(zlib.decompress(block)):
            name = list_of(old, row)
            _add(sums.setdefault(name, [0, Decimal("0.00"), Decimal("0.00"), 0, 0]), row)
            waiting.setdefault(name, []).append(row)
            if len(waiting[name]) == BLOCK_LENGTH:
                write(name)
        connection.execute(sa.delete(_BLOCKS).where(at))
    for name in list(waiting):
        write(name)
    return sums


def _add(sums, row):
    sums[0] += 1
    for place, at in ((THEIRS, 1), (OURS, 2)):
        if row[place] is None:
            sums[at + 2] += 1
        else:
            sums[at] += Decimal(row[place])
