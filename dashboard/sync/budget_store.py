"""The requests of a minute, shared by all processes of an installation, on however many machines.

The rule: in any sliding 60 seconds SkinsBack receives at most ``SKINSBACK_REQUESTS_PER_MINUTE`` requests, and never
one more. Every request first takes a slot: a row with the moment at which it may be sent. Taking one locks the row of
``request_budget``, so processes take turns. The moment is the earliest at which, counting every slot already given,
no window holds more than the limit: a window length after the limit-th newest slot.

- The window is a little longer than a minute, since requests arrive later than they are sent, and not all equally
  late. Whoever oversleeps the moment by half of that allowance lets the slot lapse and takes another.
- People come first. Jobs go at an even pace and never more than a second ahead, so a person waits for nobody who came
  later. While nobody asks, jobs may use 99 % of the window, and what is left lets the first person through at once.
  From a person's question on, jobs keep to four fifths for two minutes: within seconds they have made room, and
  then a fifth of the minute is there for people, even for all of it at once.
- Jobs have a share, too: people may use more than their fifth only of what jobs left unused in the last minute, and
  not all of that, so that jobs with more to do begin at once and have their four fifths within a minute. Once a job
  had to wait for people, people keep to their fifth for two minutes. One person may take no more than they leave to
  others (``limits.turn_of``).
- A sliding log rather than GCRA, which needs one row only: a burst that GCRA allows is lost to the steady
  pace for good, so that jobs could not use nearly all and people find their fifth free.
- Time is the database's (``dbclock``). A caller gets a length of time to wait, so clocks of machines play no part.
  When that clock is set back, slots that lie further ahead than any can are dropped; set forward by a minute, it
  would let one minute's requests be repeated, which no bookkeeping can see.
- A pause that SkinsBack asks for is for people and jobs alike. It ends when that same clock says so; one that has been
  set back since begins the pause anew.
- Without the database there are no requests: the caller gets an error, never permission to go on unlimited.
"""

import logging
import math
import threading
import time
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import SQLAlchemyError

from dashboard.db import dbclock
from dashboard.db.database import writing
from dashboard.lib.formatting import duration_words
from dashboard.lib.numbers import SECOND
from dashboard.skinsback.errors import SkinsBackError
from dashboard.sync.limits import (
    JOBS_SHORT_LATELY,
    MINUTE,
    PEOPLE_ASKED_LATELY,
    GivenSlot,
    limit_for_jobs,
    pause_left,
    turn_of,
)
from dashboard.sync.models import NAME, RequestBudget, RequestSlot

logger = logging.getLogger(__name__)

ARRIVAL_SPREAD = 3 * SECOND // 4
"""By how much the delays of two requests on their way may differ, in microseconds."""
WINDOW = MINUTE + ARRIVAL_SPREAD

LATEST_START = 0.35
"""In seconds after a slot's moment; a request that would be sent later takes another slot."""

PACE = 97
"""Jobs are spaced at so many hundredths of the even distance, to make up for moments they missed."""

JOBS_AHEAD = 1 * SECOND
"""A job that would have to wait longer asks again later instead of standing in a person's way."""

PAUSED = "SkinsBack's limit of requests was reached, so no requests are sent for the next {}."
ALL_USED = "All requests of this minute are used up; the next one can be sent in {}."
PART_USED = "Your part of this minute's requests is used up; your next one can be sent in {}."

KEPT = 3 * MINUTE
"""How long slots are kept, in microseconds."""


@dataclass(frozen=True)
class Reservation:
    """When a request may be sent. ``is_taken`` is false when that is too far ahead to be taken now."""

    wait: int
    """In microseconds from when the slots were looked at."""
    starts: float
    """The same moment by this process's monotonic clock."""
    is_taken: bool
    why_wait: str
    """What a person is told whose wait would be too long; ``{}`` stands for how long it is."""


