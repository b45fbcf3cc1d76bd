"""How many purchases match the filters of a list, and what they add up to.

From the kept totals wherever they tell apart what the filters do: exact, and at one cost for any number of matches.
Otherwise from the rows, up to COUNTED_AT_MOST of them.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Select, func, select

from dashboard import spans, statuses
from dashboard.extensions import db
from dashboard.models import HoldTotal, Purchase
from dashboard.queries.kept_totals import Kept, Key, sums_between
from dashboard.queries.lists import NONE, UNKNOWN, Filters, conditions
from dashboard.report import NOTHING, Sums

COUNTED_AT_MOST = 10_000
"""Adding up a million rows costs more than the page; above this the page says "more than"."""

_EVER = (datetime(1, 2, 1, tzinfo=UTC), datetime(9999, 11, 1, tzinfo=UTC))


@dataclass(frozen=True)
class ListSums:
    """How many match; ``is_all`` says that nobody stopped counting. ``sums`` is None where counting was stopped."""

    count: int
    is_all: bool
    sums: Sums | None


def sums_of_list(filters: Filters) -> ListSums:
    """Return how many purchases match, and their sums in USD."""
    kept = _from_totals(filters)
    if kept is not None:
        return ListSums(kept.count, True, kept)
    # The rows are taken first, so that no more of them are read than are counted.
    some = (
        select(Purchase.balance_debited_sum, Purchase.price)
        .where(*conditions(filters))
        .limit(COUNTED_AT_MOST + 1)
        .subquery()
    )
    sums = _first(
        select(
            func.count(),
            func.coalesce(func.sum(some.c.balance_debited_sum), 0),
            func.coalesce(func.sum(some.c.price), 0),
            func.count() - func.count(some.c.price),
            func.count() - func.count(some.c.balance_debited_sum),
        )
    )
    if sums.count > COUNTED_AT_MOST:
        return ListSums(COUNTED_AT_MOST, False, None)
    return ListSums(sums.count, True, sums)


def _from_totals(filters: Filters) -> Sums | None:
    by_date = Filters(
        parts=filters.parts, statuses=filters.statuses, reasons=filters.reasons, since=filters.since,
        until=filters.until,
    )  # fmt: skip
    by_release = Filters(
        on_hold=filters.on_hold, released_since=filters.released_since, released_until=filters.released_until
    )
    moments = (filters.since, filters.until, filters.released_since, filters.released_until)
    if not all(spans.is_aligned(moment) for moment in moments if moment is not None):
        return None
    if filters == by_date:
        return _from_totals_by_date(filters)
    if filters == by_release:
        return _from_totals_of_holds(filters)
    return None


def _from_totals_by_date(filters: Filters) -> Sums | None:
    bounds = (filters.since or _EVER[0], filters.until or _EVER[1])
    if bounds[0] >= bounds[1]:
        return NOTHING
    if not (filters.statuses or filters.reasons):
        ((by_part,),) = sums_between(Kept.BY_PART, bounds)
        wanted = (sums for (part,), sums in by_part.items() if not filters.parts or part in filters.parts)
        return sum(wanted, NOTHING)
    if filters.parts:
        return None
    ((by_outcome,),) = sums_between(Kept.BY_OUTCOME, bounds)
    return sum((sums for key, sums in by_outcome.items() if _is_wanted(key, filters)), NOTHING)


def _is_wanted(key: Key, filters: Filters) -> bool:
    status, reason = key
    known = status in statuses.KNOWN_STATUSES
    fits_status = not filters.statuses or status in filters.statuses or (UNKNOWN in filters.statuses and not known)
    return fits_status and (not filters.reasons or (reason or NONE) in filters.reasons)


def _from_totals_of_holds(filters: Filters) -> Sums:
    columns = (HoldTotal.count, HoldTotal.debited, HoldTotal.price, HoldTotal.price_missing, HoldTotal.debited_missing)
    statement = select(*(func.coalesce(func.sum(column), 0) for column in columns))
    if filters.released_since:
        statement = statement.where(HoldTotal.starts_at >= filters.released_since)
    if filters.released_until:
        statement = statement.where(HoldTotal.starts_at < filters.released_until)
    return _first(statement)


def _first(statement: Select[tuple[int, ...]]) -> Sums:
    count, debited, price, price_missing, debited_missing = db.session.execute(statement).one()
    # PostgreSQL sums BIGINT as numeric.
    return replace(
        NOTHING, count=int(count), debited=debited, price=price, price_missing=int(price_missing),
        debited_missing=int(debited_missing),
    )  # fmt: skip
