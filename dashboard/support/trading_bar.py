"""Pure: Steam's bar on trading. An account that reverses its protected trades cannot trade for 30 days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dashboard.purchases import present
from dashboard.purchases.finality import HOLD_LENGTH

BAR_LENGTH = timedelta(days=30)

ROLLBACK_MATTERS = BAR_LENGTH + HOLD_LENGTH
"""The reversal of a purchase bought longer ago than this bars nobody now, since a reversal only reaches back as far as
a hold lasts."""


@dataclass(frozen=True, slots=True, order=True)
class TradingBar:
    """The bar that a reversal brings.

    ``is_latest_possible`` says that the reversal itself was not seen here and may have been earlier.
    """

    reversed_at: datetime
    is_latest_possible: bool

    @property
    def until(self) -> datetime:
        return self.reversed_at + BAR_LENGTH


def bar_after(rollbacks: Iterable[Any]) -> TradingBar | None:
    """Return the bar that the latest of a user's reversed purchases brings; None without any."""
    return max((TradingBar(*present.reversed_at(purchase)) for purchase in rollbacks), default=None)