@dataclass(eq=False)
class SharedBudget:
    """One kind of caller's door to the budget. Needs an application context; safe to share between threads."""

    limit: int
    """In requests a minute."""
    _: KW_ONLY
    for_people: bool
    person: str = ""
    """Who asks, where it is for people: nobody gets all that is there for people."""
    sleep: Callable[[float], object] = time.sleep
    """It may raise in order to end a wait early."""
    clock: Callable[[Connection], int] = dbclock.now_us
    monotonic: Callable[[], float] = time.monotonic
    _turn: threading.Lock = field(default_factory=threading.Lock, init=False)

    def acquire(self, *, wait_at_most: float) -> None:
        """Wait until one request may be sent.

        Raises SkinsBackError: ``budget_exhausted`` when that would take longer than ``wait_at_most`` seconds,
        ``budget_unavailable`` when the database does not answer.
        """
        give_up_at = self.monotonic() + wait_at_most
        if self.for_people:
            self._wait_for_slot(give_up_at)
            return
        # The threads of a job wait for one another here rather than each of them asking the database every second.
        with self._turn:
            self._wait_for_slot(give_up_at)

    def _wait_for_slot(self, give_up_at: float) -> None:
        while True:
            left = max(0, int((give_up_at - self.monotonic()) * SECOND))
            reservation = self._take(left)
            if not reservation.is_taken and (self.for_people or reservation.wait > left):
                raise _exhausted(reservation)
            # A job looks again from time to time: a slot may come free earlier, or it may be told to stop.
            wait = reservation.starts - self.monotonic() if reservation.is_taken else JOBS_AHEAD / SECOND
            if wait > 0:
                self.sleep(wait)
            if reservation.is_taken and self.monotonic() - reservation.starts <= LATEST_START:
                return

    def pause(self, seconds: float) -> None:
        try:
            with writing() as connection:
                paused_at, paused_until, _, _ = _lock(connection)
                now = self.clock(connection)
                # Two answers on their way together may ask for different pauses; the longer one is kept.
                _note_pause(connection, now, max(int(seconds * SECOND), pause_left(paused_at, paused_until, now)))
        except SQLAlchemyError:
            logger.exception("The pause after SkinsBack's limit could not be noted.")

    def _take(self, wait_at_most: int) -> Reservation:
        try:
            with writing() as connection:
                return self._take_slot(connection, wait_at_most)
        except SQLAlchemyError as error:
            logger.warning("SkinsBack is not asked, because the database does not answer: %s", error)
            sentence = "The database that shares out the requests does not answer, so SkinsBack was not asked."
            raise SkinsBackError("budget_unavailable", sentence, can_retry=True) from None

    def _take_slot(self, connection: Connection, wait_at_most: int) -> Reservation:
        paused_at, paused_until, people_asked, jobs_short = _lock(connection)
        now, monotonic_now = self.clock(connection), self.monotonic()
        paused_for = pause_left(paused_at, paused_until, now)
        if now < paused_at:
            _note_pause(connection, now, paused_for)
        if self.for_people:
            connection.execute(_the_row(update(RequestBudget)).values(people_asked_us=now))
        connection.execute(
            delete(RequestSlot).where((RequestSlot.at_us < now - KEPT) | (RequestSlot.at_us > now + KEPT))
        )
        slot = max(now, _newest(connection, self.limit - 1, select(RequestSlot.at_us)) + WINDOW)
        why_wait = ALL_USED
        if not self.for_people:
            of_jobs = max(now, self._after_jobs(connection, now - people_asked < PEOPLE_ASKED_LATELY))
            if slot > of_jobs:
                connection.execute(_the_row(update(RequestBudget)).values(jobs_short_us=now))
            slot = max(slot, of_jobs)
        elif (turn := self._turn_of_person(connection, now, now - jobs_short < JOBS_SHORT_LATELY)) > slot:
            slot, why_wait = turn, PART_USED
        is_paused = slot < now + paused_for
        wait = max(slot - now, paused_for)
        is_taken = not is_paused and wait <= (wait_at_most if self.for_people else min(wait_at_most, JOBS_AHEAD))
        if is_taken:
            connection.execute(insert(RequestSlot).values(at_us=slot, for_people=self.for_people, person=self.person))
        return Reservation(wait, monotonic_now + wait / SECOND, is_taken, PAUSED if is_paused else why_wait)

    def _turn_of_person(self, connection: Connection, now: int, are_jobs_short: bool) -> int:
        taken = select(RequestSlot.at_us, RequestSlot.for_people, RequestSlot.person)
        rows = connection.execute(taken.where(RequestSlot.at_us > now - WINDOW).order_by(RequestSlot.at_us))
        slots = [GivenSlot(row.at_us, row.person if row.for_people else None) for row in rows]
        return turn_of(self.person, slots, self.limit, now, WINDOW, are_jobs_short=are_jobs_short)

    def _after_jobs(self, connection: Connection, have_people_asked: bool) -> int:
        ceiling = limit_for_jobs(self.limit, have_people_asked=have_people_asked)
        of_jobs = select(RequestSlot.at_us).where(RequestSlot.for_people.is_(False))
        step = WINDOW * PACE // (100 * ceiling) if ceiling > 1 else WINDOW
        return max(_newest(connection, ceiling - 1, of_jobs) + WINDOW, _newest(connection, 0, of_jobs) + step)


def _the_row(statement: Any) -> Any:
    return statement.where(RequestBudget.name == NAME)


def _note_pause(connection: Connection, now: int, length: int) -> None:
    connection.execute(_the_row(update(RequestBudget)).values(paused_at_us=now, paused_until_us=now + length))


def _lock(connection: Connection) -> tuple[int, int, int, int]:
    """Keep every other process from taking a slot until the transaction ends; return what the row says."""
    row_ = RequestBudget
    columns = (row_.paused_at_us, row_.paused_until_us, row_.people_asked_us, row_.jobs_short_us)
    row = connection.execute(_the_row(select(*columns)).with_for_update()).one_or_none()
    if row is None:
        # Two processes may come here at once, the very first time; the loser finds the winner's row.
        insert_once = pg_insert if connection.dialect.name == "postgresql" else sqlite_insert
        values = {"name": NAME, "paused_at_us": 0, "paused_until_us": 0, "people_asked_us": 0, "jobs_short_us": 0}
        connection.execute(insert_once(RequestBudget).values(values).on_conflict_do_nothing())
        row = connection.execute(_the_row(select(*columns)).with_for_update()).one()
    return row.paused_at_us, row.paused_until_us, row.people_asked_us, row.jobs_short_us


def _newest(connection: Connection, skipped: int, moments: Select[tuple[int]]) -> int:
    """Return the newest of these moments after leaving out some, or a moment long past."""
    return connection.execute(moments.order_by(RequestSlot.at_us.desc()).offset(skipped).limit(1)).scalar() or 0


def _exhausted(reservation: Reservation) -> SkinsBackError:
    words = duration_words(timedelta(seconds=math.ceil(reservation.wait / SECOND)))
    return SkinsBackError("budget_exhausted", reservation.why_wait.format(words), can_retry=True)
