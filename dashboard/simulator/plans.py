"""The plan of one purchase's whole life, and what the API shows of it at a moment.

What the API shows follows from the plan, the moment and the clock's mapping alone, so that a million purchases cost no
threads. All moments are UNIX seconds, as floats; those of a plan are simulated ones.
"""

import math
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

DAY = 86_400.0
HOLD_SECONDS = 8 * DAY
"""SkinsBack's hold after acceptance, in simulated seconds."""
PROTECTION_SECONDS = 7 * DAY
"""Steam's Trade Protection: how long the receiver can undo a trade."""
BAR_SECONDS = 30 * DAY
"""How long an account that undid its trades cannot trade."""
OFFER_SECONDS = 600.0
"""How long a trade offer waits for the user."""
CS2 = "CS2"

ITEM_FIELDS = {"item_id": "id", "item_name": "name", "item_price": "price", "item_classid": "classid"}
FIELD_ORDER = (
    *("item", "buy_id", "offer_status", "in_hold", "in_hold_until", "error_reason", "steamid", "date"),
    *("balance_debited_sum", "tradeofferid", "custom_id"),
)
"""The order of the documented example, with the fields it lacks where the documentation lists them."""

NowSource = Callable[[], datetime] | datetime | None
"""A callable, a fixed moment, or ``None`` for the system's clock."""
Purchase = dict[str, Any]
"""A purchase as the API shows it."""


class Clock:
    """Tells real and simulated time.

    Before the start the two agree. After it, simulated time runs ``speed`` times as fast: what is planned for the
    simulated moment E happens at the real moment ``start + (E - start) / speed``. Every moment that the API shows goes
    through that mapping, so that a countdown on a page with a real clock ends when the simulator says that it ends.
    """

    def __init__(self, now: NowSource = None, speed: float = 1) -> None:
        if speed <= 0:
            raise ValueError(f"speed must be above 0, not {speed}")
        self._now = now
        self._speed = speed
        self.start = self.now()

    @property
    def is_system_clock(self) -> bool:
        """Whether waiting a real second moves this clock by a second."""
        return self._now is None

    def now(self) -> float:
        """The real moment."""
        if self._now is None:
            return time.time()
        moment = self._now if isinstance(self._now, datetime) else self._now()
        return moment.timestamp()

    def simulated(self, real: float) -> float:
        """The simulated moment at the real moment ``real``."""
        return real if real <= self.start else self.start + (real - self.start) * self._speed

    def real(self, simulated: float) -> float:
        """The real moment at which what is planned for ``simulated`` happens."""
        return simulated if simulated <= self.start else self.start + (simulated - self.start) / self._speed


@dataclass(frozen=True, slots=True)
class Item:
    """One item of Steam's market."""

    item_id: str
    name: str
    classid: str
    usual_price: float
    """In USD. Prices are drawn around it; sums of money are whole thousandths of a dollar from then on."""
    game: str


def same_order(custom_id: str) -> str:
    """What two spellings of a merchant's own id have in common: the API minds neither case nor a number's zeros."""
    folded = custom_id.casefold()
    return folded.lstrip("0") if folded.isdigit() else folded


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
        """Whether the delivery stands under Steam's Trade Protection, as only CS2 items do."""
        return self.is_delivered and self.item.game == CS2

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

    def status_at(self, moment: float) -> str:
        """The ``offer_status`` at the simulated moment."""
        if _is_past(self.reversed, moment):
            return self.reversal
        if moment >= self.resolved:
            return self.outcome
        return "waiting_accept" if _is_past(self.offered, moment) else "creating_trade"

    def status_changes(self) -> Iterator[float]:
        """The simulated moments after the purchase at which its ``offer_status`` changes."""
        yield from (moment for moment in (self.offered, self.resolved, self.reversed) if moment is not None)


