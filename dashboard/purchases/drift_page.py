"""What pages say about values that SkinsBack sends and does not document."""

from datetime import datetime

from dashboard.lib.formatting import one_line
from dashboard.purchases.drift_queries import newest_drift
from dashboard.web.notices import Notice

_WORDS = {"status": "the status", "reason": "the reason", "field": "the field", "type": "", "set_aside": ""}


def notices(now: datetime) -> list[Notice]:
    """Return what ops should know on every page: one line when something undocumented appeared within NEW_FOR."""
    found = newest_drift(now)
    if not found:
        return []
    first = found[0]
    named = " ".join(part for part in (_WORDS[first.kind], f"“{one_line(first.value, 60)}”") if part)
    example = f" (purchase {first.first_buy_id})" if first.first_buy_id is not None else ""
    more = f" and {len(found) - 1} more" if len(found) > 1 else ""
    news = f"New from SkinsBack, and not documented: {named}{example}{more}."
    return [Notice("warn", f"{news} See Operations, Undocumented values.")]
