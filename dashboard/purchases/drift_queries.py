"""What SkinsBack sends that is not documented; see ``drift``."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, select

from dashboard.db.extensions import db
from dashboard.purchases.models import Drift

NEW_FOR = timedelta(hours=24)
SHOWN = 500

_D = Drift.__table__.c


def find_drift() -> Sequence[Row[Any]]:
    """Return what is not documented, the newest first: kind, value, times, first and last seen, first example.

    ``times`` counts answers: one about each purchase, and one more for each later answer that differs from it.
    """
    return db.session.execute(select(*_D).order_by(_D.first_seen_at.desc(), _D.kind, _D.value).limit(SHOWN)).all()


def count_drift() -> int:
    """Return how many different things are not documented."""
    return int(db.session.execute(select(func.count()).select_from(Drift)).scalar_one())


def newest_drift(now: datetime) -> Sequence[Row[Any]]:
    """Return (kind, value, first_buy_id) of what was first seen within NEW_FOR, the newest first."""
    columns = (_D.kind, _D.value, _D.first_buy_id)
    return db.session.execute(
        select(*columns).where(_D.first_seen_at > now - NEW_FOR).order_by(_D.first_seen_at.desc(), _D.value).limit(50)
    ).all()