def purchase_at(plan: Plan, moment: float, clock: Clock) -> Purchase:
    """The API object at the simulated moment, with the fields in the documented order."""
    item = plan.item
    purchase: Purchase = {
        "item": {"id": item.item_id, "name": item.name, "price": plan.price, "classid": item.classid},
        "buy_id": str(plan.buy_id),
        "offer_status": plan.status_at(moment),
    }
    if plan.has_hold and moment >= plan.resolved:
        # The hold ends at a whole real second, because that is what in_hold_until can say.
        end = math.ceil(clock.real(plan.resolved + HOLD_SECONDS))
        purchase["in_hold"] = not _is_past(plan.reversed, moment) and clock.real(moment) < end
        purchase["in_hold_until"] = _as_text(end)
    purchase["error_reason"] = plan.error_reason if moment >= plan.resolved else None
    purchase["steamid"] = plan.steamid
    purchase["date"] = str(int(clock.real(plan.created)))
    returned_cents = plan.returned_cents if _is_past(plan.returned, moment) else 0
    purchase["balance_debited_sum"] = cents_as_text(plan.debited_cents - returned_cents)
    if _is_past(plan.offered, moment):
        purchase["tradeofferid"] = plan.tradeofferid
    if plan.custom_id is not None:
        purchase["custom_id"] = plan.custom_id
    return purchase


def _is_past(planned: float | None, moment: float) -> bool:
    return planned is not None and moment >= planned


def cents_as_text(cents: int) -> str:
    """A sum in USD with two decimals."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def scripted_purchase(buy_id: int, moment: float, fields: Mapping[str, Any]) -> Purchase:
    """An API object as a script wants it, with plausible values for whatever ``fields`` does not say.

    Fields are named as in the API (``buy_id``, ``offer_status``, ``steamid`` …); those of the item are ``item_id``,
    ``item_name``, ``item_price`` and ``item_classid``, or ``item`` for the whole object. Numbers may be given as int,
    Decimal or text and are written as text, as in the documented example; ``date`` (by default ``moment``) and
    ``in_hold_until`` may be datetimes. What is given as text, a bool or ``None`` goes out as it is. ``absent`` names
    fields that shall not stand in the object.
    """
    defaults: Purchase = {
        "item": {"id": "1280", "name": "AK-47 | Redline (Field-Tested)", "price": "11.17", "classid": "1723112726"},
        "buy_id": buy_id,
        "offer_status": "accepted",
        "error_reason": None,
        "steamid": "76561198050648524",
        "date": int(moment),
        "balance_debited_sum": "11.73",
    }
    return changed_purchase({}, {**defaults, **fields})


def changed_purchase(purchase: Mapping[str, Any], fields: Mapping[str, Any]) -> Purchase:
    """A copy of an API object with ``fields`` changed. Raises ValueError for a field that the API does not have."""
    item = dict(fields.get("item", purchase.get("item", {})))
    changed = {**purchase, "item": item}
    for name, value in fields.items():
        if name in ITEM_FIELDS:
            item[ITEM_FIELDS[name]] = _wire(name, value)
        elif name in FIELD_ORDER and name != "item":
            changed[name] = _wire(name, value)
        elif name not in {"item", "absent"}:
            raise ValueError(f"SkinsBack purchases have no field {name!r}")
    absent = set(fields.get("absent", ()))
    if "buy_id" in absent or (purchase and "buy_id" in fields):
        raise ValueError("a purchase keeps its buy_id; for answers without it there is the fault malformed_item")
    changed["item"] = {name: value for name, value in item.items() if f"item_{name}" not in absent}
    return {name: changed[name] for name in FIELD_ORDER if name in changed and name not in absent}


def _wire(name: str, value: Any) -> Any:
    """Times and numbers as text; bools, ``None``, text and anything a script wants to try, as they are."""
    if isinstance(value, datetime):
        return str(int(value.timestamp())) if name == "date" else _as_text(value.timestamp())
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return str(value) if is_number else value


def _as_text(moment: float) -> str:
    """A moment as SkinsBack writes times in text: ``2024-05-27 13:54:30``, in UTC."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d %H:%M:%S")
