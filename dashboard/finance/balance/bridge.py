"""Pure: the balance bridge: what a day began with, what was debited, what came back, and what that leaves unexplained.

The definitions are written down in docs/numbers.md, "Balance bridge". Sums are in USD, exact.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from dashboard.totals.sums import ZERO


@dataclass(frozen=True, slots=True)
class Reading:
    """What SkinsBack said is left on the balance, in USD, and when; ``source`` is ``schedule`` or ``event``."""

    read_at: datetime
    amount: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Bridge:
    """The bridge of a day or of many. A reading that is missing is None, and then nothing is calculated from it."""

    opening: Reading | None
    closing: Reading | None
    debited: Decimal
    returned: Decimal
    not_known: int
    """How many of the purchases are not in ``debited``, because their sum is not known."""

    @property
    def expected(self) -> Decimal | None:
        """What the balance should be at the end, by what the purchases say."""
        return None if self.opening is None else self.opening.amount - self.debited + self.returned

    @property
    def unexplained(self) -> Decimal | None:
        """By how much the balance is above what it should be: top-ups, and returns that no purchase shows."""
        expected = self.expected
        return None if expected is None or self.closing is None else self.closing.amount - expected


@dataclass(frozen=True, slots=True)
class BridgeDay(Bridge):
    day: date
    purchases: int
    """How many purchases were made on it."""
    in_doubt: Decimal
    """What is debited for those of them that failed or were reversed: it may have come back unseen."""


def whole(days: Sequence[BridgeDay]) -> Bridge:
    """Return the bridge from the first day's opening to the last day's closing, whatever is missing in between."""
    return Bridge(
        days[0].opening,
        days[-1].closing,
        sum((day.debited for day in days), ZERO),
        sum((day.returned for day in days), ZERO),
        sum(day.not_known for day in days),
    )
