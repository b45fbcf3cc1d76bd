"""What the bridge is made of: the balance as it was read, and how debited sums changed after their first report."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, or_, select

from dashboard.db.extensions import db
from dashboard.finance.balance.bridge import BridgeDay, Reading
from dashboard.finance.balance.runway import PACE_OF, Runway
from dashboard.finance.history_queries import begin_snapshot
from dashboard.finance.queries import totals_by_part
from dashboard.finance.report import total_of
from dashboard.lib import periods
from dashboard.lib.periods import Interval
from dashboard.purchases.finality import Settlement
from dashboard.purchases.models import Purchase, PurchaseVersion
from dashboard.sync.models import BalanceReading
from dashboard.totals.spans import Span, quarter_from, span_start
from dashboard.totals.sums import NOTHING, ZERO, Sums, sums_of_one

IN_DOUBT = (Settlement.FAILED, Settlement.REVERSED_BY_USER, Settlement.REVERSED_BY_SUPPLIER)
"""SkinsBack may give such debits back without saying so in the purchase."""


@dataclass(frozen=True, slots=True)
class DebitChange:
    """A debited sum that changed by ``amount`` USD after SkinsBack first reported it; what came back is negative."""

    buy_id: int
    date: datetime
    """When the purchase was made."""
    recorded_at: datetime
    """When the change was seen here."""
    amount: Decimal

    @property
    def size(self) -> Decimal:
        return abs(self.amount)


_COLUMNS = (BalanceReading.read_at, BalanceReading.amount, BalanceReading.source)


def latest_reading(until: datetime | None = None) -> Reading | None:
    """Return the newest reading, or the newest up to a moment; None before the first."""
    statement = select(*_COLUMNS).order_by(BalanceReading.read_at.desc(), BalanceReading.id.desc()).limit(1)
    if until is not None:
        statement = statement.where(BalanceReading.read_at <= until)
    row = db.session.execute(statement).one_or_none()
    return Reading(*row) if row is not None else None


def last_readings(edges: Sequence[datetime]) -> list[Reading | None]:
    """Return for each interval between two edges the last reading in it: after its start, at or before its end.

    ``edges`` ascend; the result has one entry less. None where the balance was not read in the interval.
    """
    found: list[Reading | None] = [None] * (len(edges) - 1)
    rows = db.session.execute(
        select(*_COLUMNS)
        .where(BalanceReading.read_at > edges[0], BalanceReading.read_at <= edges[-1])
        .order_by(BalanceReading.read_at, BalanceReading.id)
    )
    for row in rows:
        # A reading at an edge belongs to the interval that ends there.
        place = bisect_right(edges, row.read_at) - 1
        found[place - (row.read_at == edges[place])] = Reading(*row)
    return found


def readings_at(moments: Sequence[datetime]) -> list[Reading | None]:
    """Return what the newest reading was at each of ascending moments; None before the first."""
    newest, found = latest_reading(moments[0]), []
    for later in (None, *last_readings(moments)):
        newest = later or newest
        found.append(newest)
    return found


def find_runway(now: datetime) -> Runway:
    """Return how long the balance lasts at the pace of the last day."""
    return find_runways([now])[0]


def find_runways(moments: Sequence[datetime]) -> list[Runway]:
    """Return how long the balance lasted at each of ascending moments, by what is known of the purchases today."""
    days = [Interval(moment - PACE_OF, moment) for moment in moments]
    made = [_whole_quarters(day) + at_edges for day, at_edges in zip(days, _at_edges(days), strict=True)]
    return [
        Runway(reading, sums.debited, sums.debited_missing)
        for reading, sums in zip(readings_at(moments), made, strict=True)
    ]


def _whole_quarters(day: Interval) -> Sums:
    """Return the sums of the whole quarters of an hour within a day, from the totals that are kept."""
    ((parts,),) = totals_by_part((quarter_from(day.since), span_start(day.until, Span.QUARTER)))
    return total_of(parts)


def _at_edges(days: Sequence[Interval]) -> list[Sums]:
    """Return the sums of what lies in each day outside its whole quarters, less than half an hour in all."""
    edges = [
        edge
        for since, until in days
        for edge in (Interval(since, quarter_from(since)), Interval(span_start(until, Span.QUARTER), until))
    ]
    within = or_(*((Purchase.date >= edge.since) & (Purchase.date < edge.until) for edge in edges))
    rows = db.session.execute(select(Purchase.date, Purchase.balance_debited_sum, Purchase.price).where(within)).all()
    sums = [
        sum((sums_of_one(debited, price) for date, debited, price in rows if since <= date < until), NOTHING)
        for since, until in edges
    ]
    return [before + after for before, after in zip(sums[::2], sums[1::2], strict=True)]


def changes_recorded(seen: Interval) -> list[DebitChange]:
    """Return the changes of debited sums that were seen then."""
    return _changes(PurchaseVersion.recorded_at >= seen.since, PurchaseVersion.recorded_at < seen.until)


def changes_of_purchases(bought: Interval) -> list[DebitChange]:
    """Return the changes, whenever they were seen, of purchases made then whose debited sum is known now."""
    # A purchase whose date was corrected has a version of the new date in the same small index.
    dated = select(PurchaseVersion.buy_id).where(
        PurchaseVersion.debited_change.is_not(None),
        PurchaseVersion.date >= bought.since,
        PurchaseVersion.date < bought.until,
    )
    changes = _changes(PurchaseVersion.buy_id.in_(dated), Purchase.balance_debited_sum.is_not(None))
    return [change for change in changes if bought.since <= change.date < bought.until]


def _changes(*conditions: ColumnElement[bool]) -> list[DebitChange]:
    # The purchase's own date, as the totals have it: that of a version may have been corrected since.
    columns = (
        PurchaseVersion.buy_id, Purchase.date, PurchaseVersion.recorded_at, PurchaseVersion.debited_change,
    )  # fmt: skip
    rows = db.session.execute(
        select(*columns)
        .join(Purchase, Purchase.buy_id == PurchaseVersion.buy_id)
        .where(PurchaseVersion.debited_change.is_not(None), PurchaseVersion.debited_change != 0, *conditions)
        .order_by(PurchaseVersion.recorded_at, PurchaseVersion.buy_id)
    )
    return [DebitChange(*row) for row in rows]


def find_bridge(days: Sequence[date], zone: ZoneInfo) -> list[BridgeDay]:
    """Return the bridge of local days that follow each other. Definitions: docs/numbers.md, "Balance bridge"."""
    begin_snapshot()
    edges = [periods.day_start(day, zone) for day in (days[0] - timedelta(days=1), *days, days[-1] + timedelta(days=1))]
    bounds, readings = edges[1:], last_readings(edges)
    interval = Interval(bounds[0], bounds[-1])
    (now_debited,) = totals_by_part(bounds)
    later = _by_day(bounds, ((change.date, change) for change in changes_of_purchases(interval)))
    seen = _by_day(bounds, ((change.recorded_at, change) for change in changes_recorded(interval)))
    return [
        BridgeDay(
            day=day,
            opening=readings[place],
            closing=readings[place + 1],
            # What stands in a purchase now is what was debited first and every change since.
            debited=total_of(now_debited[place]).debited
            - sum((change.amount for change in later[place]), ZERO)
            + sum((change.amount for change in seen[place] if change.amount > 0), ZERO),
            returned=-sum((change.amount for change in seen[place] if change.amount < 0), ZERO),
            not_known=total_of(now_debited[place]).debited_missing,
            purchases=total_of(now_debited[place]).count,
            in_doubt=sum((sums.debited for part, sums in now_debited[place].items() if part in IN_DOUBT), ZERO),
        )
        for place, day in enumerate(days)
    ]


def _by_day(bounds: Sequence[datetime], changes: Iterable[tuple[datetime, DebitChange]]) -> list[list[DebitChange]]:
    days: list[list[DebitChange]] = [[] for _ in bounds[1:]]
    for moment, change in changes:
        days[bisect_right(bounds, moment) - 1].append(change)
    return days
