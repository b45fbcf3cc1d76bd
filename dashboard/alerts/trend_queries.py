"""The figures of the rules about trends, at moments of now or of the past."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from dashboard.alerts.figure_queries import LATEST_REVERSAL, Moments
from dashboard.alerts.figures import Settings
from dashboard.alerts.trend_figures import AnsweredMinute, ReversalDay, ReversalFigures, VolumeFigures
from dashboard.alerts.wording import SAMPLE
from dashboard.db.columns import UtcDateTime
from dashboard.db.extensions import db
from dashboard.finance.balance import queries as balance
from dashboard.finance.balance.runway import Runway
from dashboard.lib.periods import Interval
from dashboard.purchases import statuses
from dashboard.purchases.finality import HOLD_LENGTH
from dashboard.purchases.models import Purchase
from dashboard.sync import freshness_queries as freshness
from dashboard.sync.models import ANSWERED, RequestMinute
from dashboard.totals.queries import Kept, sums_between
from dashboard.totals.spans import Span, span_start

WEEKS = 4
DAYS = 28
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
MINUTE = timedelta(minutes=1)
MICROSECONDS = 1_000_000

_R = RequestMinute.__table__.c
_P = Purchase.__table__.c


@dataclass(frozen=True, slots=True)
class SeenReversal:
    buy_id: int
    at: datetime
    """When it was seen here."""
    customer: str


_CAN_BE_REVERSED = statuses.DELIVERED | statuses.REVERSED


def slow_answers(settings: Settings, moments: Moments) -> Iterator[list[AnsweredMinute]]:
    """Yield the minutes of the window that are over, with the requests that were answered in them."""
    window = timedelta(minutes=settings["window_minutes"])
    rows = db.session.execute(
        select(_R.minute, func.sum(_R.count), func.sum(_R.microseconds), func.max(_R.slowest))
        .where(_R.minute >= moments[0] - window - MINUTE, _R.minute <= moments[-1] - MINUTE, _R.outcome.in_(ANSWERED))
        .group_by(_R.minute)
        .order_by(_R.minute)
    )
    answered = [
        AnsweredMinute(minute, int(answers), int(total) / MICROSECONDS, slowest / MICROSECONDS)
        for minute, answers, total, slowest in rows
    ]
    starts = [one.minute for one in answered]
    for moment in moments:
        first, last = moment - window - MINUTE, moment - MINUTE
        yield answered[bisect_right(starts, first) : bisect_right(starts, last)]


def volume_drop(settings: Settings, moments: Moments) -> Iterator[VolumeFigures]:
    """Yield the purchases of the window that ends with the last whole quarter of an hour, from the totals."""
    window = timedelta(minutes=settings["window_minutes"])
    held_since = _held_since()
    for moment in moments:
        until = span_start(moment, Span.QUARTER)
        since = until - window
        shifts = [week * WEEK for week in range(WEEKS + 1)]
        runs = sums_between(Kept.BY_OUTCOME, *((since - shift, until - shift) for shift in shifts))
        purchases, *weeks = (sum(sums.count for sums in found.values()) for (found,) in runs)
        starts = [since - shift for shift in shifts[1:]]
        held = [week for week, start in zip(weeks, starts, strict=True) if held_since and start >= held_since]
        yield VolumeFigures(since, until, purchases, held)


def reversal_rate(settings: Settings, moments: Moments) -> Iterator[ReversalFigures]:
    """Yield whose trades were reversed within a day; and, where these are many at all, on the days before."""
    held_since = _held_since()
    for moment in moments:
        today = Interval(moment - DAY, moment)
        rows = _reversals_seen(today)
        figures = ReversalFigures(today.since, today.until, ReversalDay(_customers(rows), 0))
        if figures.today.customers * 2 >= settings["least_customers"]:
            figures = _compared(today, rows, held_since)
        yield figures


def _compared(today: Interval, seen: Sequence[SeenReversal], held_since: datetime | None) -> ReversalFigures:
    """Return the figures of a day beside those of the days before it that the copy holds."""
    ends = [today.until - day * DAY for day in range(DAYS + 1)]
    deliveries = _deliveries_before(ends)
    by_day: list[list[SeenReversal]] = [[] for _ in ends]
    for one in _reversals_seen(Interval(ends[-1] - DAY, today.until)):
        by_day[(today.until - one.at) // DAY].append(one)
    first, *before = (
        ReversalDay(_customers(reversals), delivered) for reversals, delivered in zip(by_day, deliveries, strict=True)
    )
    held = [day for day, end in zip(before, ends[1:], strict=True) if held_since and held_since <= end - HOLD_LENGTH]
    newest = sorted(seen, key=lambda one: one.at, reverse=True)
    return ReversalFigures(today.since, today.until, first, held, tuple(one.buy_id for one in newest[:SAMPLE]))


def _reversals_seen(interval: Interval) -> list[SeenReversal]:
    """Return the purchases that were seen to become reversed after the interval's start, up to its end."""
    seen_at = func.coalesce(_P.status_since, _P.date, type_=UtcDateTime)
    rows = db.session.execute(
        select(_P.buy_id, _P.steamid, seen_at).where(
            _P.offer_status.in_(sorted(statuses.REVERSED)),
            _P.date >= interval.since - LATEST_REVERSAL,
            _P.date <= interval.until,
            seen_at > interval.since,
            seen_at <= interval.until,
        )
    )
    # Without a Steam ID each is a customer of its own.
    return [SeenReversal(buy_id, at, steamid or f"purchase {buy_id}") for buy_id, steamid, at in rows]


def _customers(reversals: Sequence[SeenReversal]) -> int:
    return len({one.customer for one in reversals})


def _deliveries_before(ends: Sequence[datetime]) -> list[int]:
    """Return for each moment how many purchases were delivered that Steam could still reverse then."""
    quarters = [span_start(end, Span.QUARTER) for end in ends]
    runs = sums_between(Kept.BY_OUTCOME, *((quarter - HOLD_LENGTH, quarter) for quarter in quarters))
    return [sum(sums.count for (status, _), sums in found.items() if status in _CAN_BE_REVERSED) for (found,) in runs]


def _held_since() -> datetime | None:
    """Return since when the copy has every purchase; where nothing was ever imported, what was loaded is the whole."""
    reach = freshness.find_reach()
    if reach is not None:
        return reach.since
    return None if freshness.has_begun_importing() else db.session.execute(select(func.min(_P.date))).scalar_one()


def balance_runway(_settings: Settings, moments: Moments) -> Iterator[Runway]:
    yield from balance.find_runways(moments)
