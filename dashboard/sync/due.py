"""Ask SkinsBack for every purchase that is due, in batches, the most urgent first.

Safe to run twice and to kill anywhere: what is due is read from the database each time, and a batch that was not
answered stays due. Several batches are on their way at once, because SkinsBack may take seconds to answer and the
requests of a minute would go unused otherwise.
"""

import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from threading import Event

from flask import Flask, current_app

from dashboard.db.database import Fence
from dashboard.lib import trace
from dashboard.purchases import store
from dashboard.purchases.store import Source
from dashboard.skinsback.client import SkinsBackClient
from dashboard.skinsback.errors import SkinsBackError
from dashboard.sync import freshness_queries as freshness
from dashboard.sync.connection import NO_CREDENTIALS, Stopped, client_for_jobs, is_connected
from dashboard.sync.due_queries import find_due, find_wanted
from dashboard.sync.limits import BatchSize

AT_ONCE = 16
"""Batches on their way at the same time: enough for the whole budget while an answer takes two seconds."""

READ_AHEAD = 10
"""How many batches are chosen at once."""
CHOSEN_FOR = 1.0
"""In seconds. After this a choice is made anew, so what became urgent meanwhile waits no longer."""

PROGRESS_EVERY = 15.0
"""In seconds, while a long run gets on."""

STOPS_WITHIN = 3.0
"""In seconds: how long a run that is told to stop waits for answers on their way; later ones are not missed."""

UNREADABLE_AGAIN = timedelta(minutes=10)
"""When a purchase is asked for again whose answer could not be read."""
OUTDATED_AGAIN = timedelta(minutes=1)
"""When a purchase is asked for again whose stored answer claims to be newer than this machine's clock."""

STOPPED = "stopped before everything was done"


@dataclass
class Refreshed:
    """What one run did. ``problem`` says why it ended early; empty when everything that was due is done.

    ``sent`` counts the purchases that SkinsBack was asked about, ``asked`` those that it answered.
    """

    sent: int = 0
    asked: int = 0
    changed: int = 0
    missing: int = 0
    rejected: int = 0
    problem: str = ""

    def __str__(self) -> str:
        done = f"{self.asked} asked, {self.changed} changed, {self.missing} missing, {self.rejected} rejected"
        return f"{done}; {self.problem}" if self.problem else done

    def add(self, other: "Refreshed") -> None:
        """Count another batch in; the first problem is the one that is told."""
        self.sent += other.sent
        self.asked += other.asked
        self.changed += other.changed
        self.missing += other.missing
        self.rejected += other.rejected
        self.problem = self.problem or other.problem


def refresh_due(
    batch_size: BatchSize,
    *,
    fence: Fence | None = None,
    stop: Event | None = None,
    on_progress: Callable[[Refreshed], None] = lambda _: None,
) -> Refreshed:
    """Ask for what is due until nothing is, or ``stop`` is set. ``batch_size`` learns from what SkinsBack takes.

    Raises LeadLost when the fence's lead has passed on; everything stored before stays. A thread may still wait for an
    answer when this has returned, which is safe to be killed anywhere.
    """
    if not is_connected():
        return Refreshed(problem=NO_CREDENTIALS)
    stop = stop or Event()
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined] # The proxy's documented way out.
    asker = _Asker(client_for_jobs(stop), batch_size, fence, app, trace.current())
    pool = ThreadPoolExecutor(AT_ONCE)
    try:
        return _Run(lambda batch: pool.submit(asker.ask, batch), batch_size, stop, on_progress).go()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


