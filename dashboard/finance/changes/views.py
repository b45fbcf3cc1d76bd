"""What was known when: the purchases behind past figures, and what moved between two moments."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, request, url_for

from dashboard.accounts.guards import requires
from dashboard.accounts.store import Role
from dashboard.finance import form as finance_form
from dashboard.finance import history_queries as history
from dashboard.finance import page as finance_page
from dashboard.finance.changes import page as moves
from dashboard.finance.form import Form, Wanted
from dashboard.lib.formatting import iso_z
from dashboard.purchases.filter_chips import MISSING_WORDS
from dashboard.purchases.finality import SETTLEMENT_LABELS, Settlement
from dashboard.purchases.list_queries import MISSING
from dashboard.web import downloads
from dashboard.web.page import now, show, zone

blueprint = Blueprint("finance_history", __name__)


@blueprint.get("/finance/purchases")
@requires(Role.FINANCE)
def known_purchases() -> Response:
    """The purchases of a period, or of a part of it, as they were known at a past moment."""
    form = finance_form.read_form(request.args, zone(), now())
    wanted = finance_form.read_wanted(form, request.args)
    if form.period is None or form.errors:
        return show("finance/changes/known.html", {"form": form, "sums": None}, status=400)
    as_of = form.as_of or now()
    sums = moves.sums_of_known(form.period, as_of, wanted)
    page = history.purchases_as_of(
        as_of, *form.period.bounds, part=wanted.part or None, missing=wanted.missing, after=_after()
    )
    return show("finance/changes/known.html", _known_context(form, as_of, wanted, page) | {"sums": sums})


def _known_context(form: Form, as_of: datetime, wanted: Wanted, page: history.HistoryPage) -> dict[str, Any]:
    parameters = form.as_parameters(zone(), as_of=iso_z(as_of), part=wanted.part, missing=wanted.missing)
    address = url_for("finance_history.known_purchases", **parameters)
    return {
        "form": form,
        "as_of": as_of,
        "part_label": SETTLEMENT_LABELS[Settlement(wanted.part)] if wanted.part else "All parts",
        "missing_label": wanted.missing and f"without a {MISSING_WORDS[wanted.missing]}",
        "missing_urls": {
            name: url_for("finance_history.known_purchases", **parameters | {"missing": name}) for name in MISSING
        },
        "title": finance_page.days_words(form.period.first, form.period.last) if form.period else "",
        "rows": moves.known_rows(page.rows),
        "export_links": downloads.links(
            "history_exports.export_known", "every row, exact", "every row, with a sheet about it", **parameters
        ),
        "is_first_page": _after() is None,
        "first_url": address,
        "next_url": page.next_after
        and url_for("finance_history.known_purchases", **parameters, after=str(page.next_after)),
        "report_url": url_for("finance.finance", **form.as_parameters(zone(), as_of=iso_z(as_of))),
    }


@blueprint.get("/finance/changes")
@requires(Role.FINANCE)
def changes() -> Response:
    """What moved in the figures of a period between two moments: by part, and purchase by purchase."""
    form, asked = moves.read(request.args, now(), _after())
    if asked is None:
        # Whoever comes by the tab has not chosen a moment yet, and has done nothing wrong.
        context = {"form": form, "since_text": request.args.get("since", "")}
        return show("finance/changes/page.html", context, status=400 if form.errors else 200)
    return show("finance/changes/page.html", moves.context(asked))


def _after() -> int | None:
    text = request.args.get("after", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
