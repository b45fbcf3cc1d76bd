"""The pages of finance, as a row of links on each of them."""

from functools import lru_cache

from flask import request, url_for

TABS = (
    ("Debited sums", "finance.finance"),
    ("What changed", "finance_history.changes"),
    ("What looks wrong", "findings.overview"),
    ("Closed reports", "closing.closed_reports"),
    ("Balance", "balance.bridge"),
    ("Reconcile a file", "reconcile.upload_form"),
)


def tabs() -> list[tuple[str, str, bool]]:
    """Return (label, address, whether it is this page's) of every page of finance."""
    return [(label, url, request.blueprint == blueprint) for label, url, blueprint in _addresses(request.script_root)]


@lru_cache(maxsize=4)
def _addresses(_script_root: str) -> list[tuple[str, str, str]]:
    # They depend on nothing but where the application is mounted, and making them costs as much as a table of sums.
    return [(label, url_for(endpoint), endpoint.partition(".")[0]) for label, endpoint in TABS]
