"""Keeps how far the round of what is on hold is."""

from datetime import datetime

from sqlalchemy import insert, update

from dashboard.db.database import Fence, writing
from dashboard.sync.due_queries import Place
from dashboard.sync.models import NAME, HoldRoundPlace


def save(place: Place, now: datetime, *, fence: Fence | None = None) -> None:
    """Note that everything up to this place was answered. Raises LeadLost when the fence's lead has passed on."""
    values = {"date": place.date, "buy_id": place.buy_id, "moved_at": now}
    with writing(fence) as connection:
        known = update(HoldRoundPlace).where(HoldRoundPlace.name == NAME).values(**values)
        if connection.execute(known).rowcount == 0:
            connection.execute(insert(HoldRoundPlace).values(name=NAME, **values))
