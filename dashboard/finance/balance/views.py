"""Finance's balance bridge: the balance at SkinsBack day by day, and what of it the purchases explain."""

from datetime import date

from flask import Blueprint, Response, abort, request

from dashboard.accounts.guards import requires
from dashboard.accounts.store import Role
from dashboard.finance.balance import export_page as balance_exports
from dashboard.finance.balance import page as balance_page
from dashboard.finance.balance import queries as balance
from dashboard.lib import periods
from dashboard.web.page import now, show, zone

blueprint = Blueprint("balance", __name__, url_prefix="/finance/balance")


@blueprint.get("")
@requires(Role.FINANCE)
def bridge() -> Response:
    """The bridge for each day of a period, the last two weeks where none is given."""
    form = balance_page.read_form(request.args, _today())
    context = balance_page.frame(form, balance.latest_reading(), zone(), _today())
    if form.errors:
        return show("finance/balance/page.html", context, status=400)
    days = balance.find_bridge(list(periods.days_between(form.first, form.last)), zone())
    context["export_links"] = balance_exports.links(form)
    return show("finance/balance/page.html", context | balance_page.figures(days, zone(), _today()))


@blueprint.get("/<day>")
@requires(Role.FINANCE)
def bridge_day(day: str) -> Response:
    """One day of the bridge, with every change of a debited sum that was seen on it."""
    try:
        wanted = periods.parse_date(day)
    except ValueError as error:
        abort(404, str(error))
    (line,) = balance.find_bridge([wanted], zone())
    changes = balance.changes_recorded(*periods.day_bounds(wanted, wanted, zone()))
    return show("finance/balance/day.html", balance_page.day_context(line, changes, zone(), _today()))


def _today() -> date:
    return periods.local_date(now(), zone())
