"""The plan of one purchase's whole life, drawn up when it is made.

All moments are simulated UNIX seconds. What the API shows at some moment follows from the plan alone: see ``life``.
"""

from dataclasses import dataclass

from dashboard.simulator.items import Item

DAY = 86_400.0
HOLD_SECONDS = 8 * DAY
"""SkinsBack's hold after acceptance, in simulated seconds."""
PROTECTION_SECONDS = 7 * DAY
"""Steam's Trade Protection: how long the receiver can undo a trade."""
BAR_SECONDS = 30 * DAY
"""How long an account that undid its trades cannot trade."""
OFFER_SECONDS = 600.0
"""How long a trade offer waits for the user."""


@dataclass(slots=True)
class Plan:
    """One purchase."""

    buy_id: int
    custom_id: str | None
    steamid: str
    item: Item
    price: str
    """In USD, with two or three decimals."""
    debited_cents: int
    created: float
    offered: float | None
    """When the trade offer was made; ``None`` when none ever is."""
    resolved: float
    """When the purchase was accepted or failed."""
    outcome: str
    """The ``offer_status`` from ``resolved`` on."""
    error_reason: str | None
    tradeofferid: str | None
    reversed: float | None = None
    reversal: str = ""
    """``rollback_user`` or ``rollback_supplier``, from ``reversed`` on."""
    returned: float | None = None
    """When ``returned_cents`` come back to the balance."""
    returned_cents: int = 0

    @property
    def is_delivered(self) -> bool:
        """Whether the user accepts the item, even if it goes back later."""
        return self.outcome == "accepted"

    @property
    def has_hold(self) -> bool:
        """Whether the delivery stands under Trade Protection."""
        return self.is_delivered and self.item.has_hold

    def can_be_reversed_by_user_at(self, moment: float) -> bool:
        """Whether the user's undoing of all protected trades at ``moment`` undoes this one."""
        is_protected = self.has_hold and self.resolved <= moment < self.resolved + PROTECTION_SECONDS
        return is_protected and (self.reversed is None or self.reversed > moment)

    def reverse(self, moment: float, status: str) -> None:
        """Let the purchase be rolled back at ``moment``."""
        self.reversed = moment
        self.reversal = status
        if status == "rollback_user":
            self.returned, self.returned_cents = None, 0
