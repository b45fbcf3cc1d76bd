"""The figures of past moments, so that a rule can be tried on the days behind before it is switched on.

The past is looked at as it is known today, by the date of the purchases: what failed failed, but that it was still open
for a minute is not repeated. Failure rates come from the totals kept by quarters of an hour, so a window counts whole
quarters; a reversal counts when it was seen here.
"""

from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Integer, cast, func, select

from dashboard.alerts.conditions import OFFER_WAS_MADE, is_item_failure
from dashboard.alerts.figure_queries import (
    LATEST_REVERSAL,
    WEEKS,
    attempt_of,
    hours_around,
    is_worth_a_look,
    is_worth_comparing,
    reversal_of,
    unknown_of,
)
from dashboard.alerts.figures import (
    ApiFigures,
    Attempt,
    BalanceFigures,
    Counts,
    ItemFigures,
    RateFigures,
    Reversal,
    ReversalFigures,
    StuckFigures,
    UnknownFigures,
)
from dashboard.alerts.kinds import Settings
from dashboard.alerts.replay import Moment
from dashboard.db.columns import UtcDateTime
from dashboard.db.extensions import db
from dashboard.purchases import statuses
from dashboard.purchases.drift import DriftKind
from dashboard.purchases.models import Drift, Purchase
from dashboard.sync.models import BalanceReading, RequestMinute
from dashboard.totals.models import OutcomeTotal
from dashboard.totals.spans import Span, span_start

QUARTER = timedelta(minutes=15)
HOUR = timedelta(hours=1)

NAMED_AT_MOST = 1000
"""Items that a statement names one by one; with more of them it asks for all items."""
ROWS_AT_ONCE = 2000

_P = Purchase.__table__.c
_T = OutcomeTotal.__table__.c
_D = Drift.__table__.c

Quarters = dict[datetime, dict[tuple[str, str], int]]


def moments(kind: str, settings: Settings, since: datetime, now: datetime) -> Iterable[Moment]:
    """Return the figures for a rule of this kind at the moments of the past that matter to it, oldest first."""
    return _READERS[kind](settings, since, now)


def _totals(span: Span, since: datetime, until: datetime) -> Quarters:
    rows = db.session.execute(
        select(_T.starts_at, _T.offer_status, _T.error_reason, _T.count.label("purchases")).where(
            _T.span == span.value, _T.starts_at >= since, _T.starts_at < until
        )
    )
    totals: Quarters = {}
    for row in rows:
        totals.setdefault(row.starts_at, {})[row.offer_status, row.error_reason] = row.purchases
    return totals


def _pooled(totals: Quarters, starts: Iterable[datetime]) -> Counts:
    counts: dict[tuple[str, str], int] = {}
    for start in starts:
        for outcome, number in totals.get(start, {}).items():
            counts[outcome] = counts.get(outcome, 0) + number
    return counts


