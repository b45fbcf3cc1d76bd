"""Pure: what pages say where an id led to no purchase. "Not found", "could not be asked" and "not asked yet" differ."""

from dataclasses import dataclass

from dashboard.sync.refresh_results import RefreshOutcome


@dataclass(frozen=True, slots=True)
class Silence:
    """Why there is no purchase to show. ``mark`` and ``reason`` stand in the page for scripts."""

    mark: str
    icon: str
    counted: str
    """To follow the number of such lines in a pasted list."""
    headline: str = ""
    advice: str = ""
    reason: str = ""
    purchase_headline: str = ""
    """What the page of a single purchase says instead, about ``{}``."""
    purchase_advice: str = ""
    not_refreshed: str = ""
    """Why a refresh of a stored purchase brought nothing, where no better sentence is known."""
    can_try_again: bool = False


NOT_AN_ID = Silence("not-an-id", "question", "cannot be looked up")
NOT_ASKED = Silence("not-asked", "clock", "not stored here", "Not stored here yet.", "Press Enter to ask SkinsBack.")

SILENCES = {
    RefreshOutcome.NOT_FOUND: Silence(
        "not-found", "cross", "not found", "Not found.",
        purchase_headline="SkinsBack does not know a purchase {}.",
        purchase_advice="It was asked just now. Check the number, or look the purchase up by the order ID or the Steam "
        "ID.",
    ),
    RefreshOutcome.UNREADABLE: Silence(
        "unreadable", "warn", "not readable", "SkinsBack's answer could not be read.",
        purchase_headline="SkinsBack answered about purchase {}, but the answer could not be read.",
        not_refreshed="SkinsBack's answer could not be read and was kept for ops.",
    ),
    RefreshOutcome.UNREACHABLE: Silence(
        "unreachable", "warn", "could not be asked", "SkinsBack could not be asked, so this may exist.",
        "Try again in a minute.",
        purchase_headline="Purchase {} is not stored here, and SkinsBack could not be asked.",
        purchase_advice="The purchase may exist: do not tell the customer that it does not.",
        not_refreshed="SkinsBack could not be asked. Try again in a minute.",
        can_try_again=True,
    ),
    RefreshOutcome.NOT_CONNECTED: Silence(
        "unreachable", "info", "could not be asked", "Not stored here, and not connected to SkinsBack.",
        reason="not-connected",
        purchase_headline="Purchase {} is not stored here, and the dashboard is not connected to SkinsBack.",
        not_refreshed="the dashboard has no SkinsBack credentials.",
    ),
}  # fmt: skip
"""By what asking SkinsBack came to, for everything but a purchase that was found."""
