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

from dashboard.alerts.conditions import failed_and_decided, is_telling
from dashboard.alerts.figures import (
    ApiFigures,
    Attempt,
    Counts,
    RateFigures,
    Reversal,
    Settings,
    Side,
    StuckFigures,
    UnknownValue,
    is_failure_of,
    is_item_failure,
)
from dashboard.alerts.wording import MOST_VALUES, SAMPLE
from dashboard.db.columns import UtcDateTime
from dashboard.db.extensions import db
from dashboard.finance.balance import queries as balance
from dashboard.finance.balance.bridge import Reading
from dashboard.purchases import statuses
from dashboard.purchases.drift import DriftKind
from dashboard.purchases.finality import HOLD_LENGTH
from dashboard.purchases.models import Drift, Purchase
from dashboard.purchases.queries import IN_STATUS_SINCE, is_stuck
from dashboard.purchases.statuses import Outcome
from dashboard.sync.models import ANSWERED, RequestMinute
from dashboard.totals.models import OutcomeTotal
from dashboard.totals.spans import LENGTHS, Span, span_start

T = TypeVar("T")
Moments = Sequence[datetime]

WEEKS = 4
AROUND = timedelta(hours=1)
"""Normal is taken from so much more than the very hours, or a quiet shop's normal would be an accident."""

