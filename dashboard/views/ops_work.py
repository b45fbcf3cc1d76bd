"""The lists that ops works from, each with its own address."""

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response, request, url_for

from dashboard import attempts, drift, reversal_times
from dashboard.accounts import Role
from dashboard.queries import drift as drift_queries
from dashboard.queries import ops_lists
from dashboard.views import ops_todo, present
from dashboard.views.page import now, show
from dashboard.views.security import requires

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


@blueprint.get("/ops/reversals")
@requires(Role.OPS)
def reversals() -> Response:
    """Users whose purchases were reversed again and again, or refused for too many failed attempts."""
    since, windows = _window("30d", "ops_work.reversals")
    context = {
        "users": ops_lists.repeating_users(since, now()),
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
    since, windows = _window("24h", "ops_work.retries")
    read = ops_lists.purchases_of_window(since, now(), most=ops_lists.PURCHASES_READ_AT_MOST)
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
    """Reversals by hours since acceptance; ``bin`` shows the purchases of one bar."""
    since, windows = _window("30d", "ops_work.times")
    read = ops_lists.reversals_of_window(since, now())
    bins = reversal_times.histogram(read.rows)
    chosen = next((found for found in bins if found.bin.name == request.args.get("bin")), None)
    context = {
        "bins": [(found, url_for("ops_work.times", **_kept(bin=found.bin.name)) + "#purchases") for found in bins],
        "most": max((found.count for found in bins), default=0),
        "count": len(read.rows),
        "chosen": chosen,
        "lines": present.lines(chosen.purchases[:BIN_SHOWN]) if chosen else [],
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
        drift.Kind.STATUS: "Status", drift.Kind.REASON: "Reason", drift.Kind.FIELD: "Field",
        drift.Kind.TYPE: "Value of another kind", drift.Kind.SET_ASIDE: "Could not be used",
    }  # fmt: skip
    rows = [
        (row, words[drift.Kind(row.kind)], present.pretty_json(row.first_raw)) for row in drift_queries.find_drift()
    ]
    fresh_since = now() - drift_queries.NEW_FOR
    return show("ops/drift.html", {"rows": rows, "fresh_since": fresh_since, "shown_at_most": drift_queries.SHOWN})


def _window(default: str, endpoint: str) -> tuple[datetime, list[tuple[str, str, bool]]]:
    name = request.args.get("window", "")
    name = name if name in WINDOWS else default
    links = [(label, url_for(endpoint, **_kept(window=key)), key == name) for key, (_, label) in WINDOWS.items()]
    return now() - WINDOWS[name][0], links


def _kept(**changes: str) -> dict[str, Any]:
    kept = {key: request.args[key] for key in ("window", "tz") if key in request.args}
    return {**kept, **changes}
