"""Figures and purchases as they were known at a past moment, and what changed between two.

The state of a purchase at a moment is its newest version recorded until then. Every change makes a version, so figures
as of a moment are exact; they are worked out backwards from today's, by the purchases that have changed since.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, case, func, null, or_, select
from sqlalchemy.orm import aliased

from dashboard.db.extensions import db
from dashboard.db.paging import page_of
from dashboard.finance.report import BySettlement
from dashboard.lib.periods import Interval
from dashboard.purchases.finality import Settlement
from dashboard.purchases.models import Purchase, PurchaseVersion
from dashboard.totals.queries import sum_columns
from dashboard.totals.sums import NOTHING, Sums, from_kept, sums_of_one


@dataclass(frozen=True, slots=True)
class ChangeBetween:
    """Purchases that went from one part to another, or changed within one; None is "not in the period"."""

    from_part: Settlement | None
    to_part: Settlement | None
    before: Sums
    after: Sums

    @property
    def count(self) -> int:
        return max(self.before.count, self.after.count)

    @property
    def not_known(self) -> int:
        """Of how many the debited sum is not known before or after."""
        return max(self.before.debited_missing, self.after.debited_missing)

    @property
    def change(self) -> Decimal:
        """By how much they changed the debited sum of the period, in USD."""
        return self.after.debited - self.before.debited


def begin_snapshot() -> None:
    """Make every question that follows in this request see the database as it is at the first one."""
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def _version_at(buy_id: Any, moment: datetime | None) -> ColumnElement[int]:
    version = aliased(PurchaseVersion)
    newest = select(func.max(version.version)).where(version.buy_id == buy_id)
    return (newest if moment is None else newest.where(version.recorded_at <= moment)).scalar_subquery()


def _both_states(earlier: datetime, later: datetime | None) -> tuple[Select[Any], Any, Any]:
    """Return (from clause without columns, state then, state later) of the purchases that changed in between."""
    changed = select(PurchaseVersion.buy_id).where(PurchaseVersion.recorded_at > earlier)
    if later is not None:
        changed = changed.where(PurchaseVersion.recorded_at <= later)
    ids = changed.distinct().subquery()
    then, since = aliased(PurchaseVersion), aliased(PurchaseVersion)
    joined = (
        select(ids.c.buy_id)
        .join(since, and_(since.buy_id == ids.c.buy_id, since.version == _version_at(ids.c.buy_id, later)))
        .outerjoin(then, and_(then.buy_id == ids.c.buy_id, then.version == _version_at(ids.c.buy_id, earlier)))
    )
    return joined, then, since


def totals_as_of(
    runs: Sequence[Sequence[BySettlement]], bounds: Sequence[Sequence[datetime]], as_of: datetime
) -> list[list[BySettlement]]:
    """Return sums as they were known at a moment, from what they are now.

    ``runs`` and ``bounds`` are as in ``queries.totals_by_part``; both must come from one snapshot.
    """
    touched = Interval(min(run[0] for run in bounds), max(run[-1] for run in bounds))
    joined, then, now = _both_states(as_of, None)
    rows = db.session.execute(
        joined.with_only_columns(*_share(then), *_share(now))
        .where(or_(_within(then.date, touched), _within(now.date, touched)))
        .execution_options(yield_per=1000)
    )
    changes: _Changes = {}
    for row in rows:
        _add(changes, bounds, row[:4], 1)
        _add(changes, bounds, row[4:], -1)
    return [
        [_with_changes(parts, changes, (number, place)) for place, parts in enumerate(run)]
        for number, run in enumerate(runs)
    ]


_Changes = dict[tuple[int, int, str], Sums]
"""By run, place in it and part: what is to be added to the sums."""


def _share(state: Any) -> tuple[Any, ...]:
    return (state.date, state.part, state.balance_debited_sum, state.price)


def _within(column: Any, interval: Interval) -> ColumnElement[bool]:
    return and_(column >= interval.since, column < interval.until)


def _add(changes: _Changes, bounds: Sequence[Sequence[datetime]], share: Sequence[Any], sign: int) -> None:
    date, part, debited, price = share
    if date is None:
        return
    for number, edges in enumerate(bounds):
        place = bisect_right(edges, date) - 1
        if 0 <= place < len(edges) - 1:
            key = (number, place, part)
            sums, share = changes.get(key, NOTHING), sums_of_one(debited, price)
            changes[key] = sums + share if sign > 0 else sums - share


def _with_changes(parts: BySettlement, changes: _Changes, where: tuple[int, int]) -> dict[Settlement, Sums]:
    known = dict(parts)
    for part in Settlement:
        change = changes.get((*where, part.value))
        if change is not None:
            known[part] = known.get(part, NOTHING) + change
    return {part: sums for part, sums in known.items() if sums != NOTHING}


def _changed(known: Interval, bought: Interval) -> Any:
    """Return a subquery of the purchases whose share in the sums differs; arguments as in ``changes_between``."""
    joined, then, now = _both_states(*known)

    def inside(state: Any, column: Any) -> ColumnElement[Any]:
        return case((_within(state.date, bought), column), else_=null())

    rows = joined.with_only_columns(
        now.buy_id,
        inside(then, then.part).label("from_part"),
        inside(now, now.part).label("to_part"),
        inside(then, then.balance_debited_sum).label("from_debited"),
        inside(now, now.balance_debited_sum).label("to_debited"),
        inside(then, then.price).label("from_price"),
        inside(now, now.price).label("to_price"),
        now.seen_at,
    ).subquery()
    c = rows.c
    return (
        select(rows)
        .where(
            or_(
                c.from_part.is_distinct_from(c.to_part),
                c.from_debited.is_distinct_from(c.to_debited),
                c.from_price.is_distinct_from(c.to_price),
            )
        )
        .subquery()
    )


def changes_between(known: Interval, bought: Interval, *, connection: Connection | None = None) -> list[ChangeBetween]:
    """Return by part what changed in the sums of purchases ``bought`` then, from what was ``known`` first to last.

    The sums after less the sums before, over all changes, are the difference of the two reports. Read on ``connection``
    where one is given, so that they agree with the purchases read there.
    """
    c = _changed(known, bought).c
    before = sum_columns(debited="from_debited", price="from_price", known="from_part")
    after = sum_columns(debited="to_debited", price="to_price", known="to_part")
    statement = select(c.from_part, c.to_part, *before, *after).group_by(c.from_part, c.to_part)
    rows = (db.session if connection is None else connection).execute(statement).all()
    half = 2 + len(before)
    changes = [
        ChangeBetween(_part(row[0]), _part(row[1]), from_kept(*row[2:half]), from_kept(*row[half:])) for row in rows
    ]
    order: list[Settlement | None] = [None, *Settlement]
    return sorted(changes, key=lambda change: (order.index(change.from_part), order.index(change.to_part)))


def _part(name: str | None) -> Settlement | None:
    return Settlement(name) if name else None


@dataclass(frozen=True)
class Listing:
    """Purchases in the order of their buy_id, for a page or for a file."""

    statement: Select[Any]

    def page(self, after: int | None = None) -> tuple[Sequence[Row[Any]], int | None]:
        """Return a page of rows behind a buy_id, and the one that the next page begins after if there are more."""
        statement = self.statement
        if after is not None:
            statement = statement.where(statement.selected_columns.buy_id > after)
        return page_of(statement, "buy_id")

    def stream(self, connection: Connection) -> Iterator[Row[Any]]:
        """Yield every row, with flat memory."""
        yield from connection.execute(self.statement.execution_options(stream_results=True, yield_per=1000))


ANY = "any"
"""As a part in ``changed_purchases``: whichever."""


def changed_purchases(known: Interval, bought: Interval, *, from_part: str = ANY, to_part: str = ANY) -> Listing:
    """Return the purchases that make ``changes_between``. An empty part is "not in the period"."""
    c = _changed(known, bought).c
    names = (Purchase.item_name, Purchase.steamid, Purchase.custom_id)
    statement = select(c, *names).join(Purchase, Purchase.buy_id == c.buy_id).order_by(c.buy_id)
    for column, wanted in ((c.from_part, from_part), (c.to_part, to_part)):
        if wanted != ANY:
            statement = statement.where(column == wanted if wanted else column.is_(None))
    return Listing(statement)


def sums_as_of(as_of: datetime, bought: Interval, part: str, missing: str) -> Sums:
    """Return what ``purchases_as_of`` adds up to, in USD, from its rows."""
    known = purchases_as_of(as_of, bought, part, missing).statement.order_by(None).subquery()
    return from_kept(*db.session.execute(select(*sum_columns()).select_from(known)).one())


def purchases_as_of(as_of: datetime, bought: Interval, part: str = "", missing: str = "") -> Listing:
    """Return the purchases that were known at a moment to be ``bought`` then, as they were known.

    ``part`` is that of those wanted, and ``missing`` ``debited`` or ``price`` for those that came without it; empty for
    all.
    """
    state = aliased(PurchaseVersion)
    statement = (
        select(
            state.buy_id, state.part, state.offer_status, state.error_reason, state.balance_debited_sum, state.price,
            state.date, state.date_is_estimate, Purchase.item_name, Purchase.steamid, Purchase.custom_id,
            Purchase.first_seen_at,
        )
        .join(Purchase, Purchase.buy_id == state.buy_id)
        .where(_within(state.date, bought), state.recorded_at <= as_of)
        .where(state.version == _version_at(state.buy_id, as_of))
        .order_by(state.buy_id)
    )  # fmt: skip
    if part:
        statement = statement.where(state.part == part)
    if missing:
        column = state.price if missing == "price" else state.balance_debited_sum
        statement = statement.where(column.is_(None))
    return Listing(statement)


def first_recorded_at() -> datetime | None:
    """Return when the first version was recorded, or None without any: before it nothing was known."""
    return db.session.execute(select(func.min(PurchaseVersion.recorded_at))).scalar()
