"""Import SkinsBack's history, so that purchases nobody has looked up are known here too.

A page is stored before its import run says that it was, so a run that was killed goes on where it was, at worst storing
one page a second time, which changes nothing.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

from sqlalchemy import Row

from dashboard.db.database import Fence
from dashboard.purchases import store
from dashboard.purchases.store import Source
from dashboard.skinsback.errors import SkinsBackError
from dashboard.skinsback.no_answer import HTTP_ERROR
from dashboard.skinsback.records import HistoryPage
from dashboard.sync import freshness_queries as freshness
from dashboard.sync import import_run_store as runs
from dashboard.sync import state_store as skinsback_state
from dashboard.sync.connection import NO_CREDENTIALS, Stopped, client_for_jobs, is_connected

FIRST_REACH = timedelta(days=90)
"""How far back the first run of the background job goes; ``purchases import`` goes further."""

OVERLAPS = (
    (timedelta(days=1), timedelta(days=3)),
    (timedelta(minutes=10), timedelta(hours=2)),
    (timedelta(0), timedelta(minutes=10)),
)
"""(every, how far back): every run begins so long before the end of the last one, for purchases that appear in the
history late. How late they may is not documented, so now and then a run looks back further."""

LEFT_ALONE_AFTER = timedelta(minutes=3)
"""No process works any more on an unfinished run that has not moved for so long; every page moves it."""

STOPPED = "stopped; it goes on from here next time"


class Overlap:
    """Which runs look back how far; remembered by one process, since looking once more does no harm."""

    def __init__(self) -> None:
        self._last: dict[timedelta, datetime] = {}

    def choose(self, now: datetime) -> timedelta:
        return next(back for every, back in OVERLAPS if back not in self._last or now - self._last[back] >= every)

    def is_done(self, back: timedelta, now: datetime) -> None:
        """Note that a run that looked back so far is complete."""
        self._last |= {shorter: now for _, shorter in OVERLAPS if shorter <= back}


@dataclass
class Imported:
    """How far a run came. ``problem`` says why it is not complete; empty when it is."""

    pages: int = 0
    items: int = 0
    total_count: int | None = None
    problem: str = ""
    rejected: int = 0
    """Of this run alone, not of the one that it goes on from; so is what stands below."""
    answered: int = 0
    """Pages that SkinsBack sent."""
    unanswered: int = 0
    """Pages that it was asked for and did not send."""
    stored: int = 0
    """Purchases that were new or had changed."""

    def __str__(self) -> str:
        of_total = f" of {self.total_count}" if self.total_count is not None else ""
        rejected = f", {self.rejected} of them rejected" if self.rejected else ""
        done = f"{self.items}{of_total} purchases in {self.pages} {'page' if self.pages == 1 else 'pages'}{rejected}"
        return f"{done}; {self.problem}" if self.problem else done

    def and_then(self, other: "Imported") -> "Imported":
        """Return what two runs came to together; the first problem is the one that is told."""
        return Imported(
            self.pages + other.pages, self.items + other.items, None, self.problem or other.problem,
            self.rejected + other.rejected, self.answered + other.answered, self.unanswered + other.unanswered,
            self.stored + other.stored,
        )  # fmt: skip


OnPage = Callable[[Imported], None]


def import_recent(
    *,
    fence: Fence | None = None,
    stop: Event | None = None,
    at_most_seconds: float = math.inf,
    overlap: timedelta = OVERLAPS[1][1],
) -> Imported:
    """Import from the end of the last complete run to now, then resume one older run that was left unfinished.

    Each of them goes on where it was, and neither keeps the other waiting for ever: a run that fails gives way.
    """
    now = datetime.now(UTC)
    # After a refusal this job alone asks now and then; an answer to it lets all of them ask again.
    reason_to_wait = freshness.reason_to_wait()
    if reason_to_wait and not (is_connected() and skinsback_state.claim_probe(now)):
        return Imported(problem=reason_to_wait)
    last = freshness.find_last_complete_run()
    # The same until tomorrow, so that the first run is found again and resumed.
    start_of_day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    # A run made while the clock was ahead seems to end in the future; what is bought until then must not wait for it.
    since = min(last.until, now) - overlap if last is not None else start_of_day - FIRST_REACH
    outcome = import_period(since, now, fence=fence, stop=stop, at_most_seconds=at_most_seconds)
    older = freshness.find_run_left_alone(now - LEFT_ALONE_AFTER)
    if older is None or outcome.problem == STOPPED or freshness.reason_to_wait():
        return outcome
    return outcome.and_then(_go_on(older, fence, stop or Event(), at_most_seconds))


def import_period(
    since: datetime,
    until: datetime,
    *,
    fence: Fence | None = None,
    stop: Event | None = None,
    at_most_seconds: float = math.inf,
    on_page: OnPage = lambda _: None,
) -> Imported:
    """Import every purchase dated in [since, until), resuming an unfinished run that began at the same ``since``.

    Raises LeadLost when the fence's lead has passed on; everything stored before stays.
    """
    stop = stop or Event()
    run = freshness.find_unfinished_run(since) or runs.begin(since, until, fence)
    outcome = _go_on(run, fence, stop, at_most_seconds, on_page)
    if outcome.problem or run.until >= until:
        return outcome
    # The run that was resumed had been asked to go less far.
    rest = runs.begin(run.until, until, fence)
    return outcome.and_then(_go_on(rest, fence, stop, at_most_seconds, on_page))


def _go_on(
    run: Row[Any], fence: Fence | None, stop: Event, at_most_seconds: float, on_page: OnPage = lambda _: None
) -> Imported:
    outcome = Imported(run.pages, run.items, run.total_count)
    if not is_connected():
        outcome.problem = NO_CREDENTIALS
        return outcome
    give_up_at = time.monotonic() + at_most_seconds
    try:
        for page in client_for_jobs(stop).iter_history(run.since, run.until, run.start_from):
            is_ours = _keep(run.id, page, outcome, fence)
            on_page(outcome)
            if not is_ours:
                break
            if page.has_more and (stop.is_set() or time.monotonic() > give_up_at):
                outcome.problem = STOPPED
                break
    except Stopped:
        outcome.problem = STOPPED
    except SkinsBackError as error:
        outcome.problem = error.sentence
        outcome.unanswered += 1
        # SkinsBack may no longer know the place we were at; what stands before it says nothing of that.
        is_lasting = not error.can_retry and not error.stops_asking and error.name != HTTP_ERROR
        begins_anew = is_lasting and run.start_from is not None
        runs.record_failure(run.id, fence, begins_anew=begins_anew)
    return outcome


def _keep(run_id: int, page: HistoryPage, outcome: Imported, fence: Fence | None) -> bool:
    stored = store.record_answer(page.answer, Source.HISTORY, fence=fence)
    outcome.stored += len(stored.new) + len(stored.changed)
    outcome.answered += 1
    outcome.pages += 1
    outcome.items += len(page.answer.records) + len(page.answer.rejected)
    outcome.rejected += len(page.answer.rejected)
    outcome.total_count = page.total_count
    return runs.record_page(run_id, page, pages=outcome.pages, items=outcome.items, fence=fence)
