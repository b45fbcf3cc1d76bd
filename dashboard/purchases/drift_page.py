"""What pages say about values that SkinsBack sends and does not document."""

from datetime import datetime

from dashboard.lib.formatting import one_line
from dashboard.purchases.drift import DRIFT_WORDS
from dashboard.purchases.drift_queries import newest_drift
from dashboard.web.notices import Notice


def notices(now: datetime) -> list[Notice]:
    """Return what ops should know on every page: one line when something undocumented appeared within NEW_FOR."""
    found = newest_drift(now)
    if not found:
        return []
    first = found[0]
    named = f"{DRIFT_WORDS[first.kind]} “{one_line(first.value, 60)}”"
    example = f" (purchase {first.first_buy_id})" if first.first_buy_id is not None else ""
    more = f" and {len(found) - 1} more" if len(found) > 1 else ""
    news = f"New from SkinsBack, and not documented: {named}{example}{more}."
    return [Notice("warn", f"{news} See Operations, Undocumented values.")]
