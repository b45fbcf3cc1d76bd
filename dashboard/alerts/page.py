"""What the pages of alerts and their rules show."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for

from dashboard.alerts import delivery, queries
from dashboard.alerts.figures import Settings
from dashboard.alerts.kinds import KIND_BY_NAME, KINDS, LONGEST_NAME, AlertKind, Parameter, checked_name, read_settings
from dashboard.alerts.queries import AlertRuleState
from dashboard.alerts.replay import PastAlert, replay
from dashboard.jobs import queries as jobs_queries
from dashboard.lib.formatting import duration_words
from dashboard.sync.causes import RULES_LATE_AFTER
from dashboard.web.page import Pager, asked_place, now, pager

DAYS_REPLAYED = 30
SHOWN = 40
OPEN_ON_TOP = 3
"""Open alerts on top of the operations page; its panel leads to the others."""
LONGEST_MUTE = timedelta(days=90)


@dataclass(frozen=True)
class ShownAlert:
    """An alert, and what a row or a page says of it besides."""

    row: Any
    subject_is_user: bool
    lasted: str

    @property
    def tone(self) -> str:
        if self.row.closed_at:
            return "unknown"
        return "hold" if self.row.acknowledged_at else "bad"

    @property
    def state(self) -> str:
        if self.row.closed_at:
            return "Closed"
        return "Acknowledged" if self.row.acknowledged_at else "Open"


@dataclass(frozen=True)
class OpenAlerts:
    alerts: list[ShownAlert]
    count: int
    is_brief: bool
    rules_on: int
    applied_at: datetime | None
    is_late: bool
    problem: str


@dataclass(frozen=True)
class OpenPage:
    panel: OpenAlerts


@dataclass(frozen=True)
class AlertsPage(OpenPage):
    closed_alerts: list[ShownAlert]
    pager: Pager
    rules: list[AlertRuleState]
    kinds: tuple[AlertKind[Any], ...]
    receivers: list[str]
    undelivered: int
    moment: datetime


@dataclass(frozen=True)
class AlertPage:
    alert: ShownAlert
    figures: list[tuple[str, str]]
    buy_ids: list[int]
    purchases_url: str | None
    deliveries: list[tuple[str, Any]]


@dataclass(frozen=True)
class RulePage:
    """A rule as it is kept, or with the thresholds that somebody typed. ``fields`` are thresholds, each with what was
    typed; ``past`` is None while the rule is not tried."""

    rule: AlertRuleState
    name: str
    fields: list[tuple[Parameter, str]]
    settings: Settings
    errors: dict[str, str]
    past: list[PastAlert] | None
    is_muted: bool
    is_changed: bool
    longest_name: int = LONGEST_NAME
    past_shown: int = SHOWN
    days: int = DAYS_REPLAYED


def open_panel(most: int | None = None) -> OpenAlerts:
    applied_at = jobs_queries.last_success("alerts")
    newest = next(iter(jobs_queries.newest_runs("alerts")), None)
    return OpenAlerts(
        [_shown(alert) for alert in queries.open_alerts(most)],
        queries.count_open(),
        is_brief=most is not None,
        rules_on=queries.count_rules_on(),
        applied_at=applied_at,
        is_late=applied_at is None or now() - applied_at > RULES_LATE_AFTER,
        problem=newest.detail if newest is not None and newest.outcome == "failed" else "",
    )


def overview() -> AlertsPage:
    """Return the page of alerts; ``before`` in the address continues the history."""
    closed, next_before = queries.closed_alerts(asked_place("before"))
    return AlertsPage(
        open_panel(),
        [_shown(alert) for alert in closed],
        pager=pager("before", next_before, "alerts.alerts"),
        rules=queries.find_rules(),
        kinds=KINDS,
        receivers=[receiver_words(receiver) for receiver in delivery.receivers()],
        undelivered=queries.undelivered(),
        moment=now(),
    )


def _shown(alert: Any) -> ShownAlert:
    is_user = alert.kind in KIND_BY_NAME and KIND_BY_NAME[alert.kind].is_about_users
    return ShownAlert(alert, is_user, duration_words((alert.closed_at or now()) - alert.opened_at))


def one_alert(alert: Any) -> AlertPage:
    buy_ids = json.loads(alert.buy_ids)
    purchases_url = url_for("lookup.look_up", q="\n".join(map(str, buy_ids))) if buy_ids else None
    deliveries = [(receiver_words(row.receiver), row) for row in queries.deliveries_of(alert.id)]
    return AlertPage(_shown(alert), json.loads(alert.figures), buy_ids, purchases_url, deliveries)


def receiver_words(receiver: str) -> str:
    return "Webhook" if receiver == delivery.WEBHOOK else receiver.removeprefix(delivery.MAIL)


def rule_form(rule: AlertRuleState, given: Mapping[str, str]) -> RulePage:
    """Return a rule's page, with the thresholds of the address or the form where it has any."""
    is_typed = "name" in given
    typed = given if is_typed else {name: str(value) for name, value in rule.settings.items()}
    settings, errors = read_settings(rule.kind, typed)
    name = given.get("name", rule.name)
    try:
        name = checked_name(name)
    except ValueError as error:
        errors["name"] = str(error)
    fields = [(parameter, typed.get(parameter.name, "")[:40]) for parameter in rule.kind.parameters]
    is_tried = rule.kind.can_be_replayed and not errors and (given.get("try") == "1" or not rule.is_enabled)
    since = now() - timedelta(days=DAYS_REPLAYED)
    past = replay(rule.kind, settings, since, now())[::-1] if is_tried else None
    is_changed = is_typed and (settings, name) != (rule.settings, rule.name)
    return RulePage(rule, name[:200], fields, settings, errors, past, rule.is_muted(now()), is_changed)


def read_mute(text: str, moment: datetime, zone: ZoneInfo) -> datetime | None:
    """Return until when to be silent. Raises ValueError, with a sentence for whoever typed it."""
    if not text.strip():
        return None
    try:
        local = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError("Write the time as 2026-11-25T18:00.") from None
    until = local if local.tzinfo else local.replace(tzinfo=zone)
    # Compared as it stands: the first and the last day of the calendar have no time in UTC.
    if not moment < until <= moment + LONGEST_MUTE:
        raise ValueError(f"Choose a time from now to {LONGEST_MUTE.days} days ahead.")
    return until.astimezone(UTC)
