"""The figures that alert rules are applied to, as they are now. Each costs what its window holds."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, case, func, select, union_all

from dashboard.alerts.conditions import SAMPLE, failed_and_ended, is_failure_of, is_item_failure
from dashboard.alerts.figures import (
    ApiFigures,
    Attempt,
    BalanceFigures,
    Counts,
    Figures,
    ItemFigures,
    JobFigures,
    RateFigures,
    Reversal,
    ReversalFigures,
    StuckFigures,
    UnknownFigures,
    UnknownValue,
)
from dashboard.alerts.kinds import Settings
from dashboard.db.columns import UtcDateTime
from dashboard.db.dbclock import SECOND
from dashboard.db.extensions import db
from dashboard.db.models import Lease
from dashboard.finance.balance import queries as balance
from dashboard.jobs.models import JobRun
from dashboard.purchases import statuses
from dashboard.purchases.drift import DriftKind
from dashboard.purchases.finality import HOLD_LENGTH
from dashboard.purchases.models import Drift, Purchase
from dashboard.sync import freshness_queries as freshness
from dashboard.totals.models import OutcomeTotal
from dashboard.totals.spans import Span, span_start

WEEKS = 4
AROUND = timedelta(hours=1)
"""Normal is taken from so much more than the very hours, or a quiet shop's normal would be an accident."""

STUCK_LOOKED_BACK = timedelta(days=7)
"""What is open for longer is no longer news."""
MOST_STUCK = 2000
MOST_ROWS = 20_000
MOST_VALUES = 100
"""An answer of nonsense can hold thousands of unknown fields; a hundred alerts say as much."""
LATEST_REVERSAL = HOLD_LENGTH + timedelta(days=1)
"""Steam undoes no trade that is older than its protection."""

JOBS_WATCHED = ("refresh", "import")
WORTH_A_LOOK = timedelta(minutes=1)
"""After so long without success it is worth reading why."""

_P = Purchase.__table__.c
_T = OutcomeTotal.__table__.c
_SINCE = bindparam("since", type_=UtcDateTime)
# Made once: putting a statement together costs more than running it.
_COUNTS = (
    select(_P.offer_status, _P.error_reason, func.count().label("purchases"))
    .where(_P.date >= _SINCE)
    .group_by(_P.offer_status, _P.error_reason)
)
_HOURS = select(_T.starts_at, _T.offer_status, _T.error_reason, _T.count.label("purchases")).where(
    _T.span == Span.HOUR.value, _T.starts_at.in_(bindparam("starts", expanding=True, type_=UtcDateTime))
)
_FAILED = (
    select(_P.buy_id, _P.date, _P.item_name, _P.steamid, _P.offer_status, _P.error_reason)
    .where(_P.offer_status.in_(sorted(statuses.FAILED)), _P.date >= _SINCE)
    .order_by(_P.date.desc())
    .limit(MOST_ROWS)
)
_OF_ITEMS = (
    select(_P.buy_id, _P.date, _P.item_name, _P.steamid, _P.offer_status, _P.error_reason)
    .where(_P.item_name.in_(bindparam("names", expanding=True)), _P.date >= _SINCE)
    .limit(MOST_ROWS)
)
_REVERSED = select(
    _P.buy_id, _P.date, _P.steamid, _P.status_since, _P.first_seen_at, _P.balance_debited_sum
).where(_P.offer_status == "rollback_user", _P.date >= _SINCE)  # fmt: skip
_UNTIL = bindparam("until", type_=UtcDateTime)
# A range of the index for each status: asked for both at once in order of date, SQLite walks through every purchase.
_OPEN = union_all(
    *(
        select(
            select(_P.buy_id, _P.date, _P.asked_at)
            .where(_P.offer_status == status, _P.date >= _SINCE, _P.date < _UNTIL)
            .order_by(_P.date)
            .limit(MOST_STUCK)
            .subquery()
        )
        for status in sorted(statuses.OPEN)
    )
)
_D = Drift.__table__.c
# In a flood of unknown fields the statuses and reasons must not go under. The oldest come first, so that what is new
# takes no place from what has an open alert.
_GRAVEST = case({kind.value: place for place, kind in enumerate(DriftKind)}, value=_D.kind)
# A field that nobody needs may come for ever, so only its first time is news.
_NEWS_ONCE = (DriftKind.FIELD.value, DriftKind.TYPE.value)
_UNDOCUMENTED = (
    select(_D.kind, _D.value, _D.times, _D.first_buy_id)
    .where(case((_D.kind.in_(_NEWS_ONCE), _D.first_seen_at), else_=_D.last_seen_at) >= _SINCE)
    .order_by(_GRAVEST, _D.first_seen_at, _D.value)
    .limit(MOST_VALUES)
)
_LEAD_TAKEN = select(func.max(Lease.taken_us))
_RUNS = select(JobRun.updated_at).where(JobRun.job == bindparam("job"))
_NEWEST_RUN = (JobRun.started_at.desc(), JobRun.id.desc())
# A long run tells how far it is, and is no silence.
_LAST_DONE = _RUNS.where(JobRun.outcome.in_(["done", "running"])).order_by(*_NEWEST_RUN).limit(1)
_LAST_FAILURE = (
    select(JobRun.detail)
    .where(
        JobRun.job == bindparam("job"),
        JobRun.outcome == "failed",
        JobRun.updated_at > bindparam("after", type_=UtcDateTime),
    )
    .order_by(*_NEWEST_RUN)
    .limit(1)
)


