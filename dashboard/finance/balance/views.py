"""Finance's balance bridge: the balance at SkinsBack day by day, and what of it the purchases explain."""

from flask import Blueprint, Response, abort, request

from dashboard.accounts.guards import requires
from dashboard.accounts.store import Role
from dashboard.finance.balance import page
from dashboard.finance.balance import queries as balance
from dashboard.lib import periods
from dashboard.web import downloads
from dashboard.web.downloads import EXPORT
from dashboard.web.page import show, zone

blueprint = Blueprint("balance", __name__, url_prefix="/finance/balance")


@blueprint.get("")
@requires(Role.FINANCE)
def bridge() -> Response:
    """The bridge for each day of a period, the last two weeks where none is given."""
    form = page.read_form(request.args)
    period = form.period
    days = balance.find_bridge(list(periods.days_between(period.first, period.last)), zone()) if period else []
    shown = page.balance_page(form, days, balance.latest_reading())
    return show("finance/balance/page.html", shown, status=200 if period else 400)


@blueprint.get("/<day>")
@requires(Role.FINANCE)
def bridge_day(day: str) -> Response:
    try:
        wanted = periods.parse_date(day)
    except ValueError as error:
        abort(404, str(error))
    (line,) = balance.find_bridge([wanted], zone())
    changes = balance.changes_recorded(periods.day_bounds(wanted, wanted, zone()))
    return show("finance/balance/day.html", page.day_page(line, changes))


@blueprint.get(f"/{EXPORT}")
@requires(Role.FINANCE)
def export(extension: str) -> Response:
    """The bridge of the page with the same parameters. A period that cannot be used is answered with 400."""
    form = page.read_form(request.args)
    if form.period is None:
        downloads.refuse("the period", form.errors)
    period = form.period
    return downloads.send(extension, lambda _connection: page.export(period))
