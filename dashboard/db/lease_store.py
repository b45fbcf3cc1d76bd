"""Which process leads: one row of ``leases`` with holder, epoch and expiry, by the database's clock.

A leader that died is replaced when its lease runs out. One that was frozen and wakes up late finds that the epoch has
moved on: every write of a job checks it in its own transaction (``database.Fence``), so it cannot write.
"""

import os
import secrets
import socket

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from dashboard.db.database import Fence, writing
from dashboard.db.dbclock import now_us
from dashboard.db.models import LEASE_SECONDS, Lease, is_lead_running
from dashboard.lib.numbers import SECOND

NAME = "jobs"
RENEWED_EVERY = 5
"""In seconds. Three renewals may fail before the lead is lost."""


def new_holder() -> str:
    return f"{socket.gethostname()[:64]}:{os.getpid()}:{secrets.token_hex(4)}"


def take_or_renew(holder: str) -> Fence | None:
    """Lead from now on, or go on leading; None when another process leads."""
    try:
        return _take_or_renew(holder)
    except IntegrityError:
        return None  # Another process made the very first row at the same moment, and leads.


def _take_or_renew(holder: str) -> Fence | None:
    with writing() as connection:
        row = connection.execute(
            select(Lease.holder, Lease.epoch, Lease.expires_us).where(Lease.name == NAME).with_for_update()
        ).one_or_none()
        now = now_us(connection)
        expires = now + LEASE_SECONDS * SECOND
        if row is None:
            values = {"name": NAME, "holder": holder, "epoch": 1, "expires_us": expires, "taken_us": now}
            connection.execute(insert(Lease).values(**values))
            return Fence(NAME, 1)
        if row.holder != holder and is_lead_running(row.expires_us, now):
            return None
        renewed: dict[str, object] = {"expires_us": expires}
        epoch = row.epoch
        if row.holder != holder or row.expires_us <= now:
            epoch += 1
            renewed |= {"holder": holder, "epoch": epoch, "taken_us": now}
        connection.execute(update(Lease).where(Lease.name == NAME).values(**renewed))
        return Fence(NAME, epoch)


def give_up(holder: str) -> None:
    """Let another process lead at once, because this one ends."""
    with writing() as connection:
        connection.execute(update(Lease).where(Lease.name == NAME, Lease.holder == holder).values(expires_us=0))
