"""The pages of finance, as a row of links on each of them."""

from flask import current_app, request, url_for

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
    return [
        (label, url_for(endpoint), request.blueprint == endpoint.partition(".")[0])
        for label, endpoint in TABS
        if endpoint in current_app.view_functions
    ]
