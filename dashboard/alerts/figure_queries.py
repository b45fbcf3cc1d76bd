"""The figures that alert rules are applied to, a reader for each kind of rule.

A reader takes moments in order and yields the figures of each: of now alone for the rules, of all steps of a past day
for their back-test. It reads what they need in one statement, up to the last moment, so it costs what the windows hold.
The past is looked at as it is known today, by the date of the purchases: what failed failed.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import bindparam, case, func, select

from dashboard.alerts.conditions import failed_and_decided
from dashboard.alerts.figures import (
    ApiFigures,
    Attempt,
    Counts,
    JobFigures,
    RateFigures,
    Reversal,
    Settings,
    StuckFigures,
    UnknownValue,
    is_failure_of,
    is_item_failure,
)
from dashboard.alerts.wording import SAMPLE
from dashboard.db.columns import UtcDateTime
from dashboard.db.extensions import db
from dashboard.finance.balance import queries as balance
from dashboard.finance.balance.bridge import Reading
from dashboard.jobs import queries as jobs_queries
from dashboard.jobs.models import JobRun
from dashboard.purchases import statuses
from dashboard.purchases.drift import DriftKind
from dashboard.purchases.finality import HOLD_LENGTH
from dashboard.purchases.models import Drift, Purchase
from dashboard.purchases.queries import IN_STATUS_SINCE, is_stuck
from dashboard.purchases.statuses import Outcome
from dashboard.sync import freshness_queries as freshness
from dashboard.sync.models import ANSWERED, RequestMinute
from dashboard.totals.models import OutcomeTotal
from dashboard.totals.spans import Span, span_start

T = TypeVar("T")
Moments = Sequence[datetime]

WEEKS = 4
AROUND = timedelta(hours=1)
"""Normal is taken from so much more than the very hours, or a quiet shop's normal would be an accident."""

LONGEST_HANGING = timedelta(days=7)
"""What ended after hanging for longer is left out of the past; it would be looked for among all purchases."""
MOST_ROWS = 20_000
MOST_ITEMS = 1000
MOST_VALUES = 100
"""An answer of nonsense can hold thousands of unknown fields; a hundred alerts say as much."""
LATEST_REVERSAL = HOLD_LENGTH + timedelta(days=1)
"""Steam undoes no trade that is older than its protection."""

JOBS_WATCHED = ("refresh", "import")
WORTH_A_LOOK = timedelta(minutes=1)
"""After so long without success it is worth reading why."""
LONGEST_SILENCE = timedelta(days=1)
"""A silence that began earlier counts from then, in the past."""

