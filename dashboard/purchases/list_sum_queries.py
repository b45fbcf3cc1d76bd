"""How many purchases match the filters of a list, and what they add up to.

From the kept totals wherever they tell apart what the filters do: exact, and at one cost for any number of matches.
Otherwise from the rows: up to COUNTED_AT_MOST of them for the page, and all of them for ``whole_sums``.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import BigInteger, func, select, text, type_coerce
from sqlalchemy.exc import OperationalError

from dashboard.db.extensions import db
from dashboard.purchases import statuses
from dashboard.purchases.filters import UNKNOWN, Filters
from dashboard.purchases.list_queries import conditions
from dashboard.purchases.models import Purchase
from dashboard.totals import spans
from dashboard.totals.models import HoldTotal
from dashboard.totals.queries import Kept, Key, sum_columns, sums_between
from dashboard.totals.spans import Span
from dashboard.totals.sql import SUMS
from dashboard.totals.sums import NOTHING, Sums, from_kept

COUNTED_AT_MOST = 10_000
"""Adding up a million rows costs more than the page; above this the page is shown first and its sum after it."""

QUERY_CANCELED = "57014"
LONGEST_MS = 20_000
"""How long PostgreSQL may add up for one list; it serves others meanwhile. SQLite takes some seconds for a million."""

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
    if kept is None:
        kept = _from_totals_and_edges(filters)
    if kept is not None:
        return ListSums(kept.count, True, kept)
    sums = _from_rows(filters, at_most=COUNTED_AT_MOST + 1)
    if sums.count > COUNTED_AT_MOST:
        return ListSums(COUNTED_AT_MOST, False, None)
    return ListSums(sums.count, True, sums)


def whole_sums(filters: Filters) -> Sums | None:
    """Return the sums of all purchases that match, in USD, however many; None when it takes longer than LONGEST_MS."""
    kept = _from_totals(filters)
    if kept is not None:
        return kept
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text(f"SET LOCAL statement_timeout = {LONGEST_MS}"))
    try:
        return _from_rows(filters, at_most=None)
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) != QUERY_CANCELED:
            raise
        db.session.rollback()
        return None


def _from_rows(filters: Filters, *, at_most: int | None) -> Sums:
    # The rows are taken first, so that no more of them are read than are counted.
    some = select(Purchase.balance_debited_sum, Purchase.price).where(*conditions(filters)).limit(at_most).subquery()
    return from_kept(*db.session.execute(select(*sum_columns()).select_from(some)).one())


def _from_totals_and_edges(filters: Filters) -> Sums | None:
    """Return the sums of a period that begins or ends within a quarter of an hour, as the last 24 hours do.

    Whole quarters come from the totals, and the minutes at the edges, a quarter of an hour each at most, from the rows.
    """
    since, until = filters.since, filters.until
    first = None if since is None else spans.quarter_from(since)
    last = None if until is None else spans.span_start(until, Span.QUARTER)
    if (since, until) == (first, last) or (first is not None and last is not None and first >= last):
        return None
    inner = _from_totals(replace(filters, since=first, until=last))
    if inner is None:
        return None
    edges = [replace(filters, until=first)] if first != since else []
    edges += [replace(filters, since=last)] if last != until else []
    outer = [_from_rows(edge, at_most=COUNTED_AT_MOST + 1) for edge in edges]
    return None if any(sums.count > COUNTED_AT_MOST for sums in outer) else sum(outer, inner)


def _from_totals(filters: Filters) -> Sums | None:
    by_date = Filters(
        parts=filters.parts, statuses=filters.statuses, reasons=filters.reasons, phases=filters.phases,
        fault=filters.fault, since=filters.since, until=filters.until,
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
    if not (filters.statuses or filters.reasons or filters.phases or filters.fault):
        ((by_part,),) = sums_between(Kept.BY_SETTLEMENT, bounds)
        wanted = (sums for (part,), sums in by_part.items() if not filters.parts or part in filters.parts)
        return sum(wanted, NOTHING)
    if filters.parts:
        return None
    ((by_outcome,),) = sums_between(Kept.BY_OUTCOME, bounds)
    return sum((sums for key, sums in by_outcome.items() if _is_wanted(key, filters)), NOTHING)


def _is_wanted(key: Key, filters: Filters) -> bool:
    status, reason = key
    phase = statuses.phase_of(status)
    is_unknown = UNKNOWN in filters.statuses and status not in statuses.KNOWN_STATUSES
    fits_status = not filters.statuses or status in filters.statuses or is_unknown
    fits_reason = not filters.reasons or (reason or statuses.NO_REASON) in filters.reasons
    fits_phase = not filters.phases or phase in filters.phases
    is_undelivered = phase in statuses.UNDELIVERED_PHASES
    fits_fault = not filters.fault or (is_undelivered and statuses.fault_of(status, reason) is filters.fault)
    return fits_status and fits_reason and fits_phase and fits_fault


def _from_totals_of_holds(filters: Filters) -> Sums:
    columns = (HoldTotal.__table__.c[name] for name in SUMS["hold_totals"])
    statement = select(*(func.coalesce(func.sum(type_coerce(column, BigInteger)), 0) for column in columns))
    if filters.released_since:
        statement = statement.where(HoldTotal.starts_at >= filters.released_since)
    if filters.released_until:
        statement = statement.where(HoldTotal.starts_at < filters.released_until)
    return from_kept(*db.session.execute(statement).one())
