"""Finance's balance bridge: the balance at SkinsBack day by day, and what of it the purchases explain."""

from datetime import date

from flask import Blueprint, Response, abort, request

from dashboard.accounts.guards import requires
from dashboard.accounts.store import Role
from dashboard.finance.balance import queries as balance
from dashboard.finance.balance.page import balance_page, day_page, read_form
from dashboard.lib import periods
from dashboard.web.page import now, show, zone

blueprint = Blueprint("balance", __name__, url_prefix="/finance/balance")


@blueprint.get("")
@requires(Role.FINANCE)
def bridge() -> Response:
    """The bridge for each day of a period, the last two weeks where none is given."""
    form = read_form(request.args, zone(), _today())
    period = form.period
    days = balance.find_bridge(list(periods.days_between(period.first, period.last)), zone()) if period else []
    page = balance_page(form, days, balance.latest_reading(), _today())
    return show("finance/balance/page.html", page, status=200 if period else 400)


@blueprint.get("/<day>")
@requires(Role.FINANCE)
def bridge_day(day: str) -> Response:
    """One day of the bridge, with every change of a debited sum that was seen on it."""
    try:
        wanted = periods.parse_date(day)
    except ValueError as error:
        abort(404, str(error))
    (line,) = balance.find_bridge([wanted], zone())
    changes = balance.changes_recorded(periods.day_bounds(wanted, wanted, zone()))
    return show("finance/balance/day.html", day_page(line, changes, zone(), _today()))


def _today() -> date:
    return periods.local_date(now(), zone())