_P = Purchase.__table__.c
_T = OutcomeTotal.__table__.c
_D = Drift.__table__.c
_R = RequestMinute.__table__.c
_SINCE, _UNTIL, _FIRST = (bindparam(name, type_=UtcDateTime) for name in ("since", "until", "first"))
_IS_DATED = (_P.date >= _SINCE) & (_P.date <= _UNTIL)
_ATTEMPT = (_P.buy_id, _P.date, _P.item_name, _P.steamid, _P.offer_status, _P.error_reason)
# Made once: putting a statement together costs more than running it.
_MADE = select(_P.buy_id, _P.date, _P.offer_status, _P.error_reason).where(_IS_DATED).order_by(_P.date, _P.buy_id)
_HOURS = select(_T.starts_at, _T.offer_status, _T.error_reason, _T.count.label("purchases")).where(
    _T.span == Span.HOUR.value, _T.starts_at.in_(bindparam("starts", expanding=True, type_=UtcDateTime))
)
_FAILED = (
    select(*_ATTEMPT)
    .where(_P.offer_status.in_(sorted(statuses.FAILED)), _IS_DATED)
    .order_by(_P.date.desc())
    .limit(MOST_ROWS)
)
_OF_ITEMS = (
    select(*_ATTEMPT)
    .where(_P.item_name.in_(bindparam("names", expanding=True)), _IS_DATED)
    .order_by(_P.date.desc())
    .limit(MOST_ROWS)
)
_REVERSED = select(
    _P.buy_id, _P.date, _P.steamid, _P.status_since, _P.balance_debited_sum
).where(_P.offer_status == "rollback_user", _IS_DATED)  # fmt: skip
_OPEN = select(_P.buy_id, IN_STATUS_SINCE.label("since"))
# A reversal comes long after the purchase has ended, so it says nothing of when that was.
_FAILED_AT = case((_P.offer_status.in_(sorted(statuses.FAILED)), _P.status_since))
_ENDED_AT = func.coalesce(_P.accepted_at, _FAILED_AT, type_=UtcDateTime)
# Of what has ended, the status before is not in the row, so it counts from the purchase.
_ENDED = select(_P.buy_id, _P.date.label("since"), _ENDED_AT.label("ended_at")).where(
    _IS_DATED, _ENDED_AT > _FIRST, _P.offer_status.not_in(sorted(statuses.OPEN))
)
# However many unknown fields come, statuses and reasons are among the first. The oldest come first, so that what is
# new takes no place from what has an open alert.
_GRAVEST = case({kind.value: place for place, kind in enumerate(DriftKind)}, value=_D.kind)
# A field that nobody needs may come for ever, so only its first time is news.
_NEWS_UNTIL = case(
    (_D.kind.in_([DriftKind.FIELD.value, DriftKind.TYPE.value]), _D.first_seen_at), else_=_D.last_seen_at
)
_UNDOCUMENTED = (
    select(_D.kind, _D.value, _D.times, _D.first_buy_id, _D.first_seen_at, _NEWS_UNTIL.label("news_until"))
    .where(_NEWS_UNTIL >= _SINCE, _D.first_seen_at <= _UNTIL)
    .order_by(_GRAVEST, _D.first_seen_at, _D.value)
    .limit(MOST_ROWS)
)
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
_ASKED = select(_R.minute, _R.outcome, _R.code).where(_R.minute >= _SINCE, _R.minute <= _UNTIL).order_by(_R.minute)


def _read(statement: Any, moments: Moments, window: timedelta, **more: Any) -> Sequence[Any]:
    return db.session.execute(statement, {"since": moments[0] - window, "until": moments[-1], **more}).all()


def _windows(
    rows: Iterable[T], moments: Moments, window: timedelta, at: Callable[[T], datetime] = attrgetter("date")
) -> Iterator[tuple[datetime, list[T]]]:
    """Yield each moment with the rows, in order, whose time lies in the window that ends there."""
    ordered = sorted(rows, key=at)
    times = [at(row) for row in ordered]
    for moment in moments:
        yield moment, ordered[bisect_left(times, moment - window) : bisect_right(times, moment)]


def failure_rate(settings: Settings, moments: Moments) -> Iterator[RateFigures]:
    """Yield the outcomes of the window's purchases; and, where failures are many at all, of the weeks before."""
    window = timedelta(minutes=settings["window_minutes"])
    hours: dict[datetime, Counter[Outcome]] | None = None
    for moment, rows in _windows(_read(_MADE, moments, window), moments, window):
        since = moment - window
        counts = Counter((row.offer_status, row.error_reason or "") for row in rows)
        if not _is_worth_comparing(settings, counts):
            yield RateFigures(since, moment, counts)
            continue
        if hours is None:
            hours = _hours_before(moments[0] - window, moments[-1])
        normal = [_pooled(hours, since, moment, week) for week in range(1, WEEKS + 1)]
        side = settings["side"]
        failed = [row.buy_id for row in reversed(rows) if is_failure_of(side, row.offer_status, row.error_reason)]
        yield RateFigures(since, moment, counts, normal, tuple(failed[:SAMPLE]))


