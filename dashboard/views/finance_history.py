"""What was known when: the purchases behind past figures, and what moved between two moments."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, request, url_for

from dashboard.accounts import Role
from dashboard.finality import Part
from dashboard.formatting import iso_z
from dashboard.queries import history, money
from dashboard.report import NOTHING, PART_LABELS, total_of
from dashboard.views import downloads, finance_form, finance_page, moves
from dashboard.views.finance_form import Form
from dashboard.views.page import now, show, zone
from dashboard.views.security import requires

blueprint = Blueprint("finance_history", __name__)


@blueprint.get("/finance/purchases")
@requires(Role.FINANCE)
def known_purchases() -> Response:
    """The purchases of a period, or of a part of it, as they were known at a past moment."""
    form = finance_form.read_form(request.args, zone(), now())
    part = finance_form.read_part(form, request.args)
    if form.period is None or form.errors:
        return show("finance/known.html", {"form": form, "sums": None}, status=400)
    as_of = form.as_of or now()
    parts = money.find_report(form.period, as_of).parts
    page = history.purchases_as_of(as_of, *form.period.bounds, part=part or None, after=_after())
    sums = parts.get(Part(part), NOTHING) if part else total_of(parts)
    return show("finance/known.html", _known_context(form, as_of, part, sums, page))


def _known_context(form: Form, as_of: datetime, part: str, sums: Any, page: history.HistoryPage) -> dict[str, Any]:
    parameters = form.as_parameters(zone(), as_of=iso_z(as_of), part=part)
    return {
        "form": form,
        "as_of": as_of,
        "part_label": PART_LABELS[Part(part)] if part else "All parts",
        "title": finance_page.days_words(form.period.first, form.period.last) if form.period else "",
        "sums": sums,
        "rows": moves.known_rows(page.rows),
        "export_links": downloads.links(
            "history_exports.export_known", "every row, exact", "every row, with a sheet about it", **parameters
        ),
        "is_first_page": _after() is None,
        "first_url": url_for("finance_history.known_purchases", **parameters),
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
        return show("finance/changes.html", {"form": form, "since_text": request.args.get("since", "")}, status=400)
    return show("finance/changes.html", moves.context(asked))


def _after() -> int | None:
    text = request.args.get("after", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