def _rates(settings: Settings, since: datetime, now: datetime) -> Iterator[Moment]:
    length = -(-settings["window_minutes"] // 15)
    first = span_start(since, Span.QUARTER)
    quarters = _totals(Span.QUARTER, first - length * QUARTER, now)
    hours = _totals(Span.HOUR, first - timedelta(weeks=WEEKS, hours=length // 4 + 3), now)

    def at(moment: datetime, end: datetime) -> Moment:
        start = end - length * QUARTER
        counts = _pooled(quarters, (start + number * QUARTER for number in range(length)))
        if not is_worth_comparing(settings, counts):
            return moment, RateFigures(start, moment, counts)
        normal = [_pooled(hours, hours_around(start, end, week)) for week in range(1, WEEKS + 1)]
        return moment, RateFigures(start, moment, counts, normal)

    end = first + QUARTER
    while end <= now:
        yield at(end, end)
        end += QUARTER
    # The quarter that has begun counts as far as it has come.
    yield at(now, end)


def _items(settings: Settings, since: datetime, now: datetime) -> Iterator[Moment]:
    """Look whenever an item has failed for so many customers in a row that an alert could open or stay, whenever such
    a row ends, and every quarter of an hour so that alerts can close."""
    window = timedelta(minutes=settings["window_minutes"])
    rows: dict[str, _Row] = {}
    tick = since
    for attempt in _attempts(_suspects(settings, since - window), since - window):
        row = rows.setdefault(attempt.item_name, _Row())
        was_worth = is_worth_a_look(settings, row.failed)
        row.add(attempt, window)
        is_worth = is_worth_a_look(settings, row.failed)
        if attempt.date >= since and (is_worth or was_worth or attempt.date >= tick):
            yield _item_moment(attempt.date, window, rows, settings)
            tick = attempt.date + QUARTER
    yield _item_moment(now, window, rows, settings)


class _Row:
    """The attempts to buy an item within the window, and how many of the newest failed without an offer in between."""

    def __init__(self) -> None:
        self.attempts: deque[Attempt] = deque()
        self.failed = 0

    def add(self, attempt: Attempt, window: timedelta) -> None:
        """Take one more attempt, later than those before."""
        self.attempts.append(attempt)
        while self.attempts[0].date < attempt.date - window:
            self.attempts.popleft()
        if is_item_failure(attempt.offer_status, attempt.error_reason):
            self.failed = min(self.failed + 1, len(self.attempts))
        elif attempt.offer_status in OFFER_WAS_MADE:
            self.failed = 0


def _item_moment(moment: datetime, window: timedelta, rows: dict[str, _Row], settings: Settings) -> Moment:
    # An item that failed too few times in a row can raise no alert, so it need not be looked at closer.
    failing = (row.attempts for row in rows.values() if is_worth_a_look(settings, row.failed))
    start = moment - window
    return moment, ItemFigures(
        start, [attempt for attempts in failing for attempt in attempts if attempt.date >= start]
    )


def _suspects(settings: Settings, since: datetime) -> list[str]:
    """Return the items that failed often enough, over all the days, that an alert could open at all."""
    failures = db.session.execute(
        select(_P.item_name, _P.offer_status, _P.error_reason, func.count().label("purchases"))
        .where(_P.offer_status.in_(sorted(statuses.FAILED)), _P.error_reason.is_not(None), _P.date >= since)
        .group_by(_P.item_name, _P.offer_status, _P.error_reason)
    )
    failed: Counter[str] = Counter()
    for row in failures:
        if row.item_name and is_item_failure(row.offer_status, row.error_reason):
            failed[row.item_name] += row.purchases
    return [name for name, number in failed.items() if number >= settings["least_customers"]]


def _attempts(items: Sequence[str], since: datetime) -> Iterator[Attempt]:
    """Yield the purchases of these items since then, oldest first."""
    columns = (_P.buy_id, _P.date, _P.item_name, _P.steamid, _P.offer_status, _P.error_reason)
    is_of_them = _P.item_name.in_(items) if len(items) <= NAMED_AT_MOST else _P.item_name.is_not(None)
    rows = db.session.execute(select(*columns).where(is_of_them, _P.date >= since).order_by(_P.date, _P.buy_id))
    for row in rows.yield_per(ROWS_AT_ONCE) if items else ():
        yield attempt_of(row)


def _reversals(settings: Settings, since: datetime, now: datetime) -> Iterator[Moment]:
    window = timedelta(hours=settings["window_hours"])
    columns = (_P.buy_id, _P.date, _P.steamid, _P.status_since, _P.first_seen_at, _P.balance_debited_sum)
    rows = db.session.execute(
        select(*columns).where(_P.offer_status == "rollback_user", _P.date >= since - window - LATEST_REVERSAL)
    )
    reversals = sorted((reversal_of(row) for row in rows if row.steamid), key=lambda one: one.at)
    times = [one.at for one in reversals]

    def at(moment: datetime) -> Moment:
        seen: list[Reversal] = reversals[bisect_left(times, moment - window) : bisect_left(times, moment)]
        return moment, ReversalFigures(seen)

    # A moment just after each reversal, and some in between so that alerts can close.
    looks = {one + timedelta(microseconds=1) for one in times if one >= since}
    looks |= {since + number * HOUR for number in range(int((now - since) / HOUR))} | {now}
    yield from (at(moment) for moment in sorted(looks))


def _stuck(settings: Settings, since: datetime, now: datetime) -> Iterator[Moment]:
    """Look every five minutes at what was open then, as its next change shows."""
    limit = timedelta(minutes=settings["minutes"])
    waiting = deque(sorted([*_hung(limit, since - timedelta(days=1)), *_still_open(limit, since, now)]))
    open_now: list[tuple[datetime, datetime, int]] = []
    moment = since
    while moment <= now:
        while waiting and waiting[0][0] + limit <= moment:
            open_now.append(waiting.popleft())
        open_now = [one for one in open_now if moment < one[1]]
        yield moment, StuckFigures(moment, {buy_id: date for date, _, buy_id in open_now})
        moment += timedelta(minutes=5)


def _hung(limit: timedelta, since: datetime) -> Iterator[tuple[datetime, datetime, int]]:
    """Yield (date, when it ended, buy_id) of the purchases that were open for longer than the limit."""
    ended = func.coalesce(_P.accepted_at, _P.status_since, type_=UtcDateTime)
    length = _epoch(ended) - _epoch(_P.date)
    rows = db.session.execute(
        select(_P.date, ended.label("ended"), _P.buy_id).where(
            _P.date >= since, _P.offer_status.not_in(sorted(statuses.OPEN)), length >= limit.total_seconds() - 1
        )
    )
    yield from ((row.date, row.ended, row.buy_id) for row in rows if row.ended - row.date > limit)


def _still_open(limit: timedelta, since: datetime, now: datetime) -> Iterator[tuple[datetime, datetime, int]]:
    """Yield the same of those that are open now."""
    statement = select(_P.date, _P.buy_id, _P.asked_at).where(
        _P.offer_status.in_(sorted(statuses.OPEN)), _P.date >= since, _P.date < now - limit
    )
    for row in db.session.execute(statement):
        if row.asked_at >= row.date + limit:
            yield row.date, now + limit, row.buy_id


def _epoch(moment: Any) -> Any:
    """Return a time in SQL as whole seconds, so that the database and not Python looks at every purchase."""
    if db.engine.dialect.name == "postgresql":
        return func.extract("epoch", moment)
    return cast(func.strftime("%s", moment), Integer)


def _unknown(settings: Settings, since: datetime, now: datetime) -> Iterator[Moment]:
    """Look when something undocumented was first seen, and every hour so that alerts can close.

    Of what keeps coming only the first and the last time are kept, so it counts as seen all the time in between.
    """
    window = timedelta(hours=settings["window_hours"])
    columns = (_D.kind, _D.value, _D.times, _D.first_buy_id, _D.first_seen_at, _D.last_seen_at)
    rows = db.session.execute(select(*columns).where(_D.last_seen_at >= since - window)).all()
    looks = {row.first_seen_at for row in rows if row.first_seen_at >= since}
    looks |= {since + number * HOUR for number in range(int((now - since) / HOUR))} | {now}
    for moment in sorted(looks):
        seen = [row for row in rows if row.first_seen_at <= moment <= _news_until(row) + window]
        yield moment, UnknownFigures([unknown_of(row) for row in seen])


def _news_until(row: Any) -> datetime:
    is_news_once = row.kind in (DriftKind.FIELD, DriftKind.TYPE)
    until: datetime = row.first_seen_at if is_news_once else row.last_seen_at
    return until


def _balances(_settings: Settings, since: datetime, _now: datetime) -> Iterator[Moment]:
    rows = db.session.execute(
        select(BalanceReading.read_at, BalanceReading.amount)
        .where(BalanceReading.read_at >= since)
        .order_by(BalanceReading.read_at)
    )
    yield from ((row.read_at, BalanceFigures(Decimal(row.amount), row.read_at)) for row in rows)


def _silences(_settings: Settings, since: datetime, _now: datetime) -> Iterator[Moment]:
    """Look at each minute with requests: whether any of them was answered."""
    rows = db.session.execute(
        select(RequestMinute.minute, RequestMinute.outcome, RequestMinute.code)
        .where(RequestMinute.minute >= since)
        .order_by(RequestMinute.minute)
    ).all()
    answered = {row.minute for row in rows if row.outcome in ("success", "offer_not_found")}
    failing_since: datetime | None = None
    for row in rows:
        failing_since = None if row.minute in answered else failing_since or row.minute
        end = row.minute + timedelta(minutes=1)
        yield end, ApiFigures(end, failing_since, name=row.outcome, code=row.code, sentence=f"{row.outcome}.")


_READERS: dict[str, Callable[[Settings, datetime, datetime], Iterator[Moment]]] = {
    "failure_rate": _rates, "item_failing": _items, "user_reversals": _reversals, "stuck": _stuck,
    "unknown_values": _unknown, "balance_low": _balances, "api_errors": _silences,
}  # fmt: skip
