"""The finance pages: what SkinsBack took from the balance, how much of it can still come back."""

from typing import Any

from flask import Blueprint, Response, request, url_for

from dashboard.accounts.guards import requires
from dashboard.accounts.store import Role
from dashboard.finance import form as finance_form
from dashboard.finance import history_queries as history
from dashboard.finance import page as finance_page
from dashboard.finance import queries as money
from dashboard.finance.closed import queries as closings
from dashboard.finance.debited import chart as finance_chart
from dashboard.finance.debited import export_page as finance_exports
from dashboard.finance.debited import release_page as release_calendar
from dashboard.finance.form import Form
from dashboard.finance.links import ListLinks
from dashboard.finance.report import Report
from dashboard.lib import formatting, periods
from dashboard.purchases.list_queries import MISSING
from dashboard.web.page import now, show, zone

blueprint = Blueprint("finance", __name__)


@blueprint.get("/finance")
@requires(Role.FINANCE)
def finance() -> Response:
    """Debited sums of a period by part, in rows and as a whole, beside the period before."""
    form = finance_form.read_form(request.args, zone(), now())
    if form.period is None:
        return show("finance/debited/page.html", _frame(form), status=400)
    report = money.find_report(form.period, form.as_of)
    return show("finance/debited/page.html", _frame(form) | _figures(report) | _ways_on(form) | _closing(form, report))


@blueprint.get("/finance/releases")
@requires(Role.FINANCE)
def releases() -> Response:
    """What is on hold now, whatever its period, by the day its hold ends; a panel of the finance page."""
    context = {"releases": release_calendar.releases(ListLinks(zone()))}
    return show("finance/debited/releases.html", context, fragment="finance/debited/_releases.html")


def _frame(form: Form) -> dict[str, Any]:
    address = url_for("finance.finance")
    usual = [
        (label, f"{address}?{query}", days == (form.from_, form.to))
        for label, days, query in finance_form.usual_periods(periods.local_date(now(), zone()), request.args.get("tz"))
    ]
    return {"form": form, "usual_periods": usual, "cuts": tuple(periods.By), "report": None}


def _ways_on(form: Form) -> dict[str, Any]:
    exports: dict[str, Any] = {"export_links": finance_exports.links(form)}
    if form.as_of is None:
        return exports | {"releases_url": url_for("finance.releases", tz=zone().key)}
    since = form.as_parameters(zone(), as_of=None, since=formatting.iso_z(form.as_of))
    return exports | {
        "now_url": url_for("finance.finance", **form.as_parameters(zone(), as_of=None)),
        "changes_url": url_for("finance_history.changes", **since),
    }


def _closing(form: Form, report: Report) -> dict[str, Any]:
    if report.as_of is not None:
        return {"closing": None, "can_close": False}
    found = closings.newest_closing(report.period)
    if found is None:
        return {"closing": None, "can_close": True}
    report_id, by, as_of, debited = found
    since = form.as_parameters(zone(), since=formatting.iso_z(as_of))
    closing = {
        "id": report_id, "by": by, "as_of": as_of, "debited": debited, "change": report.total.debited - debited,
        "url": url_for("closing.closed_report", report_id=report_id),
        "changes_url": url_for("finance_history.changes", **since),
    }  # fmt: skip
    return {"closing": closing, "can_close": True}


def _figures(report: Report) -> dict[str, Any]:
    links, before = ListLinks(report.period.zone, report.as_of), report.period.before()
    lines = finance_page.period_lines(report, links)
    return {
        "report": report,
        "title": finance_page.days_words(report.period.first, report.period.last),
        "title_before": finance_page.days_words(before.first, before.last),
        "parts": finance_page.part_lines(report, links),
        "sums": report.total,
        "first_known_at": history.first_recorded_at() if report.as_of and not report.total.count else None,
        "missing_urls": {what: links.missing(report.period.first, report.period.last, what) for what in MISSING},
        "headings": finance_page.headings(),
        "lines": lines,
        "chart": finance_chart.chart(report, lines),
    }
