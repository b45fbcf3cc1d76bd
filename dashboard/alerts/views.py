"""Alerts: what is open, what was, the rules behind it, and what people do about them."""

from dataclasses import replace

from flask import Blueprint, Response, abort, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from dashboard.accounts.guards import requires
from dashboard.accounts.store import Role
from dashboard.alerts import delivery, queries, store
from dashboard.alerts import page as alert_pages
from dashboard.alerts.kinds import KIND_BY_NAME
from dashboard.alerts.page import OpenPage
from dashboard.alerts.queries import AlertRuleState, AlertState
from dashboard.web.page import named_zone, now, show, zone

blueprint = Blueprint("alerts", __name__, url_prefix="/ops/alerts")

CLOSED = "This alert has closed."


@blueprint.get("")
@requires(Role.OPS)
def alerts() -> Response:
    return show("alerts/page.html", alert_pages.overview(), fragment="alerts/_alerts.html")


@blueprint.get("/open")
@requires(Role.OPS)
def open_alerts() -> Response:
    page = OpenPage(alert_pages.open_panel(alert_pages.OPEN_ON_TOP))
    return show("alerts/open.html", page, fragment="alerts/_alerts.html")


@blueprint.get("/<int:alert_id>")
@requires(Role.OPS)
def alert(alert_id: int) -> Response:
    return show("alerts/alert.html", alert_pages.one_alert(_alert(alert_id)))


@blueprint.post("/<int:alert_id>/acknowledge")
@requires(Role.OPS)
def acknowledge(alert_id: int) -> AnyResponse:
    if not store.acknowledge(_alert(alert_id).id, g.user.email):
        flash("Somebody else had acknowledged this alert already, or it has closed.")
    return _to_alert(alert_id)


@blueprint.post("/<int:alert_id>/take")
@requires(Role.OPS)
def take(alert_id: int) -> AnyResponse:
    """Acknowledge an alert, and look after it."""
    store.acknowledge(_alert(alert_id).id, g.user.email)
    return _to_alert(alert_id, CLOSED if not store.assign(alert_id, g.user.email) else "You take care of this alert.")


@blueprint.post("/<int:alert_id>/assign")
@requires(Role.OPS)
def assign(alert_id: int) -> AnyResponse:
    """Let an account look after an alert; an empty one: nobody."""
    assignee = request.form.get("assignee", "").strip().lower()
    if assignee and assignee not in queries.find_assignees():
        page = alert_pages.one_alert(_alert(alert_id), {"assignee": "Choose an account of the list."})
        return show("alerts/alert.html", page, status=422)
    return _to_alert(alert_id, "" if store.assign(_alert(alert_id).id, assignee) else CLOSED)


@blueprint.post("/<int:alert_id>/snooze")
@requires(Role.OPS)
def snooze(alert_id: int) -> AnyResponse:
    """Let an alert's messages wait until a time, given in the page's zone."""
    found = _alert(alert_id)
    try:
        until = alert_pages.read_until(request.form.get("until", ""), now(), zone())
    except ValueError as error:
        return show("alerts/alert.html", alert_pages.one_alert(found, {"until": str(error)}), status=422)
    return _to_alert(alert_id, "" if store.snooze(alert_id, until, g.user.email) else CLOSED)


@blueprint.post("/<int:alert_id>/wake")
@requires(Role.OPS)
def wake(alert_id: int) -> AnyResponse:
    """End an alert's snooze: what waits is sent."""
    return _to_alert(alert_id, "" if store.snooze(_alert(alert_id).id, None, g.user.email) else CLOSED)


@blueprint.post("/<int:alert_id>/comment")
@requires(Role.OPS)
def comment(alert_id: int) -> AnyResponse:
    found, typed = _alert(alert_id), request.form.get("text", "")
    try:
        store.comment(alert_id, g.user.email, alert_pages.read_comment(typed))
    except ValueError as error:
        return show("alerts/alert.html", alert_pages.one_alert(found, {"text": str(error)}, typed), status=422)
    return _to_alert(alert_id)


