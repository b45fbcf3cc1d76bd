"""Pure: what to do and to say about a failed purchase, by status and reason. ``advice`` makes the card of them."""

from dataclasses import dataclass, replace
from typing import Literal

Can = Literal["yes", "no", "later", "after_change"]
"""Whether a retry can work: at once, never, after some time, or once something has been changed or answered."""


@dataclass(frozen=True, slots=True)
class Advice:
    """Texts for one status or one reason. ``sentence`` is for the customer, the others are for colleagues.

    The ``also_`` texts are what a status adds when a reason is given as well and decides the rest.
    """

    who_acts: str
    next_step: str
    can: Can
    retry: str
    sentence: str
    also_step: str = ""
    also_retry: str = ""
    also_sentence: str = ""
    also_without_retry: bool = False
    """Whether they matter even where no retry can work, since they are about the customer's safety."""


FAILED_ADVICE = {
    "canceled": Advice(
        who_acts="the customer",
        next_step="Ask whether they declined it themselves; if not, the account may be compromised.",
        can="after_change",
        retry="After the customer has answered.",
        sentence="The trade offer was declined on your Steam account. If that wasn't you, please change your Steam "
        "password and revoke your Steam Web API key before we try again.",
        also_step=" Ask too whether they declined the offer themselves; if not, the account may be compromised.",
        also_retry=" And only when the customer has said whether they declined the offer.",
        also_sentence=" The trade offer was also declined on your Steam account: if that wasn't you, please change "
        "your Steam password and revoke your Steam Web API key.",
        also_without_retry=True,
    ),
    "timeout": Advice(
        who_acts="the customer",
        next_step="Check that they can receive offers.",
        can="yes",
        retry="Yes, when the customer is ready.",
        sentence="The Steam offer expired before it was accepted. "
        "Tell us when you are ready; you will have 10 minutes.",
    ),
    "invalid_trade_token": Advice(
        who_acts="the customer",
        next_step="Ask for a new trade link.",
        can="after_change",
        retry="Only with a new trade link.",
        sentence="Steam rejected your trade link. Please copy the current one from Inventory > Trade Offers > "
        "“Who can send me Trade Offers?”.",
        also_step=" Ask for a new trade link as well.",
        also_retry=" And only with a new trade link.",
        also_sentence=" Steam also rejected your trade link: please copy the current one from Inventory > "
        "Trade Offers > “Who can send me Trade Offers?”.",
    ),
    "user_not_tradable": Advice(
        who_acts="the customer",
        next_step="Ask what Steam Support > Trading shows, and until when.",
        can="later",
        retry="After the date that Steam shows to the customer.",
        sentence="Steam does not let your account trade at the moment. "
        "Steam Support > Trading shows why and until when.",
    ),
    "trade_create_error": Advice(
        who_acts="support",
        next_step="SkinsBack gives no reason: retry once; if that fails too, ask SkinsBack.",
        can="yes",
        retry="Usually once.",
        sentence="We couldn't create the Steam offer just now. We are looking into it.",
    ),
}
"""By ``offer_status``, for every failed one, when no ``error_reason`` is given."""

REASON_ADVICE = {
    "user_cant_trade": replace(
        FAILED_ADVICE["user_not_tradable"],
        who_acts="the customer, by waiting",
        next_step="Ask what Steam Support > Trading shows, and until when: a new device, Steam Guard on for less than "
        "7 to 15 days, a password reset, or the bar after a reversal.",
    ),
    "private_inventory": Advice(
        who_acts="the customer",
        next_step="Ask them to make the inventory public: Profile > Edit Profile > Privacy Settings > Inventory.",
        can="after_change",
        retry="At once, after the inventory has been made public.",
        sentence="We couldn't deliver because your Steam inventory is private. Please open it under Profile > "
        "Edit Profile > Privacy Settings > Inventory: Public, and tell us when it is done.",
    ),
    "user_trade_ban": Advice(
        who_acts="the customer, with Steam",
        next_step="Tell them that only Steam can lift a trade ban.",
        can="no",
        retry="No: the account has a Steam trade ban.",
        sentence="Your Steam account has a trade ban, so Steam does not let it receive items. "
        "Only Steam Support can tell you more about it.",
    ),
    "user_inventory_is_full": Advice(
        who_acts="the customer",
        next_step="Ask them to make room in the inventory of this game.",
        can="after_change",
        retry="Yes, after the customer has made room.",
        sentence="We couldn't deliver because your Steam inventory for this game is full. "
        "Please make room in it, and tell us when it is done.",
    ),
    "too_many_failed_attempts": Advice(
        who_acts="the customer first; ops when it is frequent",
        next_step="Look at the user's earlier failures and resolve their cause first; tell ops when it is frequent.",
        can="later",
        retry="Later, and not repeatedly: for how long SkinsBack refuses is not documented.",
        sentence="Several deliveries to your account have failed, so we have to wait before we can try again. "
        "Please make sure that your trade link is current and that your account can receive trade offers.",
    ),
    "skin_unavailable": Advice(
        who_acts="us",
        next_step="Choose another listing: this one was sold or is gone at the supplier.",
        can="after_change",
        retry="With another listing.",
        sentence="The item was no longer available when we ordered it. We are looking for another one.",
    ),
}
"""By documented ``error_reason``; it fits every failed status."""
