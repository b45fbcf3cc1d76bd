"""What the pages of alerts and their rules show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for

from dashboard.alerts import delivery, queries
from dashboard.alerts.figures import Settings, Severity
from dashboard.alerts.freezing import stale
from dashboard.alerts.kinds import KINDS, LONGEST_NAME, AlertKind, Parameter, checked_name, read_settings
from dashboard.alerts.queries import AlertRuleState, AlertState, CauseState
from dashboard.alerts.replay import PastAlert, replay
from dashboard.jobs import queries as jobs_queries
from dashboard.lib.formatting import duration_words
from dashboard.sync.causes import RULES_LATE_AFTER, Cause
from dashboard.sync.frame import causes_now
from dashboard.web.page import Pager, asked_place, now, pager

DAYS_REPLAYED = 30
SHOWN = 40
OPEN_ON_TOP = 3
"""Open alerts on top of the operations page; its panel leads to the others."""
LONGEST_SILENCE = timedelta(days=90)


LONGEST_COMMENT = 2000
"""In characters."""
_TONES = {Severity.CRITICAL: "bad", Severity.WARNING: "hold", Severity.INFO: "info"}


@dataclass(frozen=True)
class ShownAlert:
    """An alert, and what a row or a page says of it besides. ``not_judged`` is why its rule is not applied now, None
    while it is."""

    row: AlertState
    lasted: str
    is_snoozed: bool
    not_judged: Cause | None

    @property
    def tone(self) -> str:
        return "unknown" if self.row.closed_at else tone_of(self.row.severity)


def tone_of(severity: str) -> str:
    return next((tone for one, tone in _TONES.items() if one == severity), "bad")


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
    """``found`` are its causes, the newest first, each with the address of a list of its purchases; ``comment`` is what
    was typed and could not be kept."""

    alert: ShownAlert
    found: list[tuple[CauseState, str]]
    deliveries: list[tuple[str, Any]]
    comments: Sequence[Any]
    assignees: Sequence[str]
    errors: Mapping[str, str]
    comment: str
    longest_comment: int = LONGEST_COMMENT


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
        [shown(alert) for alert in queries.open_alerts(most)],
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
        [shown(alert) for alert in closed],
        pager=pager("before", next_before, "alerts.alerts"),
        rules=queries.find_rules(),
        kinds=KINDS,
        receivers=[delivery.words_for(receiver) for receiver in delivery.receivers()],
        undelivered=queries.undelivered(),
        moment=now(),
    )


def shown(alert: AlertState) -> ShownAlert:
    moment = now()
    reasons = stale(causes_now(moment)) if alert.needs_current and not alert.closed_at else []
    lasted = duration_words((alert.closed_at or moment) - alert.opened_at)
    return ShownAlert(alert, lasted, alert.is_snoozed(moment), reasons[0] if reasons else None)


def one_alert(alert: AlertState, errors: Mapping[str, str] | None = None, comment: str = "") -> AlertPage:
    return AlertPage(
        shown(alert),
        [(cause, _list_of(cause.buy_ids)) for cause in reversed(alert.causes)],
        [(delivery.words_for(row.receiver), row) for row in queries.deliveries_of(alert.id)],
        queries.comments_on(alert.id),
        queries.find_assignees(),
        errors or {},
        comment,
    )


def _list_of(buy_ids: Sequence[int]) -> str:
    return url_for("lookup.look_up", q="\n".join(map(str, buy_ids))) if buy_ids else ""


def read_comment(text: str) -> str:
    """Return a comment as it is kept. Raises ValueError with a sentence for whoever typed it."""
    kept = text.replace("\0", "").strip()
    if not kept or len(kept) > LONGEST_COMMENT:
        raise ValueError(f"Write a comment of 1 to {LONGEST_COMMENT} characters.")
    return kept


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


def read_until(text: str, moment: datetime, zone: ZoneInfo) -> datetime:
    """Return until when to be silent. Raises ValueError, with a sentence for whoever typed it."""
    if not text.strip():
        raise ValueError("Choose until when.")
    try:
        local = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError("Write the time as 2026-11-25T18:00.") from None
    until = local if local.tzinfo else local.replace(tzinfo=zone)
    # Compared as it stands: the first and the last day of the calendar have no time in UTC.
    if not moment < until <= moment + LONGEST_SILENCE:
        raise ValueError(f"Choose a time from now to {LONGEST_SILENCE.days} days ahead.")
    return until.astimezone(UTC)
