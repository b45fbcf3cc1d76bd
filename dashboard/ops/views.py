"""The operations pages: do deliveries work, and what is there to do."""

from datetime import datetime

from flask import Blueprint, Response, request

from dashboard.accounts.guards import requires
from dashboard.accounts.store import Role
from dashboard.alerts import page as alert_pages
from dashboard.lib import periods
from dashboard.lib.periods import Interval, PeriodError
from dashboard.ops import attempts, health_page, most_page, rates_page, verdict_page
from dashboard.ops import windows as ops_windows
from dashboard.ops.attempts import Who
from dashboard.ops.operations_page import OperationsPage
from dashboard.ops.rates_page import AskedWindow
from dashboard.ops.windows import Window
from dashboard.web.page import now, show, zone

blueprint = Blueprint("ops", __name__)


@blueprint.get("/ops")
@requires(Role.OPS)
def operations() -> Response:
    page = OperationsPage(
        verdict=verdict_page.sentence(now(), zone()),
        alerts=alert_pages.open_panel(alert_pages.OPEN_ON_TOP),
        health=health_page.health_line(),
        rates=rates_page.panel(read_window(), zone()),
    )
    return show("ops/page.html", page, fragment="ops/_rates.html")


@blueprint.get("/ops/rates")
@requires(Role.OPS)
def rates() -> Response:
    page = OperationsPage(rates=rates_page.panel(read_window(), zone()))
    return show("ops/rates.html", page, fragment="ops/_rates.html")


@blueprint.get("/ops/verdict")
@requires(Role.OPS)
def verdict() -> Response:
    page = OperationsPage(verdict=verdict_page.sentence(now(), zone()))
    return show("ops/verdict.html", page, fragment="ops/_verdict.html")


@blueprint.get("/ops/most")
@requires(Role.OPS)
def most() -> Response:
    return show("ops/most.html", most_page.most_page(read_window().window), fragment="ops/_most.html")


@blueprint.get("/ops/attempts")
@requires(Role.OPS)
def nth_attempts() -> Response:
    """The purchases that were the first, second, or third and later attempt of their order."""
    numbers = {str(number): number for number in attempts.NUMBERS}
    number = numbers.get(request.args.get("number", ""), attempts.NUMBERS[0])
    only_failed = request.args.get("outcome") == "failed"
    return show("ops/attempts.html", most_page.attempts_page(_interval(), number, only_failed=only_failed))


@blueprint.get("/ops/users")
@requires(Role.OPS)
def users() -> Response:
    named = {who.value: who for who in Who}
    who = named.get(request.args.get("who", ""), Who.FAILED)
    return show("ops/users.html", most_page.users_page(_interval(), who))


def _interval() -> Interval:
    """Return the interval that the address names, each end that it does not name from the window."""
    window = read_window().window
    return Interval(_instant("since", window.since), _instant("until", window.until))


def _instant(name: str, default: datetime) -> datetime:
    try:
        return periods.parse_instant(request.args.get(name, "").strip()[:40])
    except ValueError:
        return default


def read_window() -> AskedWindow:
    """Return the window that the address asks for, the usual one where it cannot be understood, and why."""
    errors: dict[str, str] = {}
    from_text, to_text = (request.args.get(name, "").strip()[:40] for name in ("from", "to"))
    # One date alone means that day.
    window = _between(from_text or to_text, to_text or from_text, errors)
    if window is None:
        name = request.args.get("window", "") or ops_windows.DEFAULT
        if name not in ops_windows.LENGTHS:
            errors["window"] = f"There is no window “{name[:40]}”; the last 24 hours are shown instead."
            name = ops_windows.DEFAULT
        window = ops_windows.recent(name, now(), zone())
    return AskedWindow(window, from_text, to_text, errors)


def _between(from_text: str, to_text: str, errors: dict[str, str]) -> Window | None:
    if not from_text:
        return None
    try:
        return ops_windows.between(periods.parse_date(from_text), periods.parse_date(to_text), now(), zone())
    except PeriodError as error:
        errors["from"] = str(error)
    except OverflowError:
        errors["from"] = "These dates are too far away."
    return None