LONGEST_HANGING = timedelta(days=7)
"""What ended after hanging for longer is left out of the past; it would be looked for among all purchases."""
MOST_ROWS = 20_000
MOST_ITEMS = 1000
LATEST_REVERSAL = HOLD_LENGTH + timedelta(days=1)
"""Steam undoes no trade that is older than its protection."""

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
_TOTALS = select(_T.starts_at, _T.offer_status, _T.error_reason, _T.count.label("purchases")).where(
    _T.span == bindparam("span"), _T.starts_at.in_(bindparam("starts", expanding=True, type_=UtcDateTime))
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
        normal = _weeks_of(hours, since, moment)
        side = settings["side"]
        failed = [row.buy_id for row in reversed(rows) if is_failure_of(side, row.offer_status, row.error_reason)]
        yield RateFigures(since, moment, counts, normal, tuple(failed[:SAMPLE]))


def _is_worth_comparing(settings: Settings, counts: Counts) -> bool:
    """Say whether so many failed that an alert could open or stay, so that what is normal matters."""
    failed, _ = failed_and_decided(settings["side"], counts)
    return failed * 2 >= int(settings["least_failed"])


LOOK_BACKS = (timedelta(hours=1), timedelta(hours=3), timedelta(hours=24))
_QUARTER = LENGTHS[Span.QUARTER]


def raised_failures(settings: Settings, moments: Moments) -> Iterator[RateFigures]:
    """Yield the outcomes of the shortest look-back that is telling, by whole quarters of an hour, the running one
    included; and, where failures are many at all, those of the weeks before."""
    longest = LOOK_BACKS[-1]
    first, last = span_start(moments[0], Span.QUARTER) - longest, span_start(moments[-1], Span.QUARTER)
    quarters = [first + number * _QUARTER for number in range((last - first) // _QUARTER + 1)]
    counted = _totals(Span.QUARTER, quarters)
    hours: dict[datetime, Counter[Outcome]] | None = None
    for moment in moments:
        until = span_start(moment, Span.QUARTER) + _QUARTER
        looks = [(until - length, _summed(counted, until - length, until)) for length in LOOK_BACKS]
        since, counts = next((look for look in looks if is_telling(look[1])), looks[-1])
        if failed_and_decided(Side.ALL, counts)[0] * 2 < int(settings["least_failed"]):
            yield RateFigures(since, until, counts)
            continue
        if hours is None:
            hours = _hours_before(since if len(moments) == 1 else first, last + _QUARTER)
        yield RateFigures(since, until, counts, _weeks_of(hours, since, until))


def _summed(quarters: dict[datetime, Counter[Outcome]], since: datetime, until: datetime) -> Counter[Outcome]:
    counts: Counter[Outcome] = Counter()
    for number in range((until - since) // _QUARTER):
        counts.update(quarters.get(since + number * _QUARTER, {}))
    return counts


def normal_weeks(since: datetime, until: datetime) -> list[Counts]:
    """Return the outcomes of the hours around the same interval of each of the weeks before, the newest week first."""
    return _weeks_of(_hours_before(since, until), since, until)


def _weeks_of(hours: dict[datetime, Counter[Outcome]], since: datetime, until: datetime) -> list[Counts]:
    return [_pooled(hours, since, until, week) for week in range(1, WEEKS + 1)]


def _hours_before(since: datetime, until: datetime) -> dict[datetime, Counter[Outcome]]:
    starts = {start for week in range(1, WEEKS + 1) for start in _hours_around(since, until, week)}
    return _totals(Span.HOUR, sorted(starts))


def _totals(span: Span, starts: Sequence[datetime]) -> dict[datetime, Counter[Outcome]]:
    """Return the outcomes of the purchases of each of these spans."""
    counts: dict[datetime, Counter[Outcome]] = {start: Counter() for start in starts}
    for row in db.session.execute(_TOTALS, {"span": span.value, "starts": starts}):
        counts[row.starts_at][row.offer_status, row.error_reason] += row.purchases
    return counts


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
    if len(moments) == 1:
        yield _stuck_now(moments[0], limit)
        return
    hanging = db.session.execute(_OPEN.where(is_stuck(moments[-1], limit))).all()
    over = _read(_ENDED, moments, LONGEST_HANGING, first=moments[0])
    for moment in moments:
        open_then = [*hanging, *(row for row in over if row.ended_at > moment)]
        stuck_then = sorted((row.since, row.buy_id) for row in open_then if statuses.is_stuck(row.since, moment, limit))
        oldest = stuck_then[0][0] if stuck_then else None
        yield StuckFigures(moment, len(stuck_then), oldest, tuple(buy_id for _, buy_id in stuck_then[:SAMPLE]))


def _stuck_now(now: datetime, limit: timedelta) -> StuckFigures:
    # However many hang, they are counted where they are; the rule is applied every few seconds.
    condition = is_stuck(now, limit)
    oldest = func.min(IN_STATUS_SINCE, type_=UtcDateTime).label("oldest")
    found = db.session.execute(select(func.count().label("stuck"), oldest).where(condition)).one()
    if not found.stuck:
        return StuckFigures(now)
    sample = _OPEN.where(condition).order_by(IN_STATUS_SINCE, _P.buy_id).limit(SAMPLE)
    return StuckFigures(now, found.stuck, found.oldest, tuple(row.buy_id for row in db.session.execute(sample)))


def unknown_values(settings: Settings, moments: Moments) -> Iterator[list[UnknownValue]]:
    """Yield what is not documented and was seen, or for fields and kinds of value first seen, within the window.

    Of what keeps coming only the first and the last time are kept, so it counts as seen all the time in between.
    """
    window = timedelta(hours=settings["window_hours"])
    rows = _read(_UNDOCUMENTED, moments, window)
    for moment in moments:
        seen = [row for row in rows if row.first_seen_at <= moment <= row.news_until + window]
        yield [UnknownValue(row.kind, row.value, row.times, row.first_buy_id) for row in seen[:MOST_VALUES]]


def not_kept(_settings: Settings, _moments: Moments) -> Iterator[None]:
    """Yield nothing: too little is kept of the past to say."""
    yield from ()


def balance_low(_settings: Settings, moments: Moments) -> Iterator[Reading | None]:
    newest = balance.latest_reading(moments[0])
    for later in (None, *balance.last_readings(moments)):
        newest = later or newest
        yield newest


def api_errors(_settings: Settings, moments: Moments) -> Iterator[ApiFigures]:
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
            yield ApiFigures(moment, failing_since, last.outcome, last.code)