def _alert(alert_id: int) -> AlertState:
    found = queries.find_alert(alert_id)
    if found is None:
        abort(404, "There is no such alert.")
    return found


def _to_alert(alert_id: int, said: str = "") -> AnyResponse:
    if said:
        flash(said)
    return redirect(url_for("alerts.alert", alert_id=alert_id, tz=named_zone()), code=303)


@blueprint.post("/test")
@requires(Role.OPS)
def test() -> AnyResponse:
    told = list(delivery.send_test(g.user.email, now()))
    for receiver, problem in told:
        name = delivery.words_for(receiver)
        flash(f"{name}: {problem}" if problem else f"{name}: the test message was accepted.")
    if not told:
        flash("Nobody is told of alerts: no receiver is set.")
    return redirect(url_for("alerts.alerts"), code=303)


@blueprint.get("/rules/<int:rule_id>")
@requires(Role.OPS)
def rule(rule_id: int) -> Response:
    return show("alerts/rule.html", alert_pages.rule_form(_rule(rule_id), request.args))


@blueprint.post("/rules/<int:rule_id>")
@requires(Role.OPS)
def save_rule(rule_id: int) -> AnyResponse:
    found = _rule(rule_id)
    form = alert_pages.rule_form(found, request.form)
    if form.errors:
        return show("alerts/rule.html", form, status=422)
    store.edit(rule_id, form.name, form.settings, g.user.email)
    flash("The rule was saved.")
    return redirect(url_for("alerts.rule", rule_id=rule_id), code=303)


@blueprint.post("/rules/<int:rule_id>/switch")
@requires(Role.OPS)
def switch_rule(rule_id: int) -> AnyResponse:
    is_on = request.form.get("on") == "1"
    store.switch(_rule(rule_id).id, is_on, g.user.email)
    flash("The rule is on." if is_on else "The rule is off; its open alerts close within a minute.")
    return redirect(url_for("alerts.rule", rule_id=rule_id), code=303)


@blueprint.post("/rules/<int:rule_id>/mute")
@requires(Role.OPS)
def mute_rule(rule_id: int) -> AnyResponse:
    """Tell nobody of a rule's alerts until a time, given in the page's zone."""
    found = _rule(rule_id)
    try:
        until = alert_pages.read_until(request.form.get("until", ""), now(), zone())
    except ValueError as error:
        form = replace(alert_pages.rule_form(found, request.args), errors={"until": str(error)})
        return show("alerts/rule.html", form, status=422)
    store.mute(rule_id, until, g.user.email)
    flash("Nobody is told of this rule's alerts until then.")
    return redirect(url_for("alerts.rule", rule_id=rule_id, tz=named_zone()), code=303)


@blueprint.post("/rules/<int:rule_id>/unmute")
@requires(Role.OPS)
def unmute_rule(rule_id: int) -> AnyResponse:
    store.mute(_rule(rule_id).id, None, g.user.email)
    flash("The rule is no longer muted.")
    return redirect(url_for("alerts.rule", rule_id=rule_id, tz=named_zone()), code=303)


@blueprint.post("/rules")
@requires(Role.OPS)
def add_rule() -> AnyResponse:
    kind = KIND_BY_NAME.get(request.form.get("kind", ""))
    if kind is None:
        abort(400, "Choose what the rule is to look for.")
    rule_id = store.add(kind, f"{kind.label}, a further rule", kind.defaults, g.user.email)
    flash("The new rule is off. Set its thresholds, see what it would have done, then switch it on.")
    return redirect(url_for("alerts.rule", rule_id=rule_id), code=303)


def _rule(rule_id: int) -> AlertRuleState:
    found = queries.find_rule(rule_id)
    if found is None:
        abort(404, "There is no such rule.")
    return found
