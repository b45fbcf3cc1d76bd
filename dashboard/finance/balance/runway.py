"""Pure: how long the balance lasts at the pace of the last day.

The pace is what purchases of the last 24 hours debited. Deposits are no pace: they come when a person makes them. What
came back for failed and reversed purchases is not taken off, since SkinsBack does not tell when it comes; so the
balance lasts at least so long, while purchases go on as they did. Sums are in USD, exact.
"""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from dashboard.finance.balance.bridge import Reading

PACE_OF = timedelta(hours=24)
"""The last day has every hour once, so that neither the night nor the evening is taken for the pace."""

_HOURS = Decimal(PACE_OF // timedelta(hours=1))


@dataclass(frozen=True, slots=True)
class Runway:
    """The newest reading of the balance, None before the first; and what the purchases of ``PACE_OF`` debited."""

    reading: Reading | None
    debited: Decimal
    not_known: int
    """How many of the purchases are not in ``debited``, because their sum is not known: the pace is higher."""

    @property
    def hours(self) -> Decimal | None:
        """How many hours the balance lasts; None where it, or any pace, is not known."""
        if self.reading is None or self.debited <= 0:
            return None
        return max(self.reading.amount, Decimal(0)) * _HOURS / self.debited