def _is_worth_comparing(settings: Settings, counts: Counts) -> bool:
    """Say whether so many failed that an alert could open or stay, so that what is normal matters."""
    failed, _ = failed_and_decided(settings["side"], counts)
    return failed * 2 >= int(settings["least_failed"])


def normal_weeks(since: datetime, until: datetime) -> list[Counts]:
    """Return the outcomes of the hours around the same interval of each of the weeks before, the newest week first."""
    hours = _hours_before(since, until)
    return [_pooled(hours, since, until, week) for week in range(1, WEEKS + 1)]


def _hours_before(since: datetime, until: datetime) -> dict[datetime, Counter[Outcome]]:
    starts = {start for week in range(1, WEEKS + 1) for start in _hours_around(since, until, week)}
    hours: dict[datetime, Counter[Outcome]] = {start: Counter() for start in starts}
    for row in db.session.execute(_HOURS, {"starts": sorted(starts)}):
        hours[row.starts_at][row.offer_status, row.error_reason] += row.purchases
    return hours


def _pooled(hours: dict[datetime, Counter[Outcome]], since: datetime, until: datetime, week: int) -> Counter[Outcome]:
    counts: Counter[Outcome] = Counter()
    for start in _hours_around(since, until, week):
        counts.update(hours[start])
    return counts


def _hours_around(since: datetime, until: datetime, weeks_before: int) -> Iterator[datetime]:
    """Yield the starts of the whole hours that touch a period, and AROUND it, so many weeks earlier."""
    shift = timedelta(weeks=weeks_before)
    hour = span_start(since - shift - AROUND, Span.HOUR)
    while hour < until - shift + AROUND:
        yield hour
        hour += timedelta(hours=1)


def item_failing(settings: Settings, moments: Moments) -> Iterator[list[Attempt]]:
    """Yield all purchases in the window of items that failed for at least half as many customers as the rule wants."""
    window = timedelta(minutes=settings["window_minutes"])
    failed = [
        row
        for row in _read(_FAILED, moments, window)
        if row.item_name and is_item_failure(row.offer_status, row.error_reason)
    ]
    suspects = [_often_failed(settings, rows) for _, rows in _windows(failed, moments, window)]
    names = sorted(set().union(*suspects))[:MOST_ITEMS]
    tried = [_attempt_of(row) for row in _read(_OF_ITEMS, moments, window, names=names)] if names else []
    for (_, attempts), suspected in zip(_windows(tried, moments, window), suspects, strict=True):
        yield [attempt for attempt in attempts if attempt.item_name in suspected]


def _often_failed(settings: Settings, failed: Iterable[Any]) -> set[str]:
    """Return the items that failed for so many customers that an alert could open or stay."""
    customers: dict[str, set[str | None]] = {}
    for row in failed:
        customers.setdefault(row.item_name, set()).add(row.steamid)
    return {name for name, who in customers.items() if len(who) * 2 >= int(settings["least_customers"])}


def _attempt_of(row: Any) -> Attempt:
    # Without a Steam ID each is a customer of its own.
    steamid = row.steamid or f"purchase {row.buy_id}"
    return Attempt(row.buy_id, row.date, row.item_name, steamid, row.offer_status, row.error_reason)


def user_reversals(settings: Settings, moments: Moments) -> Iterator[list[Reversal]]:
    """Yield what was seen to become reversed within the window.

    What was reversed already at first sight counts when it was bought within the window, and so reversed in it too.
    """
    window = timedelta(hours=settings["window_hours"])
    reversals = [
        Reversal(row.buy_id, row.steamid, statuses.in_status_since(row.status_since, row.date), row.balance_debited_sum)
        for row in _read(_REVERSED, moments, window + LATEST_REVERSAL)
        if row.steamid
    ]
    for _, seen in _windows(reversals, moments, window, attrgetter("at")):
        yield seen


