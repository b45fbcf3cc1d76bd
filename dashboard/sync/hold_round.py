"""The round of everything on hold, so that a reversal is found though no event tells of it.

SkinsBack is asked about all that is on hold, in the order of (date, buy_id), evenly over ``limits.HOLD_ROUND``, and
then from the beginning again. The round uses at most a third of the requests, and none that people or due purchases
want; where a third is not enough, it takes longer in proportion. What falls due on hold, such as the end of a hold, is
asked about by ``due`` as before; the round only comes on top.

How far the round is says one row: up to there everything was answered. So another leader, or this one after a kill,
goes on there and asks at most for some seconds' worth again. Its pace is kept by a clock that nobody sets back.
"""

import math
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import KW_ONLY, dataclass, field
from datetime import UTC, datetime

from dashboard.db.database import Fence
from dashboard.sync import freshness_queries as freshness
from dashboard.sync import hold_round_store
from dashboard.sync.due_queries import BEGINNING, Place, count_on_hold, find_on_hold, find_round
from dashboard.sync.limits import HOLD_ROUND, HOLD_ROUND_WITH_EVENTS, batch_takes, shortest_between_batches

AT_ONCE = 5
"""Batches of the round on their way at the same time; the other places stay free for what is due."""

AWAITED = 0.5
"""In seconds: a run with nothing else to do waits so long for the next batch, so that the round reaches its share."""
AWAITED_UNTIL = 5.0
"""In seconds since a run began: what it came to is told at its end."""

SAVED_EVERY = 10.0
"""In seconds: how often is written how far the round is."""


@dataclass
class HoldRound:
    """Hands out the batches of the round when it is their time. Used by one job at a time, through all of its runs."""

    limit: int
    """In requests a minute, for everybody together."""
    _: KW_ONLY
    fence: Fence | None = None
    clock: Callable[[], float] = time.monotonic
    _place: Place | None = None
    """Up to where batches were handed out; None until it has been read."""
    _on_their_way: dict[int, Place] = field(default_factory=dict)
    """From where each batch on its way begins, by its first buy_id, in the order in which they were handed out."""
    _planned_at: float = 0.0
    """When the last batch should have been handed out, by an even pace."""
    _ids: int = 0
    """In the last batch."""
    _next_at: float = 0.0
    """When the next batch is to be handed out, by the pace and by the share of the requests."""
    _not_before: float = -math.inf
    """The same by the share alone."""
    _saved_at: float = -math.inf
    _run_began_at: float = 0.0
    _length: int = 0
    """The most that was on hold in this round: what is released in it makes it no slower for the rest."""

    def begin_run(self) -> None:
        """Go back to the first batch that was not answered when the last run ended."""
        if self._place is None:
            self._place, moved_at = find_round()
            away = 0 if moved_at is None else (datetime.now(UTC) - moved_at).total_seconds()
            self._planned_at = self._next_at = self.clock() - min(max(away, 0), HOLD_ROUND.total_seconds())
        self._run_began_at = self.clock()
        self._place = next(iter(self._on_their_way.values()), self._place)
        self._on_their_way.clear()

    def wait(self) -> float:
        """Return in how many seconds the next batch has its turn, as far as was known when the last one was taken."""
        return max(self._next_at - self.clock(), 0)

    def is_awaited(self) -> bool:
        """Say whether the run that was begun last should wait for the next batch, having nothing else to do."""
        return self.wait() < AWAITED and self.clock() - self._run_began_at < AWAITED_UNTIL

    def take(self, size: int, busy: Collection[int]) -> list[int]:
        """Return the next batch, without those that are being asked for anyway; empty when it is not time for one."""
        now = self.clock()
        if self._place is None or now < self._not_before or len(self._on_their_way) >= AT_ONCE:
            return []
        planned_at = self._planned_at + self._batch_takes()
        self._next_at = max(planned_at, self._not_before)
        if now < planned_at:
            return []
        found = find_on_hold(self._place, limit=size)
        if not found:
            self._place, self._length = BEGINNING, 0
            found = find_on_hold(self._place, limit=size)
        batch = [place.buy_id for place in found if place.buy_id not in busy]
        if batch:
            self._on_their_way[batch[0]] = self._place
        if found:
            self._place = found[-1]
        # What was missed is made up for, but never more than a round of it.
        self._planned_at = max(planned_at, now - HOLD_ROUND.total_seconds())
        # Where nothing is on hold, the next look at it is a round later.
        self._ids = max(len(found), 1)
        self._not_before = now + shortest_between_batches(self.limit)
        self._next_at = max(self._planned_at + self._batch_takes(), self._not_before)
        return batch

    def _batch_takes(self) -> float:
        takes = HOLD_ROUND_WITH_EVENTS if freshness.may_rely_on_events() else HOLD_ROUND
        self._length = max(self._length, count_on_hold())
        return batch_takes(self._ids, self._length, takes)

    def is_answered(self, batch: Sequence[int]) -> None:
        """Note that a batch was answered. Raises LeadLost."""
        if self._on_their_way.pop(batch[0], None) is None or self._place is None:
            return
        if self.clock() - self._saved_at >= SAVED_EVERY:
            answered_up_to = next(iter(self._on_their_way.values()), self._place)
            hold_round_store.save(answered_up_to, datetime.now(UTC), fence=self.fence)
            self._saved_at = self.clock()
