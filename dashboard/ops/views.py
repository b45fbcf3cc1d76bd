"""The operations pages: do deliveries work, and what is there to do."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, request, url_for

from dashboard.accounts.guards import requires
from dashboard.accounts.store import Role
from dashboard.alerts import page as alert_pages
from dashboard.lib import periods
from dashboard.lib.periods import PeriodError
from dashboard.ops import attempts, health_page, verdict_page
from dashboard.ops import most_page as ops_most
from dashboard.ops import rates_page as ops_rates
from dashboard.ops import windows as ops_windows
from dashboard.ops.attempts import Who
from dashboard.ops.windows import Window
from dashboard.web.page import now, show, zone

blueprint = Blueprint("ops", __name__)


@blueprint.get("/ops")
@requires(Role.OPS)
def operations() -> Response:
    """Failure and reversal rates of a window, whose address holds it."""
    context = {
        "sentence": verdict_page.sentence(now(), zone()),
        **alert_pages.open_panel(alert_pages.OPEN_ON_TOP),
        **health_page.line(),
        **_rates_context(),
    }
    return show("ops/page.html", context, fragment="ops/_rates.html")


@blueprint.get("/ops/rates")
@requires(Role.OPS)
def rates() -> Response:
    """The part of the operations page that follows the database."""
    return show("ops/rates.html", _rates_context(), fragment="ops/_rates.html")


def _rates_context() -> dict[str, Any]:
    window, errors = read_window()
    tz = request.args.get("tz")
    return {
        "window": window,
        "errors": errors,
        "from_text": request.args.get("from", "").strip()[:40],
        "to_text": request.args.get("to", "").strip()[:40],
        "choices": ops_rates.choices(window, tz),
        "poll_url": url_for("ops.rates", **window.as_parameters(), tz=tz, poll=1),
        "most_url": url_for("ops.most", **window.as_parameters(), tz=tz),
        **ops_rates.context(window, zone()),
    }


@blueprint.get("/ops/verdict")
@requires(Role.OPS)
def verdict() -> Response:
    """Whether deliveries work, in one sentence."""
    context = {"sentence": verdict_page.sentence(now(), zone())}
    return show("ops/verdict.html", context, fragment="ops/_verdict.html")


@blueprint.get("/ops/most")
@requires(Role.OPS)
def most() -> Response:
    """Which items and users fail most, and the rates by attempt and by user."""
    window, _ = read_window()
    return show("ops/most.html", {"window": window, **ops_most.context(window)}, fragment="ops/_most.html")


@blueprint.get("/ops/attempts")
@requires(Role.OPS)
def nth_attempts() -> Response:
    """The purchases that were the first, second, or third and later attempt of their order."""
    numbers = {str(number): number for number in attempts.NUMBERS}
    number = numbers.get(request.args.get("number", ""), attempts.NUMBERS[0])
    only_failed = request.args.get("outcome") == "failed"
    return show("ops/attempts.html", ops_most.nth_attempts(*_stretch(), number, only_failed=only_failed))


@blueprint.get("/ops/users")
@requires(Role.OPS)
def users() -> Response:
    """The users with a decided purchase, with a failed one, or who got nothing."""
    named = {who.value: who for who in Who}
    who = named.get(request.args.get("who", ""), Who.FAILED)
    return show("ops/users.html", ops_most.users(*_stretch(), who))


def _stretch() -> tuple[datetime, datetime]:
    """Return the instants that the address names, each that it does not name from the window."""
    window, _ = read_window()
    return _instant("since", window.since), _instant("until", window.until)


def _instant(name: str, default: datetime) -> datetime:
    try:
        return periods.parse_instant(request.args.get(name, "").strip()[:40])
    except ValueError:
        return default


def read_window() -> tuple[Window, dict[str, str]]:
    """Return the window that the address asks for, the usual one where it cannot be understood, and why."""
    errors: dict[str, str] = {}
    window = _between(errors)
    if window is not None:
        return window, errors
    name = request.args.get("window", "") or ops_windows.DEFAULT
    if name not in ops_windows.LENGTHS:
        errors["window"] = f"There is no window “{name[:40]}”; the last 24 hours are shown instead."
        name = ops_windows.DEFAULT
    return ops_windows.recent(name, now(), zone()), errors


def _between(errors: dict[str, str]) -> Window | None:
    texts = {name: request.args.get(name, "").strip()[:40] for name in ("from", "to")}
    if not any(texts.values()):
        return None
    try:
        # One date alone means that day.
        first, last = (
            periods.parse_date(texts[name] or texts[other]) for name, other in (("from", "to"), ("to", "from"))
        )
        return ops_windows.between(first, last, now(), zone())
    except PeriodError as error:
        errors["from"] = str(error)
    except OverflowError:
        errors["from"] = "These dates are too far away."
    return None
