"""Pure: the attempts of one order: purchases of one user and item, made one after the other.

A retry needs a new custom_id, so the attempts of one customer order are separate purchases. They belong to one chain
when each begins within RETRY_WITHIN of the one before, and before that one was delivered. What follows a delivery is
no retry: somebody simply wants the item again. Where it follows within an hour it may be one order made twice all the
same, which ``repeated_deliveries`` finds as finance does.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any

from dashboard.purchases.doubles import doubles, in_order, order_of
from dashboard.purchases.statuses import DECIDED, Phase, phase_of

RETRY_WITHIN = timedelta(hours=24)


@dataclass(frozen=True)
class Chain:
    """The attempts of one order, oldest first: rows with what ``order_of`` looks at, buy_id, date, offer_status,
    status_since and accepted_at."""

    attempts: Sequence[Any]

    @property
    def last(self) -> Any:
        return self.attempts[-1]

    @property
    def delivered(self) -> int:
        return sum(phase_of(attempt.offer_status) is Phase.DELIVERED for attempt in self.attempts)

    @cached_property
    def is_delivered_twice(self) -> bool:
        return bool(doubles(self.attempts))

    @property
    def is_open(self) -> bool:
        return any(phase_of(attempt.offer_status) is Phase.OPEN for attempt in self.attempts)


def chains(purchases: Iterable[Any]) -> list[Chain]:
    """Return the chains of these purchases, in any order given; a purchase without a retry is a chain of one.

    A purchase whose user, item or date is not known stands alone.
    """
    made: list[list[Any]] = []
    newest: dict[tuple[str, str], list[Any]] = {}
    for purchase in in_order(purchases):
        order = order_of(purchase)
        before = newest.get(order) if order else None
        if before is not None and _continues(before[-1], purchase):
            before.append(purchase)
            continue
        chain = [purchase]
        made.append(chain)
        if order:
            newest[order] = chain
    return [Chain(attempts) for attempts in made]


def retried(purchases: Iterable[Any]) -> list[Chain]:
    return [chain for chain in chains(purchases) if len(chain.attempts) > 1]


def repeated_deliveries(purchases: Iterable[Any], retries: Iterable[Chain]) -> list[Chain]:
    """Return deliveries of one item to one user within an hour, as pairs; those within one of the chains are left out.

    One order made twice by mistake, or a customer who wanted two: nobody can say that from here.
    """
    within = {attempt.buy_id for chain in retries if chain.is_delivered_twice for attempt in chain.attempts}
    return [Chain(pair) for pair in doubles(purchases) if not within.issuperset(one.buy_id for one in pair)]


def _continues(before: Any, purchase: Any) -> bool:
    gap: timedelta = purchase.date - before.date
    return gap <= RETRY_WITHIN and not _was_delivered(before, purchase.date)


def _was_delivered(purchase: Any, at: datetime) -> bool:
    """Say whether the user had the item then. A delivery that nobody saw here counts from the purchase."""
    phase = phase_of(purchase.offer_status)
    if phase is Phase.REVERSED and (purchase.status_since is None or purchase.status_since <= at):
        return False
    is_delivery = phase in (Phase.DELIVERED, Phase.REVERSED)
    return is_delivery and (purchase.accepted_at is None or purchase.accepted_at <= at)


NUMBERS = (1, 2, 3)
"""First, second, and third or later attempt."""


@dataclass
class AttemptCount:
    """The purchases that were the n-th attempt of their order. ``number`` 3 stands for 3 and more."""

    number: int
    purchases: list[Any] = field(default_factory=list)

    def of(self, offer_statuses: Container[str]) -> list[Any]:
        return [purchase for purchase in self.purchases if purchase.offer_status in offer_statuses]


def by_attempt(all_chains: Iterable[Chain]) -> list[AttemptCount]:
    """Return the purchases that were first, second and later attempts, each chain's in their order."""
    counts = [AttemptCount(number) for number in NUMBERS]
    for chain in all_chains:
        for index, attempt in enumerate(chain.attempts):
            counts[min(index, len(NUMBERS) - 1)].purchases.append(attempt)
    return counts


class UserGroup(StrEnum):
    """Users by how their purchases ended; each group is within the one before."""

    DECIDED = "decided"
    FAILED = "failed"
    EMPTY_HANDED = "nothing"
    """A purchase of theirs failed, and none was delivered, not even for a while."""


@dataclass(slots=True)
class UserTally:
    """How the purchases of one user ended: how many were delivered, failed or reversed, and how many of them failed."""

    steamid: str
    decided: int = 0
    failed: int = 0

    def is_one_of(self, who: UserGroup) -> bool:
        """Say whether the user belongs to this group."""
        if who is UserGroup.DECIDED:
            return True
        return self.failed == self.decided if who is UserGroup.EMPTY_HANDED else self.failed > 0


def by_user(purchases: Iterable[Any]) -> list[UserTally]:
    """Return a tally of every user with a decided purchase, who failed most first. Unknown users are left out."""
    tallies: dict[str, UserTally] = {}
    for purchase in purchases:
        if not purchase.steamid or purchase.offer_status not in DECIDED:
            continue
        tally = tallies.setdefault(purchase.steamid, UserTally(purchase.steamid))
        tally.decided += 1
        tally.failed += phase_of(purchase.offer_status) is Phase.FAILED
    return sorted(tallies.values(), key=lambda tally: (-tally.failed, -tally.decided, tally.steamid))
