"""The lists that ops works from, each with its own address."""

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response, request, url_for

from dashboard.accounts.guards import requires
from dashboard.accounts.store import Role
from dashboard.lib.formatting import duration_words, iso_z
from dashboard.ops import attempts, reversal_times
from dashboard.ops import queries as ops_lists
from dashboard.ops import todo_page as ops_todo
from dashboard.ops import windows as ops_windows
from dashboard.ops.reversal_times import BinCount, Which
from dashboard.purchases import drift_queries, present, statuses
from dashboard.purchases.drift import DriftKind
from dashboard.sync import due_queries as due
from dashboard.web.page import named_zone, now, show

blueprint = Blueprint("ops_work", __name__)

WINDOWS = {
    "24h": (timedelta(hours=24), "24 hours"),
    "7d": (timedelta(days=7), "7 days"),
    "30d": (timedelta(days=30), "30 days"),
}
CHAINS_SHOWN = 200
BIN_SHOWN = 200


@blueprint.get("/ops/work")
@requires(Role.OPS)
def work() -> Response:
    """How long each list is, for the panel of the operations page."""
    return show("ops/work.html", {"works": ops_todo.works(now())}, fragment="ops/_work.html")


@blueprint.get("/ops/stuck")
@requires(Role.OPS)
def stuck() -> Response:
    """Open purchases that have been so for longer than they can be, oldest first."""
    rows = ops_lists.stuck_purchases(now())
    context = {
        "stuck": [(line, now() - (line.purchase.status_since or line.purchase.date)) for line in present.lines(rows)],
        "count": ops_lists.count_stuck(now()),
        "shown_at_most": ops_lists.STUCK_SHOWN,
    }
    return show("ops/stuck.html", context, fragment="ops/_stuck.html")


@blueprint.get("/ops/overdue")
@requires(Role.OPS)
def overdue() -> Response:
    """Purchases that SkinsBack should have been asked about by now, the longest overdue first."""
    rows = ops_lists.overdue_purchases(now())
    context = {
        "overdue": [
            (line, f"due for {duration_words(now() - line.purchase.due_at)}: {line.purchase.due_reason}")
            for line in present.lines(rows)
        ],
        "count": due.count_due(now()),
        "counted_at_most": due.COUNTED_AT_MOST,
        "shown_at_most": ops_lists.STUCK_SHOWN,
    }
    return show("ops/overdue.html", context)


@blueprint.get("/ops/reversals")
@requires(Role.OPS)
def reversals() -> Response:
    """Users whose purchases were reversed again and again, or refused for too many failed attempts."""
    since, until, windows = _window("30d", "ops_work.reversals")
    users = ops_lists.repeating_users(since, until)
    context = {
        "users": users,
        "count": ops_lists.count_of(users),
        "period": {"since": iso_z(since), "until": iso_z(until), "tz": named_zone()},
        "reversed": sorted(statuses.REVERSED),
        "since": since,
        "windows": windows,
        "fewest_reversals": ops_lists.FEWEST_REVERSALS,
        "fewest_refusals": ops_lists.FEWEST_REFUSALS,
        "shown_at_most": ops_lists.USERS_SHOWN,
    }
    return show("ops/reversals.html", context)


@blueprint.get("/ops/retries")
@requires(Role.OPS)
def retries() -> Response:
    """Orders that took more than one attempt, each as one story; those delivered twice first."""
    since, until, windows = _window("24h", "ops_work.retries")
    # The panel of the operations page counts a day, and must come to the same number.
    is_a_day = until - since == ops_todo.A_DAY
    most = ops_lists.PURCHASES_READ if is_a_day else ops_lists.PURCHASES_READ_AT_MOST
    read = ops_lists.purchases_of_window(since, until, most=most)
    chains = attempts.retried(read.rows)
    ordered = sorted(chains, key=lambda chain: (chain.is_delivered_twice, chain.last.date), reverse=True)
    context = {
        "chains": [(chain, present.lines(chain.attempts)) for chain in ordered[:CHAINS_SHOWN]],
        "count": len(chains),
        "doubles": sum(chain.is_delivered_twice for chain in chains),
        "read": read,
        "since": since,
        "windows": windows,
        "shown_at_most": CHAINS_SHOWN,
    }
    return show("ops/retries.html", context)


@blueprint.get("/ops/reversal-times")
@requires(Role.OPS)
def times() -> Response:
    """Reversals by hours since acceptance; ``bin`` shows the purchases of one bar, ``which`` only some of them."""
    since, until, windows = _window("30d", "ops_work.times")
    read = ops_lists.reversals_of_window(since, until)
    bins = reversal_times.histogram(read.rows)
    which = Which(request.args.get("which", "")) if request.args.get("which") in set(Which) else Which.ALL
    chosen = next((found for found in bins if found.bin.name == request.args.get("bin")), None)
    purchases = chosen.of(which) if chosen else []
    context = {
        "bins": [(found, [(len(found.of(one)), _bin_url(found, one)) for one in Which]) for found in bins],
        "most": max((found.count for found in bins), default=0),
        "count": len(read.rows),
        "chosen": chosen,
        "which": which.label,
        "chosen_count": len(purchases),
        "lines": present.lines(purchases[:BIN_SHOWN]),
        "shown_at_most": BIN_SHOWN,
        "read": read,
        "since": since,
        "windows": windows,
    }
    return show("ops/times.html", context)


@blueprint.get("/ops/drift")
@requires(Role.OPS)
def drift_page() -> Response:
    """What SkinsBack sends and does not document, with the first example of each."""
    words = {
        DriftKind.STATUS: "Status", DriftKind.REASON: "Reason", DriftKind.FIELD: "Field",
        DriftKind.TYPE: "Value of another kind", DriftKind.REJECTED: "Could not be used",
    }  # fmt: skip
    rows = [(row, words[DriftKind(row.kind)], present.pretty_json(row.first_raw)) for row in drift_queries.find_drift()]
    fresh_since = now() - drift_queries.NEW_FOR
    context = {"rows": rows, "count": drift_queries.count_drift(), "fresh_since": fresh_since}
    return show("ops/drift.html", context)


def _bin_url(found: BinCount, which: Which) -> str:
    return url_for("ops_work.times", **_kept(bin=found.bin.name, which=which.value)) + "#purchases"


def _window(default: str, endpoint: str) -> tuple[datetime, datetime, list[tuple[str, str, bool]]]:
    """Return [since, until) of the window that the address names, and the links to all of them."""
    name = request.args.get("window", "")
    name = name if name in WINDOWS else default
    links = [(label, url_for(endpoint, **_kept(window=key)), key == name) for key, (_, label) in WINDOWS.items()]
    until = ops_windows.end_of(now())
    return until - WINDOWS[name][0], until, links


def _kept(**changes: str) -> dict[str, Any]:
    kept = {key: request.args[key] for key in ("window", "tz") if key in request.args}
    return {**kept, **changes}
