"""The figures of past moments, so that a rule can be tried on the days behind before it is switched on.

The past is looked at as it is known today, by the date of the purchases: what failed failed, but that it was still open
for a minute is not repeated. Failure rates come from the totals kept by quarters of an hour, so a window counts whole
quarters; a reversal counts when it was seen here.
"""

from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from dashboard.alerts.conditions import is_item_failure
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
)  # fmt: skip
from dashboard.alerts.kinds import Settings
from dashboard.alerts.replay import Moment
from dashboard.drift import Kind
from dashboard.extensions import db
from dashboard.models import BalanceReading, Drift, OutcomeTotal, Purchase, RequestMinute
from dashboard.queries.alert_figures import (
    LATEST_REVERSAL,
    WEEKS,
    attempt_of,
    hours_around,
    reversal_of,
    unknown_of,
)  # fmt: skip
from dashboard.spans import Span, span_start

QUARTER = timedelta(minutes=15)
HOUR = timedelta(hours=1)

MOST_PURCHASES = 400_000
"""Beyond this the days behind are cut short rather than the page kept waiting."""

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
        normal = [_pooled(hours, hours_around(start, end, week)) for week in range(1, WEEKS + 1)]
        return moment, RateFigures(start, moment, counts, normal)

    end = first + QUARTER
    while end <= now:
        yield at(end, end)
        end += QUARTER
    # The quarter that has begun counts as far as it has come.
    yield at(now, end)


def _purchases(since: datetime) -> Iterator[Any]:
    statement = (
        select(
            _P.buy_id, _P.date, _P.item_name, _P.steamid, _P.offer_status, _P.error_reason, _P.status_since,
            _P.accepted_at, _P.asked_at,
        )
        .where(_P.date >= since)
        .order_by(_P.date.desc())
        .limit(MOST_PURCHASES)
    )  # fmt: skip
    yield from reversed(db.session.execute(statement).all())


def _items(settings: Settings, since: datetime, now: datetime) -> Iterator[Moment]:
    """Look whenever a purchase of an item failed, and every hour so that alerts can close."""
    window = timedelta(minutes=settings["window_minutes"])
    recent: dict[str, deque[Attempt]] = {}
    tick = since
    for row in _purchases(since - window):
        if not row.item_name:
            continue
        attempt = attempt_of(row)
        attempts = recent.setdefault(attempt.item_name, deque())
        attempts.append(attempt)
        while attempts[0].date < attempt.date - window:
            attempts.popleft()
        if attempt.date < since:
            continue
        if is_item_failure(attempt.offer_status, attempt.error_reason) or attempt.date >= tick:
            yield attempt.date, ItemFigures(attempt.date - window, _failing(recent, attempt.date - window))
            tick = attempt.date + HOUR
    yield now, ItemFigures(now - window, _failing(recent, now - window))


def _failing(recent: dict[str, deque[Attempt]], start: datetime) -> list[Attempt]:
    failing = (one for one in recent.values() if is_item_failure(one[-1].offer_status, one[-1].error_reason))
    return [attempt for attempts in failing for attempt in attempts if attempt.date >= start]


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
    hung = []
    for row in _purchases(since - timedelta(days=1)):
        ended = row.accepted_at or row.status_since or row.asked_at
        if ended - row.date > limit and (row.status_since or row.accepted_at):
            hung.append((row.date, ended, row.buy_id))
    moment = since
    while moment <= now:
        made_at = {buy_id: date for date, ended, buy_id in hung if date + limit <= moment < ended}
        yield moment, StuckFigures(moment, made_at)
        moment += timedelta(minutes=5)


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
    is_news_once = row.kind in (Kind.FIELD, Kind.TYPE)
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
