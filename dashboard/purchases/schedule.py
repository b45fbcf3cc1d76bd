"""Pure: when SkinsBack should be asked about a purchase again, and what goes first when much is overdue.

The reasons, kind by kind (lengths of time are the tables below):

- open: it can change within seconds, so SkinsBack is asked often while it is young, and less often once it is stuck.
  Pushed events tell of changes sooner, so while they flow asking only catches what they miss.
- on hold: exactly at the release, since only an answer asked for after the end confirms it, and once more after it.
  Before it nothing is expected but a reversal, which the round of everything on hold notices (``sync.hold_round``). So
  an answer that changes nothing leaves the plan of a purchase on hold as it is, and is cheap to store.
- hold ended and not confirmed: soon again, then less and less often, for ever, because the money is not settled.
- delivered without a hold: a few more times during a day, because SkinsBack may report the hold only after it.
- failed or reversed: after an hour and after a day, because the debited sum may still change. Then never.
- a status that we do not know: less and less often, for 30 days.
- a status, a date, a sum or an id needed that could not be read: at least once a day, until it can; on hold in the
  round.
- a purchase that SkinsBack left out of its answer: no sooner than the time it has been missing already.

Two things give a purchase priority, so that it is due at once: a pushed event that names it, and a reversal by its
user, because Steam reverses all protected trades of an account together.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from dashboard.purchases.finality import HOLD_LENGTH, Settlement
from dashboard.purchases.statuses import in_status_since

_SECOND = timedelta(seconds=1)
_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)

_Steps = tuple[tuple[timedelta, timedelta], ...]
"""(younger than, ask again after), youngest first. Older than all of them: once a day."""

OPEN_STEPS: _Steps = (
    (5 * _MINUTE, 15 * _SECOND),
    (15 * _MINUTE, 30 * _SECOND),
    (_HOUR, 2 * _MINUTE),
    (6 * _HOUR, 10 * _MINUTE),
    (_DAY, 30 * _MINUTE),
    (7 * _DAY, 3 * _HOUR),
)
OPEN_STEP_WATCHED = 10 * _SECOND
OPEN_STEP_WITH_EVENTS = _MINUTE
"""With pushed events flowing nothing open is asked about more often than this, unless somebody is looking at it."""

RELEASED_STEPS: _Steps = ((10 * _MINUTE, _MINUTE), (_HOUR, 5 * _MINUTE), (_DAY, _HOUR), (HOLD_LENGTH, 6 * _HOUR))
UNKNOWN_STEPS: _Steps = ((15 * _MINUTE, _MINUTE), (_HOUR, 5 * _MINUTE), (_DAY, _HOUR))
UNKNOWN_FOR = 30 * _DAY
AFTER_DELIVERY = (_MINUTE, 5 * _MINUTE, _HOUR, _DAY)
AFTER_AN_END = (_HOUR, _DAY)
AFTER_THE_RELEASE = (_HOUR,)

WATCHED_FOR = 2 * _MINUTE
"""How long after a page was shown, or last refreshed itself, somebody counts as looking at it."""

PUSHED = "a pushed event named it"
REVERSED_NEARBY = "another purchase of this user was reversed"
PRIORITIES = frozenset({PUSHED, REVERSED_NEARBY})
"""Why a purchase is due ahead of the plan; it stays so until an answer that was asked for later."""

_AHEAD = -_DAY
_RELEASE_ALLOWANCE = 12 * _HOUR
_REST_ALLOWANCE = 2 * _DAY
_URGENCY_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_NEVER_URGENT = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Facts:
    """What the plan for a purchase depends on. Times are aware."""

    part: Settlement
    date: datetime
    asked_at: datetime
    """When the newest answer was asked for."""
    changed_at: datetime | None = None
    """When this ``offer_status`` was first seen; None when the purchase has had it since it became known here."""
    hold_ends_at: datetime | None = None
    """The last known end of the hold, or its estimate; kept after the release."""
    watched_at: datetime | None = None
    missing_since: datetime | None = None
    """Since when SkinsBack leaves the purchase out of its answers."""
    is_in_doubt: bool = False
    """Whether something in the newest answer that figures are made of could not be read."""
    events_flowing: bool = False

    @property
    def since(self) -> datetime:
        return in_status_since(self.changed_at, self.date)


@dataclass(frozen=True, slots=True)
class Due:
    """When to ask again, and why. ``at`` is None when never, unless somebody wants to know."""

    at: datetime | None
    reason: str


def next_due(facts: Facts, now: datetime) -> Due:
    """Return when to ask about a purchase again: always later than its newest answer, None when it is settled.

    ``now`` only decides whether somebody is looking at it.
    """
    due = _due_by_part(facts, is_watched=_is_watched(facts, now))
    is_in_round = facts.part is Settlement.REVERSIBLE
    if facts.is_in_doubt and not is_in_round and (due.at is None or due.at > facts.asked_at + _DAY):
        due = Due(facts.asked_at + _DAY, "a field could not be read")
    if facts.missing_since is None or due.at is None:
        return due
    missing_for = max(facts.asked_at - facts.missing_since, _MINUTE)
    return Due(max(due.at, facts.asked_at + min(missing_for, _DAY)), "missing from SkinsBack's answer")


def _due_by_part(facts: Facts, *, is_watched: bool) -> Due:
    match facts.part:
        case Settlement.OPEN:
            return _due_while_open(facts, is_watched=is_watched)
        case Settlement.REVERSIBLE:
            return _due_on_hold(facts)
        case Settlement.FINAL:
            return _due_after_delivery(facts)
        case Settlement.FAILED | Settlement.REVERSED_BY_USER | Settlement.REVERSED_BY_SUPPLIER:
            return _due_after(facts, facts.since, AFTER_AN_END, "ended; the debited sum may still change")
        case Settlement.UNKNOWN:
            return _due_while_unknown(facts)


def _due_while_open(facts: Facts, *, is_watched: bool) -> Due:
    age = _age(facts)
    step = _step(OPEN_STEPS, age)
    if is_watched:
        return Due(facts.asked_at + min(step, OPEN_STEP_WATCHED), "open, and somebody is looking")
    if facts.events_flowing:
        return Due(facts.asked_at + max(step, OPEN_STEP_WITH_EVENTS), "open; pushed events are flowing")
    return Due(facts.asked_at + step, "open" if age < OPEN_STEPS[1][0] else "open for a long time")


def _due_on_hold(facts: Facts) -> Due:
    end = facts.hold_ends_at
    if end is None:
        return Due(facts.asked_at + _DAY, "on hold, its end not known")
    if facts.asked_at >= end:
        step = _step(RELEASED_STEPS, facts.asked_at - end)
        return Due(facts.asked_at + step, "hold ended, not confirmed yet")
    return Due(end, "hold ends")


def _due_after_delivery(facts: Facts) -> Due:
    if facts.hold_ends_at is not None:
        return _due_after(facts, facts.hold_ends_at, AFTER_THE_RELEASE, "once more after the release")
    return _due_after(facts, facts.since, AFTER_DELIVERY, "delivered; a hold may still be reported")


def _due_while_unknown(facts: Facts) -> Due:
    age = _age(facts)
    if age >= UNKNOWN_FOR:
        return Due(None, "unknown status for 30 days")
    return Due(facts.asked_at + _step(UNKNOWN_STEPS, age), "unknown status")


def _due_after(facts: Facts, start: datetime, delays: tuple[timedelta, ...], reason: str) -> Due:
    later = (start + delay for delay in delays if start + delay > facts.asked_at)
    at = next(later, None)
    return Due(at, reason if at is not None else "settled")


def _step(steps: _Steps, age: timedelta) -> timedelta:
    return next((step for limit, step in steps if age < limit), _DAY)


def _age(facts: Facts) -> timedelta:
    # SkinsBack's clock may be ahead of ours, which makes a purchase look younger than nothing.
    return max(facts.asked_at - facts.since, timedelta(0))


def _is_watched(facts: Facts, now: datetime) -> bool:
    return facts.watched_at is not None and now - facts.watched_at < WATCHED_FOR


def urgency(facts: Facts, now: datetime) -> int:
    """Return a purchase's place among overdue work, the lowest first. It fits into 32 bits.

    It is a moment, in seconds since 2020: the due time of an open purchase, a day earlier while somebody is looking at
    it, half a day later at the end of a hold, and two days later for everything else.
    Because it is a moment and no rank, newer work can never keep older work waiting for ever.
    """
    due = next_due(facts, now).at
    if due is None:
        return _NEVER_URGENT
    return _deadline(due + _allowance(facts, is_watched=_is_watched(facts, now)))


def urgency_at_once(now: datetime) -> int:
    """Return the place of what has just got priority, such as by a pushed event: with what somebody is looking at."""
    return _deadline(now + _AHEAD)


def _allowance(facts: Facts, *, is_watched: bool) -> timedelta:
    if is_watched:
        return _AHEAD
    if facts.part is Settlement.OPEN:
        return timedelta(0)
    if facts.part is Settlement.REVERSIBLE:
        return _RELEASE_ALLOWANCE
    return _REST_ALLOWANCE


def _deadline(moment: datetime) -> int:
    return min(max(int((moment - _URGENCY_EPOCH).total_seconds()), 0), _NEVER_URGENT - 1)
