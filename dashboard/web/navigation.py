"""The rooms as the header of every page lists them."""

from flask import g, request, url_for

NAVIGATION: tuple[tuple[str, str, str | None], ...] = (
    ("Look up", "lookup.look_up", None),
    ("Purchases", "purchases.purchase_list", None),
    ("On hold", "purchases.holds", None),
    ("Operations", "ops.operations", "ops"),
    ("Alerts", "alerts.alerts", "ops"),
    ("Health", "ops.health", "ops"),
    ("Finance", "finance.finance", "finance"),
)
"""Label, endpoint, and the role that it is for besides administrators: None means everybody."""


def places() -> list[tuple[str, str, bool]]:
    """Return label, address and whether it is where the reader is, for what the reader may see."""
    urls = [(label, url_for(endpoint)) for label, endpoint, role in NAVIGATION if role is None or g.user.may(role)]
    # The alerts lie under the operations, and only the nearest of the two is where the reader is.
    around = [url for _, url in urls if request.path == url or request.path.startswith(f"{url}/")]
    here = max(around, key=len, default=None)
    return [(label, url, url == here) for label, url in urls]