def stuck(settings: Settings, moments: Moments) -> Iterator[StuckFigures]:
    """Yield what was stuck, as ``purchases.queries.is_stuck`` says; for moments of the past also what ended later."""
    limit = timedelta(minutes=settings["minutes"])
    hanging = db.session.execute(_OPEN.where(is_stuck(moments[-1], limit))).all()
    # What has ended by the last moment was open at an earlier one; of now alone there is none.
    over = _read(_ENDED, moments, LONGEST_HANGING, first=moments[0]) if len(moments) > 1 else ()
    for moment in moments:
        open_then = [*hanging, *(row for row in over if row.ended_at > moment)]
        since = {row.buy_id: row.since for row in open_then if statuses.is_stuck(row.since, moment, limit)}
        yield StuckFigures(moment, since)


def unknown_values(settings: Settings, moments: Moments) -> Iterator[list[UnknownValue]]:
    """Yield what is not documented and was seen, or for fields and kinds of value first seen, within the window.

    Of what keeps coming only the first and the last time are kept, so it counts as seen all the time in between.
    """
    window = timedelta(hours=settings["window_hours"])
    rows = _read(_UNDOCUMENTED, moments, window)
    for moment in moments:
        seen = [row for row in rows if row.first_seen_at <= moment <= row.news_until + window]
        yield [UnknownValue(row.kind, row.value, row.times, row.first_buy_id) for row in seen[:MOST_VALUES]]


def refresh_stopped(_settings: Settings, moments: Moments) -> Iterator[JobFigures]:
    """Yield when the jobs that keep the copy current last ended well, and why they failed since. Of the past too little
    is kept to say."""
    for now in moments:
        leader = jobs_queries.find_leader()
        leading_since = leader.since if leader else None
        done = {job: db.session.execute(_LAST_DONE, {"job": job}).scalar() for job in JOBS_WATCHED}
        late = {job: last for job, last in done.items() if last is None or now - last > WORTH_A_LOOK}
        failures = {job: _failure_since(job, last or leading_since or now) for job, last in late.items()}
        yield JobFigures(now, leading_since, done, {job: detail for job, detail in failures.items() if detail})


def _failure_since(job: str, moment: datetime) -> str | None:
    # An older failure has been mended since, and is not why the job is silent now.
    return db.session.execute(_LAST_FAILURE, {"job": job, "after": moment}).scalar()


def balance_low(_settings: Settings, moments: Moments) -> Iterator[Reading | None]:
    newest = balance.latest_reading(moments[0])
    for later in (None, *balance.last_readings(moments)):
        newest = later or newest
        yield newest


def api_errors(_settings: Settings, moments: Moments) -> Iterator[ApiFigures]:
    """Yield how SkinsBack had been answering: since its last answer by what is known of it now, before it by the
    requests of each minute."""
    state = freshness.find_state()
    answered_at = state.last_success_at if state else None
    earlier = [moment for moment in moments if answered_at and moment < answered_at]
    yield from _silences(earlier) if earlier else ()
    for moment in moments[len(earlier) :]:
        if state is None or state.failing_since is None or state.failing_since > moment:
            yield ApiFigures(moment)
        else:
            yield ApiFigures(
                moment, state.failing_since, state.is_stopped, state.failure_name, state.failure_code,
                state.failure_sentence,
            )  # fmt: skip


def _silences(moments: Moments) -> Iterator[ApiFigures]:
    """Yield since when no minute that was over had an answer."""
    rows = _read(_ASKED, moments, LONGEST_SILENCE)
    answered = {row.minute for row in rows if row.outcome in ANSWERED}
    failing_since, last, place = None, None, 0
    for moment in moments:
        while place < len(rows) and rows[place].minute + timedelta(minutes=1) <= moment:
            last, place = rows[place], place + 1
            failing_since = None if last.minute in answered else failing_since or last.minute
        if last is None or failing_since is None:
            yield ApiFigures(moment)
        else:
            yield ApiFigures(moment, failing_since, name=last.outcome, code=last.code, sentence=f"{last.outcome}.")
