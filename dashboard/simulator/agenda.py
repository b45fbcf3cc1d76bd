"""What happens next: the coming changes of all purchases, in the order of time."""

import heapq
import math
from collections.abc import Iterator
from enum import Enum
from itertools import count

from dashboard.simulator.plans import Plan


class Change(Enum):
    """A kind of change that SkinsBack pushes an event for."""

    MADE = "made"
    STATUS = "status"
    RETURN = "return"


class Agenda:
    """The changes that have not happened yet."""

    def __init__(self) -> None:
        self._coming: list[tuple[float, int, Change, Plan]] = []
        self._numbers = count()

    def add_made(self, plan: Plan) -> None:
        """Expect the purchase itself and everything after it."""
        self._push(plan.created, Change.MADE, plan)
        self.add_later(plan, -math.inf)

    def add_later(self, plan: Plan, after: float) -> None:
        """Expect what happens to the purchase later than ``after``."""
        for moment in plan.status_changes():
            if moment > after:
                self._push(moment, Change.STATUS, plan)
        if plan.returned is not None and plan.returned > after:
            self._push(plan.returned, Change.RETURN, plan)

    def add_reversal(self, plan: Plan) -> None:
        """Expect a rollback that was planned after the purchase was."""
        if plan.reversed is not None:
            self._push(plan.reversed, Change.STATUS, plan)

    def due(self, until: float) -> Iterator[tuple[float, Change, Plan]]:
        """Take out what happens at or before ``until``, in order."""
        while self._coming and self._coming[0][0] <= until:
            moment, _, change, plan = heapq.heappop(self._coming)
            yield moment, change, plan

    def next_moment(self) -> float:
        """When the next change comes; infinity when none does."""
        return self._coming[0][0] if self._coming else math.inf

    def _push(self, moment: float, change: Change, plan: Plan) -> None:
        heapq.heappush(self._coming, (moment, next(self._numbers), change, plan))
