"""The pages of operations: do deliveries work, what is there to do, and the dashboard's own health."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from dashboard.accounts.guards import requires
from dashboard.accounts.store import Role
from dashboard.alerts import page as alert_pages
from dashboard.alerts.page import OpenAlerts
from dashboard.lib import periods
from dashboard.lib.periods import Interval, PeriodError
from dashboard.observability import readiness_queries as readiness
from dashboard.ops import attempts, health_page, lists_page, most_page, rates_page, verdict_page
from dashboard.ops import windows as ops_windows
from dashboard.ops.attempts import UserGroup
from dashboard.ops.health_page import HealthLine
from dashboard.ops.lists_page import ListWindow
from dashboard.ops.rates_page import AskedWindow, RatesPanel
from dashboard.ops.reversal_times import BinCount, ReversalGroup
from dashboard.ops.verdict_page import Sentence
from dashboard.ops.windows import Window
from dashboard.sync import recovery, refresh
from dashboard.sync.frame import causes_now
from dashboard.web.page import now, show, zone

blueprint = Blueprint("ops", __name__, url_prefix="/ops")


@dataclass(frozen=True)
class OperationsPage:
    """The operations page, or one of its panels alone: the others are None then."""

    verdict: Sentence | None = None
    alerts: OpenAlerts | None = None
    health: HealthLine | None = None
    rates: RatesPanel | None = None


@blueprint.get("")
@requires(Role.OPS)
def operations() -> Response:
    problems = readiness.find_problems()
    page = OperationsPage(
        verdict=verdict_page.sentence(now(), zone(), causes_now(now())),
        alerts=alert_pages.open_panel(alert_pages.OPEN_ON_TOP),
        health=health_page.health_line(problems),
        rates=rates_page.panel(read_window(), zone()),
    )
    return show("ops/page.html", page, fragment="ops/_rates.html")


@blueprint.get("/rates")
@requires(Role.OPS)
def rates() -> Response:
    page = OperationsPage(rates=rates_page.panel(read_window(), zone()))
    return show("ops/rates.html", page, fragment="ops/_rates.html")


@blueprint.get("/verdict")
@requires(Role.OPS)
def verdict() -> Response:
    page = OperationsPage(verdict=verdict_page.sentence(now(), zone(), causes_now(now())))
    return show("ops/verdict.html", page, fragment="ops/_verdict.html")


@blueprint.get("/most")
@requires(Role.OPS)
def most() -> Response:
    return show("ops/most.html", most_page.most_page(read_window().window), fragment="ops/_most.html")


@blueprint.get("/attempts")
@requires(Role.OPS)
def nth_attempts() -> Response:
    numbers = {str(number): number for number in attempts.NUMBERS}
    number = numbers.get(request.args.get("number", ""), attempts.NUMBERS[0])
    only_failed = request.args.get("outcome") == "failed"
    return show("ops/attempts.html", most_page.attempts_page(_interval(), number, only_failed=only_failed))


@blueprint.get("/users")
@requires(Role.OPS)
def users() -> Response:
    named = {group.value: group for group in UserGroup}
    who = named.get(request.args.get("who", ""), UserGroup.FAILED)
    return show("ops/users.html", most_page.users_page(_interval(), who))


@blueprint.get("/health")
@requires(Role.OPS)
def health() -> Response:
    return show("ops/health.html", health_page.health_page(), fragment="ops/_health.html")


@blueprint.get("/health/line")
@requires(Role.OPS)
def health_line() -> Response:
    page = OperationsPage(health=health_page.health_line(readiness.find_problems()))
    return show("ops/health_line.html", page, fragment="ops/_health_line.html")


@blueprint.post("/health/set-aside/<int:record_id>/retry")
@requires(Role.OPS)
def retry_rejected(record_id: int) -> AnyResponse:
    """Ask SkinsBack again for what an object that could not be used was about."""
    flash(refresh.retry_rejected(record_id))
    return redirect(url_for("ops.health", _anchor="set-aside"), code=303)


@blueprint.post("/health/resume")
@requires(Role.OPS)
def resume() -> AnyResponse:
    """Ask SkinsBack again at once, after a refusal or while it does not answer."""
    problem = recovery.ask_again()
    flash(f"SkinsBack was asked again. {problem}" if problem else "SkinsBack answers; refreshing goes on by itself.")
    return redirect(url_for("ops.health"), code=303)


@blueprint.get("/work")
@requires(Role.OPS)
def work() -> Response:
    return show("ops/work.html", lists_page.todo(now()), fragment="ops/_work.html")


@blueprint.get("/stuck")
@requires(Role.OPS)
def stuck() -> Response:
    return show("ops/stuck.html", lists_page.stuck(now()), fragment="ops/_stuck.html")


@blueprint.get("/overdue")
@requires(Role.OPS)
def overdue() -> Response:
    return show("ops/overdue.html", lists_page.overdue(now()))


@blueprint.get("/reversals")
@requires(Role.OPS)
def reversals() -> Response:
    return show("ops/reversals.html", lists_page.reversals(_window("30d", "ops.reversals")))


@blueprint.get("/retries")
@requires(Role.OPS)
def retries() -> Response:
    return show("ops/retries.html", lists_page.retries(_window("24h", "ops.retries")))


@blueprint.get("/reversal-times")
@requires(Role.OPS)
def times() -> Response:
    """Reversals by hours since acceptance; ``bin`` shows the purchases of one bar, ``which`` only some of them."""
    named = {group.value: group for group in ReversalGroup}
    which = named.get(request.args.get("which", ""), ReversalGroup.ALL)
    window = _window("30d", "ops.times")
    return show("ops/times.html", lists_page.times(window, request.args.get("bin"), which, _bin_url))


@blueprint.get("/drift")
@requires(Role.OPS)
def undocumented() -> Response:
    return show("ops/drift.html", lists_page.undocumented(now()))


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


def _bin_url(found: BinCount, which: ReversalGroup) -> str:
    return url_for("ops.times", **_kept(bin=found.bin.name, which=which.value)) + "#purchases"


def _window(default: str, endpoint: str) -> ListWindow:
    """Return the window that the address names, with the links to all of them."""
    labels = {name: label for name, label in ops_windows.LABELS.items() if name != "1h"}
    asked = request.args.get("window", "")
    chosen = asked if asked in labels else default
    links = [(label, url_for(endpoint, **_kept(window=name)), name == chosen) for name, label in labels.items()]
    until = ops_windows.end_of(now())
    return ListWindow(until - ops_windows.LENGTHS[chosen], until, links)


def _kept(**changes: str) -> dict[str, Any]:
    kept = {key: request.args[key] for key in ("window", "tz") if key in request.args}
    return {**kept, **changes}
