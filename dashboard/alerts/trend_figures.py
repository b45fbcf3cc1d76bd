"""Pure: the plain figures that the rules about trends are applied to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AnsweredMinute:
    """The requests of a minute that SkinsBack answered: how many, and how long they took together and at most."""

    minute: datetime
    answers: int
    seconds: float
    slowest: float


@dataclass(frozen=True)
class VolumeFigures:
    """How many purchases are dated in [since, until); and in the same hours of each week before that the copy holds."""

    since: datetime
    until: datetime
    purchases: int
    weeks: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class ReversalDay:
    """A day's reversals: how many customers lost a trade that day, and how many deliveries could still be reversed."""

    customers: int
    deliveries: int


@dataclass(frozen=True)
class ReversalFigures:
    """The day that ends now and the days before it, newest first; those before only where the copy holds them."""

    since: datetime
    until: datetime
    today: ReversalDay
    before: Sequence[ReversalDay] = ()
    newest: tuple[int, ...] = ()
    """The newest buy_ids of today's reversals."""