def read(kind: str, settings: Settings, now: datetime) -> Figures:
    """Return the figures for a rule of this kind with these thresholds."""
    return _READERS[kind](settings, now)


def rate_figures(settings: Settings, now: datetime) -> RateFigures:
    """Return the outcomes of the window's purchases; and, where failures are many at all, of the weeks before."""
    since = now - timedelta(minutes=settings["window_minutes"])
    rows = db.session.execute(_COUNTS, {"since": since})
    counts = {(row.offer_status, row.error_reason or ""): row.purchases for row in rows}
    return RateFigures(since, now, counts, normal_weeks(since, now) if is_worth_comparing(settings, counts) else ())


def is_worth_comparing(settings: Settings, counts: Counts) -> bool:
    """Say whether so many failed that an alert could open or stay, so that what is normal matters."""
    failed, _ = failed_and_ended(settings["side"], counts)
    return failed * 2 >= int(settings["least_failed"])


def normal_weeks(since: datetime, until: datetime) -> list[Counts]:
    """Return the outcomes of the hours around the same period of each of the weeks before, newest week first."""
    hours = [hours_around(since, until, week) for week in range(1, WEEKS + 1)]
    rows = db.session.execute(_HOURS, {"starts": [start for starts in hours for start in starts]}).all()
    return [_counts_of(rows, set(starts)) for starts in hours]


def hours_around(since: datetime, until: datetime, weeks_before: int) -> list[datetime]:
    """Return the starts of the whole hours that touch a period, and AROUND it, so many weeks earlier."""
    shift = timedelta(weeks=weeks_before)
    hour = span_start(since - shift - AROUND, Span.HOUR)
    starts = []
    while hour < until - shift + AROUND:
        starts.append(hour)
        hour += timedelta(hours=1)
    return starts


def _counts_of(rows: Iterable[Any], starts: set[datetime]) -> Counts:
    counts: dict[tuple[str, str], int] = {}
    for row in rows:
        if row.starts_at in starts:
            outcome = (row.offer_status, row.error_reason)
            counts[outcome] = counts.get(outcome, 0) + row.purchases
    return counts


def failed_sample(settings: Settings, since: datetime) -> tuple[int, ...]:
    """Return the newest failed purchases of a failure rate, as its evidence."""
    rows = db.session.execute(_FAILED, {"since": since})
    side = settings["side"]
    return tuple(row.buy_id for row in rows if is_failure_of(side, row.offer_status, row.error_reason))[:SAMPLE]


def item_figures(settings: Settings, now: datetime) -> ItemFigures:
    """Return all purchases in the window of items that failed for at least half as many customers as the rule wants."""
    since = now - timedelta(minutes=settings["window_minutes"])
    customers: dict[str, set[str | None]] = {}
    for row in db.session.execute(_FAILED, {"since": since}):
        if row.item_name and is_item_failure(row.offer_status, row.error_reason):
            customers.setdefault(row.item_name, set()).add(row.steamid)
    names = sorted(name for name, who in customers.items() if is_worth_a_look(settings, len(who)))
    rows = db.session.execute(_OF_ITEMS, {"names": names[:100], "since": since}).all() if names else []
    return ItemFigures(since, [attempt_of(row) for row in rows])


