"""The lead of the background jobs."""

from sqlalchemy import BigInteger, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.db.extensions import Model
from dashboard.lib.numbers import SECOND

LEASE_SECONDS = 20
"""How long a lead lasts. A dead leader is replaced within this and one look at the lease."""


def is_lead_running(expires_us: int, now_us: int) -> bool:
    """Say whether somebody leads whose lease ends then.

    One that ends later than any can was taken before the clock was set back, and nobody may be left of it.
    """
    return now_us < expires_us <= now_us + LEASE_SECONDS * SECOND


class Lease(Model):
    """Which process leads. ``epoch`` grows with every change of the lead and fences off a leader that woke up late."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    holder: Mapped[str] = mapped_column(String(128), default="")
    epoch: Mapped[int] = mapped_column(Integer, default=0)
    expires_us: Mapped[int] = mapped_column(BigInteger, default=0)
    """By the database's clock, in microseconds of UNIX time."""
    taken_us: Mapped[int] = mapped_column(BigInteger, default=0)


class MetricCounter(Model):
    """A number of ``/metrics`` that only grows, written with what it counts; see ``counters``. Never tidied away."""

    __tablename__ = "metric_counters"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    labels: Mapped[str] = mapped_column(String(255), primary_key=True)
    """The labels' values, as a JSON list."""
    value: Mapped[int] = mapped_column(BigInteger)
