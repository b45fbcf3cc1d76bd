"""Everything SkinsBack would know: all purchases, and what may be asked about them."""

from collections.abc import Mapping
from threading import RLock
from typing import Any

from dashboard.simulator import documented_example
from dashboard.simulator.clock import Clock
from dashboard.simulator.scripted import changed_purchase, new_purchase

FIRST_SCRIPTED_ID = 900_000_001


class World:
    """All purchases, as they are at the moment of the question."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.lock = RLock()
        self._scripted: dict[int, dict[str, Any]] = {documented_example.BUY_ID: documented_example.PURCHASE}
        self._by_custom_id: dict[str, int] = {}
        self._next_scripted_id = FIRST_SCRIPTED_ID

    def find(self, buy_id: int) -> dict[str, Any] | None:
        """The purchase as the API shows it now, or ``None``."""
        with self.lock:
            return self._scripted.get(buy_id)

    def find_by_custom_id(self, custom_id: str) -> dict[str, Any] | None:
        """The purchase with the merchant's own id, or ``None``."""
        with self.lock:
            buy_id = self._by_custom_id.get(custom_id)
            return None if buy_id is None else self.find(buy_id)

    def history(self, starting: int, ending: int, skip: int, limit: int) -> tuple[int, list[dict[str, Any]]]:
        """How many purchases have a date in the period (both ends included), and one page of them, oldest first."""
        with self.lock:
            found = [
                purchase for purchase in self._scripted.values() if starting <= int(purchase.get("date", 0)) <= ending
            ]
            found.sort(key=lambda purchase: (int(purchase["date"]), int(purchase["buy_id"])))
            return len(found), found[skip : skip + limit]

    def add(self, fields: Mapping[str, Any]) -> int:
        """Add a scripted purchase and return its buy_id."""
        with self.lock:
            buy_id = int(fields.get("buy_id", self._next_scripted_id))
            self._next_scripted_id = max(self._next_scripted_id, buy_id + 1)
            purchase = new_purchase(buy_id, self.clock.now(), fields)
            self._keep(buy_id, purchase)
            return buy_id

    def change(self, buy_id: int, fields: Mapping[str, Any]) -> None:
        """Change a purchase; from then on it no longer moves by itself. Raises KeyError for an unknown one."""
        with self.lock:
            before = self.find(buy_id)
            if before is None:
                raise KeyError(buy_id)
            self._keep(buy_id, changed_purchase(before, fields))

    def _keep(self, buy_id: int, purchase: dict[str, Any]) -> None:
        self._scripted[buy_id] = purchase
        if purchase.get("custom_id") is not None:
            self._by_custom_id[str(purchase["custom_id"])] = buy_id
