"""The finance pages: what SkinsBack took from the balance, how much of it can still come back."""

from typing import Any

from flask import Blueprint, Response, request, url_for

from dashboard import periods
from dashboard.accounts import Role
from dashboard.queries import money
from dashboard.report import Report
from dashboard.views import finance_chart, finance_form, finance_page, release_calendar
from dashboard.views.finance_form import Form
from dashboard.views.finance_links import ListLinks
from dashboard.views.page import now, show, zone
from dashboard.views.security import requires

blueprint = Blueprint("finance", __name__)


@blueprint.get("/finance")
@requires(Role.FINANCE)
def finance() -> Response:
    """Debited sums of a period by part, in rows and as a whole, beside the period before."""
    form = finance_form.read_form(request.args, zone(), periods.local_date(now(), zone()))
    if form.period is None:
        return show("finance/page.html", _frame(form), status=400)
    report = money.find_report(form.period)
    return show("finance/page.html", _frame(form) | _figures(report))


def _frame(form: Form) -> dict[str, Any]:
    today = periods.local_date(now(), zone())
    asked_zone = request.args.get("tz")
    usual = [
        (label, url_for("finance.finance", **days, tz=asked_zone), (days["from"], days["to"]) == (form.from_, form.to))
        for label, days in finance_form.usual_periods(today)
    ]
    return {"form": form, "usual_periods": usual, "cuts": tuple(periods.By), "report": None}


def _figures(report: Report) -> dict[str, Any]:
    links, before = ListLinks(report.period.zone), report.period.before()
    return {
        "report": report,
        "title": finance_page.days_words(report.period.first, report.period.last),
        "title_before": finance_page.days_words(before.first, before.last),
        "parts": finance_page.part_lines(report, links),
        "whole": finance_page.whole_line(report, links),
        "sums": report.total,
        "headings": finance_page.headings(),
        "lines": finance_page.period_lines(report, links),
        "chart": finance_chart.chart(report, links),
        "releases": release_calendar.releases(links),
    }
