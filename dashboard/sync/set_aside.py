"""Objects that SkinsBack sent and that could not be used: try one again."""

import json

from sqlalchemy import select

from dashboard.db.extensions import db
from dashboard.purchases.models import SetAsideRecord
from dashboard.purchases.store import forget_set_aside
from dashboard.skinsback.parsing import UnreadableItem, parse_purchase
from dashboard.sync.connection import naive_zone
from dashboard.sync.refresh import Finding, refresh_now


def try_again(record_id: int) -> str:
    """Ask SkinsBack anew for what an object was about; return a sentence that says what came of it.

    An object whose buy_id could not be read is read once more by today's rules, which may know better; only when that
    tells its buy_id can SkinsBack be asked. The old text itself is never stored: it says what was true long ago.
    """
    row = db.session.execute(
        select(SetAsideRecord.buy_id, SetAsideRecord.raw).where(SetAsideRecord.id == record_id)
    ).one_or_none()
    if row is None:
        return "This object is no longer set aside."
    buy_id, why_not = (row.buy_id, "") if row.buy_id is not None else _read_again(row.raw)
    if buy_id is None:
        return f"The object does not say which purchase it is about, so SkinsBack cannot be asked: {why_not}."
    asked = refresh_now(buy_id)
    if asked.finding is Finding.FOUND:
        forget_set_aside(record_id)
        return f"SkinsBack was asked for purchase {buy_id}, and its answer could be read: it is stored."
    if asked.finding is Finding.NOT_FOUND:
        return f"SkinsBack was asked for purchase {buy_id} and does not know it."
    return f"Purchase {buy_id} is still not readable: {asked.sentence}"


def _read_again(raw: str) -> tuple[int | None, str]:
    try:
        return parse_purchase(json.loads(raw), naive_zone=naive_zone()).buy_id, ""
    except UnreadableItem as error:
        return None, str(error)
    except (ValueError, RecursionError):
        return None, "its text is not whole"