@dataclass
class _Run:
    """One run: chooses batches, hands them to threads and gathers what came of them."""

    submit: Callable[[Sequence[int]], Future[Refreshed]]
    batch_size: BatchSize
    stop: Event
    on_progress: Callable[[Refreshed], None]
    _outcome: Refreshed = field(default_factory=Refreshed)
    _chosen: deque[int] = field(default_factory=deque)
    _chosen_at: float = 0.0
    _on_their_way: dict[Future[Refreshed], Sequence[int]] = field(default_factory=dict)
    _asked_when_due_at: dict[int, datetime] = field(default_factory=dict)
    _is_probing: bool = False

    def go(self) -> Refreshed:
        """Return when nothing is due any more, or the run has to end."""
        told, told_at = replace(self._outcome), time.monotonic()
        try:
            while self._hand_out():
                self._gather()
                # A run that gets no further says nothing, so that it can be told from one that works.
                is_news = self._outcome != told
                if is_news and time.monotonic() - told_at >= PROGRESS_EVERY:
                    told, told_at = replace(self._outcome), time.monotonic()
                    self.on_progress(self._outcome)
        finally:
            wait(self._on_their_way, timeout=STOPS_WITHIN)
        return self._outcome

    def _hand_out(self) -> bool:
        """Return whether an answer is to be waited for."""
        while not self._outcome.problem and len(self._on_their_way) < (1 if self._is_probing else AT_ONCE):
            if self.stop.is_set():
                self._outcome.problem = STOPPED
                break
            batch = self._next_batch()
            if not batch:
                break
            self._on_their_way[self.submit(batch)] = batch
        return bool(self._on_their_way)

    def _gather(self) -> None:
        # A run that is told to stop does not wait long for answers: what they say is asked for again.
        timeout = STOPS_WITHIN if self.stop.is_set() else 0.5
        done, _ = wait(self._on_their_way, timeout=timeout, return_when=FIRST_COMPLETED)
        for future in done:
            del self._on_their_way[future]
            self._outcome.add(future.result())
        if not done and self.stop.is_set():
            self._outcome.problem = self._outcome.problem or STOPPED
            self._on_their_way.clear()

    def _next_batch(self) -> list[int]:
        if not self._chosen or time.monotonic() - self._chosen_at > CHOSEN_FOR:
            self._choose()
        return [self._chosen.popleft() for _ in range(min(self.batch_size.current, len(self._chosen)))]

    def _choose(self) -> None:
        self._chosen.clear()
        self._outcome.problem = freshness.reason_to_wait()
        if self._outcome.problem:
            return
        # After a failure one batch finds out whether SkinsBack answers again, rather than all of them at once.
        self._is_probing = freshness.is_failing()
        now = datetime.now(UTC)
        on_their_way = {buy_id for batch in self._on_their_way.values() for buy_id in batch}
        limit = self.batch_size.current * READ_AHEAD + len(on_their_way)
        due = find_due(now, limit=limit)
        self._asked_when_due_at = {
            buy_id: due_at for buy_id, due_at in due.items() if self._asked_when_due_at.get(buy_id) == due_at
        }
        # What asking did not move, because a clock is wrong, say, is left for the next run.
        fresh = [buy_id for buy_id in due if buy_id not in self._asked_when_due_at]
        for buy_id in (*find_wanted(now, limit=limit), *fresh):
            if buy_id not in on_their_way:
                self._chosen.append(buy_id)
                if buy_id in due:
                    self._asked_when_due_at[buy_id] = due[buy_id]
        self._chosen_at = time.monotonic()


@dataclass
class _Asker:
    """Asks for one batch and stores what comes back; used by several threads."""

    client: SkinsBackClient
    batch_size: BatchSize
    fence: Fence | None
    app: Flask
    request_id: str

    def ask(self, buy_ids: Sequence[int]) -> Refreshed:
        """Return what came of asking for these purchases. Raises LeadLost."""
        outcome = Refreshed()
        # What a thread asks for belongs to the run that made it.
        with self.app.app_context(), trace.scope(self.request_id):
            try:
                self._ask(buy_ids, outcome)
            except Stopped:
                outcome.problem = STOPPED
        return outcome

    def _ask(self, buy_ids: Sequence[int], outcome: Refreshed) -> bool:
        """Return whether every id was taken."""
        asked_at = datetime.now(UTC)
        outcome.sent += len(buy_ids)
        try:
            answer = self.client.get_purchases(buy_ids)
        except SkinsBackError as error:
            return self._after_failure(buy_ids, outcome, error)
        self.batch_size.accepted(len(buy_ids))
        is_flowing = freshness.may_rely_on_events()
        stored = store.record_answer(answer, Source.SCHEDULED, fence=self.fence, events_flowing=is_flowing)
        told = set(stored.buy_ids)
        unreadable = {item.buy_id for item in answer.rejected if item.buy_id is not None}
        outcome.asked += len(buy_ids)
        outcome.changed += len(stored.new) + len(stored.changed)
        outcome.rejected += stored.rejected
        missing = [buy_id for buy_id in buy_ids if buy_id not in told and buy_id not in unreadable]
        if len(unreadable) < len(answer.rejected):
            # An object whose buy_id cannot be read may be any of those left out, so none of them is called missing.
            unreadable |= set(missing)
            missing = []
        if missing:
            store.record_missing(missing, asked_at, fence=self.fence)
            outcome.missing += len(missing)
        if unreadable:
            self._postpone(sorted(unreadable), UNREADABLE_AGAIN, "its answer cannot be read")
        if stored.outdated:
            self._postpone(stored.outdated, OUTDATED_AGAIN, "its stored answer is newer than this one")
        return True

    def _after_failure(self, buy_ids: Sequence[int], outcome: Refreshed, error: SkinsBackError) -> bool:
        if not error.is_about_the_ids:
            outcome.problem = error.sentence
            return False
        self.batch_size.refused(len(buy_ids))
        if len(buy_ids) == 1:
            self._postpone(buy_ids, UNREADABLE_AGAIN, error.name)
            outcome.asked += 1
            return False
        # A refused array is asked for in two halves, down to the one id that SkinsBack does not take.
        outcome.sent -= len(buy_ids)
        half = len(buy_ids) // 2
        are_taken = [self._ask(part, outcome) for part in (buy_ids[:half], buy_ids[half:]) if not outcome.problem]
        if are_taken != [True, True]:
            return False
        self.batch_size.was_too_large(len(buy_ids))
        return True

    def _postpone(self, buy_ids: Sequence[int], delay: timedelta, reason: str) -> None:
        now = datetime.now(UTC)
        store.postpone_overdue(buy_ids, now, now + delay, reason, fence=self.fence)