def is_worth_a_look(settings: Settings, customers: int) -> bool:
    """Say whether an item failed for so many customers that an alert could open or stay."""
    return customers * 2 >= int(settings["least_customers"])


def attempt_of(row: Any) -> Attempt:
    """Return a row of a purchase as an attempt to buy an item. Without a Steam ID each is a customer of its own."""
    steamid = row.steamid or f"purchase {row.buy_id}"
    return Attempt(row.buy_id, row.date, row.item_name, steamid, row.offer_status, row.error_reason)


def reversal_figures(settings: Settings, now: datetime) -> ReversalFigures:
    """Return what was seen to become reversed within the window.

    What was reversed already at first sight counts when it was bought within the window, and so reversed in it too.
    """
    start = now - timedelta(hours=settings["window_hours"])
    rows = db.session.execute(_REVERSED, {"since": start - LATEST_REVERSAL})
    return ReversalFigures(
        [reversal for row in rows if (reversal := reversal_of(row)).steamid and reversal.at >= start]
    )


def reversal_of(row: Any) -> Reversal:
    """Return a row of a reversed purchase with the time at which that was seen, or else was surely not the case yet."""
    return Reversal(row.buy_id, row.steamid or "", row.status_since or row.date, row.balance_debited_sum)


def stuck_figures(settings: Settings, now: datetime) -> StuckFigures:
    """Return what SkinsBack, asked after the time, still called open."""
    limit = timedelta(minutes=settings["minutes"])
    rows = db.session.execute(_OPEN, {"since": now - STUCK_LOOKED_BACK, "until": now - limit})
    return StuckFigures(now, {row.buy_id: row.date for row in rows if row.asked_at >= row.date + limit})


def unknown_figures(settings: Settings, now: datetime) -> UnknownFigures:
    """Return what is not documented and was seen, or for fields and kinds of value first seen, within the window."""
    rows = db.session.execute(_UNDOCUMENTED, {"since": now - timedelta(hours=settings["window_hours"])})
    return UnknownFigures([unknown_of(row) for row in rows])


def unknown_of(row: Any) -> UnknownValue:
    """Return a row of what is not documented as a value."""
    return UnknownValue(row.kind, row.value, row.times, row.first_buy_id)


def job_figures(_settings: Settings, now: datetime) -> JobFigures:
    """Return when the jobs that keep the copy current last ended well, and why they failed since."""
    taken_us = db.session.execute(_LEAD_TAKEN).scalar()
    leading_since = datetime.fromtimestamp(taken_us / SECOND, now.tzinfo) if taken_us else None
    done = {job: db.session.execute(_LAST_DONE, {"job": job}).scalar() for job in JOBS_WATCHED}
    late = {job: last for job, last in done.items() if last is None or now - last > WORTH_A_LOOK}
    failures = {job: _failure_since(job, last or leading_since or now) for job, last in late.items()}
    return JobFigures(now, leading_since, done, {job: detail for job, detail in failures.items() if detail})


def _failure_since(job: str, moment: datetime) -> str | None:
    # An older failure has been mended since, and is not why the job is silent now.
    return db.session.execute(_LAST_FAILURE, {"job": job, "after": moment}).scalar()


def balance_figures(_settings: Settings, _now: datetime) -> BalanceFigures:
    """Return the newest balance that SkinsBack told."""
    reading = balance.latest_reading()
    return BalanceFigures(reading.amount, reading.read_at) if reading else BalanceFigures(None, None)


def api_figures(_settings: Settings, now: datetime) -> ApiFigures:
    """Return how SkinsBack has been answering."""
    state = freshness.find_state()
    if state is None:
        return ApiFigures(now)
    return ApiFigures(
        now, state.failing_since, state.is_stopped, state.failure_name, state.failure_code, state.failure_sentence
    )


_READERS: dict[str, Callable[[Settings, datetime], Figures]] = {
    "failure_rate": rate_figures, "item_failing": item_figures, "user_reversals": reversal_figures,
    "stuck": stuck_figures, "unknown_values": unknown_figures, "refresh_stopped": job_figures,
    "balance_low": balance_figures, "api_errors": api_figures,
}  # fmt: skip
